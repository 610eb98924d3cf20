import { CasedrawError } from "../../errors.js";
import { matchKey } from "../../frame/text.js";
import { someOf } from "../../frame/words.js";
import { nearest } from "../../plan/nearest.js";

/** What may be merged. */
interface Mergeable {
  /** For messages: "Strata to collapse". */
  readonly what: string;
  /** The option that names them, for messages. */
  readonly option: string;
  readonly known: readonly string[];
  /** How people read one of them; may be written too. */
  readonly labelOf: (key: string) => string;
}

/**
 * Reads what is to be merged: `A=B`, or `A=B=C`. Texts that share a name are one group.
 *
 * @returns groups of two or more keys, no key twice
 * @throws CasedrawError `ESTIMATE_MERGE_UNKNOWN`; `USAGE` for a text that does not name two
 * @example readMerges(["a=b", "b=c"], { option: "--collapse", known: ["a", "b", "c"], labelOf: (key) => key }) // → [["a", "b", "c"]]
 */
export function readMerges(texts: readonly string[], mergeable: Mergeable): string[][] {
  const { known, labelOf } = mergeable;
  const keys = new Map([
    ...known.map((key): [string, string] => [matchKey(labelOf(key)), key]),
    ...known.map((key): [string, string] => [matchKey(key), key]),
  ]);
  let groups: Set<string>[] = [];
  for (const text of texts) {
    const named = partsOf(text, keys);
    if (named === undefined) throw unknownPart(text, keys, mergeable);
    const group = new Set(named);
    if (group.size < 2) {
      throw new CasedrawError(
        "USAGE",
        `${mergeable.option}: names two or more that are to be one, parted by =, got "${text}". For example: ${mergeable.option} "A=B".`,
        { option: mergeable.option },
      );
    }
    const sharing = groups.filter((other) => named.some((key) => other.has(key)));
    groups = [
      ...groups.filter((other) => !sharing.includes(other)),
      new Set([...sharing.flatMap((other) => [...other]), ...group]),
    ];
  }
  return groups.map((group) => [...group]);
}

/** The keys that a text names; a key may hold = itself, so every place to part it is tried. */
function partsOf(text: string, keys: ReadonlyMap<string, string>): string[] | undefined {
  const whole = keys.get(matchKey(text));
  if (whole !== undefined) return [whole];
  for (let at = text.indexOf("="); at >= 0; at = text.indexOf("=", at + 1)) {
    const first = keys.get(matchKey(text.slice(0, at)));
    const rest = first === undefined ? undefined : partsOf(text.slice(at + 1), keys);
    if (first !== undefined && rest !== undefined) return [first, ...rest];
  }
  return undefined;
}

function unknownPart(
  text: string,
  keys: ReadonlyMap<string, string>,
  { what, option, known }: Mergeable,
): CasedrawError {
  const parts = text.split("=").map((part) => part.trim());
  const strange = parts.find((part) => !keys.has(matchKey(part))) ?? text;
  const meant = nearest(matchKey(strange), [...keys.keys()]);
  return new CasedrawError(
    "ESTIMATE_MERGE_UNKNOWN",
    `${what}: each is one that the sample has, got "${strange}". ` +
      (meant === undefined
        ? `Name some of: ${someOf(known.map((key) => `"${key}"`))}.`
        : `Did you mean "${keys.get(meant)}"?`),
    { option, name: strange, known },
  );
}
