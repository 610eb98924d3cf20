import { isoDay } from "../../frame/calendar.js";
import type { Field } from "../../frame/field.js";
import type { Join } from "../../plan/types.js";
import type { Refusal, Subject } from "../item.js";
import { perSubject } from "../per-subject.js";
import type { Statistic } from "../tally.js";
import { longDate } from "../words.js";
import { longestStretch } from "./empty-stretch.js";

/**
 * What an export can say of how long cases last. `window`: every case open at a day or opened since, and every ending up to
 * another day. `part-closed`: open and ended cases, of which nobody knows that all that ended are there.
 */
export type ExportShape = "window" | "open-only" | "closed-only" | "part-closed" | "undated";

/** Where a unit stands to the observation window; the first three are followed, the last four left out. */
export const standings = [
  "Ended in the window",
  "Still open at its end",
  "Ended after it",
  "Ended before it",
  "Began after it",
  "Ended before it began",
  "No date of its beginning",
] as const;

/** A unit's dates as day numbers; not a number where blank. */
export interface UnitDates {
  readonly begun: Float64Array;
  readonly ended: Float64Array;
}

export interface Observation {
  readonly shape: ExportShape;
  /** Why nothing can be said of how long cases last; undefined where the shape is `window`. */
  readonly refusal?: Refusal;
  /** Why the window that the plan declares is not used, as a sentence goes on after "observed is not used:". */
  readonly unused?: string;
  /** Dates of the subject's units, in their order; absent where `undated`. */
  readonly dates?: UnitDates;
  /** Only of a window: where each unit stands to it, as places in {@link standings}. */
  readonly standing?: Uint8Array;
  /** Days of the longest stretch of the window without an ending, or a beginning, where chance does not explain it. */
  readonly doubts: Readonly<Record<string, Statistic>>;
}

/**
 * What the export can say of how long cases last: from its dates and from the observation window that the plan declares. A window is
 * believed only where the dates bear it out.
 */
export const observe = perSubject(observationOf);

function observationOf(subject: Subject): Observation {
  const { plan, units } = subject;
  const [from, to] = [dateField(subject, plan.delay.from), dateField(subject, plan.delay.to)];
  if (from === undefined || to === undefined || units.length === 0) return undated(subject, from);
  const dates = { begun: daysOf(from, units), ended: daysOf(to, units) };
  if (dates.begun.every(Number.isNaN)) return undated(subject, undefined);
  const { observed } = plan;
  if (observed === undefined) return undeclared(subject, dates);
  const chosen = joinOfDates(plan);
  if (chosen !== undefined) return oneOfSeveral(dates, chosen);
  const window = { from: isoDay(observed.from), to: isoDay(observed.to) };
  const standing = Uint8Array.from(units, (_, at) =>
    standingOf(dates.begun[at] as number, dates.ended[at] as number, window),
  );
  const span = `${longDate(observed.from)} to ${longDate(observed.to)}`;
  if (!standing.includes(0)) {
    return refused("open-only", dates, {
      reason: `The plan says that every ending from ${span} is in the export, but no case ends in it.`,
      instead: `${openAges} If the file of ended cases is missing, add it to the plan's data.`,
      unused: "no case ends in it. Is the file of ended cases missing from data?",
    });
  }
  if (!standing.includes(1) && !standing.includes(2)) {
    return refused("closed-only", dates, {
      reason: `The plan says that every case open from ${span} is in the export, but no case is open at its end: it was chosen by having ended.`,
      instead: `${completedOnly} If the file of open cases is missing, add it to the plan's data.`,
      unused: "no case is open at its end. Is the file of open cases missing from data?",
    });
  }
  const within = (days: Float64Array): Float64Array =>
    days.filter((day, at) => day >= window.from && day <= window.to && (standing[at] as number) < 3);
  const [endings, beginnings] = [within(dates.ended), within(dates.begun)];
  const quiet = longestStretch(endings, window);
  const length = window.to - window.from + 1;
  if (quiet.improbable && quiet.days * 4 > length) {
    return refused("part-closed", dates, {
      reason:
        `The plan says that every ending from ${span} is in the export, but for ${Math.round(quiet.days / 7)} of its ` +
        `${Math.round(length / 7)} weeks none is: endings lie within ${weeksText(length - quiet.days)}.`,
      instead: `Set observed to the span for which every ending is in the file, or ask the data's owner for the rest. ${openAges}`,
      unused: `for ${Math.round(quiet.days / 7)} of its ${Math.round(length / 7)} weeks no case ends. Are endings missing from data?`,
    });
  }
  const silent = longestStretch(beginnings, window);
  const doubt = (days: number, base: number): Statistic => ({ value: days, base, step: 7 });
  return {
    shape: "window",
    dates,
    standing,
    doubts: {
      ...(quiet.improbable ? { days_without_ending: doubt(quiet.days, endings.length) } : {}),
      ...(silent.improbable ? { days_without_beginning: doubt(silent.days, beginnings.length) } : {}),
    },
  };
}

