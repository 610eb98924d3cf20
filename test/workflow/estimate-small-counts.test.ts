import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";

import { fakeHost } from "../cli/fake.js";
import { records } from "./estimating.js";
import { draw, workplace } from "./scratch.js";

/** 600 children in three areas; 120 are drawn, 40 of each. */
const yaml = `casedraw: 1
title: Test inspection
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: children.csv }]
columns: { child_id: ID, service_area: area }
sample: { size: 120, strata: [service_area], allocation: { method: equal }, reserves: 0 }
`;

/** What is planted: a rare yes, a rare no, a rare level, a column that few answered, and numbers of few. */
async function planted() {
  const lines = Array.from(
    { length: 600 },
    (_, i) => `c${String(i).padStart(3, "0")},${["N", "S", "W"][i % 3]}`,
  );
  const folder = workplace(["ID,area", ...lines], yaml);
  await draw(folder);
  const list = records(join(folder, "out"), "sample.csv");
  const seen = new Map<string, number>();
  const rows = list.map(({ unit_id, stratum = "" }) => {
    const at = seen.get(stratum) ?? 0;
    seen.set(stratum, at + 1);
    const rare = stratum === "N" && at < 4 ? "yes" : stratum === "N" || at >= 20 ? "no" : "yes"; // 4 in N, 20 in S and W
    const lacked = at < 2 && stratum === "S" ? "no" : "yes"; // 2 lack it
    const view = at < 1 ? "Red" : at < 20 ? "Amber" : "Green"; // 3 are red, 1 in each area
    const few = stratum === "W" && at < 3 ? (at === 0 ? "yes" : "no") : ""; // 3 answered
    const visits = stratum === "W" && at >= 3 ? "" : String(at % 7); // 3 answered in W
    const asked = stratum === "S" && at < 3 ? "not applicable" : at % 2 ? "yes" : "no"; // 3 in S are not asked
    return [unit_id, rare, lacked, view, few, visits, asked].join(",");
  });
  writeFileSync(
    join(folder, "findings.csv"),
    `${["unit_id,rare,lacked,view,few,visits,asked", ...rows].join("\n")}\n`,
  );
  const { host, said } = fakeHost();
  const words = [
    "--sample",
    "out",
    "--findings",
    "findings.csv",
    "--by",
    "service_area",
    "--out",
    "estimates",
  ];
  const code = await main(["estimate", ...words], { ...host, cwd: folder }, catalogue);
  const files = new Map(
    readdirSync(join(folder, "estimates")).map((name) => [
      name,
      readFileSync(join(folder, "estimates", name), "utf8"),
    ]),
  );
  return { code, files, rows: records(join(folder, "estimates"), "estimates.csv"), said, folder };
}

