import { mayBeTooNarrow } from "../../analysis/estimates/narrow.js";
import { varianceMethod } from "../../analysis/estimates/response.js";
import type { ShownRow } from "../../analysis/estimates/suppression.js";
import { inSentence, listText, longDate } from "../../analysis/words.js";
import { percentText } from "../../charts/number-text.js";
import { fieldLabel, levelLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import { isAreaField } from "../../plan/fields.js";
import type { Plan } from "../../plan/types.js";
import { oneDecimal, type UnitWords, unitWords } from "../summary/words.js";
import type { EstimateContext } from "./context.js";

/** Places that a part of the cohort names, to which the plan limits the sample or which it leaves out. */
function placesIn(plan: Plan, part: "include" | "exclude"): string[] {
  return Object.entries(plan.cohort[part]).flatMap(([name, condition]) =>
    isAreaField(name) && Array.isArray(condition)
      ? [
          `${inSentence(fieldLabel(name))} ${listText(condition.map((level) => levelLabel(name, level, plan)))}`,
        ]
      : [],
  );
}

/** Whether the plan picked neither places nor strata, so that the sample may speak for all. */
export function speaksForAll({ plan, responses }: Pick<EstimateContext, "plan" | "responses">): boolean {
  const places = [...placesIn(plan, "include"), ...placesIn(plan, "exclude")];
  return places.length === 0 && responses.leftOut.length === 0;
}

/** Whom the estimates are of, as the end of a sentence; never "all" where the plan picked places or strata. */
export function populationText(context: Pick<EstimateContext, "plan" | "responses">): string {
  const { plan, responses } = context;
  const { many } = unitWords(plan);
  const [chosen, without] = [placesIn(plan, "include"), placesIn(plan, "exclude")];
  const population = responses.strata.reduce((sum, stratum) => sum + stratum.population, 0);
  const date = `on ${longDate(plan.reference_date)}`;
  // What was found out of scope counts as none: shares are of the others, wherever they are.
  const inScope = responses.strata.some(({ outOfScope }) => outOfScope > 0) ? "those in scope of " : "";
  if (speaksForAll(context)) return `${inScope}all ${thousands(population)} eligible ${many} ${date}`;
  return [
    `${inScope}the ${thousands(population)} eligible ${many}`,
    ...(chosen.length === 0 ? [] : [` of ${listText(chosen)}`]),
    ...(without.length === 0 ? [] : [` outside ${listText(without)}`]),
    ...(responses.leftOut.length === 0 ? [] : [" in the strata that were sampled"]),
    ` ${date}`,
    ...(chosen.length === 0 ? [] : [", and no other place"]),
  ].join("");
}

/** How many of the sample were reviewed, and what that means. */
export function responseSentence({ responses, plan }: EstimateContext): string {
  const { strata } = responses;
  const total = (of: (stratum: (typeof strata)[number]) => number): number =>
    strata.reduce((sum, stratum) => sum + of(stratum), 0);
  const [members, reviewed, out] = [
    total((stratum) => stratum.members),
    total((stratum) => stratum.reviewed),
    total(({ outOfScope }) => outOfScope),
  ];
  const missing = members - reviewed - out;
  const { many } = unitWords(plan);
  const scope =
    out === 0
      ? ""
      : ` ${out === 1 ? "1 was out of scope and counts" : `${thousands(out)} were out of scope and count`} as none.`;
  if (missing === 0)
    return `All ${thousands(members)} sampled ${many} were ${out === 0 ? "reviewed" : "reviewed or out of scope"}.${scope}`;
  return (
    `${thousands(reviewed)} of ${thousands(members)} sampled ${many} were reviewed.${scope} ` +
    `${thousands(missing)} (${percentText(missing / members, 1)}) were not: estimates take them to be like the others of their stratum, which nothing here can show.`
  );
}

/** What a row is about: "Plan made: yes, disability No". */
export function rowName({ column, kind, level, field, group }: ShownRow, context: EstimateContext): string {
  const what = kind === "category" ? `${column}: ${level}` : column;
  return field === undefined ? what : `${what}, ${groupName(field, group as string, context)}`;
}

export function groupName(field: string, group: string, { plan }: Pick<EstimateContext, "plan">): string {
  return `${fieldLabel(field)}: ${levelLabel(field, group, plan)}`;
}

/** A row in a sentence that carries population, date and nonresponse. */
export function rowSentence(row: ShownRow, context: EstimateContext): string {
  const units = unitWords(context.plan);
  const name = rowName(row, context);
  const population = populationText(context);
  if (row.suppressed !== undefined)
    return `${name}: not shown, because a small number of ${units.many} could be worked out.`;
  const { figures, refused, askedHidden, n, notAnswered, notApplicable } = row;
  if (figures === undefined) return `${name}: no estimate. ${refusalText(refused, units)}`;
  const applies =
    notApplicable === 0
      ? ""
      : ` ${notApplicable === 1 ? "1 to which it does not apply counts" : `${thousands(notApplicable)} to which it does not apply count`} as none.`;
  const answers =
    notAnswered === 0
      ? `From ${thousands(n)} ${notApplicable === 0 ? "reviewed" : "answered"}.`
      : `From ${thousands(n)} answered; ${thousands(notAnswered)} reviewed without an answer ${notAnswered === 1 ? "is" : "are"} left out of the share.`;
  const answered = askedHidden
    ? `From ${thousands(n)} answered; to how many it does not apply${row.kind === "number" ? "" : `, and so the number of ${units.many},`} is not shown.`
    : `${answers}${applies}`;
  const whole = row.field === undefined ? population : `the group among ${population}`;
  const of = notApplicable === 0 && !askedHidden ? whole : `${whole} where it applies`;
  if (row.kind === "number") {
    const { estimate, interval } = figures;
    const range =
      interval === undefined
        ? "exactly, as all were reviewed"
        : `between ${oneDecimal(interval.lower)} and ${oneDecimal(interval.upper)} with 95% confidence`;
    return `${name}: mean ${oneDecimal(estimate)} over ${of} (${range}). ${answered}`;
  }
  const { estimate, interval, number } = figures;
  const range =
    interval === undefined
      ? "exactly, as all were reviewed"
      : `between ${percentText(interval.lower, 1)} and ${percentText(interval.upper, 1)} with 95% confidence`;
  const many =
    number === undefined || askedHidden
      ? ""
      : `, about ${thousands(Math.round(number.estimate))} ${units.many}${number.interval === undefined ? "" : ` (${thousands(Math.floor(number.interval.lower))} to ${thousands(Math.ceil(number.interval.upper))})`}`;
  return `${name}: ${percentText(estimate, 1)} of ${of} (${range})${many}. ${answered}`;
}

export function refusalText(refused: ShownRow["refused"], { one, many }: UnitWords): string {
  if (refused === "one") return `One ${one} was reviewed, which does not tell how ${many} differ.`;
  if (refused === "all-alike")
    return "All reviewed have the same number, which does not tell how others differ.";
  return `No ${one} of it has an answer.`;
}

/** Stands behind intervals that may be too narrow on the page. */
export const narrowMark = "†";

/** How many figures of groups are not shown, why, and what shows more; undefined where all are. Those of all have a sentence each. */
export function hiddenSentence(
  rows: readonly ShownRow[],
  { by, threshold, plan }: Pick<EstimateContext, "by" | "threshold" | "plan">,
): string | undefined {
  const ofGroups = rows.filter(({ field }) => field !== undefined);
  const hidden = ofGroups.filter(({ suppressed }) => suppressed !== undefined).length;
  if (hidden === 0) return undefined;
  const one = hidden === 1;
  return (
    `${thousands(hidden)} of ${thousands(ofGroups.length)} figures by ${listText(by.map((name) => inSentence(fieldLabel(name))))} ` +
    `${one ? "is" : "are"} not shown ([c]): 1 to ${thousands(threshold)} reviewed ${unitWords(plan).many} would stand behind ${one ? "it" : "each"}, or could be worked out from it. ` +
    "Larger groups show more, as of a field with fewer levels or wider bands; inside the inspection team, --threshold 0 shows all."
  );
}

/** Of the rows of one field, the groups that are not shown and why, in a sentence; none where all are. */
export function hiddenGroups(
  rows: readonly ShownRow[],
  context: Pick<EstimateContext, "threshold" | "plan">,
): string[] {
  const groups = new Map<string, { readonly name: string; all: number; readonly hidden: string[] }>();
  for (const { field, group, column, kind, level, suppressed } of rows) {
    if (field === undefined || group === undefined) continue;
    const held = groups.get(group) ?? { name: levelLabel(field, group, context.plan), all: 0, hidden: [] };
    held.all++;
    if (suppressed !== undefined) held.hidden.push(kind === "category" ? `${column}: ${level}` : column);
    groups.set(group, held);
  }
  const found = [...groups.values()].filter(({ hidden }) => hidden.length > 0);
  if (found.length === 0) return [];
  const named = found.map(({ name, all, hidden }) =>
    hidden.length === all ? name : `${name} (${listText(hidden)})`,
  );
  return [
    `Not shown: ${named.join("; ")}. 1 to ${thousands(context.threshold)} reviewed ${unitWords(context.plan).many} would stand ` +
      "behind each of these figures, or could be worked out from it. estimates.csv has their rows, with [c].",
  ];
}

/** What is hidden, where an interval may be too narrow, and what is not in it. */
export function cautions(rows: readonly ShownRow[], context: EstimateContext): string[] {
  const narrow = rows.filter((row) => row.suppressed === undefined && mayBeTooNarrow(row)).length;
  const { design, leftOut, columnsLeftOut } = context.responses;
  const approximate = design.method !== "stratified";
  const hidden = hiddenSentence(rows, context);
  return [
    ...(hidden === undefined ? [] : [hidden]),
    ...(narrow === 0
      ? []
      : [
          `${thousands(narrow)} of ${thousands(rows.length)} intervals may be too narrow (marked ${narrowMark} on the page): few cases seem to tell as much as many, which with uneven weights or a rare practice can be chance.`,
        ]),
    ...(approximate
      ? [`Variances are approximate under this design (${varianceMethod(context.responses)}).`]
      : []),
    ...(context.sample.estimated === undefined
      ? []
      : [
          "Probabilities of selection were estimated by replaying the draw; the error of that is not in the intervals.",
        ]),
    ...(leftOut.length === 0
      ? []
      : [`The plan took no case of ${listText(leftOut)}: nothing here speaks for them.`]),
    ...(columnsLeftOut === 0
      ? []
      : [
          `${thousands(columnsLeftOut)} balancing columns, the last ones, are left out of the variance, because too few cases were reviewed for them.`,
        ]),
  ];
}
