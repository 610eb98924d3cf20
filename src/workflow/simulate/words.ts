import { listText } from "../../analysis/words.js";
import { notRecorded, unmapped } from "../../frame/field.js";
import { counted, thousands } from "../../frame/words.js";
import type { Plan, SamplePlan } from "../../plan/types.js";
import { sizeAgainstMissing } from "../../statistics/chance-missed.js";
import { oneDecimal, oneDecimalPercent, type UnitWords } from "../summary/words.js";
import { groupNames, type SimulationCharts, smallGroups } from "./charts.js";
import type { GroupFigures, SimulationResults } from "./results.js";

/** A chance from which something is worth a change: 1 draw in 20. */
const oftenMissed = 0.05;

/** Groups that are named one by one. */
const mostNamed = 3;

/** "Ethnic group “Roma” (12 eligible, 1.3 expected)". */
function described(figures: GroupFigures, plan: Plan): string {
  const { characteristic, level } = groupNames(plan)(figures);
  const { population } = figures.group;
  return `${characteristic} “${level}” (${thousands(population)} eligible, ${oneDecimal(figures.designs.plan.expected)} expected)`;
}

/** A share of draws: below a tenth of a percent it says so, so that a chance never looks like none. */
function shareText(share: number): string {
  if (share > 0 && share < 0.001) return "under 0.1%";
  return share < 1 && share > 0.999 ? "over 99.9%" : oneDecimalPercent(share * 100);
}

/** What was drawn, and what was left out. */
export function drawnSentences(
  { draws, short, sampleSize }: SimulationResults,
  eligible: number,
  units: UnitWords,
): string[] {
  return [
    `${thousands(draws + short)} draws of ${counted(sampleSize, units.one)} from ${thousands(eligible)} eligible, each as the plan says; ` +
      "beside each a simple random sample, and one spread over the plan’s strata in proportion to their size, both as large.",
    ...(short === 0
      ? []
      : [
          `${counted(short, "draw")} could not fill every stratum because the caps were full. ` +
            `All figures are over the other ${thousands(draws)}.`,
        ]),
  ];
}

/** Whether any single unit is drawn more or less often than its probability. */
export function singleSentence(
  { single, draws }: SimulationResults,
  design: SamplePlan,
  { one, many }: UnitWords,
): string {
  if (single === undefined) return `No ${one} is left to chance: each is taken or left out for certain.`;
  const { units, largest, usual, limit } = single;
  const found =
    `Of ${thousands(units)} ${many}, the one whose number of selections lies furthest from what the design says is ` +
    `${oneDecimal(largest)} standard errors away. If every ${one} had exactly its chance, the furthest would be about ${oneDecimal(usual)} ` +
    `away, and in 95 of 100 simulations no more than ${oneDecimal(limit)}.`;
  if (largest <= limit) return `${found} So no ${one} is seen to be favoured or passed over.`;
  if (design.caps !== undefined)
    return `${found} So some are drawn more or less often than the allocation alone would have it: the caps bend the chances. A sample’s weights allow for that.`;
  return `${found} That is more than chance explains in 19 simulations of 20: run it again with another seed and ${thousands(draws * 4)} draws before the design is used.`;
}

/** How counts vary, as the picture's headline has it, with what they are set beside. */
export function steadySentence({ spread: { title } }: SimulationCharts): string {
  return title.includes("simple random") ? `${title}.` : `${title}, beside simple random sampling.`;
}

/** Which groups a draw may miss altogether. */
export function missedSentence(results: SimulationResults, plan: Plan): string {
  const missed = results.groups
    .filter(({ designs }) => designs.plan.missed.share > 0)
    .sort((a, b) => b.designs.plan.missed.share - a.designs.plan.missed.share);
  const few = smallGroups(results).length;
  if (missed.length === 0) {
    const limit = results.groups[0]?.designs.plan.missed.upper ?? 0;
    return `No group was missed in any draw; with so many draws the chance is then ${oneDecimalPercent(limit * 100)} or less.${few === 0 ? " Every group is expected 10 times or more." : ""}`;
  }
  const named = missed
    .slice(0, mostNamed)
    .map((each) => `${described(each, plan)} in ${shareText(each.designs.plan.missed.share)} of draws`);
  const rest = missed.length - named.length;
  return `${counted(missed.length, "group is", "groups are")} missed altogether in some draws: ${listText([...named, ...(rest > 0 ? [`${thousands(rest)} more`] : [])])}.`;
}

