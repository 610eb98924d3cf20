import { counted, thousands } from "../frame/words.js";
import type { Excluded } from "../workflow/explain/excluded.js";
import type { FramesExplanation } from "../workflow/explain/frames.js";
import type { LinkedExplanation } from "../workflow/explain/linked.js";
import type { SinceDraw } from "../workflow/explain/since.js";
import type { TargetStory } from "../workflow/explain/targets.js";
import type { Eligible, Explanation } from "../workflow/explain/unit.js";
import { type Fact, percent, tell } from "./explain-designs.js";
import { inPercent } from "./words.js";

/** How anyone gets a ticket; one that an update made has a seed of its own. */
function ticketSentence({ ticketsOfUpdate }: Pick<Eligible, "ticketsOfUpdate">): string {
  const seed = ticketsOfUpdate === undefined ? "seed" : `seed followed by |update/${ticketsOfUpdate}`;
  return `The ticket is SHA-256 of SHA-256(${seed}), in hexadecimal, followed by the unit id: anyone can work it out again.`;
}

/** What an explanation says to people. */
export function explanationLines(explanation: Explanation): string[] {
  if (explanation.outcome === "excluded") return excludedLines(explanation);
  if ("by" in explanation) return linkedLines(explanation);
  const { stratum, population, drawn, reserves, targets, since } = explanation;
  const { why = "", facts, sentences } = tell(explanation);
  const all: Fact[] = [
    [
      "Stratum",
      `${stratum}: ${counted(population, "eligible unit")}, ${thousands(drawn)} drawn, ${counted(reserves, "reserve")}`,
    ],
    ...facts,
    ...(targets === undefined ? [] : targetFacts(targets, explanation)),
    ...(since === undefined ? [] : sinceFacts(since)),
  ];
  const width = Math.max(...all.map(([label]) => label.length)) + 4;
  return [
    ...openingLines(explanation, why),
    "",
    ...all.map(([label, text]) => `${label.padEnd(width)}${text}`),
    "",
    ...sentences,
    ticketSentence(explanation),
  ];
}

/** The same in each of several frames. */
export function framesLines({ unitId, frames, meets }: FramesExplanation): string[] {
  return [
    ...frames.flatMap(({ frame, explanation }) => [
      `Frame ${frame}`,
      ...(explanation === undefined
        ? [`No unit of this frame is called ${unitId}.`]
        : explanationLines(explanation)),
      "",
    ]),
    ...meets.map(
      ({ sharedBy, frame, unitId: other, lot }) =>
        `The same ${sharedBy} is in frame ${frame} as ${other}: ${lot === "eligible" ? "not drawn" : lot === "reserve" ? "a reserve" : "drawn"}.`,
    ),
  ];
}

function linkedLines(explanation: LinkedExplanation): string[] {
  const { unitId, by, value, earlierEligible, earlierDrawn, inclusionProbability, standardError } =
    explanation;
  const chance = percent(inclusionProbability);
  if (value === undefined)
    return [`${unitId} could not be linked: it has no ${by}.`, "It had no chance of selection."];
  if (earlierEligible === 0 || inclusionProbability === 0) {
    return [
      `${unitId} could not be linked: nothing that the earlier draw could take has its ${by}, ${value}.`,
      "It had no chance of selection.",
    ];
  }
  const units = counted(earlierEligible, "eligible unit");
  return [
    explanation.outcome === "linked"
      ? `${unitId} is in the sample: the earlier sample drew ${thousands(earlierDrawn)} of the ${units} with its ${by}, ${value}.`
      : `${unitId} is not in the sample: the earlier sample drew none of the ${units} with its ${by}, ${value}.`,
    `Its chance was that of the earlier draw taking at least one of them: ${chance}${standardError === undefined || standardError === 0 ? "" : `, estimated with a standard error of ${inPercent(standardError)} points`}.`,
    "casedraw verify replays both samples.",
  ];
}

function excludedLines({ unitId, reason, meaning, listReason }: Excluded): string[] {
  const listed =
    listReason === undefined
      ? []
      : [
          listReason === null
            ? "The list has other bytes than at the draw, so its words are not repeated here."
            : `The list says: ${listReason}`,
        ];
  return [
    `${unitId} could not be drawn: it is excluded.`,
    `Reason: ${reason} (a rule of the plan's cohort). ${meaning}.`,
    ...listed,
    "Excluded units have no chance of selection.",
  ];
}

