import type { Frame } from "../../frame/frame.js";
import { compareBytes, compareUnits } from "../../frame/text.js";
import { ticketKey } from "../../random/tickets.js";
import type { Design } from "../design.js";
import type { PickedUnit } from "../picked.js";
import { nextTickets } from "../substitutes.js";
import { inTicketOrder } from "../ticket-order.js";
import type { Place } from "./outcome.js";
import type { Standing } from "./standing.js";

/** Units that come in together, smallest ticket first. */
export function inDrawOrder(frame: Frame, units: readonly PickedUnit[]): PickedUnit[] {
  return units.toSorted(
    (a, b) =>
      compareUnits(a.ticket, b.ticket) ||
      compareBytes(frame.ids[a.unit] as string, frame.ids[b.unit] as string),
  );
}

/** The next tickets of each stratum that are not in the sample. */
export function nextReserves(
  frame: Frame,
  design: Design,
  { seed, taken }: { readonly seed: string; readonly taken: ReadonlySet<number> },
): PickedUnit[] {
  const key = ticketKey(seed);
  return design.strata.flatMap((stratum) =>
    nextTickets(inTicketOrder(stratum.units, frame.ids, key), taken, stratum),
  );
}

/** A place of its own; empty where the unit is known not to respond. */
export function newPlace({ unit, stratum }: PickedUnit, { lost }: Pick<Standing, "lost">): Place {
  const reason = lost.get(unit);
  const silent = reason === "inaccessible" || reason === "conflict";
  return { stratum: stratum.key, origin: unit, ...(silent ? {} : { holder: unit }) };
}
