import type { FindingsNote } from "./columns.js";

/** Notes as they may be shown: how many answered a column is not said where it is 1 to `threshold`. */
export function shownNotes(notes: readonly FindingsNote[], threshold: number): FindingsNote[] {
  return notes.map((note) => {
    const { answered = 0, code, text } = note;
    if (answered < 1 || answered > threshold) return note;
    return { code, count: 0, text: `${text.slice(0, text.lastIndexOf("; "))}; 1 to ${threshold} answered.` };
  });
}
