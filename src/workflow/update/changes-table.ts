import type { Frame } from "../../frame/frame.js";
import type { ManifestStep, UpdateRecord } from "../../report/manifest-steps.js";
import type { Sample } from "../../sampling/draw.js";
import type { OutputTable } from "../output-table.js";

/** What an update did with a unit that is in the sample: it stayed in its stratum of the plan, came into another, or was added. */
export type MemberChange = "kept" | "moved" | "added";

/**
 * What the last update did with each unit of a sample, in the sample's order; undefined for those that came after it.
 *
 * @param update - the last one, as the manifest has it
 * @param version - of the sample, that it made
 */
export function memberChanges(
  { drawn, design, after }: Sample,
  { earlier }: Pick<UpdateRecord, "earlier">,
  version: number,
): (MemberChange | undefined)[] {
  const { updated } = design;
  const homes = new Map(
    (updated?.homes ?? []).flatMap(({ key, units }) => [...units].map((unit) => [unit, key])),
  );
  const homesThen = new Map(earlier.map(({ stratum, of }) => [stratum, of]));
  return drawn.map(({ unit }, at) => {
    const came = after?.members[at]?.version;
    if (came === undefined || came > version) return undefined;
    if (came === version) return "added";
    return homes.get(unit) === homesThen.get(updated?.before.strata[unit] ?? "") ? "kept" : "moved";
  });
}

/** `changes.csv`: what the last update found of each unit that was in the sample, and of those that it added. */
export function changesTable(frame: Frame, sample: Sample, steps: readonly ManifestStep[]): OutputTable {
  const at = steps.findLastIndex(({ kind }) => kind === "update");
  const update = steps[at] as UpdateRecord;
  const changes = memberChanges(sample, update, at + 2);
  const rows = sample.drawn.flatMap(({ unit, stratum }, place) => {
    const [member, change] = [sample.after?.members[place], changes[place]];
    if (member === undefined || change === undefined) return [];
    const then = sample.design.updated?.before.strata[unit] ?? "";
    return [[frame.ids[unit] as string, change, then, stratum.key, member.version, member.status]];
  });
  return {
    header: ["unit_id", "change", "earlier_stratum", "stratum", "version", "status"],
    rows: [
      ...rows,
      ...update.left.map(({ unit_id, stratum, version, status, why }) => [
        unit_id,
        why,
        stratum,
        "",
        version,
        status,
      ]),
    ],
  };
}
