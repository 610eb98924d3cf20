import { checkConditions } from "./check-condition.js";
import { type Check, checkField, mappingIsSound, refuse } from "./check-names.js";
import { mappedFields } from "./fields.js";

/** Checks who may be sampled, across the plan. */
export function checkCohort(check: Check): void {
  const { cohort } = check.plan;
  for (const part of ["include", "exclude"] as const) {
    checkConditions(check, ["cohort", part], cohort[part]);
  }
  if (cohort.closed_within_days !== undefined) {
    const at = ["cohort", "closed_within_days"];
    const open = [
      ["include", true],
      ["exclude", false],
    ] as const;
    for (const [part, blank] of open) {
      const condition = cohort[part].closed_date;
      if (condition !== undefined && "blank" in condition && condition.blank === blank) {
        refuse(
          check,
          at,
          `goes instead of ${part}: { closed_date: { blank: ${blank} } }, which leaves no closed case; keep one.`,
        );
      }
    }
    checkField(check, at, "closed_date", { without: "take this key out" });
  }
  if (cohort.active_within_months !== undefined && mappingIsSound(check) && !mapsActivity(check)) {
    const at = ["cohort", "active_within_months"];
    refuse(
      check,
      at,
      "needs last_activity_date, allocation_date or application_date, and no file gives one: map one under columns, or take this key out.",
    );
  }
}

function mapsActivity({ plan }: Check): boolean {
  const mapped: readonly string[] = mappedFields(plan);
  return ["last_activity_date", "allocation_date", "application_date"].some((name) => mapped.includes(name));
}
