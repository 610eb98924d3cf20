import type { Note } from "../../frame/note.js";
import {
  type DesignedFrame,
  designFromPlan,
  drawToFolder,
  newSeed,
  type WrittenSample,
} from "../../workflow/draw-to-folder.js";
import type { Invocation } from "../command.js";
import { startHelper } from "../helper.js";
import type { Io } from "../io.js";
import { entryFacts, entryLines, registerOption } from "../register-wording.js";
import { columns, counted, sayNotes } from "../wording.js";
import { commit } from "./sample-commit.js";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  if (invocation.flags.has("commit")) return await commit(invocation, io);
  const plan = invocation.values.plan as string;
  const { cwd } = io;
  const progress = (step: string, fraction?: number): void => io.progress(step, fraction);
  if (invocation.flags.has("dry-run")) {
    const designed = await designFromPlan(plan, { cwd, progress });
    if (io.json)
      io.out(JSON.stringify({ ...frameFacts(designed, designed.design), strata: strataFacts(designed) }));
    else {
      sayNotes([...designed.frame.notes, ...designed.design.notes], io);
      io.out(
        [...frameLines(designed), "", ...strataLines(designed), "", "Nothing was drawn or written."].join(
          "\n",
        ),
      );
    }
    return 0;
  }
  const out = invocation.values.out as string;
  const seed = invocation.values.seed ?? newSeed();
  if (invocation.values.seed === undefined) io.say(`No --seed was given, so one was made: ${seed}`);
  const force = invocation.flags.has("force");
  const claim: Io["claim"] = (target, register) => io.claim(target, register);
  const helper = startHelper();
  try {
    const register = registerOption(invocation.values.register);
    const { readPart, render } = helper;
    const options = { out, force, cwd, progress, claim, readPart, render, ...register };
    const written = await drawToFolder(plan, seed, options);
    io.claim(undefined);
    report(written, { out, seed }, io);
  } finally {
    await helper.stop();
  }
  return 0;
}

/** Tells what was drawn and written. */
export function report(
  written: WrittenSample,
  where: { readonly out: string; readonly seed: string },
  io: Io,
): void {
  const { designed, sample, manifest } = written;
  if (io.json) {
    io.out(
      JSON.stringify({
        out: where.out,
        seed: where.seed,
        ...frameFacts(designed, sample),
        strata: strataFacts(designed),
        drawn: sample.drawn.length,
        reserves: sample.reserves.length,
        selection: manifest.selection,
        outputs: manifest.outputs,
        ...entryFacts(written),
      }),
    );
    return;
  }
  sayNotes([...designed.frame.notes, ...sample.notes], io);
  io.out(
    [
      ...frameLines(designed),
      "",
      ...strataLines(designed),
      "",
      `Drew ${counted(sample.drawn.length, unitName(designed))} and ${counted(sample.reserves.length, "reserve")} with seed ${where.seed}`,
      ...entryLines(written),
      `Wrote ${where.out} (open sample.xlsx; the proof is in manifest.json)`,
      `Check it at any time: casedraw verify ${where.out}`,
    ].join("\n"),
  );
}

function unitName(designed: DesignedFrame): "case" | "child" {
  return designed.planFile.plan.unit;
}

function frameFacts({ frame, inputs }: DesignedFrame, { notes }: { readonly notes: readonly Note[] }) {
  const { rowsRead, superseded, folded } = frame.accounting;
  return {
    inputs,
    frame: {
      rows_read: rowsRead,
      superseded,
      folded,
      eligible: frame.eligible.length,
      excluded: frame.exclusion.reasons,
    },
    notes: [...frame.notes, ...notes],
  };
}

function strataFacts({ design }: DesignedFrame) {
  return design.strata.map((stratum) => ({
    stratum: stratum.key,
    population: stratum.units.length,
    ...(design.families === undefined ? {} : { families: stratum.populationSize }),
    allocated: stratum.sampleSize,
    reserves: stratum.reserves,
    inclusion_probability: stratum.inclusionProbability,
  }));
}

/** Every row that was read, and what became of it. */
function frameLines({ frame, inputs, planFile }: DesignedFrame): string[] {
  const { rowsRead, superseded, folded } = frame.accounting;
  const parts: [string, number][] = [
    ["eligible", frame.eligible.length],
    ...frame.exclusion.reasons.map(({ reason, count }): [string, number] => [`excluded (${reason})`, count]),
    ...(superseded > 0 ? [["superseded by a later file", superseded] as [string, number]] : []),
    ...(folded > 0 ? [["folded into their case", folded] as [string, number]] : []),
  ];
  return [
    planFile.plan.title,
    "",
    ...inputs.map((input) => `Read ${counted(input.rows_read, "row")} from ${input.path}`),
    "",
    ...columns([
      ["Rows read", rowsRead],
      ...parts.map(([name, count]): [string, number] => [`  ${name}`, count]),
    ]),
  ];
}

function strataLines({ design }: DesignedFrame): string[] {
  const percent = (fraction: number): string => `${(fraction * 100).toFixed(2)} %`;
  const families = design.families !== undefined;
  const counts = design.strata.map(({ units, populationSize, sampleSize, reserves }) => [
    units.length,
    ...(families ? [populationSize] : []),
    sampleSize,
    reserves,
  ]);
  const totals = counts.reduce((sums, row) => sums.map((sum, at) => sum + (row[at] as number)));
  return columns([
    ["Stratum", "Eligible", ...(families ? ["Families"] : []), "Sample", "Reserves", "Chance"],
    ...design.strata.map(({ key, inclusionProbability }, at) => [
      key,
      ...(counts[at] as number[]),
      percent(inclusionProbability),
    ]),
    ["All strata", ...totals, ""],
  ]);
}
