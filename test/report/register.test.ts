import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appendToRegister } from "../../src/report/register/append.js";
import { planDigest, seedCommitment } from "../../src/report/register/digest.js";
import { historyOf } from "../../src/report/register/history.js";
import { type CommitEntry, type DrawEntry, nextLine, readRegister } from "../../src/report/register/lines.js";
import { clearOwnLock, withLock } from "../../src/report/register/lock.js";
import { type Compiled, compile } from "./compiled.js";
import { scratch } from "./scratch.js";

const place = scratch();
const register = (): string => place.path("draws.jsonl");
const text = (): string => readFileSync(register(), "utf8");
const sha = (value: string): string => createHash("sha256").update(value).digest("hex");
const read = (value: string) => readRegister(Buffer.from(value), "draws.jsonl");

const commitEntry = (seedHash: string): CommitEntry => ({
  kind: "commit",
  seed_commitment: seedHash,
  plan_sha256: "a".repeat(64),
  software: "0.1.0",
});
const drawEntry = (seed: string, plan = "b"): DrawEntry => ({
  kind: "draw",
  seed,
  plan_digest: plan.repeat(64),
  frame_digest: "c".repeat(64),
  design_digest: "d".repeat(64),
  selection_digest: "e".repeat(64),
  algorithm: { name: "stratified-random", version: 1 },
  software: "0.1.0",
});

/** A register of draws with these seeds, a line each, as text. */
function registerOf(...seeds: string[]): string {
  const written: string[] = [];
  for (const seed of seeds) {
    const lines = read(written.map((line) => `${line}\n`).join(""));
    written.push(nextLine(lines, drawEntry(seed), new Date("2026-11-16T09:30:00Z")).text);
  }
  return written.map((line) => `${line}\n`).join("");
}

const faults = (value: string): [number, string][] =>
  read(value).flatMap(({ number, fault }) => (fault === undefined ? [] : [[number, fault]]));

// SHA-256 of "314159": the key of sampling's test vector. The digests of the line and of the JSON: sha256sum.
const seedHash = "47b62b87fb1918f95641b951557486c41453e7cca87c32756eec8859cc122729";
const firstLine =
  `{"casedraw":1,"time":"2026-11-10T09:00:00.000Z","kind":"commit","seed_commitment":"${seedHash}",` +
  `"plan_sha256":"${"a".repeat(64)}","software":"0.1.0","previous":"${"0".repeat(64)}"}`;
const firstHash = "23ba49c8a19da8f973fa7c27cdb289bedfdd3c4649e8685945793f4158ee5500";

describe("lines", () => {
  test("are written as the contract has them, and hashed without their line feed", () => {
    const { text: written, line } = nextLine([], commitEntry(seedHash), new Date("2026-11-10T09:00:00Z"));
    expect(written).toBe(firstLine);
    expect(line).toMatchObject({ number: 1, hash: firstHash });
    expect(seedCommitment("314159")).toBe(seedHash);
  });

  test("each holds the hash of the one before", () => {
    const lines = read(`${firstLine}\n`);
    const { text: written } = nextLine(lines, drawEntry("314159"), new Date("2026-11-16T09:30:00Z"));
    expect(JSON.parse(written)).toEqual({
      casedraw: 1,
      time: "2026-11-16T09:30:00.000Z",
      ...drawEntry("314159"),
      previous: firstHash,
    });
    expect(faults(`${firstLine}\n${written}\n`)).toEqual([]);
  });

  test("a plan has one digest, however its keys are ordered; the order of a list counts", () => {
    // Canonical by hand: {"a":{"c":"é","d":[2,1]},"b":1}
    const digest = "77823bc00fdc4b2a1c85c19cb2865b7023bf5dd2fbf823a938e55fbbad276a1b";
    expect(planDigest({ b: 1, a: { d: [2, 1], c: "é", e: undefined } })).toBe(digest);
    expect(planDigest({ a: { c: "é", d: [1, 2] }, b: 1 })).not.toBe(digest);
  });
});

