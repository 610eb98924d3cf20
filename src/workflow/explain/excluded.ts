import { reasonText } from "../../analysis/condition-words.js";
import { CasedrawError } from "../../errors.js";
import { frameDigests } from "../../frame/frame-digests.js";
import { findColumn } from "../../frame/read-field.js";
import { cleanText } from "../../frame/text.js";
import { nearest } from "../../plan/nearest.js";
import { readTable } from "../../readers/read-table.js";
import type { Manifest } from "../../report/manifest.js";
import { buildFromPlan, inputFiles } from "../build-from-plan.js";
import { openPlan, type PlanFile, planOfFrame } from "../open-plan.js";
import type { Progress } from "../progress.js";
import type { SampleFolder } from "../sample/folder.js";
import { differingPlan } from "../verify/compare-records.js";

/** Why a unit could not be drawn. */
export interface Excluded {
  readonly outcome: "excluded";
  readonly unitId: string;
  /** As the manifest names it: `exclude_ids`, `include: closed_date`. */
  readonly reason: string;
  /** What the excluded units have in common: "Closed date is recorded". */
  readonly meaning: string;
  /** What the exclusion list says of this unit; null where the list has changed since the draw. Absent where it says nothing. */
  readonly listReason?: string | null;
}

/**
 * Explains a unit that is not in a sample's frame; the export is read again.
 *
 * @param eligibleIds - for a suggestion where the id is misspelt
 * @throws CasedrawError `UNIT_UNKNOWN` where the export has no such unit, or is not that of the draw
 */
export async function explainExcluded(
  folder: SampleFolder,
  unitId: string,
  eligibleIds: readonly string[],
  options: { readonly cwd: string; readonly progress: Progress },
): Promise<Excluded> {
  if (folder.run === undefined) throw unknownUnit(unitId, eligibleIds, "the sample's frame");
  const { manifest } = folder;
  const planFile = planOfFrame(openPlan(folder.run.plan, options.cwd), manifest.of_frames?.frame);
  const { frame, inputs } = await buildFromPlan(planFile, { progress: options.progress });
  const digests = frameDigests(frame, planFile.plan);
  if (digests.frame !== manifest.frame.digest || differingPlan(manifest.plan, planFile.plan).length > 0) {
    throw new CasedrawError(
      "UNIT_UNKNOWN",
      `Unit ${unitId} was not in the frame of this sample, and the plan or the data has changed since the draw, so why ` +
        "cannot be told from them. casedraw verify tells what differs.",
      { unit_id: unitId, changed: true },
    );
  }
  const unit = frame.ids.indexOf(unitId);
  if (unit === -1) throw unknownUnit(unitId, frame.ids, "the frame or the export");
  const reason = frame.exclusion.reasons[(frame.exclusion.codes[unit] as number) - 1]?.reason ?? "none";
  const listReason =
    reason === "exclude_ids" ? await readListReason(planFile, unitId, [manifest.inputs, inputs]) : undefined;
  return {
    outcome: "excluded",
    unitId,
    reason,
    meaning: reasonText(reason, planFile.plan),
    ...(listReason === undefined ? {} : { listReason }),
  };
}

/** The list's own words about a unit; null where its bytes are not those of the draw, undefined where it has none. */
async function readListReason(
  planFile: PlanFile,
  unitId: string,
  [atDraw, now]: readonly [Manifest["inputs"], Manifest["inputs"]],
): Promise<string | null | undefined> {
  const { data, joins, lookups } = planFile.plan;
  const at = data.length + joins.length + lookups.length;
  const list = inputFiles(planFile)[at];
  if (list === undefined) return undefined;
  if (atDraw[at]?.sha256 !== now[at]?.sha256) return null;
  const { table } = await readTable({
    path: list.file,
    label: list.path,
    wanted: ["unit_id"],
    optional: ["reason"],
  });
  const cells = (header: string): string[] => {
    const column = findColumn(table, header);
    return column === undefined
      ? []
      : Array.from(column.codes, (code) => cleanText(column.values[code] as string));
  };
  const text = cells("reason")[cells("unit_id").indexOf(unitId)];
  return text === "" ? undefined : text;
}

function unknownUnit(unitId: string, ids: readonly string[], where: string): CasedrawError {
  const meant = nearest(unitId, ids.length <= 100_000 ? ids : []);
  return new CasedrawError(
    "UNIT_UNKNOWN",
    `Unit not found: no unit of ${where} is called ${unitId}.${meant === undefined ? "" : ` Did you mean ${meant}?`} ` +
      `Write the id as frame.csv does${ids[0] === undefined ? "" : `, for example ${ids[0]}`}.`,
    { unit_id: unitId },
  );
}
