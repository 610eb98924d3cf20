import { ethnicityCodes, ethnicitySynonyms } from "./ethnicity.js";
import { matchKey } from "./text.js";

/** How the raw values of a coded field become standard codes: exact synonyms first, then anchored patterns. */
export interface CodeSet {
  /** In the order in which tables show them. */
  readonly codes: readonly string[];
  /** {@link matchKey} of a raw value → code. */
  readonly synonyms: ReadonlyMap<string, string>;
  /** Anchored at both ends; the first group is looked up among the synonyms again. */
  readonly patterns: readonly RegExp[];
}

/** "b) Female", "2 - Female", "F: Female": a lettered or numbered item whose words are matched on their own. */
const letteredItem = /^[a-z0-9]{1,2}\s*[).:=-]\s*(\S.*)$/;
/** What stands before the words. */
const itemLetter = /^([a-z0-9]{1,2})\s*[).:=-]/;

const notKnown = ["unknown", "not known", "u", "u) unknown", "unk", "don't know"];
const notGiven = [
  "not recorded",
  "not stated",
  "not stated/recorded",
  "not stated or recorded",
  "missing",
  "n/a",
  "na",
];
const refused = ["refused", "declined", "prefer not to say"];

const yesNo = { yes: ["yes", "y", "true", "1", "a) yes"], no: ["no", "n", "false", "0", "b) no"] };

/**
 * The built-in code sets, one for each coded standard field.
 *
 * @see Ofsted ILACS Annex A guidance (lettered codes); DfE children looked-after return (gender 1, 2, 0, 9; ethnicity)
 */
export const codeSets: Readonly<Record<string, CodeSet>> = {
  gender: codeSet({
    female: ["female", "f", "2", "b) female", "b", "girl", "woman"],
    male: ["male", "m", "1", "a) male", "a", "boy", "man"],
    neither: ["neither", "9", "d", "d)", "d) neither", "indeterminate", "neither/indeterminate"],
    unknown: [...notKnown, "0", "u)"],
    refused,
    not_recorded: [...notGiven, "c", "c)", "c) not stated/recorded", "not stated/recorded (or unborn)"],
  }),
  disability: codeSet({
    yes: [...yesNo.yes, "a", "a)"],
    no: [...yesNo.no, "b", "b)"],
    unknown: [...notKnown, "c", "c)", "c) unknown"],
    refused,
    not_recorded: notGiven,
  }),
  ethnicity: {
    codes: [...ethnicityCodes, "unknown", "not_recorded"],
    synonyms: new Map([
      ...ethnicitySynonyms,
      ...notKnown.map((text): [string, string] => [text, "unknown"]),
      ...notGiven.map((text): [string, string] => [text, "not_recorded"]),
    ]),
    // "a) WBRI", "WBRI - White British": the DfE code decides, whatever stands beside it.
    patterns: [
      /^[a-z]\)\s*([a-z]{4})$/,
      /^([a-z]{4})\s*[-:]\s*\S.*$/,
      /^[a-z]\)\s*([a-z]{4})\s*[-:]\s*\S.*$/,
      letteredItem,
    ],
  },
  law_type: codeSet({
    public: ["public", "public law", "pub", "a) public"],
    private: ["private", "private law", "priv", "b) private"],
    unknown: notKnown,
    not_recorded: notGiven,
  }),
  audited: codeSet({ ...yesNo, unknown: notKnown, not_recorded: notGiven }),
  previous_application: codeSet({ ...yesNo, unknown: notKnown, not_recorded: notGiven }),
};

/** Yes-or-no columns that flag a factor. */
export const flagCodes: CodeSet = codeSet({ ...yesNo, unknown: notKnown, not_recorded: notGiven });

function codeSet(synonyms: Readonly<Record<string, readonly string[]>>): CodeSet {
  const entries = Object.entries(synonyms);
  return {
    codes: entries.map(([code]) => code),
    synonyms: new Map(
      entries.flatMap(([code, texts]) => texts.map((text): [string, string] => [matchKey(text), code])),
    ),
    patterns: [letteredItem],
  };
}

/**
 * The standard code of a raw value. Where the letter or number of an item is itself the code of something else than its words
 * ("M - F", "1) No"), the value says two things and has none.
 *
 * @returns the code, or undefined where the set does not know the value: nothing is guessed
 * @example codeOf(codeSets.gender, "b) Female") // → "female"
 */
export function codeOf(set: CodeSet, raw: string): string | undefined {
  const key = matchKey(raw);
  const exact = set.synonyms.get(key);
  if (exact !== undefined) return exact;
  const letter = itemLetter.exec(key)?.[1];
  const letterCode = letter === undefined ? undefined : set.synonyms.get(letter);
  for (const pattern of set.patterns) {
    const inner = pattern.exec(key)?.[1];
    const code = inner === undefined ? undefined : set.synonyms.get(inner);
    if (code !== undefined) return isContradicted(code, letterCode) ? undefined : code;
  }
  return undefined;
}

/** Codes of which one beside another is no contradiction: "c) Not recorded" where c) is unknown. */
const saysNothing: readonly string[] = ["unknown", "refused", "not_recorded", "REFU", "NOBT"];

function isContradicted(code: string, letterCode: string | undefined): boolean {
  if (letterCode === undefined || letterCode === code) return false;
  return !(saysNothing.includes(code) && saysNothing.includes(letterCode));
}
