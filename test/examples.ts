import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** An `@example` of a doc comment. */
export interface Example {
  /** File under src. */
  readonly file: string;
  /** Line of the tag, from 1. */
  readonly line: number;
  readonly text: string;
}

/** A part of an example: statements, or an expression with the result that is shown after `// →`. */
export type Step =
  | { readonly statements: string }
  | {
      readonly expression: string;
      readonly expected: string;
      /** Of `to N places`. */
      readonly places?: number;
    };

/** Every example of the sources, by file and line. */
export function examplesOf(source: string): Example[] {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  return files.sort().flatMap((file) => {
    const lines = readFileSync(join(source, file), "utf8").split("\n");
    return lines.flatMap((line, at): Example[] => {
      const tag = /^\s*\* @example ?(.*)$/.exec(line) ?? /^\s*\/\*\* @example (.*) \*\/$/.exec(line);
      if (tag === null) return [];
      const rest = lines.slice(at + 1);
      const end = rest.findIndex((each) => /^\s*\* @|^\s*\*\//.test(each));
      const more = line.includes("*/") ? [] : rest.slice(0, end).map((each) => each.replace(/^\s*\* ?/, ""));
      return [{ file, line: at + 1, text: [tag[1] as string, ...more].join("\n").trim() }];
    });
  });
}

/**
 * Takes an example apart. A result stands after `// →`, at the end of its expression or on a line of its own:
 * `EXPRESSION // → VALUE to 4 places; why`, where the last two parts may be left out.
 */
export function stepsOf(text: string): Step[] {
  const steps: Step[] = [];
  let pending: string[] = [];
  for (const line of text.split("\n")) {
    const [code, shown] = line.split(/\s*\/\/ → /) as [string, string?];
    if (code.trim() !== "" && !code.trim().startsWith("//")) pending.push(code);
    if (shown === undefined) continue;
    const start = pending.slice(0, -1).findLastIndex((each) => /[;}]\s*$/.test(each)) + 1;
    if (start > 0) steps.push({ statements: pending.slice(0, start).join("\n") });
    const expression = pending.slice(start).join("\n").trim().replace(/;$/, "");
    const [value = ""] = shown.split(/; /);
    const places = / to (\d+) places$/.exec(value);
    steps.push({
      expression,
      expected: value.replace(/ to \d+ places$/, ""),
      ...(places === null ? {} : { places: Number(places[1]) }),
    });
    pending = [];
  }
  if (pending.length > 0) steps.push({ statements: pending.join("\n") });
  return steps;
}

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<void>;

/**
 * Runs an example.
 *
 * @param names - what it may use
 * @param check - given each result, what is shown for it, and to how many places
 */
export async function runExample(
  text: string,
  names: Readonly<Record<string, unknown>>,
  check: (found: unknown, expected: unknown, places: number | undefined) => void,
): Promise<void> {
  const { code, imported } = await importsOf(text);
  const scope = { ...names, ...imported };
  const body = stepsOf(code).map((step) =>
    "statements" in step
      ? `${step.statements}\n`
      : `check__(await (${step.expression}), ${step.expected}, ${step.places});\n`,
  );
  const run = new AsyncFunction("check__", ...Object.keys(scope), `"use strict";\n${body.join("")}`);
  await run(check, ...Object.values(scope));
}

/** What an example imports, and the rest of it. */
async function importsOf(
  text: string,
): Promise<{ readonly code: string; readonly imported: Readonly<Record<string, unknown>> }> {
  const imported: Record<string, unknown> = {};
  for (const [, names = "", from = ""] of text.matchAll(importing)) {
    const loaded: Record<string, unknown> & { readonly default?: Record<string, unknown> } = await import(
      /* @vite-ignore */ from
    );
    for (const name of names.split(",").map((each) => each.trim())) {
      imported[name] = loaded[name] ?? loaded.default?.[name];
    }
  }
  return { code: text.replaceAll(importing, ""), imported };
}

const importing = /^import \{ ([^}]+) \} from "([^"]+)";\n/gm;
