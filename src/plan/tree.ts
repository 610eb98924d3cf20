import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, Parser } from "yaml";
import { CasedrawError } from "../errors.js";
import type { PlanPath, Problems } from "./problems.js";

/** One value of the plan as it was written. */
export class Written {
  /** The source text: `007`, `yes` and `2026-11-16` as they stand; without the quotes where there are any. */
  readonly text: string;
  /** What YAML takes a plain value for. */
  readonly value: unknown;
  readonly quoted: boolean;

  constructor(text: string, value: unknown, quoted: boolean) {
    this.text = text;
    this.value = value;
    this.quoted = quoted;
  }

  /** A key with nothing after it. */
  get isEmpty(): boolean {
    return this.text === "" && !this.quoted;
  }
}

export type PlanNode = Written | PlanNode[] | PlanMap;
export interface PlanMap {
  [key: string]: PlanNode;
}

/** A plan of hundreds of strata and value maps is a tenth of this; what is larger is an export named by mistake. */
export const mostPlanBytes = 512 << 10;

/** The refusal of a file that can be no plan: reading it as one could take all of the memory. */
export function planTooLarge(file: string): CasedrawError {
  return new CasedrawError(
    "PLAN_TOO_LARGE",
    `Plan is too large: it may have at most 512 kB, and this is more (${file}). Make sure that it is the plan and not an export.`,
    { file },
  );
}

/**
 * Reads YAML 1.2 to keys, lists and values as written, and marks the line of each.
 * Anchors, aliases, tags and keys given twice go to `problems`.
 *
 * @throws CasedrawError `PLAN_TOO_LARGE`, `PLAN_NOT_YAML`, `PLAN_EMPTY`, `PLAN_NOT_KEYS`, `PLAN_SEVERAL_DOCUMENTS`
 */
export function readTree(
  text: string,
  options: { readonly file: string; readonly problems: Problems },
): PlanMap {
  const { file, problems } = options;
  if (text.length > mostPlanBytes) throw planTooLarge(file);
  const counter = new LineCounter();
  const documents = parseYaml(text, file, counter);
  const [document, second] = documents;
  if (document === undefined || (second === undefined && isNothing(document.contents))) {
    throw new CasedrawError(
      "PLAN_EMPTY",
      `Plan is empty: expected keys such as casedraw, title and data (${file}). See docs/plan.md for a whole plan.`,
      { file },
    );
  }
  if (second !== undefined) {
    const line = counter.linePos(second.range[0]).line;
    throw new CasedrawError(
      "PLAN_SEVERAL_DOCUMENTS",
      `Plan holds ${documents.length} YAML documents: expected one (${file}, line ${line}). ` +
        `Remove the lines "---" or "..." between them, or keep each plan in its own file.`,
      { file, line },
    );
  }
  const builder = new TreeBuilder(counter, problems);
  const root = builder.build(document.contents as unknown as Node, []);
  if (root instanceof Written || Array.isArray(root)) {
    const line = counter.linePos(document.contents?.range?.[0] ?? 0).line;
    throw new CasedrawError(
      "PLAN_NOT_KEYS",
      `Plan must be keys with values, such as "title: Autumn inspection", got ${Array.isArray(root) ? "a list" : "plain text"} ` +
        `(${file}, line ${line}). See docs/plan.md for a whole plan.`,
      { file, line },
    );
  }
  return root;
}

function parseYaml(text: string, file: string, lineCounter: LineCounter) {
  const control = /[^\P{Cc}\t\n\r\x85]/u.exec(text);
  if (control !== null) {
    const before = text.slice(0, control.index).split("\n");
    const place = { line: before.length, column: (before.at(-1) ?? "").length + 1 };
    throw notYaml("it holds a control character; save the file as plain UTF-8 text", file, place);
  }
  const documents = readDocuments(text, file, lineCounter);
  for (const document of documents) {
    if (document.directives?.yaml.explicit === true && document.directives.yaml.version !== "1.2") {
      const line = text.slice(0, text.indexOf("%YAML")).split("\n").length;
      throw notYaml("casedraw reads YAML 1.2; take the %YAML line out", file, { line, column: 1 });
    }
    const error = document.errors[0];
    if (error !== undefined) {
      const { line, col } = lineCounter.linePos(error.pos[0]);
      throw notYaml(yamlHint(error.code, error.message), file, { line, column: col });
    }
  }
  return documents;
}

/** Plans are a handful of levels deep; the library's composer recurses, and thousands would end the process. */
const deepest = 50;

