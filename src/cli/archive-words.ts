import { longDate } from "../analysis/words.js";
import { counted } from "../frame/words.js";
import type { ArchiveVerification } from "../workflow/archive/verify-archive.js";

/** What the replay of an archive found, for programs. */
export function archiveFacts({ manifest, differences, notes, sameDraw, lost }: ArchiveVerification) {
  return {
    verified: differences.length === 0,
    same_draw: sameDraw,
    differences,
    notes,
    lost,
    archive: manifest.archive,
  };
}

/** The same for people. */
export function archiveLines(
  { manifest, differences, notes, sameDraw, lost }: ArchiveVerification,
  directory: string,
): string[] {
  const { archive, record } = manifest;
  const { version = 1 } = record;
  const shown = notes.map(({ subject, text }) => `Note: ${subject}: ${text}`);
  if (differences.length > 0) {
    return [
      `NOT verified: the archive ${directory} has ${counted(differences.length, "difference")}.`,
      sameDraw
        ? "The draw itself is untouched: a replay draws the same units and reserves."
        : "The draw itself is touched: a replay draws other units or reserves than the archive records.",
      "",
      ...differences.map(({ subject, text }) => `${subject}: ${text}`),
      ...(shown.length > 0 ? ["", ...shown] : []),
    ];
  }
  return [
    `Verified: ${directory}, an archive of version ${version} of a sample`,
    `The plan and the order of the tickets of ${counted(record.frame.eligible, "eligible unit")}, as recorded under seed ${record.seed}, give exactly ` +
      `these ${counted(record.selection.units, "unit")} and their reserves, and no file was changed.`,
    ...(lost.length === archive.lost.length
      ? []
      : [
          "Held to the export with the key: units, strata, fields, the order of their tickets and the selection agree.",
        ]),
    archive.verified_with_export
      ? "Before it was archived the sample was replayed from its export."
      : "The sample was not replayed from its export before it was archived.",
    ...(archive.retain_until === undefined
      ? ["Until when it may be kept is not stated."]
      : [`It may be kept until ${longDate(archive.retain_until)}.`]),
    ...(lost.length === 0
      ? []
      : ["Without the export nobody can check", ...lost.map((check) => `- ${check}`)]),
    ...shown,
  ];
}
