import type { Note } from "../../frame/note.js";
import { counted, thousands } from "../../frame/words.js";
import type { UpdateStep } from "../after/outcome.js";
import { continuesDraw, type Member } from "../after/standing.js";
import type { Design } from "../design.js";

/** What must be said of a sample that was brought to a corrected export. */
export function updateNotes({
  design,
  step,
  members,
  version,
}: {
  readonly design: Design;
  readonly step: UpdateStep;
  readonly members: readonly Member[];
  readonly version: number;
}): Note[] {
  const added = members.filter((member) => member.version === version).length;
  const start =
    `Version ${version} follows a corrected export: ${counted(step.kept.length, "unit")} of the sample before ${step.kept.length === 1 ? "is" : "are"} kept, and ` +
    `${thousands(added)} ${added === 1 ? "was" : "were"} added.`;
  const condition = "This holds if nothing was corrected because of what the review of sampled cases found.";
  return [
    {
      code: "updated",
      text: continuesDraw(design)
        ? `${start} Probabilities and weights are conditional: they hold given how many units of the sample before remained in each class, and given that, exactly. ${condition}`
        : `${start} Each unit's probability is the larger of those that the two designs gave it, exactly; how many were added varies. ${condition}`,
      count: step.kept.length,
      details: {},
    },
  ];
}
