import { resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { writeCsv } from "../../report/csv.js";
import { writeSingleFile } from "../../report/single-file.js";
import { synthesise } from "../../synth/synthesise.js";
import type { Invocation } from "../command.js";
import type { Io } from "../io.js";
import { counted } from "../wording.js";

/** Rows between two reports of progress. */
const stride = 10_000;

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const { rows: written = "", seed = "", out = "" } = invocation.values;
  if (!/^\d+$/.test(written)) {
    throw new CasedrawError(
      "USAGE",
      `--rows: must be a whole number from 1, got "${written}". For example: --rows 3000.`,
      {
        option: "--rows",
      },
    );
  }
  const rows = Number(written);
  const messy = invocation.flags.has("messy");
  const made = synthesise({ rows, seed, messy });
  const target = resolve(io.cwd, out);
  io.claim(target);
  const file = await writeSingleFile(
    target,
    (stream) => {
      let done = 0;
      writeCsv(
        (chunk) => stream.write(chunk),
        made.headers,
        (row) => {
          for (const cells of made.rows()) {
            row(cells);
            if (++done % stride === 0) io.progress("Making the export", done / rows);
          }
        },
      );
    },
    { force: invocation.flags.has("force"), protect: [] },
  );
  io.claim(undefined);
  if (io.json) io.out(JSON.stringify({ out, rows, seed, messy, bytes: file.bytes, sha256: file.sha256 }));
  else
    io.out(
      `Wrote ${out}: ${counted(rows, "synthetic row")}${messy ? ", messy" : ""}, seed ${seed}. Nobody in it is real.`,
    );
  return 0;
}
