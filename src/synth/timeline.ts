import type { CaseSpan } from "./population.js";

/** The dates of a case as day numbers; one that has not come yet is undefined. */
export interface Timeline {
  readonly applied: number;
  readonly allocated: number | undefined;
  readonly firstHearing: number | undefined;
  readonly closed: number | undefined;
  readonly lastActivity: number;
}

/**
 * Fills in a case between its application and its end: allocation within days, the first hearing at two to four
 * weeks in public law and four to fourteen in private law, work recorded lately in most open cases.
 *
 * @param reference - day number; nothing is dated after it
 */
export function timeline(span: CaseSpan, reference: number, random: () => number): Timeline {
  const { applied } = span;
  const closed = span.closed <= reference ? span.closed : undefined;
  const end = closed ?? reference;

  const wait = random();
  const allocated = applied + Math.floor(wait < 0.9 ? 8 * random() : 8 + 30 * random());
  const toHearing =
    span.track.lawType === "public" ? 12 + Math.floor(16 * random()) : 28 + Math.floor(70 * random());
  const firstHearing = applied + toHearing;

  const sinceActivity = random();
  const spread = random();
  const idle =
    closed !== undefined
      ? Math.floor(6 * spread)
      : sinceActivity < 0.85
        ? Math.floor(45 * spread)
        : Math.floor(45 + (sinceActivity < 0.98 ? 110 : 260) * spread);
  return {
    applied,
    allocated: allocated <= end ? allocated : undefined,
    firstHearing: firstHearing <= end ? firstHearing : undefined,
    closed,
    lastActivity: Math.max(applied, end - idle),
  };
}
