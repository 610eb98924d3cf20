import type { Cell } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { isoDay } from "../frame/calendar.js";
import type { Line, LineChart, LinePanel, LinePoint, Stretch } from "./lines.js";

const dayLength = 24 * 60 * 60 * 1000;

/** Milliseconds of UTC of an ISO date. */
export function timeOf(iso: string): number {
  return isoDay(iso) * dayLength;
}

/** Months as `2026-05`, with "May 2026" as they stand under a plot. */
export function monthTicks(months: readonly string[]): LineChart["ticks"] {
  return months.map((key) => ({ x: timeOf(`${key}-01`), label: shortMonth(key) }));
}

const names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** "May 2026". */
function shortMonth(key: string): string {
  return `${names[Number(key.slice(5, 7)) - 1]} ${key.slice(0, 4)}`;
}

/** "Jan" to "Dec". */
export function monthAbbreviation(month: number): string {
  return names[month - 1] as string;
}

/** Figures along an axis as runs of points, parted where one is not shown, and those that are not. */
export function runsOf(
  along: readonly number[],
  cells: readonly (Exclude<Cell, string> | undefined)[],
  looks: readonly LinePoint["look"][] = [],
): { readonly runs: Line["runs"]; readonly missing: NonNullable<LinePanel["missing"]> } {
  const runs: LinePoint[][] = [];
  const missing: { x: number; text: string }[] = [];
  let isOpen = false;
  for (const [at, cell] of cells.entries()) {
    const x = along[at] as number;
    if (cell === undefined || isMarked(cell)) {
      isOpen = false;
      if (cell !== undefined) missing.push({ x, text: `[${cell.mark}]` });
      continue;
    }
    const look = looks[at];
    const point = {
      x,
      ...(typeof cell === "number" ? { value: cell } : cell),
      ...(look === undefined ? {} : { look }),
    };
    if (isOpen) runs.at(-1)?.push(point);
    else runs.push([point]);
    isOpen = true;
  }
  return { runs, missing };
}

/**
 * The signs at each point as stretches, each as long as the sign holds; one that comes back after a point or two is one
 * stretch. A point near a limit that has another sign too is told by that one.
 */
export function stretchesOf(along: readonly number[], signs: readonly (readonly string[])[]): Stretch[] {
  const told = signs.map((held) =>
    held.length > 1 ? held.filter((text) => !text.startsWith("near ")) : held,
  );
  const found: Stretch[] = [];
  for (const text of new Set(told.flat())) {
    let from = -1;
    let last = -1;
    for (const [at, held] of told.entries()) {
      if (!held.includes(text)) continue;
      if (from !== -1 && at - last > 3) {
        found.push({ from: along[from] as number, to: along[last] as number, text });
        from = at;
      }
      if (from === -1) from = at;
      last = at;
    }
    found.push({ from: along[from] as number, to: along[last] as number, text });
  }
  return found;
}

/** How to read signs. */
export const signNotes = [
  "Dashed lines are the mean and the limits within which chance keeps nearly every point. An orange diamond under words marks points that show a sign of something else.",
  "The vertical scale may start above zero.",
];
