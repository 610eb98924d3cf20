import type { Frame } from "../frame/frame.js";
import { type DigestWork, digestWorks, type FrameDigests, makeDigest } from "../frame/frame-digests.js";
import type { Plan } from "../plan/types.js";

/**
 * Begins to make digests, here or in another thread, and goes on while the caller does something else.
 *
 * @returns to be called when they are wanted: sees them all made, and gives them in the order of `works`
 */
export type StartDigests = (works: Iterable<DigestWork>) => () => Promise<readonly string[]>;

/** A frame whose digests another thread may have begun to make. */
export interface DigestsBegun {
  /** To be called when they are wanted. */
  readonly finishDigests?: () => Promise<FrameDigests>;
}

/** Makes digests in this thread, when they are wanted. */
export const digestsHere: StartDigests = (works) => async () => Array.from(works, makeDigest);

/**
 * Begins to make the digests of a frame.
 *
 * @returns to be called when they are wanted
 */
export function startFrameDigests(
  frame: Frame,
  plan: Plan,
  startDigests: StartDigests,
): () => Promise<FrameDigests> {
  const { works, assemble } = digestWorks(frame, plan);
  const finish = startDigests(works);
  let digests: Promise<FrameDigests> | undefined;
  return () => {
    digests ??= finish().then(assemble);
    return digests;
  };
}
