import { resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { counted } from "../../frame/words.js";
import { writeCsv } from "../../report/csv.js";
import { beginsWith, writeSingleFile } from "../../report/single-file.js";
import type { PlantedFault } from "../../synth/faults.js";
import { syntheticMark, synthHeaders } from "../../synth/headers.js";
import { synthesise } from "../../synth/synthesise.js";
import type { Invocation } from "../command.js";
import type { Io } from "../io.js";

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
  const target = resolve(io.cwd, out);
  const list = invocation.values.faults;
  const listTarget = list === undefined ? undefined : resolve(io.cwd, list);
  if (listTarget === target) {
    throw new CasedrawError(
      "USAGE",
      `--faults: must be another file than --out, got "${list}" for both. Name another.`,
      {
        option: "--faults",
      },
    );
  }
  const made = synthesise({ rows, seed, messy, faults: list !== undefined });
  const planted: PlantedFault[] = [];
  io.claim(target);
  const file = await writeSingleFile(
    target,
    (stream) => {
      let done = 0;
      writeCsv(
        (chunk) => stream.write(chunk),
        made.headers,
        (row) => {
          for (const cells of made.rows((fault) => planted.push(fault))) {
            row(cells);
            if (++done % stride === 0) io.progress("Making the export", done / rows);
          }
        },
      );
    },
    {
      force: invocation.flags.has("force"),
      protect: [],
      isOwn: beginsWith(synthHeaders.slice(0, 3).join(","), syntheticMark),
    },
  );
  if (listTarget !== undefined) {
    io.claim(listTarget);
    await writeSingleFile(listTarget, (stream) => writeFaults((chunk) => stream.write(chunk), planted), {
      force: invocation.flags.has("force"),
      protect: [target],
      isOwn: beginsWith(faultsHeader.join(",")),
    });
  }
  io.claim(undefined);
  const faults = list === undefined ? {} : { faults: list, planted: planted.length };
  if (io.json) {
    io.out(JSON.stringify({ out, rows, seed, messy, ...faults, bytes: file.bytes, sha256: file.sha256 }));
  } else if (list !== undefined) {
    io.out(
      `Wrote ${out}: ${counted(rows, "synthetic row")} less those that the planted faults leave out, seed ${seed}, and ${list}: ` +
        `${counted(planted.length, "planted fault")}. Nobody in it is real.`,
    );
  } else
    io.out(
      `Wrote ${out}: ${counted(rows, "synthetic row")}${messy ? ", messy" : ""}, seed ${seed}. Nobody in it is real.`,
    );
  return 0;
}

const faultsHeader = ["code", "row", "case_id", "child_id", "column"];

/** The list of planted faults: those of many rows have neither row nor id. */
function writeFaults(write: (chunk: string) => void, planted: readonly PlantedFault[]): void {
  writeCsv(write, faultsHeader, (row) => {
    for (const fault of planted) {
      row([fault.code, String(fault.row ?? ""), fault.caseId, fault.childId, fault.header]);
    }
  });
}
