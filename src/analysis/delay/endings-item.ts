import { type Field, isBlankLevel, notRecorded } from "../../frame/field.js";
import { levelLabel } from "../../frame/labels.js";
import { compareBytes } from "../../frame/text.js";
import { benjaminiHochberg } from "../../statistics/benjamini-hochberg.js";
import { graysTest } from "../../statistics/grays-test.js";
import type { CurveSet } from "../curves.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { isLawType, lawName } from "../law-types.js";
import type { KeyMessage, Result } from "../result.js";
import { fieldOf } from "../tabulate.js";
import { isMarked, type Marked, type Statistic, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { inSentence, periodText, shareText } from "../words.js";
import { thresholdWeeks } from "./curve-grid.js";
import { followUpTally } from "./follow-up-tally.js";
import { type Ending, incidenceSet, stillOpen } from "./incidence-curves.js";
import { observe, windowRefusal } from "./observation.js";
import { readCurve } from "./read-curve.js";
import { orUndefined, survivalByLaw } from "./survival-curves.js";
import { survivalBase, windowNotes } from "./survival-words.js";
import { type Watched, type WatchedGroup, watch, watchedByLaw, watchedWhere } from "./watched.js";

/** How cases end, where one way of ending rules out the others. */
export const endingsItem: Item = {
  id: "endings",
  section: "delay",
  question: "How do cases end, and when?",
  needs: "an observation window, and a field that says how a case ended (pia: outcome)",
  refusal,
  count,
  result,
};

/** More ways of ending than this are no ways of ending, but texts. */
const mostEndings = 20;
/** Gray's test is not made of a way of ending that fewer of a law type came to. */
const leastEndings = 10;

function refusal(subject: Subject): Refusal | undefined {
  const window = windowRefusal(subject);
  if (window !== undefined) return window;
  const name = subject.plan.pia?.outcome;
  if (name === undefined) {
    return {
      reason: "The plan does not say which field tells how a case ended.",
      instead:
        "Name it in the plan as outcome, under pia; without it, read “How long do cases last?”, which takes all endings together.",
    };
  }
  const field = subject.frame.fields.get(name);
  if (field === undefined || field.kind === "list" || field.kind === "date") {
    return {
      reason: `The field ${name} does not tell one way of ending of each unit.`,
      instead: "Name a field of single categories as outcome, under pia.",
    };
  }
  const { endings } = endingsOf(subject, field, watch(subject));
  return endings.length <= mostEndings
    ? undefined
    : {
        reason: `The field ${name} has more than ${mostEndings} different values among ended cases.`,
        instead: "Map its values to a few ways of ending, under values in the plan.",
      };
}

/** The ways in which watched units ended, in byte order with the unrecorded last; each unit's place among them, from 1. */
function endingsOf(
  { plan }: Subject,
  field: Field,
  { units, event }: Watched,
): { readonly endings: readonly Ending[]; readonly kinds: Uint8Array } {
  const came = new Set<number>();
  for (const [at, unit] of units.entries()) if (event[at] === 1) came.add(field.codes[unit] as number);
  const keys = field.levels.map((level) => (isBlankLevel(field.kind, level) ? notRecorded : level));
  const sorted = [...new Set(Array.from(came, (code) => keys[code] as string))].sort(
    (a, b) => Number(a === notRecorded) - Number(b === notRecorded) || compareBytes(a, b),
  );
  const kindOf = keys.map((key) => sorted.indexOf(key) + 1);
  return {
    endings: sorted.map((key) => ({ key, label: levelLabel(field.name, key, plan) })),
    kinds: Uint8Array.from(units, (unit, at) =>
      event[at] === 1 ? (kindOf[field.codes[unit] as number] as number) : 0,
    ),
  };
}

function count(subject: Subject): Counted {
  const watched = watch(subject);
  const field = fieldOf(subject, subject.plan.pia?.outcome as string);
  const { endings, kinds } = endingsOf(subject, field, watched);
  // By unit of the frame.
  const kindOf = new Uint8Array(subject.frame.ids.length);
  for (const [at, unit] of watched.units.entries()) kindOf[unit] = kinds[at] as number;
  const curves = survivalByLaw(subject).map((law) =>
    incidenceSet(law, { endings, kinds: kindsOf(law.group.watched, kindOf) }),
  );
  return {
    tallies: [followUpTally(subject, "endings")],
    statistics: {
      ...observe(subject).doubts,
      ...lawTypeTests({
        groups: watchedByLaw(subject).filter(({ key }) => isLawType(key)),
        kindOf,
        endings,
      }),
    },
    curves,
  };
}

function kindsOf({ units }: Watched, kindOf: Uint8Array): Uint8Array {
  return Uint8Array.from(units, (unit) => kindOf[unit] as number);
}

/**
 * Gray's test of each way of ending between law types, on cases that began in the window (it has no form for delayed entry)
 * and one child of each (it has none for clusters).
 */
function lawTypeTests({
  groups,
  kindOf,
  endings,
}: {
  readonly groups: readonly WatchedGroup[];
  readonly kindOf: Uint8Array;
  readonly endings: readonly Ending[];
}): Record<string, Statistic> {
  if (groups.length < 2) return {};
  const parts = groups.map(({ watched }) => {
    const seen = new Set<number>();
    return watchedWhere(watched, (_, at) => {
      const cluster = watched.clusters.codes[at] as number;
      if (watched.entry[at] !== 0 || seen.has(cluster)) return false;
      seen.add(cluster);
      return true;
    });
  });
  const kinds = parts.map((part) => Array.from(kindsOf(part, kindOf)));
  const followUp = { exit: parts.flatMap(({ exit }) => Array.from(exit)), event: kinds.flat() };
  const codes = parts.flatMap(({ units }, group) => Array.from(units, () => group));
  const tests = endings.flatMap(({ key }, ending) => {
    const base = Math.min(...kinds.map((own) => own.filter((kind) => kind === ending + 1).length));
    if (base < leastEndings) return [];
    const test = orUndefined("STATISTIC_UNDEFINED", () =>
      graysTest(followUp, { groups: { codes, count: groups.length }, cause: ending + 1 }),
    );
    return test === undefined ? [] : [{ key, base, pValue: test.pValue }];
  });
  const adjusted = benjaminiHochberg(tests.map(({ pValue }) => pValue));
  return Object.fromEntries(
    tests.map(({ key, base }, at) => [`gray.${key}`, { value: adjusted[at] as number, base, step: 0.001 }]),
  );
}

function result(counted: Counted, { plan }: About): Result {
  const { curves = [], statistics = {} } = counted;
  const noun = unitNoun(plan);
  const period = periodText(plan);
  const tested = Object.keys(statistics).some((name) => name.startsWith("gray."));
  return {
    base: survivalBase(counted.tallies[0] as Tally, plan),
    method:
      "Aalen–Johansen with delayed entry: the share that has ended in each way by a time, when one way of ending rules out the others. " +
      "Ended cases whose way of ending is blank are a way of their own, “Not recorded”.",
    uncertainty: `95% intervals on the log-log scale${plan.unit === "child" ? ", which let children of one case end together" : ""}.`,
    tables: [
      {
        id: "endings",
        caption: `Share of ${noun} whose case has ended in each way by 26, 52 and 100 weeks, ${period}`,
        dimensions: ["Law type", "Ending"],
        measures: [
          ...thresholdWeeks.map((weeks) => ({
            key: `by_${weeks}_weeks`,
            label: `By ${weeks} weeks`,
            kind: "share" as const,
            interval: true,
          })),
          ...(tested ? [{ key: "gray_p", label: "Law types alike (p)", kind: "probability" as const }] : []),
        ],
        rows: curves.flatMap((set) =>
          set.groups.map((group) => ({
            names: [lawOf(set, plan), group.label],
            cells: [
              ...thresholdWeeks.map((weeks) => {
                const read = readCurve(set, group, weeks * 7);
                return isMarked(read) ? read : read.share;
              }),
              ...(tested
                ? [isLawType(keyOf(set)) ? probabilityCell(statistics[`gray.${group.key}`], group.key) : none]
                : []),
            ],
          })),
        ),
      },
    ],
    notes: [
      ...windowNotes(counted, plan),
      ...(tested
        ? [
            `Whether law types are alike: Gray's test on cases that began in the window${plan.unit === "child" ? ", one child of each" : ""}, with p-values adjusted by Benjamini and Hochberg's method; at least ${leastEndings} endings of each kind in every law type.`,
          ]
        : []),
    ],
    messages: curves.flatMap((set) => commonest(set, plan)),
    enquiries: [],
  };
}

/** What is not tested, having no place in the test. */
const none: Marked = { mark: "z" };

/** Of the law type that the curves are of. */
function keyOf({ id }: CurveSet): string {
  return id.slice("endings.".length);
}

function lawOf(set: CurveSet, plan: About["plan"]): string {
  const key = keyOf(set);
  return key === "all" ? `All ${unitNoun(plan)}` : lawName(key, plan);
}

function probabilityCell(value: Statistic | Marked | undefined, key: string): number | Marked {
  if (key === stillOpen) return none;
  if (value === undefined) return { mark: "x" };
  return isMarked(value) ? value : value.value;
}

/** The commonest way of ending by 52 weeks, where its interval lies above all others'. */
function commonest(set: CurveSet, plan: About["plan"]): KeyMessage[] {
  const read = set.groups
    .filter(({ key }) => key !== stillOpen)
    .map((group) => ({ group, at: readCurve(set, group, 364) }));
  const known = read.flatMap(({ group, at }) => (isMarked(at) ? [] : [{ label: group.label, ...at.share }]));
  if (known.length < 2 || known.length < read.length) return [];
  const [top, next] = known.toSorted((a, b) => b.value - a.value);
  if (top === undefined || next === undefined || top.lower <= next.upper) return [];
  return [
    {
      text: `${lawOf(set, plan)}: the most common ending by 52 weeks is “${inSentence(top.label)}”, ${shareText(top.value, set)} (95% interval ${shareText(top.lower, set)} to ${shareText(top.upper, set)}).`,
      weight: 0.4,
    },
  ];
}
