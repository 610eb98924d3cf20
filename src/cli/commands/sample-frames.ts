import { counted, thousands } from "../../frame/words.js";
import type { FramePair } from "../../workflow/frames/overlaps.js";
import { designFrames, framesToFolder } from "../../workflow/frames/to-folder.js";
import type { PlanFile } from "../../workflow/open-plan.js";
import type { Invocation } from "../command.js";
import { drawOptions } from "../draw-options.js";
import type { Helper } from "../helper.js";
import type { Io } from "../io.js";
import { entryLines } from "../register-words.js";
import { designFacts, designLines, seedOf, writtenFacts, writtenLines } from "../sample-words.js";
import { sayNotes } from "../words.js";

/** `casedraw sample` on a plan with frames: each is sampled on its own. */
export async function sampleFrames(
  planFile: PlanFile,
  invocation: Invocation,
  io: Io,
  helper: Helper,
): Promise<number> {
  const progress = (step: string, fraction?: number): void => io.progress(step, fraction);
  if (invocation.flags.has("dry-run")) {
    const frames = await designFrames(planFile, { progress });
    if (io.json) {
      const facts = frames.map(({ name, designed }) => ({ name, ...designFacts(designed) }));
      io.out(JSON.stringify({ frames: facts }));
      return 0;
    }
    for (const { name, designed } of frames) {
      sayNotes([...designed.frame.notes, ...designed.design.notes], io);
      io.out([`Frame ${name}`, "", ...designLines(designed), ""].join("\n"));
    }
    io.out("Nothing was drawn or written.");
    return 0;
  }
  const out = invocation.values.out as string;
  const seed = seedOf(invocation, io);
  const { frames, overlaps } = await framesToFolder(planFile, seed, drawOptions(invocation, io, helper));
  io.claim(undefined);
  if (io.json) {
    const facts = frames.map(({ name, written }) => ({ name, ...writtenFacts(written) }));
    io.out(JSON.stringify({ out, seed, frames: facts, overlaps: overlaps.map(overlapFacts) }));
    return 0;
  }
  for (const { name, written } of frames) {
    sayNotes([...written.designed.frame.notes, ...written.sample.notes], io);
    const how = `with seed ${written.manifest.seed}`;
    io.out([`Frame ${name}`, "", ...writtenLines(written, how), ...entryLines(written), ""].join("\n"));
  }
  io.out(
    [
      ...(overlaps.length === 0
        ? []
        : ["In more than one frame (overlaps.csv):", ...overlaps.map(overlapLine), ""]),
      `Wrote ${out} (a sample's folder for each frame: ${frames.map(({ name }) => name).join(", ")})`,
      `Check them at any time: casedraw verify ${out}`,
    ].join("\n"),
  );
  return 0;
}

function overlapFacts({ frames, sharedBy, shared, drawnInBoth }: FramePair) {
  return { frames, shared_by: sharedBy ?? null, shared, drawn_in_both: drawnInBoth };
}

function overlapLine({ frames, sharedBy, shared, drawnInBoth }: FramePair): string {
  const pair = `  ${frames.join(" and ")}: `;
  if (sharedBy === undefined) return `${pair}nothing that both record could tell`;
  if (shared === 0) return `${pair}no ${sharedBy} is in both`;
  return `${pair}${counted(shared, sharedBy)} in both, ${drawnInBoth === 0 ? "none" : thousands(drawnInBoth)} drawn in both`;
}
