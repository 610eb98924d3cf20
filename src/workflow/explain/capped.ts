import { isBlankLevel, levelAt } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import type { EstimatedProbabilities } from "../../sampling/caps/replay.js";
import { inDrawOrder, type PickedUnit } from "../../sampling/picked.js";
import { inTicketOrder } from "../../sampling/ticket-order.js";
import type { UnitOfSample } from "./unit-of-sample.js";

/** Why a unit was passed over when its turn came. */
export type PassedOver =
  /** Its stratum had all its units; the last of them had this turn. */
  | { readonly because: "stratum full"; readonly lastUnitId: string; readonly lastTurn: number }
  /** These units of the unit's own group had come before it. The group is not named: it may be a person. */
  | {
      readonly because: "cap full";
      readonly field: string;
      readonly cap: number;
      readonly with: readonly string[];
    };

/** In the order of all tickets, as long as stratum and caps have room. */
export interface CappedStory {
  readonly method: "caps";
  /** Place of the unit's ticket among all units of the strata that give any, from 1. */
  readonly turn: number;
  readonly turns: number;
  /** Absent for a drawn unit. */
  readonly passedOver?: PassedOver;
  /** When the reserves were chosen; absent for a reserve too, and where the stratum has no reserves. */
  readonly notReserve?: PassedOver;
  /** n_h / N_h, what the allocation means. */
  readonly nominalProbability: number;
  /** Of the estimated probability. */
  readonly standardError: number;
  /** Replays of the draw that the estimate is made from. */
  readonly replays: number;
}

export function cappedStory(context: UnitOfSample): CappedStory {
  const { frame, sample, unit, stratum, key } = context;
  const { design, drawn, reserves } = sample;
  const estimated = sample.estimated as EstimatedProbabilities;
  const inPlay = design.strata.flatMap(({ sampleSize, units }) => (sampleSize > 0 ? Array.from(units) : []));
  const order = inTicketOrder(Int32Array.from(inPlay).sort(), frame.ids, key);
  const turns = new Map(order.map((each, at) => [each.unit, at + 1]));
  const turnOf = (each: { readonly unit: number }): number => turns.get(each.unit) as number;
  const own = turnOf({ unit });
  const isDrawn = drawn.some((each) => each.unit === unit);
  const isReserve = reserves.some((each) => each.unit === unit);
  const past = (units: readonly PickedUnit[]): PickedUnit[] => units.filter((each) => turnOf(each) < own);

  /** What was in the way once some units had been taken, of which the stratum's own may be so many. */
  const inTheWay = (from: readonly PickedUnit[], quota: number, held: readonly PickedUnit[]): PassedOver => {
    const mine = from.filter((each) => each.stratum === stratum);
    const last = mine.reduce<PickedUnit | undefined>(
      (latest, each) => (latest === undefined || turnOf(each) > turnOf(latest) ? each : latest),
      undefined,
    );
    if (last !== undefined && mine.length >= quota) {
      return {
        because: "stratum full",
        lastUnitId: frame.ids[last.unit] as string,
        lastTurn: turnOf(last),
      };
    }
    return capInTheWay(frame, design.plan.caps ?? {}, unit, held);
  };
  return {
    method: "caps",
    turn: own,
    turns: order.length,
    ...(isDrawn ? {} : { passedOver: inTheWay(past(drawn), stratum.sampleSize, past(drawn)) }),
    ...(isDrawn || isReserve || stratum.reserves === 0
      ? {}
      : { notReserve: inTheWay(past(reserves), stratum.reserves, [...drawn, ...past(reserves)]) }),
    nominalProbability: design.probabilities[unit] as number,
    standardError: estimated.standardErrors[unit] as number,
    replays: estimated.replays,
  };
}

/** The first capped field, in plan order, of which the unit's group has no room left. */
function capInTheWay(
  frame: Frame,
  caps: Readonly<Record<string, number>>,
  unit: number,
  held: readonly PickedUnit[],
): PassedOver {
  for (const [name, cap] of Object.entries(caps)) {
    const field = frame.fields.get(name);
    if (field === undefined || isBlankLevel(field.kind, levelAt(field, unit))) continue;
    const fellows = inDrawOrder(
      frame,
      held.filter((each) => field.codes[each.unit] === field.codes[unit]),
    );
    if (fellows.length < cap) continue;
    return {
      because: "cap full",
      field: name,
      cap,
      with: fellows.map((each) => frame.ids[each.unit] as string),
    };
  }
  throw new Error("a unit was passed over with room in its stratum and under every cap");
}
