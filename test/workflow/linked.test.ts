import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CasedrawError } from "../../src/errors.js";
import { startClock } from "../../src/report/clock.js";
import { explainUnit } from "../../src/workflow/explain/unit.js";
import { openPlan } from "../../src/workflow/open-plan.js";
import { openSampleFolder } from "../../src/workflow/sample/folder.js";
import { linkFromPlan } from "../../src/workflow/sample/linked-draw.js";
import { drawsToFolder, drawToFolder } from "../../src/workflow/sample/to-folder.js";
import { verifySample } from "../../src/workflow/verify/verify-sample.js";
import { exportLines, plan, workplace } from "./scratch.js";

const quiet = { progress: () => {} };
const linkPlan = `casedraw: 1
title: Test records
reference_date: 2026-11-16
unit: case
unit_id: record
data: [{ path: records.csv }]
columns: { team: Team }
fields: { record: { column: Record, type: text } }
linked: { by: team }
`;
/** 24 teams of five children, so that some are missed; three records of every third team, two of a team that is unknown. */
const lines = exportLines().map((line, i) => (i === 0 ? line : line.replace(/Team \d$/, `Team ${i % 24}`)));
const records = [
  "Record,Team",
  ...Array.from({ length: 24 }, (_, i) => `R${String(i).padStart(2, "0")},Team ${(i % 8) * 3}`),
  "R24,Team X",
  "R25,Team X",
  "R26,",
];

function office(): string {
  const folder = workplace(lines, plan);
  writeFileSync(join(folder, "link.yaml"), linkPlan);
  writeFileSync(join(folder, "records.csv"), `${records.join("\n")}\n`);
  return folder;
}

const out = (folder: string, name: string, register: string | null = null) => ({
  out: name,
  force: false,
  cwd: folder,
  claim: () => {},
  register,
  ...quiet,
});

async function linked(folder: string) {
  const draw = await linkFromPlan(openPlan("link.yaml", folder), "first", { cwd: folder, ...quiet });
  return (await drawsToFolder([draw], { ...out(folder, "second"), clock: startClock() }))[0];
}

async function drawn(): Promise<string> {
  const folder = office();
  await drawToFolder("plan.yaml", "314159", out(folder, "first"));
  await linked(folder);
  return folder;
}

const verify = (
  folder: string,
  more: { readonly linkedTo?: string; readonly data?: readonly string[] } = {},
) => verifySample("second", { cwd: folder, data: [], ...quiet, ...more });

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CasedrawError) return error.code;
    throw error;
  }
  throw new Error("expected a CasedrawError");
}

