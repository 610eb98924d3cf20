import type { Frame } from "../frame/frame.js";
import type { Plan } from "../plan/types.js";
import { writeCsv, writeCsvColumns } from "../report/csv.js";
import type { Sample } from "../sampling/draw.js";
import { type OutputTable, sampleTables } from "./sample-tables.js";
import { sampleWorkbook } from "./sample-workbook.js";

/** Takes a file's content piece by piece. */
export type Sink = (chunk: string | Uint8Array) => void;

/** One file of a sample's folder, written on demand. */
export interface SampleOutput {
  readonly name: string;
  write(sink: Sink): void;
}

/**
 * The files of a sample's folder but its records, in byte order of their names; the same frame, plan and seed give the
 * same bytes. They hold no name and no date of birth.
 */
export function sampleOutputs(frame: Frame, plan: Plan, sample: Sample): SampleOutput[] {
  const tables = sampleTables(frame, plan, sample);
  const csv = (name: string, table: OutputTable): SampleOutput => ({
    name,
    write: (sink) =>
      writeCsv(sink, table.header, (row) => {
        for (const cells of table.rows) row(cells);
      }),
  });
  return [
    csv("balance.csv", tables.balance),
    { name: "frame.csv", write: (sink) => writeFrame(frame, sample, sink) },
    csv("reserves.csv", tables.reserves),
    csv("sample.csv", tables.sample),
    { name: "sample.xlsx", write: (sink) => sink(sampleWorkbook(plan, sample, tables)) },
    csv("strata.csv", tables.strata),
  ];
}

/** `frame.csv`: every eligible unit with its stratum, in byte order of the ids. */
function writeFrame(frame: Frame, sample: Sample, sink: Sink): void {
  const { strata } = sample.design;
  const stratumOf = new Int32Array(frame.ids.length);
  for (const [at, { units }] of strata.entries()) for (const unit of units) stratumOf[unit] = at;
  const columns = [
    { header: "unit_id", values: frame.ids },
    { header: "stratum", values: strata.map(({ key }) => key), codes: stratumOf },
  ];
  writeCsvColumns(sink, columns, frame.eligible);
}
