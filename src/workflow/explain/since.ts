import type { Frame } from "../../frame/frame.js";
import type { LossReason } from "../../sampling/after/outcome.js";
import type { Sample } from "../../sampling/draw.js";

/** What became of a unit since the draw, by replacements and top-ups. */
export interface SinceDraw {
  /** The sample's version, from 2. */
  readonly version: number;
  /** Place in the sample's list; absent where the unit is not in it. */
  readonly drawOrder?: number;
  /** How a unit that the draw did not take came in, and in which version. */
  readonly came?: { readonly how: "released" | "substitute" | "added"; readonly version: number };
  /** The lost unit that it was released for. */
  readonly cameFor?: string;
  /** Why it cannot be reviewed, and the unit that was released for it. */
  readonly lost?: { readonly reason: LossReason; readonly version: number; readonly released?: string };
  /** Place among the reserves that are left. */
  readonly reserveOrder?: number;
  /** As it is now; a fraction. */
  readonly inclusionProbability: number;
}

/** @returns undefined where nothing was done to the sample since the draw */
export function sinceDraw({ ids }: Frame, sample: Sample, unit: number): SinceDraw | undefined {
  const { after, drawn, reserves, probabilities } = sample;
  if (after === undefined) return undefined;
  const at = drawn.findIndex((each) => each.unit === unit);
  const member = after.members[at];
  const own = reserves.find((each) => each.unit === unit);
  const left = reserves.filter((each) => each.stratum === own?.stratum);
  const came = after.releases.find(({ released }) => released === unit);
  const lost = after.releases.find((each) => each.unit === unit);
  return {
    version: after.version,
    ...(at === -1 ? {} : { drawOrder: at + 1 }),
    ...(member === undefined || member.entry === "drawn"
      ? {}
      : { came: { how: member.entry, version: member.version } }),
    ...(came === undefined ? {} : { cameFor: ids[came.unit] as string }),
    ...(lost === undefined
      ? {}
      : {
          lost: {
            reason: lost.reason,
            version: lost.version,
            ...(lost.released === undefined ? {} : { released: ids[lost.released] as string }),
          },
        }),
    ...(own === undefined ? {} : { reserveOrder: left.indexOf(own) + 1 }),
    inclusionProbability: probabilities[unit] as number,
  };
}
