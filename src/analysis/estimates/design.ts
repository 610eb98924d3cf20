import { CasedrawError } from "../../errors.js";
import { type Field, isBlankLevel, listItems, notRecorded } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import { ticketKey } from "../../random/tickets.js";
import { designField } from "../../sampling/design-field.js";
import type { Sample } from "../../sampling/draw.js";
import { serpentine, sortFields } from "../../sampling/serpentine.js";
import { inTicketOrder } from "../../sampling/ticket-order.js";
import { balancedDesign } from "../../statistics/survey/balanced.js";
import { collapsedDesign } from "../../statistics/survey/collapsed.js";
import type { SampleDesign } from "../../statistics/survey/sample-design.js";
import { stratifiedDesign } from "../../statistics/survey/stratified.js";
import { systematicDesign } from "../../statistics/survey/systematic.js";
import { ultimateClusterDesign } from "../../statistics/survey/ultimate-cluster.js";
import { unequalProbabilityDesign } from "../../statistics/survey/unequal-probability.js";
import type { VarianceStratum } from "./collapse.js";
import type { ResponseStratum } from "./stratum.js";

/** The responding units that a design is made of. */
interface Responding {
  readonly frame: Frame;
  readonly sample: Sample;
  readonly seed: string;
  readonly units: Int32Array;
  readonly stratumOf: Int32Array;
  readonly weights: Float64Array;
  readonly strata: readonly ResponseStratum[];
  /** The strata as they are for the variance. */
  readonly merged: readonly VarianceStratum[];
}

/** How many of a hundred responding units the independent balancing columns may use up: residuals need the rest. */
const mostBalanced = 0.5;

/**
 * How the responding units of a sample came to be chosen, by the design's own method: stratified random, systematic,
 * balanced, one child a family, or with unequal or estimated probabilities. Where strata were collapsed, a random or systematic
 * sample has the variance of collapsed strata; the order of the list is left out of it.
 *
 * @returns the design, and how many balancing columns had to be left out of its variance
 * @throws CasedrawError `STRATUM_TOO_FEW`, `ESTIMATE_DESIGN_UNSUPPORTED`, and those of the designs
 */
export function designOfResponses(responding: Responding): {
  readonly design: SampleDesign;
  readonly columnsLeftOut: number;
} {
  const { sample, strata, merged, weights } = responding;
  const { plan, linked, conditional } = sample.design;
  if (linked !== undefined) throw linkedUnsupported();
  const plain = (design: SampleDesign) => ({ design, columnsLeftOut: 0 });
  const keys = merged.map(({ key }) => key);
  const collapsed = merged.map((group) => group.strata.length > 1);
  const places = new Map(merged.flatMap((group, code) => group.strata.map((at) => [at, code])));
  const stratumOf = responding.stratumOf.map((at) => places.get(at) as number);
  const probabilities = weights.map((weight) => (Math.abs(1 - weight) < 1e-9 ? 1 : 1 / weight));
  if (plan.one_per !== undefined) {
    return plain(
      ultimateClusterDesign({
        strata: merged.map(({ key, whole, strata: own }) => ({
          key,
          ...(whole ? { clusters: own.reduce((sum, at) => sum + (strata[at]?.sampled ?? 0), 0) } : {}),
        })),
        stratumOf,
        clusterOf: Int32Array.from(stratumOf.keys()),
        probabilities,
      }),
    );
  }
  const stopped = strata.some((stratum) => stratum.stopped);
  const { updated } = sample.design;
  // What an update drew from the complement of a systematic sample makes no one list of even steps.
  const unequal = updated !== undefined && plan.method === "systematic";
  if (stopped || unequal || plan.caps !== undefined || conditional !== undefined) {
    return plain(unequalProbabilityDesign({ keys, collapsed, stratumOf, probabilities }));
  }
  if (plan.method === "balanced") return balanced(responding, { keys, collapsed, stratumOf, probabilities });
  if (merged.length < strata.length)
    return plain(collapsedDesign({ keys, collapsed, stratumOf, probabilities }));
  const sampled = strata.map(({ key, sampled }) => ({ key, populationSize: sampled }));
  return plain(
    plan.method === "systematic"
      ? systematicDesign({ strata: sampled, stratumOf, order: listOrder(responding) })
      : stratifiedDesign({ strata: sampled, stratumOf }),
  );
}

/** What is said of a linked sample: which figures it gives, and which it does not. */
export function linkedUnsupported(): CasedrawError {
  return new CasedrawError(
    "ESTIMATE_DESIGN_UNSUPPORTED",
    "Linked sample: an interval takes the chance that two units come in together, which follows from the earlier draw and is not kept, got a linked sample. " +
      "Without interval its weights give figures that are right on average: add up design_weight (sample.csv) over the reviewed " +
      "units that have something, for their number, and divide by the sum over all that answered, for their share. " +
      "For figures with intervals estimate from the sample that it is linked to.",
  );
}

/** The place of each responding unit in the list from which a systematic sample was drawn. */
function listOrder({ frame, sample, seed, units }: Responding): Int32Array {
  const fields = sortFields(frame.fields, sample.design.plan.balance ?? []);
  const key = ticketKey(seed);
  const places = new Int32Array(frame.ids.length);
  for (const stratum of sample.design.strata) {
    const sorted = serpentine(inTicketOrder(stratum.units, frame.ids, key), fields);
    sorted.forEach(({ unit }, at) => {
      places[unit] = at;
    });
  }
  return units.map((unit) => places[unit] as number);
}

function balanced(
  { frame, sample, units }: Responding,
  {
    keys,
    collapsed,
    stratumOf,
    probabilities,
  }: {
    readonly keys: readonly string[];
    readonly collapsed: readonly boolean[];
    readonly stratumOf: Int32Array;
    readonly probabilities: Float64Array;
  },
) {
  const { plan, targets = [] } = sample.design;
  const remedy = "restore frame.csv as it was written.";
  const columns = [
    ...targets.map(({ members }) => Float64Array.from(units, (unit) => members[unit] as number)),
    ...(plan.balance ?? []).flatMap((name) =>
      indicators(designField(frame.fields, name, { role: "Balance", remedy }), units),
    ),
  ];
  const most = Math.max(0, Math.floor(units.length * mostBalanced) - keys.length);
  const kept = columns.slice(0, most);
  return {
    design: balancedDesign({ keys, collapsed, stratumOf, probabilities, columns: kept }),
    columnsLeftOut: columns.length - kept.length,
  };
}

/** One column of 0 and 1 for every level or item that a responding unit has; dependent ones do no harm. */
function indicators(field: Field, units: Int32Array): Float64Array[] {
  const itemsOf = field.levels.map((level) =>
    isBlankLevel(field.kind, level) ? [notRecorded] : field.kind === "list" ? listItems(level) : [level],
  );
  const columns = new Map<string, Float64Array>();
  units.forEach((unit, at) => {
    for (const item of itemsOf[field.codes[unit] as number] as string[]) {
      const column = columns.get(item) ?? new Float64Array(units.length);
      column[at] = 1;
      columns.set(item, column);
    }
  });
  return [...columns.values()];
}
