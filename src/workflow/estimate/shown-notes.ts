import type { FindingsNote } from "./columns.js";

/**
 * Notes as they may be shown: how many answered a column, were not asked, or were read twice, is not said where it is 1 to
 * `threshold`.
 */
export function shownNotes(notes: readonly FindingsNote[], threshold: number): FindingsNote[] {
  const isSmall = (count: number): boolean => count >= 1 && count <= threshold;
  return notes.map(({ notApplicable = 0, ...note }) => {
    const { answered = 0, text } = note;
    if (!isSmall(answered) && !isSmall(notApplicable)) return note;
    const shown = /^[\d,]+ rows? /.test(text)
      ? text.replace(/^[\d,]+ rows? /, "Some rows ")
      : `${text.slice(0, text.lastIndexOf("; "))}; ${isSmall(answered) ? `1 to ${threshold} answered` : `it does not apply to 1 to ${threshold}`}.`;
    return {
      code: note.code,
      count: 0,
      text: shown,
      ...(note.cases === undefined ? {} : { cases: note.cases }),
    };
  });
}
