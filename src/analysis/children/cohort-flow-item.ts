import { fieldLabel } from "../../frame/labels.js";
import type { Plan } from "../../plan/types.js";
import { reasonText } from "../condition-words.js";
import type { About, Counted, Item, Subject } from "../item.js";
import type { Cell, Result, ResultRow } from "../result.js";
import { isMarked, type Marked, type Statistic, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { countText, inSentence, longDate, shareText } from "../words.js";

/** Who may be sampled and who not, and why: of every row that was read, whatever the analysis is of. */
export const cohortFlowItem: Item = {
  id: "cohort-flow",
  section: "quality",
  question: "Who is in, and who is out?",
  // The number of those in is then that of every other table, which leaves a lone small reason to be worked out.
  internalOnly: ({ pia }) => pia?.cohort === true,
  needs: "any export",
  refusal: () => undefined,
  count,
  result,
};

const field = "cohort_flow";
const eligible = "eligible";

function count({ frame, plan, units }: Subject): Counted {
  const { exclusion, accounting, ids } = frame;
  const noun = unitNoun(plan);
  const levels = [
    { key: eligible, label: "May be sampled", count: frame.eligible.length },
    ...exclusion.reasons.map(({ reason, count: excluded }) => ({
      key: reason,
      label: reasonLabel(reason, plan),
      count: excluded,
    })),
  ];
  const { rowsRead, superseded, folded } = accounting;
  const rows = (value: number): Statistic => ({ value, base: rowsRead, step: 1 });
  return {
    tallies: [
      {
        id: "cohort_flow",
        // Where the analysis is of some units only, all of them are another universe.
        universe: units.length === ids.length ? noun : `${noun} of the export`,
        rows: {
          field,
          label: "Reason",
          levels: levels.map(({ key, label }) => ({ key, label })),
        },
        columns: { field: "", label: "", levels: [] },
        cells: levels.map(() => []),
        rowTotals: levels.map((level) => level.count),
        columnTotals: [],
        total: ids.length,
        disjoint: true,
      },
    ],
    statistics: {
      cohort_flow_rows_read: rows(rowsRead),
      cohort_flow_superseded: rows(superseded),
      cohort_flow_folded: rows(folded),
    },
  };
}

/** A label with more levels is too long for a row of a chart. */
const mostLevels = 3;

/** What excluded units have in common: the condition, or that it is one, where it lists many levels. */
function reasonLabel(reason: string, plan: Plan): string {
  if (reason === "exclude_ids") return "On the list of exclusions";
  const [, kind, name = ""] = /^(include|exclude): (.*)$/s.exec(reason) ?? [];
  const condition = kind === "include" ? plan.cohort.include[name] : plan.cohort.exclude[name];
  if (!Array.isArray(condition) || condition.length <= mostLevels) return reasonText(reason, plan);
  return kind === "include"
    ? `${fieldLabel(name)} is none of those included`
    : `${fieldLabel(name)} is one of those excluded`;
}

function result(counted: Counted, { plan, edition }: About): Result {
  const [tally] = counted.tallies as [Tally];
  const noun = unitNoun(plan);
  const units = noun === "children" ? "Children" : "Cases";
  const rowsOf = (name: string): Cell => shown(counted.statistics?.[`cohort_flow_${name}`]);
  // A few rows replaced are a small count, and the others tell it.
  const isInternal = edition === "internal";
  const otherRows = [
    { name: "Replaced by a later file", told: "replaced", rows: rowsOf("superseded") },
    { name: "Folded into another row’s case", told: "folded", rows: rowsOf("folded") },
  ].filter(({ rows }) => rows !== 0);
  const ofRows: ResultRow[] = [
    { names: ["Rows of the export", "Rows read"], cells: [rowsOf("rows_read")] },
    ...otherRows.map(({ name, rows }) => ({ names: ["Rows of the export", name], cells: [rows] })),
  ];
  const rows: ResultRow[] = [
    ...(isInternal ? ofRows : []),
    { names: [units, `${units} in the export`], cells: [tally.total] },
    ...tally.rows.levels.map(({ label }, row) => ({
      names: [units, label],
      cells: [tally.rowTotals[row] as Cell],
    })),
  ];
  return {
    base: { units: tally.total, unit: unitNoun(plan), period: longDate(plan.reference_date) },
    method: `Counts of ${isInternal ? "rows and " : ""}${noun}. Each of the ${noun} that may not be sampled is counted once, under the first reason that applies in the plan's order.`,
    uncertainty: "None: everything is counted.",
    tables: [
      {
        id: "cohort_flow",
        caption: `${isInternal ? `Rows read, ${noun}` : units} in the export, and why ${noun} may not be sampled, ${longDate(plan.reference_date)}`,
        dimensions: ["Of what", "Group"],
        measures: [{ key: "count", label: "Number", kind: "count" }],
        rows,
      },
    ],
    notes: [
      ...(isInternal
        ? [
            ofRows.length === 1
              ? `Each row that was read is one of the ${noun} in the export.`
              : `Rows read are those ${otherRows.map(({ told }) => told).join(", those ")} and the ${noun} in the export.`,
          ]
        : []),
      `The ${noun} in the export are those that may be sampled and those excluded.`,
    ],
    messages: message(tally, plan),
    enquiries: [],
  };
}

function shown(statistic: Statistic | Marked | undefined): Cell {
  if (statistic === undefined) return { mark: "x" };
  return isMarked(statistic) ? statistic : statistic.value;
}

/** How many may be sampled, and what keeps out most of the others. */
function message({ rowTotals, total, rows }: Tally, plan: Plan): Result["messages"] {
  const [may, ...out] = rowTotals;
  if (may === undefined || isMarked(may) || isMarked(total) || total === 0) return [];
  const most = out.reduce<{ at: number; count: number }>(
    (best, each, at) => (!isMarked(each) && each > best.count ? { at, count: each } : best),
    { at: -1, count: 0 },
  );
  // A hidden count might be the largest, in a table of small numbers; of rounded ones several may be.
  const isAlone = out.filter((count) => count === most.count).length === 1;
  const reason = out.some(isMarked) || !isAlone ? undefined : rows.levels[most.at + 1]?.label;
  const because =
    reason === undefined ? "" : `; the commonest reason: ${inSentence(reason)} (${countText(most.count)})`;
  const others = most.count === 0 ? "" : ` ${countText(Math.max(0, total - may))} may not${because}.`;
  return [
    {
      text: `${countText(may)} of ${countText(total)} ${unitNoun(plan)} in the export (${shareText(Math.min(1, may / total))}) may be sampled.${others}`,
      weight: 0.15,
    },
  ];
}
