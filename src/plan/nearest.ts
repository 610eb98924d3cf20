/**
 * The candidate that a mistyped word most likely stands for: "did you mean".
 * Case, hyphens and blanks are passed over; ties go to the earlier candidate.
 *
 * @param word - what was written
 * @param candidates - what is allowed
 * @returns the nearest candidate, or undefined where none is near: 1 edit, and 1 more for every 4 letters, 4 at the most
 * @example nearest("refernce_date", ["title", "reference_date"]) // → "reference_date"
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const written = plain(word);
  let best: string | undefined;
  let bestDistance = Math.min(4, 1 + Math.floor(written.length / 4)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(written, plain(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** " Did you mean "reference_date"?", as the end of a message; nothing where there is no suggestion. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? "" : ` Did you mean ${JSON.stringify(suggestion)}?`;
}

function plain(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
}

/** Levenshtein distance, one row of the table at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
