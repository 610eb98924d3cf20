import type { Progress } from "../progress.js";

/** Whether the piece of work at this place is the caller's to do; then it is nobody else's. */
export type TakePiece = (at: number) => boolean;

/** What came of a piece of work, by its place. */
export type Placed<Result> = readonly [at: number, result: Result];

/** Pieces of work that another thread takes too, from the last on. */
export interface SharedPieces<Result> {
  readonly take: TakePiece;
  /** Waits for what came of the pieces that the other thread took. */
  readonly theirs: () => Promise<readonly Placed<Result>[]>;
}

/**
 * Counts pieces of work in order, without those that another thread takes.
 *
 * @param pieces - how many there are
 * @param count - what is counted of one
 * @param options.shared - by default this thread counts all
 * @returns in order, whoever counted them
 */
export async function countAll<Result>(
  pieces: number,
  count: (at: number) => Result,
  { progress, shared }: { readonly progress: Progress; readonly shared?: SharedPieces<Result> | undefined },
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < pieces; at++) {
    if (shared?.take(at) === false) continue;
    progress("Counting", at / pieces);
    results[at] = count(at);
  }
  for (const [at, result] of (await shared?.theirs()) ?? []) results[at] = result;
  return results;
}

/** Counts from the last piece on, while another thread goes on from the first. */
export function countFromTheEnd<Result>(
  pieces: number,
  count: (at: number) => Result,
  take: TakePiece,
): Placed<Result>[] {
  const placed: Placed<Result>[] = [];
  for (let at = pieces - 1; at >= 0; at--) if (take(at)) placed.push([at, count(at)]);
  return placed;
}
