import { join } from "node:path";
import { isBlankLevel, levelAt } from "../../frame/field.js";
import { type OwnCsv, readOwnCsv } from "../../report/own-csv.js";
import type { Progress } from "../progress.js";
import { readText } from "../read-text.js";
import type { SampleFolder } from "../sample/folder.js";
import { type Excluded, explainExcluded } from "./excluded.js";
import { filesDisagree, readRecordedFrame } from "./recorded-frame.js";

/** Why a unit of a linked sample is in it, or is not. */
export interface LinkedExplanation {
  readonly outcome: "linked" | "not linked";
  readonly unitId: string;
  /** The field; and the unit's value of it, absent where it has none. */
  readonly by: string;
  readonly value?: string;
  /** Units of the earlier frame and of the earlier sample that have the value. */
  readonly earlierEligible: number;
  readonly earlierDrawn: number;
  /** That the earlier draw takes at least one of them; a fraction. */
  readonly inclusionProbability: number;
  /** Where it was estimated. */
  readonly standardError?: number;
  /** In the sample. */
  readonly drawOrder?: number;
}

/**
 * Explains a unit of a linked sample from its folder; what the earlier sample drew is as `links.csv` records it.
 *
 * @throws CasedrawError `MANIFEST_INVALID` where the folder's files disagree, and those of `explainExcluded`
 */
export async function explainLinked(
  folder: SampleFolder,
  directory: string,
  unitId: string,
  options: { readonly cwd: string; readonly progress: Progress },
): Promise<LinkedExplanation | Excluded> {
  const { frame, plan } = readRecordedFrame(folder, directory);
  const unit = frame.ids.indexOf(unitId);
  if (unit === -1) return await explainExcluded(folder, unitId, frame.ids, options);
  const by = plan.linked?.by ?? "";
  const field = frame.fields.get(by);
  const level = field === undefined ? "" : levelAt(field, unit);
  const blank = field === undefined || isBlankLevel(field.kind, level);
  const read = (name: string): OwnCsv =>
    readOwnCsv(readText(join(folder.path, name), join(directory, name), "List"), name);
  const link = blank ? undefined : rowOf(read("links.csv"), by, level);
  const sampled = rowOf(read("sample.csv"), "unit_id", unitId);
  const earlierDrawn = Number(link?.earlier_drawn ?? 0);
  if (earlierDrawn > 0 !== (sampled !== undefined)) {
    throw filesDisagree(
      `by links.csv ${unitId} is ${earlierDrawn > 0 ? "" : "not "}linked, and sample.csv ${sampled === undefined ? "does not list" : "lists"} it`,
      { unit_id: unitId },
    );
  }
  return {
    outcome: sampled === undefined ? "not linked" : "linked",
    unitId,
    by,
    ...(blank ? {} : { value: level }),
    earlierEligible: Number(link?.earlier_eligible ?? 0),
    earlierDrawn,
    inclusionProbability: Number(link?.inclusion_probability ?? 0),
    ...(link?.standard_error === undefined ? {} : { standardError: Number(link.standard_error) }),
    ...(sampled === undefined ? {} : { drawOrder: Number(sampled.draw_order) }),
  };
}

/** The cells of the first row with a value, by their headers. */
function rowOf({ header, rows }: OwnCsv, column: string, value: string): Record<string, string> | undefined {
  const row = rows.find((cells) => cells[header.indexOf(column)] === value);
  return row === undefined
    ? undefined
    : Object.fromEntries(header.map((name, at) => [name, row[at] as string]));
}
