import { counted, thousands } from "../frame/words.js";
import type { CappedStory, PassedOver } from "../workflow/explain/capped.js";
import type { FamilyStory } from "../workflow/explain/family.js";
import type { SystematicStory } from "../workflow/explain/systematic.js";
import type { Eligible } from "../workflow/explain/unit.js";
import { inPercent } from "./words.js";

/** A line of facts: what it is, and what it is for this unit. */
export type Fact = readonly [label: string, text: string];

/** What a design has to say of a unit. */
export interface Telling {
  /** Ends the first sentence: ": its stratum was full". */
  readonly why?: string;
  readonly facts: readonly Fact[];
  readonly sentences: readonly string[];
}

/** Tells what the unit's design made of it. */
export function tell(explanation: Eligible): Telling {
  const { design } = explanation;
  switch (design.method) {
    case "random":
      return tellRandom(explanation);
    case "left out":
      return {
        facts: [["Chance", "none"]],
        sentences: ["The plan leaves this stratum out of the sample."],
      };
    case "avoid":
      return tellAvoiding(explanation, design);
    case "balanced":
      return tellBalanced(explanation, design.balancedOn);
    case "updated":
      return {
        facts: [
          ["Chance before the update", percent(design.earlierProbability)],
          ["Chance", percent(explanation.inclusionProbability)],
        ],
        sentences: [
          `Version ${design.version} follows a corrected export: whoever had been drawn stayed, and the others were drawn with the chance that was lacking.`,
        ],
      };
    case "one_per":
      return tellFamily(explanation, design);
    case "systematic":
      return tellSystematic(explanation, design);
    case "caps":
      return tellCapped(explanation, design);
  }
}

function tellRandom(explanation: Eligible): Telling {
  const { drawn, reserves } = explanation;
  return {
    facts: [ticketFact(explanation), placeFact(explanation), ["Chance", evenChance(explanation)]],
    sentences: [
      `The ${thousands(drawn)} smallest tickets of the stratum are the sample${nextReserves(reserves)}.`,
    ],
  };
}

function tellBalanced(explanation: Eligible, balancedOn: readonly string[]): Telling {
  const { outcome, targets } = explanation;
  const chance =
    targets === undefined
      ? evenChance(explanation)
      : `${percent(explanation.inclusionProbability)}, from the stratum and the targets`;
  return {
    facts: [
      ticketFact(explanation),
      placeFact(explanation),
      ["Chance", chance],
      ["Balance", balancedOn.join(", ")],
    ],
    sentences: [
      "The draw is random, but only samples that match the population closely in what it is balanced on can come out",
      "(the cube method). Tickets give the order in which it goes through the units; chance then decides, each unit with",
      "its own probability. There is no rank to point to: the draw was made again just now, from frame.csv and the seed,",
      `and ${outcome === "drawn" ? "this unit is in it" : "this unit is not in it"}, as the folder says.`,
      ...substituteSentence(explanation),
    ],
  };
}

function tellAvoiding(
  explanation: Eligible,
  {
    takenBefore,
    conditionalProbability,
  }: { readonly takenBefore: boolean; readonly conditionalProbability: number },
): Telling {
  const given = percent(conditionalProbability);
  return {
    facts: [
      ticketFact(explanation),
      ["Chance", `${evenChance(explanation)}, over both draws`],
      [
        "Given then",
        `it was ${takenBefore ? "" : "not "}taken in the earlier sample, and so had ${given} this time`,
      ],
    ],
    sentences: [
      "The draw keeps away from an earlier sample: whoever was taken then is less likely to be taken again, and the others are a",
      "little more likely, so that over both draws every unit of the stratum has the same chance. Chance then decides, each",
      "unit with its own probability; the draw was made again just now and comes out as the folder says.",
      ...substituteSentence(explanation),
    ],
  };
}

function tellFamily(explanation: Eligible, story: FamilyStory): Telling {
  const { unitId, outcome, drawn, reserves } = explanation;
  const { field, family, families, familyRank, children } = story;
  const [first] = children;
  const taken = first?.unitId ?? unitId;
  const size = children.length;
  const reached = familyRank <= drawn + reserves;
  const list = familyRank <= drawn ? "the sample" : "the reserves";
  const why =
    outcome !== "not drawn"
      ? ""
      : reached
        ? `: its family is in ${list}, and of its children ${taken} was taken`
        : ": its family was not";
  return {
    why,
    facts: [
      ["Families", `${counted(families, "family")} in the stratum, of which ${thousands(drawn)} are drawn`],
      ["Family", `${field} ${family}, with ${counted(size, "eligible unit")}`],
      ["Its ticket", story.familyTicket],
      ["Its place", `${thousands(familyRank)} of ${thousands(families)} families, smallest ticket first`],
      ...children.map((child, at): Fact => {
        const which = child.unitId === unitId ? " (this unit)" : "";
        return [at === 0 ? "Children" : "", `${at + 1}. ${child.unitId}  ${child.ticket}${which}`];
      }),
      [
        "Chance",
        `${drawn} in ${thousands(families)} for the family, then 1 in ${size} within it: ` +
          `${drawn} / (${thousands(families)} × ${size}) = ${percent(explanation.inclusionProbability)}`,
      ],
    ],
    sentences: [
      `The families with the ${thousands(drawn)} smallest tickets are drawn${nextReserves(reserves)}; of each, the child`,
      `with the smallest ticket. A family's ticket is made from its ${field} as a unit's is from its id.`,
    ],
  };
}

