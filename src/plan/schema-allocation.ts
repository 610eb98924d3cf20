import type { z } from "zod";
import {
  choice,
  keys,
  must,
  number,
  numberChoice,
  record,
  refuse,
  text,
  whole,
  wholeOrEach,
} from "./leaves.js";
import type { Allocation, Bounds, Spread } from "./types.js";

const methods = ["proportional", "equal", "power", "neyman", "optimal", "fixed"] as const;
type Method = (typeof methods)[number];

/** The keys that each method goes by. */
const keysUnder: Readonly<Record<Method, readonly string[]>> = {
  proportional: ["min", "max"],
  equal: ["min", "max"],
  power: ["exponent", "min", "max"],
  neyman: ["deviation_of", "proportions", "min", "max"],
  optimal: ["deviation_of", "proportions", "cost", "min", "max"],
  fixed: ["sizes"],
};

const sizesRule = 'strata with the number of each, such as { "private / over 52 to 100": 40 }';
const proportionRule = "a proportion from 0 to 1, such as 0.3";
const costRule = "a cost above 0, in any unit";

function byStratum<Value extends z.ZodType>(value: Value, rule: string) {
  return record(value, { rule }).refine((strata) => Object.keys(strata).length > 0, {
    error: "must name at least one stratum, got none.",
  });
}

/** How a sample is shared among its strata. */
export const allocation = keys({
  method: choice(methods)
    .default("proportional")
    .describe("How the sample is shared among the strata; default proportional."),
  min: wholeOrEach(0, byStratum(whole(0), sizesRule), sizesRule)
    .exactOptional()
    .describe("The fewest cases that a stratum gives: one number, or one for each stratum named."),
  max: wholeOrEach(1, byStratum(whole(0), sizesRule), sizesRule)
    .exactOptional()
    .describe("The most cases that a stratum gives: one number, or one for each stratum named."),
  exponent: numberChoice([0, 0.25, 0.5, 0.75, 1])
    .exactOptional()
    .describe(
      "Under power: a stratum gives by its number of units raised to this; 0 is equal, 1 proportional. Default 0.5.",
    ),
  deviation_of: text("the name of a number field")
    .exactOptional()
    .describe("Under neyman and optimal: the number field whose standard deviation in each stratum counts."),
  proportions: byStratum(
    number(proportionRule).refine((share) => share >= 0 && share <= 1, { error: must(proportionRule) }),
    'strata with the proportion expected in each, such as { "private / over 52 to 100": 0.3 }',
  )
    .exactOptional()
    .describe("Under neyman and optimal, instead of deviation_of: the proportion expected in each stratum."),
  cost: byStratum(
    number(costRule).refine((cost) => cost > 0, { error: must(costRule) }),
    'strata with the cost of a case in each, such as { "private / over 52 to 100": 2 }',
  )
    .exactOptional()
    .describe("Under optimal: what a case costs in each stratum, in any unit."),
  sizes: byStratum(whole(0), sizesRule)
    .exactOptional()
    .describe("Under fixed: the key of each stratum and its number of cases; they add up to size."),
}).transform((given, context): Allocation => {
  const { method, min, max, exponent = 0.5, deviation_of, proportions, cost, sizes } = given;
  for (const key of Object.keys(given)) {
    if (key === "method" || keysUnder[method].includes(key)) continue;
    refuse(context, [key], `has no effect under method: ${method}; take it out${otherMethods(key)}.`);
  }
  if (method === "fixed") {
    if (sizes === undefined) {
      refuse(context, ["sizes"], "is missing: method: fixed needs the number of each stratum.");
    }
    return { method, sizes: sizes ?? {} };
  }
  const bounds = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  refuseCrossed(bounds, context);
  if (method === "power") return { method, exponent, ...bounds };
  if (method === "proportional" || method === "equal") return { method, ...bounds };
  if (deviation_of === undefined && proportions === undefined) {
    refuse(
      context,
      ["deviation_of"],
      `is missing: method: ${method} needs how much the cases of a stratum differ, by deviation_of: FIELD or ` +
        "proportions: { STRATUM: PROPORTION }. method: proportional needs neither.",
    );
  } else if (deviation_of !== undefined && proportions !== undefined) {
    refuse(context, ["proportions"], "cannot stand beside deviation_of: keep one.");
  }
  const spread: Spread = proportions === undefined ? { deviation_of: deviation_of ?? "" } : { proportions };
  if (method === "neyman") return { method, ...spread, ...bounds };
  if (cost === undefined) {
    refuse(
      context,
      ["cost"],
      "is missing: method: optimal needs the cost of a case in each stratum; method: neyman takes it for the same.",
    );
  }
  return { method, ...spread, cost: cost ?? {}, ...bounds };
});

/** Where few methods know the key, which. */
function otherMethods(key: string): string {
  const others = methods.filter((method) => keysUnder[method].includes(key));
  return others.length > 2 ? "" : `, or write method: ${others.join(" or ")}`;
}

function refuseCrossed({ min, max }: Bounds, context: z.RefinementCtx): void {
  if (min === undefined || max === undefined) return;
  if (typeof max === "number" && typeof min === "number") {
    if (min > max) refuse(context, ["max"], `must not be less than min (${min}), got ${max}.`);
    return;
  }
  for (const [key, most] of typeof max === "number" ? [] : Object.entries(max)) {
    const least = typeof min === "number" ? min : Object.hasOwn(min, key) ? (min[key] ?? 0) : 0;
    if (least > most) refuse(context, ["max", key], `must not be less than min (${least}), got ${most}.`);
  }
  if (typeof max !== "number" || typeof min === "number") return;
  for (const [key, least] of Object.entries(min)) {
    if (least > max) refuse(context, ["min", key], `must not be more than max (${max}), got ${least}.`);
  }
}
