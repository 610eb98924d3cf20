import { isoDay } from "../../frame/calendar.js";
import type { Field } from "../../frame/field.js";
import type { FollowUp } from "../../statistics/follow-up.js";
import { type ClusteredCases, clusteredCases } from "../../statistics/placed-cases.js";
import { axisOf, isUnknown } from "../axis.js";
import type { Subject } from "../item.js";
import { lawName } from "../law-types.js";
import { perSubject } from "../per-subject.js";
import { singleValued } from "../subject-fields.js";
import { observe } from "./observation.js";

/** Units followed through the observation window, in days since their beginning; place i of each column is one unit. */
export interface Watched {
  /** Places in the frame, ascending. */
  readonly units: Int32Array;
  /** Age at the window's beginning; 0 for those that began in it. */
  readonly entry: Float64Array;
  readonly exit: Float64Array;
  /** 1 ended, 0 still open at the window's end. */
  readonly event: Uint8Array;
  /** The case of each child; where cases are the units, each its own. */
  readonly clusters: { readonly codes: Int32Array; readonly count: number };
}

/** A day on which a case begins and ends counts as half of one. */
export const halfDay = 0.5;

/**
 * The units of a window as delayed entry has them: entry is max(0, from − beginning), exit min(end, to) − beginning, and an
 * ending up to the window's last day is an event. Who enters and leaves on one day is watched for half a day.
 *
 * @throws Error where the export is no window, which an item has to refuse first
 * @see Klein & Moeschberger (2003) Survival Analysis, 2nd ed., §4.6
 */
export const watch = perSubject(watchedOf);

function watchedOf(subject: Subject): Watched {
  const { dates, standing } = observe(subject);
  const { observed } = subject.plan;
  if (dates === undefined || standing === undefined || observed === undefined)
    throw new Error("the export is no window");
  const [from, to] = [isoDay(observed.from), isoDay(observed.to)];
  const entry = dates.begun.map((begun) => Math.max(0, from - begun));
  const exit = dates.begun.map((begun, at) => {
    const days = (standing[at] === 0 ? (dates.ended[at] as number) : to) - begun;
    return days > (entry[at] as number) ? days : (entry[at] as number) + halfDay;
  });
  const event = standing.map((place) => (place === 0 ? 1 : 0));
  const { units } = subject;
  const all = { units, entry, exit, event, clusters: clustersOf(subject, units) };
  return watchedWhere(all, (_, at) => (standing[at] as number) < 3);
}

function clustersOf({ frame, plan }: Subject, units: Int32Array): Watched["clusters"] {
  const cases = plan.unit === "child" ? frame.fields.get("case_id") : undefined;
  return cases === undefined
    ? { codes: units.map((_, at) => at), count: units.length }
    : { codes: units.map((unit) => cases.codes[unit] as number), count: cases.levels.length };
}

/** Those of which something holds. */
export function watchedWhere(watched: Watched, holds: (unit: number, at: number) => boolean): Watched {
  const { units, entry, exit, event, clusters } = watched;
  const held = new Int32Array(units.length);
  let size = 0;
  for (let at = 0; at < units.length; at++) if (holds(units[at] as number, at)) held[size++] = at;
  const places = held.subarray(0, size);
  return {
    units: taken(units, places, new Int32Array(size)),
    entry: taken(entry, places, new Float64Array(size)),
    exit: taken(exit, places, new Float64Array(size)),
    event: taken(event, places, new Uint8Array(size)),
    clusters: { codes: taken(clusters.codes, places, new Int32Array(size)), count: clusters.count },
  };
}

function taken<T extends Int32Array | Float64Array | Uint8Array>(column: T, places: Int32Array, into: T): T {
  for (let at = 0; at < places.length; at++) into[at] = column[places[at] as number] as number;
  return into;
}

/** Those that have one of some levels of a field, and the place of each one's level among these. */
export function watchedAmong(
  watched: Watched,
  field: Field,
  keys: readonly string[],
): { readonly watched: Watched; readonly groups: Int32Array } {
  const places = field.levels.map((level) => keys.indexOf(level));
  const placeOf = (unit: number): number => places[field.codes[unit] as number] as number;
  const held = watchedWhere(watched, (unit) => placeOf(unit) !== -1);
  return { watched: held, groups: held.units.map(placeOf) };
}

/** As the statistics take it. */
export function asFollowUp({ entry, exit, event }: Watched): FollowUp {
  return { entry, exit, event };
}

/** Made ready for the statistics that let children of one case end together. */
export function asClustered(watched: Watched): ClusteredCases {
  return clusteredCases(asFollowUp(watched), watched.clusters);
}

/** The units of one level of a field. */
export interface WatchedGroup {
  readonly key: string;
  readonly label: string;
  readonly watched: Watched;
}

/** Watched units by law type, which most questions of time are asked for, in the order of tables; all in one group where there is none. */
export const watchedByLaw = perSubject((subject): readonly WatchedGroup[] => {
  const { plan } = subject;
  const watched = watch(subject);
  if (watched.units.length === 0) return [];
  const given = subject.frame.fields.get("law_type");
  if (given === undefined)
    return [{ key: "all", label: plan.unit === "case" ? "All cases" : "All children", watched }];
  const law = singleValued(given);
  return axisOf(law, plan, watched.units)
    .levels.filter(({ key }) => !isUnknown(law, key))
    .map(({ key }) => ({
      key,
      label: lawName(key, plan),
      watched: watchedAmong(watched, law, [key]).watched,
    }))
    .filter((group) => group.watched.units.length > 0);
});
