import type { CurveGroup } from "./curves.js";
import type { Counted } from "./item.js";
import { isMarked, type Marked, type Statistic, type Tally } from "./tally.js";

/**
 * What was counted, its figures to 12 significant digits and no finer than 1e-12: sums over the same units in another order
 * differ in the last digits, and the same units make the same report.
 */
export function settled(counted: Counted): Counted {
  const { tallies, statistics, curves, indicators, lacking } = counted;
  return {
    ...(indicators === undefined ? {} : { indicators }),
    ...(lacking === undefined ? {} : { lacking }),
    tallies: tallies.map(settledTally),
    ...(statistics === undefined
      ? {}
      : {
          statistics: Object.fromEntries(
            Object.entries(statistics).map(([name, figure]) => [name, settledStatistic(figure)]),
          ),
        }),
    ...(curves === undefined
      ? {}
      : { curves: curves.map((set) => ({ ...set, groups: set.groups.map(settledGroup) })) }),
  };
}

function settledNumber(value: number): number {
  return Number(Number(value.toFixed(12)).toPrecision(12));
}

function settledTally(tally: Tally): Tally {
  const { effects } = tally;
  if (effects === undefined) return tally;
  return {
    ...tally,
    effects: {
      cells: effects.cells.map((line) => line.map(settledNumber)),
      rowTotals: effects.rowTotals.map(settledNumber),
    },
  };
}

function settledStatistic(figure: Statistic | Marked): Statistic | Marked {
  if (isMarked(figure)) return figure;
  const { value, lower, upper } = figure;
  return {
    ...figure,
    value: settledNumber(value),
    ...(lower === undefined ? {} : { lower: settledNumber(lower) }),
    ...(upper === undefined ? {} : { upper: settledNumber(upper) }),
  };
}

function settledGroup(group: CurveGroup): CurveGroup {
  return {
    ...group,
    shares: group.shares.map(settledNumber),
    lower: group.lower.map(settledNumber),
    upper: group.upper.map(settledNumber),
  };
}
