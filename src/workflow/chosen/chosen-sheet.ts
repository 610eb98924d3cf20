import type { Frame } from "../../frame/frame.js";
import { capital, fieldLabel, valueLabel } from "../../frame/labels.js";
import type { Plan } from "../../plan/types.js";
import type { SheetColumn, TableSheet } from "../../report/workbook/model.js";
import type { ChosenReason } from "../../sampling/after/outcome.js";
import type { Sample } from "../../sampling/draw.js";
import { shownFields } from "../sample/tables.js";
import { markOf, standingCases } from "./standing-cases.js";

const reasonLabels: Readonly<Record<ChosenReason, string>> = {
  "line-of-enquiry": "Line of enquiry",
  delay: "Delay",
  "nominated-good-practice": "Nominated good practice",
  audit: "Audit",
  complaint: "Complaint",
};

/**
 * The sheet of chosen cases in `sample.xlsx`.
 *
 * @param labels - what its own columns are called
 */
export function chosenSheet(
  { frame, plan, sample }: { readonly frame: Frame; readonly plan: Plan; readonly sample: Sample },
  labels: Readonly<
    Record<"unit_id" | "status" | "standing" | "reason" | "asked_by" | "asked_on" | "version", string>
  >,
): TableSheet {
  const fields = shownFields(frame, plan);
  const text = (header: string): SheetColumn => ({ header, kind: "text" });
  return {
    kind: "table",
    name: "Chosen",
    title: "Chosen, not sampled",
    description:
      "Cases that inspectors chose. They stand for no others: they have no chance of selection and no weight, and no estimate counts them. One that was sampled as well is on the sheet of the sample, and counts there.",
    tableName: "table_chosen",
    columns: [
      text(labels.unit_id),
      text(labels.status),
      text(labels.standing),
      text(labels.reason),
      text(labels.asked_by),
      text(labels.asked_on),
      { header: labels.version, kind: "integer" },
      ...fields.map((field) => text(fieldLabel(field.name))),
    ],
    rows: standingCases(frame, sample).map((each) => {
      const mark = markOf(each);
      return [
        each.unitId,
        capital(mark),
        capital(each.standing),
        reasonLabels[each.reason],
        each.askedBy,
        each.askedOn,
        each.version,
        ...fields.map((field) => (each.unit === undefined ? "" : valueLabel(field, each.unit, plan))),
      ];
    }),
  };
}
