import type { CommandGroup, CommandSpec, OptionSpec } from "../command.js";
import { force, plan, register } from "./shared-options.js";

const sampleFolder: OptionSpec = {
  name: "sample",
  value: "DIR",
  required: true,
  help: "The folder of the sample, as it stands now.",
};

const nextVersion: OptionSpec = {
  name: "out",
  value: "DIR",
  required: true,
  help: "The folder to write: the sample's next version.",
};

const registerBefore: OptionSpec = {
  ...register,
  help: "Enter it in this register instead of that of the version before; none for no register.",
};

const update: CommandSpec = {
  name: "update",
  summary: "Bring a sample to a corrected export, with known probabilities",
  operands: [],
  options: [
    sampleFolder,
    {
      ...plan,
      help: "The plan of the corrected export, with the sample's own design. It may be the plan of the draw, once the corrected files are in place.",
    },
    {
      name: "data",
      value: "FILE",
      multiple: true,
      help: "The corrected exports and other inputs, where they are not where the plan says. Takes every file up to the next option.",
    },
    nextVersion,
    registerBefore,
    force,
  ],
  notes: [
    "Whatever was drawn and is still eligible stays. What the design lacks on the corrected export is drawn. The earlier export is not needed.",
    "Nothing may be corrected because of what the review of sampled cases found: log such cases with casedraw sample --replace.",
  ],
  examples: ["casedraw update --sample sample --plan casedraw-demo/plan.yaml --out sample-3"],
};

const add: CommandSpec = {
  name: "add",
  summary: "Put chosen cases beside a sample, marked and without weight",
  operands: [],
  options: [
    sampleFolder,
    {
      name: "cases",
      value: "FILE",
      required: true,
      help: "CSV or Excel with the columns unit_id, reason (line-of-enquiry, delay, nominated-good-practice, audit or complaint), asked_by (a role or initials) and asked_on (a date).",
    },
    { ...plan, required: false, help: "The plan, where it is no longer where the draw found it." },
    {
      name: "data",
      value: "FILE",
      multiple: true,
      help: "The exports and other inputs, where they have moved. Takes every file up to the next option.",
    },
    nextVersion,
    registerBefore,
    force,
  ],
  notes: [
    "Chosen cases stand for no others: casedraw estimate leaves them out. One that was sampled stays sampled.",
  ],
  examples: ["casedraw add --sample sample --cases casedraw-demo/chosen.csv --out sample-4"],
};

const handover: CommandSpec = {
  name: "handover",
  summary: "Give the cases to teams: worksheets, request list, evidence",
  operands: [],
  options: [
    sampleFolder,
    {
      ...plan,
      required: false,
      help: "The plan with teams and handover, where it is no longer where the draw found it.",
    },
    {
      name: "data",
      value: "FILE",
      multiple: true,
      help: "The exports, where they have moved: they are read for months of birth only. Takes every file up to the next option.",
    },
    {
      name: "conflicts",
      value: "FILE",
      help: "Who may not have which case: CSV or Excel with the columns unit_id, team and, for one pair only, pair (its number).",
    },
    {
      name: "after",
      value: "DIR",
      help: "The folder of an earlier handover: whoever has a case keeps it, and its conflicts hold.",
    },
    { name: "out", value: "DIR", required: true, help: "The folder to write." },
    force,
  ],
  notes: [
    "Who takes part, and what a worksheet asks, stand in the plan under teams and handover: docs/handover.md has an example. They may be added after the draw.",
    "The sample stays as it is. Without --after, cases may go to others than they did before.",
    "Worksheets tell no weight or chance, the request list no stratum or reserve, the evidence no case.",
  ],
  examples: ["casedraw handover --sample sample --out given"],
};

const track: CommandSpec = {
  name: "track",
  summary: "Read the worksheets back: findings, losses, progress",
  operands: [],
  options: [
    sampleFolder,
    {
      name: "handover",
      value: "DIR",
      required: true,
      help: "The folder of the handover, the latest where there were several.",
    },
    {
      name: "merge",
      value: "SHEET",
      multiple: true,
      required: true,
      help: "Worksheets as they came back, of earlier handovers too, or folders of them. Takes every name up to the next option.",
    },
    { name: "out", value: "DIR", required: true, help: "The folder to write." },
    force,
  ],
  notes: ["The worksheets are only read. Two answers for one case are listed, and neither is taken."],
  examples: ["casedraw track --sample sample --handover given --merge given --out progress"],
};

export const duringTheInspection: CommandGroup = {
  title: "During the inspection",
  commands: [update, add, handover, track],
};
