import { join, resolve } from "node:path";
import { CasedrawError } from "../errors.js";
import { frameDigests } from "../frame/frame-digests.js";
import { compareUnits } from "../frame/text.js";
import { nearest } from "../plan/nearest.js";
import { ticket, ticketKey } from "../random/tickets.js";
import type { Manifest } from "../report/manifest.js";
import { readOwnCsv } from "../report/own-csv.js";
import { buildFromPlan, type Progress } from "./build.js";
import { differingPaths } from "./compare-records.js";
import { openPlan, readText } from "./open-plan.js";
import { openSampleFolder } from "./sample-folder.js";

/** Why a unit was drawn, or was not. */
export type Explanation =
  | (InStratum & { readonly outcome: "drawn"; readonly drawOrder: number })
  | (InStratum & { readonly outcome: "reserve"; readonly reserveOrder: number })
  | (InStratum & { readonly outcome: "not drawn" })
  | { readonly outcome: "excluded"; readonly unitId: string; readonly reason: string };

interface InStratum {
  readonly unitId: string;
  readonly stratum: string;
  readonly ticket: string;
  /** Place of the unit's ticket among its stratum's, from 1. */
  readonly rank: number;
  readonly population: number;
  readonly drawn: number;
  readonly reserves: number;
  /** A fraction. */
  readonly inclusionProbability: number;
}

/**
 * Explains a unit of a drawn sample. An eligible unit is explained from the folder alone; for any other the export is
 * read again.
 *
 * @throws CasedrawError `UNIT_UNKNOWN` where neither has the id
 */
export async function explainUnit(
  directory: string,
  unitId: string,
  options: { readonly cwd: string; readonly progress: Progress },
): Promise<Explanation> {
  const folder = openSampleFolder(resolve(options.cwd, directory), directory);
  const { manifest } = folder;
  const { rows } = readOwnCsv(
    readText(join(folder.path, "frame.csv"), join(directory, "frame.csv"), "Frame"),
    "frame.csv",
  );
  const own = rows.find(([id]) => id === unitId);
  if (own !== undefined) {
    const stratum = own[1] as string;
    const ids = rows.flatMap(([id, key]) => (key === stratum ? [id as string] : []));
    return explainEligible(manifest, unitId, stratum, ids, drawOrder(folder.path, unitId));
  }
  if (folder.run === undefined)
    throw unknownUnit(
      unitId,
      rows.map(([id]) => id as string),
      "the sample's frame",
    );
  const planFile = openPlan(folder.run.plan, options.cwd);
  const { frame } = await buildFromPlan(planFile, { progress: options.progress });
  const digests = frameDigests(frame, planFile.plan);
  if (digests.frame !== manifest.frame.digest || differingPaths(manifest.plan, planFile.plan).length > 0) {
    throw new CasedrawError(
      "UNIT_UNKNOWN",
      `Unit ${unitId} was not in the frame of this sample, and the plan or the data has changed since the draw, so why ` +
        "cannot be told from them. casedraw verify tells what differs.",
      { unit_id: unitId },
    );
  }
  const unit = frame.ids.indexOf(unitId);
  if (unit === -1) throw unknownUnit(unitId, frame.ids, "the frame or the export");
  const reason = frame.exclusion.reasons[(frame.exclusion.codes[unit] as number) - 1]?.reason ?? "none";
  return { outcome: "excluded", unitId, reason };
}

function explainEligible(
  manifest: Manifest,
  unitId: string,
  key: string,
  ids: readonly string[],
  order: number | undefined,
): Explanation {
  const seedKey = ticketKey(manifest.seed);
  const own = ticket(seedKey, unitId);
  const rank = 1 + ids.filter((id) => compareUnits(ticket(seedKey, id), own) < 0).length;
  const stratum = manifest.strata.find((each) => each.stratum === key);
  if (stratum === undefined) {
    throw new CasedrawError(
      "MANIFEST_INVALID",
      `Manifest lacks stratum "${key}", which frame.csv has. Restore both files.`,
      {
        stratum: key,
      },
    );
  }
  const facts = {
    unitId,
    stratum: key,
    ticket: own,
    rank,
    population: ids.length,
    drawn: stratum.drawn,
    reserves: stratum.reserves,
    inclusionProbability: stratum.inclusion_probability,
  };
  if (rank <= stratum.drawn !== (order !== undefined)) {
    throw new CasedrawError(
      "MANIFEST_INVALID",
      `The folder's files disagree about ${unitId}: its ticket is number ${rank} of its stratum, of which ${stratum.drawn} are drawn, ` +
        `and sample.csv ${order === undefined ? "does not list" : "lists"} it. casedraw verify tells what was changed.`,
      { unit_id: unitId },
    );
  }
  if (order !== undefined) return { outcome: "drawn", drawOrder: order, ...facts };
  if (rank <= stratum.drawn + stratum.reserves && rank > stratum.drawn) {
    return { outcome: "reserve", reserveOrder: rank - stratum.drawn, ...facts };
  }
  return { outcome: "not drawn", ...facts };
}

function drawOrder(folder: string, unitId: string): number | undefined {
  const { rows } = readOwnCsv(readText(join(folder, "sample.csv"), "sample.csv", "Sample"), "sample.csv");
  const row = rows.find((cells) => cells[1] === unitId);
  return row === undefined ? undefined : Number(row[0]);
}

function unknownUnit(unitId: string, ids: readonly string[], where: string): CasedrawError {
  const meant = nearest(unitId, ids.length <= 100_000 ? ids : []);
  return new CasedrawError(
    "UNIT_UNKNOWN",
    `Unit not found: no unit of ${where} is called ${unitId}.${meant === undefined ? "" : ` Did you mean ${meant}?`} ` +
      `Write the id as frame.csv does${ids[0] === undefined ? "" : `, for example ${ids[0]}`}.`,
    { unit_id: unitId },
  );
}
