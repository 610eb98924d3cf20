import type { Catalogue, CommandModule, CommandSpec, OptionSpec } from "./command.js";

const plan: OptionSpec = { name: "plan", value: "PLAN", required: true, help: "The plan, a YAML file." };

const force: OptionSpec = {
  name: "force",
  help: "Replace what an earlier run of casedraw wrote there, if nobody has changed it since.",
};

const register: OptionSpec = {
  name: "register",
  value: "FILE",
  help: "Enter the draw in this register instead of draws.jsonl beside the plan; none for no register.",
};

const demo: CommandSpec = {
  name: "demo",
  summary: "Do the whole job on a synthetic national export, in seconds",
  operands: [],
  options: [
    { name: "out", value: "DIR", help: "The folder to write. Without it: casedraw-demo." },
    { ...force, help: "Replace the folder of an earlier demo." },
  ],
  notes: [
    "Makes an export of 54,000 children, draws a sample of 600 from it, verifies the sample and says at each step what was done and what to open.",
  ],
  examples: ["casedraw demo", "casedraw demo --out casedraw-demo --force"],
};

const synth: CommandSpec = {
  name: "synth",
  summary: "Make a synthetic export for training, tests and benchmarks",
  operands: [],
  options: [
    { name: "rows", value: "N", required: true, help: "How many children: a whole number from 1." },
    { name: "seed", value: "SEED", required: true, help: "Any text. The same seed makes the same bytes." },
    { name: "out", value: "FILE", required: true, help: "The CSV file to write." },
    { name: "messy", help: "Add the faults of real exports, at stated rates." },
    force,
  ],
  notes: ["Nobody in the export is real."],
  examples: ["casedraw synth --rows 3000 --seed training --out children.csv"],
};

const sample: CommandSpec = {
  name: "sample",
  summary: "Draw a stratified sample, its reserves and its manifest",
  operands: [],
  options: [
    {
      ...plan,
      unless: ["replace", "extend"],
      help: "The plan, a YAML file. With --replace or --extend only where it is no longer where the draw found it.",
    },
    {
      name: "seed",
      value: "SEED",
      help: "Any text, taken exactly as written. Without it one is made and printed. Write a seed that starts with a hyphen as --seed=-5.",
    },
    {
      name: "out",
      value: "DIR",
      required: true,
      unless: ["dry-run", "commit"],
      help: "The folder to write. Not needed with --dry-run or --commit.",
    },
    register,
    {
      name: "linked-to",
      value: "DIR",
      help: "The folder of an earlier sample: takes what the plan links to it (linked: { by: FIELD }).",
    },
    {
      name: "replace",
      value: "LOG",
      help: "Release reserves for cases that cannot be reviewed. LOG is a CSV or Excel file with the columns unit_id and reason: out-of-scope, inaccessible or conflict. Writes the sample's next version to --out.",
    },
    { name: "from", value: "DIR", help: "With --replace: the folder of the sample as it stands." },
    {
      name: "extend",
      value: "DIR",
      help: "Enlarge the sample in this folder to --size. Writes the sample's next version to --out.",
    },
    { name: "size", value: "N", help: "With --extend: how many the whole sample is to have." },
    {
      name: "after-findings",
      help: "With --extend: record that the decision rested on findings. Without it the manifest says that it did not.",
    },
    {
      name: "data",
      value: "FILE",
      multiple: true,
      help: "With --replace or --extend: the exports and other inputs, where they have moved. Takes every file up to the next option.",
    },
    { name: "dry-run", help: "Show the frame, the strata and the allocation. Draw and write nothing." },
    {
      name: "commit",
      help: "Draw nothing: enter the seed's hash in the register, to show later that the seed was chosen before the data came.",
    },
    force,
  ],
  examples: [
    "casedraw sample --plan casedraw-demo/plan.yaml --dry-run",
    "casedraw sample --plan casedraw-demo/plan.yaml --commit --seed 20261116",
    "casedraw sample --plan casedraw-demo/plan.yaml --seed 20261116 --out sample",
    "casedraw sample --extend sample --size 620 --out sample-2",
  ],
};

const size: CommandSpec = {
  name: "size",
  summary: "Say how many cases are enough, or what a number of cases gives",
  operands: [],
  options: [
    { name: "margin", value: "E", help: "How many for this margin of error: 0.05 is 5 percentage points." },
    {
      name: "difference",
      value: "D",
      help: "How many to find this difference between two halves of the sample.",
    },
    {
      name: "rare",
      value: "R",
      help: "How many to find one case at least of a practice that this share has.",
    },
    {
      name: "size",
      value: "N",
      help: "The other way round: what a sample of so many gives. With --plan in place of the plan's size.",
    },
    {
      ...plan,
      required: false,
      help: "Work it out for this plan's frame and strata; alone, for its size and allocation.",
    },
    {
      name: "by",
      value: "FIELD",
      multiple: true,
      help: "With --plan: for each level of these fields too. Takes every field up to the next option.",
    },
    {
      name: "population",
      value: "N",
      help: "How many there are, where no plan says it. Without it: very many.",
    },
    { name: "proportion", value: "P", help: "The share that is expected. Without it: 0.5, the safe choice." },
    { name: "confidence", value: "C", help: "Without it: 0.95." },
    { name: "power", value: "B", help: "The chance to find a difference that is there. Without it: 0.8." },
    {
      name: "design-effect",
      value: "F",
      help: "How many times larger the variance is than under simple random sampling. Without it: 1; with --plan on top of what its allocation does.",
    },
    { name: "method", value: "NAME", help: "wilson (without it) or wald, the normal approximation." },
    { name: "out", value: "DIR", help: "Write size.html with the curve, size.csv and a manifest here." },
    force,
  ],
  notes: ["Shares are fractions: 5 percentage points are 0.05. It draws nobody."],
  usage: [
    "casedraw size [--margin E] [--difference D] [--rare R] [--population N]",
    "casedraw size --size N [--population N]",
    "casedraw size --plan PLAN [--size N | --margin E ...] [--by FIELD...]",
  ],
  examples: [
    "casedraw size --margin 0.05 --population 19563",
    "casedraw size --size 600 --population 19563",
    "casedraw size --plan casedraw-demo/plan.yaml --by gender --out size",
  ],
};

