import { existsSync } from "node:fs";
import { join } from "node:path";
import { CasedrawError } from "../../errors.js";
import type { UpdateRecord } from "../../report/manifest-steps.js";
import type { Sample } from "../../sampling/draw.js";
import { prepareUpdate } from "../../sampling/update/prepare.js";
import type { UpdateFacts } from "../../sampling/update/update-facts.js";
import type { BuiltFrame } from "../build-from-plan.js";
import { readRecordedFrame } from "../explain/recorded-frame.js";
import { replayRecorded } from "../explain/replay-recorded.js";
import { hashOfManifest } from "../next-version/sample-versions.js";
import { openSampleFolder, refuseChangedFolder, type SampleFolder } from "../sample/folder.js";
import { differingPaths } from "../verify/compare-records.js";
import type { Remark } from "../verify/remark.js";
import { changesOf } from "./changes.js";
import { updateRecord } from "./step-record.js";

interface Checked {
  readonly differences: readonly Remark[];
  readonly notes: readonly Remark[];
}

/**
 * Whether the last update goes back to the version before it: that version is drawn again from its own folder and set beside the
 * corrected export, which must give what the manifest and `frame.csv` record. The earlier export is not needed; where the
 * earlier folder is not at hand either, a note says what nobody has checked.
 *
 * @param replayed - the corrected frame, with what `frame.csv` says of the version before, and the sample of it
 */
export async function checkUpdate(
  folder: SampleFolder,
  { built, sample }: { readonly built: BuiltFrame; readonly sample: Sample },
): Promise<Checked> {
  const { steps = [] } = folder.manifest;
  const at = steps.findLastIndex(({ kind }) => kind === "update");
  const recorded = steps[at];
  if (recorded?.kind !== "update") return { differences: [], notes: [] };
  const earlier = earlierFolder(folder, steps.length - at);
  if (earlier === undefined) {
    return note(
      `the folder of version ${at + 1} is not where it lay: that its sample and strata were as version ${at + 2} records them was not checked`,
    );
  }
  try {
    const { homes } = sample.design.updated as UpdateFacts;
    return { differences: await compare(earlier, { built, homes, recorded, version: at + 2 }), notes: [] };
  } catch (error) {
    if (!(error instanceof CasedrawError)) throw error;
    return {
      differences: [
        { subject: "versions", text: `version ${at + 1} cannot be drawn again: ${error.message}` },
      ],
      notes: [],
    };
  }
}

/** The folder so many versions back, where the chain of folders still leads there. */
function earlierFolder(folder: SampleFolder, back: number): SampleFolder | undefined {
  let found = folder;
  for (let i = 0; i < back; i++) {
    const from = found.run?.from;
    if (from === undefined || !existsSync(join(from, "manifest.json"))) return undefined;
    if (hashOfManifest(from) !== found.manifest.previous?.manifest_sha256) return undefined;
    found = openSampleFolder(from, from);
  }
  return found;
}

async function compare(
  earlier: SampleFolder,
  {
    built,
    homes,
    recorded,
    version,
  }: {
    readonly built: BuiltFrame;
    readonly homes: UpdateFacts["homes"];
    readonly recorded: UpdateRecord;
    readonly version: number;
  },
): Promise<Remark[]> {
  refuseChangedFolder(earlier, earlier.path, ["frame.csv"]);
  const { frame, ...rest } = readRecordedFrame(earlier, earlier.path);
  const { sample } = await replayRecorded(earlier, { frame, ...rest });
  const { frame: now, designInputs } = built;
  const prepared = prepareUpdate({ frame, sample }, now);
  const differences: Remark[] = [];
  const told = designInputs?.before;
  const units = Array.from(now.eligible);
  const others = units.filter(
    (unit) =>
      told?.strata[unit] !== prepared.before.strata[unit] ||
      told?.probabilities?.[unit] !== prepared.before.probabilities?.[unit],
  );
  if (others.length > 0) {
    differences.push({
      subject: "frame.csv",
      text: `what it says of version ${version - 1} is not what that version's folder gives, for ${others.length} of ${units.length} units`,
    });
  }
  const { digest, design_digest } = earlier.manifest.frame;
  const again = updateRecord(prepared, {
    changes: changesOf({ frame, sample }, { ...prepared, frame: now, homes }),
    digests: { frame: digest, design: design_digest },
  });
  for (const { path } of differingPaths(recorded, again).slice(0, 10)) {
    differences.push({
      subject: "manifest",
      text: `${path} of the update is not what version ${version - 1} and the corrected export give`,
    });
  }
  return differences;
}

function note(text: string): Checked {
  return { differences: [], notes: [{ subject: "versions", text }] };
}
