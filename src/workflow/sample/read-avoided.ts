import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import { cleanText } from "../../frame/text.js";
import type { Avoid } from "../../plan/types.js";
import { readTable } from "../../readers/read-table.js";
import type { Manifest, ManifestInput } from "../../report/manifest.js";
import { readOwnCsv } from "../../report/own-csv.js";
import { sha256Of } from "../../report/sha256.js";
import type { EarlierSample } from "../../sampling/avoid/earlier-sample.js";
import type { DesignInputs } from "../../sampling/design.js";
import type { Column } from "../../table/table.js";
import { readText } from "../read-text.js";
import { avoidedPath } from "./avoided-path.js";
import { openSampleFolder, refuseChangedFolder } from "./folder.js";

/** What a plan avoids, read. */
interface Avoided {
  readonly designInputs: DesignInputs;
  readonly input: ManifestInput;
}

/**
 * Reads the units that a plan avoids.
 *
 * @param file - absolute path of what `avoidedPath` names
 * @throws CasedrawError `AVOID_SAMPLE_UNSUITABLE`, `SAMPLE_FOLDER_CHANGED`, and those of the readers
 */
export async function readAvoided(avoid: Avoid, file: string, frame: Frame): Promise<Avoided> {
  const path = avoidedPath(avoid);
  if ("ids" in avoid) {
    const { table, fingerprint } = await readTable({ path: file, label: path, wanted: ["unit_id"] });
    const [{ values }] = table.columns as readonly [Column];
    const reviewed = new Set(values.map(cleanText).filter((id) => id !== ""));
    const rows_matched = countKnown(frame, reviewed);
    const input = { path, ...fingerprint, rows_read: table.rowCount, rows_matched };
    return { designInputs: { reviewed }, input };
  }
  const { earlier, rows } = readEarlier(dirname(file), avoid.sample);
  const bytes = readFileSync(file);
  return {
    designInputs: { earlier },
    input: {
      path,
      bytes: bytes.length,
      sha256: sha256Of(bytes),
      rows_read: rows,
      rows_matched: countKnown(frame, earlier.probabilities),
    },
  };
}

function countKnown({ ids, eligible }: Frame, known: { has(id: string): boolean }): number {
  return eligible.filter((unit) => known.has(ids[unit] as string)).length;
}

function readEarlier(
  path: string,
  label: string,
): { readonly earlier: EarlierSample; readonly rows: number } {
  const folder = openSampleFolder(path, label);
  const { manifest } = folder;
  refuseUnsuitable(manifest, label);
  refuseChangedFolder(folder, label, ["frame.csv", "sample.csv"]);
  const read = (name: string) =>
    readOwnCsv(readText(join(path, name), join(label, name), "Earlier sample"), name);
  const frame = read("frame.csv");
  const chances = new Map(
    manifest.strata.map(({ stratum, inclusion_probability }) => [stratum, inclusion_probability]),
  );
  const { one_per } = (manifest.plan as { sample?: { one_per?: string } }).sample ?? {};
  const familyAt = one_per === undefined ? -1 : frame.header.indexOf(one_per);
  const families = new Map<string, number>();
  for (const row of frame.rows) {
    const family = row[familyAt];
    if (family !== undefined) families.set(family, (families.get(family) ?? 0) + 1);
  }
  const probabilities = new Map(
    frame.rows.map((row) => {
      const [id, stratum] = row as readonly [string, string];
      const chance = chances.get(stratum) ?? 0;
      return [id, chance / (families.get(row[familyAt] ?? "") ?? 1)];
    }),
  );
  const sample = read("sample.csv");
  const statusAt = sample.header.indexOf("status");
  const weightAt = sample.header.indexOf("design_weight");
  const idAt = sample.header.indexOf("unit_id");
  // A substitute has no weight of its own: the draw did not take it.
  const own = sample.rows.filter((row) => statusAt === -1 || Number(row[weightAt]) > 0);
  return {
    earlier: { probabilities, taken: new Set(own.map((row) => row[idAt] as string)) },
    rows: frame.rows.length,
  };
}

/** Each unit's own probability has to be known, also of those that were not drawn. */
function refuseUnsuitable(manifest: Manifest, label: string): void {
  const { sample } = manifest.plan as { sample?: { method?: string; targets?: unknown } };
  const why =
    sample === undefined
      ? "it is no draw from a frame of its own"
      : manifest.estimation !== undefined
        ? "its probabilities are estimated"
        : manifest.steps?.some(({ kind }) => kind === "update") === true
          ? "it was brought to a corrected export, after which its folder does not list the probability of each unit"
          : sample.method === "balanced" && sample.targets !== undefined
            ? "its targets give the units of a stratum different probabilities, which its folder does not list"
            : undefined;
  if (why === undefined) return;
  throw new CasedrawError(
    "AVOID_SAMPLE_UNSUITABLE",
    `Earlier sample cannot be kept away from with exact probabilities: ${why} (${label}). ` +
      "List its units in a file and use sample.avoid: { ids: FILE, share: 0.2 }.",
    { file: label },
  );
}
