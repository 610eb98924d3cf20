import type { ChosenRecord, UpdateRecord } from "../../report/manifest-steps.js";
import type { ChosenCase, UpdateStep } from "../../sampling/after/outcome.js";
import type { PreparedUpdate } from "../../sampling/update/prepare.js";
import type { Changes } from "./changes.js";

/** An update as the sampling room has it. */
export function updateStepOf({ size, earlier, kept }: UpdateRecord): UpdateStep {
  return {
    kind: "update",
    size,
    earlier: earlier.map(({ stratum, of, tickets }) => ({
      key: stratum,
      home: of,
      ...(tickets === undefined ? {} : { tickets }),
    })),
    kept: kept.map(({ unit_id, ...rest }) => ({ unitId: unit_id, ...rest })),
  };
}

/** A chosen case as the sampling room has it. */
export function chosenOf({ unit_id, reason, asked_by, asked_on }: ChosenRecord): Omit<ChosenCase, "version"> {
  return { unitId: unit_id, reason, askedBy: asked_by, askedOn: asked_on };
}

/** An update as the manifest has it. */
export function updateRecord(
  { step, left, before }: PreparedUpdate,
  {
    changes,
    digests,
  }: {
    readonly changes: Changes;
    /** Of the version before. */
    readonly digests: { readonly frame: string; readonly design: string };
  },
): UpdateRecord {
  return {
    kind: "update",
    size: step.size,
    probabilities: before.probabilities === undefined ? "conditional" : "unconditional",
    frame_digest: digests.frame,
    design_digest: digests.design,
    eligible: changes.eligible,
    earlier: step.earlier.map(({ key, home, tickets }) => ({
      stratum: key,
      of: home,
      ...(tickets === undefined ? {} : { tickets }),
    })),
    kept: step.kept.map(({ unitId, entry, version, lost, holds }) => ({
      unit_id: unitId,
      entry,
      version,
      ...(lost === undefined ? {} : { lost }),
      ...(holds === undefined ? {} : { holds }),
    })),
    left: left.map(({ unitId, stratum, entry, version, lost, why }) => ({
      unit_id: unitId,
      stratum,
      version,
      status: lost ?? entry,
      why: why === "needless" ? "the cases that it stood in for are gone" : changes.whyGone(unitId),
    })),
  };
}
