import { longDate } from "../../analysis/words.js";
import { isoDate, isoDay, monthsBefore } from "../../frame/calendar.js";
import { type Field, isBlankLevel } from "../../frame/field.js";
import { thousands } from "../../frame/words.js";
import { areaFields } from "../../plan/types.js";
import { benjaminiHochberg } from "../../statistics/benjamini-hochberg.js";
import { poissonMidPTest } from "../../statistics/poisson-mid-p-test.js";
import { caseRows } from "../case-rows.js";
import { dayOf } from "../days.js";
import type { CheckCode, Draft } from "../finding.js";
import { columnOf } from "../own-columns.js";
import type { CheckRule } from "../rule.js";
import { type CheckSubject, dateField } from "../subject.js";

const judged = ["application_date", "closed_date"] as const;
/** What a date of each is the day of. */
const events = { application_date: "application", closed_date: "closure" } as const;
/** Chance, adjusted for the number of areas, below which a silence is none of chance. */
const silenceLevel = 0.001;
/** A silence is worth asking about from two weeks. */
const leastDays = 14;
/** A month is judged where its neighbours have this many cases, and is a gap below half of them. */
const leastMonth = 20;
const monthLevel = 0.0001;

/** Dates of cases in the time that the export covers: its window, or the year before the reference date. */
interface Covered {
  readonly field: Field;
  readonly from: number;
  readonly to: number;
  /** Rows in order of their day, one a case. */
  readonly rows: readonly number[];
  readonly day: (row: number) => number;
}

/** Three rules look at the same cases. */
const known = new WeakMap<CheckSubject, Map<string, Covered | undefined>>();

function covered(subject: CheckSubject, name: string): Covered | undefined {
  const fields = known.get(subject) ?? new Map<string, Covered | undefined>();
  known.set(subject, fields);
  if (!fields.has(name)) fields.set(name, coveredCases(subject, name));
  return fields.get(name);
}

function coveredCases(subject: CheckSubject, name: string): Covered | undefined {
  const field = dateField(subject, name);
  if (field === undefined) return undefined;
  const { observed, reference_date: reference } = subject.plan;
  const day = dayOf(field);
  const to = isoDay(observed?.to ?? reference);
  const wanted = isoDay(observed?.from ?? monthsBefore(reference, 12));
  const inTime = caseRows(subject, (row) => day(row) >= wanted && day(row) <= to);
  // By counting: a sort would ask for each day a dozen times.
  const rows = inDayOrder(inTime, day, { from: wanted, to });
  // Without a window nobody knows from when on the export is complete: from its first date.
  const from = observed === undefined ? Math.max(wanted, day(rows[0] ?? 0)) : wanted;
  return { field, from, to, rows, day };
}

function inDayOrder(
  rows: readonly number[],
  day: (row: number) => number,
  { from, to }: { readonly from: number; readonly to: number },
): number[] {
  const byDay: number[][] = Array.from({ length: to - from + 1 }, () => []);
  for (const row of rows) byDay[day(row) - from]?.push(row);
  return byDay.flat();
}

/** The longest time in which an area has no case, in cases that the other areas have meanwhile. */
interface Silence {
  readonly area: string;
  readonly expected: number;
  /** Chance of so long a silence anywhere in the time, under the area's share. */
  readonly chance: number;
  /** Day numbers of the first and last silent day. */
  readonly first: number;
  readonly last: number;
  /** Whether the silence runs up to the end. */
  readonly lasts: boolean;
}

/**
 * How many cases of others come between two of an area is geometric when each case is the area's with the same chance, whatever
 * the season: a silence of g cases has chance (1 − p)^g, times the number of silences by Bonferroni.
 */
function silences({ rows, from, to, day }: Covered, area: Field): Silence[] {
  const last = new Map<number, number>();
  const longest = new Map<number, { gap: number; after: number; until: number }>();
  const counts = new Map<number, number>();
  const consider = (code: number, after: number, until: number): void => {
    const gap = until - after - 1;
    if (gap > (longest.get(code)?.gap ?? -1)) longest.set(code, { gap, after, until });
  };
  for (const [at, row] of rows.entries()) {
    const code = area.codes[row] as number;
    counts.set(code, (counts.get(code) ?? 0) + 1);
    consider(code, last.get(code) ?? -1, at);
    last.set(code, at);
  }
  return [...counts].flatMap(([code, count]): Silence[] => {
    const name = area.levels[code] as string;
    if (isBlankLevel(area.kind, name) || count === rows.length) return [];
    consider(code, last.get(code) as number, rows.length);
    const { gap, after, until } = longest.get(code) as { gap: number; after: number; until: number };
    // The silence counts against the share, so that an area of few cases is not judged by the days on which it has some.
    const share = count / rows.length;
    const first = after === -1 ? from : day(rows[after] as number) + 1;
    const end = until === rows.length ? to : day(rows[until] as number) - 1;
    return [
      {
        area: name,
        expected: (count / (rows.length - gap)) * gap,
        chance: share >= 1 ? 0 : Math.min(1, (count + 1) * Math.exp(gap * Math.log1p(-share))),
        first,
        last: end,
        lasts: until === rows.length,
      },
    ];
  });
}

