import { resolve } from "node:path";
import type { OutputFile } from "../report/output-file.js";
import { syntheticMark, synthHeaders } from "../synth/headers.js";
import { type SynthOptions, synthesise } from "../synth/synthesise.js";
import { given, seedOf, type WriteOptions, writingOf } from "./options.js";

/**
 * Writes a synthetic national export as CSV. Nobody in it is real.
 *
 * @param options.out - the file
 * @param options.rows - children's rows
 * @param options.seed - the same seed and options give the same bytes
 * @throws CasedrawError `SYNTH_…`, and those of writing
 * @example
 * await writeSynthetic({ rows: 50, seed: "1", out: "fifty.csv" });
 * (await readTable("fifty.csv")).table.rowCount // → 50
 */
export async function writeSynthetic(options: WriteOptions & SynthOptions): Promise<OutputFile> {
  const { writeCsv } = await import("../report/csv.js");
  const { beginsWith, writeSingleFile } = await import("../report/single-file.js");
  const { rows, referenceDate, windowFrom, messy, faults } = options;
  const made = synthesise({
    rows,
    seed: seedOf(options),
    ...given({ referenceDate, windowFrom, messy, faults }),
  });
  const { cwd, out, force } = writingOf(options);
  return await writeSingleFile(
    resolve(cwd, out),
    (stream) =>
      writeCsv(
        (chunk) => stream.write(chunk),
        made.headers,
        (row) => {
          for (const cells of made.rows()) row(cells);
        },
      ),
    { force, protect: [], isOwn: beginsWith(synthHeaders.slice(0, 3).join(","), syntheticMark) },
  );
}

/**
 * Writes the demonstration: a synthetic export of the whole country, its plan, and the check, sample, analysis and comparison
 * made with them. It takes some seconds.
 *
 * @param options.out - the folder; default `casedraw-demo`
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function writeDemo(options: Partial<WriteOptions> = {}): Promise<void> {
  const { makeDemo } = await import("../workflow/make-demo.js");
  const { cwd, out, force, progress } = writingOf({ out: "casedraw-demo", ...options });
  const nobody = (): void => {};
  const steps = {
    exported: nobody,
    planned: nobody,
    checked: nobody,
    drawn: nobody,
    analysed: nobody,
    compared: nobody,
  };
  await makeDemo(resolve(cwd, out), { force, progress, steps });
}
