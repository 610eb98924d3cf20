import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import { counted, someOf } from "../../frame/words.js";
import { stream } from "../../random/streams.js";
import { ticketKey } from "../../random/tickets.js";
import { takeBalanced } from "../balanced.js";
import { cubeOfNearlyFixedSize } from "../cube/nearly-fixed.js";
import type { Design } from "../design.js";
import type { DesignStratum } from "../design-stratum.js";
import type { PickedUnit } from "../picked.js";
import { drawSystematic } from "../systematic.js";
import { inTicketOrder } from "../ticket-order.js";
import type { Growth, Round } from "./growth.js";
import type { Standing } from "./standing.js";

/** Probabilities this much below those of the present sample are rounding errors. */
const rounding = 1e-9;

/**
 * Draws what a systematic or balanced sample lacks from the units that were not drawn, by the same method and each with
 * probability π₂ = (π′ − π₁)/(1 − π₁), so that over both draws it is π′ exactly: π₁ + (1 − π₁)π₂. A substitute was not drawn,
 * and may be now.
 *
 * @throws CasedrawError `EXTENSION_LOWERS_PROBABILITY`
 */
export function addFromComplement(frame: Frame, standing: Standing, round: Round): Growth {
  const { design, seed, version } = round;
  const first = standing.design.probabilities;
  refuseLower(frame, { first, design });
  const drawn = new Set(standing.places.map(({ origin }) => origin));
  const conditional = design.probabilities.map((probability, unit) => {
    const before = first[unit] as number;
    return before < 1 && !drawn.has(unit) ? Math.max(0, probability - before) / (1 - before) : 0;
  });
  const given = new Map<string, number>();
  for (const { stratum } of standing.places) given.set(stratum, (given.get(stratum) ?? 0) + 1);
  const strata = design.strata.map((stratum): DesignStratum => {
    const units = stratum.units.filter((unit) => !drawn.has(unit));
    const sampleSize = stratum.sampleSize - (given.get(stratum.key) ?? 0);
    return { ...stratum, units, populationSize: units.length, sampleSize };
  });
  const rest: Design = { ...design, strata, probabilities: conditional };
  const added =
    design.plan.method === "systematic"
      ? drawSystematic(frame, rest, seed, `extend/${version}/systematic`).drawn
      : balancedRest(frame, rest, { seed, purpose: `extend/${version}/cube` });
  const whole = new Map(design.strata.map((stratum) => [stratum.key, stratum]));
  return {
    added: added.map((found) => ({ ...found, stratum: whole.get(found.stratum.key) as DesignStratum })),
  };
}

/**
 * Draws by the cube from the units that have a probability in this design.
 *
 * @param options.purpose - label of its stream
 */
export function balancedRest(
  frame: Frame,
  design: Design,
  { seed, purpose }: { readonly seed: string; readonly purpose: string },
): PickedUnit[] {
  const stratumOf = new Int32Array(frame.ids.length);
  const open: number[] = [];
  for (const [at, { units }] of design.strata.entries()) {
    for (const unit of units) {
      stratumOf[unit] = at;
      if ((design.probabilities[unit] as number) > 0) open.push(unit);
    }
  }
  const isOpen = new Set(open);
  const tickets = inTicketOrder(
    frame.eligible.filter((unit) => isOpen.has(unit)),
    frame.ids,
    ticketKey(seed),
  );
  const units = Int32Array.from(tickets, ({ unit }) => unit);
  const taken = takeBalanced(frame, design, {
    units,
    stratumOf,
    next: stream(seed, purpose),
    cube: cubeOfNearlyFixedSize,
  });
  return tickets.flatMap((found, at) =>
    taken[at] === 1
      ? [{ ...found, stratum: design.strata[stratumOf[found.unit] as number] as DesignStratum }]
      : [],
  );
}

function refuseLower(
  frame: Frame,
  { first, design }: { readonly first: Float64Array; readonly design: Design },
): void {
  const lower = frame.eligible.filter(
    (unit) => (design.probabilities[unit] as number) < (first[unit] as number) - rounding,
  );
  if (lower.length === 0) return;
  const isLower = new Set(lower);
  const keys = design.strata
    .filter(({ units }) => units.some((unit) => isLower.has(unit)))
    .map(({ key }) => `"${key}"`);
  throw new CasedrawError(
    "EXTENSION_LOWERS_PROBABILITY",
    `Sample cannot be enlarged to this size: the larger design would give ${counted(lower.length, "unit")} a lower probability ` +
      `than the sample was drawn with (${someOf(keys, 8)}), and what was drawn cannot be taken back. ` +
      (design.targets === undefined
        ? "Ask for more."
        : "A target of the plan weighs less in a larger sample, so the units that it favoured lose: ask for many more, or draw a new sample."),
    { strata: keys, count: lower.length },
  );
}
