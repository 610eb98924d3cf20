import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CasedrawError } from "../../src/errors.js";
import { readRegister } from "../../src/report/register/lines.js";
import { explainInEveryFrame } from "../../src/workflow/explain/frames.js";
import { type FramesFolder, openFramesFolder } from "../../src/workflow/frames/folder.js";
import { framesToFolder } from "../../src/workflow/frames/to-folder.js";
import { verifyFrames } from "../../src/workflow/frames/verify-frames.js";
import { openPlan } from "../../src/workflow/open-plan.js";
import { openSampleFolder } from "../../src/workflow/sample/folder.js";
import { verifySample } from "../../src/workflow/verify/verify-sample.js";
import { exportLines, workplace } from "./scratch.js";

const quiet = { progress: () => {} };

const plan = `casedraw: 1
title: Test visit
reference_date: 2026-11-16
unit_id: [case_id, child_id]
data: [{ path: children.csv }]
columns: { case_id: case ID, child_id: child ID, law_type: law type, team: team, closed_date: closed date }
frames:
  current:
    cohort: { include: { closed_date: { blank: true } } }
    sample: { size: 12, strata: [law_type], reserves: 0.25 }
  everyone:
    sample: { size: 12, strata: [law_type], reserves: 0.25 }
  complaints:
    unit_id: complaint
    data: [{ path: complaints.csv }]
    columns: { case_id: Case, child_id: Child }
    fields: { complaint: { column: No, type: text } }
    cohort: {}
    sample: { size: 2 }
  meetings:
    unit_id: complaint
    data: [{ path: meetings.csv }]
    columns: { case_id: Case }
    fields: { complaint: { column: No, type: text } }
    cohort: {}
    sample: { size: 2 }
  teams:
    unit_id: team
    data: [{ path: teams.csv }]
    columns: { team: Team }
    cohort: {}
    sample: { size: 2 }
`;

function office(): string {
  const folder = workplace(exportLines(), plan);
  // Children 1, 2 and 3 stand as 0000_1, 0001_2 and 0001_3 in the export; 0 is closed. Complaint C4 has no child.
  writeFileSync(join(folder, "complaints.csv"), "No,Case,Child\nC1,0000,0\nC2,0001,2\nC3,9999,1\nC4,0001,\n");
  writeFileSync(join(folder, "meetings.csv"), "No,Case\nM1,0001\nM2,0777\nC3,0001\n");
  writeFileSync(join(folder, "teams.csv"), "Team\nTeam 0\nTeam 1\nTeam 2\n");
  return folder;
}

async function drawn(seed = "314159", register: string | null = null) {
  const folder = office();
  const options = { out: "out", force: false, cwd: folder, claim: () => {}, register, ...quiet };
  const written = await framesToFolder(openPlan("plan.yaml", folder), seed, options);
  return { folder, written };
}

function opened(folder: string): FramesFolder {
  return openFramesFolder(join(folder, "out"), "out") as FramesFolder;
}

const verified = (folder: string, more: { readonly plan?: string; readonly data?: readonly string[] } = {}) =>
  verifyFrames(opened(folder), { cwd: folder, data: [], ...quiet, ...more });

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
  const path = join(folder, name);
  const before = readFileSync(path, "utf8");
  const after = change(before);
  expect(after, `${name} was not changed`).not.toBe(before);
  writeFileSync(path, after);
}

