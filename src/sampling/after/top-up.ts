import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import { type Design, type DesignInputs, designSample } from "../design.js";
import { drawOnePerFamily } from "../one-per-family.js";
import { inDrawOrder } from "../picked.js";
import { drawRandom } from "../random.js";
import { extendUpdated } from "../update/extend.js";
import { addCapped } from "./add-capped.js";
import { addFromComplement } from "./add-from-complement.js";
import type { Grow, Growth, Round } from "./growth.js";
import { newPlace, nextReserves } from "./newcomers.js";
import { type Member, presentByStratum, type Standing } from "./standing.js";

/**
 * Enlarges a sample. What is in it stays, released reserves too; the new size is allocated by the plan with what each
 * stratum has already as its least, and the rest is drawn so that every unit's probability is that of the larger design:
 * by the next tickets; for systematic and balanced samples from the units not drawn, each with (π′ − π₁)/(1 − π₁); under
 * caps by going on, with the probabilities replayed anew.
 *
 * @param options.size - of the whole sample, lost units too
 * @throws CasedrawError `EXTENSION_TOO_SMALL`, `EXTENSION_NOT_POSSIBLE`, `EXTENSION_LOWERS_PROBABILITY`, and of `designSample`
 *   and the capped draw
 */
export function topUp(
  frame: Frame,
  standing: Standing,
  options: { readonly size: number; readonly seed: string; readonly inputs: DesignInputs },
): Standing {
  const { size, seed, inputs } = options;
  const present = presentByStratum(standing);
  refuseImpossible(standing, size, present);
  if (standing.design.updated !== undefined) return extendUpdated(frame, standing, options);
  const plan = { ...standing.design.plan, size };
  const design = designSample(frame, plan, { ...inputs, present });
  const version = standing.version + 1;
  const grown = growthOf(design)(frame, standing, { design, seed, version });
  const added = inDrawOrder(frame, grown.added).map(
    (found): Member => ({ ...found, version, entry: "added" }),
  );
  // A substitute may be drawn in its own right now: it stays where it is in the list.
  const known = new Set(standing.members.map(({ unit }) => unit));
  const members = [...standing.members, ...added.filter(({ unit }) => !known.has(unit))];
  const enlarged = design.strata.filter(({ key, sampleSize }) => sampleSize > (present.get(key) ?? 0));
  const wanted = new Map(standing.wanted);
  for (const { key } of enlarged) {
    const own = members.filter(({ stratum }) => stratum.key === key);
    wanted.set(key, own.filter(({ unit }) => !standing.lost.has(unit)).length);
  }
  const taken = new Set(members.map(({ unit }) => unit));
  const spare = grown.reserves === undefined ? nextReserves(frame, design, { seed, taken }) : undefined;
  const { estimated: _, ...before } = standing;
  return {
    ...before,
    version,
    design,
    members,
    reserves: grown.reserves ?? spare?.reserves ?? [],
    places: [...standing.places, ...added.map((found) => newPlace(found, standing))],
    wanted,
    toppedUp: new Set([
      ...standing.toppedUp,
      ...enlarged.flatMap(({ key }) => (hasOutOfScope(standing, key) ? [key] : [])),
    ]),
    rounds: grown.round === undefined ? standing.rounds : [...standing.rounds, grown.round],
    notes: [...design.notes, ...(grown.notes ?? []), ...(spare?.notes ?? [])],
    ...(grown.estimated === undefined ? {} : { estimated: grown.estimated }),
  };
}

function hasOutOfScope({ members, lost }: Standing, key: string): boolean {
  return members.some(({ unit, stratum }) => stratum.key === key && lost.get(unit) === "out-of-scope");
}

function growthOf({ plan }: Design): Grow {
  if (plan.caps !== undefined) return addCapped;
  return plan.method === "random" ? addNext : addFromComplement;
}

/** The next units of a draw that a larger one continues. */
function addNext(frame: Frame, { members }: Standing, { design, seed }: Round): Growth {
  const picked = (design.plan.one_per === undefined ? drawRandom : drawOnePerFamily)(frame, design, seed);
  const known = new Set(members.map(({ unit }) => unit));
  return { added: picked.drawn.filter(({ unit }) => !known.has(unit)), reserves: picked.reserves };
}

function refuseImpossible(
  { design, members, releases }: Standing,
  size: number,
  present: ReadonlyMap<string, number>,
): void {
  const { plan } = design;
  const has = [...present.values()].reduce((sum, count) => sum + count, 0);
  const why =
    plan.allocation.method === "fixed"
      ? "its allocation is fixed, and does not say which strata are to give more"
      : plan.avoid !== undefined && "sample" in plan.avoid
        ? "it keeps away from an earlier sample, and its probabilities hold for its own size only"
        : plan.caps !== undefined && releases.some(({ released }) => released !== undefined)
          ? "substitutes count for its caps, and probabilities cannot be replayed after them"
          : undefined;
  if (why !== undefined) {
    throw new CasedrawError(
      "EXTENSION_NOT_POSSIBLE",
      `Sample cannot be enlarged: ${why}. Draw a second sample of the rest with a plan of its own.`,
    );
  }
  if (size > has) return;
  const lost = members.length > has ? `, beside ${members.length - has} substitutes` : "";
  throw new CasedrawError(
    "EXTENSION_TOO_SMALL",
    `Size of an enlarged sample: it counts all units that were ever drawn (${has}${lost}), got ${size}. ` +
      `Give --size ${has + 1} or more.`,
    { present: has, size },
  );
}
