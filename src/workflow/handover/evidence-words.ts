import { inSentence, listText } from "../../analysis/words.js";
import { fieldLabel } from "../../frame/labels.js";
import type { Plan, SamplePlan } from "../../plan/types.js";
import { type Html, html } from "../../report/page/html.js";
import type { SampleFolder } from "../sample/folder.js";
import { unitWords } from "../summary/words.js";

/** How the cases were chosen, in words that hold for the design. */
export function designHtml(plan: Plan, { algorithm, strata, steps = [] }: SampleFolder["manifest"]): Html {
  const { sample } = plan;
  const { one } = unitWords(plan);
  const lines =
    sample === undefined
      ? [
          "Every record was taken that belongs to an earlier sample, whose own evidence says how it was drawn.",
        ]
      : [
          sample.strata.length === 0
            ? "All who could be chosen stood on one list."
            : `The list was first parted into strata, by ${fieldsText(sample.strata)}, each of which gave its own number of cases.`,
          methodText(sample),
          ...(steps.some(({ kind }) => kind === "update")
            ? [
                "The sample was later brought to a corrected export: cases that had been drawn and were still eligible stayed, and others came in by lot.",
              ]
            : []),
          `${strata.some(({ allocated }) => allocated === 0) ? `Every ${one} of a stratum that gave cases` : `Every eligible ${one}`} had a ${sample.caps === undefined ? "known chance" : "chance that was estimated by repeating the whole draw"}, from which the weights of all estimates follow. ${reserveText(sample)}`,
          "Cases that somebody asked for may be reviewed as well. They are marked as chosen, and no estimate counts them.",
        ];
  return html`${lines.map((line) => html`<p>${line}</p>\n`)}<p>The method is called ${algorithm.name}, version ${algorithm.version}.</p>
`;
}

function fieldsText(names: readonly string[]): string {
  return listText(names.map((name) => inSentence(fieldLabel(name))));
}

const ticket = "Each case has a ticket, a number worked out from a seed and its id alone";

/** How the lot was drawn, by what the plan asks for beside the method. */
function methodText({ method, one_per, avoid, caps, balance = [] }: SamplePlan): string {
  if (one_per !== undefined) {
    return `${ticket}, and so has each family: those of one ${inSentence(fieldLabel(one_per))}. The families with the smallest tickets were drawn, and of each the one case with the smallest.`;
  }
  if (avoid !== undefined) {
    return "ids" in avoid
      ? `${ticket}. Cases reviewed before were drawn apart from the others, with a smaller chance; of both those with the smallest tickets were taken.`
      : "The draw is random (the cube method), with chances that keep away from an earlier sample: over both draws each case has just the chance that the design gives it.";
  }
  if (caps !== undefined) {
    return `${ticket}. Cases were taken in the order of their tickets, but no more than a set number of one ${fieldsText(Object.keys(caps))}: who came after that was passed over.`;
  }
  switch (method) {
    case "random":
      return `${ticket}; those with the smallest tickets were taken.`;
    case "systematic":
      return `Cases were put in order of ${fieldsText(balance)} and taken at even steps from a random start.`;
    case "balanced":
      return `The draw is random, among such samples only as match the population closely on ${fieldsText(balance)} (the cube method).`;
  }
}

function reserveText(sample: SamplePlan): string {
  return sample.method === "random" && sample.caps === undefined && !keepsAway(sample)
    ? "In reserve are the next in the same lot; they are taken only as cases turn out not to be reviewable."
    : "In reserve are the next by ticket; one is taken only where a case turns out not to be reviewable, as a matched substitute and not as more of the same lot.";
}

function keepsAway({ avoid }: SamplePlan): boolean {
  return avoid !== undefined && "sample" in avoid;
}
