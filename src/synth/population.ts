import { choose, runningTotals } from "./choose.js";
import { drawDuration, longestDuration, survival } from "./durations.js";
import { dailyInflow } from "./inflow.js";
import { type Track, tracks } from "./tracks.js";

/** A case that is in the export, as a span of days. */
export interface CaseSpan {
  readonly track: Track;
  readonly applied: number;
  /** May lie after the reference date: then the case is open. */
  readonly closed: number;
}

export interface Population {
  /** Share of the export's cases that are open on the reference date. */
  readonly openShare: number;
  readonly childrenPerCase: number;
  /** Draws the next case, independent of the ones before. */
  draw(random: () => number): CaseSpan;
}

/**
 * All cases that are open at the start of the window or opened since, up to the reference date.
 *
 * Cases are drawn one by one from what the inflow and the durations leave: a day's weight is its inflow times the
 * share of its cases that reach the window, and the duration is drawn given that it does. So any number of rows
 * is a thinned copy of the same country, and open cases, closures and delays agree with each other.
 *
 * @param windowFrom - day number
 * @param reference - day number, not before `windowFrom`
 */
export function population(windowFrom: number, reference: number): Population {
  const firstDay = windowFrom - longestDuration;
  const survivals = tracks.map((track) => survival(track.duration));
  const anyTrack = new Float64Array(longestDuration + 2);
  for (const [t, track] of tracks.entries())
    for (let days = 0; days < anyTrack.length; days++)
      anyTrack[days] =
        (anyTrack[days] as number) + track.share * ((survivals[t] as Float64Array)[days] as number);
  const inflow = dailyInflow(firstDay, reference, anyTrack);

  const dayTotals = tracks.map((_, t) => {
    const left = survivals[t] as Float64Array;
    return runningTotals(
      inflow.map((cases, i) => cases * (left[Math.max(0, longestDuration - i)] as number)),
    );
  });
  const trackWeights = tracks.map(
    (track, t) => track.share * ((dayTotals[t] as Float64Array).at(-1) as number),
  );
  const trackTotals = runningTotals(trackWeights);
  const all = trackTotals.at(-1) as number;

  let open = 0;
  for (const [i, cases] of inflow.entries())
    open += cases * (anyTrack[Math.min(reference - firstDay - i + 1, longestDuration + 1)] as number);
  let children = 0;
  for (const [t, track] of tracks.entries())
    for (const [i, share] of track.familySizes.entries())
      children += (trackWeights[t] as number) * share * (i + 1);

  return {
    openShare: open / all,
    childrenPerCase: children / all,
    draw(random) {
      const t = choose(trackTotals, random());
      const track = tracks[t] as Track;
      const applied = firstDay + choose(dayTotals[t] as Float64Array, random());
      const atLeast = Math.max(0, windowFrom - applied);
      const days = drawDuration(track.duration, survivals[t] as Float64Array, atLeast, random());
      return { track, applied, closed: applied + days };
    },
  };
}
