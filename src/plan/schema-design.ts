import { z } from "zod";
import {
  ascending,
  choice,
  either,
  flag,
  keys,
  listOf,
  localPath,
  must,
  number,
  numberOrDate,
  record,
  text,
  whole,
} from "./leaves.js";
import type { Allocation, Bands, Condition } from "./types.js";

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

const conditions = record(
  either(conditionRule, [
    value.transform((one): Condition => [one]),
    listOf(value, "a value or a list of values").transform((several): Condition => several),
    test,
  ]),
  { rule: "fields, each with the values or the range that match" },
).default(() => ({}));

export const cohort = keys({
  include: conditions.describe("Field and condition: a unit must meet every one of them."),
  exclude: conditions.describe("Field and condition: a unit that meets any of them is left out."),
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

const bounds = (rule: string, item: z.ZodType<number>) => listOf(item, rule).superRefine(ascending);

const ageBand = keys({
  from: bounds("a list of whole years, such as [0, 1, 5, 10, 16]", whole(0)).describe(
    "The age at which each band begins, in whole years, ascending.",
  ),
});
const delayBand = keys({
  over: bounds("a list of weeks, such as [26, 52, 100]", whole(1)).describe(
    "The weeks over which each band after the first begins, ascending.",
  ),
});
const defaultBands = (): Bands => ({ age: { from: [0, 1, 5, 10, 16] }, delay: { over: [26, 52, 100] } });

export const bands = keys({
  age: ageBand
    .default(() => defaultBands().age as { from: number[] })
    .describe("Age bands; default [0, 1, 5, 10, 16]."),
  delay: delayBand
    .default(() => defaultBands().delay as { over: number[] })
    .describe("Delay bands; default [26, 52, 100]."),
}).default(() => defaultBands() as { age: { from: number[] }; delay: { over: number[] } });

const allocation = keys({
  method: choice(["proportional", "equal", "fixed"])
    .default("proportional")
    .describe("How the sample is shared among the strata; default proportional."),
  min: whole(0).exactOptional().describe("The fewest cases that a stratum gives."),
  max: whole(1).exactOptional().describe("The most cases that a stratum gives."),
  sizes: record(whole(0), {
    rule: 'strata with the number of each, such as { "private / over 52 to 100": 40 }',
  })
    .exactOptional()
    .describe("Under fixed: the key of each stratum and its number of cases; they add up to size."),
}).transform(({ method, min, max, sizes }, context): Allocation => {
  if (method === "fixed") {
    const bounds = { min, max };
    for (const [key, bound] of Object.entries(bounds)) {
      if (bound !== undefined) refuse(context, [key], "has no effect under method: fixed; take it out.");
    }
    if (sizes === undefined)
      refuse(context, ["sizes"], "is missing: method: fixed needs the number of each stratum.");
    return { method, sizes: sizes ?? {} };
  }
  if (sizes !== undefined) {
    refuse(context, ["sizes"], `has no effect under method: ${method}; take it out, or write method: fixed.`);
  }
  if (min !== undefined && max !== undefined && min > max) {
    refuse(context, ["max"], `must not be less than min (${min}), got ${max}.`);
  }
  return { method, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
});

const reservesRule = "a share below 1, such as 0.25, or from 1 a whole number a stratum";
const reserves = number(reservesRule).refine(
  (count) => count >= 0 && (count < 1 || Number.isSafeInteger(count)),
  {
    error: must(reservesRule),
  },
);

export const sample = keys({
  size: whole(1).describe("How many cases are drawn."),
  method: choice(["random"]).default("random").describe("How they are drawn within strata; default random."),
  strata: z
    .array(text("the name of a field"), { error: must("a list of fields, such as [law_type, delay_band]") })
    .default(() => [])
    .describe('Fields whose combinations are the strata; default none, which is one stratum called "all".'),
  allocation: allocation
    .default((): Allocation => ({ method: "proportional" }))
    .describe("How many cases each stratum gives."),
  reserves: reserves
    .default(0)
    .describe(
      "Cases held in reserve: below 1 a share of each stratum's draw, rounded up; from 1 a number a stratum. Default 0.",
    ),
});

function refuse(context: z.RefinementCtx, path: string[], message: string): void {
  context.addIssue({ code: "custom", path, message });
}