/** How the unit stands, and how the draw left it where that has changed since. */
function openingLines(explanation: Eligible, why: string): string[] {
  const { unitId } = explanation;
  const now = standing(explanation);
  return now === undefined
    ? [`${unitId} ${verdict(explanation)}${why}.`]
    : [`${unitId} ${now}.`, `It ${earlierVerdict(explanation)}${why}.`];
}

function verdict(explanation: Eligible): string {
  switch (explanation.outcome) {
    case "drawn":
      return `was drawn: it is number ${thousands(explanation.drawOrder)} of the sample`;
    case "reserve":
      return `is a reserve: number ${thousands(explanation.reserveOrder)} of its stratum`;
    case "not drawn":
      return "was not drawn";
  }
}

function earlierVerdict(explanation: Eligible): string {
  switch (explanation.outcome) {
    case "drawn":
      return `was drawn, as number ${thousands(explanation.drawOrder)} of the sample`;
    case "reserve":
      return `was a reserve, number ${thousands(explanation.reserveOrder)} of its stratum`;
    case "not drawn":
      return "was not drawn";
  }
}

/** @returns undefined where the unit stands as the draw left it */
function standing(explanation: Eligible): string | undefined {
  const { since, outcome } = explanation;
  if (since === undefined) return undefined;
  const { version, lost, came, drawOrder, reserveOrder } = since;
  if (lost !== undefined) return `is lost: ${lossOf(lost)}`;
  if (drawOrder !== undefined && came !== undefined)
    return `is in the sample, as number ${thousands(drawOrder)}: ${arrivalOf(since)}`;
  if (outcome === "drawn" && drawOrder !== undefined) return undefined;
  if (outcome === "reserve" && reserveOrder === explanation.reserveOrder) return undefined;
  if (reserveOrder !== undefined)
    return `is a reserve: number ${thousands(reserveOrder)} of its stratum, in version ${version}`;
  return outcome === "not drawn" ? undefined : `is not in the sample any more, in version ${version}`;
}

/** "inaccessible in version 2, and 0001_2 came for it". */
function lossOf({ reason, version, released }: NonNullable<SinceDraw["lost"]>): string {
  return `${reason} in version ${version}, and ${released ?? "no reserve"} came for it`;
}

/** "released in version 2 for 0001_2"; "" for a unit that the draw took. */
function arrivalOf({ came, cameFor }: SinceDraw): string {
  if (came === undefined) return "";
  return `${came.how} in version ${came.version}${cameFor === undefined ? "" : ` for ${cameFor}`}`;
}

function targetFacts({ withoutTargets, targets }: TargetStory, { inclusionProbability }: Eligible): Fact[] {
  const change = inclusionProbability - withoutTargets;
  // Probabilities that no target moves are those of the allocation to the last bit.
  const moved = Math.abs(change) > 1e-9 * withoutTargets;
  return [
    ...targets.map(({ group, atLeast, eligible, expectedWithout, member }, at): Fact => {
      const short = expectedWithout < atLeast - 1e-9;
      const without = `the allocation alone gives ${Number(expectedWithout.toFixed(1))}${short ? "" : ", which is enough"}`;
      const own = member ? "this unit is one" : "this unit is not one";
      return [
        at === 0 ? "Targets" : "",
        `at least ${thousands(atLeast)} ${group} (of ${thousands(eligible)}; ${without}): ${own}`,
      ];
    }),
    [
      "Their effect",
      moved
        ? `${change > 0 ? "raised" : "lowered"} its chance from ${percent(withoutTargets)} to ${percent(inclusionProbability)}`
        : `none: without targets its chance is ${percent(withoutTargets)} too`,
    ],
  ];
}

/** What was done since the draw, which everything above tells of. */
function sinceFacts(since: SinceDraw): Fact[] {
  const { version, drawOrder, came, lost, reserveOrder, inclusionProbability } = since;
  const happened = [
    ...(came === undefined ? [] : [arrivalOf(since)]),
    ...(lost === undefined ? [] : [lossOf(lost)]),
  ];
  const place =
    drawOrder !== undefined
      ? `${lost === undefined ? "" : "lost, listed as "}number ${thousands(drawOrder)} of the sample`
      : reserveOrder !== undefined
        ? `reserve number ${thousands(reserveOrder)} of its stratum`
        : "not in the sample";
  return [
    ["Since then", happened.length === 0 ? "nothing was done to it" : happened.join("; ")],
    ["Now", `${place}, in version ${version}; chance ${percent(inclusionProbability)}`],
  ];
}