test("small counts that were planted stand in no output, nor what they could be worked out from", async () => {
  const { code, files, rows, said, folder } = await planted();
  expect(code).toBe(0);
  const hidden = (column: string, group: string, level?: string): string | undefined =>
    rows.find((row) => row.column === column && row.group === group && (level ?? row.level) === row.level)
      ?.estimate;
  const isHidden = (column: string, group: string, level?: string) =>
    expect([column, group, level, hidden(column, group, level)]).toEqual([column, group, level, "[c]"]);
  // 4 in N; and the next smallest, or N would be the whole less the two others.
  isHidden("rare", "N");
  expect(["S", "W"].filter((area) => hidden("rare", area) === "[c]")).toHaveLength(1);
  // 2 of 120 lack it: the whole, and every area in which any does, with another one.
  isHidden("lacked", "");
  isHidden("lacked", "S");
  // 3 red of 120: the level and the next smallest, overall and in each area.
  for (const area of ["", "N", "S", "W"]) {
    isHidden("view", area, "Red");
    const others = ["Amber", "Green"].filter((level) => hidden("view", area, level) === "[c]");
    expect([area, others.length]).toEqual([area, area === "" ? others.length : 1]);
  }
  expect(["Amber", "Green"].filter((level) => hidden("view", "", level) === "[c]").length).toBeGreaterThan(0);
  // 3 answered in all.
  isHidden("few", "");
  isHidden("few", "W");
  // The mean of 3 in W, and another area's.
  isHidden("visits", "W");
  expect(["N", "S"].filter((area) => hidden("visits", area) === "[c]")).toHaveLength(1);
  // 3 in S are not asked: their share stays, of 117; what tells how many they are stands nowhere.
  const ofAsked = rows.filter(({ column }) => column === "asked");
  expect(ofAsked.map(({ group, n, estimate }) => [group, n, estimate])).toEqual([
    ["", "117", "0.5042735043"],
    ["N", "40", "0.5"],
    ["S", "37", "0.5135135135"],
    ["W", "40", "0.5"],
  ]);
  for (const name of ["not_answered", "not_applicable", "number", "number_standard_error", "number_lower"])
    expect([name, ...ofAsked.map((row) => row[name])]).toEqual([name, "[c]", "[c]", "[c]", "[c]"]);
  for (const name of ["number_upper", "bound_lower", "bound_upper"])
    expect([name, ...ofAsked.map((row) => row[name])]).toEqual([name, "[c]", "[c]", "[c]", "[c]"]);
  const hiddenAsked = "to how many it does not apply, and so the number of children, is not shown.";
  expect(said.out).toContain(`From 117 answered; ${hiddenAsked}`);
  expect(files.get("estimates.html")).toContain(
    "Column asked was read as yes or no; 117 answered, and to how many of the others it does not apply is not shown.",
  );
  for (const text of [...files.values(), said.out, said.err])
    expect(text).not.toMatch(/to 3 it does not apply|"notApplicable": ?3\b/);

  // What is shown cannot be put together to a small count by adding or taking away.
  const shown = rows.filter((row) => row.estimate !== "[c]" && row.n !== "[c]");
  const small = (count: number): boolean => count >= 1 && count <= 5;
  for (const row of shown) {
    const [n, count] = [Number(row.n), Number(row.count || "0")];
    expect([row.column, row.group, row.level, small(n)]).toEqual([row.column, row.group, row.level, false]);
    if (row.count === "") continue;
    expect([row.column, row.group, row.level, small(count) || small(n - count)]).toEqual([
      row.column,
      row.group,
      row.level,
      false,
    ]);
  }
  for (const { column, level, n, count } of shown.filter(({ group }) => group === "")) {
    const own = shown.filter((row) => row.column === column && row.level === level && row.group !== "");
    const left = (of: (row: Record<string, string>) => number, whole: number): number =>
      whole - own.reduce((sum, row) => sum + of(row), 0);
    expect([column, level, small(left((row) => Number(row.n), Number(n)))]).toEqual([column, level, false]);
    if (count !== "")
      expect([column, level, small(left((row) => Number(row.count), Number(count)))]).toEqual([
        column,
        level,
        false,
      ]);
  }
  for (const { column, level, group } of records(join(folder, "estimates"), "comparisons.csv")) {
    expect([column, level, group, hidden(column as string, group as string, level)]).not.toContain("[c]");
    expect(hidden(column as string, "", level)).not.toBe("[c]");
  }

  // How many figures of groups are hidden is said at once, with the way to more.
  const groups = rows.filter(({ group }) => group !== "");
  const gone = groups.filter(({ estimate }) => estimate === "[c]");
  expect(gone.length).toBeGreaterThan(0);
  const told = `${gone.length} of ${groups.length} figures by service area are not shown ([c]): 1 to 5 reviewed children would stand behind each, or could be worked out from it. Larger groups show more`;
  expect(said.out).toContain(told);
  expect(files.get("estimates.html")).toContain(told);
  // On the page one sentence names the groups, and the table has those that are shown.
  const bySection = (files.get("estimates.html") as string).split('id="by-1"')[1] ?? "";
  expect(bySection.slice(0, bySection.indexOf("<section"))).toMatch(
    /<p>Not shown: .*estimates\.csv has their rows, with \[c\]\.<\/p>/,
  );
  expect(bySection.slice(0, bySection.indexOf("<section"))).not.toMatch(/<\/th><td[^>]*>\[c\]/);

  // Nowhere in words: the planted shares and counts, on the page, in the picture, in the records and on the terminal.
  const texts = [...files.values(), said.out, said.err].join("\n");
  expect(texts).not.toMatch(/\b3 answered/);
  expect(texts).toContain("Column few was read as yes or no; 1 to 5 answered.");
  const page = files.get("estimates.html") as string;
  expect(page).not.toContain("98.3%"); // 118 of 120
  expect(page).not.toContain("2.5%"); // 3 of 120
  expect(page).not.toContain("10.0%"); // 4 of 40
  expect(page).toContain("lacked: not shown, because a small number of children could be worked out.");
});

test("how many were read twice, or set beside an audit, is not said where it is small", async () => {
  const { folder } = await planted();
  const [header = "", ...rows] = readFileSync(join(folder, "findings.csv"), "utf8").trimEnd().split("\n");
  const cells = rows.map((row) => row.split(","));
  // 4 of 9 second reviews are of nobody in the sample: 5 pairs; 5 have an audit.
  const second = cells.slice(0, 5).map((row) => [...row, "", "2"]);
  const alone = [1, 2, 3, 4].map((i) => [`nobody${i}`, "yes", "yes", "Red", "", "1", "", "", "2"]);
  const first = cells.map((row, at) => [...row, at < 5 ? "in line" : "", "1"]);
  const lines = [...first, ...second, ...alone].map((row) => row.join(","));
  writeFileSync(join(folder, "twice.csv"), `${header},audit_agreement,review\n${lines.join("\n")}\n`);
  const { host, said } = fakeHost();
  const words = ["--sample", "out", "--findings", "twice.csv", "--out", "twice"];
  expect(await main(["estimate", ...words], { ...host, cwd: folder }, catalogue)).toBe(0);
  const read = (name: string): string => readFileSync(join(folder, "twice", name), "utf8");
  const texts = [...readdirSync(join(folder, "twice")).map(read), said.out, said.err].join("\n");
  expect(texts).toContain("Some rows of second reviews: ");
  expect(texts).toContain("Some rows of second reviews left out: ");
  expect(texts).toContain("agreement with the body's own audits; 1 to 5 answered.");
  expect(texts).not.toMatch(/\b9 rows of second|\b4 rows of second|(?<!1 to )\b5 answered/);
  const visits = records(join(folder, "twice"), "agreement.csv").find(({ column }) => column === "visits");
  expect(visits).toMatchObject({
    pairs: "[c]",
    agreeing: "[c]",
    remark: "The number of pairs is from 1 to 5.",
  });
});
