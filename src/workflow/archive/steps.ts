import type { ManifestStep } from "../../report/manifest-steps.js";

/**
 * A step with pseudonyms for its unit ids.
 *
 * @param unit - gives a unit's pseudonym
 * @param check - gives what stands for a digest
 */
export function stepWithout(
  step: ManifestStep,
  unit: (id: string) => string,
  check: (digest: string) => string,
): ManifestStep {
  switch (step.kind) {
    case "extend":
      return step;
    case "replace":
      return { ...step, losses: step.losses.map((each) => ({ ...each, unit_id: unit(each.unit_id) })) };
    case "add":
      return { ...step, cases: step.cases.map((each) => ({ ...each, unit_id: unit(each.unit_id) })) };
    case "update":
      return {
        ...step,
        frame_digest: check(step.frame_digest),
        design_digest: check(step.design_digest),
        kept: step.kept.map(({ unit_id, lost, holds, ...rest }) => ({
          ...rest,
          unit_id: unit(unit_id),
          ...(lost === undefined
            ? {}
            : {
                lost: {
                  ...lost,
                  ...(lost.released === undefined ? {} : { released: unit(lost.released) }),
                },
              }),
          ...(holds === undefined ? {} : { holds: holds.map(unit) }),
        })),
        left: step.left.map((each) => ({ ...each, unit_id: unit(each.unit_id) })),
      };
  }
}