describe("reading", () => {
  const whole = registerOf("one", "two", "three", "four");
  const lines = whole.trimEnd().split("\n") as [string, string, string, string];
  const [one, two, three, four] = lines;
  const joined = (...parts: string[]): string => parts.map((part) => `${part}\n`).join("");

  test("a whole register has no fault", () => {
    expect(faults(whole)).toEqual([]);
    expect(read("")).toEqual([]);
    expect(read(whole).map(({ hash }) => hash)).toEqual(lines.map(sha));
  });

  test.each<[string, string, number, string]>([
    ["an edited line", joined(one, two.replace("two", "too"), three, four), 3, "line 2 was edited"],
    ["a removed line", joined(one, three, four), 2, "does not follow line 1"],
    ["the first line removed", joined(two, three, four), 1, "lines before it were removed"],
    ["two lines that changed places", joined(one, three, two, four), 2, "does not follow line 1"],
    ["a line put in", joined(one, two, two, three, four), 3, "does not follow line 2"],
    ["Windows line ends", whole.replaceAll("\n", "\r\n"), 2, "does not follow line 1"],
    ["a blank line", joined(one, "", two), 2, "is not as casedraw wrote it"],
    ["a line of something else", joined(one, two, '{"casedraw":1}', four), 3, "is not as casedraw wrote it"],
    ["a line with more in it", joined(one.replace("{", '{"note":"x",')), 1, "is not as casedraw wrote it"],
  ])("%s is found", (_, value, number, fault) => {
    expect(faults(value)[0]).toEqual([number, expect.stringContaining(fault)]);
  });

  test("every cut of the last line is told from an edited one, or is the whole line", () => {
    for (let length = 1; length < four.length; length++) {
      const found = read(joined(one, two, three) + four.slice(0, length));
      expect(found).toHaveLength(4);
      expect(found[3]).toEqual({ number: 4, hash: sha(four.slice(0, length)) });
    }
    expect(read(joined(one, two, three) + four)[3]?.record).toMatchObject({ seed: "four" });
  });

  test("a later format is an error that names it", () => {
    expect(() => read(joined(one, '{"casedraw":2}'))).toThrow(
      expect.objectContaining({
        code: "REGISTER_FORMAT_UNKNOWN",
        details: { file: "draws.jsonl", row: 2, format: 2 },
      }),
    );
  });
});

