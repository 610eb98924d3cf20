import { catalogue } from "./catalogue.js";
import { serve } from "./serve.js";

await serve(catalogue);
