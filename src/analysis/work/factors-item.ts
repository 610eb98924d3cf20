import type { Plan } from "../../plan/types.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import {
  boundsNote,
  lawColumns,
  lawTypeNotes,
  lawTypeTable,
  missingIn,
  shareUncertainty,
} from "../law-types.js";
import { leadingLevel, levelShareIn } from "../leading.js";
import type { KeyMessage, Result } from "../result.js";
import { tabulate } from "../tabulate.js";
import { isMarked, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { countText, periodText, shareText } from "../words.js";

/** What brought the children to court: each factor by itself, several to a child. */
export const factorsItem: Item = {
  id: "factors",
  section: "children",
  question: "What brought them to court?",
  needs: "factors",
  refusal,
  count,
  result,
};

function refusal({ frame, units }: Subject): Refusal | undefined {
  const field = frame.fields.get("factors");
  if (field === undefined)
    return {
      reason: "The export has no factors.",
      instead: "Ask for the factors of each case, as a list, a column each, or a file to join.",
    };
  return units.some((unit) => field.levels[field.codes[unit] as number] !== "")
    ? undefined
    : {
        reason: "No factor is recorded for anyone.",
        instead: "Check the separator of the list, or the keys of the file that is joined.",
      };
}

function count(subject: Subject): Counted {
  return {
    tallies: [
      tabulate(subject, {
        id: "factors",
        universe: unitNoun(subject.plan),
        rows: "factors",
        columns: "law_type",
      }),
    ],
  };
}

function result({ tallies }: Counted, { plan }: About): Result {
  const [tally] = tallies as [Tally];
  const unit = unitNoun(plan);
  const missing = missingIn(tally);
  const table = lawTypeTable(tally, {
    plan,
    id: "factors",
    caption: `${unit === "children" ? "Children" : "Cases"} with each factor by law type, ${periodText(plan)}: number, percentage of those with any factor recorded with 95% interval, and bounds`,
  });
  return {
    base: { units: tally.total, unit: unitNoun(plan), period: periodText(plan), missing },
    method: `For each factor the share of the ${unit} with any factor recorded; ${unit === "children" ? "a child" : "a case"} with several factors counts under each.`,
    uncertainty: shareUncertainty(plan),
    tables: [table],
    notes: [
      ...lawTypeNotes(tally, plan),
      "Where no factor is recorded, the export does not tell whether there was none or nobody wrote it down.",
      boundsNote,
    ],
    messages: [...leadingMessages(tally, plan), ...missingMessages(tally, plan)],
    enquiries: [],
  };
}

/** The commonest factor of each law type, or of all where there is none: law types have factors of their own. */
function leadingMessages(tally: Tally, plan: Plan): KeyMessage[] {
  const [all, ...laws] = lawColumns(tally, plan);
  return (laws.length > 0 ? laws : all === undefined ? [] : [all]).flatMap(({ at, name }) => {
    const shares = tally.rows.levels.flatMap(({ label, unknown }, row) =>
      unknown ? [] : [levelShareIn(tally, row, { label, at })],
    );
    const leading = leadingLevel(shares, { disjoint: false });
    if (leading === undefined) return [];
    const { value, lower, upper } = leading.share;
    return [
      {
        text: `${name}: the commonest factor is “${leading.label}”, recorded for ${shareText(value)} of ${unitNoun(plan)} with any factor recorded (95% interval ${shareText(lower)} to ${shareText(upper)}).`,
        weight: 0.3,
      },
    ];
  });
}

function missingMessages(tally: Tally, plan: Plan): KeyMessage[] {
  const missing = missingIn(tally);
  const { total } = tally;
  if (isMarked(missing) || isMarked(total) || total === 0 || missing / total < 0.05) return [];
  const share = missing / total;
  return [
    {
      text: `No factor is recorded for ${countText(missing)} of ${countText(total)} ${unitNoun(plan)} (${shareText(share)}).`,
      weight: Math.min(1, 0.2 + share),
    },
  ];
}
