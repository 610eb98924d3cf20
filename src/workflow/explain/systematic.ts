import { stream } from "../../random/streams.js";
import { serpentine, sortFields } from "../../sampling/serpentine.js";
import { inTicketOrder } from "../../sampling/ticket-order.js";
import type { UnitOfSample } from "./unit-of-sample.js";

/** A drawn unit and its place in the sorted list, from 1. */
export interface DrawnPlace {
  readonly unitId: string;
  readonly place: number;
}

/** Every so-manieth of a sorted list, from a random start. */
export interface SystematicStory {
  readonly method: "systematic";
  readonly sortedBy: readonly string[];
  /** Place of the unit in the stratum's sorted list, from 1. */
  readonly place: number;
  /** N_h / n_h */
  readonly interval: number;
  /** The random start as a share of the interval, from 0 to below 1. */
  readonly start: number;
  /** The nearest drawn places before and after the unit's own. */
  readonly before?: DrawnPlace;
  readonly after?: DrawnPlace;
}

export function systematicStory({ frame, sample, seed, unit, stratum, key }: UnitOfSample): SystematicStory {
  const sortedBy = sample.design.plan.balance ?? [];
  const tickets = inTicketOrder(stratum.units, frame.ids, key);
  const sorted = serpentine(tickets, sortFields(frame.fields, sortedBy));
  const taken = new Set(sample.drawn.map((drawn) => drawn.unit));
  const place = sorted.findIndex((each) => each.unit === unit) + 1;
  const places = sorted.flatMap((each, at): DrawnPlace[] =>
    taken.has(each.unit) ? [{ unitId: frame.ids[each.unit] as string, place: at + 1 }] : [],
  );
  const before = places.findLast((each) => each.place < place);
  const after = places.find((each) => each.place > place);
  return {
    method: "systematic",
    sortedBy,
    place,
    interval: sorted.length / stratum.sampleSize,
    start: stream(seed, `systematic/${stratum.key}`)(),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}
