import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import type { Note } from "../../frame/note.js";
import { compareBytes } from "../../frame/text.js";
import { thousands } from "../../frame/words.js";
import type { Avoid } from "../../plan/types.js";
import { boundedShares } from "../allocation/bounded-shares.js";
import { decimalRatio, type Ratio } from "../exact.js";
import type { AllocatedStratum } from "../targets/allocate-to-targets.js";

/** What a stratum's key ends in where some of its units were reviewed before and others were not. */
const [before, notBefore] = [" / reviewed before", " / not reviewed before"];

/** Strata with their allocation. */
export interface SizedStrata {
  readonly strata: readonly AllocatedStratum[];
  /** n_h, in the order of the strata. */
  readonly sizes: readonly number[];
}

/**
 * Splits each stratum that holds units reviewed before and others into the two, and its allocation between them, so that
 * those reviewed before have as nearly as whole numbers can the plan's share of the others' probability, and never none.
 *
 * @param options.sizes - n_h of the whole strata
 * @param options.reviewed - the ids of the plan's list
 * @param options.present - how many of each part are in the sample already, by the part's key
 * @returns the strata as they are where the plan has no such list
 * @throws CasedrawError `AVOID_STRATUM_TOO_SMALL`
 */
export function splitReviewed(
  frame: Frame,
  strata: readonly AllocatedStratum[],
  options: {
    readonly sizes: readonly number[];
    readonly avoid: Avoid | undefined;
    readonly reviewed?: ReadonlySet<string>;
    readonly present?: ReadonlyMap<string, number>;
  },
  notes: Note[],
): SizedStrata {
  const { sizes, avoid, reviewed, present } = options;
  if (avoid === undefined || !("ids" in avoid)) return { strata, sizes };
  if (reviewed === undefined) throw new RangeError("A design that avoids a list of units needs the list");
  const share = decimalRatio(avoid.share);
  const split = strata.flatMap((stratum, at) =>
    splitStratum(frame, stratum, { size: sizes[at] as number, share, reviewed, present }),
  );
  split.sort((a, b) => compareBytes(a.stratum.key, b.stratum.key));
  sayUnmatched(frame, reviewed, notes);
  sayShares(split, avoid.share, notes);
  return { strata: split.map(({ stratum }) => stratum), sizes: split.map(({ size }) => size) };
}

/** How much of the whole strata is in the sample already, from how much of their parts is. */
export function presentInWholes(
  present: ReadonlyMap<string, number> | undefined,
): ReadonlyMap<string, number> | undefined {
  if (present === undefined) return undefined;
  const wholes = new Map<string, number>();
  for (const [key, count] of present) {
    const end = [notBefore, before].find((each) => key.endsWith(each));
    const whole = end === undefined ? key : key.slice(0, -end.length);
    wholes.set(whole, (wholes.get(whole) ?? 0) + count);
  }
  return wholes;
}

function splitStratum(
  frame: Frame,
  stratum: AllocatedStratum,
  options: {
    readonly size: number;
    readonly share: Ratio;
    readonly reviewed: ReadonlySet<string>;
    readonly present: ReadonlyMap<string, number> | undefined;
  },
): { readonly stratum: AllocatedStratum; readonly size: number }[] {
  const { size, share, reviewed, present } = options;
  const isReviewed = (unit: number): boolean => reviewed.has(frame.ids[unit] as string);
  const parts = [
    { key: `${stratum.key}${before}`, units: stratum.units.filter(isReviewed), weight: share.over },
    {
      key: `${stratum.key}${notBefore}`,
      units: stratum.units.filter((unit) => !isReviewed(unit)),
      weight: share.under,
    },
  ];
  if (parts.some(({ units }) => units.length === 0)) return [{ stratum, size }];
  const claims = parts.map(({ key, units, weight }) => ({
    key,
    measure: BigInt(units.length) * weight,
    min: size === 0 ? 0 : Math.max(1, present?.get(key) ?? 0),
    max: size === 0 ? 0 : units.length,
  }));
  if (size === 1) {
    throw new CasedrawError(
      "AVOID_STRATUM_TOO_SMALL",
      `Stratum "${stratum.key}" gives one case: units reviewed before and others must each have a chance, which takes two. ` +
        "Raise sample.allocation.min to 2, or merge strata in the plan.",
      { stratum: stratum.key },
    );
  }
  const given = size === 0 ? [0, 0] : boundedShares(claims, size);
  return parts.map(({ key, units }, at) => ({
    stratum: { key, units, populationSize: units.length },
    size: given[at] as number,
  }));
}

/** Ratios further from the plan's share than this are told. */
const worthSaying = 0.1;

function sayShares(
  parts: readonly { readonly stratum: AllocatedStratum; readonly size: number }[],
  share: number,
  notes: Note[],
): void {
  const chances = new Map(parts.map(({ stratum, size }) => [stratum.key, size / stratum.populationSize]));
  const ratios = [...chances].flatMap(([key, chance]) => {
    const other = key.endsWith(before)
      ? chances.get(`${key.slice(0, -before.length)}${notBefore}`)
      : undefined;
    return other === undefined || other === 0 ? [] : [chance / other];
  });
  const off = ratios.filter((ratio) => Math.abs(ratio / share - 1) > worthSaying);
  if (off.length === 0) return;
  const [least, most] = [Math.min(...off), Math.max(...off)].map((ratio) => ratio.toFixed(2));
  notes.push({
    code: "avoid-share-not-met",
    text:
      `In ${off.length === 1 ? "1 stratum" : `${off.length} strata`} units reviewed before have ${least === most ? least : `${least} to ${most}`} times ` +
      `the others' probability, not ${share}: cases are whole, and each part gives one at least. Where a part gives one, its ` +
      "variance cannot be estimated.",
    count: off.length,
    details: { ratios: off },
  });
}

function sayUnmatched(frame: Frame, reviewed: ReadonlySet<string>, notes: Note[]): void {
  let matched = 0;
  for (const unit of frame.eligible) if (reviewed.has(frame.ids[unit] as string)) matched++;
  const others = reviewed.size - matched;
  if (others === 0) return;
  notes.push({
    code: "avoid-ids-unmatched",
    text: `${thousands(others)} of the ${thousands(reviewed.size)} ids reviewed before ${others === 1 ? "is" : "are"} of no eligible unit.`,
    count: others,
    details: {},
  });
}
