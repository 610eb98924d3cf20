import type { Field } from "../../frame/field.js";
import { thousands } from "../../frame/words.js";
import { areaField } from "../area-field.js";
import { isUnknown, noColumns } from "../axis.js";
import { openUnits } from "../day-standing.js";
import { observe } from "../delay/observation.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import {
  type Cell,
  isInterval,
  type KeyMessage,
  type Measure,
  type Result,
  type ResultRow,
  type ResultTable,
} from "../result.js";
import { shareIn } from "../shares.js";
import { withField } from "../subject-fields.js";
import { tabulate } from "../tabulate.js";
import { type Count, isMarked, type Marked, type Statistic, type Tally } from "../tally.js";
import { ofChildren, unitNoun } from "../units.js";
import { longDate, shareText } from "../words.js";
import { allocationTimes } from "./allocation-times.js";

/** Who has no practitioner yet, and how long allocation took. */
export const allocationItem: Item = {
  id: "allocation",
  section: "workforce",
  question: "Who has no practitioner yet, and how long did allocation take?",
  needs: "allocation_date or practitioner, and which cases are open",
  refusal,
  count,
  result,
};

/** The two levels of who is allocated. */
export const allocated = { yes: "Allocated", no: "Not allocated" } as const;

function refusal({ frame }: Subject): Refusal | undefined {
  if (!frame.fields.has("delay_is_open"))
    return {
      reason: "The export does not say which cases are open.",
      instead: "Map application_date and closed_date.",
    };
  if (sourceOf(frame) !== undefined) return undefined;
  return {
    reason: "The export has neither dates of allocation nor practitioners.",
    instead: "Map allocation_date; practitioner tells at least who has none.",
  };
}

function sourceOf({ fields }: Subject["frame"]): Field | undefined {
  return [fields.get("allocation_date"), fields.get("practitioner")].find(
    (field) => field !== undefined && field.kind !== "list",
  );
}

function count(subject: Subject): Counted {
  const { frame, plan } = subject;
  const source = sourceOf(frame) as Field;
  const recoded = withField(subject, allocationOf(source, plan.reference_date));
  const universe = `open ${unitNoun(plan)}`;
  const units = openUnits(subject) as Int32Array;
  const area = areaField(subject);
  const by = ["law_type", ...(area === undefined ? [] : [area])].filter((name) => frame.fields.has(name));
  const request = { universe, within: unitNoun(plan), units, rows: "allocation" } as const;
  const found =
    plan.observed === undefined ||
    observe(subject).shape !== "window" ||
    source.name !== "allocation_date" ||
    !frame.fields.has("application_date")
      ? undefined
      : allocationTimes(subject, plan.observed);
  const tallies = by.map((columns) =>
    tabulate(recoded, { ...request, id: `allocation/${columns}`, columns }),
  );
  const medians: [string, Statistic | Marked][] = [
    ...(found?.groups ?? []).map(({ curve, median }): [string, Statistic | Marked] => [
      curve.label,
      median ?? { mark: "x" },
    ]),
    ...(found?.tooFew ?? []).map((label): [string, Marked] => [label, { mark: "x" }]),
  ];
  return {
    tallies: [
      ...(tallies.length > 0 ? tallies : [tabulate(recoded, { ...request, id: "allocation" })]),
      ...(found === undefined ? [] : [unusableTally(subject, found.unusable)]),
    ],
    statistics: Object.fromEntries(medians),
    ...(found && found.groups.length > 0
      ? { curves: [{ id: "allocation", groups: found.groups.map(({ curve }) => curve) }] }
      : {}),
  };
}

const datesTally = "allocation/dates";

/** Units by whether their dates tell how long allocation took. */
function unusableTally({ units, plan }: Subject, unusable: number): Tally {
  const levels = [
    { key: "unusable", label: "No date of application, or allocated before it" },
    { key: "usable", label: "Other" },
  ];
  return {
    id: datesTally,
    universe: unitNoun(plan),
    rows: { field: "allocation_dates", label: "Dates", levels },
    columns: noColumns,
    cells: levels.map(() => []),
    rowTotals: [unusable, units.length - unusable],
    columnTotals: [],
    total: units.length,
    disjoint: true,
  };
}

/** Whether each unit has a practitioner, as a field; undefined where the export does not tell. */
export function allocationField({ frame, plan }: Pick<Subject, "frame" | "plan">): Field | undefined {
  const source = sourceOf(frame);
  return source === undefined ? undefined : allocationOf(source, plan.reference_date);
}

/** Units by whether they have a practitioner; undefined where the export does not tell. */
export function unallocatedTally(
  subject: Subject,
  request: { readonly id: string; readonly universe: string; readonly units: Int32Array },
): Tally | undefined {
  const source = sourceOf(subject.frame);
  if (source === undefined) return undefined;
  const recoded = withField(subject, allocationOf(source, subject.plan.reference_date));
  return tabulate(recoded, { ...request, rows: "allocation" });
}

/** A date of allocation to come is none yet. */
function allocationOf(source: Field, reference: string): Field {
  const has = source.levels.map(
    (level) => !isUnknown(source, level) && (source.kind !== "date" || level <= reference),
  );
  return {
    name: "allocation",
    kind: "category",
    levels: [allocated.yes, allocated.no],
    codes: source.codes.map((code) => Number(!has[code])),
  };
}

