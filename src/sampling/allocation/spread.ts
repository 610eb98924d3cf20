import { CasedrawError } from "../../errors.js";
import { type Field, isBlankLevel } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import type { Note } from "../../frame/note.js";
import { someOf, thousands } from "../../frame/words.js";
import type { Spread } from "../../plan/types.js";
import { designField } from "../design-field.js";
import { decimalRatio, type Ratio } from "../exact.js";
import type { Stratum } from "../strata.js";
import { type ByStratum, numbersOfAll } from "./by-stratum.js";

/** S_h² of each stratum, exact, undefined where it is not known, and what must be said of them. */
export interface StratumSpread {
  readonly variances: readonly (Ratio | undefined)[];
  readonly notes: readonly Note[];
}

/** Expected proportions count as no rarer and no commoner than these: a guess near 0 or 1 would starve its stratum. */
const [leastProportion, mostProportion] = [0.1, 0.9];

/**
 * How much the units of each stratum differ, for Neyman and optimal allocation.
 *
 * - `deviation_of`: the variance of a number field on N_h − 1, over the eligible units whose value is known. It is a ratio
 *   of whole numbers, so that no order of units and no machine can move it. A stratum of one unit has none: 0. With fewer
 *   than two known values it is not known, and left to `allocate` to refuse where it matters.
 * - `proportions`: p(1 − p), p put into [0.1, 0.9].
 *
 * @param strata - of the frame
 * @param spread - the plan's; proportions as fractions, 0 ≤ p ≤ 1
 * @returns variances in the order of `strata`; notes on values left out, on strata that do not vary, on proportions moved
 * @throws CasedrawError `DESIGN_FIELD_MISSING`, `SPREAD_FIELD_NOT_NUMBER`, `ALLOCATION_STRATUM_UNKNOWN`,
 *   `ALLOCATION_STRATUM_MISSING`, `PROPORTION_OUT_OF_RANGE`
 * @see Cochran (1977) Sampling Techniques, 3rd ed., eq. 2.9 (S²) and §5.5
 */
export function stratumVariances(frame: Frame, strata: readonly Stratum[], spread: Spread): StratumSpread {
  return "deviation_of" in spread
    ? fieldVariances(spreadField(frame, spread.deviation_of), strata)
    : proportionVariances(spread.proportions, strata);
}

function spreadField(frame: Frame, name: string): Field {
  const field = designField(frame.fields, name, {
    role: "Spread",
    remedy:
      "give expected proportions under sample.allocation.proportions, or allocate proportionally, which needs no such field.",
  });
  if (field.kind !== "number") {
    throw new CasedrawError(
      "SPREAD_FIELD_NOT_NUMBER",
      `Spread field must hold numbers, got "${name}", a ${field.kind} field. ` +
        "Name a number field in sample.allocation.deviation_of, or give expected proportions.",
      { field: name, kind: field.kind },
    );
  }
  return field;
}

function fieldVariances(field: Field, strata: readonly Stratum[]): StratumSpread {
  const values = field.levels.map((level) =>
    isBlankLevel(field.kind, level) ? undefined : decimalRatio(Number(level)),
  );
  let blank = 0;
  const gaps: string[] = [];
  const variances = strata.map(({ key, units }): Ratio | undefined => {
    const counts = new Map<number, number>();
    for (const unit of units) {
      const code = field.codes[unit] as number;
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    const known = [...counts].flatMap(([code, count]) => {
      const value = values[code];
      return value === undefined ? [] : [{ value, count }];
    });
    const missing = units.length - known.reduce((sum, { count }) => sum + count, 0);
    if (missing > 0) gaps.push(`${key} (${missing} of ${units.length})`);
    blank += missing;
    return units.length === 1 ? { over: 0n, under: 1n } : varianceOf(known);
  });
  const notes: Note[] = [];
  if (blank > 0) {
    notes.push({
      code: "spread-unknown",
      text:
        `${thousands(blank)} eligible ${blank === 1 ? "unit has" : "units have"} no ${field.name} and ` +
        `${blank === 1 ? "takes" : "take"} no part in the spread that the allocation goes by: ${someOf(gaps, 8)}.`,
      count: blank,
      details: { field: field.name, strata: gaps },
    });
  }
  const flat = strata.filter(({ units }, at) => units.length > 1 && variances[at]?.over === 0n);
  if (flat.length > 0) {
    const keys = flat.map(({ key }) => key);
    notes.push({
      code: "spread-zero",
      text:
        `${flat.length === 1 ? "1 stratum does" : `${flat.length} strata do`} not vary in ${field.name} and ` +
        `${flat.length === 1 ? "gets its" : "get their"} minimum while others can take more: ${someOf(keys, 8)}.`,
      count: flat.length,
      details: { field: field.name, strata: keys },
    });
  }
  return { variances, notes };
}

/** (k·Σx² − (Σx)²) / (k(k − 1)) over k values, all brought to one denominator. */
function varianceOf(known: readonly { readonly value: Ratio; readonly count: number }[]): Ratio | undefined {
  // Denominators are powers of ten, so that the largest is a multiple of each.
  let under = 1n;
  for (const { value } of known) if (value.under > under) under = value.under;
  let [count, sum, squares] = [0n, 0n, 0n];
  for (const { value, count: times } of known) {
    const x = value.over * (under / value.under);
    count += BigInt(times);
    sum += BigInt(times) * x;
    squares += BigInt(times) * x * x;
  }
  if (count < 2n) return undefined;
  return { over: count * squares - sum * sum, under: count * (count - 1n) * under * under };
}

function proportionVariances(given: ByStratum, strata: readonly Stratum[]): StratumSpread {
  const keys = strata.map(({ key }) => key);
  const proportions = numbersOfAll(given, keys, {
    place: "sample.allocation.proportions",
    advice: "Give each one the proportion that you expect, 0.5 where nothing is known.",
  });
  const wrong = proportions.findIndex((p) => !(p >= 0 && p <= 1));
  if (wrong !== -1) {
    throw new CasedrawError(
      "PROPORTION_OUT_OF_RANGE",
      `Expected proportion must be from 0 to 1, got ${proportions[wrong]} for stratum "${keys[wrong]}". ` +
        "Correct it in sample.allocation.proportions.",
      { stratum: keys[wrong], proportion: proportions[wrong] },
    );
  }
  const counted = proportions.map((p) => Math.min(Math.max(p, leastProportion), mostProportion));
  const moved = keys.filter((_, at) => counted[at] !== proportions[at]);
  const notes: Note[] =
    moved.length === 0
      ? []
      : [
          {
            code: "proportion-moved",
            text:
              `Expected proportions below 0.1 count as 0.1 and those above 0.9 as 0.9 in the allocation: ` +
              `${someOf(moved, 8)}.`,
            count: moved.length,
            details: { strata: moved },
          },
        ];
  const variances = counted.map((p) => {
    const { over, under } = decimalRatio(p);
    return { over: over * (under - over), under: under * under };
  });
  return { variances, notes };
}
