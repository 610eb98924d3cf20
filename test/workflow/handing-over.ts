import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { handoverToFolder } from "../../src/workflow/handover/to-folder.js";
import { trackToFolder } from "../../src/workflow/track/to-folder.js";
import { draw, workplace } from "./scratch.js";
import { records } from "./updating.js";

/** What no edition may hold, wherever it stands in the export. */
export const nameMark = "Namemark";

export const handoverPlan = `casedraw: 1
title: Test inspection
reference_date: 2026-11-16
unit: child
unit_id: [case_id, child_id]
data: [{ path: children.csv }]
columns:
  case_id: case ID
  child_id: child ID
  case_name: case name
  date_of_birth: date of birth
  law_type: law type
  practitioner: practitioner
  service_area: area
  court: court
  file_location: file
cohort: {}
sample: { size: 60, strata: [law_type], reserves: 0.25, targets: [{ where: { law_type: public }, at_least: 10 }] }
teams:
  - { name: Northteam, where: { service_area: [A1, A2] }, pairs: 2 }
  - { name: Southteam, where: { service_area: A3 } }
  - { name: Poolteam }
handover:
  site: court
  findings:
    - { name: plan_timely, question: Was the plan made in time? }
    - { name: voice, answers: [in person, in writing, not heard] }
  double_review: 0.2
  show: [file_location, practitioner, month_of_birth]
  needed_by: 2026-11-23
  marking: OFFICIAL-TEST
`;

/** 240 children of 200 cases: every sixth case has two; four areas, of which no team covers the last; three courts an area. */
export function handoverExport(): string[] {
  const rows: string[] = [];
  for (let i = 0; rows.length < 240; i++) {
    const area = (i % 4) + 1;
    for (let child = 0; child < (i % 6 === 0 ? 2 : 1); child++) {
      const month = String((rows.length % 12) + 1).padStart(2, "0");
      rows.push(
        `0${String(i).padStart(3, "0")},k${child},${nameMark} ${i},17/${month}/2015,${i % 3 === 0 ? "public" : "private"},Prac ${i % 40},A${area},Court ${area}${i % 3},FILE-${i}`,
      );
    }
  }
  return ["case ID,child ID,case name,date of birth,law type,practitioner,area,court,file", ...rows];
}

const quiet = { force: false, progress: () => {}, claim: () => {} };

/** A folder with a sample in `out`. */
export async function drawn(yaml = handoverPlan): Promise<string> {
  const folder = workplace(handoverExport(), yaml);
  await draw(folder);
  return folder;
}

export function handOver(
  folder: string,
  out: string,
  extra: {
    readonly sample?: string;
    readonly conflicts?: string;
    readonly after?: string;
    readonly plan?: string;
  } = {},
) {
  return handoverToFolder({ sample: "out", data: [], out, cwd: folder, ...quiet, ...extra });
}

export function track(
  folder: string,
  sheets: readonly string[],
  out: string,
  extra: { readonly sample?: string; readonly handover?: string } = {},
) {
  return trackToFolder({ sample: "out", handover: "given", sheets, out, cwd: folder, ...quiet, ...extra });
}

/** Every byte of a file, and of what is packed in it. */
export function contentOf(path: string): string {
  const bytes = readFileSync(path);
  if (!path.endsWith(".xlsx")) return bytes.toString("utf8");
  const parts = Object.entries(unzipSync(bytes)).map(([name, part]) => `${name}\n${strFromU8(part)}`);
  return [bytes.toString("latin1"), ...parts].join("\n");
}

/** What somebody writes into a row, by column: findings by name, `Reviewer`, `Cannot be reviewed`, or a locked cell by its header. */
export type Filling = Readonly<Record<string, string>>;

/**
 * Fills a worksheet in, as somebody with a spreadsheet: cells of its table sheets are replaced by texts.
 *
 * @param fill - asked for each row, with its unit id and the sheet's name
 */
export function fillSheet(from: string, to: string, fill: (unitId: string, sheet: string) => Filling): void {
  const parts = unzipSync(readFileSync(from));
  const text = (name: string): string => strFromU8(parts[name] as Uint8Array);
  const strings = [...text("xl/sharedStrings.xml").matchAll(/<si><t[^>]*>(.*?)<\/t><\/si>/gs)].map(
    ([, each]) => each as string,
  );
  const names = [...text("xl/workbook.xml").matchAll(/<sheet name="([^"]+)"/g)].map(
    ([, name]) => name as string,
  );
  for (const [at, name] of names.entries()) {
    const path = `xl/worksheets/sheet${at + 1}.xml`;
    const xml = text(path);
    if (!xml.includes("<dataValidations")) continue;
    const [header = ""] = xml.match(/<row r="3".*?<\/row>/s) ?? [];
    const columns = new Map(
      [...header.matchAll(/<c r="([A-Z]+)3"[^>]*><v>(\d+)<\/v>/g)].map(([, column, index]) => [
        strings[Number(index)] as string,
        column as string,
      ]),
    );
    const filled = xml.replace(/<row r="(\d+)".*?<\/row>/gs, (row, digits: string) => {
      if (Number(digits) < 4) return row;
      const [, index] =
        row.match(new RegExp(`<c r="${columns.get("Unit ID")}${digits}"[^>]*><v>(\\d+)</v>`)) ?? [];
      let out = row;
      for (const [column, value] of Object.entries(fill(strings[Number(index)] as string, name))) {
        const cell = `${columns.get(column)}${digits}`;
        const [, style] = out.match(new RegExp(`<c r="${cell}" s="(\\d+)"`)) ?? [];
        if (style === undefined) throw new Error(`no cell ${cell} for ${column}`);
        out = out.replace(
          new RegExp(`<c r="${cell}"[^>]*?(/>|>.*?</c>)`),
          `<c r="${cell}" s="${style}" t="inlineStr"><is><t>${value}</t></is></c>`,
        );
      }
      return out;
    });
    parts[path] = strToU8(filled);
  }
  writeFileSync(to, zipSync(parts));
}

/** Fills in all worksheets of a handover into the folder `back`. */
export function fillAll(
  folder: string,
  fill: (unitId: string, sheet: string) => Filling,
  { handover = "given", back = "back" } = {},
): string[] {
  mkdirSync(join(folder, back), { recursive: true });
  return readdirSync(join(folder, handover, "worksheets")).map((name) => {
    fillSheet(join(folder, handover, "worksheets", name), join(folder, back, basename(name)), fill);
    return `${back}/${name}`;
  });
}

export const assignment = (folder: string, out = "given"): Record<string, string>[] =>
  records(folder, `${out}/assignment.csv`);
