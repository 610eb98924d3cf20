import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Io } from "../../src/cli/io.js";
import { main } from "../../src/cli/main.js";
import { CasedrawError } from "../../src/errors.js";
import { fakeCatalogue, fakeHost } from "./fake.js";

const draw = ["draw", "here", "--seed", "7", "--dry-run"];

async function run(
  argv: readonly string[],
  act: (io: Io) => number,
  options?: Parameters<typeof fakeHost>[0],
) {
  const { host, said } = fakeHost(options);
  const { catalogue, loaded } = fakeCatalogue((_, io) => act(io));
  return { code: await main(argv, host, catalogue), loaded, ...said };
}

describe("a command's run", () => {
  test("its exit code and its words come out, a line end each", async () => {
    const result = await run(draw, (io) => {
      io.say("working");
      io.out("one");
      io.out("two\n");
      return 3;
    });
    expect(result).toMatchObject({ code: 3, out: "one\ntwo\n", err: "working\n", loaded: ["draw"] });
  });

  test("--quiet silences messages, but neither results nor errors", async () => {
    const result = await run([...draw, "--quiet"], (io) => {
      io.say("working");
      io.out("one");
      io.error("bad");
      return 0;
    });
    expect(result).toMatchObject({ out: "one\n", err: "bad\n" });
  });

  test("claims reach the host, and the command knows where it is", async () => {
    const result = await run([...draw, "--json"], (io) => {
      io.claim("x");
      io.claim(undefined);
      io.out(`${io.cwd} ${io.json} ${io.quiet}`);
      return 0;
    });
    expect(result).toMatchObject({ claims: ["x", undefined], out: "/somewhere true false\n" });
  });

  const bar = ["step 0.5"];
  test.each([
    ["on a terminal", [], { out: true, err: true }, {}, bar],
    ["with results in a file", [], { out: false, err: true }, {}, bar],
    ["with messages in a file", [], { out: true, err: false }, {}, []],
    ["under --quiet", ["--quiet"], { out: true, err: true }, {}, []],
    ["under --json", ["--json"], { out: true, err: true }, {}, []],
    ["on a dumb terminal", [], { out: true, err: true }, { TERM: "dumb" }, []],
  ])("progress %s", async (_, flags, terminal, env, expected) => {
    const act = (io: Io) => {
      io.progress("step", 0.5);
      return 0;
    };
    expect((await run([...draw, ...flags], act, { terminal, env })).progress).toEqual(expected);
  });

  test.each([
    ["on a terminal", [], { out: true, err: false }, {}, true],
    ["in a pipe", [], { out: false, err: true }, {}, false],
    ["with --no-color", ["--no-color"], { out: true, err: true }, {}, false],
    ["with --json", ["--json"], { out: true, err: true }, {}, false],
    ["with NO_COLOR", [], { out: true, err: true }, { NO_COLOR: "1" }, false],
    ["with an empty NO_COLOR", [], { out: true, err: true }, { NO_COLOR: "" }, true],
  ])("colour %s", async (_, flags, terminal, env, expected) => {
    let colour: boolean | undefined;
    const act = (io: Io) => {
      colour = io.colour;
      return 0;
    };
    await run([...draw, ...flags], act, { terminal, env });
    expect(colour).toBe(expected);
  });
});

describe("failures", () => {
  const refuse = () => {
    throw new CasedrawError("FILE_NOT_FOUND", "Export: must be there, got nothing (x.csv).", {
      file: "x.csv",
    });
  };

  test("bad input is an error line and exit code 2", async () => {
    expect(await run(draw, refuse)).toMatchObject({
      code: 2,
      out: "",
      err: "error[FILE_NOT_FOUND] Export: must be there, got nothing (x.csv).\n",
    });
  });

  test("under --json the same is an object on standard output", async () => {
    const { code, out } = await run([...draw, "--json"], refuse);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({
      error: {
        code: "FILE_NOT_FOUND",
        message: "Export: must be there, got nothing (x.csv).",
        details: { file: "x.csv" },
      },
    });
  });

  test("bad usage loads nothing and shows how the command is written", async () => {
    const result = await run(["draw", "--sede"], () => 0);
    expect(result).toMatchObject({ code: 2, out: "", loaded: [] });
    expect(result.err).toBe(
      "error[USAGE] --sede: draw has no such option. Did you mean --seed?\n" +
        "Usage: casedraw draw DIR [NAME] --seed SEED --out FILE [--data FILE...] [--dry-run]\n" +
        "Help: casedraw draw --help\n",
    );
  });

  const stumble = () => {
    throw Object.assign(new TypeError("Cannot read Jane Smith"), { code: "ENOSPC" });
  };

  test("anything else is a fault of casedraw, told without what it says: it may quote the data", async () => {
    const { code, err, out } = await run([...draw, "--json"], stumble);
    expect(code).toBe(1);
    expect(err).toMatch(/^error\[FAULT\] casedraw: has met a fault of its own, got TypeError ENOSPC/);
    expect(err).toContain(`Node ${process.version}`);
    expect(err + out).not.toContain("Jane");
    expect(err.trimEnd()).not.toContain("\n");
    expect(JSON.parse(out)).toMatchObject({ error: { code: "FAULT", details: { systemCode: "ENOSPC" } } });
  });

  test("CASEDRAW_DEBUG=1 shows all of it", async () => {
    const { err } = await run(draw, stumble, { env: { CASEDRAW_DEBUG: "1" } });
    expect(err).toMatch(/TypeError: Cannot read Jane Smith\n {4}at /);
  });

  test("the error's mark is red on a terminal alone", async () => {
    const terminal = { out: false, err: true };
    const { err } = await run(draw, refuse, { terminal });
    expect(err.startsWith("\u001b[1;31merror[FILE_NOT_FOUND]\u001b[0m Export")).toBe(true);
    expect((await run([...draw, "--no-color"], refuse, { terminal })).err).toMatch(/^error\[/);
  });
});

describe("help and version", () => {
  test("casedraw alone is help on standard error and exit code 2", async () => {
    const { code, out, err } = await run([], () => 0);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("casedraw COMMAND --help");
  });

  test("casedraw --json alone is an error object", async () => {
    const { code, out } = await run(["--json"], () => 0);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code: "USAGE" } });
  });

  test("help is a result, and loads nothing", async () => {
    const result = await run(["draw", "--help"], () => 0);
    expect(result).toMatchObject({ code: 0, err: "", loaded: [] });
    expect(result.out).toMatch(/^casedraw draw: draw things\n/);
    const { out } = await run(["draw", "--help", "--json"], () => 0);
    expect(JSON.parse(out)).toEqual({ help: result.out });
  });

  test("the version is the package's", async () => {
    const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    const { version } = JSON.parse(text) as { version: string };
    expect(await run(["--version"], () => 0)).toMatchObject({ code: 0, out: `casedraw ${version}\n` });
    expect(JSON.parse((await run(["--version", "--json"], () => 0)).out)).toEqual({
      name: "casedraw",
      version,
    });
  });
});
