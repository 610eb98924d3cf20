import { headerKey } from "./table.js";

/** Where one wanted header stands in a file: one place, none, or several that cannot be told apart. */
export interface HeaderMatch {
  readonly wanted: string;
  /** 0-based positions in the file's headers; more than one is ambiguous. */
  readonly positions: readonly number[];
}

/**
 * Finds wanted headers among a file's: the exact text first, else those equal under {@link headerKey}.
 *
 * @param headers - the file's, in its order, exactly as written; blank ones never match
 * @param wanted - as the plan writes them
 * @returns one match for each wanted header, in the same order
 * @example matchHeaders(["Case ID", "LA In Touch "], ["case id"]) // → [{ wanted: "case id", positions: [0] }]
 */
export function matchHeaders(headers: readonly string[], wanted: readonly string[]): HeaderMatch[] {
  const exact = new Map<string, number>();
  const byKey = new Map<string, number[]>();
  headers.forEach((header, position) => {
    const key = headerKey(header);
    if (key === "") return;
    if (!exact.has(header)) exact.set(header, position);
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [position]);
    else same.push(position);
  });
  return wanted.map((header) => {
    const position = exact.get(header);
    return {
      wanted: header,
      positions: position === undefined ? (byKey.get(headerKey(header)) ?? []) : [position],
    };
  });
}

/**
 * The header most like the wanted one, by the pairs of letters that they share (Dice's coefficient of at least a half):
 * a word's order does not matter much, so "closed date" finds "Date closed".
 *
 * @returns undefined where none is near enough
 * @see Dice (1945) Ecology 26:297–302
 */
export function nearestHeader(headers: readonly string[], wanted: string): string | undefined {
  const pairs = letterPairs(wanted);
  let nearest: string | undefined;
  let best = 0.5;
  for (const header of headers) {
    const others = letterPairs(header);
    let shared = 0;
    for (const pair of pairs) if (others.has(pair)) shared++;
    const likeness = (2 * shared) / (pairs.size + others.size);
    if (likeness > best || (likeness === best && nearest === undefined)) {
      nearest = header;
      best = likeness;
    }
  }
  return nearest;
}

function letterPairs(header: string): Set<string> {
  const pairs = new Set<string>();
  for (const word of headerKey(header).split(/[^\p{L}\p{N}]+/u)) {
    for (let i = 0; i + 1 < word.length; i++) pairs.add(word.slice(i, i + 2));
  }
  return pairs;
}
