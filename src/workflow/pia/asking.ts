import { catalogue } from "../../analysis/catalogue.js";
import type { Counted, Edition, Item, Refusal, Subject } from "../../analysis/item.js";
import { settled } from "../../analysis/settled.js";
import {
  countAll,
  countFromTheEnd,
  type Placed,
  type SharedPieces,
  type TakePiece,
} from "../analysis/counting.js";
import type { Progress } from "../progress.js";

/** What became of a question before disclosure control: plain data. */
export type Outcome = { readonly counted: Counted } | { readonly refusal: Refusal };

/** The same with its item. */
export type Asked = Outcome & { readonly item: Item };

/** What is to be asked of. */
export interface Inquiry {
  readonly subject: Subject;
  readonly edition: Edition;
}

/**
 * Begins to ask in another thread, from the end of the catalogue.
 *
 * @param pieces - how many items the catalogue has
 */
export type StartQuestions = (inquiry: Inquiry, pieces: number) => SharedPieces<Outcome>;

/**
 * Asks every question of the catalogue.
 *
 * @param options.startQuestions - by default this thread asks all
 * @returns in the order of the catalogue
 */
export async function askAll(
  inquiry: Inquiry,
  { progress, startQuestions }: { readonly progress: Progress; readonly startQuestions?: StartQuestions },
): Promise<readonly Asked[]> {
  const shared = startQuestions?.(inquiry, catalogue.length);
  const outcomes = await countAll(catalogue.length, (at) => askAt(inquiry, at), { progress, shared });
  return catalogue.map((item, at) => ({ item, ...(outcomes[at] as Outcome) }));
}

/** Asks from the end of the catalogue, while another thread goes on from its start. */
export function askFromTheEnd(inquiry: Inquiry, take: TakePiece): Placed<Outcome>[] {
  return countFromTheEnd(catalogue.length, (at) => askAt(inquiry, at), take);
}

function askAt(inquiry: Inquiry, at: number): Outcome {
  return ask(catalogue[at] as Item, inquiry);
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
