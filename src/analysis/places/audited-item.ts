import { thousands } from "../../frame/words.js";
import { areaField } from "../area-field.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { missingIn } from "../law-types.js";
import type { Cell, KeyMessage, Result, ResultRow } from "../result.js";
import { type ColumnAt, countIn, knownIn } from "../shares.js";
import { tabulate } from "../tabulate.js";
import { type Count, fractionOf, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { periodText, shareText } from "../words.js";

/** What the body has audited itself: records that are especially useful to read. */
export const auditedItem: Item = {
  id: "audited",
  section: "regional",
  question: "What has the body audited itself?",
  needs: "audited",
  refusal,
  count,
  result,
};

function refusal({ frame }: Subject): Refusal | undefined {
  if (frame.fields.get("audited")?.kind === "category") return undefined;
  return {
    reason: "The export does not say which cases were audited.",
    instead: "Map audited, or ask for the list of audited cases and join it.",
  };
}

function count(subject: Subject): Counted {
  const { frame, plan } = subject;
  const request = { universe: unitNoun(plan), rows: "audited" } as const;
  const by = ["law_type", areaField(subject)].filter(
    (name): name is string => name !== undefined && frame.fields.has(name),
  );
  const tallies = by.map((columns) => tabulate(subject, { ...request, id: `audited/${columns}`, columns }));
  return { tallies: tallies.length > 0 ? tallies : [tabulate(subject, { ...request, id: "audited" })] };
}

function result({ tallies }: Counted, { plan }: About): Result {
  const noun = unitNoun(plan);
  const first = tallies[0] as Tally;
  return {
    base: {
      units: first.total,
      unit: unitNoun(plan),
      period: periodText(plan),
      missing: missingIn(first),
    },
    method: `Shares are of ${noun} of which it is known whether they were audited.`,
    uncertainty: "None: every audited record of the export is counted, and a body chooses what it audits.",
    tables: [
      {
        id: "audited",
        caption: `${noun === "cases" ? "Cases" : "Children"} whose record the body has audited, ${periodText(plan)}`,
        dimensions: ["Characteristic", "Group"],
        measures: [
          { key: `audited_${noun}`, label: "Audited", kind: "count" },
          { key: noun, label: "Known", kind: "count" },
          { key: "share_audited", label: "Share audited", kind: "share" },
        ],
        rows: [
          { names: ["All", `All ${noun}`], cells: cellsOf(first, "all") },
          ...tallies.flatMap((tally) =>
            tally.columns.levels.map(
              ({ label }, column): ResultRow => ({
                names: [tally.columns.label, label],
                cells: cellsOf(tally, column),
              }),
            ),
          ),
        ],
      },
    ],
    notes: [
      "Audited cases are chosen, and not like the others: what is found in them does not hold for all.",
    ],
    messages: messagesOf(first, noun),
    enquiries: [],
  };
}

function auditedIn(tally: Tally, column: ColumnAt): Count {
  const row = tally.rows.levels.findIndex(({ key }) => key === "yes");
  return row === -1 ? 0 : countIn(tally, row, column);
}

function cellsOf(tally: Tally, column: ColumnAt): Cell[] {
  const audited = auditedIn(tally, column);
  const known = knownIn(tally, column);
  return [audited, known, fractionOf(audited, known)];
}

function messagesOf(tally: Tally, noun: string): KeyMessage[] {
  const [audited, , share] = cellsOf(tally, "all");
  if (typeof audited !== "number" || typeof share !== "number") return [];
  const text =
    audited === 0
      ? `The body has audited none of these ${noun}.`
      : `The body has audited ${thousands(audited)} ${noun} (${shareText(share)}).`;
  return [{ text, weight: 0.3 }];
}
