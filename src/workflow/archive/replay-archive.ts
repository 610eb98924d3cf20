import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Frame } from "../../frame/frame.js";
import type { Plan } from "../../plan/types.js";
import { type OwnCsv, readOwnCsv } from "../../report/own-csv.js";
import type { EarlierSample } from "../../sampling/avoid/earlier-sample.js";
import type { Sample } from "../../sampling/draw.js";
import { filesDisagree, readRecordedFrame } from "../explain/recorded-frame.js";
import { drawRecorded } from "../explain/replay-recorded.js";
import { readText } from "../read-text.js";
import type { ArchiveFolder } from "./manifest.js";
import { orderedFrame, ordersOf, readOrders, withOrders } from "./orders.js";

/** An archive's frame, and what its replay gives; no sample where it was linked to another. */
export interface ReplayedArchive {
  readonly plan: Plan;
  readonly frame: Frame;
  readonly sample?: Sample;
}

/** One of an archive's tables; undefined where it has none of that name. */
export function readArchived({ path, label }: ArchiveFolder, name: string): OwnCsv | undefined {
  if (!existsSync(join(path, name))) return undefined;
  return readOwnCsv(readText(join(path, name), join(label, name), "List"), name);
}

/**
 * Draws an archived sample again: pseudonyms stand for ids, and places for tickets.
 *
 * @throws CasedrawError `MANIFEST_INVALID` where its files disagree, and those of the draw
 */
export function replayArchive(folder: ArchiveFolder): ReplayedArchive {
  const { record } = folder.manifest;
  const recorded = readRecordedFrame({ path: folder.path, manifest: record }, folder.label);
  const { plan } = recorded;
  const orders = ordersOf(plan, record);
  const ordered = (file: string, first: string, ids: readonly string[]) => {
    const table = readArchived(folder, file);
    if (table === undefined) throw filesDisagree(`${file} is missing`);
    const read = readOrders(table, first, ids, orders);
    if ("fault" in read) throw filesDisagree(`${file} ${read.fault}`);
    return withOrders(ids, read.ranks, orders);
  };
  const family = plan.sample?.one_per;
  const field = family === undefined ? undefined : recorded.frame.fields.get(family);
  const frame = orderedFrame(
    recorded.frame,
    ordered("tickets.csv", "unit_id", recorded.frame.ids),
    field === undefined
      ? undefined
      : { field: field.name, levels: ordered("families.csv", field.name, field.levels) },
  );
  if (plan.linked !== undefined) return { plan, frame };
  const earlier = earlierOf(readArchived(folder, "earlier.csv"));
  const designInputs = { ...recorded.designInputs, ...(earlier === undefined ? {} : { earlier }) };
  return { plan, frame, sample: drawRecorded({ plan, frame, designInputs }, record).sample };
}

function earlierOf(table: OwnCsv | undefined): EarlierSample | undefined {
  if (table === undefined) return undefined;
  return {
    probabilities: new Map(table.rows.map(([id = "", probability]) => [id, Number(probability)])),
    taken: new Set(table.rows.flatMap(([id = "", , taken]) => (taken === "yes" ? [id] : []))),
  };
}
