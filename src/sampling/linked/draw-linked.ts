import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import { compareBytes } from "../../frame/text.js";
import { ticketKey } from "../../random/tickets.js";
import { type Design, linkedAlgorithm } from "../design.js";
import type { DesignStratum } from "../design-stratum.js";
import type { DrawnUnit, Sample } from "../draw.js";
import { inTicketOrder } from "../ticket-order.js";
import { type LinkedValue, type LinkFacts, linkedStrata } from "./link-facts.js";
import { type LinkGroups, linkGroups } from "./link-groups.js";
import { linkNotes } from "./link-notes.js";
import { type LinkSource, type OnReplay, type ValueChances, valueChances } from "./value-chances.js";

/**
 * Takes every eligible unit whose value of a field any drawn unit of an earlier sample has. It adds no randomness: a unit's
 * probability is that of its value, the chance that the earlier draw takes at least one unit with it, and its weight 1/π
 * makes totals over the units within reach unbiased. Tickets, which only order the units, are those of the earlier seed.
 *
 * @param frame - the records to take from
 * @param by - the field; in `frame` with one value a unit
 * @param earlier - the sample as its replay gives it
 * @throws CasedrawError `DESIGN_FIELD_MISSING`, `LINK_FIELD_LIST`, `LINK_EMPTY`, `LINK_DESIGN_UNSUPPORTED`
 * @see Lavallée (2007) Indirect Sampling, ch. 1; here each record has one link, so that its weight is the inverse of π
 */
export function drawLinked(
  frame: Frame,
  by: string,
  { earlier, onReplay = () => {} }: { readonly earlier: LinkSource; readonly onReplay?: OnReplay },
): Sample {
  const here = linkGroups(frame, by, {
    where: "this plan's data",
    instead: "Map a column to it in the plan, or link by another field.",
  });
  refuseList(frame, by);
  const there = linkGroups(earlier.frame, by, {
    where: "the earlier sample's data",
    instead:
      "Map a column to it in the earlier plan and draw that sample again, or link by a field that both plans map.",
  });
  const chances = valueChances(earlier, there, onReplay);
  const values = linkedValues(here, there, earlier, chances);
  const known = new Map(values.map((value) => [value.value, value]));
  const linkOf = (unit: number): LinkedValue | undefined => {
    const place = here.valuesOf(unit)[0];
    return place === undefined ? undefined : known.get(here.values[place] as string);
  };
  refuseOutOfReach(values, by);

  const probabilities = new Float64Array(frame.ids.length);
  const standardErrors = new Float64Array(frame.ids.length);
  for (const unit of frame.eligible) {
    const value = linkOf(unit);
    probabilities[unit] = value?.probability ?? 0;
    standardErrors[unit] = value?.standardError ?? 0;
  }
  const taken = frame.eligible.filter((unit) => (linkOf(unit)?.earlierDrawn ?? 0) > 0);
  const strata = strataOf(frame, probabilities, taken.length);
  const [reached] = strata as [DesignStratum];
  const facts: LinkFacts = { by, values, estimated: chances.estimation !== undefined };
  const design: Design = {
    algorithm: linkedAlgorithm,
    plan: {
      size: taken.length,
      method: "random",
      strata: [],
      allocation: { method: "proportional" },
      reserves: 0,
    },
    strata,
    probabilities,
    linked: facts,
    notes: linkNotes(facts, chances, { frame, linkOf }),
  };
  return {
    design,
    drawn: inTicketOrder(taken, frame.ids, ticketKey(earlier.seed)).map((found): DrawnUnit => {
      const probability = probabilities[found.unit] as number;
      return { ...found, stratum: reached, probability, weight: 1 / probability };
    }),
    reserves: [],
    probabilities,
    ...(chances.estimation === undefined
      ? {}
      : {
          estimated: {
            ...chances.estimation,
            probabilities,
            standardErrors,
            pooled: new Int32Array(frame.ids.length).fill(1),
          },
        }),
    notes: design.notes,
  };
}

function refuseList(frame: Frame, by: string): void {
  if (frame.fields.get(by)?.kind !== "list") return;
  throw new CasedrawError(
    "LINK_FIELD_LIST",
    `Linking field "${by}" has several values for some units, so a unit's probability is not that of one value. ` +
      "Link by a field with one value a unit, or let its join take one row.",
    { field: by },
  );
}

function linkedValues(
  here: LinkGroups,
  there: LinkGroups,
  { sample }: LinkSource,
  { probabilities, standardErrors }: ValueChances,
): LinkedValue[] {
  const drawn = new Int32Array(there.values.length);
  for (const { unit } of sample.drawn) {
    for (const place of there.valuesOf(unit)) drawn[place] = (drawn[place] as number) + 1;
  }
  const places = (groups: LinkGroups): Map<string, number> =>
    new Map(groups.values.map((value, place) => [value, place]));
  const [placeHere, placeThere] = [places(here), places(there)];
  return [...new Set([...here.values, ...there.values])].sort(compareBytes).map((value): LinkedValue => {
    const [own, before] = [placeHere.get(value), placeThere.get(value)];
    const eligible = own === undefined ? 0 : (here.members[own]?.length ?? 0);
    if (before === undefined) {
      return { value, earlierEligible: 0, earlierDrawn: 0, eligible, probability: 0, standardError: 0 };
    }
    return {
      value,
      earlierEligible: there.members[before]?.length ?? 0,
      earlierDrawn: drawn[before] as number,
      eligible,
      probability: probabilities[before] as number,
      standardError: standardErrors[before] as number,
    };
  });
}

function refuseOutOfReach(values: readonly LinkedValue[], by: string): void {
  if (values.some(({ eligible, probability }) => eligible > 0 && probability > 0)) return;
  throw new CasedrawError(
    "LINK_EMPTY",
    `Linked sample would be empty: no eligible unit has a ${by} that the earlier sample could have drawn. ` +
      "Check that both files write it alike (values: in the plan maps one spelling to another).",
    { field: by },
  );
}

function strataOf(frame: Frame, probabilities: Float64Array, taken: number): DesignStratum[] {
  const reached = frame.eligible.filter((unit) => (probabilities[unit] as number) > 0);
  const others = frame.eligible.filter((unit) => (probabilities[unit] as number) === 0);
  const mean = reached.reduce((sum, unit) => sum + (probabilities[unit] as number), 0) / reached.length;
  const stratum = (key: string, units: Int32Array, sampleSize: number, inclusionProbability: number) => ({
    key,
    units,
    populationSize: units.length,
    sampleSize,
    reserves: 0,
    inclusionProbability,
  });
  return [
    stratum(linkedStrata.reached, reached, taken, Math.min(mean, 1)),
    ...(others.length === 0 ? [] : [stratum(linkedStrata.others, others, 0, 0)]),
  ];
}
