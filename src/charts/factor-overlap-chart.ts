import { leadingLevel, levelShareOf } from "../analysis/leading.js";
import { type Cell, type Interval95, isInterval, type Result, type ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { inSentence } from "../analysis/words.js";
import type { Chart } from "./chart.js";
import { heatMapSpec } from "./heat-map.js";
import { percentText } from "./number-text.js";
import { tableOf } from "./result-table.js";

interface Pair extends Interval95 {
  readonly first: string;
  readonly second: string;
}

/**
 * A numbered heat map of pairs of factors: the percentage that has both.
 *
 * @param result - of the item `factor-overlap`
 * @returns undefined where no pair is shown
 */
export function factorOverlapChart(result: Result): Chart | undefined {
  const table = result.tables[0] as ResultTable;
  const factors = [...new Set(table.rows.flatMap(({ names }) => names))];
  const shares = new Map(table.rows.map(({ names, cells }) => [names.join("\u001f"), cells[1] as Cell]));
  const shareOf = (row: string, column: string): Cell | undefined =>
    shares.get([row, column].join("\u001f")) ?? shares.get([column, row].join("\u001f"));
  const pairs = table.rows.flatMap(({ names: [first = "", second = ""], cells }): Pair[] => {
    const share = cells[1] as Cell;
    return isInterval(share) ? [{ first, second, ...share }] : [];
  });
  if (pairs.length === 0) return undefined;
  const sorted = [...pairs].sort((a, b) => b.value - a.value);
  const most = sorted[0] as Pair;
  return {
    spec: heatMapSpec({
      rows: factors.map((factor, at) => `${at + 1}. ${factor}`),
      columns: factors.slice(0, -1).map((_, at) => String(at + 1)),
      cells: factors.map((row, r) =>
        factors.slice(0, -1).map((column, c) => (c < r ? shareOf(row, column) : undefined)),
      ),
      darkest: Math.max(0.01, most.value),
    }),
    title: titleOf(table, most),
    subtitle: `${table.caption}; percent of those with a factor recorded. Columns bear the rows’ numbers`,
    description: [
      `Grid of ${factors.length} factors by each other, with the percentage that has both.`,
      ...sorted.slice(0, 10).map((pair) => `${pairName(pair)}: ${percentText(pair.value, 1)}.`),
      ...(sorted.length > 10 ? [`${sorted.length - 10} more pairs in the table.`] : []),
    ].join(" "),
    table: tableOf(table),
    notes: result.notes,
  };
}

/** Of the pair that is plainly the commonest, or the only one; where some are not shown, of the commonest that is. */
function titleOf({ rows, slack }: ResultTable, most: Pair): string {
  const shares = rows.flatMap(({ names, cells: [count = 0, share] }) =>
    share !== undefined && (isInterval(share) || isMarked(share))
      ? [levelShareOf(names.join(), { share, count, slack })]
      : [],
  );
  const isPlain = shares.length === 1 || leadingLevel(shares, { disjoint: false }) !== undefined;
  return isPlain || shares.some(({ share }) => isMarked(share))
    ? `${pairName(most)}: ${percentText(most.value)} have both`
    : "No two factors clearly stand together most often";
}

/** "Domestic abuse and parental conflict". */
function pairName({ first, second }: Pair): string {
  return `${first} and ${inSentence(second)}`;
}
