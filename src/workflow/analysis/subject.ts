import type { Subject } from "../../analysis/item.js";
import type { Frame } from "../../frame/frame.js";
import type { DerivedField, Plan } from "../../plan/types.js";
import type { ReadPart } from "../../readers/text-part.js";
import type { ManifestInput } from "../../report/manifest.js";
import { type BuiltFrame, buildFromPlan, type Locate } from "../build-from-plan.js";
import type { PlanFile } from "../open-plan.js";
import { readEarlier } from "../pia/earlier.js";
import type { Progress } from "../progress.js";

/** Derived fields that analyses use, wherever the data can give them. */
export const analysedDerived: readonly DerivedField[] = [
  "age_years",
  "age_band",
  "delay_days",
  "delay_band",
  "delay_is_open",
  "ethnic_group",
  "case_children",
];

/** A plan's export as analyses ask it, with the earlier ones that the plan names. */
export interface ReadSubject {
  readonly built: BuiltFrame;
  readonly subject: Subject;
  /** Of earlier exports. */
  readonly earlier: readonly ManifestInput[];
}

/**
 * Reads what a plan names as its export.
 *
 * @param options.locateSupplied - where an earlier export lies; by default beside the plan
 * @throws CasedrawError of the readers and of `buildFrame`
 */
export async function readSubject(
  planFile: PlanFile,
  options: {
    readonly progress: Progress;
    readonly locate?: Locate;
    readonly locateSupplied?: (path: string) => string;
    readonly readPart?: ReadPart;
  },
): Promise<ReadSubject> {
  const { plan } = planFile;
  const { progress, locateSupplied } = options;
  const built = await buildFromPlan(planFile, {
    ...options,
    derived: analysedDerived,
    forAnalysis: true,
  });
  const earlier = await readEarlier(planFile, {
    progress,
    derived: analysedDerived,
    unitsOf,
    ...(locateSupplied === undefined ? {} : { locate: locateSupplied }),
  });
  return {
    built,
    earlier: earlier.inputs,
    subject: {
      frame: built.frame,
      plan,
      units: unitsOf(built.frame, plan),
      ...(earlier.subjects.length === 0 ? {} : { earlier: earlier.subjects }),
    },
  };
}

function unitsOf({ ids, eligible }: Frame, { pia }: Plan): Int32Array {
  return pia?.cohort === true ? Int32Array.from(eligible).sort() : Int32Array.from(ids, (_, unit) => unit);
}
