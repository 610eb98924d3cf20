import { counted, thousands } from "../frame/words.js";
import { chancePictures, chanceTable } from "./chance-spec.js";
import { type ChanceData, checkChances, describeChances } from "./chance-verdict.js";
import type { Chart } from "./chart.js";
import { percentText } from "./number-text.js";

/**
 * The chance that a draw holds nobody of a group, for the plan's design beside simple random and proportional stratified
 * sampling, with 95 % Monte Carlo intervals.
 *
 * @param data - usually of the small groups only: those of which a draw may miss everybody
 * @throws CasedrawError `CHART_DATA_INVALID` if there is no group, a chance is outside 0…1, or an interval does not hold it
 */
export function missedChart(data: ChanceData): Chart {
  checkChances(data);
  return {
    ...chancePictures(data.groups, "Draws that miss the group altogether"),
    title: missedHeadline(data),
    subtitle: `Share of ${counted(data.draws, "simulated draw")} of each design with nobody from the group, with 95% Monte Carlo intervals`,
    description: describeChances(data, { noun: "group", happened: "Missed" }),
    table: chanceTable(data),
    notes: [
      "A group that no draw missed may still be missed in a draw to come: the interval says how often at most.",
    ],
  };
}

/** The headline: what the plan's draws did. */
function missedHeadline({ draws, groups }: ChanceData): string {
  const missed = groups.filter(({ chances }) => chances.plan.share > 0);
  const [only] = groups;
  if (missed.length === 0) {
    return draws === 1 ? "No group missed in 1 draw" : `No group missed in any of ${counted(draws, "draw")}`;
  }
  if (groups.length === 1 && only !== undefined) {
    return `The group is missed in ${percentText(only.chances.plan.share)} of draws`;
  }
  return `${thousands(missed.length)} of ${counted(groups.length, "group")} missed altogether in some draws`;
}
