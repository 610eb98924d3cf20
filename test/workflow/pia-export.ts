import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { onTestFinished } from "vitest";
import type { Edition } from "../../src/analysis/item.js";
import { isoDate, isoDay } from "../../src/frame/calendar.js";
import {
  type AnalysisVerification,
  openAnalysisFolder,
  verifyAnalysis,
} from "../../src/workflow/analysis/verify.js";
import { piaToFolder, type WrittenAnalysis } from "../../src/workflow/pia/to-folder.js";

/** How many children or practitioners of an export are of a kind that is rare in it. */
export interface Planted {
  /** Children whose gender is neither, all in public law. */
  readonly neither: number;
  /** Others of private law. */
  readonly neitherPrivate: number;
  /** Children with one of the factors. */
  readonly exploitation: number;
  /** Open children who may not be sampled for the kind of their case. */
  readonly excluded: number;
  /** Rows that a second file replaces. */
  readonly replaced: number;
  /** Children without a date of application. */
  readonly undated: number;
  /** Children of one area whose disability is not recorded. */
  readonly blankInFar: number;
  /** Children whose disability is written as no code has it. */
  readonly strange: number;
  /** Practitioners of one team. */
  readonly smallTeam: number;
  /** Open children without a practitioner. */
  readonly unallocated: number;
  /** Practitioners with open children of two teams. */
  readonly inTwoTeams: number;
}

export const planted: Planted = {
  neither: 3,
  neitherPrivate: 0,
  exploitation: 4,
  excluded: 3,
  replaced: 2,
  undated: 2,
  blankInFar: 2,
  strange: 3,
  smallTeam: 2,
  unallocated: 3,
  inTwoTeams: 2,
};

/** Words and dates that stand in the export and may stand in nothing that is made of it. */
export const marker = { name: "Quorvex", place: "LOCZAP", practitioner: "PRACZIB" } as const;
export const birthDates = ["2013-02-27", "2020-02-29", "2008-07-13", "2024-09-11", "2017-03-02"] as const;

/** A plan for an export of `synthesise`, a population and a Markdown file. */
export const synthPlan = `casedraw: 1
title: Synthetic inspection
reference_date: 2026-11-16
observed: { from: 2025-11-16, to: 2026-11-16 }
unit: child
unit_id: [case_id, child_id]
data: [{ path: children.csv }]
columns:
  case_id: case ID
  child_id: child ID
  gender: gender
  date_of_birth: date of birth
  ethnicity: ethnicity
  disability: disability (Y/N)
  law_type: law type
  lead_application: lead application
  case_type: case type
  practitioner: practitioner
  team: team
  service_area: service area
  local_authority: local authority
  court: court
  application_date: application date
  allocation_date: allocation date
  closed_date: closed date
  factors: { list: Proceedings factors, separator: ";" }
  audited: audited
cohort: { include: { closed_date: { blank: true } } }
pia: { population: population.csv, sections: { complaints: complaints.md }, marking: OFFICIAL-SENSITIVE-TEST }
`;

export const piaPlan = `casedraw: 1
title: Test inspection
reference_date: 2026-11-16
observed: { from: 2025-11-16, to: 2026-11-16 }
unit: child
unit_id: child_id
data: [{ path: children.csv }, { path: corrected.csv }]
prefer: last_file
columns:
  case_id: case
  child_id: child
  case_name: name
  gender: gender
  date_of_birth: born
  disability: disability
  law_type: law
  case_type: type
  practitioner: practitioner
  team: team
  service_area: area
  application_date: applied
  allocation_date: allocated
  closed_date: closed
  factors: { list: factors, separator: ";" }
  file_location: file
cohort: { include: { closed_date: { blank: true } }, exclude: { case_type: [letter only] } }
disclosure: { threshold: 5, round_to: 5 }
`;

const header =
  "case,child,name,gender,born,disability,law,type,practitioner,team,area,applied,allocated,closed,factors,file";
const children = 900;
const [from, reference] = [isoDay("2025-11-16"), isoDay("2026-11-16")];

