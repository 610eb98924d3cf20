import { inSentence, listText } from "../../analysis/words.js";
import { capital, fieldLabel } from "../../frame/labels.js";
import { counted, thousands } from "../../frame/words.js";
import type { Bounds, Plan, SamplePlan } from "../../plan/types.js";
import { continuesDraw } from "../../sampling/after/standing.js";
import type { Sample } from "../../sampling/draw.js";
import { linkedWords } from "./linked.js";
import { type DesignWords, oneDecimalPercent, type UnitWords } from "./words.js";

/** The words for a plan's design: its method, allocation, families, caps, targets, avoided units and reserves. */
export function designWords(plan: Plan, sample: Sample, units: UnitWords): DesignWords {
  if (sample.design.linked !== undefined) return linkedWords(sample.design.linked, sample, units);
  const design = sample.design.plan;
  const words: Context = { plan, design, sample, units };
  return {
    short: shortWords(words),
    paragraphs: [
      ticketWords(words),
      methodWords(words),
      ...allocationWords(words),
      ...targetWords(words),
      ...capWords(words),
      ...avoidWords(words),
      ...updateWords(words),
      ...chosenWords(words),
      reserveWords(words),
    ],
    fromTickets: fromTickets(words),
  };
}

interface Context {
  readonly plan: Plan;
  readonly design: SamplePlan;
  readonly sample: Sample;
  readonly units: UnitWords;
}

/** Fields as a list of their labels. */
function fieldsText(names: readonly string[]): string {
  return listText(names.map((name) => inSentence(fieldLabel(name))));
}

function strataText({ design, sample, units }: Context): string {
  const count = sample.design.strata.length;
  if (design.strata.length === 0) return `from one list of all eligible ${units.many}`;
  return count === 1
    ? `within one stratum (${fieldsText(design.strata)})`
    : `within each of ${thousands(count)} strata (${fieldsText(design.strata)})`;
}

function shortWords(context: Context): string {
  const { design, units } = context;
  const where = strataText(context);
  const balance = fieldsText(design.balance ?? []);
  if (context.sample.design.conditional !== undefined)
    return `By lot, ${where}, with chances that keep away from an earlier sample.`;
  if (design.one_per !== undefined)
    return `By lot, ${where}: families first, then one ${units.one} of each family.`;
  if (design.caps !== undefined) return `By lot, ${where}, with no more than ${capsText(context)}.`;
  if (design.method === "systematic")
    return `At even steps from a random start through a list sorted by ${balance}, ${where}.`;
  if (design.method === "balanced")
    return `By lot, ${where}, so that the sample matches the population on ${balance}.`;
  return `By lot, ${where}.`;
}

function ticketWords({ design, units }: Context): string {
  const family =
    design.one_per === undefined
      ? ""
      : ` Each family has one too, from its ${inSentence(fieldLabel(design.one_per))}.`;
  return (
    `Every eligible ${units.one} has a ticket: a number worked out from the seed and the ${units.one}’s ID alone, as if drawn from a hat.${family} ` +
    "Nobody can steer it, and anyone can work it out again."
  );
}

