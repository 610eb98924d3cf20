import { ownCategories } from "../../plan/fields.js";
import type { Plan } from "../../plan/types.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { boundsNote, lawTypeNotes, missingIn, shareUncertainty } from "../law-types.js";
import type { Result } from "../result.js";
import { tabulate } from "../tabulate.js";
import type { Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { listText, periodText } from "../words.js";
import { commonestMessage, isClassification, kindsTable, mostKinds } from "./kinds.js";

/**
 * Categories that the plan names beside the standard fields. Nothing is known of how they hang together with other fields: one may
 * be a coarser form of another, and what one table hides the other would give away. So they are never published.
 */
export const ownFieldsItem: Item = {
  id: "own-fields",
  section: "work",
  question: "What do the plan’s own categories say?",
  needs: "a category of the plan’s own (pia: fields); internal edition only",
  internalOnly: ({ pia }) => pia?.fields !== undefined,
  refusal,
  count,
  result,
};

function refusal({ frame, plan }: Subject): Refusal | undefined {
  const named = plan.pia?.fields ?? [];
  if (named.some((name) => isClassification(frame.fields.get(name)))) return undefined;
  if (named.length > 0)
    return {
      reason: `What the export says of ${listText(named)} is blank throughout, or has more than ${mostKinds} values.`,
      instead: "Map the values to fewer under values in the plan, or name another field under pia: fields.",
    };
  const unread = unreadCategories(plan);
  return unread.length === 0
    ? {
        reason: "No category of the plan’s own is named to be counted.",
        instead: "Give it under fields with type: category, and name it under pia: fields.",
      }
    : {
        reason: unreadText(unread),
        instead: "Name those that are to be counted under pia: fields.",
      };
}

/** The plan's own categories that no question of the catalogue reads. */
function unreadCategories(plan: Plan): string[] {
  const { pia, compare } = plan;
  const compared = (compare?.indicators ?? []).flatMap(({ of = {}, where = {} }) => [
    ...Object.keys(of),
    ...Object.keys(where),
  ]);
  const read = new Set([pia?.outcome, ...(pia?.fields ?? []), ...compared]);
  return ownCategories(plan).filter((name) => !read.has(name));
}

function unreadText(names: readonly string[]): string {
  return names.length === 1
    ? `No question reads ${names[0]}, a category of the plan’s own.`
    : `No question reads these categories of the plan’s own: ${listText(names)}.`;
}

function count(subject: Subject): Counted {
  const { frame, plan } = subject;
  const named = (plan.pia?.fields ?? []).filter((name) => isClassification(frame.fields.get(name)));
  return {
    tallies: named.map((name) =>
      tabulate(subject, {
        id: `own_${name}`,
        universe: unitNoun(plan),
        rows: name,
        columns: "law_type",
      }),
    ),
  };
}

function result({ tallies }: Counted, { plan }: About): Result {
  const [first] = tallies as [Tally, ...Tally[]];
  const unit = unitNoun(plan);
  const left = (plan.pia?.fields ?? []).filter((name) => !tallies.some(({ rows }) => rows.field === name));
  const unread = unreadCategories(plan);
  return {
    base: {
      units: first.total,
      unit,
      period: periodText(plan),
      ...(tallies.length === 1 ? { missing: missingIn(first) } : {}),
    },
    method: `Share of the ${unit} of whom each category is known. Categories are those that the plan names under pia: fields, with the export’s own values unless the plan gives codes for them.`,
    uncertainty: shareUncertainty(plan),
    tables: tallies.map((tally) => kindsTable(tally, plan)),
    notes: [
      ...left.map(
        (name) => `${name} is not shown: it is blank throughout, or has more than ${mostKinds} values.`,
      ),
      ...(unread.length === 0
        ? []
        : [`${unreadText(unread)} Name those that are to be counted under pia: fields.`]),
      ...lawTypeNotes(first, plan),
      boundsNote,
    ],
    messages: tallies.flatMap((tally) => commonestMessage(tally, plan)),
    enquiries: [],
  };
}
