import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import { thousands } from "../../frame/words.js";
import { stream } from "../../random/streams.js";
import { ticketKey } from "../../random/tickets.js";
import { balancedRest } from "../after/add-from-complement.js";
import type { Design } from "../design.js";
import type { DesignStratum } from "../design-stratum.js";
import type { PickedUnit } from "../picked.js";
import { serpentine, sortFields } from "../serpentine.js";
import { inTicketOrder } from "../ticket-order.js";

/** A design in which no unit has less probability than it had before, and what it draws. */
export interface Complement {
  readonly design: Design;
  readonly added: readonly PickedUnit[];
}

/**
 * Brings a systematic or balanced sample to another design of its frame. What was drawn stays, so each unit's probability is the
 * larger of the two, π = max(π₁, π₂): units that were not drawn are drawn with (π − π₁)/(1 − π₁), which makes it
 * π₁ + (1 − π₁)(π − π₁)/(1 − π₁) = π, whatever was drawn before. Sizes vary.
 *
 * @param options.base - the design that gives π₂
 * @param options.first - π₁ by unit; 0 for one that was not eligible
 * @param options.drawn - units that the draw gave before; no substitutes
 * @param options.step - what brings it there, and `options.version` the sample's version that this makes: they label the streams
 * @throws CasedrawError `UPDATE_NOT_POSSIBLE` or `EXTENSION_NOT_POSSIBLE` where the new design takes nobody of a stratum whose
 *   units could be in the sample already
 */
export function drawComplement(
  frame: Frame,
  options: {
    readonly base: Design;
    readonly first: Float64Array;
    readonly drawn: ReadonlySet<number>;
    readonly seed: string;
    readonly step: "update" | "extend";
    readonly version: number;
  },
): Complement {
  const { base, first, drawn, seed, step, version } = options;
  refuseLeftOut(base, first, step);
  const purpose = `${step}/${version}`;
  const probabilities = base.probabilities.map((second, unit) => Math.max(second, first[unit] as number));
  const conditional = probabilities.map((probability, unit) => {
    const before = first[unit] as number;
    return before < 1 && !drawn.has(unit) ? (probability - before) / (1 - before) : 0;
  });
  const strata = base.strata.map((stratum): DesignStratum => {
    const sum = stratum.units.reduce((total, unit) => total + (probabilities[unit] as number), 0);
    return { ...stratum, inclusionProbability: Math.min(1, sum / stratum.units.length) };
  });
  const rest: Design = { ...base, strata, probabilities: conditional };
  const added =
    base.plan.method === "systematic"
      ? systematicRest(frame, rest, { seed, purpose: `${purpose}/systematic` })
      : balancedRest(frame, rest, { seed, purpose: `${purpose}/cube` });
  return { design: { ...base, strata, probabilities }, added };
}

/**
 * A stratum that the design leaves out is of no estimate, and may not hold sampled units. That is refused for all units that
 * could have been drawn, whether they were or not: to let pass what was not would bend the probabilities of the others.
 */
function refuseLeftOut({ strata }: Design, first: Float64Array, step: "update" | "extend"): void {
  for (const { key, units, sampleSize } of strata) {
    const count = units.filter((unit) => (first[unit] as number) > 0).length;
    if (sampleSize > 0 || count === 0) continue;
    const [code, done, next] =
      step === "update"
        ? ([
            "UPDATE_NOT_POSSIBLE",
            "updated",
            "Draw a new sample with a plan that gives the stratum a size, and carry on the cases at hand with casedraw add.",
          ] as const)
        : (["EXTENSION_NOT_POSSIBLE", "enlarged", "Ask for another size."] as const);
    throw new CasedrawError(
      code,
      `Sample cannot be ${done}: ${count === 1 ? "1 unit that it" : `${thousands(count)} units that it`} could have drawn before ` +
        `${count === 1 ? "is" : "are"} in stratum "${key}", of which the new design takes nobody, so that the sample would say ` +
        `something about part of the stratum only. ${next}`,
      { stratum: key, count },
    );
  }
}

/**
 * Systematic sampling with unequal probabilities: along the sorted list each unit takes up its probability, and whoever holds a
 * point of u, u + 1, u + 2 … is drawn.
 *
 * @see Madow (1949) Ann Math Stat 20:333–354; Särndal, Swensson & Wretman (1992) §3.6.2
 */
function systematicRest(
  frame: Frame,
  design: Design,
  { seed, purpose }: { readonly seed: string; readonly purpose: string },
): PickedUnit[] {
  const key = ticketKey(seed);
  const fields = sortFields(frame.fields, design.plan.balance ?? []);
  return design.strata.flatMap((stratum) => {
    const open = stratum.units.filter((unit) => (design.probabilities[unit] as number) > 0);
    if (open.length === 0) return [];
    let point = stream(seed, `${purpose}/${stratum.key}`)();
    let reached = 0;
    const found: PickedUnit[] = [];
    for (const each of serpentine(inTicketOrder(open, frame.ids, key), fields)) {
      const probability = design.probabilities[each.unit] as number;
      // A certainty takes no room, so that no rounding of the sum can pass it over.
      if (probability >= 1) {
        found.push({ ...each, stratum });
        continue;
      }
      reached += probability;
      if (reached <= point) continue;
      found.push({ ...each, stratum });
      point += 1;
    }
    return found;
  });
}
