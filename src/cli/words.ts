import type { Note } from "../frame/note.js";
import { thousands } from "../frame/words.js";
import type { Io } from "./io.js";

/** Lines of aligned columns: the first to the left, the others to the right. */
export function columns(rows: readonly (readonly (string | number)[])[]): string[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "number" ? thousands(cell) : cell)));
  const widths: number[] = [];
  for (const row of cells)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return cells.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] as number) : cell.padStart(widths[at] as number)))
      .join("  ")
      .trimEnd(),
  );
}

/** Says what did not stop the work and must be known. */
export function sayNotes(notes: readonly Note[], io: Io): void {
  for (const note of notes) io.say(`Note: ${note.text}`);
  if (notes.length > 0) io.say("");
}

/** A fraction in per cent, without the sign: two decimals, or two figures that say something where it is less than 0.1. */
export function inPercent(fraction: number): string {
  const value = fraction * 100;
  return value > 0 && value < 0.1 ? String(Number(value.toPrecision(2))) : value.toFixed(2);
}
