import { type DigestWork, makeDigest } from "../frame/frame-digests.js";

/**
 * Begins to make digests, here or in another thread, and goes on while the caller does something else.
 *
 * @returns to be called when they are wanted: sees them all made, and gives them in the order of `works`
 */
export type StartDigests = (works: Iterable<DigestWork>) => () => Promise<readonly string[]>;

/** Makes digests in this thread, when they are wanted. */
export const digestsHere: StartDigests = (works) => async () => Array.from(works, makeDigest);
