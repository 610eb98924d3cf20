import { itemSeparator } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import { fieldsBesideStrata } from "../../plan/design-fields.js";
import type { Plan } from "../../plan/types.js";
import { writeCsvColumns } from "../../report/csv.js";
import type { Manifest } from "../../report/manifest.js";
import { asReviewed } from "../../sampling/after/reviewed.js";
import { balanceTable } from "../../sampling/balance.js";
import type { Sample } from "../../sampling/draw.js";
import type { LinkFacts } from "../../sampling/linked/link-facts.js";
import { stratumPlaces } from "../../sampling/strata.js";
import { chosenTable } from "../chosen/standing-cases.js";
import { type OutputTable, tableRows } from "../output-table.js";
import type { Progress } from "../progress.js";
import type { RenderWorkbook } from "../render-workbook.js";
import { summaryPage } from "../summary/page.js";
import { beforeColumns } from "../update/before-columns.js";
import { changesTable } from "../update/changes-table.js";
import { sampleTables } from "./tables.js";
import { sampleWorkbook } from "./workbook.js";

/** Takes a file's content piece by piece. */
type Sink = (chunk: string | Uint8Array) => void;

/** One file of a sample's folder, written on demand. */
export interface SampleOutput {
  readonly name: string;
  write(sink: Sink): void | Promise<void>;
}

/**
 * The files of a sample's folder but its records; the same frame, plan and seed give the same bytes. They hold no name
 * and no date of birth. The workbook comes last: its rendering begins here and may go on in another thread.
 */
export function sampleOutputs(
  context: {
    readonly frame: Frame;
    readonly plan: Plan;
    readonly sample: Sample;
    /** What the manifest will say, asked for when the summary is written. */
    readonly records: () => Omit<Manifest, "outputs">;
    readonly progress: Progress;
  },
  render: RenderWorkbook,
): SampleOutput[] {
  const { frame, plan, sample, records, progress } = context;
  const balance = balanceTable(frame, asReviewed(sample));
  const workbook = render(sampleWorkbook({ frame, plan, sample, balance }));
  workbook.catch(() => {}); // told where it is awaited; a fault before that must not end the process
  const tables = sampleTables(frame, plan, sample, balance);
  const csv = (name: string, table: OutputTable): SampleOutput => ({
    name,
    write: (sink) => tableRows(sink, table),
  });
  return [
    csv("balance.csv", tables.balance),
    ...(sample.design.updated === undefined
      ? []
      : [
          {
            name: "changes.csv",
            write: (sink: Sink) => tableRows(sink, changesTable(frame, sample, records().steps ?? [])),
          },
        ]),
    ...(sample.after === undefined || sample.after.chosen.length === 0
      ? []
      : [csv("chosen.csv", chosenTable(frame, plan, sample))]),
    { name: "frame.csv", write: (sink) => writeFrame(frame, plan, sample, sink) },
    ...(sample.design.linked === undefined ? [] : [csv("links.csv", linksTable(sample.design.linked))]),
    ...(tables.replacements === undefined ? [] : [csv("replacements.csv", tables.replacements)]),
    csv("reserves.csv", tables.reserves),
    csv("sample.csv", tables.sample),
    csv("strata.csv", tables.strata),
    {
      name: "summary.html",
      write: (sink) =>
        sink(summaryPage({ frame, plan, sample, progress, balance, ...summaryFacts(records()) })),
    },
    { name: "sample.xlsx", write: async (sink) => sink(await workbook) },
  ];
}

/** `links.csv`: every value that records are linked by, with what either frame has of it. */
function linksTable({ by, values, estimated }: LinkFacts): OutputTable {
  return {
    header: [
      by,
      "earlier_eligible",
      "earlier_drawn",
      "eligible",
      "inclusion_probability",
      ...(estimated ? ["standard_error"] : []),
    ],
    rows: values.map(({ value, earlierEligible, earlierDrawn, eligible, probability, standardError }) => [
      value,
      earlierEligible,
      earlierDrawn,
      eligible,
      probability,
      ...(estimated ? [standardError] : []),
    ]),
  };
}

function summaryFacts({ seed, frame, selection }: Omit<Manifest, "outputs">) {
  const digests = { frame: frame.digest, design: frame.design_digest, selection: selection.digest };
  return { seed, digests };
}

/** `frame.csv`: every eligible unit with its stratum and the design's other fields, in byte order of the ids. */
function writeFrame(frame: Frame, plan: Plan, sample: Sample, sink: Sink): void {
  const { updated, strata: drawnFrom } = sample.design;
  const strata = updated?.homes ?? drawnFrom;
  const columns = [
    { header: "unit_id", values: frame.ids },
    {
      header: "stratum",
      values: strata.map(({ key }) => key),
      codes: stratumPlaces(strata, frame.ids.length),
    },
    ...(updated === undefined ? [] : beforeColumns(updated.before)),
    ...fieldsBesideStrata(plan).flatMap((name) => {
      const field = frame.fields.get(name);
      if (field === undefined) return [];
      const values = field.levels.map((level) => level.replaceAll(itemSeparator, "; "));
      return [{ header: name, values, codes: field.codes }];
    }),
  ];
  writeCsvColumns(sink, columns, frame.eligible);
}