test("each frame is a whole sample folder with a seed of its own, and verifies by itself", async () => {
  const { folder, written } = await drawn();
  expect(written.frames.map(({ name }) => name)).toEqual([
    "current",
    "everyone",
    "complaints",
    "meetings",
    "teams",
  ]);
  for (const { name } of written.frames) {
    const { manifest } = openSampleFolder(join(folder, "out", name), name);
    expect(manifest.seed).toBe(`314159|frame/${name}`);
    expect(manifest.of_frames).toEqual({ frame: name, seed: "314159" });
    const alone = await verifySample(join("out", name), { cwd: folder, data: [], ...quiet });
    expect(alone).toMatchObject({ differences: [], sameDraw: true });
  }
  const { manifest } = opened(folder);
  expect(manifest.seed).toBe("314159");
  for (const { name, manifest_sha256 } of manifest.frames) {
    const bytes = readFileSync(join(folder, "out", name, "manifest.json"));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(manifest_sha256);
  }
  expect(await verified(folder)).toMatchObject({ verified: true, differences: [], notes: [] });
});

test("one seed gives two frames of the same children draws that have nothing to do with each other", async () => {
  const { written } = await drawn();
  const [current, everyone] = written.frames.map(({ written: { sample, designed } }) =>
    sample.drawn.map(({ unit, ticket }) => `${designed.frame.ids[unit]} ${ticket}`),
  );
  expect(current?.filter((each) => everyone?.includes(each))).toEqual([]);
});

test("the same plan, data and seed give the same bytes, but for run.json", async () => {
  const [one, other] = [await drawn(), await drawn()];
  for (const { path } of [...opened(one.folder).manifest.outputs, { path: "manifest.json" }]) {
    expect(readFileSync(join(one.folder, "out", path)), path).toEqual(
      readFileSync(join(other.folder, "out", path)),
    );
  }
});

test("overlaps: by child, else by case, else by the unit, and never by ids that mean different things", async () => {
  const { folder, written } = await drawn();
  // By hand. Of 120 children 90 are open; C1's child is closed, C2's open; C3 is of no case in the export, C4 of no child.
  const pairs = written.overlaps.map(({ frames, sharedBy, shared }) => [frames.join(" "), sharedBy, shared]);
  expect(pairs).toEqual([
    ["current everyone", "child", 90],
    ["current complaints", "child", 1],
    ["current meetings", "case", 1],
    ["current teams", undefined, 0],
    ["everyone complaints", "child", 2],
    ["everyone meetings", "case", 1],
    ["everyone teams", undefined, 0],
    ["complaints meetings", "case", 1],
    ["complaints teams", undefined, 0],
    ["meetings teams", undefined, 0],
  ]);
  const lines = readFileSync(join(folder, "out", "overlaps.csv"), "utf8")
    .trim()
    .split("\n");
  expect(lines[0]).toBe("shared_by,id,frame,unit_id,lot,other_frame,other_unit_id,other_lot");
  const cells = lines.map((line) => line.split(","));
  // Case 0001 has the children 2 and 3, both open, and the meetings M1 and C3; complaints C2 and C4 are of it.
  expect(
    cells
      .filter(([, , frame, , , other]) => frame === "current" && other === "meetings")
      .map((row) => row[3]),
  ).toEqual(["0001_2", "0001_2", "0001_3", "0001_3"]);
  expect(
    cells
      .filter(([, , frame, , , other]) => frame === "complaints" && other === "meetings")
      .map((row) => `${row[3]} ${row[6]}`),
  ).toEqual(["C2 C3", "C2 M1", "C4 C3", "C4 M1"]);
  const lots = new Map<string, string>();
  for (const { name, written: each } of written.frames) {
    const { ids } = each.designed.frame;
    for (const { unit } of each.sample.drawn) lots.set(`${name} ${ids[unit]}`, "drawn");
    for (const { unit } of each.sample.reserves) lots.set(`${name} ${ids[unit]}`, "reserve");
  }
  for (const [, , frame, id, lot, other, otherId, otherLot] of cells.slice(1)) {
    expect(lot).toBe(lots.get(`${frame} ${id}`) ?? "eligible");
    expect(otherLot).toBe(lots.get(`${other} ${otherId}`) ?? "eligible");
  }
});

