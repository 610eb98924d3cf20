import { join, resolve } from "node:path";
import { compareBytes, compareUnits } from "../../frame/text.js";
import type { Plan } from "../../plan/types.js";
import { ticket, ticketKey } from "../../random/tickets.js";
import { readOwnCsv } from "../../report/own-csv.js";
import type { DesignStratum } from "../../sampling/design-stratum.js";
import { ticketKeyOf } from "../../sampling/update/draw-classes.js";
import type { Progress } from "../progress.js";
import { readText } from "../read-text.js";
import { openSampleFolder } from "../sample/folder.js";
import { refuseUnknownAlgorithm } from "../verify/known-algorithm.js";
import { type CappedStory, cappedStory } from "./capped.js";
import { type Excluded, explainExcluded } from "./excluded.js";
import { type FamilyStory, familyStory } from "./family.js";
import { explainLinked, type LinkedExplanation } from "./linked.js";
import { filesDisagree, readRecordedFrame } from "./recorded-frame.js";
import { replayRecorded } from "./replay-recorded.js";
import { type SinceDraw, sinceDraw } from "./since.js";
import { type SystematicStory, systematicStory } from "./systematic.js";
import { type TargetStory, targetStory } from "./targets.js";
import type { UnitOfSample } from "./unit-of-sample.js";

/** Why a unit was drawn, or was not. */
export type Explanation = Eligible | Excluded | LinkedExplanation;

/** A unit that could be drawn. */
export type Eligible = InStratum &
  (
    | { readonly outcome: "drawn"; readonly drawOrder: number }
    | { readonly outcome: "reserve"; readonly reserveOrder: number }
    | { readonly outcome: "not drawn" }
  );

interface InStratum {
  readonly unitId: string;
  readonly unit: Plan["unit"];
  readonly stratum: string;
  readonly ticket: string;
  /** The version of the update whose own tickets order the stratum; absent where they are the draw's. */
  readonly ticketsOfUpdate?: number;
  /** Place of the unit's ticket among its stratum's, from 1. */
  readonly rank: number;
  /** Eligible units of the stratum. */
  readonly population: number;
  /** How many of them were drawn, and how many reserves there are. */
  readonly drawn: number;
  readonly reserves: number;
  /** A fraction; under caps an estimate. */
  readonly inclusionProbability: number;
  /** What the design made of the unit. */
  readonly design: DesignStory;
  /** Where the plan has targets. */
  readonly targets?: TargetStory;
  /** Where units were replaced or added since the draw, of which all the rest tells. */
  readonly since?: SinceDraw;
}

export type DesignStory =
  /** The smallest tickets of the stratum. */
  | { readonly method: "random" }
  /** The plan takes nothing from the stratum. */
  | { readonly method: "left out" }
  /** The cube method, which leaves nothing to show but its replay. */
  | { readonly method: "balanced"; readonly balancedOn: readonly string[] }
  /** Away from an earlier sample: by chance alone, with a probability that goes by whether the unit was taken then. */
  | { readonly method: "avoid"; readonly takenBefore: boolean; readonly conditionalProbability: number }
  /** By what the update of a systematic or balanced sample had to add to the probability that the unit had before. */
  | { readonly method: "updated"; readonly version: number; readonly earlierProbability: number }
  | FamilyStory
  | SystematicStory
  | CappedStory;

/**
 * Explains a unit of a drawn sample. An eligible unit is explained from the folder alone, by drawing the sample again from
 * `frame.csv` and the manifest; for any other the export is read again.
 *
 * @param directory - the sample's folder, as the user wrote it
 * @throws CasedrawError `UNIT_UNKNOWN` where neither has the id; `MANIFEST_INVALID` where the folder's files disagree;
 *   `ALGORITHM_UNKNOWN`
 */
export async function explainUnit(
  directory: string,
  unitId: string,
  options: { readonly cwd: string; readonly progress: Progress },
): Promise<Explanation> {
  const folder = openSampleFolder(resolve(options.cwd, directory), directory);
  const { seed } = folder.manifest;
  refuseUnknownAlgorithm(folder.manifest);
  if (folder.manifest.linked_to !== undefined) return await explainLinked(folder, directory, unitId, options);
  const recorded = readRecordedFrame(folder, directory);
  const { frame } = recorded;
  const unit = frame.ids.indexOf(unitId);
  if (unit === -1) return explainExcluded(folder, unitId, frame.ids, options);
  options.progress("Drawing again");
  const { drawn, sample, designInputs } = await replayRecorded(folder, recorded);
  const stratum = drawn.design.strata.find(({ units }) => units.includes(unit)) as DesignStratum;
  const own = drawn.design.updated?.classes.get(stratum.key);
  const key = own === undefined ? ticketKey(seed) : ticketKeyOf(own, seed);
  const context = { frame, sample: drawn, designInputs, seed, key, unit, stratum };
  const since = sinceDraw(frame, sample, unit);
  const explanation = {
    ...explainEligible(recorded.plan, context),
    ...(since === undefined ? {} : { since }),
  };
  compareLists(explanation, (name) =>
    readOwnCsv(readText(join(folder.path, name), join(directory, name), "List"), name),
  );
  return explanation;
}

