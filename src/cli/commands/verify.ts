import { thousands } from "../../frame/note.js";
import { type Verification, verifySample } from "../../workflow/verify-sample.js";
import type { Invocation } from "../command.js";
import type { Io } from "../io.js";
import { registerOption, storyFacts, storyLines } from "../register-wording.js";
import { counted } from "../wording.js";

/** Verification found a difference. */
const differs = 3;

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const directory = invocation.operands[0] as string;
  const { plan } = invocation.values;
  const verification = await verifySample(directory, {
    cwd: io.cwd,
    progress: (step, fraction) => io.progress(step, fraction),
    data: invocation.lists.data ?? [],
    ...(plan === undefined ? {} : { plan }),
    ...registerOption(invocation.values.register),
  });
  const { differences, notes } = verification;
  if (io.json)
    io.out(
      JSON.stringify({
        verified: differences.length === 0,
        same_draw: verification.sameDraw,
        differences,
        notes,
        register: verification.register === undefined ? null : storyFacts(verification.register),
      }),
    );
  else io.out(verificationLines(verification, directory).join("\n"));
  return differences.length === 0 ? 0 : differs;
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
        `these ${thousands(manifest.selection.units)} units and their reserves, and no file was changed.`,
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
