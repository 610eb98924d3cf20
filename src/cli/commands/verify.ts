import { join, resolve } from "node:path";
import { counted, thousands } from "../../frame/words.js";
import {
  type AnalysisVerification,
  isVerified,
  openAnalysisFolder,
  verifyAnalysis,
} from "../../workflow/analysis/verify.js";
import { openArchive } from "../../workflow/archive/manifest.js";
import { verifyArchive } from "../../workflow/archive/verify-archive.js";
import { openFramesFolder } from "../../workflow/frames/folder.js";
import { type FramesVerification, verifyFrames } from "../../workflow/frames/verify-frames.js";
import { type Verification, verifySample } from "../../workflow/verify/verify-sample.js";
import { archiveFacts, archiveLines } from "../archive-words.js";
import type { Invocation } from "../command.js";
import type { Io } from "../io.js";
import { registerOption, storyFacts, storyLines } from "../register-words.js";

/** Verification found a difference. */
const differs = 3;
/** Nothing that was compared differs, and not all could be. */
const couldNotBeDone = 2;

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const directory = invocation.operands[0] as string;
  const { plan, "linked-to": linkedTo } = invocation.values;
  const options = {
    cwd: io.cwd,
    progress: (step: string, fraction?: number): void => io.progress(step, fraction),
    data: invocation.lists.data ?? [],
    ...(plan === undefined ? {} : { plan }),
    ...(linkedTo === undefined ? {} : { linkedTo }),
    ...registerOption(invocation.values.register),
  };
  const several = openFramesFolder(resolve(io.cwd, directory), directory);
  if (several !== undefined) {
    const found = await verifyFrames(several, options);
    io.out(io.json ? JSON.stringify(framesFacts(found)) : framesLines(found, directory).join("\n"));
    return found.verified ? 0 : differs;
  }
  const analysis = openAnalysisFolder(resolve(io.cwd, directory), directory);
  if (analysis !== undefined) {
    const found = await verifyAnalysis(analysis, options);
    io.out(io.json ? JSON.stringify(analysisFacts(found)) : analysisLines(found, directory).join("\n"));
    if (found.differences.length > 0) return differs;
    return isVerified(found) ? 0 : couldNotBeDone;
  }
  const archive = openArchive(resolve(io.cwd, directory), directory);
  if (archive !== undefined) {
    const { key } = invocation.values;
    const found = await verifyArchive(archive, { ...options, ...(key === undefined ? {} : { key }) });
    io.out(io.json ? JSON.stringify(archiveFacts(found)) : archiveLines(found, directory).join("\n"));
    return found.differences.length === 0 ? 0 : differs;
  }
  const verification = await verifySample(directory, options);
  io.out(
    io.json
      ? JSON.stringify(verificationFacts(verification))
      : verificationLines(verification, directory).join("\n"),
  );
  return verification.differences.length === 0 ? 0 : differs;
}

function verificationFacts({ differences, notes, sameDraw, register }: Verification) {
  return {
    verified: differences.length === 0,
    same_draw: sameDraw,
    differences,
    notes,
    register: register === undefined ? null : storyFacts(register),
  };
}

function analysisFacts(found: AnalysisVerification) {
  const { differences, notes, unmade = null } = found;
  return { verified: isVerified(found), differences, notes, unmade };
}

function analysisLines(
  { manifest, differences, notes, unmade }: AnalysisVerification,
  directory: string,
): string[] {
  const count = manifest.outputs.length;
  const lines = notes.map(({ subject, text }) => `Note: ${subject}: ${text}`);
  if (unmade !== undefined) {
    const { paths, reason } = unmade;
    lines.unshift(
      `Not made again: ${counted(paths.length, "file")} with pictures in PNG, held only to the hash that manifest.json has of each: ${paths.join(", ")}.`,
      reason,
    );
  }
  if (differences.length === 0 && unmade !== undefined) {
    return [
      `Verified in part: ${directory}`,
      `The plan and the data give exactly ${thousands(count - unmade.paths.length)} of these ${thousands(count)} files of the ${manifest.edition} edition, and none of all was changed.`,
      ...lines,
    ];
  }
  if (differences.length === 0) {
    return [
      `Verified: ${directory}`,
      `The plan and the data give exactly these ${thousands(count)} files of the ${manifest.edition} edition, and none was changed.`,
      ...lines,
    ];
  }
  return [
    `NOT verified: ${directory} has ${counted(differences.length, "difference")}.`,
    ...differences.map(({ subject, text }) => `${subject}: ${text}`),
    ...lines,
  ];
}

function framesFacts({ verified, differences, notes, frames }: FramesVerification) {
  return {
    verified,
    differences,
    notes,
    frames: frames.map(({ name, verification }) => ({ name, ...verificationFacts(verification) })),
  };
}

function framesLines(
  { verified, differences, notes, frames }: FramesVerification,
  directory: string,
): string[] {
  return [
    ...frames.flatMap(({ name, verification }) => [
      ...verificationLines(verification, join(directory, name)),
      "",
    ]),
    verified
      ? `Verified: all ${thousands(frames.length)} frames of ${directory}, and what is in more than one of them (overlaps.csv).`
      : `NOT verified: ${directory}.`,
    ...differences.map(({ subject, text }) => `${subject}: ${text}`),
    ...notes.map(({ subject, text }) => `Note: ${subject}: ${text}`),
  ];
}

/** What a verification says to people. */
export function verificationLines(verification: Verification, directory: string): string[] {
  const { manifest, differences, notes, sameDraw, register } = verification;
  const lines = [
    ...(register === undefined ? [] : storyLines(register)),
    ...notes.map(({ subject, text }) => `Note: ${subject}: ${text}`),
  ];
  if (differences.length === 0) {
    return [
      `Verified: ${directory}`,
      `The plan, the data (${counted(manifest.frame.eligible, "eligible unit")}) and seed ${manifest.seed} give exactly ` +
        `these ${counted(manifest.selection.units, "unit")} and their reserves, and no file was changed.`,
      ...lines,
    ];
  }
  return [
    `NOT verified: ${directory} has ${counted(differences.length, "difference")}.`,
    sameDraw
      ? differences.some(({ subject }) => subject === "strata")
        ? "A replay draws the same units and reserves, but with other numbers in their strata, and so other probabilities."
        : "The draw itself is untouched: a replay draws the same units and reserves."
      : "The draw itself is touched: a replay draws other units or reserves than the manifest records.",
    "",
    ...differences.map(({ subject, text }) => `${subject}: ${text}`),
    ...(lines.length > 0 ? ["", ...lines] : []),
  ];
}
