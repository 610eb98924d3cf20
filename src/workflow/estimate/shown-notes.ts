import { thousands } from "../../frame/words.js";
import type { FindingsNote } from "./columns.js";

/**
 * Notes as they may be shown: how many answered a column, or were read twice, is not said where it is 1 to `threshold`, nor
 * of the columns named how many were not asked.
 */
export function shownNotes(
  notes: readonly FindingsNote[],
  { threshold, askedHidden }: { readonly threshold: number; readonly askedHidden: ReadonlySet<string> },
): FindingsNote[] {
  const isSmall = (count: number): boolean => count >= 1 && count <= threshold;
  return notes.map(({ column, ...note }) => {
    const { answered = 0, text } = note;
    const isHidden = column !== undefined && askedHidden.has(column);
    if (!isSmall(answered) && !isHidden) return note;
    const read = text.slice(0, text.lastIndexOf("; "));
    const shown = /^[\d,]+ rows? /.test(text)
      ? text.replace(/^[\d,]+ rows? /, "Some rows ")
      : isSmall(answered)
        ? `${read}; 1 to ${threshold} answered.`
        : `${read}; ${thousands(answered)} answered, and to how many of the others it does not apply is not shown.`;
    return {
      code: note.code,
      count: 0,
      text: shown,
      ...(note.cases === undefined ? {} : { cases: note.cases }),
    };
  });
}
