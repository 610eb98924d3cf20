import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recover } from "../../src/report/leftovers.js";
import { checkOwnFolder } from "../../src/report/own-folder.js";
import { type Compiled, compile } from "./compiled.js";
import { scratch } from "./scratch.js";

const place = scratch();
let compiled: Compiled;

beforeAll(() => {
  compiled = compile("report/folder.ts", "report/leftovers.ts");
});
afterAll(() => compiled.remove());

/** A program that replaces one folder again and again: each has three files that begin with the folder's number. */
function program(target: string, atStage = ""): string {
  return `
    import { writeFolder } from ${JSON.stringify(compiled.url("report/folder.js"))};
    process.stdout.write("ready ");
    const part = "x".repeat(1 << 16);
    for (let number = 1; ; number++) {
      const onStage = (stage) => {
        if (number > 1 && stage === ${JSON.stringify(atStage)}) process.kill(process.pid, "SIGKILL");
      };
      await writeFolder(${JSON.stringify(target)}, { force: true, protect: [], onStage }, async (folder) => {
        for (const name of ["a.csv", "tables/b.csv", "c.csv"]) {
          const stream = folder.stream(name);
          stream.write(number + "\\n");
          for (let i = 0; i < 8; i++) stream.write(part);
          stream.close();
          await null;
        }
        folder.file("manifest.json", JSON.stringify({ casedraw: 1, outputs: folder.outputs() }));
      });
      if (number === 1) process.stdout.write("going");
    }`;
}

function start(source: string): ChildProcess {
  return spawn(process.execPath, ["--input-type=module", "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function heard(output: Readable | null, word: string): Promise<void> {
  for (let text = ""; output !== null && !text.includes(word); )
    text += String((await once(output, "data"))[0]);
}

function expectWhole(): void {
  checkOwnFolder(place.path("out"));
  const numbers = ["a.csv", "tables/b.csv", "c.csv"].map((name) => {
    const [number, rest] = readFileSync(place.path("out", name), "utf8").split("\n");
    expect(rest).toHaveLength(8 << 16);
    return number;
  });
  expect(new Set(numbers).size).toBe(1);
}

function expectRecovered(): void {
  if (existsSync(place.path("out"))) expectWhole();
  recover(place.path("out"));
  expectWhole();
  expect(place.list().filter((path) => path.startsWith("."))).toEqual([]);
}

test.each(["preparing", "filling", "whole", "aside", "placed", "done"])(
  "killed at the stage %s, a whole folder is there after recovery",
  async (stage) => {
    const child = start(program(place.path("out"), stage));
    expect(await once(child, "close")).toEqual([null, "SIGKILL"]);
    expectRecovered();
    const number = readFileSync(place.path("out/a.csv"), "utf8").split("\n")[0];
    expect(number).toBe(stage === "placed" || stage === "done" ? "2" : "1");
  },
);

const moments = fc.integer({ min: 0, max: 60 });

test("killed at any moment, a whole folder is there after recovery", async () => {
  await fc.assert(
    fc.asyncProperty(moments, async (milliseconds) => {
      const child = start(program(place.path("out")));
      const closed = once(child, "close");
      await heard(child.stdout, "going");
      await delay(milliseconds);
      child.kill("SIGKILL");
      expect(await closed).toEqual([null, "SIGKILL"]);
      expectRecovered();
    }),
    { numRuns: 12 },
  );
});

test("killed while it makes the first one, there is nothing or a whole folder", async () => {
  await fc.assert(
    fc.asyncProperty(moments, async (milliseconds) => {
      const child = start(program(place.path("out")));
      const closed = once(child, "close");
      await heard(child.stdout, "ready");
      await delay(milliseconds / 4);
      child.kill("SIGKILL");
      await closed;
      if (existsSync(place.path("out"))) expectWhole();
      recover(place.path("out"));
      expect(place.list().filter((path) => path.startsWith("."))).toEqual([]);
      rmSync(place.path("out"), { recursive: true, force: true });
    }),
    { numRuns: 8 },
  );
});

test("a worker ended at any moment leaves what its main thread can clean up", async () => {
  const source = new URL(`data:text/javascript,${encodeURIComponent(program(place.path("out")))}`);
  await fc.assert(
    fc.asyncProperty(moments, async (milliseconds) => {
      const worker = new Worker(source, { stdout: true });
      await heard(worker.stdout, "going");
      await delay(milliseconds);
      await worker.terminate();
      expectRecovered();
    }),
    { numRuns: 12 },
  );
});