function methodWords({ design, sample, units }: Context): string {
  const { one, many } = units;
  const balance = fieldsText(design.balance ?? []);
  const strata = design.strata.length > 0;
  const inEach = strata ? "In each stratum" : "From the whole list";
  if (sample.design.conditional !== undefined) {
    return (
      `The draw is random, and keeps away from an earlier sample. ${inEach} ${many} that the earlier sample took have a smaller chance this time, often none, and the others a larger one, in exact measure. ` +
      `The cube method takes ${many} with just these chances, at a number that is fixed, or at the whole number below or above where the chances do not add up to a whole one. A smaller ticket makes nobody likelier to be drawn.`
    );
  }
  const same = `every ${strata ? `${one} of a stratum` : `eligible ${one}`} had the same chance`;
  if (design.one_per !== undefined) {
    return (
      `${inEach} the families with the smallest tickets were drawn first: those who share one ${inSentence(fieldLabel(design.one_per))} are a family. Then one ${one} of each was taken, again by the smallest ticket. ` +
      `No two ${many} of one family are in the sample. A ${one} with eligible siblings had a smaller chance than one without; the weights make up for that.`
    );
  }
  // After an update chances differ by what a unit's were before; the words for the update say how.
  const alike = sample.design.updated === undefined && design.avoid === undefined;
  if (design.method === "systematic") {
    return (
      `${inEach} the ${many} were put in order of ${balance}, and those at even steps from a random start were taken. ` +
      `So the sample spreads evenly over ${balance}${alike ? `, and ${same}` : ""}.`
    );
  }
  if (design.method === "balanced") {
    return (
      `The draw is random, but only samples that match the population closely on ${balance} can come out (the cube method). ` +
      `The number drawn ${strata ? "from each stratum" : "in all"} is exact; the other groups are held as near as whole ${many} allow.`
    );
  }
  if (design.caps !== undefined) return `${inEach} ${many} were taken in the order of their tickets.`;
  return `${inEach} the ${many} with the smallest tickets were taken.${alike ? ` So ${same}.` : ""}`;
}

function allocationWords({ design, sample, units }: Context): string[] {
  if (sample.design.strata.length < 2) return [];
  const { allocation } = design;
  const start = "The size of the sample was shared among the strata";
  switch (allocation.method) {
    case "fixed":
      return [`${start} as the plan says, stratum by stratum.`];
    case "proportional":
      return [`${start} in proportion to their size${boundsText(allocation)}.`];
    case "equal":
      return [`${start} equally${boundsText(allocation)}.`];
    case "power":
      return [
        `${start} by a power of their size (${allocation.exponent}), which gives small strata more than their proportion${boundsText(allocation)}.`,
      ];
    case "neyman":
      return [
        `${start} by their size and by how much the ${units.many} in them differ (Neyman’s allocation)${boundsText(allocation)}.`,
      ];
    case "optimal":
      return [
        `${start} by their size, by how much the ${units.many} in them differ and by what one costs to review${boundsText(allocation)}.`,
      ];
  }
}

/** The plan's bounds; by default a stratum gives two, or all that it holds. */
function boundsText({ min = 2, max }: Bounds): string {
  const bounds = [
    ...(min === 0
      ? []
      : [
          typeof min === "number"
            ? `at least ${thousands(min)} each (all, where a stratum holds fewer)`
            : "the minima that the plan sets",
        ]),
    ...(max === undefined
      ? []
      : [typeof max === "number" ? `at most ${thousands(max)} each` : "the maxima that the plan sets"]),
  ];
  return bounds.length === 0 ? "" : `, with ${listText(bounds)}`;
}

function targetWords({ design, units }: Context): string[] {
  if (design.targets === undefined || design.targets.length === 0) return [];
  return [
    design.method === "balanced"
      ? `The plan sets targets for some groups. Their ${units.many} were given a higher chance, others a lower one, as little as meets the targets. The weights make up for that.`
      : `The plan sets targets for some groups. Their strata were given more of the sample, and the weights make up for that.`,
  ];
}

function capsText({ design }: Context): string {
  return listText(
    Object.entries(design.caps ?? {}).map(
      ([name, most]) => `${thousands(most)} of any one ${inSentence(fieldLabel(name))}`,
    ),
  );
}

function capWords(context: Context): string[] {
  const { design, sample, units } = context;
  if (design.caps === undefined) return [];
  const { estimated } = sample;
  return [
    `The sample may hold no more than ${capsText(context)}; whoever came next once that was reached was passed over. Caps change the chances.`,
    ...(estimated === undefined
      ? []
      : [
          `So each ${units.one}’s chance was estimated by repeating the whole draw ${counted(estimated.replays + estimated.discarded, "time")} on the computer` +
            (estimated.discarded === 0
              ? ". "
              : `, of which ${thousands(estimated.discarded)} could not fill every stratum and do not count. `) +
            "Weights come from these estimates.",
        ]),
  ];
}

