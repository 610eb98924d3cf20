import type { FindingsNote } from "./columns.js";

/** Notes as they may be shown: how many answered a column, or were read twice, is not said where it is 1 to `threshold`. */
export function shownNotes(notes: readonly FindingsNote[], threshold: number): FindingsNote[] {
  return notes.map((note) => {
    const { answered = 0, text } = note;
    if (answered < 1 || answered > threshold) return note;
    const shown = /^[\d,]+ rows? /.test(text)
      ? text.replace(/^[\d,]+ rows? /, "Some rows ")
      : `${text.slice(0, text.lastIndexOf("; "))}; 1 to ${threshold} answered.`;
    return {
      code: note.code,
      count: 0,
      text: shown,
      ...(note.cases === undefined ? {} : { cases: note.cases }),
    };
  });
}
