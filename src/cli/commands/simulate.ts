import { CasedrawError } from "../../errors.js";
import { thousands } from "../../frame/words.js";
import { newSeed } from "../../workflow/sample/new-seed.js";
import { simulateToFolder, type WrittenSimulation } from "../../workflow/simulate/to-folder.js";
import {
  missedSentence,
  singleSentence,
  steadySentence,
  targetSentence,
} from "../../workflow/simulate/words.js";
import { unitWords } from "../../workflow/summary/words.js";
import type { Invocation } from "../command.js";
import { withHelper } from "../helper.js";
import type { Io } from "../io.js";
import { sayNotes } from "../words.js";

const usualDraws = "1000";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const { plan = "", out = "", frame, draws: written = usualDraws } = invocation.values;
  if (!/^\d+$/.test(written) || Number(written) < 2 || !Number.isSafeInteger(Number(written))) {
    throw new CasedrawError(
      "USAGE",
      `--draws: must be a whole number from 2, got "${written}". For example: --draws ${usualDraws}.`,
      { option: "--draws" },
    );
  }
  const seed = invocation.values.seed ?? newSeed();
  if (invocation.values.seed === undefined) io.say(`No --seed was given, so one was made: ${seed}`);
  await withHelper(async (helper) => {
    const done = await simulateToFolder(plan, seed, {
      draws: Number(written),
      ...(frame === undefined ? {} : { frame }),
      out,
      force: invocation.flags.has("force"),
      cwd: io.cwd,
      progress: (step, fraction) => io.progress(step, fraction),
      claim: (target) => io.claim(target),
      readPart: helper.readPart,
    });
    io.claim(undefined);
    report(done, { out, seed }, io);
  });
  return 0;
}

function report(
  { designed, results, charts, outputs }: WrittenSimulation,
  { out, seed }: { readonly out: string; readonly seed: string },
  io: Io,
): void {
  const { frame, design, planFile } = designed;
  const { draws, short, sampleSize, single, groups } = results;
  if (io.json) {
    io.out(
      JSON.stringify({
        out,
        seed,
        draws,
        short,
        sample_size: sampleSize,
        eligible: frame.eligible.length,
        groups: groups.length,
        missed: groups.filter(({ designs }) => designs.plan.missed.share > 0).length,
        targets_short: groups.filter(({ designs }) => (designs.plan.short?.share ?? 0) > 0).length,
        largest_deviation: single === undefined ? null : { found: single.largest, limit: single.limit },
        notes: [...frame.notes, ...design.notes],
        outputs,
      }),
    );
    return;
  }
  sayNotes([...frame.notes, ...design.notes], io);
  const units = unitWords(planFile.plan);
  const targets = targetSentence(results);
  io.out(
    [
      planFile.plan.title,
      "",
      `Simulated ${thousands(draws + short)} draws of ${thousands(sampleSize)} ${units.many} from ${thousands(frame.eligible.length)} eligible, with seed ${seed}.`,
      ...(short === 0
        ? []
        : [`${thousands(short)} could not fill every stratum under the caps and are left out.`]),
      "",
      `${charts.inclusion.title}.`,
      singleSentence(results, design.plan, units),
      steadySentence(charts),
      missedSentence(results, planFile.plan),
      ...(targets === undefined ? [] : [targets]),
      "",
      `Wrote ${out} (open simulation.html). These draws choose nobody: draw with casedraw sample.`,
    ].join("\n"),
  );
}
