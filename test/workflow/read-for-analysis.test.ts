import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { auditText, disclosureWords, suppressionText } from "../../src/workflow/analysis/disclosure-words.js";
import { fakeHost } from "../cli/fake.js";
import { makePia, piaPlan, piaWorkplace, verifyPia } from "./pia-export.js";

async function run(folder: string, ...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const { host, said } = fakeHost();
  const code = await main(words, { ...host, cwd: folder }, catalogue);
  return { code, out: said.out, err: said.err };
}

const page = (folder: string, name: string): string => readFileSync(join(folder, name), "utf8");

/** Rows of a page's table as the texts of their cells. */
function rowsOf(text: string, id: string): string[][] {
  const table = text.slice(text.indexOf(`id="${id}"`));
  return table
    .slice(0, table.indexOf("</table>"))
    .split("<tr")
    .slice(1)
    .map((row) =>
      row
        .split(/<t[hd]/)
        .slice(1)
        .map((cell) =>
          cell
            .replace(/^[^>]*>/, "")
            .replace(/<[^>]*>/g, "")
            .trim(),
        ),
    );
}

test("an analysis draws nothing, and does without the sample that a draw keeps away from", async () => {
  const yaml = `${piaPlan}sample: { size: 20, avoid: { sample: gone } }\n`;
  const folder = piaWorkplace({ yaml });
  await makePia(folder);
  expect(await verifyPia(folder)).toMatchObject({ differences: [], notes: [] });
  const { code, err } = await run(
    folder,
    ...["compare", "--plan", "plan.yaml", "--no-png", "--by", "service_area", "--out", "areas"],
  );
  expect(code, err).toBe(0);
});

test("an analysis that read that sample, as earlier releases did, is told of it", async () => {
  const folder = piaWorkplace();
  await makePia(folder);
  const manifest = join(folder, "internal/manifest.json");
  const record = JSON.parse(readFileSync(manifest, "utf8"));
  const avoided = {
    path: "before/manifest.json",
    bytes: 1,
    sha256: "0".repeat(64),
    rows_read: 1,
    rows_matched: 1,
  };
  record.inputs.push(avoided);
  writeFileSync(manifest, JSON.stringify(record));
  const { differences, notes } = await verifyPia(folder);
  expect(differences).toEqual([]);
  expect(notes.map(({ text }) => text)).toEqual(["was read when the analysis was made, and is not now"]);
});

test("the files that were read are told for what they are, earlier exports too", async () => {
  const one = piaPlan.replace(", { path: corrected.csv }", "").replace("prefer: last_file\n", "");
  const listed = one.replace("cohort: {", "cohort: { exclude_ids: left-out.csv,");
  const earlier = "pia: { earlier: [{ path: corrected.csv, reference_date: 2025-11-16 }] }\n";
  const folder = piaWorkplace({ yaml: `${listed}${earlier}` });
  writeFileSync(join(folder, "left-out.csv"), "unit_id,reason\nK1,court\n");
  await makePia(folder);
  expect(
    rowsOf(page(folder, "internal/pia.html"), "inputs-table").map(([path, what]) => [path, what]),
  ).toEqual(
    expect.arrayContaining([
      ["children.csv", "Part of the export"],
      ["left-out.csv", "The list of units left out"],
      ["corrected.csv", "An earlier export"],
    ]),
  );
});

test("sections with nothing in them have no heading, and are listed with what would fill them", async () => {
  const folder = piaWorkplace();
  await makePia(folder);
  const text = page(folder, "internal/pia.html");
  for (const heading of ["Whistleblowing and complaints", "Recent publications"])
    expect(text).not.toMatch(new RegExp(`<h2[^>]*>${heading}`));
  expect(text).not.toContain("part-complaints");
  const last = text.slice(text.lastIndexOf("What is not shown"));
  expect(last).toContain(
    "“Whistleblowing and complaints”. Not supplied: name a Markdown file under pia.sections.complaints in the plan.",
  );
  // What the data fill has its heading, and is not listed.
  expect(text).toContain("part-delay");
  expect(last).not.toContain("“Delay”");
});

test("a profile of an area that only published figures have is where the table of areas links to", async () => {
  const yaml = `${piaPlan}compare: { series: [series.csv] }\n`;
  const folder = piaWorkplace({ yaml });
  const line = (area: string) => `${area},2024,Closed in time,30,100`;
  writeFileSync(
    join(folder, "series.csv"),
    `area,period,indicator,numerator,denominator\n${["England", "Elsewhere", "Far"].map(line).join("\n")}\n`,
  );
  const { code, err } = await run(
    folder,
    ...["compare", "--plan", "plan.yaml", "--no-png", "--by", "service_area", "--out", "areas"],
  );
  expect(code, err).toBe(0);
  const text = page(folder, "areas/compare.html");
  const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const links = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id as string);
  expect(links.filter((id) => id.startsWith("area-")).length).toBeGreaterThan(3);
  expect(links.filter((id) => !ids.has(id))).toEqual([]);
});

test("what is done to small counts is said as the plan has it", () => {
  const words = (threshold: number, round_to: number) =>
    disclosureWords({ disclosure: { threshold, round_to } });
  expect(disclosureWords({})).toBe("are suppressed and others rounded");
  expect(words(5, 1)).toBe("are suppressed");
  expect(words(0, 5)).toBe("are not suppressed, and all are rounded");
  expect(words(0, 1)).toBe("are neither suppressed nor rounded");
  expect(suppressionText({ threshold: 0, roundTo: 5 }, "Shares")).toBe(
    "Small counts are not suppressed, as the plan says. Counts are rounded to a multiple of 5: parts may not add up to their whole, and a share of the whole may lie outside those of its parts.",
  );
  expect(suppressionText({ threshold: 1, roundTo: 1 }, "Shares")).toMatch(
    /^Counts of 1 are not shown: \[c\]\./,
  );
  // Where counts of 1 are hidden, others are too until each could be 1 or 2.
  expect(auditText(1)).toContain("anything from 1 to 2");
});
