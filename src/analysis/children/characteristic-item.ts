import { capital } from "../../frame/labels.js";
import type { Plan } from "../../plan/types.js";
import { type Contrast, lawTypeContrast } from "../contrast.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { boundsNote, lawTypeNotes, lawTypeTable, missingIn, shareUncertainty } from "../law-types.js";
import type { KeyMessage, Result } from "../result.js";
import { tabulate } from "../tabulate.js";
import { isMarked, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { countText, inSentence, longDate, periodText, shareText } from "../words.js";

/** One of the characteristics of children that the analysis shows by law type. */
export interface Characteristic {
  /** Of the item, and of its tally and table. */
  readonly id: string;
  /** The field that it counts by. */
  readonly field: string;
  /** The mapped fields that give it, any of them, for messages. */
  readonly from: string;
  /** Inside a sentence: "age", "ethnic group". */
  readonly noun: string;
  readonly question: string;
  /** Whether it is as on the day of the export, even where the units are those of a span. */
  readonly onTheDay?: true;
}

/** Above this share without a known value, the gap is a key message; above the second, a candidate line of enquiry too. */
const tellMissing = 0.05;
const askMissing = 0.1;

/**
 * The item that shows a characteristic by law type: counts, shares of those known with clustered intervals, and what the
 * shares can be at the least and the most whatever those not known are.
 *
 * @param also - what an item counts and shows beside
 */
export function characteristicItem(
  characteristic: Characteristic,
  also: {
    readonly count?: (subject: Subject) => Pick<Counted, "statistics">;
    readonly result?: (counted: Counted, about: About) => Pick<Result, "tables" | "notes">;
  } = {},
): Item {
  const { id, field, from, question } = characteristic;
  return {
    id,
    section: "children",
    question,
    needs: from,
    refusal: (subject) => fieldRefusal(subject, field, from),
    count: (subject) => ({
      tallies: [
        tabulate(subject, {
          id,
          universe: unitNoun(subject.plan),
          rows: field,
          columns: "law_type",
        }),
      ],
      ...also.count?.(subject),
    }),
    result: (counted, about) => {
      const [tally] = counted.tallies as [Tally];
      const extra = also.result?.(counted, about);
      return {
        ...characteristicResult(tally, characteristic, about.plan),
        tables: [tableOf(tally, characteristic, about.plan), ...(extra?.tables ?? [])],
        notes: [...lawTypeNotes(tally, about.plan), boundsNote, ...(extra?.notes ?? [])],
      };
    },
  };
}

/** The refusal of an item that needs one field. */
export function fieldRefusal({ frame, plan }: Subject, name: string, from: string): Refusal | undefined {
  if (frame.fields.has(name)) return undefined;
  return {
    reason: `The export has no ${from}.`,
    instead: `Ask for it with the ${unitNoun(plan)}, and map it under columns in the plan.`,
  };
}

function periodOf({ onTheDay }: Characteristic, plan: Plan): string {
  return onTheDay ? longDate(plan.reference_date) : periodText(plan);
}

function tableOf(tally: Tally, characteristic: Characteristic, plan: Plan): Result["tables"][number] {
  const { id, noun } = characteristic;
  const unit = unitNoun(plan);
  const who = plan.unit === "case" ? `Cases with a child of each ${noun}` : `Children by ${noun}`;
  return lawTypeTable(tally, {
    plan,
    id,
    caption: `${who} and law type, ${periodOf(characteristic, plan)}: number of ${unit}, percentage of those known with 95% interval, and bounds`,
  });
}

function characteristicResult(
  tally: Tally,
  characteristic: Characteristic,
  plan: Plan,
): Omit<Result, "tables" | "notes"> {
  const missing = missingIn(tally);
  const gap = missingMessage(tally, characteristic, plan);
  const contrast = lawTypeContrast(tally);
  const unit = unitNoun(plan);
  return {
    base: { units: tally.total, unit: unitNoun(plan), period: periodOf(characteristic, plan), missing },
    method: `Share of the ${unit} whose ${characteristic.noun} is known, by law type.`,
    uncertainty: shareUncertainty(plan),
    messages: [
      ...(contrast === undefined ? [] : [contrastMessage(contrast, characteristic, plan)]),
      ...gap.messages,
    ],
    enquiries: gap.enquiries,
  };
}

/** A difference between law types that goes beyond its interval, as a sentence. */
function contrastMessage(
  { level, higher, lower, difference, compared }: Contrast,
  { noun }: Pick<Characteristic, "noun">,
  plan: Pick<Plan, "unit">,
): KeyMessage {
  const points = (share: number): string => (share * 100).toFixed(1);
  const together = compared === 1 ? "" : `, allowing for ${compared} comparisons`;
  return {
    text:
      `The share of ${unitNoun(plan)} with ${noun} “${level}” is higher in ${inSentence(higher.name)} (${shareText(higher.share)} of those known) ` +
      `than in ${inSentence(lower.name)} (${shareText(lower.share)}): a difference of ${points(difference.value)} percentage points ` +
      `(95% interval ${points(difference.lower)} to ${points(difference.upper)}${together}).`,
    weight: Math.min(1, 0.2 + difference.lower),
  };
}

function missingMessage(
  tally: Tally,
  { noun, field }: Characteristic,
  plan: Plan,
): Pick<Result, "messages" | "enquiries"> {
  const missing = missingIn(tally);
  const { total } = tally;
  if (isMarked(missing) || isMarked(total) || total === 0) return { messages: [], enquiries: [] };
  const share = missing / total;
  if (share < tellMissing) return { messages: [], enquiries: [] };
  const unit = unitNoun(plan);
  const text = `${capital(noun)} is not known for ${countText(missing)} of ${countText(total)} ${unit} (${shareText(share)})`;
  const weight = Math.min(1, 0.2 + share);
  return {
    messages: [{ text: `${text}.`, weight, gaps: [field] }],
    enquiries:
      share < askMissing
        ? []
        : [
            {
              text: `${text}, so shares by ${noun} are uncertain by as much: is it asked of families, and recorded? Counted, not estimated.`,
              weight,
            },
          ],
  };
}