function avoidWords({ design, units }: Context): string[] {
  const { avoid } = design;
  if (avoid === undefined) return [];
  const reviewed = `${capital(units.many)} reviewed before`;
  return [
    "sample" in avoid
      ? `${reviewed}, in an earlier sample, were less likely to be drawn again. Over both draws each ${units.one} keeps the chance that this design gives it: the tables and the weights go by that chance.`
      : `${reviewed}, by the list that the plan names, had ${oneDecimalPercent(avoid.share * 100)} of the chance of others. The weights make up for that.`,
  ];
}

function updateWords({ sample, units }: Context): string[] {
  const { updated } = sample.design;
  if (updated === undefined) return [];
  const { one, many } = units;
  const start = `With version ${updated.version} the sample was brought to a corrected export. Whoever had been drawn and was still eligible stayed.`;
  return [
    updated.classes.size > 0
      ? `${start} Each stratum is now parted by where its ${many} were before. How many of a part were in the sample already is taken as given; the next ${many} by ticket came in, up to what the part has to give. ` +
        `${capital(many)} new to a stratum of which nobody was in the sample were drawn with tickets of their own, made from the seed followed by “|update/${updated.version}”. ` +
        `So chances and weights hold given those numbers, and given them exactly. Each part has to be in the sample for every ${one} to count, so there may be a few more ${many} than the plan allocates.`
      : `${start} The others were drawn with just the chance that was lacking, so that each ${one} has the larger of the chances that the two designs gave it, exactly. How many are drawn in all varies by chance.`,
  ];
}

function chosenWords({ sample }: Context): string[] {
  const chosen = sample.after?.chosen.length ?? 0;
  if (chosen === 0) return [];
  return [
    `${counted(chosen, "case was", "cases were")} chosen by inspectors and ${chosen === 1 ? "stands" : "stand"} beside the sample. Chosen cases have no chance and no weight, and stand for no others; chosen.csv lists them.`,
  ];
}

function reserveWords({ design, sample, units }: Context): string {
  if (sample.reserves.length === 0)
    return sample.after?.strata.some(({ released }) => released > 0) === true
      ? "No reserve is left: all that were drawn have come into the sample."
      : "No reserves were drawn.";
  const next = design.one_per === undefined ? "tickets" : "families by ticket";
  return (
    `Reserves are the next ${next}. One may stand in for a sampled ${units.one} that cannot be reviewed, strictly in order${design.strata.length === 0 ? "" : " within its stratum"}.` +
    (continuesDraw(sample.design)
      ? ""
      : " Under this design a reserve is a matched substitute and not a continuation of the draw, and is reported as one.")
  );
}

function fromTickets(context: Context): string {
  const { updated } = context.sample.design;
  const drawn = drawnFromTickets(context);
  return updated === undefined
    ? drawn
    : `${drawn} That is how the first version was drawn: an update keeps who is still eligible, and manifest.json records whom version ${thousands(updated.version)} kept.`;
}

function drawnFromTickets({ design, sample, units }: Context): string {
  const group = design.strata.length === 0 ? "of all" : "of each stratum";
  const seeded = "The other random numbers that this takes come from the seed as well.";
  if (sample.design.conditional !== undefined)
    return `Tickets give the order in which the cube method goes through the ${units.many} ${group}, each with its chance given the earlier sample. ${seeded}`;
  if (design.one_per !== undefined)
    return `The smallest tickets ${group} are drawn: those of the families first, made from the family’s ID, then the smallest of each family’s ${units.many}.`;
  if (design.caps !== undefined)
    return `All tickets are gone through from the smallest, and a ${units.one} is taken while neither its stratum nor a cap is full.`;
  if (design.method === "systematic")
    return `Tickets settle the order of ${units.many} who are alike in what the list is sorted by. ${seeded}`;
  if (design.method === "balanced")
    return `Tickets give the order in which the cube method goes through the ${units.many}. ${seeded}`;
  return `The smallest tickets ${group}, compared as text, are the sample; the next ones are its reserves.`;
}
