import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { fillSheet } from "../workflow/handing-over.js";
import { page, table } from "./reference.js";
import { bin, root } from "./terminal.js";

/** A folder that commands write, and what its files are for. */
interface Folder {
  readonly title: string;
  readonly about: string;
  /** The last one writes the folder. */
  readonly commands: readonly string[];
  readonly folder: string;
  /** Only these, where the rest is described above. */
  readonly only?: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

const plan = "data-samples/plans/national.yaml";
const teamsPlan = "data-samples/plans/national-with-teams.yaml";
const proof = {
  "manifest.json":
    "what the folder was made from and holds: the same bytes on every machine; what `verify` goes by",
  "run.json": "what is not reproducible and never hashed: when, how long, and where plan and data lay",
};
/** Where `verify` makes nothing again. */
const made = { "manifest.json": "what the folder was made from, with the hashes of its files" };
const draw = `casedraw sample --plan ${plan} --seed 314159 --out sample`;

const folders: readonly Folder[] = [
  {
    title: "A sample",
    about: "`casedraw sample`. Fields of the plan follow the columns that are listed.",
    commands: [draw],
    folder: "sample",
    files: {
      "summary.html":
        "how the sample was chosen and how it compares with the population, for readers without statistics",
      "sample.xlsx": "sample, reserves, strata and balance for people",
      "sample.csv": "the sample in the order to review it, with probability, weight and ticket",
      "reserves.csv": "the next tickets of each stratum",
      "strata.csv": "the allocation",
      "balance.csv": "the sample beside the population, by characteristic",
      "frame.csv":
        "every eligible id with its stratum and the design's other fields: enough to derive the draw again",
      ...proof,
    },
  },
  {
    title: "Several lists",
    about: "`casedraw sample` with a plan of `frames:`. Each frame has a folder like the one above.",
    commands: ["casedraw sample --plan data-samples/plans/focused-frames.yaml --seed 314159 --out visit"],
    folder: "visit",
    only: ["overlaps.csv", "manifest.json"],
    files: {
      "overlaps.csv": "units of two frames that are of the same child or case, with what became of either",
      "manifest.json": "the manifests of the frames, by their hashes",
    },
  },
  {
    title: "A linked sample",
    about: "`casedraw sample --linked-to`: a sample's folder, and",
    commands: [
      "casedraw sample --plan data-samples/plans/focused-supervision.yaml --linked-to visit/current --out supervision",
    ],
    folder: "supervision",
    only: ["links.csv"],
    files: {
      "links.csv": "each link of either list: how many eligible, how many drawn, and its probability",
    },
  },
  {
    title: "A sample's next version, with chosen cases",
    about: "`casedraw add`: a sample's folder, and",
    commands: ["casedraw add --sample sample --cases cases.csv --out sample-2"],
    folder: "sample-2",
    only: ["chosen.csv"],
    files: { "chosen.csv": "the chosen cases, who asked for each, and how it stands to the sample" },
  },
  {
    title: "A sample's next version, after a corrected export",
    about: "`casedraw update`: a sample's folder, and",
    commands: [`casedraw update --sample sample-2 --plan ${plan} --out sample-3`],
    folder: "sample-3",
    only: ["changes.csv"],
    files: { "changes.csv": "each case that was kept, moved, gone or added, with the reason" },
  },
  {
    title: "A simulation",
    about: "`casedraw simulate`",
    commands: [`casedraw simulate --plan ${plan} --draws 20 --seed 1 --out simulation`],
    folder: "simulation",
    files: {
      "simulation.html":
        "how often each group is drawn, how far counts stray, which small groups may be missed",
      "simulation.csv": "the same, a row for each design and group",
      ...made,
    },
  },
  {
    title: "A sample size",
    about: "`casedraw size --out`",
    commands: [`casedraw size --plan ${plan} --out size`],
    folder: "size",
    files: {
      "size.html": "how many are enough, with the curve",
      "size.csv": "the same, for programs",
      ...proof,
    },
  },
  {
    title: "A check",
    about: "`casedraw check --out`",
    commands: [`casedraw check --plan ${plan} --out quality`],
    folder: "quality",
    files: {
      "quality.html": "the whole report in one page",
      "issues.csv": "every row found, by rule",
      "questions.docx": "the questions to the data's owner, for Word",
      "questions.md": "the same as text",
      "matching.csv":
        "each field with the column that gives it, how it is read and how much of it cannot be used",
      "value-map.csv": "values that no code set knows, with a code to fill in",
      ...proof,
    },
  },
  {
    title: "A pre-inspection analysis",
    about: "`casedraw pia`",
    commands: [`casedraw pia --plan ${plan} --no-png --out pia`],
    folder: "pia",
    files: {
      "pia.html": "the whole analysis in one page",
      "pia.docx": "the same for Word",
      "brief.docx": "the key messages, for Word",
      "tables.xlsx": "every table, in an accessible workbook",
      "tables/*.csv": "each table, for programs",
      "charts/*.svg": "each chart",
      "charts/*.png": "the same as a picture; not with `--no-png`",
      "specs/*.vl.json": "each chart's Vega-Lite specification, to change in a notebook",
      ...proof,
    },
  },
  {
    title: "A comparison of areas",
    about: "`casedraw compare`",
    commands: [`casedraw compare --plan ${plan} --by service_area --no-png --out areas`],
    folder: "areas",
    files: {
      "compare.html": "key messages, every area under every indicator, and a profile of each",
      "compare.csv": "a row for each area and indicator, with figure, comparator, p-value and words",
      "compare.xlsx": "every table, in an accessible workbook",
      "tables/*.csv": "each table, for programs",
      "charts/*.svg": "each chart",
      "charts/*.png": "the same as a picture; not with `--no-png`",
      "specs/*.vl.json": "each chart's Vega-Lite specification",
      ...proof,
    },
  },
  {
    title: "A handover",
    about:
      "`casedraw handover`, with the plan's `teams` and `handover`: see [handover](../handover.md). For nobody as a whole but the lead.",
    commands: [
      `casedraw handover --sample sample-2 --plan ${teamsPlan} --conflicts knows.csv --out handover`,
    ],
    folder: "handover",
    files: {
      "worksheets/*.xlsx":
        "what a team reads, with lists of answers to fill in; second reviews are in a file of their own",
      "request/request-list.xlsx": "which files are wanted, for the body's link person",
      "evidence/evidence.html": "how the cases were chosen, for whoever asks: nobody's id and no small count",
      "assignment.csv":
        "who has which case, on which row of which worksheet, and why nobody has it: what `track` goes by",
      "second-reviews.csv":
        "with `double_review`: with which probability each case was chosen for a second review",
      "conflicts.csv": "who may not have which case, by this handover and those before; where there are any",
      "replacement-log.csv": "sampled cases that nobody can take because of conflicts; where there are any",
      "manifest.json": "which sample was handed over, to whom and what is asked; no id",
      "run.json": proof["run.json"],
    },
  },
  {
    title: "Worksheets read back",
    about: "`casedraw track`: see [track](../track.md).",
    commands: ["casedraw track --sample sample-2 --handover handover --merge back --out progress"],
    folder: "progress",
    files: {
      "progress.html": "what is done, begun and left, by team, stratum and target",
      "findings.csv": "a row for each case and reading that has answers: what `estimate` reads",
      "issues.csv": "what somebody has to look at, by worksheet, sheet and row",
      "replacement-log.csv":
        "sampled cases that cannot be reviewed, for `sample --replace`; where there are any",
      "reserves-due.csv": "which reserve that log releases for which case; where there are any",
      "conflicts.csv":
        "who knows a family, for the next handover: `open`, or `settled` by the latest; where there are any",
      ...made,
    },
  },
  {
    title: "A sample's next version, after losses",
    about: "`casedraw sample --replace`: a sample's folder, and",
    commands: ["casedraw sample --replace progress/replacement-log.csv --from sample-2 --out sample-4"],
    folder: "sample-4",
    only: ["replacements.csv"],
    files: { "replacements.csv": "each loss with its reason and the reserve that was released for it" },
  },
  {
    title: "Estimates from findings",
    about: "`casedraw estimate`",
    commands: [
      "casedraw estimate --sample sample-2 --findings findings.csv --by law_type --calibrate law_type service_area --chosen --out estimates",
    ],
    folder: "estimates",
    files: {
      "estimates.html": "what the reviewed cases say about all children, in one page",
      "estimates.csv": "every estimate with its base, interval and method",
      "comparisons.csv": "with `--by`: each group beside the others",
      "responses.csv": "by stratum: drawn, lost, reviewed, not reviewed",
      "calibration.csv": "with `--calibrate`: by what factors the weights of each group changed",
      "agreement.csv": "with second reviews: how far they agree with the first",
      "audits.csv": "with `audit_agreement`: how the inspectors' view stands to the body's own audits",
      "chosen.csv": "with `--chosen`: what was found in chosen cases",
      "manifest.json": proof["manifest.json"],
    },
  },
  {
    title: "A copy in which nobody is named",
    about: "`casedraw pseudonymise`",
    commands: [`casedraw pseudonymise --plan ${plan} --key casedraw.key --out copy`],
    folder: "copy",
    files: {
      "plan.yaml": "the copy's plan",
      "data-N.csv": "a file for each that the plan names, in its order",
      ...proof,
    },
  },
  {
    title: "An archive",
    about:
      "`casedraw archive`, for when the export is destroyed: pseudonyms in place of ids, and places in place of tickets. What other designs keep " +
      "beside these: [archive](../archive.md).",
    commands: ["casedraw archive sample-4 --key archive.key --out archive"],
    folder: "archive",
    files: {
      "frame.csv": "every eligible unit's pseudonym with its stratum and the design's other fields",
      "tickets.csv": "the order of the tickets",
      "sample.csv": "the sample, by pseudonym",
      "reserves.csv": "the reserves, by pseudonym",
      "strata.csv": "the allocation",
      "replacements.csv": "each loss, by pseudonym; where there are any",
      "chosen.csv": "the chosen cases, by pseudonym; where there are any",
      "retention.md": "what is kept, why and until when, and what nobody can check any more",
      ...proof,
    },
  },
];

/** The page of every output folder, from folders that the commands have just written of the sample data. */
export async function describeFolders(): Promise<string> {
  const place = mkdtempSync(join(tmpdir(), "casedraw-reference-"));
  try {
    cpSync(join(root, "data-samples"), join(place, "data-samples"), { recursive: true });
    const sections: string[] = [];
    for (const each of folders) sections.push(...(await section(each, place)));
    return page("Files of each output folder", [
      "Every folder is written whole or not at all, into a folder that is not there or, with `--force`, in place of one that casedraw wrote and nobody " +
        "changed. CSV is UTF-8 with a header. A text that a spreadsheet would run as a formula begins with an apostrophe.",
      ...sections,
    ]);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function section(
  { title, about, commands, folder, only, files }: Folder,
  place: string,
): Promise<readonly string[]> {
  for (const command of commands) {
    if (command.startsWith("casedraw add")) writeCases(place);
    if (command.startsWith("casedraw handover")) writeTeams(place);
    if (command.startsWith("casedraw track")) fillWorksheets(place);
    if (command.startsWith("casedraw estimate")) writeFindings(place);
    await promisify(execFile)(process.execPath, [bin, ...command.split(" ").slice(1)], { cwd: place });
  }
  const written = filesOf(join(place, folder));
  // Pictures take longest to make, and each stands beside a chart that is there.
  const kinds = Object.keys(files).filter(
    (kind) => kind.endsWith(".png") || written.some((name) => kindOf(name, files) === kind),
  );
  if (only === undefined) {
    const strange = written.filter((name) => kindOf(name, files) === undefined);
    if (strange.length > 0) throw new Error(`${folder} holds ${strange.join(", ")}, which nothing describes`);
  }
  const rows = kinds.map((kind) => [`\`${kind}\``, files[kind]!, insideOf(join(place, folder), kind)]);
  return [`## ${title}`, about, table(["file", "holds", "columns or keys"], rows)];
}

function kindOf(name: string, files: Readonly<Record<string, string>>): string | undefined {
  const starred = name.replace(/\/[^/.]*(?=\.)/, "/*");
  const numbered = name.replace(/-\d+\./, "-N.");
  return [name, starred, numbered].find((kind) => Object.hasOwn(files, kind));
}

function insideOf(folder: string, kind: string): string {
  if (kind.includes("*") || kind.includes("-N.")) return "";
  const path = join(folder, kind);
  const names = kind.endsWith(".csv") ? headerOf(path) : kind.endsWith(".json") ? keysOf(path) : [];
  return names.map((name) => `\`${name}\``).join(" ");
}

/** Of a list of units the columns before the plan's own fields. */
function headerOf(path: string): readonly string[] {
  const names = readFileSync(path, "utf8").split("\n")[0]!.split(",");
  const fields = names.indexOf("case_id");
  return ["sample.csv", "reserves.csv"].includes(basename(path)) && fields > 0
    ? names.slice(0, fields)
    : names;
}

function keysOf(path: string): readonly string[] {
  return Object.keys(JSON.parse(readFileSync(path, "utf8")) as object);
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll("\\", "/"))
    .sort();
}

function unitIds(place: string): readonly string[] {
  const lines = readFileSync(join(place, "sample/sample.csv"), "utf8").trimEnd().split("\n").slice(1);
  return lines.map((line) => line.split(",")[1]!);
}

function writeCases(place: string): void {
  const [first] = unitIds(place);
  const text = `unit_id,reason,asked_by,asked_on\n${first},complaint,lead inspector,2026-11-19\n`;
  writeFileSync(join(place, "cases.csv"), text);
}

/** Two teams, and a case that neither may have. */
function writeTeams(place: string): void {
  const teams = `
teams:
  - { name: North, where: { region: [North East, North West] }, pairs: 2 }
  - { name: Off site, pairs: 3 }
handover:
  findings: [{ name: seen }]
  double_review: 0.1
`;
  writeFileSync(join(place, teamsPlan), readFileSync(join(place, plan), "utf8") + teams);
  const [, id] = unitIds(place);
  writeFileSync(join(place, "knows.csv"), `unit_id,team\n${id},North\n${id},Off site\n`);
}

/** Worksheets as they come back: most cases answered, some lost, one not for its reader. */
function fillWorksheets(place: string): void {
  const losses = ["out-of-scope", "inaccessible", "conflict"];
  let lost = 0;
  mkdirSync(join(place, "back"));
  for (const name of readdirSync(join(place, "handover/worksheets"))) {
    fillSheet(join(place, "handover/worksheets", name), join(place, "back", name), (_, sheet) =>
      sheet === "Sampled" && lost < losses.length
        ? { "Cannot be reviewed": losses[lost++]! }
        : { seen: "yes", Reviewer: "JB" },
    );
  }
}

function writeFindings(place: string): void {
  const rows = unitIds(place).flatMap((id, i) => [
    `${id},${i % 4 === 0 ? "no" : "yes"},${i % 3 === 0 ? "in line" : "more positive"},1`,
    ...(i < 40 ? [`${id},${i % 5 === 0 ? "no" : "yes"},,2`] : []),
  ]);
  writeFileSync(join(place, "findings.csv"), `unit_id,seen,audit_agreement,review\n${rows.join("\n")}\n`);
}
