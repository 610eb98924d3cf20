import type { Frame } from "../../frame/frame.js";
import type { Note } from "../../frame/note.js";
import { ticketKey } from "../../random/tickets.js";
import { type Design, sayShortReserves } from "../design.js";
import type { PickedUnit } from "../picked.js";
import { nextTickets } from "../substitutes.js";
import { inTicketOrder } from "../ticket-order.js";
import type { Place } from "./outcome.js";
import type { Standing } from "./standing.js";

/** The next tickets of each stratum that are not in the sample, where substitutes may be among what it holds. */
export function nextReserves(
  frame: Frame,
  design: Design,
  { seed, taken }: { readonly seed: string; readonly taken: ReadonlySet<number> },
): { readonly reserves: PickedUnit[]; readonly notes: Note[] } {
  const key = ticketKey(seed);
  const notes: Note[] = [];
  const reserves = design.strata.flatMap((stratum) =>
    nextTickets(inTicketOrder(stratum.units, frame.ids, key), taken, stratum),
  );
  sayShortReserves(notes, design.strata, reserves, "no more units are left");
  return { reserves, notes };
}

/** A place of its own; empty where the unit is known not to respond. */
export function newPlace({ unit, stratum }: PickedUnit, { lost }: Pick<Standing, "lost">): Place {
  const reason = lost.get(unit);
  const silent = reason === "inaccessible" || reason === "conflict";
  return { stratum: stratum.key, origin: unit, ...(silent ? {} : { holder: unit }) };
}
