import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readArguments } from "../../src/cli/arguments.js";
import type { Invocation } from "../../src/cli/command.js";
import { readGlobals } from "../../src/cli/global-options.js";
import { CasedrawError } from "../../src/errors.js";
import { draw, fakeCatalogue } from "./fake.js";

const commands = fakeCatalogue(() => 0).catalogue.groups.flatMap((group) => group.commands);

function invocation(...words: string[]): Invocation {
  const request = readArguments(["draw", ...words], commands);
  if (request.kind !== "run") throw new Error(`read as ${request.kind}`);
  return request.invocation;
}

function refusal(...argv: string[]): CasedrawError {
  try {
    readArguments(argv, commands);
  } catch (error) {
    if (error instanceof CasedrawError) return error;
    throw error;
  }
  throw new Error(`${argv.join(" ")} was not refused`);
}

describe("a command's words", () => {
  test("operands, values, lists and flags in any order", () => {
    expect(
      invocation("--seed", "a b", "here", "--out=x=y", "me", "--dry-run", "--data", "1.csv", "2.csv"),
    ).toEqual({
      operands: ["here", "me"],
      values: { seed: "a b", out: "x=y" },
      lists: { data: ["1.csv", "2.csv"] },
      flags: new Set(["dry-run"]),
    });
  });

  test("what is not given is undefined, an empty list, no flag", () => {
    expect(invocation("here", "--seed", "1", "--out", "x")).toEqual({
      operands: ["here"],
      values: { seed: "1", out: "x" },
      lists: { data: [] },
      flags: new Set(),
    });
  });

  test("a list ends at the next option or a lone --, and --data=FILE takes one word", () => {
    const rest = ["--seed", "1", "--dry-run"];
    expect(invocation("here", "--data", "a", "b", ...rest, "me")).toMatchObject({
      operands: ["here", "me"],
      lists: { data: ["a", "b"] },
    });
    expect(invocation(...rest, "--data", "a", "--", "here").operands).toEqual(["here"]);
    expect(invocation(...rest, "--data=a", "here", "--data=b")).toMatchObject({
      operands: ["here"],
      lists: { data: ["a", "b"] },
    });
  });

  test("after a lone -- nothing is an option", () => {
    expect(invocation("--seed", "1", "--out", "x", "--", "--help", "--json").operands).toEqual([
      "--help",
      "--json",
    ]);
    expect(readGlobals(["draw", "--", "--json"]).json).toBe(false);
  });

  test("global options stand anywhere and are no part of the invocation", () => {
    const request = readArguments(
      ["--json", "draw", "--quiet", "here", "--seed=1", "--out=x", "--no-color"],
      commands,
    );
    expect(request).toMatchObject({ kind: "run", command: { name: "draw" } });
    expect(request.kind === "run" && [...request.invocation.flags]).toEqual([]);
  });
});

describe("a value is its argument's text", () => {
  test("any text after --seed=", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "binary" }), (seed) => {
        expect(invocation("here", `--seed=${seed}`, "--dry-run").values.seed).toBe(seed);
      }),
    );
  });

  test.each(["007", "1e3", " ", "-", "0", "née"])("%j after --seed", (seed) => {
    expect(invocation("here", "--seed", seed, "--dry-run").values.seed).toBe(seed);
  });

  test("a value with a hyphen before it needs the equals sign", () => {
    expect(refusal("draw", "here", "--seed", "-5", "--dry-run").message).toBe(
      "--seed: needs a value, got -5. If that is the value, write --seed=-5.",
    );
    expect(invocation("here", "--seed=-5", "--dry-run").values.seed).toBe("-5");
    expect(invocation("here", "--seed=--json", "--dry-run").values.seed).toBe("--json");
  });
});

describe("refusals", () => {
  test.each([
    [["draw", "here", "--dry-run", "--seed"], "--seed: needs a value, got none. Write --seed SEED."],
    [["draw", "here", "--dry-run", "--seed="], '--seed: needs a value, got "". Write --seed SEED.'],
    [["draw", "here", "--dry-run", "--seed", ""], '--seed: needs a value, got "". Write --seed SEED.'],
    [["draw", "here", "--seed", "1"], "casedraw draw: needs --out FILE, got none."],
    [["draw", "here"], "casedraw draw: needs --seed SEED and --out FILE, got neither."],
    [["draw", "--seed", "1", "--dry-run"], "DIR: is needed, got none."],
    [
      ["draw", "--seed", "1", "--dry-run", "--data", "a", "here"],
      "DIR: is needed, got none. Write it before --data, or after a lone --.",
    ],
    [
      ["draw", "a", "b", "c", "--seed", "1", "--dry-run"],
      '"c": draw takes at most 2, got 3. Put quotes round a value that has blanks in it.',
    ],
    [["idle", "a"], '"a": idle takes no operand, got 1. Put quotes round a value that has blanks in it.'],
    [["idle", ""], 'An operand: must not be empty, got "". Leave it out.'],
    [["draw", "--seed", "1", "--seed", "1"], "--seed: may be given once, got it twice. Leave one out."],
    [["draw", "--dry-run=yes"], '--dry-run: takes no value, got "yes". Write --dry-run alone.'],
    [["idle", "--json=yes"], '--json: takes no value, got "yes". Write --json alone.'],
    [["draw", "--sede", "1"], "--sede: draw has no such option. Did you mean --seed?"],
    [["idle", "--coarse"], "--coarse: idle has no such option. Did you mean --grain coarse?"],
    [
      ["idle", "--data", "a"],
      "--data: idle has no such option. It is one of draw; casedraw idle --help lists its own.",
    ],
    [["draw", "--jsno"], "--jsno: draw has no such option. Did you mean --json?"],
    [["draw", "-5x"], "-5x: draw has no such option. If it is an operand, write -- before it."],
    [["darw"], '"darw": casedraw has no such command. Did you mean draw?'],
    [["pseudonymise"], '"pseudonymise": casedraw has no such command. It has draw, idle.'],
    [["help", "darw"], '"darw": casedraw has no such command. Did you mean draw?'],
    [["help", "draw", "idle"], "casedraw help: takes one command, got 2."],
    [
      ["--jsn", "idle"],
      "--jsn: casedraw alone has no such option; those of a command come after its name. Did you mean --json?",
    ],
  ])("%j", (argv, message) => {
    const error = refusal(...argv);
    expect(error.message).toBe(message);
    expect(error.code).toBe("USAGE");
  });

  test("they carry the usage of the command that was meant", () => {
    expect(refusal("draw", "--sede").details).toEqual({
      command: "draw",
      option: "--sede",
      suggestion: "--seed",
      usage: ["casedraw draw DIR [NAME] --seed SEED --out FILE [--data FILE...] [--dry-run]"],
    });
  });
});

describe("help and version", () => {
  test.each([
    [[], { kind: "bare" }],
    [["--json"], { kind: "bare" }],
    [["--help"], { kind: "help" }],
    [["-h"], { kind: "help" }],
    [["help"], { kind: "help" }],
    [["help", "help"], { kind: "help" }],
    [["help", "draw"], { kind: "help", command: draw }],
    [["--help", "draw"], { kind: "help", command: draw }],
    [["draw", "--nonsense", "--help", "--version"], { kind: "help", command: draw }],
    [["draw", "--seed", "-h"], { kind: "help", command: draw }],
    [["--version"], { kind: "version" }],
    [["draw", "--nonsense", "--version"], { kind: "version" }],
  ])("%j", (argv, request) => {
    expect(readArguments(argv, commands)).toEqual(request);
  });
});
