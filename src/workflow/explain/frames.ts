import { existsSync } from "node:fs";
import { join } from "node:path";
import { CasedrawError } from "../../errors.js";
import { readOwnCsv } from "../../report/own-csv.js";
import type { FramesFolder } from "../frames/folder.js";
import { ofFrame } from "../frames/to-folder.js";
import type { Progress } from "../progress.js";
import { readText } from "../read-text.js";
import { type Explanation, explainUnit } from "./unit.js";

/** A unit's lot in each frame of a folder. */
export interface FramesExplanation {
  readonly unitId: string;
  /** In the manifest's order; without an explanation where the frame knows no unit of that id. */
  readonly frames: readonly { readonly frame: string; readonly explanation?: Explanation }[];
  /** Units of other ids that are of the same child, case or unit, as `overlaps.csv` has them. */
  readonly meets: readonly MetUnit[];
}

export interface MetUnit {
  readonly sharedBy: string;
  readonly frame: string;
  readonly unitId: string;
  readonly lot: string;
}

/**
 * Explains a unit in every frame.
 *
 * @throws CasedrawError `UNIT_UNKNOWN` where no frame has the id, and those of `explainUnit`
 */
export async function explainInEveryFrame(
  { label, path, manifest }: FramesFolder,
  unitId: string,
  options: { readonly cwd: string; readonly progress: Progress },
): Promise<FramesExplanation> {
  const frames: { frame: string; explanation?: Explanation }[] = [];
  let unknown: CasedrawError | undefined;
  for (const { name } of manifest.frames) {
    try {
      frames.push({
        frame: name,
        explanation: await ofFrame(name, () => explainUnit(join(label, name), unitId, options)),
      });
    } catch (error) {
      const isUnknown = error instanceof CasedrawError && error.code === "UNIT_UNKNOWN";
      // Of changed data it cannot be said that they know no such unit.
      if (!isUnknown || error.details.changed === true) throw error;
      unknown ??= error;
      frames.push({ frame: name });
    }
  }
  if (unknown !== undefined && frames.every(({ explanation }) => explanation === undefined)) throw unknown;
  return { unitId, frames, meets: meetsOf(join(path, "overlaps.csv"), join(label, "overlaps.csv"), unitId) };
}

function meetsOf(file: string, label: string, unitId: string): MetUnit[] {
  if (!existsSync(file)) return [];
  const { rows } = readOwnCsv(readText(file, label, "Overlaps"), "overlaps.csv");
  const met = rows.flatMap((row): MetUnit[] => {
    const [sharedBy, , frame, id, lot, otherFrame, otherId, otherLot] = row as [string, ...string[]];
    if (id === otherId) return []; // each frame's own explanation tells
    if (id === unitId)
      return [{ sharedBy, frame: otherFrame as string, unitId: otherId as string, lot: otherLot as string }];
    if (otherId === unitId)
      return [{ sharedBy, frame: frame as string, unitId: id as string, lot: lot as string }];
    return [];
  });
  return [...new Map(met.map((each) => [`${each.frame}\n${each.unitId}`, each])).values()];
}
