import type { Field } from "../../frame/field.js";
import type { Plan } from "../../plan/types.js";
import { dayStanding, dayStandings, openUnits } from "../day-standing.js";
import type { Subject } from "../item.js";
import { countIn } from "../shares.js";
import { onlyFields } from "../subject-fields.js";
import { tabulate } from "../tabulate.js";
import type { Count, Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { countText, fieldWords, longDate } from "../words.js";

const standingField = "day_standing";
const laterField = "ends_later";
const later = "Ends after the reference date";

/**
 * Who is open on the reference date, has ended, or cannot be told; and who of the open ends later.
 *
 * @param item - whose tallies they are
 */
export function dayStandingTallies(subject: Subject, item: string): readonly Tally[] {
  const { frame, plan } = subject;
  const standing = dayStanding(subject);
  const open = openUnits(subject);
  if (standing === undefined || open === undefined) return [];
  const noun = unitNoun(plan);
  const ends = frame.fields.get(plan.delay.to);
  const isLater = ends?.levels.map((level) => ends.kind === "date" && level > plan.reference_date);
  const fieldOf = (name: string, levels: readonly string[], codes: Int32Array): Field => ({
    name,
    kind: "text",
    levels,
    codes,
  });
  const byLater = Int32Array.from(frame.ids, (_, unit) => (isLater?.[ends?.codes[unit] as number] ? 0 : 1));
  return [
    tabulate(onlyFields(subject, [fieldOf(standingField, dayStandings, Int32Array.from(standing))]), {
      id: `${standingField}/${item}`,
      universe: noun,
      rows: standingField,
    }),
    {
      ...tabulate(onlyFields(subject, [fieldOf(laterField, [later, "Has no end"], byLater)]), {
        id: `${laterField}/${item}`,
        universe: `open ${noun}`,
        within: noun,
        rows: laterField,
        units: open,
      }),
      where: { field: standingField, level: dayStandings[0] },
    },
  ];
}

/**
 * Who of all cannot be told to be open.
 *
 * @param who - "more", beside those that are open
 */
export function besideOpen(tallies: readonly Tally[], plan: Plan, who: string): string | undefined {
  const count = countOf(tallies, standingField, dayStandings[2]);
  if (count === 0) return undefined;
  const [from, to] = [fieldWords(plan.delay.from), fieldWords(plan.delay.to)];
  const [have, they] = count === 1 ? ["has", "it is"] : ["have", "they are"];
  return `${countText(count)} ${who} ${have} neither ${from} nor ${to}, so it is not known whether ${they} open.`;
}

/** Who has ended by now, but had not on the reference date. */
export function laterNotes(tallies: readonly Tally[], plan: Plan): string[] {
  const count = countOf(tallies, laterField, later);
  if (count === 0) return [];
  const date = longDate(plan.reference_date);
  return [
    `${countText(count)} ${whose(plan, count)} ended after ${date} ${count === 1 ? "counts" : "count"} as open.`,
  ];
}

function whose({ unit }: Plan, count: Count): string {
  const [child, ofCase] = count === 1 ? ["child", "case"] : ["children", "cases"];
  return unit === "case" ? `${ofCase} that` : `${child} whose case`;
}

function countOf(tallies: readonly Tally[], id: string, level: string): Count {
  const tally = tallies.find((one) => one.id.startsWith(`${id}/`));
  const row = tally?.rows.levels.findIndex(({ key }) => key === level) ?? -1;
  return tally === undefined || row === -1 ? 0 : countIn(tally, row, "all");
}
