import { existsSync } from "node:fs";
import { join } from "node:path";
import { compareBytes } from "../../frame/text.js";
import type { FolderWriter } from "../../report/folder.js";
import { type OwnCsv, readOwnCsv } from "../../report/own-csv.js";
import type { EarlierSample } from "../../sampling/avoid/earlier-sample.js";
import type { RecordedFrame } from "../explain/recorded-frame.js";
import { type OutputTable, writeTable } from "../output-table.js";
import { readText } from "../read-text.js";
import type { SampleFolder } from "../sample/folder.js";
import { ordersOf } from "./orders.js";
import { ordersTable, packTable, type Renaming, unitPseudonym } from "./pack.js";

/** A sample as its folder has it, and where its archive is written. */
export interface Tables {
  readonly folder: SampleFolder;
  readonly directory: string;
  readonly recorded: RecordedFrame;
  readonly renaming: Renaming;
  readonly writer: FolderWriter;
}

/** Writes what is known of every eligible unit. */
export function writeUnits(
  { folder, directory, recorded, renaming, writer }: Tables,
  earlier: EarlierSample | undefined,
): void {
  const { frame, plan } = recorded;
  const { fields, ids } = frame;
  const own = readTable(folder, directory, "frame.csv") as OwnCsv;
  const orders = ordersOf(plan, folder.manifest);
  const names = ids.map((id) => unitPseudonym(renaming, id));
  writeTable(writer, "frame.csv", packTable(own, fields, renaming, { sorted: true }));
  writeTable(writer, "tickets.csv", ordersTable("unit_id", ids, names, orders));
  const family = plan.sample?.one_per;
  const field = family === undefined ? undefined : fields.get(family);
  if (family !== undefined && field !== undefined) {
    const levels = renaming.replaced.includes(family)
      ? field.levels.map((level) => renaming.rename(family, level))
      : field.levels;
    writeTable(writer, "families.csv", ordersTable(family, field.levels, levels, orders));
  }
  if (earlier !== undefined) writeTable(writer, "earlier.csv", earlierTable(ids, names, earlier));
}

function earlierTable(
  ids: readonly string[],
  names: readonly string[],
  { probabilities, taken }: EarlierSample,
): OutputTable {
  const rows = ids.flatMap((id, at) => {
    const probability = probabilities.get(id);
    return probability === undefined
      ? []
      : [[names[at] as string, probability, taken.has(id) ? "yes" : "no"]];
  });
  rows.sort(([a], [b]) => compareBytes(a as string, b as string));
  return { header: ["unit_id", "probability", "taken"], rows };
}

/**
 * Writes what was drawn and what became of it; the fields that the sample's files list beside that are not needed.
 *
 * @returns the pseudonyms of the drawn in draw order, and of the reserves
 */
export function writeSelected({
  folder,
  directory,
  recorded,
  renaming,
  writer,
}: Tables): [string[], { stratum: string; unitId: string }[]] {
  const { fields } = recorded.frame;
  const packed = (name: string, columns?: (header: readonly string[]) => readonly string[]) => {
    const table = readTable(folder, directory, name);
    if (table === undefined) return undefined;
    const kept = columns === undefined ? {} : { columns: columns(table.header) };
    const sorted = name === "links.csv";
    const made = packTable(table, fields, renaming, { ...kept, sorted });
    writeTable(writer, name, made);
    return made;
  };
  const beforeTicket = (header: readonly string[]) => header.slice(0, header.indexOf("ticket"));
  const sample = packed("sample.csv", beforeTicket) as OutputTable;
  const reserves = packed("reserves.csv", beforeTicket) as OutputTable;
  writeTable(writer, "strata.csv", readTable(folder, directory, "strata.csv") as OwnCsv);
  packed("replacements.csv");
  packed("links.csv");
  packed("chosen.csv", () => ["unit_id", "status", "reason", "asked_by", "asked_on", "version"]);
  const column = ({ header, rows }: OutputTable, name: string): string[] =>
    rows.map((row) => row[header.indexOf(name)] as string);
  const strata = column(reserves, "stratum");
  return [
    column(sample, "unit_id"),
    column(reserves, "unit_id").map((unitId, at) => ({ stratum: strata[at] as string, unitId })),
  ];
}

function readTable({ path }: SampleFolder, directory: string, name: string): OwnCsv | undefined {
  if (!existsSync(join(path, name))) return undefined;
  return readOwnCsv(readText(join(path, name), join(directory, name), "List"), name);
}
