import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { matchKey } from "../../frame/text.js";
import { isUnedited, markCsv, markPlan } from "../../matching/marks.js";
import { type News, newsFor, newValues } from "../../matching/news.js";
import { planText, type TriedPlan } from "../../matching/plan-text.js";
import { type Proposal, propose } from "../../matching/proposal.js";
import { matchedHeadersTable, type TextTable, valueMapTable } from "../../matching/tables.js";
import { parsePlan } from "../../plan/load.js";
import type { ReadPart } from "../../readers/text-part.js";
import { csvText } from "../../report/csv.js";
import { inspectPlace } from "../../report/output-place.js";
import { readOwnCsv } from "../../report/own-csv.js";
import { writeSingleFile } from "../../report/single-file.js";
import type { Table } from "../../table/table.js";
import type { Progress } from "../progress.js";
import { readText } from "../read-text.js";
import { type ChosenSheet, nameExports, readExports } from "./read-export.js";
import { tryPlan } from "./try-plan.js";

/** What became of one of the files beside each other: written, already the same, or kept because somebody edited it. */
export interface StarterFile {
  readonly path: string;
  readonly state: "written" | "unchanged" | "kept";
}

/** A starter plan as it was written, or the news for one that somebody has edited. */
export interface WrittenStarterPlan {
  readonly proposal: Proposal;
  readonly chosen: readonly ChosenSheet[];
  readonly tried: TriedPlan;
  /** The plan, its list of headers and its value map. */
  readonly files: readonly [StarterFile, StarterFile, StarterFile];
  /** Of a plan that was kept; a text where it cannot be read. */
  readonly news?: News | string;
  /** Values that the value map, as it now stands, has no code for. */
  readonly uncoded: number;
}

/**
 * Looks at an export and writes a starter plan, the list of its headers and a value map beside it. A file that somebody has
 * edited since is kept to the byte.
 *
 * @param given - the export's files, as the user wrote them
 * @param options.out - the plan
 * @param options.referenceDate - ISO; by default what the export's dates suggest
 * @throws CasedrawError of the readers and of writing
 */
export async function starterPlan(
  given: readonly string[],
  options: {
    readonly out: string;
    readonly cwd: string;
    readonly sheets: readonly string[];
    readonly referenceDate?: string;
    readonly progress: Progress;
    readonly claim: (target: string | undefined) => void;
    readonly readPart?: ReadPart;
  },
): Promise<WrittenStarterPlan> {
  const target = resolve(options.cwd, options.out);
  const exports = nameExports(given, target, options.cwd);
  const protect = exports.map(({ file }) => file);
  const [matchingName, valueMapName] = besideNames(target);
  const beside = [matchingName, valueMapName].map((name) => join(dirname(target), name)) as [string, string];
  for (const place of [target, ...beside]) inspectPlace(place, { kind: "file", protect });

  const { files, chosen } = await readExports(exports, options);
  options.progress("Matching");
  const proposal = propose(files, options.referenceDate);
  const title = `Records of ${basename((proposal.files[0] as { path: string }).path)}`;
  const naming = { title, valueMap: valueMapName };
  const valueMap = valueMapTable(proposal.values);
  const label = options.out;
  const tried = tryPlan(planText(proposal, naming), {
    proposal,
    valueMap: asTable(valueMap, valueMapName),
    file: label,
  });
  const text = planText(proposal, { ...naming, tried });
  const texts = [
    markPlan(text),
    markCsv(csvText(...listed(matchedHeadersTable(proposal)))),
    markCsv(csvText(...listed(valueMap))),
  ];

  const states = [target, ...beside].map((place, at) =>
    stateOf(place, texts[at] as string, at === 0 ? "plan" : "csv"),
  );
  const lines = states[2] === "kept" ? linesOf(beside[1]) : proposal.values;
  const news =
    states[0] === "kept"
      ? newsOf(target, beside, { proposal, label, lines, valueMap: valueMapName })
      : states[2] === "kept"
        ? { files: [], columns: [], headers: [], values: newValues(proposal, lines) }
        : undefined;
  // The plan last: it names the value map, which then is there.
  for (const [at, place] of [...[target, ...beside].entries()].reverse()) {
    if (states[at] !== "written") continue;
    options.claim(place);
    const text = texts[at] as string;
    const isOwn = () => stateOf(place, text, at === 0 ? "plan" : "csv") === "written";
    await writeSingleFile(place, text, { force: true, protect, isOwn });
  }
  options.claim(undefined);
  const folder = dirname(options.out);
  const shown = [options.out, join(folder, matchingName), join(folder, valueMapName)];
  return {
    proposal,
    chosen,
    tried,
    files: shown.map((path, at) => ({ path, state: states[at] })) as unknown as WrittenStarterPlan["files"],
    ...(news === undefined ? {} : { news }),
    uncoded: uncodedOf(proposal, lines),
  };
}

