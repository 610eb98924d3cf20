import type { Frame } from "../../frame/frame.js";
import type { Note } from "../../frame/note.js";
import { thousands } from "../../frame/words.js";
import { ticketKey } from "../../random/tickets.js";
import { type Design, sayStrata, shares, withReserves } from "../design.js";
import type { PickedUnit } from "../picked.js";
import { smallestTickets } from "../smallest-tickets.js";
import { classSizes } from "./class-sizes.js";
import type { UpdateClass, UpdateFacts } from "./update-facts.js";

/** A design whose strata are classes, and the first units of each. */
export interface ClassDraw {
  readonly design: Design;
  /** The first m of each class by ticket, those that were in the sample before among them. */
  readonly drawn: readonly PickedUnit[];
  readonly reserves: readonly PickedUnit[];
}

/** What {@link withReserves} says of the plan's strata, and is said of the classes instead. */
const ofStrata = new Set<Note["code"]>([
  "stratum-taken-whole",
  "stratum-left-out",
  "reserves-short",
  "reserves-are-substitutes",
]);

/**
 * Draws the first m units of each class by ticket, m shared among the classes of a stratum by `classSizes`.
 *
 * @param options.base - the plan's design on the corrected frame: what it allocates to each stratum
 */
export function drawClasses(
  frame: Frame,
  options: { readonly base: Design; readonly facts: UpdateFacts; readonly seed: string },
): ClassDraw {
  const { base, facts, seed } = options;
  const classes = [...facts.classes.values()];
  const sizes = new Map<string, number>();
  const notes = base.notes.filter(({ code }) => !ofStrata.has(code));
  const over: string[] = [];
  let [more, parted] = [0, 0];
  for (const { key, sampleSize } of base.strata) {
    const own = classes.filter(({ home }) => home === key);
    const shared = classSizes(own, sampleSize);
    own.forEach((each, at) => {
      sizes.set(each.key, shared[at] as number);
    });
    const sum = shared.reduce((total, size) => total + size, 0);
    if (own.length > 1) parted++;
    if (sum > sampleSize) {
      over.push(key);
      more += sum - sampleSize;
    }
  }
  if (parted > 0) {
    notes.push({
      code: "update-classes",
      text:
        `${parted === 1 ? "1 stratum of the plan holds" : `${thousands(parted)} strata of the plan hold`} units of several earlier strata, or new ones: each such class is a stratum of its own in the weights, ` +
        "and gives two units at least, for otherwise nobody would stand for it.",
      count: parted,
      details: {},
    });
  }
  sayStrata(notes, "update-over-allocation", over, [
    "holds",
    "hold",
    `more than the plan allocates, ${thousands(more)} in all, because what was in the sample stays and every class has to give some`,
  ]);
  const held = classes.map(({ key, units }) => ({ key, units, populationSize: units.length }));
  const strata = withReserves(
    held,
    classes.map(({ key }) => sizes.get(key) as number),
    base.plan,
    notes,
  );
  const drawn: PickedUnit[] = [];
  const reserves: PickedUnit[] = [];
  for (const [at, stratum] of strata.entries()) {
    const { sampleSize } = stratum;
    const found = smallestTickets(stratum.units, frame.ids, {
      key: ticketKeyOf(classes[at] as UpdateClass, seed),
      count: sampleSize + stratum.reserves,
    });
    for (const [place, each] of found.entries()) {
      (place < sampleSize ? drawn : reserves).push({ ...each, stratum });
    }
  }
  const probabilities = shares(strata, frame.ids.length);
  return { design: { ...base, strata, probabilities, updated: facts, notes }, drawn, reserves };
}

/** The key of the tickets that order a class: the draw's, or those of the update that made it. */
export function ticketKeyOf({ tickets }: Pick<UpdateClass, "tickets">, seed: string): string {
  return ticketKey(tickets === undefined ? seed : `${seed}|update/${tickets}`);
}
