import type { Note } from "../../frame/note.js";
import { matchKey } from "../../frame/text.js";
import type { CompareIndicator, Plan } from "../../plan/types.js";
import { groupText } from "../condition-words.js";
import { windowRefusal } from "../delay/observation.js";
import type { Subject } from "../item.js";
import type { Measure } from "../result.js";
import { unitNoun } from "../units.js";
import { longDate, periodText } from "../words.js";
import type { RefusedIndicator } from "./comparison.js";
import { defaultIndicators } from "./default-indicators.js";
import type { Counting, DefinedIndicator, Wanted } from "./defined-indicator.js";
import { idOf } from "./indicator-id.js";
import { answersOf, baseUnits } from "./membership.js";
import { mixOf } from "./mix-fields.js";

/** The field of areas that only public law is work of. */
export const publicLawField = "local_authority";

/**
 * The indicators by which areas are compared: the plan's, or the default ones that the export carries, and those that it cannot
 * carry, with the reason. Of local authorities, whose own work is in public law, all are of public law.
 *
 * @param by - the field of the areas
 * @param options.plain - without what they could be standardised for
 */
export function indicatorsOf(
  subject: Subject,
  by: string,
  { plain = false }: { readonly plain?: boolean } = {},
): { readonly defined: readonly DefinedIndicator[]; readonly refused: readonly RefusedIndicator[] } {
  const refused: RefusedIndicator[] = [];
  const { plan } = subject;
  const asked =
    plan.compare?.indicators?.map((indicator) => wantedOf(indicator, plan)) ??
    defaultIndicators(subject, by, refused);
  const ids = new Set<string>();
  const defined = asked.flatMap((wanted): DefinedIndicator[] => {
    const own = by === publicLawField ? inPublicLaw(subject, wanted) : wanted;
    const refusal = refusalOf(subject, own);
    if (refusal !== undefined || "reason" in own) {
      refused.push({ name: wanted.name, ...(refusal ?? (own as RefusedIndicator)) });
      return [];
    }
    return [definedOf(subject, own, { ids, plain })];
  });
  return { defined, refused };
}

function wantedOf(indicator: CompareIndicator, plan: Plan): Wanted {
  const { name, of = {}, where = {}, still_open_at, weeks_within, polarity } = indicator;
  const what =
    still_open_at !== undefined
      ? { stillOpenAt: still_open_at }
      : weeks_within !== undefined
        ? { weeksWithin: weeks_within }
        : { where };
  const universe = Object.keys(of).length === 0 ? unitNoun(plan) : groupText(of, plan);
  return {
    name,
    counting: {
      of,
      what,
      universe,
      ...(universe === unitNoun(plan) ? {} : { within: unitNoun(plan) }),
    },
    ...(polarity === undefined ? {} : { polarity }),
  };
}

/** What is not of public law does not apply to a local authority: `[z]`. */
function inPublicLaw(subject: Subject, wanted: Wanted): Wanted | RefusedIndicator {
  const { counting, name } = wanted;
  const law = counting.of.law_type;
  if (Array.isArray(law) && law.every((level: string) => matchKey(level) !== "public"))
    return {
      name,
      reason:
        "It does not apply to local authorities [z]: private law is between families, and no local authority's work.",
      instead: "Compare it by another kind of area, such as the court.",
    };
  if (law !== undefined) return wanted;
  if (subject.frame.fields.get("law_type")?.kind !== "category")
    return {
      name,
      reason:
        "Of local authorities only public law is compared, and the export does not say which cases are.",
      instead:
        "Map law_type in the plan, or name the column under fields in the plan and compare by that name.",
    };
  return {
    ...wanted,
    counting: {
      ...counting,
      of: { ...counting.of, law_type: ["public"] },
      universe: `${counting.universe} in public law`,
      within: counting.universe,
    },
  };
}

const ownEnding = /^(?:closed_date|delay_|last_activity_date)/;

function refusalOf(
  subject: Subject,
  wanted: Wanted | RefusedIndicator,
): Pick<RefusedIndicator, "reason" | "instead"> | undefined {
  if ("reason" in wanted) return undefined;
  const { what, of, universe } = wanted.counting;
  if (baseUnits(subject, wanted.counting).length === 0)
    return {
      reason: `The export holds none of what it is of: ${universe}.`,
      instead: "Check its conditions, or take it out.",
    };
  if ("where" in what || "lacking" in what) return undefined;
  const chosen = Object.keys(of).find(
    (name) => ownEnding.test(name) || name === subject.plan.delay.to || name === subject.plan.delay.from,
  );
  if (chosen === undefined) return windowRefusal(subject);
  return {
    reason: `It chooses cases by ${chosen}, which has to do with how long they last, so that how long they last would say what was chosen.`,
    instead: "Take the condition out of the indicator's of.",
  };
}

function definedOf(
  subject: Subject,
  { name, counting, polarity, note }: Wanted,
  { ids, plain }: { readonly ids: Set<string>; readonly plain: boolean },
): DefinedIndicator {
  const { what } = counting;
  const notes: Note[] = [];
  answersOf(subject, new Int32Array(), { conditions: counting.of, notes });
  if ("where" in what) answersOf(subject, new Int32Array(), { conditions: what.where, notes });
  const mix = !plain && ("where" in what || "lacking" in what) ? mixOf(subject, counting) : undefined;
  return {
    indicator: {
      id: idOf(name, ids),
      name,
      kind: "stillOpenAt" in what ? "survival" : "weeksWithin" in what ? "restricted-mean" : "share",
      measure: measureOf(counting),
      of: counting.universe,
      period:
        "stillOpenAt" in what || "weeksWithin" in what
          ? periodText(subject.plan)
          : longDate(subject.plan.reference_date),
      ...(polarity === undefined ? {} : { polarity }),
    },
    counting,
    notes: [...(note === undefined ? [] : [note]), ...notes.map(({ text }) => text)],
    ...(mix === undefined ? {} : { mix }),
  };
}

function measureOf({ what }: Counting): Measure {
  if ("weeksWithin" in what) return { key: "value", label: "Weeks", kind: "weeks", interval: true };
  return { key: "value", label: "%", kind: "share", interval: true };
}
