import type { Note } from "../../frame/note.js";
import { counted, someOf } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import type { UpdateRecord } from "../../report/manifest-steps.js";
import type { BuiltFrame } from "../build-from-plan.js";
import { readSampleList } from "../estimate/groups.js";
import type { SampleFolder } from "../sample/folder.js";
import { shownValue } from "../sample/tables.js";

/** What of a child a correction seldom changes, so that a change may mean another child. */
const lasting = ["gender", "ethnicity", "age_band", "age_years"];

/**
 * Sampled units that may be other children than before: where ids are numbered within a case, a child that a corrected export
 * adds or takes out can renumber its siblings.
 *
 * @returns a note, where ids are numbered and a kept unit differs in what seldom changes
 */
export function renumberedNotes(
  folder: SampleFolder,
  label: string,
  { plan, frame, kept }: { readonly plan: Plan } & Pick<BuiltFrame, "frame"> & Pick<UpdateRecord, "kept">,
): Note[] {
  if (!plan.unit_id.includes("child_ordinal")) return [];
  const { header, rows } = readSampleList(folder, label);
  const at = header.indexOf("unit_id");
  const before = new Map(rows.map((row) => [row[at] as string, row]));
  const units = new Map(Array.from(frame.eligible, (unit) => [frame.ids[unit] as string, unit]));
  const fields = lasting.flatMap((name) => {
    const field = frame.fields.get(name);
    const column = header.indexOf(name);
    return field === undefined || column === -1 ? [] : [{ field, column }];
  });
  const other = kept.flatMap(({ unit_id }) => {
    const row = before.get(unit_id);
    const unit = units.get(unit_id);
    const differs =
      row !== undefined &&
      unit !== undefined &&
      fields.some(({ field, column }) => row[column] !== shownValue(field, unit));
    return differs ? [unit_id] : [];
  });
  if (other.length === 0) return [];
  return [
    {
      code: "update-numbered-children",
      text:
        `${counted(other.length, "sampled unit has", "sampled units have")} another gender, ethnicity or age than before: ${someOf(other)}. Their ids are numbered within the case, ` +
        "so one may now name a sibling. Compare them with the case files; if siblings were renumbered, draw a new sample.",
      count: other.length,
      details: { unit_ids: other },
    },
  ];
}
