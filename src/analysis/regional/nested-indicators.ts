import type { Field } from "../../frame/field.js";
import type { Subject } from "../item.js";
import { onlyFields } from "../recoded.js";
import { fieldOf, tabulate } from "../tabulate.js";
import type { Level, Tally } from "../tally.js";
import { isShare, toldOf } from "./count-indicator.js";
import type { DefinedIndicator } from "./defined-indicator.js";

/** Levels of those between two nested indicators: what the inner one counts, only the outer one, and neither. */
const levelKeys = ["inner", "between", "neither"] as const;

/**
 * Tables of who is counted by one indicator and not by another that takes in all that the first counts, as over 52 and over
 * 100 weeks. No page shows them: they tell disclosure control that the difference of two published counts is a count too.
 *
 * @param indicators - with what was counted of each, units whose answer is not known counting as no
 * @param by - the field of the areas
 */
export function nestedIndicatorTallies(
  subject: Subject,
  indicators: readonly { readonly defined: DefinedIndicator; readonly tally: Tally | undefined }[],
  by: string,
): Tally[] {
  const told = indicators.flatMap(({ defined, tally }) => {
    if (tally === undefined || !isShare(defined)) return [];
    const { units, answers } = toldOf(subject, defined.counting, { unknownAsNo: true });
    const count = answers.reduce((sum, answer) => sum + answer, 0);
    return [{ tally, units, answers, count }];
  });
  return told.flatMap((outer) => {
    // The largest within it: those within that one are told by its own table.
    const [inner] = told
      .filter((each) => each !== outer && isWithin(each, outer))
      .sort((a, b) => b.count - a.count);
    if (inner === undefined) return [];
    const codes = new Int32Array(subject.frame.ids.length);
    outer.units.forEach((unit, at) => {
      codes[unit] = inner.answers[at] === 1 ? 0 : outer.answers[at] === 1 ? 1 : 2;
    });
    const id = `${inner.tally.id} in ${outer.tally.id}`;
    const field: Field = { name: id, kind: "category", levels: levelKeys, codes };
    const { universe, within } = outer.tally;
    const counted = tabulate(onlyFields(subject, [field, fieldOf(subject, by)]), {
      id,
      universe,
      rows: id,
      columns: by,
      units: outer.units,
      ...(within === undefined ? {} : { within }),
    });
    const levels = counted.rows.levels.map((level): Level => {
      if (level.key === "inner") return { ...level, of: sameAs(inner.tally, "yes") };
      return level.key === "neither" ? { ...level, of: sameAs(outer.tally, "no") } : level;
    });
    return [{ ...counted, rows: { ...counted.rows, levels } }];
  });
}

/** To which level of which field a level of an indicator's table answers. */
function sameAs({ rows }: Tally, key: "yes" | "no"): Required<Level>["of"] {
  return rows.levels.find((level) => level.key === key)?.of ?? { field: rows.field, level: key };
}

interface Told {
  readonly tally: Tally;
  readonly units: Int32Array;
  readonly answers: ArrayLike<number>;
  readonly count: number;
}

/** Whether one indicator is of the same units as another and counts only such as that one counts, and fewer. */
function isWithin(inner: Told, outer: Told): boolean {
  if (inner.count === 0 || inner.count >= outer.count) return false;
  if (inner.tally.universe !== outer.tally.universe || inner.units.length !== outer.units.length)
    return false;
  return outer.units.every(
    (unit, at) => inner.units[at] === unit && (inner.answers[at] !== 1 || outer.answers[at] === 1),
  );
}
