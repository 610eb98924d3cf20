import type { Frame } from "../../frame/frame.js";
import type { Sample } from "../../sampling/draw.js";
import type { PreparedUpdate } from "../../sampling/update/prepare.js";
import type { UpdateFacts } from "../../sampling/update/update-facts.js";

/** What a corrected export changes for the units that were eligible before, and those that are now. */
export interface Changes {
  /** Still eligible in the same stratum of the plan; in another; not eligible any more; newly eligible. */
  readonly eligible: {
    readonly kept: number;
    readonly moved: number;
    readonly gone: number;
    readonly new: number;
  };
  /** Why a unit that was eligible is not any more. */
  readonly whyGone: (unitId: string) => string;
}

/**
 * @param earlier - the frame of the version before and its sample, for their strata
 * @param frame - the corrected one
 * @param homes - the plan's strata of it
 */
export function changesOf(
  earlier: { readonly frame: Frame; readonly sample: Sample },
  {
    frame,
    homes,
    before,
  }: Pick<PreparedUpdate, "before"> & {
    readonly frame: Frame;
    readonly homes: UpdateFacts["homes"];
  },
): Changes {
  const { classes } = earlier.sample.design.updated ?? {};
  let [kept, moved, fresh] = [0, 0, 0];
  for (const home of homes) {
    for (const unit of home.units) {
      const then = before.strata[unit];
      if (then === undefined) fresh++;
      else if ((classes?.get(then)?.home ?? then) === home.key) kept++;
      else moved++;
    }
  }
  const units = new Map(frame.ids.map((id, unit) => [id, unit]));
  return {
    eligible: { kept, moved, gone: earlier.frame.eligible.length - kept - moved, new: fresh },
    whyGone: (unitId) => {
      const unit = units.get(unitId);
      if (unit === undefined) return "not in the export";
      const { codes, reasons } = frame.exclusion;
      const reason = reasons[(codes[unit] as number) - 1]?.reason;
      return reason === undefined ? "not in a stratum" : `excluded (${reason})`;
    },
  };
}
