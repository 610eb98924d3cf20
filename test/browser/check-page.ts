import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import {
  beginAgain,
  chartFaults,
  cutInPrint,
  focused,
  openEverything,
  reachable,
  setTextSize,
  tooWide,
} from "./in-page.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const desktop = { width: 1280, height: 800 };
/** WCAG 2.2, 1.4.10: a width of 320 CSS pixels. */
const phone = { width: 320, height: 640 };
/** A page at 200% has half as many CSS pixels. */
const zoomed = { width: 640, height: 400 };
/** What `@page` leaves of A4, in CSS pixels: 180 by 257 mm at 96 to the inch. */
const sheet = { width: 680, height: 971 };

/**
 * Opens a page of ours from the disk in a browser without network, and looks for what is wrong with it.
 *
 * @returns a sentence for each fault
 */
export async function checkPage(browser: Browser, path: string): Promise<string[]> {
  const context = await browser.newContext({ viewport: desktop, offline: true });
  try {
    const page = await context.newPage();
    const faults: string[] = [];
    const url = pathToFileURL(path).href;
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
    page.on("request", (request) => {
      if (request.url() !== url && !request.url().startsWith("data:"))
        faults.push(`asks for ${request.url()}`);
    });
    await page.goto(url, { waitUntil: "load" });
    faults.push(...(await page.evaluate(chartFaults)));
    faults.push(...(await keyboardFaults(page)));
    faults.push(...(await widthFaults(page, "with what is folded away")));
    faults.push(...(await axeFaults(page)));
    // What a reader may open has to hold as well.
    await page.evaluate(openEverything);
    faults.push(...(await keyboardFaults(page)));
    faults.push(...(await widthFaults(page, "with everything open")));
    faults.push(...(await axeFaults(page)));
    faults.push(...(await printFaults(page)));
    return [...new Set(faults)];
  } finally {
    await context.close();
  }
}

async function axeFaults(page: Page): Promise<string[]> {
  // Evaluated by the browser's tools, not by the page, whose policy would refuse it.
  await page.evaluate(axeSource);
  const found = await page.evaluate(async (tags) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
      runOnly: { type: "tag", values: tags },
    });
    return violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help} (${nodes
          .map(({ html }) => html)
          .join(" | ")
          .slice(0, 300)})`,
    );
  }, rules);
  return found.map((fault) => `axe: ${fault}`);
}

/** Goes through the page by the Tab key, from its top to past its end. */
async function keyboardFaults(page: Page): Promise<string[]> {
  const expected = await page.evaluate(reachable);
  const faults = expected[0]?.includes("skip")
    ? []
    : [`keyboard: the first stop is ${expected[0]}, not the skip link`];
  await page.evaluate(beginAgain);
  const stops: string[] = [];
  for (let presses = 0; presses <= expected.length; presses += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(focused);
    if (stop === undefined) break;
    if (!stop.seen) faults.push(`keyboard: nothing shows that ${stop.name} has the focus`);
    stops.push(stop.name);
  }
  const missed = expected.findIndex((name, at) => stops[at] !== name);
  if (missed >= 0) faults.push(`keyboard: expected ${expected[missed]}, came to ${stops[missed]}`);
  if (stops.length > expected.length) faults.push(`keyboard: after the last stop comes ${stops.at(-1)}`);
  return faults;
}

async function widthFaults(page: Page, state: string): Promise<string[]> {
  const faults: string[] = [];
  const look = async (what: string): Promise<void> => {
    for (const name of await page.evaluate(tooWide)) faults.push(`${what} ${state}: ${name} is too wide`);
  };
  await page.setViewportSize(phone);
  await look("320 pixels");
  await page.setViewportSize(zoomed);
  await look("200%");
  await page.setViewportSize(desktop);
  await page.evaluate(setTextSize, "200%");
  await look("text of 200%");
  await page.evaluate(setTextSize, "");
  return faults;
}

async function printFaults(page: Page): Promise<string[]> {
  await page.setViewportSize(sheet);
  await page.emulateMedia({ media: "print" });
  const cut = await page.evaluate(cutInPrint, sheet);
  const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true });
  const faults = cut.map((fault) => `print: ${fault}`);
  if (pdf.subarray(0, 5).toString() !== "%PDF-") faults.push("print: no PDF came out");
  await page.emulateMedia({ media: null });
  await page.setViewportSize(desktop);
  return faults;
}
