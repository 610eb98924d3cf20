import { createHash } from "node:crypto";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRegister } from "../../src/report/register/lines.js";
import { registerSeed } from "../../src/workflow/sample/register.js";
import { drawToFolder, type WrittenSample } from "../../src/workflow/sample/to-folder.js";
import { type Verification, verifySample } from "../../src/workflow/verify/verify-sample.js";
import { plan, workplace } from "./scratch.js";

const quiet = { progress: () => {}, claim: () => {} };

interface Where {
  readonly out?: string;
  readonly force?: boolean;
  readonly register?: string | null;
}

function draw(folder: string, seed: string, where: Where = {}): Promise<WrittenSample> {
  return drawToFolder("plan.yaml", seed, { out: "out", force: false, cwd: folder, ...quiet, ...where });
}

function verify(
  folder: string,
  out = "out",
  options: { readonly plan?: string; readonly register?: string | null } = {},
): Promise<Verification> {
  return verifySample(out, { cwd: folder, data: [], progress: () => {}, ...options });
}

const textOf = (folder: string): string => readFileSync(join(folder, "draws.jsonl"), "utf8");
const linesOf = (folder: string): string[] => textOf(folder).trimEnd().split("\n");
const sha = (value: string): string => createHash("sha256").update(value).digest("hex");
const runOf = (folder: string, out = "out") =>
  JSON.parse(readFileSync(join(folder, out, "run.json"), "utf8")) as Record<string, unknown>;

function rewrite(folder: string, change: (lines: string[]) => string[]): void {
  writeFileSync(
    join(folder, "draws.jsonl"),
    change(linesOf(folder))
      .map((line) => `${line}\n`)
      .join(""),
  );
}

/** Three draws of one plan, in out1 to out3. */
async function threeDraws(): Promise<string> {
  const folder = workplace();
  for (const at of [1, 2, 3]) await draw(folder, `seed ${at}`, { out: `out${at}` });
  return folder;
}

const texts = ({ differences }: Verification): string[] =>
  differences.map(({ subject, text }) => `${subject}: ${text}`);

