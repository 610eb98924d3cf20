import type { Frame } from "../frame/frame.js";
import type { Plan } from "../plan/types.js";
import type { Design } from "../sampling/design.js";
import type { DesignedFrame } from "../workflow/sample/design-from-plan.js";
import type { SimulationCharts } from "../workflow/simulate/charts.js";
import type { SimulationResults } from "../workflow/simulate/results.js";
import type { WrittenSimulation } from "../workflow/simulate/to-folder.js";
import type { SizeAnswer, SizeQuestion } from "../workflow/size/answer.js";
import { given, seedOf, type WriteOptions, workOf, writingOf } from "./options.js";
import { opened, type PlanSource } from "./plan.js";

/**
 * Draws a design again and again before it is used, and beside it simple random and proportional stratified samples of the
 * same size: what each group gets, and whether every unit's chance is what the design says. These draws choose nobody.
 *
 * @param design - from `designSample` or `readDesign`
 * @param options.seed - any text, used exactly as given
 * @param options.draws - whole number from 2; default 1000
 * @param options.onProgress - told after each draw
 * @throws CasedrawError `DRAWS_OUT_OF_RANGE`, `CAPS_SHORTFALL` where every draw falls short, and those of a draw
 * @example
 * const { frame, design } = await readDesign("plan.yaml");
 * const { groups, draws } = await simulate(frame, design, { seed: "1", draws: 20 });
 * const girls = groups.find(({ group }) => group.characteristic === "gender" && group.level === "female");
 * [draws, girls.designs.plan.expected > 20] // → [20, true]
 */
export async function simulate(
  frame: Frame,
  design: Design,
  options: Pick<WriteOptions, "onProgress"> & { readonly seed: string; readonly draws?: number },
): Promise<SimulationResults> {
  const { simulateDesign } = await import("../sampling/simulate/simulate-design.js");
  const { simulationResults } = await import("../workflow/simulate/results.js");
  const { draws = usualDraws, onProgress = () => {} } = options;
  const seed = seedOf(options);
  const progress = (done: number): void => onProgress(`Simulating ${draws} draws`, done / draws);
  return simulationResults(frame, simulateDesign(frame, design, { seed, draws, progress }));
}

const usualDraws = 1000;

/**
 * The charts of a simulation.
 *
 * @param plan - whose design was simulated
 */
export async function simulationCharts(plan: Plan, results: SimulationResults): Promise<SimulationCharts> {
  const { simulationCharts: charts } = await import("../workflow/simulate/charts.js");
  return charts(plan, results);
}

/**
 * Simulates the design of a plan and writes the page and the tables, as `casedraw simulate` does.
 *
 * @param plan - path of the plan's file
 * @param options.seed - any text, used exactly as given
 * @param options.draws - whole number from 2; default 1000
 * @param options.frame - which frame of a plan that has several
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function writeSimulation(
  plan: string,
  options: WriteOptions & { readonly seed: string; readonly draws?: number; readonly frame?: string },
): Promise<WrittenSimulation> {
  const { simulateToFolder } = await import("../workflow/simulate/to-folder.js");
  const { draws = usualDraws, frame } = options;
  return await simulateToFolder(plan, seedOf(options), { ...writingOf(options), draws, ...given({ frame }) });
}

/** What is asked about a sample's size; every part has a default but the goal. */
export interface SizeForOptions {
  /** Half the width of the interval that is wanted, a fraction. */
  readonly margin?: number;
  /** A difference between two halves of the sample that is to be found, a fraction. */
  readonly difference?: number;
  /** The share of the population that has a practice of which one case is to be found, a fraction. */
  readonly rare?: number;
  /** A size that is given: what does it reach? Not beside a goal. */
  readonly size?: number;
  /** N; unknown: very large. Not beside a plan, whose frame says it. */
  readonly populationSize?: number;
  /** The share that is expected, a fraction in (0, 1); default 0.5, the most cautious. */
  readonly proportion?: number;
  /** A fraction in (0, 1); default 0.95. */
  readonly confidence?: number;
  /** Chance of finding a difference that is there, a fraction in (0.5, 1); default 0.8. */
  readonly power?: number;
  /** Default `wilson`. */
  readonly method?: "wilson" | "wald";
  /** How many times larger the variance is than under simple random sampling; default 1. */
  readonly designEffect?: number;
  /** A plan: the answer is then about its frame and design, and their groups. */
  readonly plan?: PlanSource;
  /** Characteristics to answer for, with a plan. */
  readonly by?: readonly string[];
}

async function answered(
  options: SizeForOptions & Pick<WriteOptions, "cwd" | "onProgress">,
): Promise<{ readonly answer: SizeAnswer; readonly designed?: DesignedFrame }> {
  const { answerSize } = await import("../workflow/size/answer.js");
  const { margin, difference, rare, size, populationSize } = options;
  const question: SizeQuestion = {
    assumptions: {
      proportion: options.proportion ?? 0.5,
      confidence: options.confidence ?? 0.95,
      power: options.power ?? 0.8,
      method: options.method ?? "wilson",
    },
    goals: given({ margin, difference, rare }),
    designEffect: options.designEffect ?? 1,
    ...given({ size, populationSize }),
    by: options.by ?? [],
  };
  if (options.plan === undefined) return { answer: answerSize(question) };
  const { designPlan } = await import("../workflow/sample/design-from-plan.js");
  const { samplePlan } = await import("../workflow/open-plan.js");
  const planFile = await opened(options.plan, options);
  const sample = samplePlan(planFile.plan);
  const sized = { ...planFile.plan, sample: { ...sample, size: size ?? sample.size } };
  const designed = await designPlan({ ...planFile, plan: sized }, workOf(options));
  return { answer: answerSize(question, designed), designed };
}

/**
 * How many cases a sample needs for what it is wanted for, or what a given size reaches, as `casedraw size` tells it.
 *
 * @returns figures of the whole population first, then of its groups, with sentences that say them
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`, `SIZE_FIELD_UNKNOWN`
 * @example
 * const { needed } = await sizeFor({ margin: 0.05, populationSize: 54_000 });
 * needed?.[0]?.margin?.sampleSize // → 378
 */
export async function sizeFor(
  options: SizeForOptions & Pick<WriteOptions, "cwd" | "onProgress">,
): Promise<SizeAnswer> {
  return (await answered(options)).answer;
}

/**
 * The same, written as a page and a table.
 *
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function writeSize(options: SizeForOptions & WriteOptions): Promise<SizeAnswer> {
  const { answer, designed } = await answered(options);
  const { sizeToFolder } = await import("../workflow/size/to-folder.js");
  await sizeToFolder(answer, { ...writingOf(options), ...given({ designed }) });
  return answer;
}
