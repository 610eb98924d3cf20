import type { Field } from "../../frame/field.js";
import type { Plan } from "../../plan/types.js";
import { isUnknown } from "../axis.js";
import { lawTypeTable } from "../law-types.js";
import { leadingLevel, levelShareIn } from "../leading.js";
import type { KeyMessage, ResultTable } from "../result.js";
import type { Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { inSentence, periodText, shareText } from "../words.js";

/** A field with more levels than this is free text and no classification. */
export const mostKinds = 60;

/** Whether a field says something of somebody, by few enough levels to be a classification. */
export function isClassification(field: Field | undefined): boolean {
  if (field === undefined || field.levels.length > mostKinds) return false;
  return field.levels.some((level) => !isUnknown(field, level));
}

/** The table of a classification by law type; it bears the tally's id. */
export function kindsTable(tally: Tally, plan: Plan): ResultTable {
  const { rows, columns } = tally;
  const unit = plan.unit === "case" ? "Cases" : "Children";
  const by = columns.levels.length > 0 ? " and law type" : "";
  return lawTypeTable(tally, {
    plan,
    id: tally.id,
    caption: `${unit} by ${inSentence(rows.label)}${by}, ${periodText(plan)}: number, percentage of those known with 95% interval, and bounds`,
  });
}

/** The commonest level, where its interval keeps clear of every other's. */
export function commonestMessage(tally: Tally, plan: Plan): KeyMessage[] {
  const shares = tally.rows.levels.flatMap(({ label, unknown }, row) =>
    unknown ? [] : [levelShareIn(tally, row, { label, at: "all" })],
  );
  const leading = leadingLevel(shares, { disjoint: tally.disjoint });
  if (leading === undefined) return [];
  const { label, share } = leading;
  return [
    {
      text: `The commonest ${inSentence(tally.rows.label)} is “${label}”, with ${shareText(share.value)} of ${unitNoun(plan)} of known ${inSentence(tally.rows.label)} (95% interval ${shareText(share.lower)} to ${shareText(share.upper)}).`,
      weight: 0.2,
    },
  ];
}
