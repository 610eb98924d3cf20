import type { JoinedFields } from "../../frame/blank-unmatched.js";
import { endFields, leftOpenRows } from "../../frame/earlier-open.js";
import type { Field } from "../../frame/field.js";
import type { JoinTrace } from "../../frame/join.js";
import { thousands } from "../../frame/words.js";
import { draftsOf } from "../draft.js";
import type { Draft, RowSource } from "../finding.js";
import { headersIn } from "../own-columns.js";
import { unreadableLines } from "../problem.js";
import type { CheckRule } from "../rule.js";
import type { CheckSubject } from "../subject.js";
import { agree, fileName, named, namedAll, rowsText } from "../words.js";

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
  const { key } = join;
  const end = endFields(subject.plan).find((name) => fields.includes(name));
  if (trace === undefined || end === undefined) return [];
  const { joined, taken } = trace;
  const [file = join.path] = joined.places.files;
  const unreadable = unreadableLines(subject.problems, end, file);
  const rows = leftOpenRows(join, trace, end).filter(
    (row) => !unreadable.has(joined.places.rowOf[row] as number),
  );
  const closing = joined.fields.get(end) as Field;
  const isOpen = (row: number): boolean => closing.levels[closing.codes[row] as number] === "";
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
