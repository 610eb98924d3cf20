import type { Subject } from "./item.js";

/**
 * Design effect of a share for children of one case: Σ_c (Σ_{i in c} (y_i − p))² over n·p·(1 − p).
 *
 * @param of.units - those in the share's base, as places in the frame
 * @param of.has - for each of them 1 where it has what is counted, otherwise 0
 * @returns 1 where the share is 0 or 1, where cases are not known, or where they are the units
 * @see Kish (1965) Survey Sampling, §8.2; Särndal, Swensson & Wretman (1992), §5.7
 */
export function shareDesignEffect(
  { frame, plan }: Pick<Subject, "frame" | "plan">,
  { units, has }: { readonly units: Int32Array; readonly has: Uint8Array },
): number {
  const cases = plan.unit === "child" ? frame.fields.get("case_id") : undefined;
  const p = has.reduce((sum, one) => sum + one, 0) / units.length;
  if (cases === undefined || !(p > 0 && p < 1)) return 1;
  const off = new Float64Array(cases.levels.length);
  for (let i = 0; i < units.length; i++)
    off[cases.codes[units[i] as number] as number]! += (has[i] as number) - p;
  const between = off.reduce((sum, one) => sum + one * one, 0);
  return between > 0 ? between / (units.length * p * (1 - p)) : 1;
}
