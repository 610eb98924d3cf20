import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { csvText } from "../../src/report/csv.js";
import { synthesise } from "../../src/synth/synthesise.js";
import { simulateToFolder } from "../../src/workflow/simulate/to-folder.js";
import { fakeHost } from "../cli/fake.js";
import { estimate } from "../workflow/estimating.js";
import { makePia, synthPlan } from "../workflow/pia-export.js";
import { draw, exportLines, plan } from "../workflow/scratch.js";
import { checkPage } from "./check-page.js";
import { requiresChromium, startChromium } from "./chromium.js";

const here = requiresChromium();
const regionalSample = new URL("../../data-samples/published-regional.csv", import.meta.url);
const publishedSample = new URL("../../data-samples/published-quarterly.csv", import.meta.url);

let folder = "";
let browser: Browser | undefined;

const faultsIn = (path: string): Promise<string[]> => checkPage(browser as Browser, join(folder, path));

beforeAll(async () => {
  if (!here) return;
  folder = mkdtempSync(join(tmpdir(), "casedraw-"));
  writeFileSync(join(folder, "plan.yaml"), plan);
  writeFileSync(join(folder, "children.csv"), `${exportLines().join("\n")}\n`);
  await draw(folder);
  browser = await startChromium();
});

afterAll(async () => {
  await browser?.close();
  if (folder !== "") rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!here)("in a browser nothing is wrong with", () => {
  test("summary.html", async () => {
    expect(await faultsIn("out/summary.html")).toEqual([]);
  });

  test("estimates.html", async () => {
    const ids = readFileSync(join(folder, "out/sample.csv"), "utf8").trimEnd().split("\n").slice(1);
    const findings = ids.map((line, at) => `${line.split(",")[1]},${at % 2 ? "yes" : "no"}`);
    writeFileSync(join(folder, "findings.csv"), ["unit_id,seen", ...findings].join("\n"));
    await estimate(folder, { by: ["law_type"] });
    expect(await faultsIn("estimates/estimates.html")).toEqual([]);
  });

  test("simulation.html", async () => {
    const quiet = { progress: () => {}, claim: () => {} };
    await simulateToFolder("plan.yaml", "314159", {
      ...quiet,
      draws: 20,
      out: "simulation",
      force: false,
      cwd: folder,
    });
    expect(await faultsIn("simulation/simulation.html")).toEqual([]);
  });

  test.each(["internal", "publishable"])(
    "quality.html, %s edition",
    { timeout: 180_000 },
    async (edition) => {
      const { headers, rows } = synthesise({ rows: 1500, seed: "314159", messy: true });
      const work = join(folder, `check-${edition}`);
      mkdirSync(work);
      writeFileSync(join(work, "children.csv"), csvText(headers, rows()));
      writeFileSync(join(work, "plan.yaml"), synthPlan.replace(/^pia: .*\n/m, ""));
      const words = ["check", "--plan", "plan.yaml", "--edition", edition, "--out", "q"];
      expect(await main(words, { ...fakeHost().host, cwd: work }, catalogue)).toBe(0);
      expect(await faultsIn(`check-${edition}/q/quality.html`)).toEqual([]);
    },
  );

  test("size.html", async () => {
    const words = ["size", "--margin", "0.05", "--population", "19563", "--out", "size"];
    expect(await main(words, { ...fakeHost().host, cwd: folder }, catalogue)).toBe(0);
    expect(await faultsIn("size/size.html")).toEqual([]);
  });

  test.each(["internal", "publishable"] as const)(
    "pia.html, %s edition",
    { timeout: 180_000 },
    async (edition) => {
      const { headers, rows } = synthesise({ rows: 3000, seed: "314159", windowFrom: "2024-11-16" });
      const work = join(folder, `work-${edition}`);
      mkdirSync(work);
      writeFileSync(join(work, "children.csv"), csvText(headers, rows()));
      copyFileSync(publishedSample, join(work, "published.csv"));
      writeFileSync(
        join(work, "text.md"),
        "# A heading\n\n- **a** [link](https://example.org)\n\n|a|b|\n|-|-|\n|1|2|\n",
      );
      const pia = "pia: { series: [published.csv], sections: { complaints: text.md } }\n";
      const yaml = synthPlan.replace("from: 2025-11-16", "from: 2024-11-16").replace(/^pia: .*\n/m, pia);
      writeFileSync(join(work, "plan.yaml"), yaml);
      await makePia(work, { edition, out: "pia" });
      expect(await faultsIn(`work-${edition}/pia/pia.html`)).toEqual([]);
    },
  );

  test.each(["internal", "publishable"] as const)(
    "compare.html, %s edition",
    { timeout: 180_000 },
    async (edition) => {
      const { headers, rows } = synthesise({ rows: 3000, seed: "314159", windowFrom: "2024-11-16" });
      const work = join(folder, `areas-${edition}`);
      mkdirSync(work);
      writeFileSync(join(work, "children.csv"), csvText(headers, rows()));
      copyFileSync(regionalSample, join(work, "published.csv"));
      const own = "compare: { series: [published.csv] }\n";
      const yaml = synthPlan.replace("from: 2025-11-16", "from: 2024-11-16").replace(/^pia: .*\n/m, own);
      writeFileSync(join(work, "plan.yaml"), yaml);
      const words = ["compare", "--plan", "plan.yaml", "--by", "service_area", "--no-png", "--out", "areas"];
      const host = { ...fakeHost().host, cwd: work };
      expect(await main([...words, "--edition", edition], host, catalogue)).toBe(0);
      expect(await faultsIn(`areas-${edition}/areas/compare.html`)).toEqual([]);
    },
  );
});

describe.skipIf(!here)("the check finds", () => {
  const good = (): string => readFileSync(join(folder, "out/summary.html"), "utf8");

  async function faultsOf(page: string): Promise<string> {
    const path = join(folder, "faulty.html");
    writeFileSync(path, page);
    return (await checkPage(browser as Browser, path)).join("\n");
  }

  test("what is loaded from elsewhere, and what the policy refuses", async () => {
    const faults = await faultsOf(
      good().replace("</main>", '<p style="color:red">x</p><img alt="" src="file:///nowhere.png"></main>'),
    );
    expect(faults).toMatch(/console: .*inline style violates/);
    expect(faults).toMatch(/console: .*nowhere\.png/);
  });

  test("a page without language, and one that is too wide", async () => {
    const page = good()
      .replace('<html lang="en-GB">', "<html>")
      .replace("overflow-wrap:break-word", "overflow-wrap:normal")
      .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")
      .replace("</main>", `<p>${"x".repeat(400)}</p></main>`);
    const faults = await faultsOf(page);
    expect(faults).toContain("axe: html-has-lang");
    expect(faults).toMatch(/^320 pixels .*<p>x{9}.* is too wide$/m);
    expect(faults).toMatch(/^200% .* is too wide$/m);
    expect(faults).toMatch(/^text of 200% .* is too wide$/m);
  });

  test("a picture without words or table that no sheet of paper holds", async () => {
    const picture = '<section><svg width="9" height="2000"></svg></section>';
    const faults = await faultsOf(good().replace("</main>", `${picture}</main>`));
    expect(faults).toContain('chart "": its role is not img');
    expect(faults).toContain('chart "": no table is in its section');
    expect(faults).toContain("print: a picture (9 by 2000) is higher than a sheet");
  });

  test("a trap, a stop that cannot be seen, and a page that begins elsewhere", async () => {
    const page = good()
      .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")
      .replace(/<a class="skip".*?<\/a>/, "")
      .replace(":focus-visible{outline:3px solid #12436d", ":focus-visible{outline:0 none")
      .replace(
        "</main>",
        '<button id="trap">t</button><script>trap.onkeydown = (event) => event.preventDefault()</script></main><p><a href="#main">past it</a></p>',
      );
    const faults = await faultsOf(page);
    expect(faults).toMatch(/first stop is .*, not the skip link/);
    expect(faults).toMatch(/nothing shows that .* has the focus/);
    expect(faults).toMatch(/expected .*past it.*, came to .*id="trap"/);
  });
});
