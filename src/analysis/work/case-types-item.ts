import { fieldLabel } from "../../frame/labels.js";
import type { Plan } from "../../plan/types.js";
import { isUnknown } from "../axis.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { boundsNote, lawTypeNotes, lawTypeTable, missingIn, shareUncertainty } from "../law-types.js";
import { leadingLevel } from "../leading.js";
import type { KeyMessage, Result } from "../result.js";
import { shareIn } from "../shares.js";
import { tabulate } from "../tabulate.js";
import type { Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { inSentence, periodText, shareText } from "../words.js";

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

/** A field with more levels than this is free text and no classification. */
const mostLevels = 60;

function levelCount({ frame }: Subject, name: string): number {
  return frame.fields.get(name)?.levels.length ?? 0;
}

function shownFields(subject: Subject): string[] {
  return fields.filter((name) => {
    const levels = levelCount(subject, name);
    const field = subject.frame.fields.get(name);
    return levels > 0 && levels <= mostLevels && field?.levels.some((level) => !isUnknown(field, level));
  });
}

function refusal(subject: Subject): Refusal | undefined {
  if (shownFields(subject).length > 0) return undefined;
  return fields.some((name) => levelCount(subject, name) > mostLevels)
    ? {
        reason: `What the export says of law type, lead application and case type has more than ${mostLevels} values each.`,
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
      tabulate(subject, {
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
    tables: tallies.map((tally) =>
      lawTypeTable(tally, {
        plan,
        id: tally.id,
        caption: captionOf(tally, plan),
      }),
    ),
    notes: [
      ...left.map(
        (name) =>
          `${fieldLabel(name)} is not shown: the export lacks it, it is blank throughout, or it has more than ${mostLevels} values.`,
      ),
      ...(crossed === undefined ? [] : lawTypeNotes(crossed, plan)),
      boundsNote,
    ],
    messages: tallies.flatMap((tally) => message(tally, plan)),
    enquiries: [],
  };
}

function captionOf({ rows, columns }: Tally, plan: Plan): string {
  const unit = plan.unit === "case" ? "Cases" : "Children";
  const by = columns.levels.length > 0 ? " and law type" : "";
  return `${unit} by ${inSentence(rows.label)}${by}, ${periodText(plan)}: number, percentage of those known with 95% interval, and bounds`;
}

/** The commonest level, where its interval keeps clear of every other's. */
function message(tally: Tally, plan: Plan): KeyMessage[] {
  const shares = tally.rows.levels.flatMap(({ label, unknown }, row) =>
    unknown ? [] : [{ label, share: shareIn(tally, row, "all") }],
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
