import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ClaimSlot } from "../../src/cli/claim.js";
import { tidy } from "../../src/cli/interrupt.js";
import { readRegister } from "../../src/report/register/lines.js";
import { workplace } from "../workflow/scratch.js";

/** The built program; `npm test` builds it. */
const program = fileURLToPath(new URL("../../dist/bin/casedraw.js", import.meta.url));

function begin(folder: string, ...words: string[]): ChildProcess {
  return spawn(process.execPath, [program, ...words], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
}

async function end(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  const said = { out: "", err: "" };
  child.stdout?.on("data", (text) => {
    said.out += String(text);
  });
  child.stderr?.on("data", (text) => {
    said.err += String(text);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...said };
}

const casedraw = (folder: string, ...words: string[]) => end(begin(folder, ...words));
const sample = ["sample", "--plan", "plan.yaml"];
const linesIn = (folder: string) => readRegister(readFileSync(join(folder, "draws.jsonl")), "draws.jsonl");

test("two draws at once: both lines are there, the chain is whole, both samples verify", async () => {
  const folder = workplace();
  const [one, two] = ["1", "2"].map((seed) =>
    casedraw(folder, ...sample, "--seed", seed, "--out", `out${seed}`),
  );
  expect([(await one)?.code, (await two)?.code]).toEqual([0, 0]);
  const lines = linesIn(folder);
  expect(lines.map(({ fault }) => fault)).toEqual([undefined, undefined]);
  for (const out of ["out1", "out2"])
    expect(await casedraw(folder, "verify", out)).toMatchObject({ code: 0 });
  expect(readdirSync(folder).sort()).toEqual(["children.csv", "draws.jsonl", "out1", "out2", "plan.yaml"]);
});

test("a draw says its line, and verify when the register begins and what was drawn before", async () => {
  const folder = workplace();
  const first = await casedraw(folder, ...sample, "--seed", "1", "--out", "out1");
  expect(first.out).toContain(`\nLine 1 of the register ${join(folder, "draws.jsonl")}\n`);
  const second = await casedraw(folder, ...sample, "--seed", "2", "--out", "out2");
  expect(second.out).toMatch(/\nLine 2 of the register .*, after 1 earlier draw of this plan\n/);
  const time = linesIn(folder)[0]?.record?.time as string;
  const shown = `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
  const { code, out } = await casedraw(folder, "verify", "out2");
  expect(code).toBe(0);
  expect(out).toContain(`begins on ${shown}; this draw is its line 2`);
  expect(out).toContain(`Draws of this plan before it: 1 (${shown}). Draws of other plans before it: 0.`);
  const json = JSON.parse((await casedraw(folder, "verify", "out2", "--json")).out);
  expect(json.register).toMatchObject({ line: 2, begins: time, draws_of_plan_before: [time] });
});

test("verify ends with 3 where the line is gone, naming it, and takes the register from where it is told", async () => {
  const folder = workplace();
  await casedraw(folder, ...sample, "--seed", "1", "--out", "out1", "--register", "a.jsonl");
  expect(existsSync(join(folder, "draws.jsonl"))).toBe(false);
  writeFileSync(join(folder, "b.jsonl"), readFileSync(join(folder, "a.jsonl")));
  writeFileSync(join(folder, "a.jsonl"), "");
  const { code, out } = await casedraw(folder, "verify", "out1");
  expect(code).toBe(3);
  expect(out).toContain("register: line 1, this draw's, is missing");
  expect(await casedraw(folder, "verify", "out1", "--register", "b.jsonl")).toMatchObject({ code: 0 });
  expect((await casedraw(folder, "verify", "out1", "--register", "none")).out).toContain("was not looked at");
});

test("--register none writes none, and says so", async () => {
  const folder = workplace();
  const { code, out } = await casedraw(
    folder,
    ...sample,
    "--seed",
    "1",
    "--out",
    "out1",
    "--register",
    "none",
  );
  expect(code).toBe(0);
  expect(out).toContain("\nIn no register: ");
  expect(readdirSync(folder).sort()).toEqual(["children.csv", "out1", "plan.yaml"]);
});

describe("--commit", () => {
  test("makes a seed where none is given and shows it once; the draw tells when it was committed", async () => {
    const folder = workplace();
    const { code, out, err } = await casedraw(folder, ...sample, "--commit");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const seed = /^Seed: (\d+)\nKeep it: /.exec(out)?.[1] as string;
    expect(out.split(seed)).toHaveLength(2);
    expect(readdirSync(folder).sort()).toEqual(["children.csv", "draws.jsonl", "plan.yaml"]);
    const drawn = await casedraw(folder, ...sample, "--seed", seed, "--out", "out");
    expect(drawn.out).toMatch(
      /\nSeed committed on .* UTC, before this draw \(line 1 .*; the only seed committed by then\); the plan's file has not changed since\n/,
    );
    expect((await casedraw(folder, "verify", "out")).out).toContain("\nSeed committed on ");
  });

  test("with a seed shows its commitment alone", async () => {
    const folder = workplace();
    const { out } = await casedraw(folder, ...sample, "--commit", "--seed", "a secret", "--json");
    const { register, ...facts } = JSON.parse(out);
    // sha256sum of the text "a secret|commit|v1".
    expect(facts).toEqual({
      seed_commitment: "9f5207129b9044e936e0b51688d1a920a13bd1adcf57e4b14f16707f316c16b7",
    });
    expect(register).toMatchObject({ file: join(folder, "draws.jsonl"), line: 1 });
  });

  test.each([["--out", "x"], ["--dry-run"], ["--force"], ["--register", "none"]])(
    "does not go with %s",
    async (...words) => {
      const folder = workplace();
      const { code, err } = await casedraw(folder, ...sample, "--commit", ...words);
      expect(code).toBe(2);
      expect(err).toMatch(/^error\[USAGE\] --/);
      expect(readdirSync(folder).sort()).toEqual(["children.csv", "plan.yaml"]);
    },
  );
});

describe.runIf(process.platform !== "win32")("interrupts", () => {
  test.each([120, 200, 280, 360, 440, 520, 600, 700])(
    "%i ms after its start leave no lock and no half-written line, and say whether the draw was entered",
    async (milliseconds) => {
      const folder = workplace();
      const child = begin(folder, ...sample, "--seed", "1", "--out", "out");
      const ended = end(child);
      await delay(milliseconds);
      child.kill("SIGINT");
      const { err } = await ended;
      const left = readdirSync(folder).filter((name) => !["children.csv", "plan.yaml"].includes(name));
      expect(left.filter((name) => name !== "out" && name !== "draws.jsonl")).toEqual([]);
      const lines = left.includes("draws.jsonl") ? linesIn(folder) : [];
      expect(lines.every(({ record }) => record !== undefined)).toBe(true);
      if (left.includes("out")) expect(lines).toHaveLength(1);
      else if (lines.length === 1) expect(err).toContain("The register has the draw as line 1, which stays.");
    },
  );

  test("an ended worker's lock is removed with what it left of its output", async () => {
    const folder = workplace();
    const register = join(folder, "draws.jsonl");
    const slot = new ClaimSlot();
    slot.set(join(folder, "out"), { file: register });
    writeFileSync(`${register}.lock`, JSON.stringify({ pid: process.pid, host: hostname() }));
    expect(slot.read()).toMatchObject({ register: { file: register }, underWay: true });
    expect(await tidy(slot.read())).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual(["children.csv", "plan.yaml"]);
  });
});
