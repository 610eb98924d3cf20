import type { Plan } from "../../plan/types.js";
import { dayStanding, openUnits } from "../day-standing.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { lawColumns, lawTypeNotes, lawTypeTable, missingIn, shareUncertainty } from "../law-types.js";
import { type Cell, isInterval, type KeyMessage, type Result, type ResultTable } from "../result.js";
import { shareDesignEffect } from "../share-design-effect.js";
import { type ColumnAt, countIn, knownIn, shareOf } from "../shares.js";
import { singleValued, unitsWhere } from "../subject-fields.js";
import { fieldOf, tabulate } from "../tabulate.js";
import { type Count, isMarked, type Marked, type Statistic, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { countText, fieldWords, inSentence, longDate, shareText } from "../words.js";
import { besideOpen, dayStandingTallies, laterNotes } from "./day-standing-tallies.js";

/** How long the cases have waited that are open: ages of a stock, never how long cases take. */
export const openAgeItem: Item = {
  id: "open-age",
  section: "delay",
  question: "How long have open cases waited?",
  needs: "open cases with the date of application",
  refusal,
  count,
  result,
};

function refusal(subject: Subject): Refusal | undefined {
  const { frame, plan } = subject;
  const { from, to } = plan.delay;
  if (!frame.fields.has("delay_band"))
    return {
      reason: `The export lacks ${from} or ${to}, between which delay is measured.`,
      instead: "Ask for both dates, and map them under columns in the plan.",
    };
  if (frame.fields.get("delay_band")?.kind === "list")
    return {
      reason: "The children of some cases have different dates, so that a case has no one delay.",
      instead: "Analyse children: unit: child in the plan.",
    };
  const open = openUnits(subject);
  const standing = dayStanding(subject);
  if (open?.length === 0 && subject.units.some((unit) => standing?.[unit] === 2))
    return {
      reason: `No case without ${to} has ${from}, so that it is not known whether any is open.`,
      instead: "Ask for the date on which each case began.",
    };
  if (open === undefined || open.length === 0)
    return {
      reason: `No case in the export was open on ${longDate(plan.reference_date)}.`,
      instead: "Ask for the open cases; those closed say how long completed cases took, and no more.",
    };
  const band = fieldOf(subject, "delay_band");
  return unitsWhere({ ...subject, units: open }, band, (level) => level !== "not_recorded").length > 0
    ? undefined
    : {
        reason: `No open case has ${from}.`,
        instead: "Ask for the date on which each case began.",
      };
}

/** Of which group, and which threshold: "open_age_effect/over 52/private". */
function effectName(weeks: number, group: string): string {
  return `open_age_effect/over ${weeks}/${group}`;
}

function count(subject: Subject): Counted {
  const { plan } = subject;
  const open = openUnits(subject) as Int32Array;
  const tally = tabulate(subject, {
    id: "open_age",
    universe: `open ${unitNoun(plan)}`,
    within: unitNoun(plan),
    rows: "delay_band",
    columns: "law_type",
    units: open,
  });
  const lawField = subject.frame.fields.get("law_type");
  const law = lawField && singleValued(lawField);
  const groups: [string, Int32Array][] = [
    ["all", open],
    ...tally.columns.levels.map(({ key }): [string, Int32Array] => [
      key,
      law === undefined ? open : unitsWhere({ ...subject, units: open }, law, (level) => level === key),
    ]),
  ];
  const entries = groups.flatMap(([group, units]) =>
    plan.bands.delay.over.map((weeks): [string, Statistic] => [
      effectName(weeks, group),
      overEffect(subject, units, weeks),
    ]),
  );
  return {
    tallies: [tally, ...dayStandingTallies(subject, "open-age")],
    statistics: Object.fromEntries(entries),
  };
}

/** The design effect of a share over a threshold; its base is how many it is of. */
export function overEffect(subject: Subject, units: Int32Array, weeks: number): Statistic {
  const days = fieldOf(subject, "delay_days");
  const known = unitsWhere({ ...subject, units }, days, (level) => level !== "");
  const over = days.levels.map((level) => Number(level !== "" && Number(level) > weeks * 7));
  const has = Uint8Array.from(known, (unit) => over[days.codes[unit] as number] as number);
  const value = known.length === 0 ? 1 : shareDesignEffect(subject, { units: known, has });
  return { value, base: known.length, step: 0.1 };
}

function result(counted: Counted, { plan }: About): Result {
  const [tally] = counted.tallies as [Tally, ...Tally[]];
  const beside = besideOpen(counted.tallies, plan, "more");
  const unit = unitNoun(plan);
  const date = longDate(plan.reference_date);
  const over = overTable(tally, counted.statistics ?? {}, plan);
  return {
    base: {
      units: tally.total,
      unit: `open ${unitNoun(plan)}`,
      period: date,
      missing: missingIn(tally),
      ...(beside === undefined ? {} : { beside }),
    },
    method: `Time from ${fieldWords(plan.delay.from)} to ${date} of ${unit} whose case is open; a week is 7 days, and over 52 weeks is more than 364 days.`,
    uncertainty: shareUncertainty(plan),
    tables: [
      lawTypeTable(tally, {
        plan,
        id: "open_age",
        caption: `Ages of open cases by law type, ${date}: number of ${unit}, percentage of those known with 95% interval, and bounds`,
      }),
      over,
    ],
    notes: [
      ...lawTypeNotes(tally, plan),
      ...laterNotes(counted.tallies, plan),
      "These are ages of open cases. They are not how long cases take: cases that take long are over-represented among those open on a day, and none of them has ended.",
      "26 weeks is a statutory limit in public law only.",
      ...impossible(tally, unit),
    ],
    messages: messages(over, plan),
    enquiries: enquiries(over, plan),
  };
}

function impossible(tally: Tally, unit: string): string[] {
  const row = tally.rows.levels.findIndex(({ key }) => key === "below 0");
  if (row === -1) return [];
  const count = countIn(tally, row, "all");
  return [
    `Of the open ${unit}, ${countText(count)} ${count === 1 ? "has" : "have"} a start after the reference date, which cannot be right; they are in the base of every share.`,
  ];
}

/** A row for each threshold and law type: how many have waited longer, and their share of those known. */
function overTable(
  tally: Tally,
  statistics: Readonly<Record<string, Statistic | Marked>>,
  plan: Plan,
): ResultTable {
  const unit = unitNoun(plan);
  const rows = lawColumns(tally, plan).flatMap(({ at, name }) =>
    plan.bands.delay.over.map((weeks) => {
      const group = at === "all" ? "all" : (tally.columns.levels[at]?.key as string);
      const count = countOver(tally, at, weeks, plan);
      return {
        names: [name, `Over ${weeks} weeks`],
        cells: [count, shareOver(count, knownIn(tally, at), statistics[effectName(weeks, group)])],
      };
    }),
  );
  return {
    id: "open_age_over",
    caption: `Open ${unit} who have waited longer than each threshold by law type, ${longDate(plan.reference_date)}: number, and percentage of those known with 95% interval`,
    dimensions: ["Law type", "Waited"],
    measures: [
      { key: unit, label: unit === "children" ? "Children" : "Cases", kind: "count" },
      { key: "share_of_known", label: "% of known", kind: "share", interval: true },
    ],
    rows,
  };
}

/** Bands beyond a threshold added up, or the others taken from all where one of them is hidden. */
export function countOver(tally: Tally, column: ColumnAt, weeks: number, plan: Plan): Count {
  const { over } = plan.bands.delay;
  const beyond = new Set(
    over.flatMap((bound, at) =>
      bound >= weeks
        ? [over[at + 1] === undefined ? `over ${bound}` : `over ${bound} to ${over[at + 1]}`]
        : [],
    ),
  );
  const bands = tally.rows.levels.flatMap(({ key, unknown }, row) =>
    unknown ? [] : [{ isOver: beyond.has(key), count: countIn(tally, row, column) }],
  );
  const sum = (isOver: boolean): Count =>
    bands
      .filter((band) => band.isOver === isOver)
      .reduce<Count>(
        (total, { count }) => (isMarked(total) ? total : isMarked(count) ? count : total + count),
        0,
      );
  const direct = sum(true);
  if (!isMarked(direct)) return direct;
  const [known, rest] = [knownIn(tally, column), sum(false)];
  return isMarked(known) || isMarked(rest) ? direct : Math.max(0, known - rest);
}

/** Without its interval where the design effect may not be shown. */
export function shareOver(count: Count, known: Count, effect: Statistic | Marked | undefined): Cell {
  if (isMarked(count)) return count;
  if (isMarked(known)) return known;
  if (known <= 0) return { mark: "x" };
  if (effect === undefined || isMarked(effect)) return Math.min(1, count / known);
  return shareOf(count, known, effect.value > 0 ? effect.value : 1);
}

/** Each threshold of all, the longest weighing most. Where nobody waited so long, nobody waited longer. */
function messages({ rows }: ResultTable, plan: Plan): KeyMessage[] {
  const { over } = plan.bands.delay;
  const date = longDate(plan.reference_date);
  const isNone = (at: number): boolean => rows[at]?.cells[0] === 0;
  return rows.slice(0, over.length).flatMap(({ cells: [count, share], names }, at) => {
    if (typeof count !== "number" || !isInterval(share)) return [];
    const waited = (names[1] as string).toLowerCase();
    if (count === 0)
      return isNone(at - 1) ? [] : [{ text: `${nobodyWaited(plan.unit, waited)}.`, weight: 0.1 }];
    return [
      {
        text:
          `${waitedText(count, plan)} ${waited}: ${shareText(share.value)} of those whose case is open on ${date} ` +
          `(95% interval ${shareText(share.lower)} to ${shareText(share.upper)}).`,
        weight: Math.min(1, share.value * (at + 1)),
      },
    ];
  });
}

/** @param waited - "over 52 weeks" */
export function nobodyWaited(unit: Plan["unit"], waited: string): string {
  return `No open ${unit} has waited ${waited}`;
}

function waitedText(count: number, plan: Plan): string {
  return count === 1
    ? `1 open ${plan.unit} has waited`
    : `${countText(count)} open ${unitNoun(plan)} have waited`;
}

/** Who has waited longest, by law type: a question, not a finding. */
function enquiries({ rows }: ResultTable, plan: Plan): KeyMessage[] {
  const weeks = plan.bands.delay.over.at(-1) as number;
  const groups = rows.flatMap(({ names: [law = "", waited], cells: [count, share] }, at) => {
    const isAll = at < plan.bands.delay.over.length;
    if (isAll || waited !== `Over ${weeks} weeks` || typeof count !== "number" || count === 0) return [];
    if (!isInterval(share)) return [];
    const { value, lower, upper } = share;
    const told = `${countText(count)} in ${inSentence(law)} (${shareText(value)}, 95% interval ${shareText(lower)} to ${shareText(upper)})`;
    return [{ told, value }];
  });
  if (groups.length === 0) return [];
  return [
    {
      text: `Of open ${unitNoun(plan)}, ${groups.map(({ told }) => told).join(" and ")} have waited over ${weeks} weeks: what keeps their cases open?`,
      weight: Math.min(1, 0.3 + Math.max(...groups.map(({ value }) => value))),
    },
  ];
}