/** Whether targets are met. */
export function targetSentence({ groups }: SimulationResults): string | undefined {
  const targets = groups.filter(({ group }) => group.target !== undefined);
  const failing = targets.flatMap(({ designs }) => {
    const share = designs.plan.short?.share ?? 0;
    return share > 0 ? [share] : [];
  });
  if (targets.length === 0) return undefined;
  if (failing.length === 0)
    return targets.length === 1 ? "The target was met in every draw." : "All were met in every draw.";
  const most = shareText(Math.max(...failing));
  return targets.length === 1
    ? `The target was not met in ${most} of draws.`
    : `${thousands(failing.length)} of ${thousands(targets.length)} not met in some draws, at most in ${most} of them.`;
}

/** What an officer can change, with the plan's own keys and the numbers that follow from the draws. */
export interface Advice {
  readonly sentences: readonly string[];
  /** Ways to change it, where there is something to change. */
  readonly ways: readonly string[];
}

/** About groups that are missed too often. */
export function missedAdvice(results: SimulationResults, plan: Plan, eligible: number): Advice {
  const often = results.groups
    .filter(({ group, designs }) => {
      const known = group.level !== notRecorded && group.level !== unmapped && group.target === undefined;
      return known && designs.plan.expected > 0 && designs.plan.missed.share > oftenMissed;
    })
    .sort((a, b) => a.designs.plan.expected - b.designs.plan.expected);
  const shut = results.groups.filter(
    ({ group, designs }) => designs.plan.expected === 0 && group.population > 0,
  );
  const out =
    shut.length === 0
      ? []
      : [
          `The plan gives ${listText(shut.slice(0, mostNamed).map((each) => described(each, plan)))}${shut.length > mostNamed ? " and others" : ""} no chance at all: a sample says nothing of them.`,
        ];
  const worst = often[0];
  if (worst === undefined) {
    return {
      sentences: [
        ...out,
        "No group with a chance of selection is missed in more than 1 draw in 20, those not recorded left aside: nothing has to be changed for that.",
      ],
      ways: [],
    };
  }
  const { group } = worst;
  const enough = sizeAgainstMissing({ population: eligible, group: group.population, chance: oftenMissed });
  const named = often.slice(0, mostNamed).map((each) => described(each, plan));
  const rest = often.length - named.length;
  return {
    sentences: [
      ...out,
      `More than 1 draw in 20 holds nobody of ${listText([...named, ...(rest > 0 ? [`${thousands(rest)} more`] : [])], "or")}. If the inspection has to see them:`,
    ],
    ways: [
      `Set a target under sample.targets, for example where: { ${group.characteristic}: ["${group.level}"] } with at_least: 2. Under method: balanced any group can have one; under method: random it has to be made up of whole strata.`,
      `Make ${group.characteristic} a stratum field with a minimum (sample.strata, sample.allocation.min), where it has few levels and is recorded for nearly all.`,
      `Take a larger sample. By simple random sampling ${thousands(enough)} would be needed to miss “${groupNames(plan)(worst).level}” in no more than 1 draw in 20, so for a very small group this costs most.`,
      "Or leave it, and say in the report that the sample may hold nobody of the group.",
    ],
  };
}

/** About targets that are not met often enough. */
export function targetAdvice({ groups }: SimulationResults, plan: Plan): string[] {
  return groups.flatMap((figures) => {
    const { target } = figures.group;
    const { short, p05 } = figures.designs.plan;
    if (target === undefined || short === undefined || short.share <= oftenMissed) return [];
    const lacking = Math.ceil(target.at_least - p05);
    const more = lacking > 0 ? lacking : 1;
    return [
      `${groupNames(plan)(figures).level}: not met in ${shareText(short.share)} of draws. A balanced draw lands near what is expected, not exactly on it: ` +
        `with at_least: ${thousands(target.at_least + more)} in the plan, about 19 draws in 20 would hold ${thousands(target.at_least)} or more.`,
    ];
  });
}