describe("adding", () => {
  test("makes the file for its owner alone, and then only adds to it", async () => {
    await appendToRegister(register(), drawEntry("one"));
    const first = text();
    const { before, line } = await appendToRegister(register(), drawEntry("two"));
    expect(text().startsWith(first)).toBe(true);
    expect(before).toHaveLength(1);
    expect(line).toMatchObject({ number: 2, hash: sha(text().split("\n")[1] as string) });
    expect(faults(text())).toEqual([]);
    if (process.platform !== "win32") expect(statSync(register()).mode & 0o777).toBe(0o600);
    expect(place.list()).toEqual(["draws.jsonl"]);
  });

  test("after a crash the part of a line stays and the new one follows it", async () => {
    const cut = registerOf("one", "two").slice(0, -40);
    place.put({ "draws.jsonl": cut });
    const { before, line } = await appendToRegister(register(), drawEntry("three"));
    expect(text().startsWith(`${cut}\n{`)).toBe(true);
    expect(line.number).toBe(3);
    expect(faults(text())).toEqual([]);
    expect(historyOf(before, { ...drawEntry("three"), time: line.record.time })).toMatchObject({
      cut: [2],
      samePlan: ["2026-11-16T09:30:00.000Z"],
    });
  });

  test("a whole last line that only lacks its line feed is a line", async () => {
    place.put({ "draws.jsonl": registerOf("one").trimEnd() });
    const { before } = await appendToRegister(register(), drawEntry("two"));
    expect(before[0]?.record).toMatchObject({ seed: "one" });
    expect(text().startsWith(registerOf("one"))).toBe(true);
    expect(faults(text())).toEqual([]);
  });

  test.each<[string, string, string]>([
    ["a broken chain", registerOf("one", "two", "three").replace("two", "too"), "REGISTER_BROKEN"],
    ["a plan", "casedraw: 1\ntitle: x\n", "REGISTER_INVALID"],
    ["an export", "case ID,child ID\n1,2\n", "REGISTER_INVALID"],
    ["a later format", '{"casedraw":7}\n', "REGISTER_FORMAT_UNKNOWN"],
  ])("is refused with %s, and changes nothing", async (_, content, code) => {
    place.put({ "draws.jsonl": content });
    await expect(appendToRegister(register(), drawEntry("x"))).rejects.toThrow(
      expect.objectContaining({ code }),
    );
    expect(text()).toBe(content);
    expect(place.list()).toEqual(["draws.jsonl"]);
  });

  test("a broken chain is named by its line", async () => {
    place.put({ "draws.jsonl": registerOf("one", "two", "three").replace("two", "too") });
    await expect(appendToRegister(register(), drawEntry("x"))).rejects.toThrow(
      /got line 3, which does not follow line 2: line 2 was edited.*begin another with --register FILE/,
    );
  });

  test("a folder, a link, a missing folder and a place without permission are not written to", async () => {
    place.put({ "target.jsonl": "", "draws.jsonl/x": "" });
    const refused = async (file: string): Promise<void> =>
      await expect(appendToRegister(file, drawEntry("x"))).rejects.toThrow(
        expect.objectContaining({
          code: "REGISTER_NOT_WRITABLE",
          message: expect.stringContaining("--register none"),
        }),
      );
    await refused(register());
    await refused(place.path("no", "draws.jsonl"));
    if (process.platform === "win32") return;
    symlinkSync(place.path("target.jsonl"), place.path("link.jsonl"));
    await refused(place.path("link.jsonl"));
    if (process.getuid?.() === 0) return; // root may write anywhere
    chmodSync(place.path("draws.jsonl"), 0o500);
    await refused(place.path("draws.jsonl", "draws.jsonl"));
    chmodSync(place.path("draws.jsonl"), 0o700);
  });

  test.runIf(process.platform === "linux")("a full disk leaves nothing", async () => {
    // /dev/full is a device, so the place itself is refused; a file limit stands for a full disk.
    place.put({ "draws.jsonl": registerOf("one") });
    const source = `
      import { appendToRegister } from ${JSON.stringify(compiled.url("report/register/append.js"))};
      process.on("SIGXFSZ", () => {});
      try { await appendToRegister(process.argv[1], JSON.parse(process.argv[2])); console.log("written"); }
      catch (error) { console.log(error.code, error.details.reason); }`;
    const entry = JSON.stringify(drawEntry("x".repeat(4000)));
    const words = [process.execPath, "--input-type=module", "-e", source, register(), entry];
    const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
    // In units of 1,024 bytes: the lock fits, and only the first part of the line does.
    const { stdout } = spawnSync("bash", ["-c", `ulimit -f 2; exec ${quoted}`], { encoding: "utf8" });
    expect(stdout.trim()).toBe("REGISTER_NOT_WRITABLE EFBIG");
    expect(text()).toBe(registerOf("one"));
    expect(place.list()).toEqual(["draws.jsonl"]);
  });
});

describe("what a register tells of a draw", () => {
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 16, 9, minute));

  test("draws of the same plan and of others before it, and when its seed was committed", () => {
    let written = "";
    const entries = [
      commitEntry(sha("other")),
      commitEntry(sha("7|commit|v1")),
      drawEntry("5"),
      drawEntry("6", "f"),
      commitEntry(sha("7|commit|v1")),
      drawEntry("6"),
    ];
    for (const [minute, entry] of entries.entries())
      written += `${nextLine(read(written), entry, at(minute)).text}\n`;
    const draw = { ...drawEntry("7"), time: at(9).toISOString() };
    expect(historyOf(read(written), draw)).toEqual({
      begins: "2026-11-16T09:00:00.000Z",
      samePlan: ["2026-11-16T09:02:00.000Z", "2026-11-16T09:05:00.000Z"],
      otherPlans: 1,
      committed: { line: 2, time: "2026-11-16T09:01:00.000Z", planFile: "a".repeat(64), seeds: 2 },
      cut: [],
    });
    expect(historyOf(read(written), { ...draw, seed: "8" })).not.toHaveProperty("committed");
  });

  test("the first line of a register begins it", () => {
    const draw = { ...drawEntry("7"), time: at(9).toISOString() };
    expect(historyOf([], draw)).toEqual({ begins: draw.time, samePlan: [], otherPlans: 0, cut: [] });
  });
});

