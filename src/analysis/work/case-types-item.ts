import { fieldLabel } from "../../frame/labels.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { boundsNote, lawTypeNotes, missingIn, shareUncertainty } from "../law-types.js";
import type { Result } from "../result.js";
import { singleValued, withField } from "../subject-fields.js";
import { fieldOf, tabulate } from "../tabulate.js";
import type { Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { periodText } from "../words.js";
import { commonestMessage, isClassification, kindsTable, mostKinds } from "./kinds.js";

/** What work it is: law type, lead application and case type. */
export const caseTypesItem: Item = {
  id: "case-types",
  section: "work",
  question: "What work is it?",
  needs: "law type, lead application or case type",
  refusal,
  count,
  result,
};

const fields = ["law_type", "lead_application", "case_type"] as const;

function shownFields(subject: Subject): string[] {
  return fields.filter((name) => isClassification(subject.frame.fields.get(name)));
}

function refusal(subject: Subject): Refusal | undefined {
  if (shownFields(subject).length > 0) return undefined;
  return fields.some((name) => (subject.frame.fields.get(name)?.levels.length ?? 0) > mostKinds)
    ? {
        reason: `What the export says of law type, lead application and case type has more than ${mostKinds} values each.`,
        instead: "Map the values to fewer under values in the plan.",
      }
    : {
        reason: "The export says nothing of law type, lead application or case type.",
        instead: "Ask for them, and map them under columns in the plan.",
      };
}

function count(subject: Subject): Counted {
  const universe = unitNoun(subject.plan);
  return {
    tallies: shownFields(subject).map((name) =>
      tabulate(name === "law_type" ? withField(subject, singleValued(fieldOf(subject, name))) : subject, {
        id: `case_types_${name}`,
        universe,
        rows: name,
        ...(name === "law_type" ? {} : { columns: "law_type" }),
      }),
    ),
  };
}

function result({ tallies }: Counted, { plan }: About): Result {
  const [first] = tallies as [Tally, ...Tally[]];
  const unit = unitNoun(plan);
  const left = fields.filter((name) => !tallies.some(({ rows }) => rows.field === name));
  const crossed = tallies.find(({ rows }) => rows.field !== "law_type");
  return {
    base: {
      units: first.total,
      unit: unitNoun(plan),
      period: periodText(plan),
      missing: missingIn(first),
    },
    method: `Share of the ${unit} whose law type, lead application or case type is known.`,
    uncertainty: shareUncertainty(plan),
    tables: tallies.map((tally) => kindsTable(tally, plan)),
    notes: [
      ...left.map(
        (name) =>
          `${fieldLabel(name)} is not shown: the export lacks it, it is blank throughout, or it has more than ${mostKinds} values.`,
      ),
      ...(crossed === undefined ? [] : lawTypeNotes(crossed, plan)),
      boundsNote,
    ],
    messages: tallies.flatMap((tally) => commonestMessage(tally, plan)),
    enquiries: [],
  };
}
