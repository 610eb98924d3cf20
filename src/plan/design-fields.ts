import type { Plan } from "./types.js";

type Designs = Pick<Plan, "sample" | "linked">;

/** The fields that decide who is drawn once the frame stands, each once. */
export function designFields(plan: Designs): string[] {
  return [...(plan.sample?.strata ?? []), ...fieldsBesideStrata(plan)];
}

/** The design's fields but those that make the strata, which a stratum's key tells. */
export function fieldsBesideStrata({ sample, linked }: Designs): string[] {
  if (sample === undefined) return linked === undefined ? [] : [linked.by];
  const { allocation, strata } = sample;
  const names = [
    ...("deviation_of" in allocation ? [allocation.deviation_of] : []),
    ...(sample.balance ?? []),
    ...(sample.targets ?? []).flatMap(({ where }) => Object.keys(where)),
    ...(sample.one_per === undefined ? [] : [sample.one_per]),
    // Which child of a family comes first decides the family's stratum.
    ...(sample.one_per === "case_id" ? ["child_ordinal"] : []),
    ...Object.keys(sample.caps ?? {}),
  ];
  return [...new Set(names)].filter((name) => !strata.includes(name));
}
