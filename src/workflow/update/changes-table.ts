import type { Frame } from "../../frame/frame.js";
import type { ManifestStep, UpdateRecord } from "../../report/manifest-steps.js";
import type { Sample } from "../../sampling/draw.js";
import type { OutputTable } from "../sample-tables.js";

/** `changes.csv`: what the last update found of each unit that was in the sample, and of those that it added. */
export function changesTable(frame: Frame, sample: Sample, steps: readonly ManifestStep[]): OutputTable {
  const at = steps.findLastIndex(({ kind }) => kind === "update");
  const { left } = steps[at] as UpdateRecord;
  const { updated } = sample.design;
  const homes = new Map(
    (updated?.homes ?? []).flatMap(({ key, units }) => [...units].map((unit) => [unit, key])),
  );
  const rows = sample.drawn.flatMap(({ unit, stratum }, place) => {
    const member = sample.after?.members[place];
    if (member === undefined || member.version > at + 2) return [];
    const then = updated?.before.strata[unit];
    const earlier = member.version === at + 2 ? "added" : homes.get(unit) === homeOf(then) ? "kept" : "moved";
    return [[frame.ids[unit] as string, earlier, then ?? "", stratum.key, member.version, member.status]];
  });
  return {
    header: ["unit_id", "change", "earlier_stratum", "stratum", "version", "status"],
    rows: [
      ...rows,
      ...left.map(({ unit_id, stratum, version, status, why }) => [
        unit_id,
        why,
        stratum,
        "",
        version,
        status,
      ]),
    ],
  };

  function homeOf(key: string | undefined): string | undefined {
    const update = steps[at] as UpdateRecord;
    return update.earlier.find(({ stratum }) => stratum === key)?.of;
  }
}
