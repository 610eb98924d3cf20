import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import { newPlace, nextReserves } from "../after/newcomers.js";
import { continuesDraw, type Member, presentByStratum, type Standing } from "../after/standing.js";
import { type Design, type DesignInputs, designSample } from "../design.js";
import { inDrawOrder, type PickedUnit } from "../picked.js";
import { classMinimum } from "./class-sizes.js";
import { drawComplement } from "./complement.js";
import { drawClasses } from "./draw-classes.js";
import type { UpdateFacts } from "./update-facts.js";

/**
 * Enlarges a sample that was updated: by the next tickets of each class, or from the complement with π = max(π₁, π₂).
 *
 * @param options.size - of the whole sample, lost units too
 * @throws CasedrawError `EXTENSION_TOO_SMALL`, `EXTENSION_NOT_POSSIBLE`, and of `designSample`
 */
export function extendUpdated(
  frame: Frame,
  standing: Standing,
  options: { readonly size: number; readonly seed: string; readonly inputs: DesignInputs },
): Standing {
  const { size, seed, inputs } = options;
  const version = standing.version + 1;
  const present = presentByStratum(standing);
  const has = [...present.values()].reduce((sum, count) => sum + count, 0);
  refuse(standing.design, size, has);
  const plan = { ...standing.design.plan, size };
  const before = standing.design.updated as UpdateFacts;
  const known = new Set(standing.members.map(({ unit }) => unit));
  let design: Design;
  let picked: readonly PickedUnit[];
  let reserves: readonly PickedUnit[];
  let places = standing.places;
  if (continuesDraw(standing.design)) {
    const silent = (key: string): number =>
      standing.members.filter(({ unit, stratum }) => stratum.key === key && isSilent(standing, unit)).length;
    const classes = [...before.classes.values()].map((each) => ({
      ...each,
      kept: present.get(each.key) ?? 0,
      silent: silent(each.key),
    }));
    const least = new Map<string, number>();
    for (const each of classes) least.set(each.home, (least.get(each.home) ?? 0) + classMinimum(each));
    const base = designSample(frame, plan, { ...inputs, present: least });
    const facts = { ...before, classes: new Map(classes.map((each) => [each.key, each])) };
    const grown = drawClasses(frame, { base, facts, seed });
    design = grown.design;
    picked = grown.drawn.filter(({ unit }) => !known.has(unit));
    reserves = grown.reserves;
  } else {
    const drawn = new Set(standing.places.map(({ origin }) => origin));
    const grown = drawComplement(frame, {
      base: designSample(frame, plan, inputs),
      first: standing.design.probabilities,
      drawn,
      seed,
      step: "extend",
      version,
    });
    picked = grown.added;
    places = [...places, ...picked.map((each) => newPlace(each, standing))];
    const taken = new Set([...known, ...picked.map(({ unit }) => unit)]);
    const spare = nextReserves(frame, grown.design, { seed, taken });
    reserves = spare.reserves;
    design = { ...grown.design, updated: before, notes: [...grown.design.notes, ...spare.notes] };
  }
  const added = inDrawOrder(frame, picked).flatMap((found): Member[] =>
    known.has(found.unit) ? [] : [{ ...found, version, entry: "added" }],
  );
  const members = [...standing.members, ...added];
  const enlarged = new Set(added.map(({ stratum }) => stratum.key));
  const inScope = (key: string): number =>
    members.filter(({ unit, stratum }) => stratum.key === key && !standing.lost.has(unit)).length;
  return {
    ...standing,
    version,
    design,
    members,
    reserves,
    places,
    wanted: new Map([...standing.wanted, ...[...enlarged].map((key) => [key, inScope(key)] as const)]),
    toppedUp: new Set([
      ...standing.toppedUp,
      ...members.flatMap(({ unit, stratum: { key } }) =>
        enlarged.has(key) && standing.lost.get(unit) === "out-of-scope" ? [key] : [],
      ),
    ]),
    notes: [...design.notes, ...standing.notes.filter(({ code }) => code === "updated")],
  };
}

function isSilent({ lost }: Standing, unit: number): boolean {
  const reason = lost.get(unit);
  return reason === "inaccessible" || reason === "conflict";
}

function refuse({ plan }: Design, size: number, has: number): void {
  if (plan.allocation.method === "fixed") {
    throw new CasedrawError(
      "EXTENSION_NOT_POSSIBLE",
      "Sample cannot be enlarged: its allocation is fixed, and does not say which strata are to give more. " +
        "Draw a second sample of the rest with a plan of its own.",
    );
  }
  if (size > has) return;
  throw new CasedrawError(
    "EXTENSION_TOO_SMALL",
    `Size of an enlarged sample: it counts all units that were ever drawn and are still eligible (${has}), got ${size}. ` +
      `Give --size ${has + 1} or more.`,
    { present: has, size },
  );
}