function silenceRule(
  code: CheckCode,
  wording: {
    readonly lasts: boolean;
    readonly title: string;
    readonly meaning: string;
    readonly ask: string;
  },
): CheckRule {
  const { lasts, title, meaning, ask } = wording;
  return {
    code,
    severity: "query",
    group: "patterns",
    title,
    meaning: `${meaning} Judged by the chance of so long a silence at the area’s share of all cases (geometric, Bonferroni over its silences, Benjamini–Hochberg over areas) at 1 in 1,000, from two weeks on.`,
    ask,
    needs: () => [judged, areaFields],
    find: (subject) => {
      const area = subject.areaField === undefined ? undefined : subject.rows.fields.get(subject.areaField);
      if (area === undefined || area.kind === "list") return [];
      return judged.flatMap((name): Draft[] => {
        const cases = covered(subject, name);
        if (cases === undefined) return [];
        const found = silences(cases, area);
        const adjusted = benjaminiHochberg(found.map(({ chance }) => chance));
        return found.flatMap((silence, at): Draft[] => {
          const long = silence.last - silence.first + 1 >= leastDays;
          if (silence.lasts !== lasts || !long || (adjusted[at] as number) > silenceLevel) return [];
          const [first, last] = [silence.first, silence.last].map((day) => longDate(isoDate(day)));
          const expected = thousands(Math.round(silence.expected));
          const when = lasts ? `from ${first} on` : `between ${first} and ${last}`;
          const said = `${silence.area} has no ${events[name]} dated ${when}, where about ${expected} were to be expected`;
          return [
            {
              fields: [name, area.name],
              message: `${said}.`,
              question: `${said} (${columnOf(subject, name)}). Are its cases of that time in the export?`,
              rows: new Int32Array(0),
              among: false,
            },
          ];
        });
      });
    },
  };
}

/** Cases by calendar month, whole months only. */
function months({ rows, from, to, day }: Covered): { readonly month: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  const monthOf = (at: number): string => isoDate(at).slice(0, 7);
  for (let at = from; at <= to; at++) if (isoDate(at).slice(8) === "01") counts.set(monthOf(at), 0);
  // The last is whole only where the next day begins another.
  if (isoDate(to + 1).slice(8) !== "01") counts.delete(monthOf(to));
  for (const row of rows) {
    const month = monthOf(day(row));
    const count = counts.get(month);
    if (count !== undefined) counts.set(month, count + 1);
  }
  return [...counts].map(([month, count]) => ({ month, count }));
}

/** What the two months before and the two after would let expect: the lower of the two sides, so that a lasting rise is no gap. */
function expectedAt(series: readonly { readonly count: number }[], at: number): number | undefined {
  const mean = (part: readonly { readonly count: number }[]): number | undefined =>
    part.length === 0 ? undefined : part.reduce((sum, { count }) => sum + count, 0) / part.length;
  const before = mean(series.slice(Math.max(0, at - 2), at));
  const after = mean(series.slice(at + 1, at + 3));
  // The first month has nothing to be a fall from.
  return before === undefined ? undefined : Math.min(before, after ?? before);
}

export const gapRules: readonly CheckRule[] = [
  silenceRule("CHECK_AREA_STOPS", {
    lasts: true,
    title: "An area stops sending",
    meaning:
      "An area has no case from some day on, although other areas have. Its latest cases are likely missing from the export, so its counts are too low and its children cannot be drawn.",
    ask: "Ask the data’s owner whether the area’s latest cases are in the export.",
  }),
  silenceRule("CHECK_AREA_GAP", {
    lasts: false,
    title: "A gap in an area’s cases",
    meaning:
      "An area has no case for a time, although other areas have. Its cases of that time are likely missing from the export.",
    ask: "Ask the data’s owner whether the area’s cases of that time are in the export.",
  }),
  {
    code: "CHECK_MONTH_GAP",
    severity: "query",
    group: "patterns",
    title: "A month with far too few cases",
    meaning:
      "A whole month has fewer than half of the cases that the two months before and after it would let expect, whichever is lower. Cases of that month are likely missing from the export. " +
      "Judged by the exact Poisson test (mid-P) at 1 in 10,000, where at least 20 cases are expected.",
    ask: "Ask the data’s owner whether all cases of the month are in the export.",
    needs: () => [judged],
    find: (subject) =>
      judged.flatMap((name): Draft[] => {
        const cases = covered(subject, name);
        if (cases === undefined) return [];
        const series = months(cases);
        return series.flatMap(({ month, count }, at): Draft[] => {
          const expected = expectedAt(series, at);
          if (expected === undefined || expected < leastMonth || count * 2 >= expected) return [];
          if (poissonMidPTest(count, expected).lowerTail > monthLevel) return [];
          const when = longDate(`${month}-01`).replace(/^1 /, "");
          const said = `${when} has ${count === 0 ? "no" : thousands(count)} ${events[name]}${count === 1 ? "" : "s"}, where about ${thousands(Math.round(expected))} were to be expected`;
          return [
            {
              fields: [name],
              message: `${said}.`,
              question: `${said} (${columnOf(subject, name)}). Are all cases of that month in the export?`,
              rows: new Int32Array(0),
              among: false,
            },
          ];
        });
      }),
  },
];
