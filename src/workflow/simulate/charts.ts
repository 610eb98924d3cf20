import { groupText } from "../../analysis/condition-words.js";
import type { Chart } from "../../charts/chart.js";
import type { ByDesign } from "../../charts/designs.js";
import { inclusionChart } from "../../charts/inclusion-chart.js";
import { missedChart } from "../../charts/missed-chart.js";
import type { Group } from "../../charts/rows.js";
import { shortfallChart } from "../../charts/shortfall-chart.js";
import { spreadChart } from "../../charts/spread-chart.js";
import { capital, fieldLabel, levelLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import type { DesignFigures, GroupFigures, SimulationResults } from "./results.js";

/** The pictures of a simulation; those of small groups and of targets only where there are such. */
export interface SimulationCharts {
  readonly inclusion: Chart;
  readonly spread: Chart;
  readonly missed?: Chart;
  readonly shortfall?: Chart;
}

/** Groups of which the plan's sample is expected to hold fewer than this are small. */
const smallBelow = 10;

/** Groups with few expected cases, and those that some design missed altogether. */
export function smallGroups({ groups }: SimulationResults): GroupFigures[] {
  return groups.filter(
    ({ designs }) =>
      designs.plan.expected < smallBelow || Object.values(designs).some(({ missed }) => missed.share > 0),
  );
}

export function simulationCharts(plan: Plan, results: SimulationResults): SimulationCharts {
  const { draws, groups } = results;
  const name = groupNames(plan);
  const small = smallGroups(results);
  const targets = groups.filter(({ group }) => group.target !== undefined);
  return {
    inclusion: inclusionChart({
      draws,
      groups: groups.map((figures) => {
        const { population } = figures.group;
        const { expected, mean, meanInterval } = figures.designs.plan;
        return {
          ...name(figures),
          nominal: Math.min(1, expected / population), // a sum of 1s and shares may pass it by a rounding error
          realised: mean / population,
          lower: meanInterval.lower / population,
          upper: meanInterval.upper / population,
        };
      }),
    }),
    spread: spreadChart({
      draws,
      groups: groups.map((figures) => ({
        ...name(figures),
        spreads: byDesign(figures, ({ expected, p05, p95 }) => ({
          expected,
          lower: p05 - expected,
          upper: p95 - expected,
        })),
      })),
    }),
    ...(small.length === 0
      ? {}
      : {
          missed: missedChart({
            draws,
            groups: small.map((figures) => ({
              ...name(figures),
              chances: byDesign(figures, ({ missed }) => missed),
            })),
          }),
        }),
    ...(targets.length === 0
      ? {}
      : {
          shortfall: shortfallChart({
            draws,
            groups: targets.map((figures) => ({
              ...name(figures),
              chances: byDesign(figures, ({ short, missed }) => short ?? missed),
            })),
          }),
        }),
  };
}

/** How groups are called for people: "Gender", "Female"; of a target what it asks for. */
export function groupNames(plan: Plan): (figures: GroupFigures) => Group {
  return ({ group: { characteristic, level, target } }) => {
    if (target === undefined) {
      return { characteristic: fieldLabel(characteristic), level: levelLabel(characteristic, level, plan) };
    }
    const text = groupText(target.where, plan);
    return {
      characteristic: "Targets",
      level: `${capital(text)}, at least ${thousands(target.at_least)}`,
    };
  };
}

function byDesign<T>({ designs }: GroupFigures, of: (figures: DesignFigures) => T): ByDesign<T> {
  return {
    plan: of(designs.plan),
    simple_random: of(designs.simple_random),
    proportional: of(designs.proportional),
  };
}
