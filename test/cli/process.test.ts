import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** The built program; `npm test` builds it. */
const program = fileURLToPath(new URL("../../dist/bin/casedraw.js", import.meta.url));
/** The same frame around commands that misbehave. */
const fixture = fileURLToPath(new URL("fixture/bin.mjs", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "casedraw-process-"));
  for (const name of ["here", "temporary", "out"]) mkdirSync(join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Outcome {
  /** As a shell tells it: 128 and the signal's number where a signal ended the process. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Options {
  readonly stdout?: "pipe" | number;
  readonly env?: Readonly<Record<string, string>>;
}

function begin(script: string, args: readonly string[], options: Options = {}): ChildProcess {
  const env = { ...process.env, TMPDIR: join(folder, "temporary"), ...options.env };
  const stdio = ["ignore", options.stdout ?? "pipe", "pipe"] as const;
  return spawn(process.execPath, [script, ...args], { cwd: join(folder, "here"), env, stdio: [...stdio] });
}

async function end(child: ChildProcess): Promise<Outcome> {
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  const code = await new Promise<number>((resolve) => {
    child.on("close", (status, signal) => resolve(status ?? 128 + constants.signals[signal ?? "SIGKILL"]));
  });
  return { code, out: out.join(""), err: err.join("") };
}

function collect(stream: Readable | null): readonly string[] {
  const chunks: string[] = [];
  stream?.setEncoding("utf8").on("data", (chunk: string) => void chunks.push(chunk));
  return chunks;
}

function run(args: readonly string[], options?: Options): Promise<Outcome> {
  return end(begin(fixture, args, options));
}

/** Interrupts a command some milliseconds after it said that it is at work, or after its start. */
async function interrupt(
  child: ChildProcess,
  signal: NodeJS.Signals,
  delay: number,
  from: "work" | "start" = "work",
): Promise<Outcome> {
  const outcome = end(child);
  if (from === "work") await new Promise((resolve) => child.stderr?.once("data", resolve));
  await new Promise((resolve) => setTimeout(resolve, delay));
  child.kill(signal);
  return await outcome;
}

function left(): readonly string[] {
  return ["here", "temporary", "out"].flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => `${name}/${file}`),
  );
}

describe("output", () => {
  test("a flood of results comes whole and in order, with the exit code", async () => {
    const { code, out, err } = await run(["flood"]);
    const lines = out.split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.length).toBe(200_000);
    expect(lines.every((line, i) => line.startsWith(`${i} x`) && line.endsWith("x".repeat(90)))).toBe(true);
    expect({ code, err }).toEqual({ code: 3, err: "flooded\n" });
  });

  test("a reader that does not read holds the work back", async () => {
    const child = begin(fixture, ["flood"]);
    const err = collect(child.stderr);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(err).toEqual([]);
    expect((await end(child)).code).toBe(3);
  });

  test("a reader that goes away ends the output quietly, and not the work", async () => {
    const child = begin(fixture, ["flood"]);
    child.stdout?.once("data", () => child.stdout?.destroy());
    const err = collect(child.stderr);
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, err: err.join("") }).toEqual({ code: 3, err: "flooded\n" });
  });

  test.runIf(process.platform === "linux")("a full disk under standard output is said", async () => {
    const full = openSync("/dev/full", "w");
    const { code, err } = await run(["--help"], { stdout: full });
    closeSync(full);
    expect(code).toBe(2);
    expect(err).toBe("error[OUTPUT_NOT_WRITABLE] Standard output: must take the result, got ENOSPC.\n");
  });
});

describe("failures in the worker", () => {
  test("bad input", async () => {
    expect(await run(["refuse"])).toEqual({
      code: 2,
      out: "",
      err: "error[FILE_NOT_FOUND] Export: must be there, got nothing (x.csv).\n",
    });
  });

  test.each(["fault", "quit"])("a fault of casedraw: %s", async (command) => {
    const { code, err } = await run([command]);
    expect(code).toBe(1);
    expect(err).toMatch(/^error\[FAULT\] .*\n$/);
    expect(err).not.toContain("Jane");
  });

  test("a fault outside the command's own promise, in the middle of a write, leaves nothing", async () => {
    const { code, err, out } = await run(["late", "--out", "../out/x", "--json"]);
    expect(code).toBe(1);
    expect(err).toMatch(/^error\[FAULT\] .* got TypeError.*\n$/);
    expect(JSON.parse(out)).toMatchObject({ error: { code: "FAULT" } });
    expect(out + err).not.toContain("Jane");
    expect(left()).toEqual([]);
  });

  test("running out of memory, in the middle of a write, leaves nothing", async () => {
    const { code, err } = await run(["heap", "--out", "../out/x"], {
      env: { NODE_OPTIONS: "--max-old-space-size=60" },
    });
    expect(code).toBe(1);
    expect(err).toMatch(/^error\[OUT_OF_MEMORY\] .*\n$/);
    expect(left()).toEqual([]);
  });
});

