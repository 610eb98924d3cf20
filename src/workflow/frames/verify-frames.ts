import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CasedrawError } from "../../errors.js";
import { type Manifest, parseManifest } from "../../report/manifest.js";
import { sha256Of } from "../../report/sha256.js";
import { openPlan } from "../open-plan.js";
import { readText } from "../read-text.js";
import { dataOfEach } from "../verify/named-data.js";
import type { Remark } from "../verify/remark.js";
import { type Verification, verifySample } from "../verify/verify-sample.js";
import { type FramesFolder, unlistedEntries } from "./folder.js";
import { findOverlaps, overlapsText, type SampledFrame } from "./overlaps.js";
import { frameSeed } from "./seed.js";
import { ofFrame } from "./to-folder.js";

/** What the replay of several frames found. */
export interface FramesVerification {
  /** In the manifest's order. */
  readonly frames: readonly { readonly name: string; readonly verification: Verification }[];
  /** Of what holds the frames together; each frame's own are with it. */
  readonly differences: readonly Remark[];
  readonly notes: readonly Remark[];
  /** Whether nothing differs anywhere. */
  readonly verified: boolean;
}

/**
 * Verifies the samples of several frames, each as by itself, and what holds them together: the list of frames, the seeds, each
 * manifest's hash and the overlaps.
 *
 * @throws CasedrawError of `verifySample`, its message led by the frame's name; `DATA_NOT_AN_INPUT`
 */
export async function verifyFrames(
  folder: FramesFolder,
  options: Parameters<typeof verifySample>[1],
): Promise<FramesVerification> {
  const { manifest, path, label } = folder;
  const differences: Remark[] = [];
  const manifests = manifest.frames.map(({ name }) => {
    const file = join(label, name, "manifest.json");
    const text = readText(join(path, name, "manifest.json"), file, "Manifest");
    return { text, manifest: parseManifest(text, file) };
  });
  const inputs = manifests.map((each) => each.manifest.inputs);
  const shares = dataOfEach(inputs, options);
  refuseStrangers(
    options.data.filter((file) => !shares.some((share) => share.includes(file))),
    inputs,
  );
  const frames: { name: string; verification: Verification }[] = [];
  for (const [at, { name, seed, manifest_sha256 }] of manifest.frames.entries()) {
    const own = manifests[at] as (typeof manifests)[number];
    const data = shares[at] as string[];
    const verification = await ofFrame(name, () => verifySample(join(label, name), { ...options, data }));
    frames.push({ name, verification });
    const subject = `${name}/manifest.json`;
    if (sha256Of(own.text) !== manifest_sha256) {
      differences.push({ subject, text: "is not the one that manifest.json records" });
    }
    const mark = own.manifest.of_frames;
    if (own.manifest.seed !== seed || seed !== frameSeed(manifest.seed, name) || mark?.frame !== name) {
      differences.push({
        subject,
        text: `is not of frame ${name} under the seed ${JSON.stringify(manifest.seed)}`,
      });
    }
  }
  differences.push(
    ...planDifferences(folder, options),
    ...listDifferences(folder, frames),
    ...overlapDifferences(folder, frames),
  );
  const notes = unlistedEntries(folder).map((name) => ({
    subject: name,
    text: "is in the folder and not in the manifest",
  }));
  const verified =
    differences.length === 0 && frames.every(({ verification }) => verification.differences.length === 0);
  return { frames, differences, notes, verified };
}

function refuseStrangers(strangers: readonly string[], samples: readonly Manifest["inputs"][]): void {
  if (strangers.length === 0) return;
  const inputs = [...new Set(samples.flat().map(({ path }) => path))];
  throw new CasedrawError(
    "DATA_NOT_AN_INPUT",
    `File is not an input of any of these samples: ${strangers.join(", ")}. Their inputs are ${inputs.join(", ")}. ` +
      "Name moved files by the same file name.",
    { files: strangers },
  );
}

/** Frames that the plan has and nobody drew. */
function planDifferences(
  { path, manifest }: FramesFolder,
  options: { readonly cwd: string; readonly plan?: string },
): Remark[] {
  const [first] = manifest.frames;
  const file = options.plan ?? planOf(join(path, first?.name as string, "run.json"));
  if (file === undefined) return [];
  const drawn = manifest.frames.map(({ name }) => name);
  return Object.keys(openPlan(file, options.cwd).plan.frames ?? {})
    .filter((name) => !drawn.includes(name))
    .map((name) => ({ subject: "plan", text: `its frame ${name} was not there at the draw` }));
}

function planOf(run: string): string | undefined {
  return existsSync(run) ? (JSON.parse(readFileSync(run, "utf8")) as { plan: string }).plan : undefined;
}

/** The list of files must be what the frames' own manifests say. */
function listDifferences({ manifest }: FramesFolder, frames: FramesVerification["frames"]): Remark[] {
  const listed = new Map(manifest.outputs.map((output) => [output.path, output.sha256]));
  const expected = new Map<string, string>();
  for (const { name, verification } of frames) {
    for (const output of verification.manifest.outputs) expected.set(`${name}/${output.path}`, output.sha256);
    const record = manifest.frames.find((each) => each.name === name);
    expected.set(`${name}/manifest.json`, record?.manifest_sha256 ?? "");
  }
  return [...new Set([...listed.keys(), ...expected.keys()])]
    .filter((name) => listed.get(name) !== expected.get(name) && name !== "overlaps.csv")
    .map((name) => ({
      subject: "manifest.json",
      text: `lists ${listed.has(name) ? "another hash of " : "no"} ${name} ${listed.has(name) ? "than" : "where"} the frame's own manifest does`,
    }));
}

function overlapDifferences(
  { path, manifest }: FramesFolder,
  frames: FramesVerification["frames"],
): Remark[] {
  const subject = "overlaps.csv";
  const file = join(path, subject);
  if (!existsSync(file)) return [{ subject, text: "is missing from the folder" }];
  const bytes = readFileSync(file);
  const hash = sha256Of(bytes);
  const listed = manifest.outputs.find((output) => output.path === subject)?.sha256;
  const replayed = frames.flatMap(({ name, verification }): SampledFrame[] => {
    const { replayed: found } = verification;
    return found === undefined
      ? []
      : [{ name, plan: found.plan, frame: found.built.frame, sample: found.sample }];
  });
  // Without every frame's replay the file can only be held to its hash.
  if (replayed.length < frames.length)
    return hash === listed ? [] : [{ subject, text: "was edited since the draw" }];
  const same = bytes.equals(Buffer.from(overlapsText(findOverlaps(replayed))));
  if (same && hash === listed) return [];
  if (same) return [{ subject: "manifest.json", text: `its hash of ${subject} is wrong` }];
  return [
    {
      subject,
      text:
        hash === listed ? "is as it was written, and a replay gives another" : "was edited since the draw",
    },
  ];
}
