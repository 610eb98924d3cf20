import type { CommandGroup, CommandSpec } from "../command.js";
import { force, plan, register } from "./shared-options.js";

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

export const draw: CommandGroup = { title: "Draw", commands: [size, simulate, sample] };
