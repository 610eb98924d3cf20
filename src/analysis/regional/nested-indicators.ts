import type { Field } from "../../frame/field.js";
import type { Counted, Subject } from "../item.js";
import { onlyFields } from "../subject-fields.js";
import { fieldOf, tabulate } from "../tabulate.js";
import type { Level, Tally } from "../tally.js";
import { isShare, toldOf } from "./count-indicator.js";
import type { DefinedIndicator } from "./defined-indicator.js";

/** Levels of those between two nested indicators: what the inner one counts, only the outer one, and neither. */
const levelKeys = ["inner", "between", "neither"] as const;

/**
 * Tables of who is counted by one indicator and not by another that takes in all that the first counts, as over 52 and over
 * 100 weeks, in the export and in each earlier one. No page shows them: they tell disclosure control that the difference of
 * two published counts is a count too.
 *
 * @param indicators - with the tables of each, units whose answer is not known counting as no
 * @param by - the field of the areas
 */
export function nestedIndicatorTallies(
  subject: Subject,
  indicators: readonly { readonly defined: DefinedIndicator; readonly counted: Counted | undefined }[],
  by: string,
): Tally[] {
  const days = [
    { of: subject, end: "" },
    ...(subject.earlier ?? []).map((of) => ({ of, end: `/${of.plan.reference_date}` })),
  ];
  return days.flatMap(({ of, end }) => {
    const told = indicators.flatMap(({ defined, counted }, order): Told[] => {
      if (!isShare(defined)) return [];
      const tally = counted?.tallies.find(({ id }) => id === `regional/${defined.indicator.id}${end}`);
      if (tally === undefined) return [];
      const { units, answers } = toldOf(of, defined.counting, { unknownAsNo: true });
      return [{ tally, units, answers, count: answers.reduce((sum, answer) => sum + answer, 0), order }];
    });
    return told.flatMap((outer) => {
      const inside = told.filter((each) => each !== outer && isWithin(each, outer));
      // One that is within another of these is told by that one's own table.
      const widest = inside.filter(
        (each) => !inside.some((other) => other !== each && isWithin(each, other)),
      );
      return widest.map((inner) => betweenTally(of, { inner, outer, by }));
    });
  });
}

function betweenTally(
  subject: Subject,
  { inner, outer, by }: { readonly inner: Told; readonly outer: Told; readonly by: string },
): Tally {
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
  return { ...counted, rows: { ...counted.rows, levels } };
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
  /** Of two that count the same, the first is within the second. */
  readonly order: number;
}

/** Whether one indicator is of the same units as another and counts only such as that one counts. */
function isWithin(inner: Told, outer: Told): boolean {
  if (inner.count === 0 || inner.count > outer.count) return false;
  if (inner.count === outer.count && inner.order > outer.order) return false;
  if (inner.tally.universe !== outer.tally.universe || inner.units.length !== outer.units.length)
    return false;
  return outer.units.every(
    (unit, at) => inner.units[at] === unit && (inner.answers[at] !== 1 || outer.answers[at] === 1),
  );
}
