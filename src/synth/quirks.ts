import { dayNumber } from "./calendar.js";
import type { SynthHeader } from "./headers.js";

/** A fault that real exports have, put into a stated share of a column's filled cells. */
export interface Quirk {
  /** What a reader of the README sees. */
  readonly name: string;
  readonly columns: readonly SynthHeader[];
  /** Share of each column's filled cells that get it, where there is something for it to work on. */
  readonly rate: number;
  /** The cell's new text; unchanged where the quirk has nothing to work on. */
  readonly apply: (text: string, u: number) => string;
}

const letteredGender: Readonly<Record<string, string>> = {
  Male: "a) Male",
  Female: "b) Female",
  "Not stated/recorded": "c) Not stated/recorded (or unborn)",
  "Neither/Indeterminate": "d) Neither/Indeterminate",
};
const letteredYesNo: Readonly<Record<string, string>> = { Y: "a) Yes", N: "b) No" };
const plainGender: Readonly<Record<string, string>> = { Male: "Boy", Female: "Girl" };
const ethnicityLetters =
  "a WBRI,b WIRI,c WIRT,d WOTH,e WROM,f MWBC,g MWBA,h MWAS,i MOTH,j AIND,k APKN,l ABAN,m AOTH,n BCRB,o BAFR,p BOTH,q CHNE,r OOTH,s REFU,s NOBT";
const letterOf = new Map(ethnicityLetters.split(",").map((pair) => [pair.slice(2), pair.slice(0, 1)]));

const oneOf =
  (texts: readonly string[]) =>
  (_: string, u: number): string =>
    texts[Math.floor(u * texts.length)] as string;
const always = (text: string) => (): string => text;
const titleCase = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const unpadded = (text: string): string => text.replace(/^0/, "").replace(/\/0/, "/");
const isoForm = (text: string): string => `${text.slice(6)}-${text.slice(3, 5)}-${text.slice(0, 2)}`;

const excelSerial = (text: string): string =>
  String(dayNumber(Number(text.slice(6)), Number(text.slice(3, 5)), Number(text.slice(0, 2))));

const dateColumns = ["date of birth", "application date", "allocation date", "last activity date"] as const;

/**
 * The quirks of the messy export. At most one falls on a cell. None makes the file unreadable: no row is
 * malformed, no date can be read month first, no id is blank or doubled.
 */
// biome-ignore format: a table is read across
export const quirks: readonly Quirk[] = [
  { name: "blank cell", columns: ["gender", "disability (Y/N)", "lead application", "case type", "practitioner"], rate: 0.01, apply: always("") },
  { name: "blank cell", columns: ["law type", "application date", "date of birth"], rate: 0.002, apply: always("") },
  { name: "lettered code: b) Female", columns: ["gender"], rate: 0.12, apply: (text) => letteredGender[text] ?? text },
  { name: "lettered code: b) No", columns: ["disability (Y/N)"], rate: 0.08, apply: (text) => letteredYesNo[text] ?? text },
  { name: "lettered code: a) WBRI", columns: ["ethnicity"], rate: 0.1, apply: (text) => `${letterOf.get(text)}) ${text}` },
  { name: "the text u) UNKNOWN", columns: ["gender"], rate: 0.005, apply: always("u) UNKNOWN") },
  { name: "the text #N/A", columns: ["ethnicity", "team", "local authority"], rate: 0.005, apply: always("#N/A") },
  { name: "upper case", columns: ["gender", "law type", "local authority"], rate: 0.03, apply: (text) => text.toUpperCase() },
  { name: "title case", columns: ["law type", "case type"], rate: 0.03, apply: titleCase },
  { name: "word for a letter: Yes", columns: ["disability (Y/N)", "audited"], rate: 0.03, apply: (text) => (text === "Y" ? "Yes" : "No") },
  { name: "other word: Boy", columns: ["gender"], rate: 0.01, apply: (text) => plainGender[text] ?? text },
  { name: "value outside the code set", columns: ["ethnicity"], rate: 0.004, apply: oneOf(["Mixed heritage", "European", "See file"]) },
  { name: "value outside the code set", columns: ["disability (Y/N)"], rate: 0.003, apply: oneOf(["ASD", "Awaiting assessment"]) },
  { name: "trailing space", columns: ["case ID", "child ID", "law type", "court"], rate: 0.01, apply: (text) => `${text} ` },
  { name: "non-breaking space", columns: ["case name", "practitioner", "team", "lead application"], rate: 0.02, apply: (text) => text.replace(" ", "\u00a0") },
  { name: "curly apostrophe", columns: ["court"], rate: 0.1, apply: (text) => text.replace("'", "\u2019") },
  { name: "date without leading noughts", columns: dateColumns, rate: 0.01, apply: unpadded },
  { name: "ISO date", columns: dateColumns, rate: 0.005, apply: isoForm },
  { name: "Excel's serial number of a date", columns: ["date of birth", "application date"], rate: 0.005, apply: excelSerial },
];

/** Blank records among the rows, as a share of them. */
export const blankRecordRate = 0.002;
