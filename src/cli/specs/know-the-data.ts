import type { CommandGroup, CommandSpec } from "../command.js";
import { editions } from "../edition.js";
import { force, plan } from "./shared-options.js";

const init: CommandSpec = {
  name: "init",
  summary: "Look at an export and write a starter plan",
  operands: [
    { name: "EXPORT", help: "The file with the rows: CSV, Excel or Parquet." },
    {
      name: "MORE",
      rest: true,
      help: "Further files: more rows of the same shape, or columns to join or look up.",
    },
  ],
  options: [
    { name: "out", value: "PLAN", help: "The plan to write. Without it: plan.yaml." },
    {
      name: "sheet",
      value: "NAME",
      multiple: true,
      help: "The sheet of a workbook that is meant. Without it: the one that has most standard fields. Takes every name up to the next option.",
    },
    {
      name: "reference-date",
      value: "DATE",
      help: "When the data were extracted, YYYY-MM-DD. Without it: the latest plausible date in them.",
    },
  ],
  notes: [
    "Matches headers to fields by exact names and known synonyms, and leaves to you what could be two things. Writes matching.csv (what became of each header) and value-map.csv (values that need a code) beside the plan.",
    "Run again it changes no file that you have edited, and tells what it would now propose that is not in your plan.",
  ],
  usage: ["casedraw init EXPORT [MORE...] [--out PLAN] [--sheet NAME...]"],
  examples: ["casedraw init casedraw-demo/children.csv --out starter.yaml"],
};

const check: CommandSpec = {
  name: "check",
  summary: "Say what is wrong with an export, with questions to its owner",
  operands: [],
  options: [
    plan,
    {
      name: "out",
      value: "DIR",
      help: "The folder to write: a page, every row found, and the list of questions. Without it only the summary is shown.",
    },
    {
      name: "fail-on",
      value: "SEVERITY",
      help: "End with 4 where there is a finding of this severity or a worse one, error (errors alone) or query (queries and errors), or where no sample can be drawn.",
    },
    {
      name: "edition",
      value: "NAME",
      words: editions,
      help: "internal (without it): rows and ids, for the inspection team. publishable: the page alone, with small counts suppressed and others rounded.",
    },
    force,
  ],
  notes: [
    "An export that no sample can be drawn from is reported all the same, with what stops it first.",
    "An error makes a figure wrong. A query may be right, and only the data's owner can say.",
  ],
  examples: [
    "casedraw check --plan casedraw-demo/plan.yaml",
    "casedraw check --plan casedraw-demo/plan.yaml --out quality",
  ],
};

const pseudonymise: CommandSpec = {
  name: "pseudonymise",
  summary: "Write a copy of the export in which nobody is named",
  operands: [],
  options: [
    plan,
    {
      name: "key",
      value: "FILE",
      required: true,
      help: "The key file, which is made where there is none. Keep it apart from the copy: it may not lie in --out.",
    },
    { name: "frame", value: "NAME", help: "Which frame to copy, where the plan has several." },
    {
      name: "match",
      value: "LIST",
      help: "Copy nothing: say which units of the export the pseudonyms of LIST are, and the other way round. LIST is a sample's folder, an archive, or a CSV or Excel file with the column unit_id. Writes a CSV to --out.",
    },
    { name: "out", value: "PATH", required: true, help: "The folder to write; with --match the file." },
    force,
  ],
  notes: [
    "Cases, children and practitioners get pseudonyms, the same under the same key. Names, file locations and free text are left out, and of dates of birth the month and the age stay. The copy has its own plan, which gives the same strata and counts.",
  ],
  examples: ["casedraw pseudonymise --plan casedraw-demo/plan.yaml --key a.key --out copy"],
};

export const knowTheData: CommandGroup = { title: "Know the data", commands: [init, check, pseudonymise] };