function tellSystematic(explanation: Eligible, story: SystematicStory): Telling {
  const { outcome, population, drawn } = explanation;
  const { place, interval, start, sortedBy, before, after } = story;
  const neighbour = (each: typeof before): string[] =>
    each === undefined ? [] : [`${thousands(each.place)} (${each.unitId})`];
  const neighbours = [...neighbour(before), ...neighbour(after)];
  const step = Number(interval.toFixed(4));
  return {
    ...(outcome === "drawn"
      ? {}
      : { why: `${outcome === "reserve" ? ", and" : ":"} no step fell on its place` }),
    facts: [
      ticketFact(explanation),
      ["Order", `by ${sortedBy.join(", ")}, then by ticket`],
      ["Place", `${thousands(place)} of ${thousands(population)} in that order`],
      ["Steps", `${step} places each, from a start of ${start.toFixed(4)} of a step`],
      [
        outcome === "drawn" ? "Next drawn" : "Drawn beside",
        neighbours.length === 0 ? "none" : `place ${neighbours.join(" and place ")}`,
      ],
      ["Chance", evenChance(explanation)],
    ],
    sentences: [
      "The stratum's units stand in a list in which neighbours are alike, and one is taken at every step from a random start.",
      `The start comes from the seed: the steps end at ${firstSteps(story, drawn)}, and the place in which each ends is drawn.`,
      ...substituteSentence(explanation),
    ],
  };
}

/** Where the first steps end, on a scale on which the first place lies from 0 to 1. */
function firstSteps({ interval, start }: SystematicStory, drawn: number): string {
  const ends = [0, 1, 2].slice(0, drawn).map((step) => ((step + start) * interval).toFixed(2));
  return ends.join(", ") + (drawn > ends.length ? " …" : "");
}

function tellCapped(explanation: Eligible, story: CappedStory): Telling {
  const { outcome, drawn, population } = explanation;
  const { passedOver, notReserve, turn, turns, nominalProbability, standardError, replays } = story;
  const over = passedOver === undefined ? "" : inTheWay(passedOver, "sample");
  return {
    ...(outcome === "not drawn" ? { why: `: ${over}` } : {}),
    facts: [
      ticketFact(explanation),
      ["Turn", `${thousands(turn)} of ${thousands(turns)}, all strata together, smallest ticket first`],
      ...(passedOver === undefined ? [] : [["Passed over", `${over} (${detail(passedOver)})`] as Fact]),
      ...(notReserve === undefined
        ? []
        : [["No reserve", `${inTheWay(notReserve, "reserves")} (${detail(notReserve)})`] as Fact]),
      [
        "Chance",
        `${drawn} in ${thousands(population)} (${percent(nominalProbability)}) by the allocation alone; ` +
          `with the caps about ${percent(explanation.inclusionProbability)} (standard error ${percent(standardError)})`,
      ],
    ],
    sentences: [
      "Units are taken in the order of their tickets while their stratum and every cap of theirs have room; the reserves",
      `go on in the same way. Caps bend the chances, so they are estimated from ${thousands(replays)} repetitions of the draw.`,
    ],
  };
}

function inTheWay(passed: PassedOver, list: "sample" | "reserves"): string {
  if (passed.because === "stratum full") {
    return list === "sample"
      ? "its stratum was full when its turn came"
      : "its stratum had all its reserves when its turn came";
  }
  return `the cap on its ${passed.field} was full when its turn came`;
}

function detail(passed: PassedOver): string {
  return passed.because === "stratum full"
    ? `the last place went to ${passed.lastUnitId}, at turn ${thousands(passed.lastTurn)}`
    : `at most ${passed.cap} with one ${passed.field}: ${passed.with.join(", ")} had come before`;
}

function ticketFact({ ticket }: Eligible): Fact {
  return ["Ticket", ticket];
}

function placeFact({ rank, population }: Eligible): Fact {
  return ["Place", `${thousands(rank)} of ${thousands(population)}, smallest ticket first`];
}

function evenChance({ drawn, population, inclusionProbability }: Eligible): string {
  return `${drawn} in ${thousands(population)} (${percent(inclusionProbability)}), the same for every unit of the stratum`;
}

function nextReserves(reserves: number): string {
  if (reserves === 0) return "";
  return `, and the next ${reserves === 1 ? "one is its reserve" : `${thousands(reserves)} are its reserves`}`;
}

function substituteSentence({ reserves }: Eligible): string[] {
  return reserves === 0
    ? []
    : [
        "Reserves are the smallest tickets of the stratum's other units: substitutes, and no part of the draw.",
      ];
}

export function percent(fraction: number): string {
  return `${inPercent(fraction)} %`;
}
