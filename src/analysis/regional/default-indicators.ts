import type { Condition } from "../../plan/types.js";
import { openUnits } from "../day-standing.js";
import type { Subject } from "../item.js";
import { unitNoun } from "../units.js";
import type { Polarity, RefusedIndicator } from "./comparison.js";
import type { Wanted } from "./defined-indicator.js";

const weekDays = 7;

/** What cannot be had, and what of an export it would take. */
interface Need {
  readonly holds: boolean;
  readonly reason: string;
  readonly instead: string;
}

/**
 * The indicators of a plan that defines none, as far as the export carries them. Only delay, missing records and children without
 * a practitioner have a direction that is plainly good.
 *
 * @param by - the field of the areas; of local authorities all is of public law, so that no name says so
 * @param refused - receives what the export does not carry
 */
export function defaultIndicators(subject: Subject, by: string, refused: RefusedIndicator[]): Wanted[] {
  const { frame, plan } = subject;
  const noun = unitNoun(plan);
  const publicOnly = by === "local_authority";
  const kindOf = (name: string) => frame.fields.get(name)?.kind;
  const openOnes = openUnits(subject)?.length ?? 0;
  const has = (name: string, kind: string): Need => ({
    holds: kindOf(name) === kind,
    reason:
      kindOf(name) === "list"
        ? `A case may have several values of ${name}, one for each child.`
        : `The export does not have ${name}.`,
    instead: kindOf(name) === "list" ? "Compare children (unit: child)." : `Map ${name} in the plan.`,
  });
  const isOpen: Need = {
    holds: openOnes > 0,
    reason: "No case in the export is known to be open.",
    instead: "Ask for the open cases too, and map the dates of their beginning and end.",
  };
  const delay = {
    ...has("delay_days", "number"),
    instead: `Map ${plan.delay.from} and ${plan.delay.to} in the plan.`,
  };
  const law = has("law_type", "category");
  const inLaw = { law_type: ["public"] } as const;
  const found: Wanted[] = [];
  const add = (
    name: string,
    what: Wanted["counting"]["what"],
    options: {
      readonly needs: readonly Need[];
      readonly open?: true;
      readonly public?: true;
      readonly polarity?: Polarity;
      readonly note?: string;
    },
  ): void => {
    const lacks = options.needs.find(({ holds }) => !holds);
    if (lacks !== undefined) {
      refused.push({ name, reason: lacks.reason, instead: lacks.instead });
      return;
    }
    const own = options.open ? `open ${noun}` : noun;
    const inPublic = options.public === true && !publicOnly;
    found.push({
      name,
      counting: {
        of: inPublic ? inLaw : {},
        ...(options.open ? { open: true } : {}),
        what,
        universe: inPublic ? `${own} in public law` : own,
        ...(inPublic ? { within: own } : options.open ? { within: noun } : {}),
      },
      ...(options.polarity === undefined ? {} : { polarity: options.polarity }),
      ...(options.note === undefined ? {} : { note: options.note }),
    });
  };
  const where = (name: string, condition: Condition) => ({ where: { [name]: condition } });
  const inPublic = publicOnly ? "" : ", public law";
  const lower = { polarity: "lower_is_better" } as const;
  const over = (weeks: number) => where("delay_days", { over: weeks * weekDays });
  add(`Open over 26 weeks${inPublic}`, over(26), {
    needs: [isOpen, delay, law],
    open: true,
    public: true,
    ...lower,
  });
  add("Open over 52 weeks", over(52), { needs: [isOpen, delay], open: true, ...lower });
  add("Open over 100 weeks", over(100), { needs: [isOpen, delay], open: true, ...lower });
  add(`Still open at 26 weeks${inPublic}`, { stillOpenAt: 26 }, { needs: [law], public: true, ...lower });
  add(`Weeks open within a year${inPublic}`, { weeksWithin: 52 }, { needs: [law], public: true, ...lower });
  add(
    noun === "cases" ? "Without a practitioner" : "Children without a practitioner",
    where("practitioner", { blank: true }),
    {
      needs: [
        isOpen,
        { ...has("practitioner", kindOf("practitioner") ?? ""), holds: kindOf("practitioner") !== undefined },
      ],
      open: true,
      ...lower,
    },
  );
  add("Disability", where("disability", ["yes"]), { needs: [has("disability", "category")] });
  add("Aged under 1", where("age_years", { from: 0, to: 0 }), { needs: [has("age_years", "number")] });
  // Of the group and not of the code, as the analysis counts it: codes of what was declined or not obtained tell no group.
  add(
    "Ethnicity not known",
    { lacking: "ethnic_group" },
    { needs: [has("ethnicity", "category")], note: ethnicityNote(noun), ...lower },
  );
  add("Earlier application", where("previous_application", ["yes"]), {
    needs: [has("previous_application", "category")],
  });
  add("Audited", where("audited", ["yes"]), { needs: [has("audited", "category")] });
  return found;
}

function ethnicityNote(noun: string): string {
  return (
    `Counted: ${noun} whose ethnic group is not known, as in the pre-inspection analysis: those without an ethnicity, with one that is not ` +
    "understood, or with a code that says that it is not known, was declined (REFU) or was not obtained (NOBT)."
  );
}
