import type { Note } from "../frame/note.js";
import { counted } from "../frame/words.js";
import type { Design } from "../sampling/design.js";
import type { Sample } from "../sampling/draw.js";
import { inputsTold, rowsTold } from "../workflow/build-from-plan.js";
import type { DesignedFrame } from "../workflow/sample/design-from-plan.js";
import { frameCounts } from "../workflow/sample/manifest-of.js";
import { newSeed } from "../workflow/sample/new-seed.js";
import type { WrittenSample } from "../workflow/sample/to-folder.js";
import { inShownOrder } from "../workflow/summary/strata-order.js";
import type { Invocation } from "./command.js";
import type { Io } from "./io.js";
import { entryFacts, entryLines } from "./register-words.js";
import { columns, inPercent, sayNotes } from "./words.js";

/** Tells what was drawn and written. */
export function report(
  written: WrittenSample,
  where: { readonly out: string; readonly how: string },
  io: Io,
): void {
  if (io.json) {
    io.out(JSON.stringify({ out: where.out, ...writtenFacts(written) }));
    return;
  }
  sayNotes([...written.designed.frame.notes, ...written.sample.notes], io);
  io.out(
    [
      ...writtenLines(written, where.how),
      ...entryLines(written),
      `Wrote ${where.out} (open summary.html and sample.xlsx; the proof is in manifest.json)`,
      `Check it at any time: casedraw verify ${where.out}`,
    ].join("\n"),
  );
}

/** What was drawn, for programs. */
export function writtenFacts(written: WrittenSample) {
  const { designed, sample, manifest } = written;
  return {
    seed: manifest.seed,
    ...frameFacts(designed, sample),
    strata: strataFacts(designed),
    drawn: sample.drawn.length,
    reserves: sample.reserves.length,
    selection: manifest.selection,
    outputs: manifest.outputs,
    ...entryFacts(written),
  };
}

/**
 * The same for people.
 *
 * @param how - the end of "Drew 12 children and 3 reserves …"
 */
export function writtenLines({ designed, sample }: WrittenSample, how: string): string[] {
  const units = counted(sample.drawn.length, designed.planFile.plan.unit);
  const drew =
    sample.design.linked === undefined
      ? `Drew ${units} and ${counted(sample.reserves.length, "reserve")}`
      : `Took ${units}`;
  const targets = targetLines(sample.design, sample);
  return [...frameLines(designed), "", ...strataLines(designed), ...targets, "", `${drew} ${how}`];
}

/** Tells what a design gives, where nothing is drawn. */
export function reportDesign(designed: DesignedFrame, io: Io): void {
  if (io.json) {
    io.out(JSON.stringify(designFacts(designed)));
    return;
  }
  sayNotes([...designed.frame.notes, ...designed.design.notes], io);
  io.out([...designLines(designed), "", "Nothing was drawn or written."].join("\n"));
}

/** The seed that was given, or one from the system's randomness, which is told. */
export function seedOf({ values }: Invocation, io: Io): string {
  const seed = values.seed ?? newSeed();
  if (values.seed === undefined) io.say(`No --seed was given, so one was made: ${seed}`);
  return seed;
}

/** What a design gives before it is drawn, for programs. */
export function designFacts(designed: DesignedFrame) {
  return { ...frameFacts(designed, designed.design), strata: strataFacts(designed) };
}

/** The same for people. */
export function designLines(designed: DesignedFrame): string[] {
  return [...frameLines(designed), "", ...strataLines(designed), ...targetLines(designed.design)];
}

function frameFacts({ frame, inputs }: DesignedFrame, { notes }: { readonly notes: readonly Note[] }) {
  return { inputs, frame: frameCounts(frame), notes: [...frame.notes, ...notes] };
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
function frameLines(designed: DesignedFrame): string[] {
  const { frame, inputs, planFile } = designed;
  const { rowsRead, superseded, folded } = frame.accounting;
  const of = { plan: planFile.plan, built: designed };
  const parts: [string, number][] = [
    ["eligible", frame.eligible.length],
    ...frame.exclusion.reasons.map(({ reason, count }): [string, number] => [`excluded (${reason})`, count]),
    ...(superseded > 0 ? [["superseded by a later file", superseded] as [string, number]] : []),
    ...(folded > 0 ? [["folded into their case", folded] as [string, number]] : []),
  ];
  return [
    planFile.plan.title,
    "",
    ...inputsTold(inputs, of).map(
      (input) => `Read ${counted(rowsTold(input, of), "row")} from ${input.path}`,
    ),
    "",
    ...columns([
      ["Rows read", rowsRead],
      ...parts.map(([name, count]): [string, number] => [`  ${name}`, count]),
    ]),
  ];
}

/** A stratum's chance is every unit's only where the design gives them all the same. */
function chanceName({ plan, families, targets, conditional, linked }: Design): string {
  if (families !== undefined) return "Chance of a family";
  const unequal =
    linked !== undefined ||
    conditional !== undefined ||
    (targets !== undefined && plan.method === "balanced");
  return unequal || plan.caps !== undefined ? "Average chance" : "Chance";
}

/** What was asked for of each group, how many are eligible, how many the design gives on average, and how many were drawn. */
function targetLines({ targets = [], probabilities }: Design, sample?: Sample): string[] {
  if (targets.length === 0) return [];
  const rows = targets.map(({ label, atLeast, members, eligible }) => [
    label,
    eligible,
    atLeast,
    probabilities.reduce((sum, p, unit) => (members[unit] === 1 ? sum + p : sum), 0).toFixed(1),
    ...(sample === undefined ? [] : [sample.drawn.filter(({ unit }) => members[unit] === 1).length]),
  ]);
  const drawn = sample === undefined ? [] : ["Drawn"];
  return ["", ...columns([["Target", "Eligible", "At least", "On average", ...drawn], ...rows])];
}

function strataLines({ design, planFile: { plan } }: DesignedFrame): string[] {
  const families = design.families !== undefined;
  const strata = inShownOrder(design.strata, ({ key }) => key, { fields: design.plan.strata, plan });
  const counts = strata.map(({ units, populationSize, sampleSize, reserves }) => [
    units.length,
    ...(families ? [populationSize] : []),
    sampleSize,
    reserves,
  ]);
  const totals = counts.reduce((sums, row) => sums.map((sum, at) => sum + (row[at] as number)));
  return columns([
    ["Stratum", "Eligible", ...(families ? ["Families"] : []), "Sample", "Reserves", chanceName(design)],
    ...strata.map(({ key, inclusionProbability }, at) => [
      key,
      ...(counts[at] as number[]),
      `${inPercent(inclusionProbability)} %`,
    ]),
    ["All strata", ...totals, ""],
  ]);
}
