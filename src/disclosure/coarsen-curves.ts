import type { CurveGroup, CurveSet } from "../analysis/curves.js";
import { gridDays } from "../analysis/delay/curve-grid.js";
import type { Disclosure } from "../plan/types.js";
import { leastShown } from "./protect-statistics.js";

/**
 * Coarsens curves to what may be published: points every 13 weeks and at 100, each only where more than the threshold ended
 * since the point before, and as many ended up to it and are still at risk as a statistic has to rest on; shares in whole percent, bounds too and outwards, counts rounded. A group of no more
 * units than the threshold is hidden; where groups' shares add up to 1, never one alone at any time.
 *
 * @param sets - exact, each group with points at the days of the grid
 */
export function coarsenCurves(sets: readonly CurveSet[], disclosure: Disclosure): readonly CurveSet[] {
  return sets.map((set) => coarsenSet(set, disclosure));
}

function coarsenSet(set: CurveSet, disclosure: Disclosure): CurveSet {
  const groups = set.groups.map((group) => coarsenGroup(group, disclosure));
  return { ...set, groups: set.whole ? keepOneFromShowing(set, groups) : groups, coarse: true };
}

/** A week begun counts as a week: the day itself would be that of somebody's ending. */
const week = 7;
const percent = 100;

function coarsenGroup(group: CurveGroup, { threshold, round_to }: Disclosure): CurveGroup {
  if (group.hidden || group.units <= threshold) return hiddenGroup(group);
  const rounded = (count: number): number => Math.floor(count / round_to + 0.5) * round_to;
  const share = (value: number, whole: (steps: number) => number = Math.round): number =>
    whole(Number((value * percent).toPrecision(12))) / percent;
  const conditionalFrom = Math.ceil(group.conditionalFrom / week) * week;
  const shown: number[] = [];
  const ended: number[] = [];
  const least = leastShown(threshold);
  let [since, all] = [0, 0];
  for (const [at, time] of group.times.entries()) {
    since += group.events[at] as number;
    all += group.events[at] as number;
    const first = at === 0;
    if (!first && (!gridDays.includes(time) || time <= conditionalFrom)) continue;
    if (!first && (since <= threshold || all < least)) continue;
    if ((group.atRisk[at] as number) < Math.max(least, threshold + 1)) continue;
    shown.push(at);
    ended.push(since);
    since = 0;
  }
  return {
    ...group,
    times: shown.map((at) => (at === 0 ? conditionalFrom : (group.times[at] as number))),
    shares: shown.map((at) => share(group.shares[at] as number)),
    lower: shown.map((at) => share(group.lower[at] as number, Math.floor)),
    upper: shown.map((at) => share(group.upper[at] as number, Math.ceil)),
    atRisk: shown.map((at) => rounded(group.atRisk[at] as number)),
    events: ended.map(rounded),
    conditionalFrom,
    units: rounded(group.units),
  };
}

function hiddenGroup({ key, label }: CurveGroup): CurveGroup {
  const none: readonly number[] = [];
  return {
    key,
    label,
    times: none,
    shares: none,
    lower: none,
    upper: none,
    atRisk: none,
    events: none,
    conditionalFrom: 0,
    units: 0,
    hidden: true,
  };
}

/** At each time at which a single group is missing, hides the smallest of the others too. */
function keepOneFromShowing(
  { groups: exact }: CurveSet,
  groups: readonly CurveGroup[],
): readonly CurveGroup[] {
  const drop = groups.map(() => new Set<number>());
  for (const time of gridDays) {
    const has = groups.map((group) => group.times.includes(time));
    const there = exact.filter((group) => group.times.includes(time));
    const showing = [...groups.keys()].filter((at) => has[at]);
    if (showing.length === 0 || there.length - showing.length !== 1) continue;
    const shareOf = (at: number): number => {
      const group = groups[at] as CurveGroup;
      return group.shares[group.times.indexOf(time)] as number;
    };
    const smallest = showing.reduce((least, at) => (shareOf(at) < shareOf(least) ? at : least));
    (drop[smallest] as Set<number>).add(time);
  }
  return groups.map((group, at) => without(group, drop[at] as Set<number>));
}

function without(group: CurveGroup, times: ReadonlySet<number>): CurveGroup {
  if (times.size === 0) return group;
  const kept = [...group.times.keys()].filter((at) => !times.has(group.times[at] as number));
  const of = (values: readonly number[]): number[] => kept.map((at) => values[at] as number);
  const events = kept.map((at, i) => {
    const before = i === 0 ? -1 : (kept[i - 1] as number);
    return group.events.slice(before + 1, at + 1).reduce((sum, count) => sum + count, 0);
  });
  return {
    ...group,
    times: of(group.times),
    shares: of(group.shares),
    lower: of(group.lower),
    upper: of(group.upper),
    atRisk: of(group.atRisk),
    events,
  };
}
