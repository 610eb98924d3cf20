import { describe, expect, test } from "vitest";
import { readArguments } from "../../src/cli/arguments.js";
import { catalogue } from "../../src/cli/catalogue.js";
import { commandHelp, topHelp } from "../../src/cli/help.js";

const commands = catalogue.groups.flatMap((group) => group.commands);

test("the help of casedraw names every command, in lines of at most 80 columns", () => {
  const help = topHelp(catalogue.groups, false);
  const width = Math.max(...commands.map(({ name }) => name.length));
  for (const { name, summary } of commands) expect(help).toContain(`  ${name.padEnd(width)}  ${summary}\n`);
  expect(longestLine(help)).toBeLessThanOrEqual(80);
});

describe.each(commands.map((command) => [command.name, command] as const))("%s", (name, command) => {
  test("its help has every option and an example, in lines of at most 80 columns", () => {
    const help = commandHelp(command, false);
    for (const option of [...command.options, { name: "json" }])
      expect(help).toContain(`\n  --${option.name} `);
    for (const operand of command.operands) expect(help).toContain(`\n  ${operand.name} `);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const example of command.examples) expect(help).toContain(`\n  ${example}\n`);
    expect(longestLine(help)).toBeLessThanOrEqual(80);
  });

  test.each(command.examples)("%s is read as a run of it", (example) => {
    const [program, ...argv] = example.split(" ");
    expect(program).toBe("casedraw");
    expect(readArguments(argv, commands)).toMatchObject({ kind: "run", command: { name } });
  });

  test("it can be loaded", async () => {
    expect((await catalogue.load(name)).run).toBeTypeOf("function");
  });
});

test("colour changes nothing but colour", () => {
  const help = topHelp(catalogue.groups, true);
  expect(help).toContain("\u001b[1mUsage\u001b[0m");
  expect(help.replaceAll("\u001b[1m", "").replaceAll("\u001b[0m", "")).toBe(topHelp(catalogue.groups, false));
});

function longestLine(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length));
}
