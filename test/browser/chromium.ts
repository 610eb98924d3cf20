import { type Browser, chromium } from "playwright-core";
import { requires } from "../requires.js";

/** Debian's Chromium, or the browser that CHROMIUM names by its path. */
const program = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Whether there is a browser to test with. */
export function requiresChromium(): boolean {
  return requires(program);
}

/** Starts it without a window. Containers have no user namespaces for its sandbox, and it only opens pages of ours. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
}
