/** Widest span of ids for small exports, so that some have leading noughts and some have seven digits. */
const idSpan = 1_150_000;

/**
 * Ascending, unique id texts with gaps: six digits with leading noughts at first, seven later on.
 *
 * @param first - where the numbers begin
 * @param expected - how many will be asked for, roughly; the gaps are sized to it
 */
export function idSequence(first: number, expected: number, random: () => number): () => string {
  const averageStep = Math.max(1, idSpan / Math.max(1, expected));
  let last = first;
  return () => {
    last += 1 + Math.floor((2 * averageStep - 2) * random());
    return String(last).padStart(6, "0");
  };
}
