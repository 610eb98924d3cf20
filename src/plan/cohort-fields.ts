import { derivedNeeds, isDerivedField } from "./fields.js";
import type { Condition, Plan } from "./types.js";

/** The dates of which the latest says when something was last done. */
const activityDates: readonly string[] = ["last_activity_date", "allocation_date", "application_date"];

/** A field, and all those that it is worked out from or looked up by: of `delay_band` also `application_date` and `closed_date`. */
function sourceFields(plan: Pick<Plan, "fields" | "lookups" | "delay">, name: string): string[] {
  const own = Object.hasOwn(plan.fields, name) ? plan.fields[name] : undefined;
  const direct = isDerivedField(name)
    ? derivedNeeds(name, plan.delay).flat()
    : own !== undefined && "weeks_between" in own
      ? own.weeks_between
      : plan.lookups.filter(({ to }) => Object.hasOwn(to, name)).map(({ from }) => from);
  return [name, ...direct.flatMap((each) => sourceFields(plan, each))];
}

/** The reasons by which the cohort leaves units out because of a field, or of one that is worked out from it. */
export function cohortReasons(plan: Plan, field: string): ReadonlySet<string> {
  const { cohort } = plan;
  const named = (["include", "exclude"] as const).flatMap((part) =>
    Object.keys(cohort[part])
      .filter((name) => sourceFields(plan, name).includes(field))
      .map((name) => `${part}: ${name}`),
  );
  return new Set([
    ...named,
    ...(cohort.closed_within_days !== undefined && field === "closed_date" ? ["closed_within_days"] : []),
    ...(cohort.active_within_months !== undefined && activityDates.includes(field)
      ? ["active_within_months"]
      : []),
  ]);
}

/**
 * Fields of which the cohort takes a blank for an answer: those that a unit has to have blank to be eligible, and the end of the
 * delay where the cohort goes by the delay, because a case without an end runs on.
 */
export function blanksTaken(plan: Plan): ReadonlySet<string> {
  const { cohort, delay } = plan;
  const taken = (name: string, condition: Condition, blank: boolean): readonly string[] => {
    if (!name.startsWith("delay_") || !isDerivedField(name))
      return asksBlank(condition, blank) ? sourceFields(plan, name) : [];
    return "blank" in condition ? (condition.blank === blank ? [delay.from] : []) : [delay.to];
  };
  return new Set([
    ...Object.entries(cohort.include).flatMap(([name, condition]) => taken(name, condition, true)),
    ...Object.entries(cohort.exclude).flatMap(([name, condition]) => taken(name, condition, false)),
  ]);
}

function asksBlank(condition: Condition, blank: boolean): boolean {
  return "blank" in condition && condition.blank === blank;
}
