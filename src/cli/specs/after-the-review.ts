import type { CommandGroup, CommandSpec } from "../command.js";
import { force, plan, register } from "./shared-options.js";

const estimate: CommandSpec = {
  name: "estimate",
  summary: "Say what reviewed cases tell about all children, with intervals",
  operands: [],
  options: [
    { name: "sample", value: "DIR", required: true, help: "The folder of the sample, as it stands now." },
    {
      name: "findings",
      value: "FILE",
      required: true,
      help: "What inspectors saw: CSV or Excel (a filled-in copy of sample.xlsx too), with the column unit_id, optionally review (1 or 2) and reviewer, and any yes/no, category or number columns.",
    },
    {
      name: "by",
      value: "FIELD",
      multiple: true,
      help: "Estimate for the groups of these fields of the sample too. Takes every name up to the next option.",
    },
    {
      name: "columns",
      value: "NAME",
      multiple: true,
      help: "Estimate these columns only. Without it: all but those of the sample's own list, which are estimated, as a check, only where there are no others.",
    },
    {
      name: "sheet",
      value: "NAME",
      help: "The sheet of a workbook of findings. Without it: the one that has unit ids and findings.",
    },
    {
      name: "audit-column",
      value: "NAME",
      help: "The column that sets the inspector's view beside the body's own audit: in line, more positive or less positive. Without it: audit_agreement, where there is one.",
    },
    {
      name: "second-reviews",
      value: "FILE",
      help: "How cases were chosen for a second review: unit_id,probability. Without it: agreement of the pairs alone.",
    },
    {
      name: "calibrate",
      value: "FIELD",
      multiple: true,
      help: "Bring the weights to the eligible population's counts of this field (post-stratification), or of several (raking): fields that frame.csv or balance.csv has. FIELD:LEVEL=LEVEL takes two levels for one. Takes every name up to the next option.",
    },
    {
      name: "collapse",
      value: "A=B",
      multiple: true,
      help: "Take strata A and B for one in the variance, where one of them has fewer than two reviewed cases. May come again.",
    },
    {
      name: "interval",
      value: "METHOD",
      words: ["korn-graubard", "wilson"],
      help: "For shares: korn-graubard (without it), or wilson on the effective size, which is narrower.",
    },
    {
      name: "threshold",
      value: "N",
      help: "Take out figures that rest on 1 to N cases, and what they could be worked out from. 0 for none. Without it: the disclosure threshold of the plan, or 5.",
    },
    {
      name: "chosen",
      help: "List what was found in chosen cases too (chosen.csv). No estimate counts them.",
    },
    { name: "out", value: "DIR", required: true, help: "The folder to write." },
    force,
  ],
  notes: [
    "Checks the sample's folder first, from its own files: ends with 3 where one was changed, and with 2 where it could not be checked.",
    "Nothing is estimated of practitioners or inspectors, and no grades.",
  ],
  examples: ["casedraw estimate --sample sample --findings sample/sample.csv --out estimates"],
};

const archive: CommandSpec = {
  name: "archive",
  summary: "Keep what replays the draw when the export is destroyed",
  operands: [{ name: "DIR", help: "The folder of the sample, as it stands in the end." }],
  options: [
    {
      name: "key",
      value: "FILE",
      required: true,
      help: "The key of the pseudonyms, made where there is none. Keep it apart from the archive.",
    },
    { name: "out", value: "DIR", required: true, help: "The folder to write." },
    {
      name: "retain-until",
      value: "DATE",
      help: "Until when it may be kept, as 2032-11-30: its retention note says so.",
    },
    { ...plan, required: false, help: "The plan, where it is no longer where the draw found it." },
    {
      name: "data",
      value: "FILE",
      multiple: true,
      help: "The exports and other inputs, where they have moved. Takes every file up to the next option.",
    },
    {
      ...register,
      help: "The register of draws, where it is no longer where the draw found it; none to leave it out.",
    },
    {
      name: "linked-to",
      value: "DIR",
      help: "Of a linked sample: the folder of the earlier one, where it has moved.",
    },
    {
      name: "without-export",
      help: "Do not replay the sample from its export first: it is gone already. The archive says so.",
    },
    force,
  ],
  notes: [
    "Holds pseudonyms and the order of tickets: no id, no ticket, no name. casedraw verify replays it, and says which checks went with the export.",
  ],
  examples: ["casedraw archive sample --key archive.key --out archive"],
};

export const afterTheReview: CommandGroup = { title: "After the review", commands: [estimate, archive] };
