import type { CellSystem } from "./cell-system.js";

/** Why a count is not shown for its own sake: it is small, or says of a small group what all or none of it are. */
export type Sensitivity = "small" | "group";

/**
 * Counts that must not be worked out: those from 1 to the threshold, and a count of 0 in a line whose total is that small,
 * because it says of everybody in a small group that they are not of this kind. Where all of a small group are of one kind,
 * that count is itself small.
 *
 * @returns by variable of the system
 */
export function sensitiveCounts(system: CellSystem, threshold: number): Map<number, Sensitivity> {
  const isSmall = (at: number): boolean => {
    const count = system.counts[at] as number;
    return count >= 1 && count <= threshold;
  };
  const found = new Map<number, Sensitivity>();
  system.counts.forEach((_, at) => {
    if (isSmall(at)) found.set(at, "small");
  });
  const lines = system.blocks.flatMap(({ equations }) => equations);
  const zeros = new Set(
    lines.flatMap(({ whole, parts }) =>
      isSmall(whole) ? parts.filter((at) => system.counts[at] === 0) : [],
    ),
  );
  // Nobody at all is in such a line, which is shown: its counts of 0 say nothing of the small group.
  for (let size = -1; size !== zeros.size; ) {
    size = zeros.size;
    for (const { whole, parts } of lines) {
      if (system.counts[whole] === 0 && !zeros.has(whole)) for (const at of parts) zeros.delete(at);
    }
  }
  for (const at of zeros) found.set(at, "group");
  return found;
}