let compiled: Compiled;
beforeAll(() => {
  compiled = compile("report/register/append.ts");
});
afterAll(() => compiled.remove());

function begin(source: string, ...words: string[]): ChildProcess {
  return spawn(process.execPath, ["--input-type=module", "-e", source, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

describe("the lock", () => {
  const lockOf = (pid: number, host = hostname()): string => JSON.stringify({ pid, host });
  const ended = (): number => spawnSync(process.execPath, ["-e", ""]).pid;

  test("four processes at once: every line is there, and the chain is whole", async () => {
    const source = `
      import { appendToRegister } from ${JSON.stringify(compiled.url("report/register/append.js"))};
      const entry = JSON.parse(process.argv[2]);
      for (let i = 0; i < 8; i++) await appendToRegister(process.argv[1], { ...entry, seed: process.argv[3] + i });`;
    const names = ["a", "b", "c", "d"];
    const runs = names.map((name) => begin(source, register(), JSON.stringify(drawEntry("x")), name));
    const codes = await Promise.all(runs.map(async (run) => (await once(run, "close"))[0]));
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(faults(text())).toEqual([]);
    const seeds = read(text()).map(({ record }) => (record?.kind === "draw" ? record.seed : ""));
    expect(seeds.toSorted()).toEqual(
      names.flatMap((name) => Array.from({ length: 8 }, (_, i) => name + i)).sort(),
    );
    expect(place.list()).toEqual(["draws.jsonl"]);
  });

  test("of a run that was killed is taken over, by one of those who wait", async () => {
    place.put({ "draws.jsonl.lock": lockOf(ended()) });
    await Promise.all(["a", "b", "c"].map((seed) => appendToRegister(register(), drawEntry(seed))));
    expect(faults(text())).toEqual([]);
    expect(read(text())).toHaveLength(3);
    expect(place.list()).toEqual(["draws.jsonl"]);
  });

  test("a run that is killed while it holds it does not keep the next one out", async () => {
    const source = `
      import { withLock } from ${JSON.stringify(compiled.url("report/register/lock.js"))};
      await withLock(process.argv[1], () => process.kill(process.pid, "SIGKILL"));`;
    await once(begin(source, register()), "close");
    expect(place.list()).toEqual(["draws.jsonl.lock"]);
    await appendToRegister(register(), drawEntry("next"));
    expect(place.list()).toEqual(["draws.jsonl"]);
  });

  test("of a run at work, of another computer, and one that says nothing: waited for, and named in the end", async () => {
    const held = { work: lockOf(process.ppid), elsewhere: lockOf(ended(), "elsewhere"), nothing: "" };
    await Promise.all(
      Object.entries(held).map(async ([name, content]) => {
        const file = place.path(name);
        place.put({ [`${name}.lock`]: content });
        await expect(appendToRegister(file, drawEntry("x"))).rejects.toThrow(
          expect.objectContaining({
            code: "REGISTER_LOCKED",
            message: expect.stringContaining(`remove ${file}.lock`),
            details: { file, lock: `${file}.lock` },
          }),
        );
        expect(readFileSync(`${file}.lock`, "utf8")).toBe(content);
      }),
    );
    expect(place.list()).toEqual(["elsewhere.lock", "nothing.lock", "work.lock"]);
  });

  test("is given back when the work fails", async () => {
    const fail = (): void => {
      throw new RangeError("x");
    };
    await expect(withLock(register(), fail)).rejects.toThrow(RangeError);
    expect(place.list()).toEqual([]);
  });

  test("of this process is cleared after an interrupt, and no other's", () => {
    place.put({
      "draws.jsonl.lock": lockOf(process.pid),
      "draws.jsonl.lock.lock": lockOf(process.pid),
      [`draws.jsonl.lock-${process.pid}-3`]: lockOf(process.pid),
      "other.jsonl.lock": lockOf(process.pid),
    });
    clearOwnLock(register());
    expect(place.list()).toEqual(["other.jsonl.lock"]);
    writeFileSync(place.path("draws.jsonl.lock"), lockOf(process.ppid));
    clearOwnLock(register());
    expect(place.list()).toEqual(["draws.jsonl.lock", "other.jsonl.lock"]);
  });
});
