import { join } from "node:path";
import type { Frame } from "../../frame/frame.js";
import { type OwnCsv, readOwnCsv } from "../../report/own-csv.js";
import type { BeforeUpdate } from "../../sampling/update/update-facts.js";
import type { BuiltFrame } from "../build-from-plan.js";
import { readText } from "../read-text.js";
import type { SampleFolder } from "../sample/folder.js";
import { probabilityHeader, stratumHeader } from "./before-columns.js";

/** What the rows of a `frame.csv` say of the version before, for the units of a frame; none for those that it does not list. */
export function beforeOfRows(
  { header, rows }: OwnCsv,
  ids: readonly string[],
  eligible: Int32Array,
): BeforeUpdate {
  const [id, stratum, probability] = ["unit_id", stratumHeader, probabilityHeader].map((name) =>
    header.indexOf(name),
  ) as [number, number, number];
  const told = new Map(rows.map((row) => [row[id] as string, row]));
  const strata: (string | undefined)[] = new Array(ids.length).fill(undefined);
  const probabilities = new Float64Array(ids.length);
  for (const unit of eligible) {
    const row = told.get(ids[unit] as string);
    const key = row?.[stratum];
    if (row === undefined || key === undefined || key === "") continue;
    strata[unit] = key;
    if (probability !== -1) probabilities[unit] = Number(row[probability]);
  }
  return { strata, ...(probability === -1 ? {} : { probabilities }) };
}

/** A frame with what its sample's folder says of the version before an update, where there was one. */
export function withBefore(built: BuiltFrame, folder: SampleFolder, label: string): BuiltFrame {
  if (folder.manifest.steps?.some(({ kind }) => kind === "update") !== true) return built;
  const before = readBefore(folder, label, built.frame);
  return { ...built, designInputs: { ...built.designInputs, before } };
}

/** @throws CasedrawError `FILE_…` and those of `readOwnCsv` */
function readBefore({ path }: SampleFolder, label: string, frame: Frame): BeforeUpdate {
  const text = readText(join(path, "frame.csv"), join(label, "frame.csv"), "Frame");
  return beforeOfRows(readOwnCsv(text, "frame.csv"), frame.ids, frame.eligible);
}
