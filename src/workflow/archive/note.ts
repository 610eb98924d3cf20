import { longDate } from "../../analysis/words.js";
import { counted, thousands } from "../../frame/words.js";
import type { Manifest } from "../../report/manifest.js";
import type { ArchiveManifest } from "./manifest.js";

/** The checks that go with the export, as clauses that follow "nobody can check". */
export function lostChecks(
  { plan, steps = [], linked_to, estimation }: Manifest,
  registered: boolean,
): string[] {
  const { sample } = plan as { sample?: { avoid?: object } };
  return [
    "that the export gave these units, with these strata and codes, and that the others were rightly excluded",
    "that tickets.csv has the order of the tickets: a ticket is the SHA-256 of the seed's key and a unit id",
    "which child or case a pseudonym stands for",
    ...(estimation === undefined
      ? []
      : [
          "the estimated probabilities to the last digit, as their simulation goes by the order of the ids: a replay estimates them again and holds the recorded ones to that within simulation error",
        ]),
    ...(steps.some(({ kind }) => kind === "update")
      ? [
          "what the version before an update was drawn from: earlier_stratum in frame.csv is as it was recorded",
        ]
      : []),
    ...(linked_to === undefined
      ? []
      : [
          "which values the earlier sample drew, and with which probabilities: links.csv is as it was recorded",
        ]),
    ...(sample?.avoid === undefined
      ? []
      : ["which units had been reviewed before: they are as they were recorded"]),
    ...(registered ? [] : ["how many draws were made before this one: no line of a register is kept"]),
  ];
}

/** `retention.md`: what is kept, why, until when, and what can no longer be checked. */
export function retentionNote({ archive, record }: Omit<ArchiveManifest, "outputs">): string {
  const { title, reference_date } = record.plan as { title: string; reference_date: string };
  const until = archive.retain_until;
  return `# What is kept of this sample

${title}, reference date ${longDate(reference_date)}: ${counted(record.selection.units, "unit")} of ${thousands(record.frame.eligible)} eligible ones.

- **Why it is kept**: to show later how the sample was chosen. \`casedraw verify\` replays the allocation and the draw from this folder alone.
- **Until when**: ${until === undefined ? "not stated. Decide on a date, and archive again with --retain-until DATE" : `${longDate(until)}. Delete this folder and the key then`}.
- **What it holds**: a pseudonym of every eligible unit, its stratum, the fields that the design goes by, the order of its ticket, and what was drawn. No id, no ticket, no name, no date of birth, and no file name.
- **What it is**: personal data still, because the key exists, and because rare combinations give people away without it. Who has a list of the ids and the seed can tell most units by the order of their tickets: keep this folder as you keep personal data, and the key apart from it.
- **What goes with the export**: ${archive.verified_with_export ? "the sample was replayed from its export just before, and all agreed." : "the sample was NOT replayed from its export before it was archived."}

## What nobody can check once the export is gone

${archive.lost.map((check) => `- ${check}`).join("\n")}

As long as the export, its plan and the key are there, \`casedraw verify FOLDER --plan PLAN --key FILE\` makes the first three checks.
`;
}
