import {
  either,
  flag,
  keys,
  listOf,
  localPath,
  number,
  numberOrDate,
  record,
  refuse,
  text,
  whole,
} from "./leaves.js";
import type { Condition } from "./types.js";

const value = text("a value");
const conditionRule =
  "a value, a list of values, { blank: true or false }, { from: …, to: … } or { over: …, up_to: … }";

const test = keys(
  {
    blank: flag().exactOptional().describe("true: the field is blank; false: it is not."),
    from: numberOrDate().exactOptional().describe("The first date or number that matches."),
    to: numberOrDate().exactOptional().describe("The last date or number that matches."),
    over: number("a number").exactOptional().describe("Matches above this number."),
    up_to: number("a number").exactOptional().describe("Matches up to this number, itself included."),
  },
  conditionRule,
).transform((test, context): Condition => {
  const { blank, from, to, over, up_to } = test;
  const given = Object.keys(test);
  const kinds = [["blank"], ["from", "to"], ["over", "up_to"]].filter((kind) =>
    kind.some((key) => given.includes(key)),
  );
  if (kinds.length === 0) refuse(context, [], `must be ${conditionRule}, got an empty { }.`);
  for (const kind of kinds.slice(1)) {
    const key = kind.find((name) => given.includes(name)) ?? "";
    refuse(
      context,
      [key],
      `cannot stand beside ${given[0]}: a condition is one of blank, from and to, over and up_to.`,
    );
  }
  if (from !== undefined && to !== undefined) {
    if (typeof from !== typeof to)
      refuse(context, ["to"], "must be a date where from is one, and a number where from is one.");
    else if (from > to) refuse(context, ["to"], `must not be before from (${from}), got ${to}.`);
  }
  if (over !== undefined && up_to !== undefined && over >= up_to) {
    refuse(context, ["up_to"], `must be more than over (${over}), got ${up_to}.`);
  }
  if (blank !== undefined) return { blank };
  if (from !== undefined || to !== undefined) {
    return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  }
  return { ...(over === undefined ? {} : { over }), ...(up_to === undefined ? {} : { up_to }) };
});

/** Fields, each with what matches. */
export const conditions = record(
  either(conditionRule, [
    value.transform((one): Condition => [one]),
    listOf(value, "a value or a list of values").transform((several): Condition => several),
    test,
  ]),
  { rule: "fields, each with the values or the range that match" },
);

export const cohort = keys({
  include: conditions
    .default(() => ({}))
    .describe("Field and condition: a unit must meet every one of them."),
  exclude: conditions
    .default(() => ({}))
    .describe("Field and condition: a unit that meets any of them is left out."),
  closed_within_days: whole(0)
    .exactOptional()
    .describe("Only cases closed in this many days up to the reference date."),
  active_within_months: whole(1)
    .exactOptional()
    .describe(
      "Only cases whose last activity, allocation or application (the latest known) is within this many calendar months up to the reference date.",
    ),
  exclude_ids: localPath().exactOptional().describe("A CSV file with the columns unit_id and reason."),
});
