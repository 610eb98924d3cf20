import type { About, Counted } from "../analysis/item.js";
import type { Result } from "../analysis/result.js";
import { mayHaveEnded } from "../analysis/units.js";
import { allocationChart } from "./allocation-chart.js";
import { areasChart } from "./areas-chart.js";
import { backlogChart } from "./backlog-chart.js";
import { caseTypesChart, ownFieldsChart } from "./case-types-chart.js";
import { caseloadChart } from "./caseload-chart.js";
import { characteristicChart } from "./characteristic-chart.js";
import type { Chart } from "./chart.js";
import { cohortFlowChart } from "./cohort-flow-chart.js";
import { cohortsChart } from "./cohorts-chart.js";
import { dataQualityChart } from "./data-quality-chart.js";
import { delayByChart } from "./delay-by-chart.js";
import { demandChart } from "./demand-chart.js";
import { factorOverlapChart } from "./factor-overlap-chart.js";
import { factorsChart } from "./factors-chart.js";
import { flowChart } from "./flow-chart.js";
import { incidenceChart } from "./incidence-chart.js";
import { lawProfileChart } from "./law-profile-chart.js";
import { openAgeChart } from "./open-age-chart.js";
import { overTimeChart } from "./over-time-chart.js";
import { rateRatioChart } from "./rate-ratio-chart.js";
import { repeatChart } from "./repeat-chart.js";
import { seasonalityChart } from "./seasonality-chart.js";
import { survivalChart } from "./survival-chart.js";

/** What draws an item's result; nothing where there is too little to draw. */
type DrawResult = (result: Result, counted: Counted, about: About) => Chart | undefined;

/** The chart of each item of the catalogue that has one. */
const charts: Readonly<Record<string, DrawResult>> = {
  "cohort-flow": cohortFlowChart,
  age: (result, _, { plan }) => characteristicChart(result, { ended: mayHaveEnded(plan) }),
  gender: (result) => characteristicChart(result),
  disability: (result) => characteristicChart(result),
  ethnicity: (result) => characteristicChart(result),
  disproportionality: rateRatioChart,
  repeat: repeatChart,
  "case-types": caseTypesChart,
  factors: factorsChart,
  "factor-overlap": factorOverlapChart,
  "law-profile": lawProfileChart,
  "own-fields": ownFieldsChart,
  "open-age": openAgeChart,
  duration: survivalChart,
  endings: incidenceChart,
  "start-cohorts": cohortsChart,
  "delay-by": delayByChart,
  allocation: allocationChart,
  caseload: caseloadChart,
  demand: demandChart,
  seasonality: seasonalityChart,
  backlog: backlogChart,
  flow: flowChart,
  "over-time": overTimeChart,
  areas: areasChart,
  "data-quality": dataQualityChart,
};

/** The chart of an item's result; undefined for an item that is a table only. */
export function chartOf(
  item: string,
  result: Result,
  { counted, about }: { readonly counted: Counted; readonly about: About },
): Chart | undefined {
  return Object.hasOwn(charts, item) ? charts[item]?.(result, counted, about) : undefined;
}
