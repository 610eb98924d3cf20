import type { Plan } from "../../plan/types.js";
import { differenceOfEstimates } from "../../statistics/difference-of-estimates.js";
import { differsBeforeRounding } from "../contrast.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import {
  boundsNote,
  lawTypeColumns,
  lawTypeNotes,
  lawTypeTable,
  missingIn,
  shareUncertainty,
} from "../law-types.js";
import type { KeyMessage, Result } from "../result.js";
import { shareIn } from "../shares.js";
import { tabulate } from "../tabulate.js";
import { isMarked, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { inSentence, periodText, shareText } from "../words.js";
import { fieldRefusal } from "./characteristic-item.js";

/** Who comes back: those with an earlier application. */
export const repeatItem: Item = {
  id: "repeat",
  section: "work",
  question: "Who comes back?",
  needs: "previous application",
  refusal,
  count,
  result,
};

const yes = "yes";

function refusal(subject: Subject): Refusal | undefined {
  const missing = fieldRefusal(subject, "previous_application", "previous application");
  if (missing !== undefined) return missing;
  const field = subject.frame.fields.get("previous_application");
  return field?.levels.some((level) => level === yes || level === "no" || field.kind === "list")
    ? undefined
    : {
        reason: "Whether there was an earlier application is known for nobody.",
        instead: "Map the column's values to yes and no under values in the plan.",
      };
}

function count(subject: Subject): Counted {
  const tally = tabulate(subject, {
    id: "repeat",
    universe: unitNoun(subject.plan),
    rows: "previous_application",
    columns: "law_type",
  });
  return { tallies: [tally.rows.levels.some(({ key }) => key === yes) ? tally : withNobody(tally)] };
}

/** That nobody has an earlier application is a finding, and has its row. */
function withNobody(tally: Tally): Tally {
  const width = tally.columns.levels.length;
  const { effects, rows, cells, rowTotals } = tally;
  return {
    ...tally,
    rows: { ...rows, levels: [{ key: yes, label: "Yes" }, ...rows.levels] },
    cells: [new Array<number>(width).fill(0), ...cells],
    rowTotals: [0, ...rowTotals],
    ...(effects === undefined
      ? {}
      : {
          effects: {
            cells: [new Array<number>(width).fill(1), ...effects.cells],
            rowTotals: [1, ...effects.rowTotals],
          },
        }),
  };
}

function result({ tallies }: Counted, { plan }: About): Result {
  const [tally] = tallies as [Tally];
  const unit = unitNoun(plan);
  return {
    base: {
      units: tally.total,
      unit: unitNoun(plan),
      period: periodText(plan),
      missing: missingIn(tally),
    },
    method: `Share with an earlier application, of the ${unit} for whom the export says whether there was one.`,
    uncertainty: shareUncertainty(plan),
    tables: [
      lawTypeTable(tally, {
        plan,
        id: "repeat",
        caption: `${unit === "children" ? "Children" : "Cases"} with and without an earlier application by law type, ${periodText(plan)}: number, percentage of those known with 95% interval, and bounds`,
      }),
    ],
    notes: [
      ...lawTypeNotes(tally, plan),
      "What counts as an earlier application, and how far back it is looked for, is as the export's owner records it.",
      boundsNote,
    ],
    messages: messages(tally, plan),
    enquiries: [],
  };
}

function messages(tally: Tally, plan: Plan): KeyMessage[] {
  const row = tally.rows.levels.findIndex(({ key }) => key === yes);
  const all = shareIn(tally, row, "all");
  if (isMarked(all)) return [];
  const known = "of those for whom it is known";
  const first: KeyMessage = {
    text: `${shareText(all.value)} of ${unitNoun(plan)} have had an earlier application, ${known} (95% interval ${shareText(all.lower)} to ${shareText(all.upper)}).`,
    weight: 0.25,
  };
  const [one, other] = lawTypeColumns(tally, plan).map(({ at, name }) => ({
    at,
    name,
    share: shareIn(tally, row, at),
  }));
  if (one === undefined || other === undefined || isMarked(one.share) || isMarked(other.share))
    return [first];
  const [higher, lower] =
    one.share.value >= other.share.value
      ? [
          { ...one, share: one.share },
          { ...other, share: other.share },
        ]
      : [
          { ...other, share: other.share },
          { ...one, share: one.share },
        ];
  const difference = differenceOfEstimates(higher.share, lower.share);
  if (!(difference.lower > 0) || !differsBeforeRounding(tally, row, { higher, lower })) return [first];
  const points = (share: number): string => (share * 100).toFixed(1);
  return [
    first,
    {
      text: `An earlier application is more common in ${inSentence(higher.name)} (${shareText(higher.share.value)}) than in ${inSentence(lower.name)} (${shareText(lower.share.value)}): a difference of ${points(difference.value)} percentage points (95% interval ${points(difference.lower)} to ${points(difference.upper)}).`,
      weight: Math.min(1, 0.2 + difference.lower),
    },
  ];
}