function result({ tallies: all, statistics = {} }: Counted, { plan }: About): Result {
  const tallies = all.filter(({ id }) => id !== datesTally);
  const noun = unitNoun(plan);
  const units = noun === "cases" ? "Cases" : "Children";
  const first = tallies[0] as Tally;
  const date = longDate(plan.reference_date);
  const unusable = all.find(({ id }) => id === datesTally)?.rowTotals[0] ?? 0;
  const times = timesTable(statistics, { noun, plan });
  return {
    base: { units: first.total, unit: `open ${unitNoun(plan)}`, period: date },
    method:
      "Open cases without a date of allocation by the reference date (without a practitioner, where the export has no dates). " +
      "Days from application to allocation by Kaplan and Meier’s method, those still waiting counted as long as they have waited, " +
      "and cases from before the window from its first day on.",
    uncertainty: `95% Wilson intervals${ofChildren(plan, " on the size that children of one case leave")}; of medians, from the curve’s log-log bounds${ofChildren(plan, ", with children of one case that have the same dates as one observation")}.`,
    tables: [
      {
        id: "unallocated",
        caption: `Open ${noun} without a practitioner, ${date}`,
        dimensions: ["Characteristic", "Group"],
        measures: measuresOf(noun),
        rows: rowsOf(tallies, noun),
      },
      ...times,
    ],
    notes: [
      ...(times.length > 0
        ? []
        : [
            "How long allocation took is not shown: that needs dates of application and allocation and, in the plan, the window in which every case was watched (observed).",
          ]),
      ...(unusable === 0
        ? []
        : [
            isMarked(unusable)
              ? `${units} without a date of application, or allocated before it, are in no time to allocation.`
              : `${thousands(unusable)} ${noun} have no date of application, or were allocated before it, and are in no time to allocation.`,
          ]),
    ],
    messages: messagesOf(first, noun),
    enquiries: [],
  };
}

function measuresOf(noun: string): Measure[] {
  return [
    { key: `unallocated_${noun}`, label: "Not allocated", kind: "count" },
    { key: `open_${noun}`, label: `Open ${noun}`, kind: "count" },
    { key: "share_unallocated", label: "Share not allocated", kind: "share", interval: true },
  ];
}

/** Nobody waits where no unit is of the row. */
function waitingRow(tally: Tally): number {
  return tally.rows.levels.findIndex(({ key }) => key === allocated.no);
}

function rowsOf(tallies: readonly Tally[], noun: string): ResultRow[] {
  const first = tallies[0] as Tally;
  const cellsOf = (tally: Tally, column: number | "all"): Cell[] => {
    const row = waitingRow(tally);
    const total = column === "all" ? tally.total : (tally.columnTotals[column] as Count);
    if (row === -1) return [0, total, isMarked(total) || total > 0 ? 0 : { mark: "x" }];
    const waiting = column === "all" ? tally.rowTotals[row] : tally.cells[row]?.[column];
    return [waiting as Count, total, shareIn(tally, row, column)];
  };
  return [
    { names: ["All", `All open ${noun}`], cells: cellsOf(first, "all") },
    ...tallies.flatMap((tally) =>
      tally.columns.levels.map(({ label }, column) => ({
        names: [tally.columns.label, label],
        cells: cellsOf(tally, column),
      })),
    ),
  ];
}

/** Medians by the label of their kind of law. */
function timesTable(
  medians: NonNullable<Counted["statistics"]>,
  { noun, plan }: { readonly noun: string; readonly plan: About["plan"] },
): ResultTable[] {
  const rows = Object.entries(medians);
  if (rows.length === 0) return [];
  const { observed } = plan;
  const span = observed === undefined ? "" : `, ${longDate(observed.from)} to ${longDate(observed.to)}`;
  return [
    {
      id: "days_to_allocation",
      caption: `Days from application to allocation of ${noun}, by law type${span}`,
      dimensions: ["Law type"],
      measures: [
        { key: "median_days", label: "Median days", kind: "days", decimals: 1 },
        { key: "median_days_lower", label: "From (95%)", kind: "days", decimals: 1 },
        { key: "median_days_upper", label: "To (95%)", kind: "days", decimals: 1 },
      ],
      rows: rows.map(([label, median]) => {
        const cells: Cell[] = isMarked(median)
          ? [median, median, median]
          : [median.value, median.lower ?? { mark: "x" }, median.upper ?? { mark: "x" }];
        return { names: [label], cells };
      }),
    },
  ];
}

function messagesOf(tally: Tally, noun: string): KeyMessage[] {
  const row = waitingRow(tally);
  if (row === -1)
    return isMarked(tally.total) || tally.total === 0
      ? []
      : [{ text: `All open ${noun} have a practitioner.`, weight: 0.2 }];
  const waiting = tally.rowTotals[row] as Count;
  const share = shareIn(tally, row, "all");
  if (isMarked(waiting) || !isInterval(share)) return [];
  return [
    {
      text: `${thousands(waiting)} open ${noun} (${shareText(share.value)}) have no practitioner yet.`,
      weight: Math.min(0.8, 0.3 + 4 * share.value),
    },
  ];
}
