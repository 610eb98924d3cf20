import { clusteredIncidence } from "../../statistics/clustered-incidence.js";
import { numbersAtRisk } from "../../statistics/risk-table.js";
import { survivalAt } from "../../statistics/survival-share.js";
import type { CurveGroup, CurveSet } from "../curves.js";
import { gridDays } from "./curve-grid.js";
import { type LawSurvival, leastAtRisk } from "./survival-curves.js";
import { asFollowUp, type Watched, watchedWhere } from "./watched.js";

/** A way of ending. */
export interface Ending {
  readonly key: string;
  readonly label: string;
}

const fortnight = 14;
/** Three years: what is drawn of longer cases is a thin line. */
const longest = 1092;
const incidenceDays = [
  ...new Set([...Array.from({ length: longest / fortnight }, (_, k) => (k + 1) * fortnight), ...gridDays]),
].sort((a, b) => a - b);

/** The key of the share that has not ended. */
export const stillOpen = "still open";

/**
 * Aalen–Johansen shares of a group by way of ending, every two weeks and at the days of the grid, with the share still open
 * last. From the first day with 10 at risk to the last. A way in which none of the group ended has no curve.
 *
 * @param endings - their places are what `kinds` has
 * @param kinds - for each of the group's units 0, or the place of its ending from 1
 */
export function incidenceSet(
  { group: { key, watched }, whole }: LawSurvival,
  options: { readonly endings: readonly Ending[]; readonly kinds: Uint8Array },
): CurveSet {
  const { endings, kinds } = options;
  const start = whole.conditionalFrom;
  const lasting = lastingBeyond(watched, kinds, start);
  const followUp = { ...asFollowUp(lasting.watched), event: lasting.kinds };
  const risk = new Map(
    numbersAtRisk(followUp, incidenceDays).map((count, at) => [incidenceDays[at] as number, count]),
  );
  const last = incidenceDays.findLast((day) => (risk.get(day) as number) >= leastAtRisk) ?? start;
  const times = incidenceDays.filter((day) => day > start && day <= last);
  const shares = clusteredIncidence(followUp, {
    causes: endings.length,
    clusters: lasting.watched.clusters,
    times,
  });
  const atStart = lasting.watched.entry.filter((entry) => entry <= start).length;
  const common = {
    times: [start, ...times],
    atRisk: [atStart, ...times.map((day) => risk.get(day) as number)],
    conditionalFrom: start,
    units: watched.units.length,
  };
  const groups = endings.map(({ key: code, label }, ending): CurveGroup => {
    const own = shares[ending] ?? [];
    return {
      ...common,
      key: code,
      label,
      shares: [0, ...own.map(({ incidence }) => incidence)],
      lower: [0, ...own.map(({ incidence, interval }) => interval?.lower ?? incidence)],
      upper: [0, ...own.map(({ incidence, interval }) => interval?.upper ?? incidence)],
      events: eventsBetween(lasting, common.times, (kind) => kind === ending + 1),
    };
  });
  const open = times.map((day) => survivalAt(whole, day));
  const still: CurveGroup = {
    ...common,
    key: stillOpen,
    label: "Still open",
    shares: [1, ...open.map(({ survival }) => survival)],
    lower: [1, ...open.map(({ survival, interval }) => interval?.lower ?? survival)],
    upper: [1, ...open.map(({ survival, interval }) => interval?.upper ?? survival)],
    events: eventsBetween(lasting, common.times, (kind) => kind > 0),
  };
  const happened = groups.filter(({ events }) => events.some((count) => count > 0));
  return { id: `endings.${key}`, groups: [...happened, still], whole: true };
}

interface Kinds {
  readonly watched: Watched;
  readonly kinds: Uint8Array;
}

/** Those that last beyond a time, watched from then on. */
function lastingBeyond(watched: Watched, kinds: Uint8Array, start: number): Kinds {
  if (start === 0) return { watched, kinds };
  const held = watched.exit.map((exit) => (exit > start ? 1 : 0));
  const left = watchedWhere(watched, (_, at) => held[at] === 1);
  return {
    watched: { ...left, entry: left.entry.map((entry) => Math.max(entry, start)) },
    kinds: kinds.filter((_, at) => held[at] === 1),
  };
}

function eventsBetween(
  { watched, kinds }: Kinds,
  times: readonly number[],
  counts: (kind: number) => boolean,
): number[] {
  const events = times.map(() => 0);
  const ends = Float64Array.from(times);
  for (let at = 0; at < kinds.length; at++) {
    if (!counts(kinds[at] as number)) continue;
    const place = firstFrom(ends, watched.exit[at] as number);
    if (place < ends.length) events[place]!++;
  }
  return events;
}

/** The place of the first time from a day on, or how many there are. */
function firstFrom(times: Float64Array, day: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) >= day) high = middle;
    else low = middle + 1;
  }
  return low;
}
