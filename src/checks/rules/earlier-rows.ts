import type { JoinedFields } from "../../frame/blank-unmatched.js";
import { isBlankLevel } from "../../frame/field.js";
import type { JoinTrace } from "../../frame/join.js";
import { thousands } from "../../frame/note.js";
import { isStandardField } from "../../plan/fields.js";
import type { Plan } from "../../plan/types.js";
import { draftsOf } from "../draft.js";
import type { Draft, RowSource } from "../finding.js";
import { headersIn } from "../own-columns.js";
import { unreadableLines } from "../problem.js";
import type { CheckRule } from "../rule.js";
import { agree, fileName, named, namedAll, rowsText } from "../say.js";
import { type CheckSubject, rowsWhere } from "../subject.js";

/** What may end a row of a joined file: the closing date, or a field of the plan's own for it. */
function endFields({ delay }: Plan): string[] {
  return isStandardField(delay.to) ? ["closed_date"] : ["closed_date", delay.to];
}

export const earlierRowRules: readonly CheckRule[] = [
  {
    code: "CHECK_EARLIER_ROW_OPEN",
    severity: "query",
    group: "dates",
    title: "An earlier row of a joined file was never closed",
    meaning:
      "The plan takes the latest row of each key of a joined file, and an earlier one that it leaves aside has no closing date. It was left open by mistake, or two went on at once. " +
      "Where the latest row is closed the child counts as closed, though the record says that something goes on.",
    ask: "Ask the data’s owner when the earlier row ended.",
    needs: (plan) => [endFields(plan)],
    find: (subject) => subject.joined.flatMap((part) => leftOpen(subject, part)),
  },
];

/** Rows that a later one of the same key replaces, and that nobody has ended. */
function leftOpen(subject: CheckSubject, { join, fields, trace }: JoinedFields): Draft[] {
  const { many, key } = join;
  const end = endFields(subject.plan).find((name) => fields.includes(name));
  if (trace === undefined || end === undefined || typeof many === "string" || !("latest" in many)) return [];
  const { joined, taken } = trace;
  const [closing, rank] = [joined.fields.get(end), joined.fields.get(many.latest)];
  if (closing?.kind !== "date" || rank === undefined) return [];
  const [file = join.path] = joined.places.files;
  const unreadable = unreadableLines(subject.problems, end, file);
  const open = closing.levels.map((level) => level === "");
  // Of a row without a rank nobody knows that it is the earlier one.
  const ranked = rank.levels.map((level) => !isBlankLevel(rank.kind, level));
  const isOpen = (row: number): boolean => open[closing.codes[row] as number] === true;
  const rows = rowsWhere(joined.count, (row) => {
    const isEarlier = taken[row] !== -1 && taken[row] !== row && ranked[rank.codes[row] as number] === true;
    return isEarlier && isOpen(row) && !unreadable.has(joined.places.rowOf[row] as number);
  });
  const hidden = rows.reduce((sum, row) => sum + Number(!isOpen(taken[row] as number)), 0);
  const count = rowsText(rows.length);
  const [have, they] = [agree(rows.length, "has", "have"), agree(rows.length, "it", "they")];
  return draftsOf(rows, {
    fields: [end],
    message:
      `${count} of ${file} ${have} no ${named(end)}, although a later row of the same ${namedAll(key)} is taken instead` +
      `${hidden === 0 ? "" : `; for ${thousands(hidden)} of these the later row is closed, and that is what counts`}.`,
    question:
      `In ${fileName(file)}, ${count} ${have} no ${headersIn(subject, [end], [file])}, although a later row of the same ` +
      `${headersIn(subject, key, [file])} has begun. When did ${they} end?`,
    source: sourceOf(subject, trace),
  });
}

/** Rows of the joined file, with the unit that they are about where there is only one. */
function sourceOf({ source }: CheckSubject, { joined, from, taken }: JoinTrace): RowSource {
  const several = -2;
  const unitOf = new Int32Array(joined.count).fill(-1);
  for (const [row, at] of from.entries()) if (at !== -1) unitOf[at] = unitOf[at] === -1 ? row : several;
  return {
    idOf: (row) => {
      const unit = unitOf[taken[row] as number] ?? -1;
      return unit < 0 ? "" : source.idOf(unit);
    },
    places: joined.places,
  };
}
