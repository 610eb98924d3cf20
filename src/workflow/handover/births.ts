import { levelAt, listItems } from "../../frame/field.js";
import { thousands } from "../../frame/words.js";
import { monthOfBirth } from "../../plan/check-handover.js";
import type { ReadPart } from "../../readers/text-part.js";
import { buildFromPlan } from "../build-from-plan.js";
import type { PlanFile } from "../open-plan.js";
import type { Progress } from "../progress.js";
import type { SampleFolder } from "../sample/folder.js";
import { locateInputs } from "../verify/find-plan.js";
import { tellingGone } from "../verify/input-gone.js";
import type { Handover } from "./make.js";
import type { HandoverNote } from "./notes.js";
import { monthText } from "./worksheet.js";

/** Months of birth by unit, as worksheets show them. */
export interface Births {
  readonly months: ReadonlyMap<string, string>;
  readonly notes: readonly HandoverNote[];
  /** Absolute paths of what was read. */
  readonly files: readonly string[];
}

/** Months of birth from the export, read only where the plan asks for them. */
export async function birthsOf(
  handover: Handover,
  {
    folder,
    planFile,
    options,
  }: {
    readonly folder: SampleFolder;
    readonly planFile: PlanFile;
    readonly options: {
      readonly cwd: string;
      readonly data: readonly string[];
      readonly progress: Progress;
      readonly readPart?: ReadPart;
    };
  },
): Promise<Births> {
  if (!handover.settings.show.includes(monthOfBirth)) return { months: new Map(), notes: [], files: [] };
  const locate = locateInputs(folder, planFile, options);
  const work = buildFromPlan(planFile, {
    progress: options.progress,
    locate,
    ...(options.readPart === undefined ? {} : { readPart: options.readPart }),
  });
  const { frame, inputs, files } = await tellingGone(work, { ...options, planFile, locate });
  const field = frame.fields.get("date_of_birth");
  const unitOf = new Map(frame.ids.map((id, unit) => [id, unit]));
  const months = new Map<string, string>();
  const missing = [...handover.units.keys()].filter((id) => {
    const unit = unitOf.get(id);
    // The children of one case may be born in several months.
    const dates = unit === undefined || field === undefined ? [] : listItems(levelAt(field, unit));
    const known = dates.filter((date) => /^\d{4}-\d\d-\d\d$/.test(date)).sort();
    if (known.length > 0) months.set(id, [...new Set(known.map(monthText))].join("; "));
    return unit === undefined;
  });
  const changed = inputs.filter(({ sha256 }, at) => sha256 !== folder.manifest.inputs[at]?.sha256);
  const notes: HandoverNote[] = [];
  if (changed.length > 0) {
    notes.push({
      code: "export-differs",
      count: changed.length,
      text: `Months of birth were read from files that are not those of the draw: ${changed.map(({ path }) => path).join(", ")}.`,
    });
  }
  if (missing.length > 0) {
    notes.push({
      code: "births-missing",
      count: missing.length,
      text: `${thousands(missing.length)} of the cases are not in the export that was read, and have no month of birth.`,
    });
  }
  return { months, notes, files: files.map(({ file }) => file) };
}
