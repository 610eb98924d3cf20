import { counted, thousands } from "../frame/words.js";
import { chancePictures, chanceTable } from "./chance-spec.js";
import { type ChanceData, checkChances, describeChances } from "./chance-verdict.js";
import type { Chart } from "./chart.js";
import { percentText } from "./number-text.js";

/**
 * The chance that a draw holds fewer of a group than the plan's target asks for, for the plan's design beside simple random
 * and proportional stratified sampling, with 95 % Monte Carlo intervals.
 *
 * @param data - one group a target; its level says the target too ("yes, at least 60")
 * @throws CasedrawError `CHART_DATA_INVALID` if there is no group, a chance is outside 0…1, or an interval does not hold it
 */
export function shortfallChart(data: ChanceData): Chart {
  checkChances(data);
  return {
    ...chancePictures(data.groups, "Draws that fall short of the target"),
    title: shortfallHeadline(data),
    subtitle: `Share of ${counted(data.draws, "simulated draw")} of each design with fewer cases than the target, with 95% Monte Carlo intervals`,
    description: describeChances(data, { noun: "target", happened: "Fell short" }),
    table: chanceTable(data),
    notes: [
      "A target that no draw fell short of may still not be met in a draw to come: the interval says how often at most.",
    ],
  };
}

/** The headline: what the plan's draws did. */
function shortfallHeadline({ draws, groups }: ChanceData): string {
  const short = groups.filter(({ chances }) => chances.plan.share > 0);
  const [only] = groups;
  if (short.length === 0) {
    return `${groups.length === 1 ? "The target was" : "Every target was"} met in ${draws === 1 ? "1 draw" : `all ${counted(draws, "draw")}`}`;
  }
  if (groups.length === 1 && only !== undefined) {
    return `The target is not met in ${percentText(only.chances.plan.share)} of draws`;
  }
  return `${thousands(short.length)} of ${counted(groups.length, "target")} not met in some draws`;
}
