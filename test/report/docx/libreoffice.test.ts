import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { briefOf } from "../../../src/report/document/brief.js";
import type { Report } from "../../../src/report/document/document.js";
import { reportDocx } from "../../../src/report/docx/report-docx.js";
import { requires } from "../../requires.js";
import { scratch } from "../scratch.js";
import { all, part } from "./read.js";
import { png, report } from "./sample.js";

const place = scratch();
const here = requires("soffice") && requires("pdftotext");

/** Has LibreOffice open a document and write it as another kind of file. */
function convert(docx: Uint8Array, format: string): string {
  writeFileSync(place.path("report.docx"), docx);
  const profile = `-env:UserInstallation=${pathToFileURL(place.path("profile")).href}`;
  const output = ["--convert-to", format, "--outdir", place.path("out")];
  execFileSync("soffice", [profile, "--headless", ...output, place.path("report.docx")], { stdio: "ignore" });
  return place.path(`out/report.${format}`);
}

/** The words of each page. */
function pagesOf(docx: Uint8Array): string[] {
  const pdf = convert(docx, "pdf");
  const text = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });
  return text.split("\f").slice(0, -1);
}

test.skipIf(!here)("LibreOffice shows the marking and the page's number on every page", async () => {
  const pages = pagesOf(await reportDocx(report));
  expect(pages.length).toBeGreaterThan(2);
  for (const [at, page] of pages.entries()) {
    expect(page).toContain(report.marking);
    expect(page).toContain(`Page ${at + 1} of ${pages.length}`);
  }
  expect(pages.at(-1)).toContain("Level 26");
});

test.skipIf(!here)("a report fits into a template that LibreOffice saved", async () => {
  const blank: Report = {
    ...report,
    title: "{{title}}, {{date}}",
    marking: "Our team: {{marking}}",
    lede: "{{report}}",
    summary: { id: "s", heading: "Before the report", blocks: [] },
    parts: [],
  };
  const template = readFileSync(convert(await reportDocx(blank, { brief: true }), "docx"));
  const made = await reportDocx(report, { template });
  expect(all(part(made, "word/document.xml"), "wp:docPr")).toHaveLength(2);
  const pages = pagesOf(made);
  for (const page of pages) expect(page).toContain(`Our team: ${report.marking}`);
  expect(pages[0]).toContain('North & South <b>"2026"</b>');
  expect(pages.join("")).toMatch(/Most children are 5 to 9[\s\S]*Level 26[\s\S]*Before the report/);
  expect(pages.join("")).not.toContain("{{report}}");
});

test.skipIf(!here)("a brief full of words and charts is of two pages", async () => {
  const text =
    "Cases of children under 1 last 6.0 weeks longer on average than others (95% interval 5.1 to 6.9).";
  const [context] = report.parts.slice(1);
  const charts = [300, 330].map((height, at) => ({
    ...(context?.parts?.[0]?.blocks[1] as Extract<
      Report["parts"][number]["blocks"][number],
      { kind: "chart" }
    >),
    id: `chart-${at}`,
    pictures: { svg: [], png: [png(height, at)] },
  }));
  const full: Report = {
    ...report,
    summary: {
      ...report.summary,
      blocks: [{ kind: "list", items: Array.from({ length: 10 }, () => ({ text })) }],
    },
    parts: [
      {
        id: "enquiries",
        heading: "Candidate lines of enquiry",
        blocks: [{ kind: "list", items: Array.from({ length: 6 }, () => ({ text: `${text} ${text}` })) }],
      },
      { id: "other", heading: "Other", blocks: charts },
    ],
  };
  const brief = briefOf(full, { whole: "pia.html" });
  expect(brief.parts.map(({ id }) => id)).toEqual(["enquiries", "charts", "further"]);
  expect(pagesOf(await reportDocx(brief, { brief: true }))).toHaveLength(2);
});