/** Why an item that needs the observation window cannot be had. */
export function windowRefusal(subject: Subject): Refusal | undefined {
  return observe(subject).refusal;
}

const openAges = "Read “How long have open cases waited?”.";
const completedOnly =
  "Read “How long had the cases taken that ended?”, which leaves out those that still go on.";

function refused(
  shape: ExportShape,
  dates: UnitDates,
  { unused, ...refusal }: Refusal & Pick<Observation, "unused">,
): Observation {
  return { shape, dates, refusal, ...(unused === undefined ? {} : { unused }), doubts: {} };
}

/** The joined file of which one row a unit gives the dates, where it does. */
export function joinOfDates({ joins, delay }: Subject["plan"]): Join | undefined {
  return joins.find(({ many, columns }) => {
    if (typeof many === "string") return false;
    // The field that chooses the row is the joined file's own.
    const given = [...Object.keys(columns), "latest" in many ? many.latest : many.earliest];
    return given.includes(delay.from) || given.includes(delay.to);
  });
}

/** A unit's other beginnings and endings are in no field, so that a span is never whole. */
function oneOfSeveral(dates: UnitDates, { many, path }: Join): Observation {
  const which = typeof many === "object" && "earliest" in many ? "earliest" : "latest";
  return refused("part-closed", dates, {
    reason: `The dates come from ${path}, of which only the ${which} row of each unit is taken, so that its other beginnings and endings are missing from the span observed.`,
    instead: `Name ${path} under data, with a unit_id that tells its rows apart. ${openAges}`,
    unused: `only the ${which} row of each unit in ${path} is taken, so that its other beginnings and endings are missing.`,
  });
}

function undated({ plan, frame }: Subject, from: Field | undefined): Observation {
  const lacking = from === undefined ? plan.delay.from : plan.delay.to;
  const kind = frame.fields.get(lacking)?.kind;
  const reason =
    kind === undefined
      ? `The export has no ${lacking}, so that nobody can tell how long a case lasts.`
      : kind === "date"
        ? `No unit has a date in ${lacking}, so that nobody can tell how long a case lasts.`
        : `Children of one case may have several dates in ${lacking}, so that a case has no one duration.`;
  return {
    shape: "undated",
    refusal: { reason, instead: `Map ${plan.delay.from} and ${plan.delay.to} in the plan.` },
    ...(plan.observed === undefined
      ? {}
      : { unused: `nothing tells when cases begin and end: see ${plan.delay.from} and ${plan.delay.to}.` }),
    doubts: {},
  };
}

/** Without a declared window: endings may be there, but not known to be all. */
function undeclared({ plan }: Subject, dates: UnitDates): Observation {
  const reference = isoDay(plan.reference_date);
  const ended = dates.ended.filter((day) => day <= reference).length;
  if (ended === 0) {
    return refused("open-only", dates, {
      reason:
        "Every case in the export is open: no ending is in it, so that how long cases last cannot be told.",
      instead: `${openAges} To go further, ask for the cases that ended over a year, and set observed.`,
    });
  }
  if (ended === dates.ended.length) {
    return refused("closed-only", dates, {
      reason:
        "Every case in the export has ended: it was chosen by the ending, and cases that still go on are not in it.",
      instead: completedOnly,
    });
  }
  return refused("part-closed", dates, {
    reason:
      "The export has open and ended cases, and the plan does not say that every ending over a span of time is in it.",
    instead: `Where the file does hold every case open at a day or opened since, and every ending up to another, set observed in the plan. ${openAges}`,
  });
}

function standingOf(
  begun: number,
  ended: number,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  if (Number.isNaN(begun)) return 6;
  if (ended < begun) return 5;
  if (begun > to) return 4;
  if (ended < from) return 3;
  if (ended > to) return 2;
  return Number.isNaN(ended) ? 1 : 0;
}

function dateField({ frame }: Subject, name: string): Field | undefined {
  const field = frame.fields.get(name);
  return field?.kind === "date" ? field : undefined;
}

function daysOf(field: Field, units: Int32Array): Float64Array {
  const days = field.levels.map((iso) => (iso === "" ? Number.NaN : isoDay(iso)));
  return Float64Array.from(units, (unit) => days[field.codes[unit] as number] as number);
}

function weeksText(days: number): string {
  const weeks = Math.max(1, Math.ceil(days / 7));
  return `${weeks} week${weeks === 1 ? "" : "s"}`;
}
