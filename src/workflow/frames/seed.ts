/**
 * The seed of one frame's sample, from the seed that was given for all frames of a plan: another for each, so that a unit
 * which is in two frames has two tickets, and being drawn in one says nothing of the other.
 *
 * @example frameSeed("314159", "current") // → "314159|frame/current"
 */
export function frameSeed(seed: string, frame: string): string {
  return `${seed}|frame/${frame}`;
}