test("a line a frame in the register, with the seed that was given", async () => {
  const { folder } = await drawn("7", "draws.jsonl");
  const lines = readRegister(readFileSync(join(folder, "draws.jsonl")), "draws.jsonl");
  expect(
    lines.map(({ record, fault }) => [record?.kind === "draw" ? record.of_frames : record, fault]),
  ).toEqual(
    ["current", "everyone", "complaints", "meetings", "teams"].map((frame) => [
      { frame, seed: "7" },
      undefined,
    ]),
  );
  const { frames } = await verified(folder);
  expect(frames.map(({ verification }) => verification.register?.line)).toEqual([1, 2, 3, 4, 5]);
});

test("one frame that cannot be drawn: nothing is written, and it is named", async () => {
  const folder = office();
  edit(folder, "plan.yaml", (text) =>
    text.replace("sample: { size: 2 }\n  teams", "sample: { size: 20 }\n  teams"),
  );
  const options = { out: "out", force: false, cwd: folder, claim: () => {}, ...quiet };
  await expect(framesToFolder(openPlan("plan.yaml", folder), "1", options)).rejects.toThrow(
    /^Frame meetings: /,
  );
  expect(["out", "draws.jsonl"].filter((name) => existsSync(join(folder, name)))).toEqual([]);
});

test("a folder of frames is replaced with force while nobody has changed it, and not afterwards", async () => {
  const { folder } = await drawn();
  const again = (force: boolean) =>
    framesToFolder(openPlan("plan.yaml", folder), "2", {
      out: "out",
      force,
      cwd: folder,
      claim: () => {},
      register: null,
      ...quiet,
    });
  expect(await codeOf(again(false))).toBe("OUTPUT_EXISTS");
  await again(true);
  expect(opened(folder).manifest.seed).toBe("2");
  edit(folder, "out/teams/sample.csv", (text) => text.replace("Team", "team"));
  expect(await codeOf(again(true))).toBe("OUTPUT_NOT_OURS");
});

test.each([
  ["out/overlaps.csv", /drawn/, "eligible", "overlaps.csv: was edited since the draw"],
  [
    "out/manifest.json",
    /"seed": "314159",/,
    '"seed": "1",',
    'current/manifest.json: is not of frame current under the seed "1"',
  ],
  [
    "out/teams/manifest.json",
    /"units": 2/,
    '"units": 3',
    "teams/manifest.json: is not the one that manifest.json records",
  ],
  [
    "plan.yaml",
    /$/,
    "  more:\n    cohort: {}\n    sample: { size: 3 }\n",
    "plan: its frame more was not there at the draw",
  ],
])("verify finds what was changed in %s", async (name, from, to, expected) => {
  const { folder } = await drawn();
  edit(folder, name, (text) => text.replace(from, to));
  const found = await verified(folder);
  expect(found.verified).toBe(false);
  expect(found.differences.map(({ subject, text }) => `${subject}: ${text}`)).toContain(expected);
});

test("verify tells a difference with the frame that it is in", async () => {
  const { folder } = await drawn();
  edit(folder, "complaints.csv", (text) => text.replace("9999", "9998"));
  const found = await verified(folder);
  const touched = found.frames.filter(({ verification }) => verification.differences.length > 0);
  expect(touched.map(({ name }) => name)).toEqual(["complaints"]);
  expect(found.verified).toBe(false);
});

test("an edited overlaps.csv is found even where a frame cannot be replayed", async () => {
  const { folder } = await drawn();
  edit(folder, "out/overlaps.csv", (text) => text.replace("child", "case"));
  edit(folder, "plan.yaml", (text) => text.replace("sample: { size: 2 }", "sample: { size: 2000 }"));
  const { frames, differences } = await verified(folder);
  expect(frames.some(({ verification }) => verification.replayed === undefined)).toBe(true);
  expect(differences).toContainEqual({ subject: "overlaps.csv", text: "was edited since the draw" });
});

