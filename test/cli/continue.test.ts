import { describe, expect, test } from "vitest";
import { readArguments } from "../../src/cli/arguments.js";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { fakeHost } from "./fake.js";

const commands = catalogue.groups.flatMap((group) => group.commands);

describe("sample --replace and --extend", () => {
  test.each([
    [["--replace", "l.csv", "--out", "b"], "--replace: needs --from DIR"],
    [["--replace", "l.csv", "--extend", "a", "--out", "b"], "--extend: cannot stand beside --replace"],
    [["--replace", "l.csv", "--from", "a", "--size", "5", "--out", "b"], "--size: goes with --extend"],
    [["--replace", "l.csv", "--from", "a", "--after-findings", "--out", "b"], "--after-findings: goes with"],
    [["--extend", "a", "--out", "b"], "--size: must be a whole number from 1, got none"],
    [["--extend", "a", "--size", "6.5", "--out", "b"], "--size: must be a whole number from 1, got 6.5"],
    [["--extend", "a", "--from", "a", "--size", "5", "--out", "b"], "--from: goes with --replace"],
    [["--extend", "a", "--size", "5", "--seed", "1", "--out", "b"], "--seed: has no part in"],
    [["--extend", "a", "--size", "5", "--dry-run", "--out", "b"], "--dry-run: has no part in"],
    [
      ["--plan", "p", "--data", "c.csv", "--seed", "9", "--out", "b"],
      "--data: goes with --replace LOG or --extend DIR",
    ],
    [["--plan", "p", "--size", "5", "--out", "b"], "--size: goes with --replace LOG or --extend DIR"],
    [["--extend", "a", "--size", "5"], "needs --out DIR"],
    [["--commit", "--extend", "a", "--size", "5"], "--extend: goes with a draw, and --commit draws nothing"],
    [["--commit", "--replace", "l.csv", "--from", "a"], "--replace: goes with a draw"],
    [["--commit", "--plan", "p", "--data", "x.csv"], "--data: goes with a draw"],
    [["--commit", "--plan", "p", "--linked-to", "a"], "--linked-to: goes with a draw"],
  ])("%j is refused", async (words, message) => {
    const { host, said } = fakeHost();
    expect(await main(["sample", ...words], host, catalogue)).toBe(2);
    expect(said.err).toContain("error[USAGE] ");
    expect(said.err).toContain(message);
  });

  test("neither needs a plan", () => {
    expect(readArguments(["sample", "--extend", "a", "--size", "5", "--out", "b"], commands)).toMatchObject({
      kind: "run",
    });
  });
});