/** An export worked out from a counter, with what is planted in it; each child is a case. */
function plantedFiles(counts: Planted = planted): { children: string[]; corrected: string[] } {
  const drafts = Array.from({ length: children }, (_, i) => draft(i));
  const open = drafts.flatMap(({ closed }, i) => (closed === "" && i < 600 ? [i] : []));
  const change = (at: number, fields: Partial<Draft>): void => {
    drafts[at] = { ...(drafts[at] as Draft), ...fields };
  };
  const times = (count: number, act: (k: number) => void): void => {
    for (let k = 0; k < count; k++) act(k);
  };
  times(counts.neither, (k) => change(600 + 3 * k, { gender: "neither" }));
  times(counts.neitherPrivate, (k) => change(616 + 3 * k, { gender: "neither" }));
  times(counts.exploitation, (k) => change(700 + k, { factors: "Neglect;Exploitation" }));
  times(counts.undated, (k) => change(750 + k, { applied: "", allocated: "" }));
  times(counts.blankInFar, (k) => change(809 + 30 * k, { disability: "" }));
  times(counts.strange, (k) => change(811 + 30 * k, { disability: "perhaps" }));
  // Five practitioners with six open children each, some in the small team.
  times(30, (j) => {
    const k = Math.floor(j / 6);
    change(open[j] as number, {
      practitioner: `${marker.practitioner}-9${k}`,
      team: k < counts.smallTeam ? "Tiny" : "Team 0",
    });
  });
  times(counts.excluded, (k) => change(open[40 + k] as number, { type: "letter only" }));
  times(counts.unallocated, (k) => change(open[50 + k] as number, { practitioner: "", allocated: "" }));
  // The team of the first of their children; others of theirs stay.
  times(counts.inTwoTeams, (k) => {
    const at = open[60 + k] as number;
    change(at, { team: `Team ${((drafts[at] as Draft).at % 3) + 1}` });
  });
  const lines = drafts.map(lineOf);
  return {
    children: [header, ...lines],
    corrected: [header, ...lines.slice(100, 100 + counts.replaced)],
  };
}

interface Draft {
  readonly at: number;
  readonly gender: string;
  readonly disability: string;
  readonly type: string;
  readonly practitioner: string;
  readonly team: string;
  readonly applied: string;
  readonly allocated: string;
  readonly closed: string;
  readonly factors: string;
}

function draft(i: number): Draft {
  const applied = reference - 5 - ((i * 37) % 480);
  const ended = Math.max(applied + 60 + ((i * 53) % 400), from + 1 + (i % 200));
  const holder = i % 30;
  return {
    at: i,
    gender: i % 5 < 2 ? "male" : "female",
    disability: i % 7 === 0 ? "Y" : "N",
    type: i % 3 === 0 ? "s31" : "s7",
    practitioner: `${marker.practitioner}-${holder}`,
    team: `Team ${holder % 3}`,
    applied: isoDate(applied),
    allocated: isoDate(applied + 1 + (i % 4)),
    closed: ended >= reference ? "" : isoDate(ended),
    factors: ["Neglect", "Domestic abuse", "Neglect;Domestic abuse", "Conflict"][i % 4] as string,
  };
}

function lineOf(child: Draft): string {
  const { at, gender, disability, type, practitioner, team, applied, allocated, closed, factors } = child;
  return [
    `C${at}`,
    `K${at}`,
    `${marker.name}${at}`,
    gender,
    birthDates[at % birthDates.length],
    disability,
    at % 3 === 0 ? "public" : "private",
    type,
    practitioner,
    team,
    at % 10 === 9 ? "Far" : `Area ${at % 2}`,
    applied,
    allocated,
    closed,
    factors,
    `${marker.place}/${at}`,
  ].join(",");
}

/** A folder with the plan and the export in it, removed when the test ends. */
export function piaWorkplace({
  yaml = piaPlan,
  counts = planted,
}: {
  readonly yaml?: string;
  readonly counts?: Planted;
} = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-pia-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "plan.yaml"), yaml);
  for (const [name, lines] of Object.entries(plantedFiles(counts)))
    writeFileSync(join(folder, `${name}.csv`), `${lines.join("\n")}\n`);
  return folder;
}

export function makePia(
  folder: string,
  options: {
    readonly edition?: Edition;
    readonly out?: string;
    readonly png?: boolean;
    readonly force?: boolean;
  } = {},
): Promise<WrittenAnalysis> {
  const { edition = "internal", out = edition, png = false, force = false } = options;
  return piaToFolder("plan.yaml", {
    edition,
    png,
    out,
    force,
    cwd: folder,
    progress: () => {},
    claim: () => {},
  });
}

export function verifyPia(
  folder: string,
  out = "internal",
  options: { readonly plan?: string; readonly data?: readonly string[] } = {},
): Promise<AnalysisVerification> {
  const analysis = openAnalysisFolder(join(folder, out), out);
  if (analysis === undefined) throw new Error(`${out} has no analysis`);
  return verifyAnalysis(analysis, { cwd: folder, progress: () => {}, data: [], ...options });
}

/** Every file of a folder as text, by its path there; of a zipped one its parts. */
export function textsOf(folder: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(join(folder, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EISDIR") continue;
      throw error;
    }
    for (const [part, text] of partsOf(name, bytes)) texts.set(part, text);
  }
  return texts;
}

/** A file as text; a zipped one part by part. */
export function partsOf(name: string, bytes: Uint8Array): [name: string, text: string][] {
  return /\.(docx|xlsx)$/.test(name)
    ? Object.entries(unzipSync(bytes)).map(([part, content]) => [`${name}/${part}`, strFromU8(content)])
    : [[name, Buffer.from(bytes).toString("utf8")]];
}
