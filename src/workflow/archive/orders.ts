import type { Field } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import type { Plan } from "../../plan/types.js";
import { type Ids, ticketKey } from "../../random/tickets.js";
import type { Manifest } from "../../report/manifest.js";
import type { ManifestStep } from "../../report/manifest-steps.js";
import type { OwnCsv } from "../../report/own-csv.js";
import { inTicketOrder } from "../../sampling/ticket-order.js";

/** An order of tickets that a sample goes by: the draw's, an update's or a further round's under caps. */
export interface OrderName {
  /** A column of `tickets.csv`. */
  readonly name: string;
  /** Whose tickets they are. */
  readonly seed: string;
}

/** The orders that a replay asks for: the draw's, and those of tickets that an update or a round under caps made afresh. */
export function ordersOf(plan: Plan, { seed, steps = [] }: Pick<Manifest, "seed" | "steps">): OrderName[] {
  const afresh = (step: ManifestStep): boolean =>
    step.kind === "update"
      ? step.probabilities === "conditional"
      : step.kind === "extend" && plan.sample?.caps !== undefined;
  return [
    { name: "draw", seed },
    ...steps.flatMap((step, at) => {
      const name = `${step.kind}-${at + 2}`;
      return afresh(step) ? [{ name, seed: `${seed}|${step.kind}/${at + 2}` }] : [];
    }),
  ];
}

/** The place of each id's ticket among all of them, from 1: of the ticket itself nothing is kept. */
export function ranksOf(ids: Ids, seed: string): Int32Array {
  const ranks = new Int32Array(ids.length);
  const all = Int32Array.from(ids.keys());
  for (const [at, { unit }] of inTicketOrder(all, ids, ticketKey(seed)).entries()) ranks[unit] = at + 1;
  return ranks;
}

/** Hexadecimal digits by which tickets are compared first; a double holds them exactly. */
const digits = 12;

/**
 * What stands for tickets that are known by their places: texts as long as tickets, spread evenly and in that order.
 *
 * @param ranks - from 1, each once
 */
function standIns(ranks: readonly number[]): string[] {
  const spread = 281_474_976_710_656 / (ranks.length + 1); // 16 to the power of 12
  return ranks.map((rank) =>
    Math.floor(rank * spread)
      .toString(16)
      .padStart(digits, "0")
      .padEnd(64, "0"),
  );
}

/** What is wrong with a file of orders, as a clause; or the orders by id. */
type ReadOrders = { readonly fault: string } | { readonly ranks: ReadonlyMap<string, readonly number[]> };

/**
 * Reads the orders of a list of ids from `tickets.csv` or `families.csv`.
 *
 * @param ids - that the file must have, each once
 */
export function readOrders(
  { header, rows }: OwnCsv,
  first: string,
  ids: readonly string[],
  orders: readonly OrderName[],
): ReadOrders {
  const names = orders.map(({ name }) => name);
  if (header.join("\n") !== [first, ...names].join("\n"))
    return { fault: `has other columns than ${[first, ...names].join(", ")}` };
  const rowOf = new Map(rows.map((row) => [row[0] as string, row]));
  const lacking = ids.find((id) => !rowOf.has(id));
  if (lacking !== undefined || rows.length !== ids.length)
    return { fault: "does not list what frame.csv has, each once" };
  const ranks = new Map<string, readonly number[]>();
  for (const [at, name] of names.entries()) {
    const column = ids.map((id) => Number(rowOf.get(id)?.[at + 1]));
    const places = new Set(column);
    if (
      places.size !== ids.length ||
      !column.every((rank) => Number.isInteger(rank) && rank >= 1 && rank <= ids.length)
    )
      return { fault: `has no order of 1 to ${ids.length} in ${name}` };
    ranks.set(name, column);
  }
  return { ranks };
}

/** Ids whose tickets are known by their places alone. */
export function withOrders(
  ids: readonly string[],
  ranks: ReadonlyMap<string, readonly number[]>,
  orders: readonly OrderName[],
): Ids {
  const tickets = new Map(orders.map(({ name, seed }) => [ticketKey(seed), standIns(ranks.get(name) ?? [])]));
  return Object.assign([...ids], { tickets });
}

/** A frame of pseudonyms whose tickets are known by their places, those of families too. */
export function orderedFrame(
  frame: Frame,
  ids: Ids,
  families: { readonly field: string; readonly levels: Ids } | undefined,
): Frame {
  if (families === undefined) return { ...frame, ids };
  const field = frame.fields.get(families.field) as Field;
  const fields = new Map(frame.fields).set(field.name, { ...field, levels: families.levels });
  return { ...frame, ids, fields };
}
