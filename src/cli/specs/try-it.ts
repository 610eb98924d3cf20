import type { CommandGroup, CommandSpec } from "../command.js";
import { force } from "./shared-options.js";

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
    {
      name: "faults",
      value: "FILE",
      help: "Plant the faults that casedraw check looks for, and list them with their rows in this CSV file.",
    },
    force,
  ],
  notes: ["Nobody in the export is real."],
  examples: [
    "casedraw synth --rows 3000 --seed training --out children.csv",
    "casedraw synth --rows 3000 --seed 1 --out faulty.csv --faults planted.csv",
  ],
};

export const tryIt: CommandGroup = { title: "Try it", commands: [demo, synth] };
