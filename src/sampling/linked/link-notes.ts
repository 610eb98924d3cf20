import type { Frame } from "../../frame/frame.js";
import type { Note } from "../../frame/note.js";
import { thousands } from "../../frame/words.js";
import type { LinkedValue, LinkFacts } from "./link-facts.js";
import type { ValueChances } from "./value-chances.js";

/** Standard errors above this share of a probability are worth a warning. */
const worthSaying = 0.1;

/** What must be said of a linked sample. Values may be people's names, so notes count them; `links.csv` lists them. */
export function linkNotes(
  { by, values }: LinkFacts,
  { estimation }: ValueChances,
  { frame, linkOf }: { readonly frame: Frame; readonly linkOf: (unit: number) => LinkedValue | undefined },
): Note[] {
  const notes: Note[] = [];
  const say = (code: Note["code"], count: number, text: string): void => {
    if (count > 0) notes.push({ code, count, text, details: { field: by } });
  };
  const units = (some: readonly LinkedValue[]): number =>
    some.reduce((sum, { eligible }) => sum + eligible, 0);
  const blank = frame.eligible.filter((unit) => linkOf(unit) === undefined).length;
  say(
    "link-value-blank",
    blank,
    `${unitsHave(blank)} no ${by}, and cannot be linked: the sample says nothing about such units.`,
  );
  const onlyHere = values.filter(({ earlierEligible }) => earlierEligible === 0);
  say(
    "link-values-only-here",
    onlyHere.length,
    `${valuesAre(onlyHere.length, by)} in this frame and not in the earlier one: ${unitsHave(units(onlyHere), true)} no chance of ` +
      "selection, and the sample says nothing about such units.",
  );
  const leftOut = values.filter(
    ({ earlierEligible, eligible, probability }) => earlierEligible > 0 && eligible > 0 && probability === 0,
  );
  say(
    "link-values-left-out",
    leftOut.length,
    `${valuesAre(leftOut.length, by)} only in strata that the earlier plan leaves out: ${unitsHave(units(leftOut), true)} no chance ` +
      "of selection, and the sample says nothing about such units.",
  );
  const onlyEarlier = values.filter(({ eligible }) => eligible === 0);
  const drawn = onlyEarlier.filter(({ earlierDrawn }) => earlierDrawn > 0).length;
  say(
    "link-values-only-earlier",
    onlyEarlier.length,
    `${valuesAre(onlyEarlier.length, by)} in the earlier frame and not in this one; ` +
      `${drawn === 0 ? "none of them was" : drawn === 1 ? "1 of them was" : `${thousands(drawn)} of them were`} drawn.`,
  );
  if (estimation !== undefined) {
    const reached = values.filter(({ eligible, probability }) => eligible > 0 && probability > 0);
    const errors = reached.map(({ probability, standardError }) => standardError / probability);
    const largest = errors.reduce((most, error) => Math.max(most, error), 0);
    const rough = errors.filter((error) => error > worthSaying).length;
    say(
      "link-chances-estimated",
      reached.length,
      `The probabilities are estimated from ${thousands(estimation.replays)} replays of the earlier draw; the largest standard error is ` +
        `${(largest * 100).toFixed(1)} % of its probability` +
        `${rough === 0 ? "" : `, and ${thousands(rough)} of ${thousands(reached.length)} are above ${worthSaying * 100} %`}.` +
        `${estimation.held === 0 ? "" : ` ${thousands(estimation.held)} fell outside what the units' own probabilities allow and were set to the nearest that they do.`}`,
    );
  }
  return notes;
}

function unitsHave(count: number, within = false): string {
  return `${thousands(count)} ${within ? "" : "eligible "}unit${count === 1 ? " has" : "s have"}`;
}

function valuesAre(count: number, by: string): string {
  return `${thousands(count)} value${count === 1 ? "" : "s"} of ${by} ${count === 1 ? "is" : "are"}`;
}