function readDocuments(text: string, file: string, lineCounter: LineCounter) {
  lineCounter.addNewLine(0);
  const parser = new Parser(lineCounter.addNewLine);
  function* tokens() {
    for (const lexeme of new Lexer().lex(text)) {
      yield* parser.next(lexeme);
      if (parser.stack.length > deepest) {
        const { line, col } = lineCounter.linePos(parser.offset);
        throw notYaml(`it is nested more than ${deepest} levels deep`, file, { line, column: col });
      }
    }
    yield* parser.end();
  }
  const composer = new Composer({ version: "1.2", uniqueKeys: false, logLevel: "silent" });
  return [...composer.compose(tokens())];
}

function notYaml(what: string, file: string, place: { line: number; column: number }): CasedrawError {
  return new CasedrawError(
    "PLAN_NOT_YAML",
    `Plan cannot be read as YAML: ${what} (${file}, line ${place.line}, column ${place.column}). ` +
      "Correct that place and run again.",
    { file, ...place },
  );
}

/** What usually lies behind a fault, and the library's own words for it. */
function yamlHint(code: string, message: string): string {
  const said = message.replace(/\.$/, "");
  switch (code) {
    case "TAB_AS_INDENT":
      return "lines are indented with blanks, not tabs";
    case "BLOCK_AS_IMPLICIT_KEY":
      return `a text that holds ": " needs quotes around it (${said})`;
    case "BAD_SCALAR_START":
    case "UNEXPECTED_TOKEN":
      return `a text that starts with a special character needs quotes around it (${said})`;
    case "MISSING_CHAR":
    case "BAD_INDENT":
      return `a quote, bracket or colon is missing, or lines do not start in the same column (${said})`;
    default:
      return said;
  }
}

function isNothing(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null && (node.source ?? "") === "");
}

class TreeBuilder {
  readonly #counter: LineCounter;
  readonly #problems: Problems;

  constructor(counter: LineCounter, problems: Problems) {
    this.#counter = counter;
    this.#problems = problems;
  }

  build(node: Node | null, at: PlanPath): PlanNode {
    if (node === null) return new Written("", null, false);
    if (isAlias(node)) {
      this.#problems.add(
        at,
        `must be written out, got the alias "*${node.source}": the plan takes no anchors or aliases.`,
      );
      return new Written("", null, false);
    }
    if (node.anchor !== undefined) {
      this.#problems.addForm(
        at,
        `must stand without an anchor, got "&${node.anchor}": take it out and write out each place that used it.`,
      );
    }
    if (node.tag !== undefined) {
      this.#problems.addForm(at, `must stand without a YAML tag, got "${shortTag(node.tag)}": take it out.`);
    }
    if (isMap(node)) return this.#map(node.items as MapItems, at);
    if (isSeq(node)) return node.items.map((item, i) => this.#item(item as Node | null, [...at, i]));
    if (!isScalar(node)) throw new Error("a YAML node of unknown kind");
    const quoted = node.type !== undefined && node.type !== "PLAIN";
    return new Written(node.source ?? "", node.value, quoted);
  }

  #item(item: Node | null, at: PlanPath): PlanNode {
    this.#mark(item, at);
    return this.build(item, at);
  }

  #map(items: MapItems, at: PlanPath): PlanMap {
    const map: PlanMap = {};
    for (const { key, value } of items) {
      const line = this.#lineOf(key ?? value);
      const written =
        isScalar(key) && key.anchor === undefined && key.tag === undefined ? (key.source ?? "") : undefined;
      if (written === undefined || written === "__proto__" || (written === "" && isNothing(key))) {
        this.#problems.addForm(
          at,
          "has a key that is not plain text; write each key as a word or a text in quotes.",
          line,
        );
        continue;
      }
      const place = [...at, written];
      if (Object.hasOwn(map, written)) {
        const first = this.#problems.lineOf(place);
        this.#problems.addForm(place, `is given twice, on lines ${first} and ${line}; keep one.`, line);
        continue;
      }
      this.#problems.mark(place, line);
      map[written] = this.build(value, place);
    }
    return map;
  }

  #mark(node: Node | null, at: PlanPath): void {
    if (node?.range) this.#problems.mark(at, this.#lineOf(node));
  }

  #lineOf(node: Node | null): number {
    return this.#counter.linePos(node?.range?.[0] ?? 0).line;
  }
}

type MapItems = { key: Node | null; value: Node | null }[];

function shortTag(tag: string): string {
  return tag.replace("tag:yaml.org,2002:", "!!");
}