test("ids whose parts are written alike when they are joined are not the same child", async () => {
  const folder = workplace(["No,Case,Child", "1,A_1,2", "2,B,3", "3,C,4"], "");
  writeFileSync(join(folder, "other.csv"), "No,Case,Child\n1,A,1_2\n2,B,3\n3,D,5\n");
  const frame = (path: string) => `
    data: [{ path: ${path} }]
    columns: { case_id: Case, child_id: Child }
    fields: { number: { column: No, type: text } }
    cohort: {}
    sample: { size: 2 }`;
  writeFileSync(
    join(folder, "plan.yaml"),
    `casedraw: 1\ntitle: T\nreference_date: 2026-11-16\nunit_id: number\nframes:\n  one:${frame("children.csv")}\n  two:${frame("other.csv")}\n`,
  );
  const options = { out: "out", force: false, cwd: folder, claim: () => {}, register: null, ...quiet };
  await framesToFolder(openPlan("plan.yaml", folder), "1", options);
  const rows = readFileSync(join(folder, "out/overlaps.csv"), "utf8").trim().split("\n").slice(1);
  expect(rows.map((row) => row.split(",").slice(0, 2))).toEqual([["child", "B_3"]]);
});

test("data that has moved is named once for all frames; a file of none of them is refused", async () => {
  const { folder } = await drawn();
  const lines = readFileSync(join(folder, "children.csv"));
  writeFileSync(join(folder, "children.csv"), "gone\n");
  expect((await codeOf(verified(folder))).length).toBeGreaterThan(0);
  const moved = workplace();
  writeFileSync(join(moved, "children.csv"), lines);
  const found = await verified(folder, { data: [join(moved, "children.csv")] });
  expect(found.verified).toBe(true);
  expect(await codeOf(verified(folder, { data: ["other.csv"] }))).toBe("DATA_NOT_AN_INPUT");
});

test("the folder of all frames is refused where one sample is wanted, and its frames named", async () => {
  const { folder } = await drawn();
  expect(() => openSampleFolder(join(folder, "out"), "out")).toThrow(/out\/current, out\/everyone/);
});

test("explain tells a unit's lot in each frame, and where it is under another id", async () => {
  const { folder } = await drawn();
  const said = await explainInEveryFrame(opened(folder), "0001_2", { cwd: folder, ...quiet });
  expect(said.frames.map(({ frame, explanation }) => [frame, explanation?.unitId])).toEqual([
    ["current", "0001_2"],
    ["everyone", "0001_2"],
    ["complaints", undefined],
    ["meetings", undefined],
    ["teams", undefined],
  ]);
  expect(said.meets.map(({ sharedBy, frame, unitId }) => `${sharedBy} ${frame} ${unitId}`).sort()).toEqual([
    "case meetings C3",
    "case meetings M1",
    "child complaints C2",
  ]);
  const closed = await explainInEveryFrame(opened(folder), "0000_0", { cwd: folder, ...quiet });
  expect(closed.frames[0]?.explanation).toMatchObject({
    outcome: "excluded",
    reason: "include: closed_date",
  });
  writeFileSync(join(folder, "children.csv"), "gone\n");
  const broken = explainInEveryFrame(opened(folder), "0000_0", { cwd: folder, ...quiet });
  await expect(broken).rejects.toThrow(/^Frame current: /);
  writeFileSync(
    join(folder, "children.csv"),
    `${exportLines().join("\n").replaceAll("public", "private")}\n`,
  );
  await expect(explainInEveryFrame(opened(folder), "0000_0", { cwd: folder, ...quiet })).rejects.toThrow(
    /^Frame current: Unit 0000_0 was not in the frame of this sample, and the plan or the data has changed/,
  );
  writeFileSync(join(folder, "children.csv"), `${exportLines().join("\n")}\n`);
  expect(await codeOf(explainInEveryFrame(opened(folder), "0001_9", { cwd: folder, ...quiet }))).toBe(
    "UNIT_UNKNOWN",
  );
});
