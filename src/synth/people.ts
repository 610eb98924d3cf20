import { choose, runningTotals } from "./choose.js";
import type { CaseSpan } from "./population.js";

export interface Child {
  /** Day number; undefined where none is recorded (an unborn child). */
  readonly born: number | undefined;
  readonly gender: string;
  readonly ethnicity: string;
  readonly disability: string;
}

const eighteenYears = 6574;
const yearDays = 365.25;

/** Shares in thousands among children whose ethnicity is recorded: DfE codes. */
const ethnicities: readonly (readonly [string, number])[] = [
  ["WBRI", 665],
  ["WIRI", 4],
  ["WIRT", 3],
  ["WROM", 4],
  ["WOTH", 58],
  ["MWBC", 20],
  ["MWBA", 11],
  ["MWAS", 18],
  ["MOTH", 17],
  ["AIND", 27],
  ["APKN", 43],
  ["ABAN", 17],
  ["AOTH", 18],
  ["BCRB", 14],
  ["BAFR", 42],
  ["BOTH", 13],
  ["CHNE", 5],
  ["OOTH", 21],
];
const ethnicityTotals = runningTotals(ethnicities.map(([, share]) => share));

/** Published for March 2023: ethnicity recorded in public and private law. */
const ethnicityRecorded = { public: 0.942, private: 0.834 };

/** A case brought before the birth is recent; the child is due within these days or the date is not recorded. */
const unborn = { appliedWithin: 150, dueWithin: 200, dueRecorded: 0.5 };
const siblingSame = 0.93;
const twin = 0.025;

function gender(u: number): string {
  if (u < 0.508) return "Male";
  if (u < 0.993) return "Female";
  return u < 0.998 ? "Not stated/recorded" : "Neither/Indeterminate";
}

function disability(u: number): string {
  if (u < 0.08) return "Y";
  return u < 0.965 ? "N" : "";
}

function ethnicity(lawType: "public" | "private", u: number, v: number): string {
  if (u < ethnicityRecorded[lawType])
    return (ethnicities[choose(ethnicityTotals, v)] as readonly [string, number])[0];
  if (v < 0.6) return "";
  return v < 0.88 ? "NOBT" : "REFU";
}

/** Age of the next sibling in days: ten months to four years from the last, or the same; never outside 0 to 18 years. */
function siblingAge(age: number, random: () => number): number {
  if (random() < twin) return age;
  const gap = 300 + Math.floor(1150 * random());
  const older = random() < 0.6;
  const choices = older ? [age + gap, age - gap] : [age - gap, age + gap];
  return choices.find((days) => days >= 0 && days < eighteenYears) ?? age;
}

/**
 * The children of one case: siblings with sensible ages who mostly share their recorded ethnicity, at times twins,
 * and in a few young public cases a child not yet born.
 *
 * @param ageTotals - running totals of the track's age weights
 * @param count - how many children
 * @param reference - day number
 */
export function family(
  span: CaseSpan,
  ageTotals: Float64Array,
  count: number,
  reference: number,
  random: () => number,
): Child[] {
  const { lawType } = span.track;
  const year = choose(ageTotals, random());
  let age = Math.min(Math.floor((year + random()) * yearDays), eighteenYears - 1);
  let recorded = ethnicity(lawType, random(), random());
  const awaited =
    year === 0 &&
    span.closed > reference &&
    reference - span.applied < unborn.appliedWithin &&
    random() < (span.track.unbornShare ?? 0);
  const children: Child[] = [];
  for (let i = 0; i < count; i++) {
    if (i > 0) age = siblingAge(age, random);
    if (i > 0 && random() >= siblingSame) recorded = ethnicity(lawType, random(), random());
    if (i === 0 && awaited) {
      const due =
        random() < unborn.dueRecorded ? reference + 1 + Math.floor(unborn.dueWithin * random()) : undefined;
      children.push({ born: due, gender: "Not stated/recorded", ethnicity: "", disability: "" });
    } else {
      children.push({
        born: span.applied - age,
        gender: gender(random()),
        ethnicity: recorded,
        disability: disability(random()),
      });
    }
  }
  return children;
}