const simulate: CommandSpec = {
  name: "simulate",
  summary: "Show what a design does before it is used",
  operands: [],
  options: [
    plan,
    { name: "draws", value: "K", help: "How many draws: a whole number from 2. Without it: 1000." },
    {
      name: "seed",
      value: "SEED",
      help: "Any text, not the seed of the sample. Without it one is made and printed.",
    },
    { name: "frame", value: "NAME", help: "Which frame to simulate, where the plan has several." },
    { name: "out", value: "DIR", required: true, help: "The folder to write." },
    force,
  ],
  notes: [
    "Draws the plan's design many times, and beside it simple random and proportional stratified samples of the same size. Shows how often each group is drawn, how far counts stray, how often a small group is missed and a target not met.",
    "It chooses nobody, and enters nothing in the register.",
  ],
  examples: ["casedraw simulate --plan casedraw-demo/plan.yaml --draws 20 --out simulation"],
};

const verify: CommandSpec = {
  name: "verify",
  summary: "Replay a drawn sample and compare everything",
  operands: [{ name: "DIR", help: "The folder of the sample." }],
  options: [
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
  ],
  notes: [
    "Ends with 0 where all agrees, with 3 where something differs, and with 2 where it could not be checked.",
  ],
  examples: ["casedraw verify casedraw-demo/sample"],
};

const explain: CommandSpec = {
  name: "explain",
  summary: "Say why a child was or was not drawn, or what an error means",
  operands: [
    { name: "DIR|CODE", help: "The folder of a sample, or the code of an error." },
    {
      name: "UNIT_ID",
      optional: true,
      help: "The child (or case) to explain, as the sample's files write it.",
    },
  ],
  options: [],
  usage: ["casedraw explain DIR UNIT_ID", "casedraw explain CODE"],
  examples: ["casedraw explain FILE_NOT_FOUND"],
};

const estimate: CommandSpec = {
  name: "estimate",
  summary: "Say what the reviewed cases tell about all children, with intervals",
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
      help: "For shares: korn-graubard (without it), or wilson on the effective size, which is narrower.",
    },
    {
      name: "threshold",
      value: "N",
      help: "Take out figures that rest on 1 to N cases, and what they could be worked out from. 0 for none. Without it: the disclosure threshold of the plan, or 5.",
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

const pia: CommandSpec = {
  name: "pia",
  summary: "Write the pre-inspection analysis: charts, tables and a report",
  operands: [],
  options: [
    plan,
    {
      name: "edition",
      value: "NAME",
      help: "internal (without it): every count, for the inspection team. publishable: small counts suppressed and others rounded.",
    },
    { name: "no-png", help: "Leave out pictures as PNG, and out of the Word documents." },
    { name: "out", value: "DIR", required: true, help: "The folder to write." },
    force,
  ],
  notes: [
    "Asks the export every question of the catalogue. What the data cannot carry is refused, with the reason and the nearest honest alternative, on the report's last page.",
    "A plan without data gives a report of its Markdown files and published figures.",
  ],
  examples: ["casedraw pia --plan casedraw-demo/plan.yaml --out pia"],
};

const modules: Readonly<Record<string, () => Promise<CommandModule>>> = {
  demo: () => import("./commands/demo.js"),
  synth: () => import("./commands/synth.js"),
  size: () => import("./commands/size.js"),
  simulate: () => import("./commands/simulate.js"),
  sample: () => import("./commands/sample.js"),
  verify: () => import("./commands/verify.js"),
  explain: () => import("./commands/explain.js"),
  estimate: () => import("./commands/estimate.js"),
  pia: () => import("./commands/pia.js"),
};

/** The commands of casedraw by stage of the work. Importing this loads no command's code. */
export const catalogue: Catalogue = {
  groups: [
    { title: "Try it", commands: [demo, synth] },
    { title: "Analyse", commands: [pia] },
    { title: "Draw", commands: [size, simulate, sample] },
    { title: "Check and explain", commands: [verify, explain] },
    { title: "After the review", commands: [estimate] },
  ],
  load(name) {
    const load = modules[name];
    if (load === undefined) throw new RangeError(`No module for command ${name}`);
    return load();
  },
};