function edit(folder: string, name: string, change: (text: string) => string): void {
  const before = readFileSync(join(folder, name), "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(join(folder, name), after);
}

const rowsOf = (folder: string, name: string): string[][] =>
  readFileSync(join(folder, name), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

/** The teams of the earlier sample. */
function teamsDrawn(folder: string): Set<string | undefined> {
  const header = (readFileSync(join(folder, "first/sample.csv"), "utf8").split("\n")[0] as string).split(",");
  return new Set(rowsOf(folder, "first/sample.csv").map((row) => row[header.indexOf("team")]));
}

test("a linked sample is a whole folder that is chained to the earlier one, and verifies with it", async () => {
  const folder = await drawn();
  const first = openSampleFolder(join(folder, "first"), "first").manifest;
  const second = openSampleFolder(join(folder, "second"), "second").manifest;
  expect(second.algorithm).toEqual({ name: "linked", version: 1 });
  expect(second.seed).toBe("314159");
  expect(second.linked_to).toMatchObject({
    by: "team",
    algorithm: { name: "stratified-random", version: 1 },
    selection_digest: first.selection.digest,
    frame_digest: first.frame.digest,
  });
  const teams = teamsDrawn(folder);
  const expected = records
    .slice(1)
    .map((line) => line.split(","))
    .filter(([, team]) => team !== "" && teams.has(team));
  expect(expected.length).toBeGreaterThan(0);
  expect(expected.length).toBeLessThan(24);
  const taken = rowsOf(folder, "second/sample.csv");
  expect(taken.map((row) => row[1]).sort()).toEqual(expected.map(([id]) => id));
  for (const row of taken) expect(Number(row[4])).toBe(1 / Number(row[3]));
  expect(await verify(folder)).toMatchObject({
    differences: [],
    notes: [{ subject: "register" }, { subject: "earlier sample, register" }].toReversed(),
    sameDraw: true,
  });
});

test("links.csv lists every value of either frame", async () => {
  const folder = await drawn();
  const links = new Map(rowsOf(folder, "second/links.csv").map(([value, ...rest]) => [value, rest]));
  // By hand: the children of six of the 24 teams are all closed; records name two of those, and Team X: 18 + 2 + 1.
  expect(links.size).toBe(21);
  expect(links.get("Team X")).toEqual(["0", "0", "2", "0"]);
  expect(links.get("Team 2")?.[2]).toBe("0");
});

test.each([
  ["the earlier seed", "first/manifest.json", /"seed": "314159"/, '"seed": "1"', "earlier sample, selection"],
  ["a file of the earlier folder", "first/sample.csv", /\n3,/, "\n4,", "earlier sample, sample.csv"],
  ["the earlier export", "children.csv", /Team 3\n/, "Team 4\n", "earlier sample, frame"],
  ["the records", "records.csv", /R00,Team 0/, "R00,Team 3", "frame"],
  ["the list of values", "second/links.csv", /Team X,0,0,2/, "Team X,0,0,3", "links.csv"],
  ["the chain", "second/manifest.json", /"manifest_sha256": "./, '"manifest_sha256": "x', ""],
])("verify finds a change of %s", async (_, name, from, to, subject) => {
  const folder = await drawn();
  const path = join(folder, name);
  const before = readFileSync(path, "utf8");
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
  if (subject === "") expect(await codeOf(verify(folder))).toBe("MANIFEST_INVALID");
  else expect((await verify(folder)).differences.map((each) => each.subject)).toContain(subject);
});

test("another sample in the earlier one's place is found by the chain", async () => {
  const folder = await drawn();
  rmSync(join(folder, "first"), { recursive: true });
  await drawToFolder("plan.yaml", "271828", out(folder, "first"));
  const { differences, sameDraw } = await verify(folder);
  const chained = differences.filter(({ subject }) => subject === "earlier sample").map(({ text }) => text);
  expect(chained).toContain(
    "first has another selection_digest than the sample that this one was linked to".replace(
      "first",
      join(folder, "first"),
    ),
  );
  expect(sameDraw).toBe(false);
});

test("an earlier folder that has moved is named; one that is gone cannot be verified", async () => {
  const folder = await drawn();
  renameSync(join(folder, "first"), join(folder, "moved"));
  expect(await codeOf(verify(folder))).toBe("FILE_NOT_FOUND");
  expect((await verify(folder, { linkedTo: "moved" })).differences).toEqual([]);
});

test("a file that both samples read is named once, and verify takes it for both", async () => {
  const folder = office();
  writeFileSync(
    join(folder, "link.yaml"),
    linkPlan
      .replace("records.csv", "children.csv")
      .replace("team: Team", "team: team")
      .replace("column: Record", "column: child ID"),
  );
  await drawToFolder("plan.yaml", "314159", out(folder, "first"));
  await linked(folder);
  mkdirSync(join(folder, "moved"));
  renameSync(join(folder, "children.csv"), join(folder, "moved/children.csv"));
  expect(await codeOf(verify(folder))).toBe("FILE_NOT_FOUND");
  expect(await verify(folder, { data: ["moved/children.csv"] })).toMatchObject({ differences: [] });
  // Two files for one input: neither is taken silently.
  mkdirSync(join(folder, "more"));
  writeFileSync(join(folder, "more/children.csv"), "x");
  const two = verify(folder, { data: ["moved/children.csv", "more/children.csv"] });
  expect(await codeOf(two)).toBe("DATA_NOT_AN_INPUT");
});

test("two exports with one file name, named together, are told apart by what they hold", async () => {
  const folder = workplace(lines, plan);
  mkdirSync(join(folder, "records"));
  writeFileSync(join(folder, "records/link.yaml"), linkPlan.replace("records.csv", "children.csv"));
  writeFileSync(join(folder, "records/children.csv"), `${records.join("\n")}\n`);
  await drawToFolder("plan.yaml", "314159", out(folder, "first"));
  const draw = await linkFromPlan(openPlan("records/link.yaml", folder), "first", { cwd: folder, ...quiet });
  await drawsToFolder([draw], { ...out(folder, "second"), clock: startClock() });
  mkdirSync(join(folder, "x"));
  mkdirSync(join(folder, "y"));
  renameSync(join(folder, "children.csv"), join(folder, "x/children.csv"));
  renameSync(join(folder, "records/children.csv"), join(folder, "y/children.csv"));
  for (const data of [
    ["x/children.csv", "y/children.csv"],
    ["y/children.csv", "x/children.csv"],
  ])
    expect(await verify(folder, { data })).toMatchObject({ differences: [] });
  // One changed since, by an empty line: it can only be the other sample's, whose rows are the same.
  edit(folder, "y/children.csv", (text) => `${text}\n`);
  expect(await verify(folder, { data: ["x/children.csv", "y/children.csv"] })).toMatchObject({
    differences: [],
  });
  // Both changed since: neither tells which is whose.
  edit(folder, "x/children.csv", (text) => `${text}\n`);
  await expect(verify(folder, { data: ["x/children.csv", "y/children.csv"] })).rejects.toThrow(
    /got x\/children.csv and y\/children.csv for children.csv; neither is byte for byte the one that was drawn from/,
  );
});

test("an earlier sample that cannot be replayed is what is told, and its notes stay", async () => {
  const folder = await drawn();
  writeFileSync(join(folder, "first/my notes.txt"), "x");
  edit(folder, "plan.yaml", (text) => text.replace("size: 12", "size: 1200"));
  const { differences, sameDraw } = await verify(folder);
  expect(sameDraw).toBe(false);
  expect(differences.at(-1)?.text).toContain("this one follows from its replay, and none could be made");
});

test("what cannot be linked is refused", async () => {
  const folder = await drawn();
  const link = (name: string, to = "first") =>
    codeOf(linkFromPlan(openPlan(name, folder), to, { cwd: folder, ...quiet }));
  expect(await link("plan.yaml")).toBe("LINK_NOT_PLANNED");
  expect(await codeOf(drawToFolder("link.yaml", "1", out(folder, "third")))).toBe("LINK_SAMPLE_MISSING");
  expect(await link("link.yaml", "second")).toBe("LINK_DESIGN_UNSUPPORTED");
  const before = readFileSync(join(folder, "children.csv"), "utf8");
  writeFileSync(join(folder, "children.csv"), before.replace("Team 3\n", "Team 4\n"));
  expect(await link("link.yaml")).toBe("LINK_SOURCE_DIFFERS");
  writeFileSync(join(folder, "children.csv"), before);
  writeFileSync(join(folder, "plan.yaml"), plan.replace("size: 12", "size: 13"));
  expect(await link("link.yaml")).toBe("LINK_SOURCE_DIFFERS");
});

test("no record of a drawn unit's value: refused, and nothing is written", async () => {
  const folder = office();
  await drawToFolder("plan.yaml", "314159", out(folder, "first"));
  const teams = teamsDrawn(folder);
  const missed = Array.from({ length: 24 }, (_, i) => `Team ${i}`).find((team) => !teams.has(team));
  writeFileSync(join(folder, "records.csv"), `Record,Team\nR1,${missed}\n`);
  expect(await codeOf(linked(folder))).toBe("LINK_EMPTY");
});

test("explain says through what a record came in, or could not", async () => {
  const folder = await drawn();
  const say = (id: string) => explainUnit("second", id, { cwd: folder, ...quiet });
  const [, id, , chance] = rowsOf(folder, "second/sample.csv")[0] as string[];
  expect(await say(id as string)).toMatchObject({
    outcome: "linked",
    by: "team",
    drawOrder: 1,
    inclusionProbability: Number(chance),
  });
  expect(await say("R24")).toMatchObject({ outcome: "not linked", value: "Team X", inclusionProbability: 0 });
  expect(await say("R26")).not.toHaveProperty("value");
  expect(await codeOf(say("R99"))).toBe("UNIT_UNKNOWN");
});