function explainEligible(plan: Plan, context: UnitOfSample): Eligible {
  const { frame, sample, key, unit, stratum } = context;
  const unitId = frame.ids[unit] as string;
  const own = ticket(key, unitId);
  const earlier = stratum.units.filter((each) => {
    const id = frame.ids[each] as string;
    return (compareUnits(ticket(key, id), own) || compareBytes(id, unitId)) < 0;
  });
  const reserves = sample.reserves.filter((each) => each.stratum === stratum);
  const { tickets } = sample.design.updated?.classes.get(stratum.key) ?? {};
  const targets = targetStory(plan, context);
  const facts: InStratum = {
    unitId,
    unit: plan.unit,
    stratum: stratum.key,
    ticket: own,
    ...(tickets === undefined ? {} : { ticketsOfUpdate: tickets }),
    rank: earlier.length + 1,
    population: stratum.units.length,
    // After an update of a systematic or balanced sample more or fewer than n_h: whoever had been drawn stayed.
    drawn: sample.drawn.filter((each) => each.stratum === stratum).length,
    reserves: reserves.length,
    inclusionProbability: sample.probabilities[unit] as number,
    design: designStory(context),
    ...(targets === undefined ? {} : { targets }),
  };
  const drawOrder = sample.drawn.findIndex((each) => each.unit === unit) + 1;
  if (drawOrder > 0) return { outcome: "drawn", drawOrder, ...facts };
  const reserveOrder = reserves.findIndex((each) => each.unit === unit) + 1;
  return reserveOrder > 0
    ? { outcome: "reserve", reserveOrder, ...facts }
    : { outcome: "not drawn", ...facts };
}

function designStory(context: UnitOfSample): DesignStory {
  const { sample, frame, unit, designInputs } = context;
  const { plan, conditional, updated } = sample.design;
  if (context.stratum.sampleSize === 0) return { method: "left out" };
  if (updated !== undefined && updated.classes.size === 0) {
    const before = updated.before.probabilities?.[unit] ?? 0;
    return { method: "updated", version: updated.version, earlierProbability: before };
  }
  if (conditional !== undefined) {
    const takenBefore = designInputs.earlier?.taken.has(frame.ids[unit] as string) ?? false;
    return { method: "avoid", takenBefore, conditionalProbability: conditional[unit] as number };
  }
  if (plan.one_per !== undefined) return familyStory(context);
  if (plan.caps !== undefined) return cappedStory(context);
  if (plan.method === "systematic") return systematicStory(context);
  return plan.method === "balanced"
    ? { method: "balanced", balancedOn: plan.balance ?? [] }
    : { method: "random" };
}

/** What the lists of the folder say of the unit must be what the replay says. */
function compareLists(explanation: Eligible, read: (name: string) => ReturnType<typeof readOwnCsv>): void {
  const { unitId, stratum, ticket: own } = explanation;
  const { drawOrder, reserveOrder, inclusionProbability } = listing(explanation);
  const drawn = { stratum, ticket: own, inclusion_probability: String(inclusionProbability) };
  const expected: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> = {
    "sample.csv": drawOrder === undefined ? undefined : { draw_order: String(drawOrder), ...drawn },
    "reserves.csv":
      reserveOrder === undefined ? undefined : { reserve_order: String(reserveOrder), stratum, ticket: own },
  };
  for (const [name, cells] of Object.entries(expected)) {
    const { header, rows } = read(name);
    const row = rows.find((each) => each[header.indexOf("unit_id")] === unitId);
    if ((row === undefined) !== (cells === undefined)) {
      throw filesDisagree(
        `${name} ${row === undefined ? "does not list" : "lists"} ${unitId}, and drawn again it ${cells === undefined ? "is not" : "is"} among them`,
        { unit_id: unitId },
      );
    }
    const wrong = Object.entries(cells ?? {}).find(
      ([column, cell]) => row?.[header.indexOf(column)] !== cell,
    );
    if (wrong !== undefined) {
      throw filesDisagree(`${name} has another ${wrong[0]} for ${unitId} than the draw gives`, {
        unit_id: unitId,
      });
    }
  }
}

/** Where a unit is listed as the sample stands, and with which probability. */
function listing(
  explanation: Eligible,
): Pick<SinceDraw, "drawOrder" | "reserveOrder" | "inclusionProbability"> {
  return explanation.since ?? explanation;
}
