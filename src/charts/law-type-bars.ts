import { type LevelShare, levelShareOf } from "../analysis/leading.js";
import type { Cell, ResultRow, ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import type { BarRow, LevelBars } from "./level-bars-chart.js";
import { percentText } from "./number-text.js";

/** A row of a table by law type and level, read for a chart. */
export interface LevelRow {
  /** "All children", "Public law". */
  readonly law: string;
  readonly level: string;
  /** Whether the level says that nothing is known: its share is then of all, and of those known otherwise. */
  readonly unknown: boolean;
  readonly count: Cell;
  readonly share: Exclude<Cell, string>;
}

/** Reads a table that `lawTypeTable` made: levels that say nothing are those without a share of those known. */
export function levelRows({ measures, rows }: ResultTable): LevelRow[] {
  const place = (key: string): number => measures.findIndex((measure) => measure.key === key);
  const [known, all] = [place("share_of_known"), place("share_of_all")];
  return rows.map(({ names, cells }: ResultRow) => {
    const ofKnown = cells[known] as Exclude<Cell, string>;
    const unknown = isMarked(ofKnown) && ofKnown.mark === "z";
    return {
      law: names[0] as string,
      level: names[1] as string,
      unknown,
      count: cells[measures.findIndex(({ kind }) => kind === "count")] as Cell,
      share: unknown ? (cells[all] as Exclude<Cell, string>) : ofKnown,
    };
  });
}

/** Shares of known levels among all units. */
export function sharesOfAll(table: ResultTable): LevelShare[] {
  const rows = levelRows(table);
  return rows
    .filter(({ law, unknown }) => law === rows[0]?.law && !unknown)
    .map(({ level, count, share }) =>
      levelShareOf(level, {
        share: typeof share === "number" ? { value: share, lower: share, upper: share } : share,
        count,
        slack: table.slack,
      }),
    );
}

/** All and the first two law types, a panel each, with those not known apart and last. */
export function lawTypeBars(table: ResultTable): LevelBars {
  const rows = levelRows(table);
  const panels = [...new Set(rows.map(({ law }) => law))].slice(0, 3);
  const levels = rows.filter(({ law }) => law === panels[0]);
  return {
    panels,
    kind: "share",
    rows: levels.map(({ level, unknown }): BarRow => {
      const cells = panels.map(
        (panel) =>
          rows.find((row) => row.law === panel && row.level === level)?.share ?? { mark: "z" as const },
      );
      return {
        characteristic: unknown ? "Not known, % of all" : (table.dimensions[1] as string),
        level,
        cells,
        ...(unknown ? { unknown } : {}),
      };
    }),
  };
}

/** Whether any known level has a figure to draw. */
export function hasFigures(table: ResultTable): boolean {
  return levelRows(table).some(({ unknown, share }) => !unknown && !isMarked(share));
}

/**
 * The table with shares of all in place of those of the known, which are not shown where few are not known; undefined where these
 * are not shown either.
 */
export function withSharesOfAll(table: ResultTable): ResultTable | undefined {
  const place = (key: string): number => table.measures.findIndex((measure) => measure.key === key);
  const [known, all] = [place("share_of_known"), place("share_of_all")];
  const unknown = levelRows(table).map((row) => row.unknown);
  const rows = table.rows.map((row, at): ResultRow => {
    if (unknown[at]) return row;
    return { ...row, cells: row.cells.with(known, row.cells[all] as Cell) };
  });
  const shown = { ...table, rows };
  return hasFigures(shown) ? shown : undefined;
}

/** Text alternatives list no more levels of a panel than this. */
const mostTold = 8;

/** Each panel's levels with their figures, as sentences. */
export function describeBars({ panels, rows }: LevelBars): string {
  const told = panels.map((panel, at) => {
    const known = rows.filter(({ unknown }) => unknown !== true);
    const listed = known.slice(0, mostTold).map(({ level, cells }) => `${level} ${cellText(cells[at])}`);
    const more = known.length - listed.length;
    const gaps = rows
      .filter(({ unknown }) => unknown === true)
      .map(({ level, cells }) => `${level} ${cellText(cells[at])} of all`);
    return `${panel}: ${[...listed, ...(more > 0 ? [`${more} more in the table`] : []), ...gaps].join(", ")}.`;
  });
  return told.join(" ");
}

const markWords = { c: "not shown", x: "not available", z: "not applicable", low: "near zero" } as const;

/** A share in a sentence. */
export function cellText(cell: BarRow["cells"][number] | undefined): string {
  if (cell === undefined) return "not available";
  if (isMarked(cell)) return markWords[cell.mark];
  return percentText(typeof cell === "number" ? cell : cell.value, 1);
}

/** How to read bars with intervals. */
export const barsNote =
  "Bars start at zero. The line at the end of a bar is its 95% interval: where two overlap, the figures may well be alike.";