/** Two plans in one folder each have their own: `visit.yaml` has `visit-matching.csv` and `visit-value-map.csv`. */
function besideNames(target: string): readonly [matching: string, valueMap: string] {
  const stem = basename(target).replace(/\.ya?ml$/i, "");
  const prefix = stem === "plan" ? "" : `${stem}-`;
  return [`${prefix}matching.csv`, `${prefix}value-map.csv`];
}

function listed({ header, rows }: TextTable): [TextTable["header"], TextTable["rows"]] {
  return [header, rows];
}

function stateOf(place: string, text: string, kind: "plan" | "csv"): StarterFile["state"] {
  if (!existsSync(place)) return "written";
  const there = textOf(place);
  if (there === text) return "unchanged";
  return there !== undefined && isUnedited(there, kind) ? "written" : "kept";
}

/** The text of a file that is there; undefined where it is no text in UTF-8. */
function textOf(place: string): string | undefined {
  try {
    return readText(place, place, "File");
  } catch (error) {
    if (error instanceof CasedrawError && error.code === "FILE_NOT_READABLE") return undefined;
    throw error;
  }
}

/** One line of the value map beside the plan. */
type MapLine = Pick<Proposal["values"][number], "value" | "code"> & { readonly field: string };

function newsOf(
  target: string,
  [matching, valueMap]: readonly [string, string],
  {
    proposal,
    label,
    lines,
    valueMap: name,
  }: {
    readonly proposal: Proposal;
    readonly label: string;
    readonly lines: readonly MapLine[];
    readonly valueMap: string;
  },
): News | string {
  const headers = rowsOf(matching, ["file", "sheet", "header"]).map(
    ([path = "", sheet = "", header = ""]) => ({
      path,
      sheet,
      header,
    }),
  );
  try {
    const text = textOf(target) ?? "";
    const plan = parsePlan(text, { file: label });
    const own = plan.value_map === undefined ? valueMap : resolve(dirname(target), plan.value_map);
    const values = own === valueMap ? lines : [...lines, ...linesOf(own)];
    return newsFor(plan, proposal, { headers, values, valueMap: name, text });
  } catch (error) {
    if (error instanceof CasedrawError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

function linesOf(place: string): MapLine[] {
  return rowsOf(place, ["field", "value", "code"]).map(([field = "", value = "", code = ""]) => ({
    field,
    value,
    code,
  }));
}

/** How many of the proposed values the lines give no code. */
function uncodedOf({ values }: Proposal, lines: readonly MapLine[]): number {
  const keyOf = ({ field, value }: Pick<MapLine, "field" | "value">): string =>
    JSON.stringify([field, matchKey(value)]);
  const coded = new Set(lines.filter(({ code }) => code.trim() !== "").map(keyOf));
  return values.filter((value) => value.code === "" && !coded.has(keyOf(value))).length;
}

/** Cells of a CSV beside the plan, as far as it can be read: somebody may have edited it into anything. */
function rowsOf(place: string, header: readonly string[]): string[][] {
  const text = existsSync(place) ? textOf(place) : undefined;
  if (text === undefined) return [];
  try {
    const table = readOwnCsv(text, place);
    const at = header.map((name) => table.header.indexOf(name));
    if (at.includes(-1)) return [];
    return table.rows.map((row) => at.map((column) => row[column] ?? ""));
  } catch (error) {
    if (error instanceof CasedrawError) return [];
    throw error;
  }
}

/** The value map as a run will read it. */
function asTable({ header, rows }: TextTable, file: string): Table {
  const columns = header.map((name, at) => {
    // As the CSV has it, which the reader of value maps undoes.
    const texts = rows.map((row) => String(row[at]).replace(/^(?=[=+\-@\t\r'])/, "'"));
    const values = [...new Set(texts)];
    return { header: name, values, codes: Int32Array.from(texts, (text) => values.indexOf(text)) };
  });
  return {
    file,
    rowCount: rows.length,
    headers: header,
    columns,
    rowNumbers: Int32Array.from(rows, (_, at) => at + 2),
    notes: [],
  };
}
