import type { CommandGroup, CommandSpec } from "../command.js";
import { editions } from "../edition.js";
import { force, plan } from "./shared-options.js";

const pia: CommandSpec = {
  name: "pia",
  summary: "Write the pre-inspection analysis: charts, tables and a report",
  operands: [],
  options: [
    plan,
    {
      name: "edition",
      value: "NAME",
      words: editions,
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

const compare: CommandSpec = {
  name: "compare",
  summary: "Say which areas stand out from chance",
  operands: [],
  options: [
    plan,
    {
      name: "by",
      value: "FIELD",
      help: "The field of the areas, such as service_area. A plan of published figures alone needs none.",
    },
    {
      name: "edition",
      value: "NAME",
      words: editions,
      help: "internal (without it): every count, for the inspection team. publishable: small counts suppressed and others rounded.",
    },
    { name: "no-png", help: "Leave out pictures as PNG." },
    { name: "out", value: "DIR", required: true, help: "The folder to write." },
    force,
  ],
  notes: [
    "An area is called higher or lower only where an exact test says so, for children of one case together and for the number of areas.",
    "The plan's compare key names other indicators, statistical neighbours and a map of tiles.",
  ],
  examples: ["casedraw compare --plan casedraw-demo/plan.yaml --by service_area --out areas"],
};

export const analyse: CommandGroup = { title: "Analyse", commands: [pia, compare] };
