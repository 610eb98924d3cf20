import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { readOwnCsv } from "../../src/report/own-csv.js";
import { fakeHost } from "../cli/fake.js";

/** What stands in the export and may stand in nothing that is said of it: names, and a date of birth that is no date. */
export const checkMarkers = {
  name: "Quorvex",
  notADay: "31/02/2015",
  birth: "17/05/2016",
  remark: "Zebrafish",
} as const;

export const checkPlan = `casedraw: 1
title: Test check
reference_date: 2026-11-16
unit: child
unit_id: [case_id, child_id]
data: [{ path: children.csv }]
columns:
  case_id: case ID
  child_id: child ID
  case_name: case name
  gender: gender
  date_of_birth: date of birth
  disability: disability
  law_type: law type
  application_date: applied
  closed_date: closed
  service_area: area
sample: { size: 12, strata: [law_type], reserves: 0.25 }
`;

const header = [
  "case ID",
  "child ID",
  "case name",
  "gender",
  "date of birth",
  "disability",
  "law type",
  "applied",
  "closed",
  "area",
  "remark",
];

type Change = Readonly<Partial<Record<(typeof header)[number], string>>>;

/**
 * An export of 200 children, each a case of its own, without a fault; changes are by row of the file (2 is the first child).
 * Children of one family need no names in common here: what is said of families is not what these tests are about.
 */
export function checkLines(changes: Readonly<Record<number, Change>> = {}): string[] {
  const rows = Array.from({ length: 200 }, (_, i) => {
    const cells: Record<string, string> = {
      "case ID": `C${1000 + i}`,
      "child ID": `K${i}`,
      "case name": `${checkMarkers.name} ${i}`,
      gender: i % 2 === 0 ? "F" : "M",
      "date of birth":
        i === 40
          ? checkMarkers.birth
          : `${String((i % 28) + 1).padStart(2, "0")}/0${(i % 9) + 1}/20${10 + (i % 12)}`,
      disability: i % 3 === 0 ? "Y" : "N",
      "law type": i % 3 === 0 ? "public" : "private",
      applied: `${String((i % 27) + 2).padStart(2, "0")}/0${((i >> 2) % 8) + 1}/2026`,
      closed: i % 4 === 0 ? `${String((i % 20) + 2).padStart(2, "0")}/10/2026` : "",
      area: `Area ${i % 4}`,
      remark: `${checkMarkers.remark} ${i}`,
    };
    return header.map((name) => changes[i + 2]?.[name] ?? cells[name]).join(",");
  });
  return [header.join(","), ...rows];
}

/** A folder with the plan and the export in it, removed when the test ends. */
export function checkWorkplace(lines: readonly string[], yaml: string = checkPlan): string {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-check-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "plan.yaml"), yaml);
  writeFileSync(join(folder, "children.csv"), `${lines.join("\n")}\n`);
  return folder;
}

/** Runs a command there and gives its exit code and all that it said. */
export async function runIn(folder: string, ...words: string[]) {
  const { host, said } = fakeHost();
  const code = await main(words, { ...host, cwd: folder }, catalogue);
  return { code, ...said };
}

export const checkWords = ["check", "--plan", "plan.yaml"];

/** One of our CSV files, a record a row, by header. */
export function recordsOf(folder: string, name: string): Record<string, string>[] {
  const { header: names, rows } = readOwnCsv(readFileSync(join(folder, name), "utf8"), name);
  return rows.map((cells) => Object.fromEntries(names.map((key, at) => [key, cells[at] ?? ""])));
}
