import type { Publication, Target } from "./move.js";

/**
 * How far a count can be moved by exchanges within its table alone, four cells at a time with all margins as they are. A lower
 * bound of what is possible, which spares most linear programmes.
 *
 * @returns at most what is asked for; 0 for a count that stands in more than one table or is a margin
 * @see Giessing & Repsilber (2002) Tools and strategies to protect multiple tables with the GHQUAR cell suppression engine, for
 *   the hypercube method
 */
export function movedByExchange(publication: Publication, { at, by }: Target): number {
  const { system } = publication;
  const [block, ...others] = system.blocksOf[at] as readonly number[];
  if (block === undefined || others.length > 0) return 0;
  const grid = system.blocks[block]?.grid ?? [];
  const row = grid.findIndex((line) => line.includes(at));
  if (row === -1) return 0;
  const column = (grid[row] as readonly number[]).indexOf(at);
  const along = by > 0;
  const beside = (grid[row] as readonly number[]).map((cell) => roomOf(publication, cell, !along));
  let left = Math.abs(by);
  for (let r = 0; r < grid.length && left > 0; r++) {
    const line = grid[r] as readonly number[];
    if (r === row) continue;
    let below = roomOf(publication, line[column] as number, !along);
    for (let c = 0; c < line.length && left > 0 && below > 0; c++) {
      if (c === column) continue;
      const moved = Math.min(left, below, beside[c] as number, roomOf(publication, line[c] as number, along));
      left -= moved;
      below -= moved;
      beside[c]! -= moved;
    }
  }
  return Math.abs(by) - left;
}

/** How far a cell of one table may move up or down as published. */
function roomOf({ system, hidden, slackUp, slackDown }: Publication, at: number, up: boolean): number {
  if ((system.blocksOf[at] as readonly number[]).length > 1) return 0;
  if (!hidden.has(at)) return (up ? slackUp : slackDown)[at] as number;
  return up ? Number.POSITIVE_INFINITY : (system.counts[at] as number);
}
