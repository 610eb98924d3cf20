import type { Plan } from "../plan/types.js";
import { stream } from "../random/streams.js";

/**
 * The random numbers of an item's bootstrap. An analysis has no seed: they come from the plan, so that the same plan and
 * data give the same bounds.
 *
 * @param item - id of the item
 * @returns the stream of replicate k, from 1
 */
export function bootstrapStream(
  { title, reference_date }: Pick<Plan, "title" | "reference_date">,
  item: string,
): (replicate: number) => () => number {
  return (replicate) => stream(`${title} ${reference_date}`, `bootstrap/${item}/${replicate}`);
}
