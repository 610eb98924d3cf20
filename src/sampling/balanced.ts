import type { Field } from "../frame/field.js";
import type { Frame } from "../frame/frame.js";
import { stream } from "../random/streams.js";
import { ticketKey } from "../random/tickets.js";
import { cubeSample } from "./cube/cube.js";
import { indicatorRows } from "./cube/indicators.js";
import type { Design } from "./design.js";
import { designField } from "./design-field.js";
import type { Picked, PickedUnit } from "./picked.js";
import type { TicketedUnit } from "./smallest-tickets.js";
import { stratumPlaces } from "./strata.js";
import { nextTickets } from "./substitutes.js";
import type { TargetGroup } from "./targets/target-groups.js";
import { inTicketOrder } from "./ticket-order.js";

/**
 * Balanced sampling by the cube method: each unit with exactly its probability, each stratum's size exactly, and of the
 * targets' groups and of every level of the balance fields nearly as many as expected. The targets weigh most, then the
 * fields in the plan's order.
 *
 * @throws CasedrawError `DESIGN_FIELD_MISSING`
 * @see Deville & Tillé (2004) Biometrika 91:893–912
 */
export function drawBalanced(frame: Frame, design: Design, seed: string): Picked {
  const key = ticketKey(seed);
  const strata = design.strata.filter(({ sampleSize }) => sampleSize > 0);
  const stratumOf = stratumPlaces(strata, frame.ids.length);
  const tickets = inTicketOrder(
    frame.eligible.filter((unit) => stratumOf[unit] !== -1),
    frame.ids,
    key,
  );
  const units = Int32Array.from(tickets, ({ unit }) => unit);
  const taken = takeBalanced(frame, design, { units, stratumOf, next: stream(seed, "cube") });
  const byStratum: TicketedUnit[][] = strata.map(() => []);
  const drawn: PickedUnit[] = [];
  for (const [at, found] of tickets.entries()) {
    const own = stratumOf[found.unit] as number;
    byStratum[own]?.push(found);
    if (taken[at] === 1) drawn.push({ ...found, stratum: strata[own] as (typeof strata)[number] });
  }
  const drawnUnits = new Set(drawn.map(({ unit }) => unit));
  const reserves = strata.flatMap((stratum, at) =>
    nextTickets(byStratum[at] as TicketedUnit[], drawnUnits, stratum),
  );
  return { drawn, reserves };
}

/**
 * One balanced draw among units that stand in random order.
 *
 * @param options.stratumOf - by unit of the frame, from 0
 * @returns 1 for each drawn unit, else 0, in the order given
 */
export function takeBalanced(
  frame: Frame,
  design: Design,
  options: {
    readonly units: Int32Array;
    readonly stratumOf: Int32Array;
    readonly next: () => number;
    /** By default sizes have to be whole. */
    readonly cube?: typeof cubeSample;
  },
): Uint8Array {
  const { units, stratumOf, next, cube = cubeSample } = options;
  const fields = [
    ...(design.targets ?? []).map(membership),
    ...balanceFields(frame, design.plan.balance ?? []),
  ];
  return cube({
    probabilities: Float64Array.from(units, (unit) => design.probabilities[unit] as number),
    strata: units.map((unit) => stratumOf[unit] as number),
    indicators: indicatorRows(units, fields),
    next,
  });
}

/** A target's group as a field of two levels, so that it is balanced like any other. */
function membership({ label, members }: TargetGroup): Field {
  return { name: label, kind: "category", levels: ["out", "in"], codes: Int32Array.from(members) };
}

function balanceFields(frame: Frame, names: readonly string[]): Field[] {
  const remedy = "take it out of sample.balance; method: random needs none.";
  return names.map((name) => designField(frame.fields, name, { role: "Balance", remedy }));
}
