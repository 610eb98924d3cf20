import type { Note, NoteCode } from "../../frame/note.js";
import { counted, someOf, thousands } from "../../frame/words.js";
import type { Step } from "./outcome.js";
import { continuesDraw, type Standing } from "./standing.js";

/**
 * What must be said of a sample's top-ups. Of those before an update, which begins the counts anew, only that they were and
 * what is left of them.
 *
 * @param steps - all that led to the sample, in their order
 */
export function topUpNotes({ design, members, places }: Standing, steps: readonly Step[]): Note[] {
  const notes: Note[] = [];
  const say = (code: NoteCode, count: number, text: string, details: Note["details"] = {}): void => {
    if (count > 0) notes.push({ code, text, count, details });
  };
  // The first step makes version 2.
  const tops = steps.flatMap((step, at) => (step.kind === "extend" ? [{ ...step, version: at + 2 }] : []));
  const last = tops.at(-1);
  if (last === undefined) return notes;
  const updated = design.updated?.version ?? 1;
  const isOver = last.version < updated;
  const versions = new Set(tops.flatMap(({ version }) => (isOver || version > updated ? [version] : [])));
  const added = members.filter(({ entry, version }) => entry === "added" && versions.has(version)).length;
  say(
    "topped-up",
    added,
    isOver
      ? `The sample was enlarged to ${thousands(last.size)} before it was brought to a corrected export; ` +
          `${thousands(added)} of the units added then ${added === 1 ? "is" : "are"} in it still.`
      : `The sample was enlarged to ${thousands(last.size)}: ${counted(added, "unit was", "units were")} added.`,
  );
  if (!isOver && continuesDraw(design)) {
    const held = design.strata.flatMap(({ key }) => {
      const own = members.filter(({ stratum }) => stratum.key === key);
      const before = own.some(({ entry, version }) => entry === "released" && version < last.version);
      return before && !own.some(({ entry, version }) => entry === "added" && version === last.version)
        ? [key]
        : [];
    });
    say(
      "top-up-held",
      held.length,
      `Reserves released before the top-up already gave as much as the larger size asks for, and nothing was added, in: ${someOf(held, 8)}.`,
      { strata: held },
    );
  } else if (!isOver) {
    const why =
      design.updated === undefined
        ? "what was lacking adds up to no whole number in every stratum, and there one more or fewer is drawn"
        : "each unit's probability is the larger of those that the designs gave it, so that sizes vary";
    say(
      "top-up-sizes-vary",
      Math.abs(places.length - last.size),
      `It holds ${thousands(places.length)} drawn units, not ${thousands(last.size)}: ${why}; the probabilities are exact.`,
    );
  }
  say(
    "after-findings",
    tops.filter(({ afterFindings }) => afterFindings).length,
    "The decision to enlarge the sample rested on findings: its probabilities hold only given those findings.",
  );
  return notes;
}
