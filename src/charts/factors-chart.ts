import { leadingLevel } from "../analysis/leading.js";
import type { Result, ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import type { Chart } from "./chart.js";
import { type DotRow, dotIntervals } from "./dot-interval-chart.js";
import { headline } from "./headline.js";
import { cellText, hasFigures, type LevelRow, levelRows, sharesOfAll } from "./law-type-bars.js";
import { percentText } from "./number-text.js";
import { tableOf } from "./result-table.js";

/** The picture shows no more factors of one law type than this; the table has them all. */
const mostFactors = 12;

/**
 * Shares with each factor as dots with intervals, by law type, the commonest first.
 *
 * @returns undefined where no figure may be shown
 */
export function factorsChart({ tables, base }: Result): Chart | undefined {
  const [table] = tables as [ResultTable];
  if (!hasFigures(table)) return undefined;
  const known = levelRows(table).filter(({ unknown }) => !unknown);
  // Law types have factors of their own: what nobody has is told by the table.
  const rows = known.filter(({ share }) => figureOf(share) !== 0);
  const laws = [...new Set(known.map(({ law }) => law))];
  // All together says little where each law type has its own factors.
  const shown = laws.length > 2 ? laws.slice(1) : laws.slice(0, 1);
  const ordered = shown.map((law) => commonestFirst(rows.filter((row) => row.law === law)));
  const drawn = ordered.flatMap((list) => list.slice(0, mostFactors));
  if (drawn.length === 0) return undefined;
  const cut = ordered.some(({ length }) => length > mostFactors);
  const reach = Math.max(0.05, ...drawn.map(({ share }) => upperOf(share)));
  return {
    ...dotIntervals({
      rows: drawn.map(({ law, level, share }): DotRow => ({ characteristic: law, level, cell: share })),
      scale: {
        domain: [0, Math.min(1, reach * 1.05)],
        title: `Share of ${base.unit} with any factor recorded`,
        format: ".0%",
        leastStep: 0.01,
        reference: 0,
      },
      text: (value) => percentText(value, 1),
    }),
    title: titleOf(table),
    subtitle: `Percentage of ${base.unit} with any factor recorded, ${base.period}, with 95% intervals`,
    description: `Dots with 95% intervals. ${describe(drawn, shown)}`,
    table: tableOf(table),
    notes: [
      "A line is a 95% interval: where two overlap, the figures may well be alike. Percentages add up to more than 100%, for one child may have several factors.",
      ...(rows.length < known.length
        ? ["Factors that nobody of a law type has recorded are in the table only."]
        : []),
      ...(cut
        ? [`The ${mostFactors} commonest factors of each law type are drawn; the table has all of them.`]
        : []),
    ],
  };
}

/** Hidden ones last, in the table's order. */
function commonestFirst(rows: readonly LevelRow[]): LevelRow[] {
  return rows.toSorted((a, b) => figureOf(b.share) - figureOf(a.share));
}

function figureOf(share: LevelRow["share"]): number {
  if (isMarked(share)) return -1;
  return typeof share === "number" ? share : share.value;
}

function upperOf(share: LevelRow["share"]): number {
  if (isMarked(share)) return 0;
  return typeof share === "number" ? share : share.upper;
}

function describe(rows: readonly LevelRow[], laws: readonly string[]): string {
  return laws
    .map((law) => {
      const told = rows
        .filter((row) => row.law === law)
        .map(({ level, share }) => `${level} ${cellText(share)}`);
      return `${law}: ${told.join(", ")}.`;
    })
    .join(" ");
}

function titleOf(table: ResultTable): string {
  const shares = sharesOfAll(table);
  const leading = leadingLevel(shares, { disjoint: false });
  if (leading !== undefined) {
    const share = percentText(leading.share.value, 1);
    return headline(
      `${leading.label} is the commonest factor, at ${share}`,
      `The commonest factor is recorded for ${share}`,
    );
  }
  return "No one factor is clearly the commonest";
}
