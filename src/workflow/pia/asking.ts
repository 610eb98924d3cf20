import { catalogue } from "../../analysis/catalogue.js";
import type { Counted, Edition, Item, Refusal, Subject } from "../../analysis/item.js";
import { settled } from "../../analysis/settled.js";
import type { Progress } from "../build.js";

/** What became of a question before disclosure control: plain data. */
export type Outcome = { readonly counted: Counted } | { readonly refusal: Refusal };

/** The same with its item. */
export type Asked = Outcome & { readonly item: Item };

/** What is to be asked of. */
export interface Inquiry {
  readonly subject: Subject;
  readonly edition: Edition;
}

/** Whether the item at this place of the catalogue is the caller's to count; then it is nobody else's. */
export type TakeItem = (at: number) => boolean;

/** An outcome, by its item's place in the catalogue. */
export type PlacedOutcome = readonly [at: number, outcome: Outcome];

/**
 * Begins to count in another thread, which takes items from the end of the catalogue.
 *
 * @param items - how many the catalogue has
 */
export type StartCounting = (
  inquiry: Inquiry,
  items: number,
) => {
  readonly take: TakeItem;
  /** Waits for the outcomes of the items that the other thread took. */
  readonly theirs: () => Promise<readonly PlacedOutcome[]>;
};

/**
 * Asks every question of the catalogue.
 *
 * @param options.startCounting - by default this thread counts all
 * @returns in the order of the catalogue
 */
export async function askAll(
  inquiry: Inquiry,
  { progress, startCounting }: { readonly progress: Progress; readonly startCounting?: StartCounting },
): Promise<readonly Asked[]> {
  const shared = startCounting?.(inquiry, catalogue.length);
  const outcomes = new Map<number, Outcome>();
  for (const [at, item] of catalogue.entries()) {
    if (shared?.take(at) === false) continue;
    progress("Counting", at / catalogue.length);
    outcomes.set(at, ask(item, inquiry));
  }
  for (const [at, outcome] of (await shared?.theirs()) ?? []) outcomes.set(at, outcome);
  return catalogue.map((item, at) => ({ item, ...(outcomes.get(at) as Outcome) }));
}

/** Asks from the end of the catalogue, while another thread goes on from its start. */
export function askFromTheEnd(inquiry: Inquiry, take: TakeItem): PlacedOutcome[] {
  return [...catalogue.entries()]
    .reverse()
    .flatMap(([at, item]): PlacedOutcome[] => (take(at) ? [[at, ask(item, inquiry)]] : []));
}

function ask(item: Item, { subject, edition }: Inquiry): Outcome {
  if (edition === "publishable" && item.internalOnly?.(subject.plan) === true) {
    return {
      refusal: {
        reason: "It would tell of places or children in small numbers.",
        instead: "The internal edition has it, for the inspection team.",
      },
    };
  }
  const refusal = item.refusal(subject);
  return refusal === undefined ? { counted: settled(item.count(subject, edition)) } : { refusal };
}
