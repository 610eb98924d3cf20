#!/usr/bin/env node
import { catalogue } from "./catalogue.js";
import { start } from "./start.js";

await start(catalogue, new URL("./worker.js", import.meta.url));
