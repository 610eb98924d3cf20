import { ascending } from "./ascending.js";
import { type CheckedFollowUp, checkFollowUp, type FollowUp } from "./follow-up.js";
import { checkGrouping, type Grouping } from "./grouping.js";
import type { RiskTable } from "./risk-table.js";

/** Where each case stands among the times of events. */
export interface PlacedCases {
  /** The distinct times of events of any kind, ascending. */
  readonly times: Float64Array;
  /** The first time after each case's entry. */
  readonly from: Int32Array;
  /** How many times there are up to its exit; with an event, the last of them is the event's. */
  readonly to: Int32Array;
  readonly event: Uint8Array;
}

/** Cases in clusters, such as children of one family, made ready for whatever is asked of them. */
export interface ClusteredCases {
  readonly followUp: CheckedFollowUp;
  readonly placed: PlacedCases;
  readonly clusters: Grouping;
}

/**
 * @param followUp - cases; event 0 or 1
 * @param clusters - the cluster of each case
 * @throws CasedrawError `FOLLOW_UP_INVALID`, `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE` for clusters
 * @remarks Two sorts, O(n); what is then asked of the cases sorts nothing more.
 */
export function clusteredCases(followUp: FollowUp, clusters: Grouping): ClusteredCases {
  const checked = checkFollowUp(followUp, 1);
  checkGrouping(clusters, checked.cases, "Clusters");
  return { followUp: checked, placed: placeCases(checked), clusters };
}

function placeCases({ cases, entry, exit, event }: CheckedFollowUp): PlacedCases {
  const everyCase = Int32Array.from({ length: cases }, (_, at) => at);
  const exits = ascending(exit, everyCase);
  const times = new Float64Array(cases);
  const to = new Int32Array(cases);
  let steps = 0;
  for (let first = 0, end = 0; first < cases; first = end) {
    const time = exits.values[first] as number;
    let happened = false;
    for (; exits.values[end] === time; end++) happened ||= event[exits.carried[end] as number] !== 0;
    if (happened) times[steps++] = time;
    for (let at = first; at < end; at++) to[exits.carried[at] as number] = steps;
  }
  const from = new Int32Array(cases);
  if (entry !== undefined) {
    const entries = ascending(entry, everyCase);
    let passed = 0;
    for (let at = 0; at < cases; at++) {
      while (passed < steps && (times[passed] as number) <= (entries.values[at] as number)) passed++;
      from[entries.carried[at] as number] = passed;
    }
  }
  return { times: times.subarray(0, steps), from, to, event };
}

/**
 * Who was at risk and had an event at each time, group by group; any grouping of the same cases without a sort.
 *
 * @param groups - checked
 * @remarks Each case adds 1 to those at risk where it comes and takes it away where it goes: O(n + T·groups), T times.
 */
export function riskOf({ times, from, to, event }: PlacedCases, groups: Grouping): RiskTable {
  const steps = times.length;
  const atRisk = Array.from({ length: groups.count }, () => new Int32Array(steps + 1));
  const events = atRisk.map(() => new Int32Array(steps));
  for (let at = 0; at < from.length; at++) {
    const group = groups.codes[at] as number;
    const held = atRisk[group] as Int32Array;
    held[from[at] as number]!++;
    held[to[at] as number]!--;
    if (event[at] !== 0) (events[group] as Int32Array)[(to[at] as number) - 1]!++;
  }
  for (const held of atRisk) for (let k = 1; k < steps; k++) held[k]! += held[k - 1] as number;
  return { times, atRisk: atRisk.map((held) => held.subarray(0, steps)), events: events.map((own) => [own]) };
}