describe("a draw", () => {
  test("is entered beside the plan with what its manifest says, and its folder names the line", async () => {
    const folder = workplace();
    const { manifest } = await draw(folder, "314159");
    const [line = ""] = linesOf(folder);
    const { time, ...record } = JSON.parse(line) as Record<string, unknown>;
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(record).toEqual({
      casedraw: 1,
      kind: "draw",
      seed: "314159",
      plan_digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      frame_digest: manifest.frame.digest,
      design_digest: manifest.frame.design_digest,
      selection_digest: manifest.selection.digest,
      algorithm: manifest.algorithm,
      software: manifest.software.version,
      previous: "0".repeat(64),
    });
    expect(runOf(folder).register).toEqual({ file: join(folder, "draws.jsonl"), line: 1, hash: sha(line) });
    expect(readdirSync(folder).sort()).toEqual(["children.csv", "draws.jsonl", "out", "plan.yaml"]);
  });

  test("goes to another register where that is named, or to none, which is recorded", async () => {
    const folder = workplace();
    mkdirSync(join(folder, "office"));
    const written = await draw(folder, "1", { register: "office/all.jsonl" });
    expect(written.registered?.reference.file).toBe(join(folder, "office/all.jsonl"));
    expect(await draw(folder, "2", { out: "none", register: null })).not.toHaveProperty("registered");
    expect(runOf(folder, "none").register).toBeNull();
    expect(existsSync(join(folder, "draws.jsonl"))).toBe(false);
    expect((await verify(folder)).register?.file).toBe(join(folder, "office/all.jsonl"));
  });

  test.each<[string, (folder: string) => void, string]>([
    ["a broken chain", (folder) => rewrite(folder, (lines) => lines.slice(1)), "REGISTER_BROKEN"],
    [
      "another file",
      (folder) => copyFileSync(join(folder, "plan.yaml"), join(folder, "draws.jsonl")),
      "REGISTER_INVALID",
    ],
    [
      "a folder",
      (folder) => {
        rmSync(join(folder, "draws.jsonl"));
        mkdirSync(join(folder, "draws.jsonl"));
      },
      "REGISTER_NOT_WRITABLE",
    ],
  ])("stops at %s in the register's place, and nothing is written", async (_, spoil, code) => {
    const folder = workplace();
    await draw(folder, "1", { out: "out1" });
    await draw(folder, "2", { out: "out2" });
    spoil(folder);
    const before = readdirSync(folder).sort();
    await expect(draw(folder, "3")).rejects.toThrow(expect.objectContaining({ code }));
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  test.each(["x", "x/draws.jsonl"])("its folder x may not be or hold the register %s", async (register) => {
    const folder = workplace();
    if (register.includes("/")) mkdirSync(join(folder, "x"));
    const refused = draw(folder, "1", { out: "x", force: true, register });
    await expect(refused).rejects.toThrow(expect.objectContaining({ code: "OUTPUT_HOLDS_INPUT" }));
    expect(existsSync(join(folder, register))).toBe(false);
  });

  test("whose folder cannot take its place stays in the register, and that is said", async () => {
    const folder = workplace();
    const blocked = drawToFolder("plan.yaml", "1", {
      out: "out",
      force: false,
      cwd: folder,
      progress: () => {},
      // Somebody puts a file there between the line and the folder.
      claim: (target, register) => {
        if (register?.line !== undefined) {
          mkdirSync(target);
          writeFileSync(join(target, "mine.txt"), "x");
        }
      },
    });
    await expect(blocked).rejects.toThrow(
      expect.objectContaining({
        code: "OUTPUT_EXISTS",
        message: expect.stringContaining("The register has the draw as line 1, which stays"),
      }),
    );
    expect(linesOf(folder)).toHaveLength(1);
    await draw(folder, "2", { out: "second" });
    const verification = await verify(folder, "second");
    expect(verification.differences).toEqual([]);
    expect(verification.register).toMatchObject({ line: 2, history: { samePlan: [expect.any(String)] } });
  });
});

describe("verification", () => {
  test("tells where the register begins and what was drawn before, by plan", async () => {
    const folder = workplace();
    await draw(folder, "1", { out: "out1" });
    writeFileSync(join(folder, "plan.yaml"), plan.replace("size: 12", "size: 13"));
    await draw(folder, "2", { out: "out2" });
    writeFileSync(join(folder, "plan.yaml"), plan);
    await draw(folder, "3", { out: "out3" });
    const [first] = linesOf(folder).map((line) => (JSON.parse(line) as { time: string }).time);
    const { differences, notes, register } = await verify(folder, "out3");
    expect({ differences, notes }).toEqual({ differences: [], notes: [] });
    expect(register).toEqual({
      file: join(folder, "draws.jsonl"),
      line: 3,
      history: { begins: first, samePlan: [first], otherPlans: 1, cut: [] },
    });
  });

  test("is not troubled by lines whose folder is gone, nor by lines after its own", async () => {
    const folder = await threeDraws();
    rmSync(join(folder, "out1"), { recursive: true });
    rmSync(join(folder, "out3"), { recursive: true });
    expect((await verify(folder, "out2")).differences).toEqual([]);
    rewrite(folder, (lines) => [...lines.slice(0, 2), (lines[2] as string).replace("seed 3", "seed 4")]);
    expect((await verify(folder, "out2")).differences).toEqual([]);
  });

  test("finds an edited line: by its folder, and by every later one", async () => {
    const folder = await threeDraws();
    rewrite(folder, (lines) => lines.map((line) => line.replace("seed 2", "seed 9")));
    const file = join(folder, "draws.jsonl");
    expect(texts(await verify(folder, "out1"))).toEqual([]);
    expect(texts(await verify(folder, "out2"))).toEqual([
      `register: line 2 of ${file}, this draw's, was edited, or another stands in its place`,
    ]);
    expect(texts(await verify(folder, "out3"))).toEqual([
      `register: the chain of ${file} is broken: line 3 does not follow line 2: line 2 was edited or moved, ` +
        "or a line between them was removed",
    ]);
    const { notes } = await verify(folder, "out1");
    expect(notes.map(({ text }) => text)).toEqual([
      expect.stringContaining("after this draw's line the chain is broken: line 3"),
    ]);
  });

  test("finds a removed line, and lines that changed places", async () => {
    const folder = await threeDraws();
    const whole = textOf(folder);
    rewrite(folder, ([one = "", , three = ""]) => [one, three]);
    const file = join(folder, "draws.jsonl");
    expect(texts(await verify(folder, "out2"))[0]).toContain(`line 2 of ${file}, this draw's, was edited`);
    expect(texts(await verify(folder, "out3"))).toEqual([
      `register: this draw's line is line 2 of ${file}, and was line 3 when it was written`,
      expect.stringContaining("is broken: line 2 does not follow line 1"),
    ]);
    writeFileSync(file, whole);
    rewrite(folder, ([one = "", two = "", three = ""]) => [two, one, three]);
    for (const out of ["out1", "out2", "out3"]) {
      expect(texts(await verify(folder, out)).join(), out).toContain("is broken: line 1 is not the first");
    }
  });

  test("finds lines cut from the end through their folders alone", async () => {
    const folder = await threeDraws();
    rewrite(folder, (lines) => lines.slice(0, 2));
    expect((await verify(folder, "out2")).differences).toEqual([]);
    expect(texts(await verify(folder, "out3"))).toEqual([
      `register: line 3, this draw's, is missing from ${join(folder, "draws.jsonl")}, which has 2`,
    ]);
    rmSync(join(folder, "draws.jsonl"));
    expect(texts(await verify(folder, "out3"))).toEqual([
      expect.stringMatching(
        /^register: .*is not there, and holds line 3\. Put it back, or say .*--register FILE$/,
      ),
    ]);
  });

  test("finds a whole chain that was written again", async () => {
    const folder = await threeDraws();
    const kept = linesOf(folder)[2] as string;
    rmSync(join(folder, "draws.jsonl"));
    await draw(folder, "seed 3", { out: "again" });
    const [again = ""] = linesOf(folder);
    expect(again).not.toBe(kept);
    expect(texts(await verify(folder, "out3"))).toEqual([
      `register: line 3, this draw's, is missing from ${join(folder, "draws.jsonl")}, which has 1`,
    ]);
  });

  test("finds a folder that names another draw's line", async () => {
    const folder = await threeDraws();
    const run = runOf(folder, "out3");
    const { register } = runOf(folder, "out1");
    writeFileSync(join(folder, "out3", "run.json"), JSON.stringify({ ...run, register }));
    const found = texts(await verify(folder, "out3"));
    const file = join(folder, "draws.jsonl");
    expect(found).toEqual([
      `register: line 1 of ${file} has another seed than the manifest`,
      `register: line 1 of ${file} has another selection_digest than the manifest`,
    ]);
  });

  test("looks where the register was moved with the plan, or where it is told", async () => {
    const folder = await threeDraws();
    mkdirSync(join(folder, "archive"));
    for (const name of ["plan.yaml", "draws.jsonl", "children.csv"])
      renameSync(join(folder, name), join(folder, "archive", name));
    const moved = await verify(folder, "out3", { plan: "archive/plan.yaml" });
    expect(moved.register).toMatchObject({ file: join(folder, "archive/draws.jsonl"), line: 3 });
    renameSync(join(folder, "archive/draws.jsonl"), join(folder, "register.jsonl"));
    const options = { plan: "archive/plan.yaml", register: "register.jsonl" };
    expect((await verify(folder, "out3", options)).register?.line).toBe(3);
    rmSync(join(folder, "out3", "run.json"));
    expect((await verify(folder, "out3", options)).register?.line).toBe(3);
    const [first = ""] = readFileSync(join(folder, "register.jsonl"), "utf8").split("\n");
    writeFileSync(join(folder, "draws.jsonl"), `${first}\n`);
    expect(texts(await verify(folder, "out3", { ...options, register: "draws.jsonl" }))).toEqual([
      `register: ${join(folder, "draws.jsonl")} has no line for this draw`,
    ]);
    expect((await verify(folder, "out3", { plan: "archive/plan.yaml" })).notes).toEqual([
      { subject: "register", text: expect.stringContaining("run.json") },
    ]);
  });

  test("notes a draw without a register, one from before there were any, and a register left out", async () => {
    const folder = workplace();
    await draw(folder, "1", { register: null });
    const noted = async (register?: null): Promise<string[]> => {
      const found = await verify(folder, "out", register === undefined ? {} : { register });
      expect(found.differences).toEqual([]);
      return found.notes.map(({ text }) => text);
    };
    expect(await noted()).toEqual([expect.stringContaining("this draw is in none (--register none")]);
    expect(await noted(null)).toEqual([expect.stringContaining("was not looked at (--register none)")]);
    const { register: _, ...run } = runOf(folder);
    writeFileSync(join(folder, "out", "run.json"), JSON.stringify(run));
    expect(await noted()).toEqual([expect.stringContaining("the release that drew it had none")]);
  });

  test("tells a line that a crash cut short, which counts as no draw", async () => {
    const folder = workplace();
    await draw(folder, "1", { out: "out1" });
    appendFileSync(join(folder, "draws.jsonl"), '{"casedraw":1,"time":"2026-11-16T09');
    const { registered } = await draw(folder, "2", { out: "out2" });
    expect(registered).toMatchObject({ reference: { line: 3 }, history: { cut: [2] } });
    const { differences, notes, register } = await verify(folder, "out2");
    expect(differences).toEqual([]);
    expect(notes).toEqual([
      { subject: "register", text: "line 2 was cut short by a crash, and counts as no draw" },
    ]);
    expect(register?.history.samePlan).toHaveLength(1);
  });
});

describe("a commitment", () => {
  const commit = (folder: string, seed: string, register?: string) =>
    registerSeed(seed, {
      plan: "plan.yaml",
      cwd: folder,
      claim: () => {},
      ...(register === undefined ? {} : { register }),
    });

  test("records the seed's hash, not the seed; the draw and its verification tell of it", async () => {
    const folder = workplace();
    rmSync(join(folder, "children.csv")); // the data has not arrived
    await commit(folder, "another secret");
    const { line, time, commitment } = await commit(folder, "a secret");
    expect({ line, commitment }).toEqual({ line: 2, commitment: sha("a secret|commit|v1") });
    expect(textOf(folder)).not.toContain("a secret");
    expect(JSON.parse(linesOf(folder)[1] as string)).toEqual({
      casedraw: 1,
      time,
      kind: "commit",
      seed_commitment: sha("a secret|commit|v1"),
      plan_sha256: sha(plan),
      software: expect.any(String),
      previous: sha(linesOf(folder)[0] as string),
    });
    copyFileSync(join(workplace(), "children.csv"), join(folder, "children.csv"));
    const committed = { line: 2, time, planFile: sha(plan), seeds: 2 };
    const { registered } = await draw(folder, "a secret");
    expect(registered).toMatchObject({ history: { committed }, samePlanFile: true });
    expect((await verify(folder)).register?.history.committed).toEqual(committed);
    writeFileSync(join(folder, "plan.yaml"), `${plan}# changed since\n`);
    expect((await draw(folder, "a secret", { out: "later" })).registered?.samePlanFile).toBe(false);
    const other = await draw(folder, "never committed", { out: "other" });
    expect(other.registered?.history).not.toHaveProperty("committed");
  });

  test("needs a plan that can be read, and no more; a register may be named", async () => {
    const folder = workplace();
    writeFileSync(join(folder, "plan.yaml"), "title: not finished yet\n");
    await commit(folder, "1", "all.jsonl");
    expect(readRegister(readFileSync(join(folder, "all.jsonl")), "all.jsonl")).toHaveLength(1);
    rmSync(join(folder, "plan.yaml"));
    await expect(commit(folder, "1")).rejects.toThrow(expect.objectContaining({ code: "FILE_NOT_FOUND" }));
    expect(existsSync(join(folder, "draws.jsonl"))).toBe(false);
  });
});