describe.runIf(process.platform !== "win32")("interrupts", () => {
  const signals = [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const;

  test.each(signals)("%s ends work that never yields", async (signal, code) => {
    const outcome = await interrupt(begin(fixture, ["endless", "--out", "../out/x"]), signal, 50);
    const target = join(folder, "out/x");
    expect(outcome).toEqual({
      code,
      out: "",
      err: `writing\nInterrupted: nothing was written to ${target}.\n`,
    });
    expect(left()).toEqual([]);
  });

  test.each(signals)(
    "%s ends work that sleeps, and work in native code that no thread can be ended in",
    async (signal, code) => {
      for (const command of ["asleep", "native"]) {
        const { err, ...outcome } = await interrupt(begin(fixture, [command]), signal, 50);
        expect(outcome.code).toBe(code);
        expect(err).toBe("writing\nInterrupted: nothing was written.\n");
      }
    },
  );

  test("what was whole before stays, and is said to be", async () => {
    const { code, err } = await interrupt(begin(fixture, ["whole", "--out", "x"]), "SIGINT", 20);
    expect({ code, err }).toEqual({ code: 130, err: "writing\nInterrupted: x was whole already.\n" });
    expect(left()).toEqual(["here/x"]);
  });

  test.each([0, 3, 7, 12, 20, 31, 45, 64, 90, 130])(
    "in the middle of write after write, %i ms on: whole or nothing",
    async (delay) => {
      const { code, err } = await interrupt(begin(fixture, ["again", "--out", "x"]), "SIGINT", delay);
      expect(code).toBe(130);
      const folders = left().map((path) => path.slice("here/".length));
      for (const name of folders) {
        expect(name).toMatch(/^x\d+$/);
        expect(readdirSync(join(folder, "here", name)).sort()).toEqual(["a.csv", "b.csv"]);
      }
      // Between two folders nothing is claimed, and then no name is said.
      const said =
        /^writing\nInterrupted: (?:nothing was written(?: to (x\d+))?|(x\d+) was whole already)\.\n$/.exec(
          err,
        );
      expect(said, err).not.toBeNull();
      if (said?.[2] !== undefined) expect(folders).toContain(said[2]);
      else expect(folders).not.toContain(said?.[1]);
    },
  );

  test.each([0, 20, 60, 100, 150, 200, 300, 500, 900])(
    "casedraw synth, %i ms after its start: no part of a file, no copy elsewhere",
    async (delay) => {
      const args = ["synth", "--rows", "2000000", "--seed", "7", "--out", "../out/children.csv"];
      const { code } = await interrupt(begin(program, args), "SIGINT", delay, "start");
      expect(code).toBe(130);
      expect(left()).toEqual([]);
    },
  );
});

test("help needs neither a worker nor the code of a command", async () => {
  const coverage = join(folder, "coverage");
  const { code, out, err } = await end(
    begin(program, ["sample", "--help"], { env: { NODE_V8_COVERAGE: coverage } }),
  );
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^casedraw sample: /);
  const [report = "", ...workers] = readdirSync(coverage);
  expect(workers).toEqual([]);
  const { result } = JSON.parse(readFileSync(join(coverage, report), "utf8")) as {
    result: { url: string }[];
  };
  const root = new URL("../../", import.meta.url).href;
  const loaded = result.filter(({ url }) => url.startsWith(root)).map(({ url }) => url.slice(root.length));
  const names = loaded.map((path) => path.replace(/^dist\/bin\/(.+?)(?:-[\w-]{8})?\.js$/, "$1"));
  expect(names.sort()).toEqual(["casedraw", "start"]);
  for (const path of loaded) expect(readFileSync(path, "utf8")).not.toContain("// src/cli/commands/");
});
