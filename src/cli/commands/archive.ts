import { longDate } from "../../analysis/words.js";
import { counted, thousands } from "../../frame/words.js";
import { archiveToFolder, type WrittenArchive } from "../../workflow/archive/to-folder.js";
import type { Invocation } from "../command.js";
import type { Io } from "../io.js";
import { registerOption } from "../register-words.js";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const { key = "", out = "", plan, "linked-to": linkedTo, "retain-until": retainUntil } = invocation.values;
  const directory = invocation.operands[0] as string;
  const written = await archiveToFolder(directory, {
    key,
    out,
    force: invocation.flags.has("force"),
    withoutExport: invocation.flags.has("without-export"),
    data: invocation.lists.data ?? [],
    ...(plan === undefined ? {} : { plan }),
    ...(linkedTo === undefined ? {} : { linkedTo }),
    ...(retainUntil === undefined ? {} : { retainUntil }),
    ...registerOption(invocation.values.register),
    cwd: io.cwd,
    progress: (step: string, fraction?: number): void => io.progress(step, fraction),
    claim: (target: string): void => io.claim(target),
  });
  io.claim(undefined);
  for (const note of written.notes) io.say(`Note: ${note}`);
  io.out(
    io.json
      ? JSON.stringify({ out, key, key_made: written.madeKey, ...facts(written) })
      : lines(written, { directory, out, key }).join("\n"),
  );
  return 0;
}

function facts({ manifest, notes, outputs, manifestSha256 }: WrittenArchive) {
  return { ...manifest.archive, notes, outputs, manifest_sha256: manifestSha256 };
}

function lines(
  { manifest, madeKey, manifestSha256 }: WrittenArchive,
  { directory, out, key }: { readonly directory: string; readonly out: string; readonly key: string },
): string[] {
  const { archive, record } = manifest;
  const until = archive.retain_until;
  return [
    `Archive of version ${record.version ?? 1} of the sample in ${directory}`,
    "",
    archive.verified_with_export
      ? `Replayed from the export first: all agrees. ${counted(record.frame.eligible, "eligible unit")}, ${thousands(record.selection.units)} in the sample`
      : `NOT replayed from the export. ${counted(record.frame.eligible, "eligible unit")}, ${thousands(record.selection.units)} in the sample`,
    `To be kept until: ${until === undefined ? "not stated (--retain-until DATE)" : longDate(until)}`,
    "Once the export is destroyed nobody can check",
    ...archive.lost.map((check) => `- ${check}`),
    "",
    `Wrote ${out} (what is kept and why: ${out}/retention.md)`,
    `SHA-256 of its manifest.json, to send to somebody else: ${manifestSha256}`,
    madeKey
      ? `Made the key ${key}. Keep it apart from the archive, or destroy it: with it and the export the archive can be matched back.`
      : `Used the key ${key}. Keep it apart from the archive.`,
    `Check it at any time: casedraw verify ${out}`,
  ];
}
