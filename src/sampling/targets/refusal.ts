import { CasedrawError } from "../../errors.js";
import type { Conflict } from "./conflict.js";

/** What a refusal says beside the targets. */
export interface Surroundings {
  /** What the targets collide with, after "cannot be met together": `with these sizes of strata: …`. */
  readonly against: string;
  /** The least sample size that would do, if one would. */
  readonly size: number | undefined;
  /** Another way out, after "or". */
  readonly otherwise?: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The error `TARGETS_INFEASIBLE`: which targets conflict, with what, and the nearest settings that would do. */
export function targetsInfeasible(
  conflict: Conflict,
  targets: readonly { readonly label: string; readonly atLeast: number }[],
  { against, size, otherwise, details }: Surroundings,
): CasedrawError {
  const named = conflict.groups.map((group, at) => {
    const { label, atLeast } = targets[group] as { label: string; atLeast: number };
    return { label, asked: atLeast, nearest: conflict.attainable[at] as number };
  });
  const asked = named.map(({ label, asked }) => `"${label}" (at least ${asked})`);
  const subject = [asked.slice(0, -1).join(", "), ...asked.slice(-1)]
    .filter((part) => part !== "")
    .join(" and ");
  const ways = named.map(({ label, nearest }) =>
    nearest > 0 ? `at_least ${nearest} for "${label}"` : `no target "${label}"`,
  );
  if (size !== undefined) ways.push(`sample.size ${size}`);
  if (otherwise !== undefined) ways.push(otherwise);
  return new CasedrawError(
    "TARGETS_INFEASIBLE",
    `${named.length === 1 ? "Target" : "Targets"} ${subject} cannot be met${named.length === 1 ? "" : " together"} ${against}. ` +
      `Any one of these would do${conflict.further ? ", though other targets conflict as well" : ""}: ${ways.join("; ")}.`,
    {
      targets: named,
      ...(size === undefined ? {} : { nearestSize: size }),
      further: conflict.further,
      ...details,
    },
  );
}

/**
 * The least size above one that is refused at which targets can be met, found by doubling and halving: where larger samples
 * meet whatever smaller ones do, the least of all.
 *
 * @param most - the largest size to try
 */
export function nearestSize(
  refused: number,
  most: number,
  meets: (size: number) => boolean,
): number | undefined {
  let low = refused;
  let high = refused;
  for (let step = 1; !(high > refused && meets(high)); step *= 2) {
    if (high === most) return undefined;
    low = high;
    high = Math.min(most, high + step);
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (meets(middle)) high = middle;
    else low = middle;
  }
  return high;
}
