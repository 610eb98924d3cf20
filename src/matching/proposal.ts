import { isBlank } from "../frame/text.js";
import { type StandardField, standardFields } from "../plan/types.js";
import { headerKey } from "../table/table.js";
import {
  type DatedColumn,
  datedColumns,
  proposeReferenceDate,
  type ReferenceDate,
  type SuggestedWindow,
  suggestWindow,
} from "./dates-of-files.js";
import { columnAt, type ExportFile } from "./export-file.js";
import { type LeadFile, leadFile } from "./lead-file.js";
import { type ProposedUnitId, proposeUnitId } from "./propose-unit-id.js";
import { type ProposedValue, proposeValues, type UnlistedValues } from "./propose-values.js";
import { isSure, type Relations, relateFiles } from "./relate-files.js";

/** What is proposed for one or several files of an export. */
export interface Proposal {
  /** The one whose rows are units first. */
  readonly files: readonly ExportFile[];
  /** Where that is not the one that was named first. */
  readonly lead?: LeadFile;
  readonly relations: Relations;
  readonly unitId: ProposedUnitId;
  /** Standard field → header, of the stacked files: the first that has the field gives the header. */
  readonly columns: ReadonlyMap<StandardField, string>;
  readonly values: readonly ProposedValue[];
  readonly unlisted: readonly UnlistedValues[];
  readonly dated: readonly DatedColumn[];
  readonly reference: ReferenceDate;
  readonly window: SuggestedWindow;
}

/**
 * Proposes how an export is read.
 *
 * @param named - its files, in the order in which they were named
 * @param referenceDate - ISO, where a person says it; by default what the dates of the export suggest
 */
export function propose(named: readonly ExportFile[], referenceDate?: string): Proposal {
  const lead = leadFile(named);
  const files = lead === undefined ? named : [lead.file, ...named.filter((file) => file !== lead.file)];
  const relations = relateFiles(files);
  const { data } = relations;
  const columns = new Map<StandardField, string>();
  for (const field of standardFields) {
    const header = data.map((file) => file.fields.get(field)).find((each) => each !== undefined);
    if (header !== undefined) columns.set(field, header);
  }
  const datesOf = new Map(files.map((file) => [file, datedColumns(file)]));
  const dated = [...datesOf.values()].flat();
  const joins = relations.joins.filter(isSure);
  const inPlan = [...data, ...joins.map(({ file }) => file), ...relations.lookups.map(({ file }) => file)];
  const reference =
    referenceDate === undefined
      ? tellingLeftOut(
          proposeReferenceDate(dated),
          inPlan.flatMap((file) => datesOf.get(file) ?? []),
        )
      : { date: referenceDate, evidence: "as you named it", later: 0 };
  // Of a joined file the plan takes what it gives, and not what the data give too.
  const read = [
    ...data,
    ...joins.map(({ file, gives }) => ({
      ...file,
      fields: new Map([...file.fields].filter(([name]) => gives.includes(name))),
    })),
  ];
  const closings = data.flatMap((file) =>
    (datesOf.get(file) ?? []).filter(({ field }) => field === "closed_date"),
  );
  return {
    files,
    ...(lead === undefined ? {} : { lead }),
    relations,
    unitId: proposeUnitId(data),
    columns,
    ...proposeValues(read),
    dated,
    reference,
    window: windowOf(data, closings, reference.date),
  };
}

/** Says so where the date comes from a file that the plan does not read. */
function tellingLeftOut(reference: ReferenceDate, inPlan: readonly DatedColumn[]): ReferenceDate {
  const { column, evidence } = reference;
  if (column === undefined || inPlan.includes(column)) return reference;
  return { ...reference, evidence: `${evidence}, a file that the plan does not read` };
}

function windowOf(
  data: readonly ExportFile[],
  closings: readonly DatedColumn[],
  referenceDate: string | undefined,
): SuggestedWindow {
  const counts = new Map<number, number>();
  for (const closing of closings)
    for (const [at, day] of closing.days.entries())
      counts.set(day, (counts.get(day) ?? 0) + (closing.counts[at] as number));
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const open = data.reduce((sum, file) => sum + openRows(file), 0);
  if (!data.some(({ fields }) => fields.has("closed_date"))) {
    return { none: "No column is known as the closing date, so nothing tells which cases ended, or when." };
  }
  if (!data.some(({ fields }) => fields.has("application_date"))) {
    return { none: "No column is known as the application date, so nothing tells when cases began." };
  }
  return suggestWindow(
    { days: sorted.map(([day]) => day), counts: sorted.map(([, count]) => count) },
    open,
    referenceDate,
  );
}

function openRows({ table, fields }: ExportFile): number {
  const header = fields.get("closed_date");
  if (header === undefined) return 0;
  const { values, codes } = columnAt(table, header);
  const blank = values.map(isBlank);
  return codes.reduce((sum, code) => sum + Number(blank[code]), 0);
}

/** Fields of the data whose header stands in a joined file too: the plan must say that the data give them. */
export function contested({ columns, relations }: Proposal): StandardField[] {
  const joined = relations.joins
    .filter(isSure)
    .map(({ file, key }) => ({ key, headers: new Set(file.table.headers.map(headerKey)) }));
  return [...columns].flatMap(([field, header]) =>
    joined.some(({ key, headers }) => !key.includes(field) && headers.has(headerKey(header))) ? [field] : [],
  );
}
