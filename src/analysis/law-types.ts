import { codeSets } from "../frame/code-sets.js";
import { levelLabel } from "../frame/labels.js";
import type { Plan } from "../plan/types.js";
import type { ResultRow, ResultTable } from "./result.js";
import { type ColumnAt, countIn, knownIn, shareIn } from "./shares.js";
import { type Count, isMarked, type Level, type Tally } from "./tally.js";
import { unitNoun } from "./units.js";
import { inSentence, listText } from "./words.js";

/** A column of a tally by law type, as people call it. */
export interface LawColumn {
  readonly at: ColumnAt;
  /** "All children", "Public law". */
  readonly name: string;
}

/** All units, and then each known law type; only all where the tally has no columns. */
export function lawColumns(tally: Tally, plan: Pick<Plan, "unit">): LawColumn[] {
  const known = tally.columns.levels.flatMap(({ label, unknown }, at) =>
    unknown ? [] : [{ at, name: `${label} law` }],
  );
  return [{ at: "all", name: `All ${unitNoun(plan)}` }, ...known];
}

/** The columns of single law types: two of them can be set against each other. */
export function lawTypeColumns(tally: Tally, plan: Pick<Plan, "unit">): LawColumn[] {
  return lawColumns(tally, plan).filter(
    ({ at }) => at !== "all" && isLawType((tally.columns.levels[at] as Level).key),
  );
}

/** A law type's code as a column is called: `public` is "Public law". */
export function lawName(code: string, plan: Plan): string {
  return `${levelLabel("law_type", code, plan)} law`;
}

/** Whether a level's key is that of one law type, and not of cases whose children are of several. */
export function isLawType(key: string): boolean {
  return codeSets.law_type?.codes.includes(key) === true;
}

/** How many units of a column are of no known level. */
export function missingIn(tally: Tally, column: ColumnAt = "all"): Count {
  const known = knownIn(tally, column);
  const total = column === "all" ? tally.total : (tally.columnTotals[column] as Count);
  if (isMarked(known)) return known;
  return isMarked(total) ? total : total - known;
}

/**
 * The levels of a tally by law type, a row each: how many, the share of those known with its interval, and what the share
 * can be at the least and at the most, whatever those not known are. Levels that say nothing have a share of all only.
 */
export function lawTypeTable(
  tally: Tally,
  options: { readonly plan: Pick<Plan, "unit">; readonly id: string; readonly caption: string },
): ResultTable {
  const { plan, id, caption } = options;
  const unit = unitNoun(plan);
  return {
    id,
    caption,
    dimensions: ["Law type", tally.rows.label],
    measures: [
      { key: unit, label: unit === "children" ? "Children" : "Cases", kind: "count" },
      { key: "share_of_known", label: "% of known", kind: "share", interval: true },
      { key: "share_of_all", label: "% of all", kind: "share" },
      { key: "share_at_most", label: "Highest it can be", kind: "share" },
    ],
    rows: lawColumns(tally, plan).flatMap(({ at, name }) => columnRows(tally, at, name)),
    ...(tally.slack === undefined ? {} : { slack: tally.slack }),
  };
}

/** What {@link lawTypeTable}'s last columns are. */
export const boundsNote =
  "“% of all” is the least that a share can be, if nobody of those not known is in the group; “highest it can be” is if all of them are.";

function columnRows(tally: Tally, column: ColumnAt, name: string): ResultRow[] {
  const total = column === "all" ? tally.total : (tally.columnTotals[column] as Count);
  const missing = missingIn(tally, column);
  return tally.rows.levels.map(({ label, unknown }, row) => {
    const count = countIn(tally, row, column);
    return {
      names: [name, label],
      cells: [
        count,
        unknown ? { mark: "z" } : shareIn(tally, row, column),
        fraction([count], total),
        unknown ? { mark: "z" } : fraction([count, missing], total),
      ],
    };
  });
}

/** The sum of counts as a fraction; 1 at the most, which rounded counts may go beyond. */
function fraction(counts: readonly Count[], total: Count): Count {
  const hidden = [...counts, total].find(isMarked);
  if (hidden !== undefined) return hidden;
  if (total === 0) return { mark: "x" };
  return Math.min(1, (counts as number[]).reduce((sum, count) => sum + count, 0) / (total as number));
}

/** Pictures have room for all and two kinds of law: what they leave to the table. */
export function beyondPicture(tally: Tally, plan: Pick<Plan, "unit">): string[] {
  const beyond = lawColumns(tally, plan).slice(3);
  return beyond.length === 0
    ? []
    : [`In the table and not in the picture: ${listText(beyond.map(({ name }) => inSentence(name)))}.`];
}

/** Notes on who stands in no law type's column, and on units that stand in several rows. */
export function lawTypeNotes(tally: Tally, plan: Pick<Plan, "unit">): string[] {
  const unit = unitNoun(plan);
  const apart = tally.columns.levels.flatMap(({ unknown }, at) =>
    unknown ? [tally.columnTotals[at] as Count] : [],
  );
  const some = apart.some((count) => isMarked(count) || count > 0);
  return [
    ...beyondPicture(tally, plan),
    ...(some
      ? [
          `${unit === "children" ? "Children" : "Cases"} whose law type is not known are counted under “All ${unit}” alone.`,
        ]
      : []),
    ...(tally.columns.levels.length === 0
      ? ["The export has no law type, so nothing is shown by law type."]
      : []),
    ...(tally.disjoint
      ? []
      : [
          `One ${unit === "children" ? "child" : "case"} may be counted in several rows, so percentages may add up to more than 100%.`,
        ]),
  ];
}

/** How intervals of shares were worked out, and what they say. */
export function shareUncertainty(plan: Pick<Plan, "unit">): string {
  const clustered =
    plan.unit === "child"
      ? " on the effective number of children, because children of one case are alike"
      : "";
  return (
    `95% Wilson intervals${clustered}. The export is a count of all ${unitNoun(plan)}, not a sample: the intervals describe how far ` +
    "figures like these vary by chance in the process behind them."
  );
}
