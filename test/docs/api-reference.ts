import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Extractor, ExtractorConfig, type IConfigFile } from "@microsoft/api-extractor";

/** A declaration as API Extractor's model has it. */
interface Declaration {
  readonly kind: string;
  readonly name: string;
  readonly docComment?: string;
  readonly excerptTokens: readonly { readonly kind: string; readonly text: string }[];
  readonly members?: readonly Declaration[];
}

/** A stage of the work and what the library has for it. */
interface Stage {
  readonly title: string;
  /** The page's name, without ending. */
  readonly slug: string;
  readonly from: string;
  readonly declarations: readonly Declaration[];
}

/**
 * The reference of the library, made of its declarations and their doc comments.
 *
 * @param root - of a package that is built
 * @returns path from the root → Markdown
 */
export function apiPages(root: string): ReadonlyMap<string, string> {
  const model = modelOf(root, "dist/index.d.ts");
  const stages = [
    ...stagesOf(readFileSync(join(root, "src/index.ts"), "utf8")).map(({ title, names }) =>
      stageOf(
        title,
        "casedraw",
        names.flatMap((name) => model.filter((each) => each.name === name)),
      ),
    ),
    stageOf("Danfojs: data frames", "casedraw/danfo", modelOf(root, "dist/interop/danfo.d.ts")),
  ];
  const places = new Map(
    stages.flatMap((stage) => stage.declarations.map((each) => [each.name, linkOf(stage, each)])),
  );
  return new Map([
    ["docs/api.md", overview(stages)],
    ...stages.map((stage): [string, string] => [`docs/api/${stage.slug}.md`, page(stage, places)]),
  ]);
}

/** Every declaration of an entry point, as it is named there. */
export function modelOf(root: string, entry: string): readonly Declaration[] {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-api-"));
  try {
    const file = join(folder, "api.json");
    const off = { enabled: false };
    const compilerOptions = {
      module: "nodenext",
      moduleResolution: "nodenext",
      target: "es2022",
      lib: ["es2023"],
      types: ["node"],
      strict: true,
      skipLibCheck: true,
    };
    const configObject = {
      projectFolder: root,
      mainEntryPointFilePath: join(root, entry),
      compiler: { overrideTsconfig: { compilerOptions, include: [entry] } },
      apiReport: off,
      dtsRollup: off,
      tsdocMetadata: off,
      docModel: { enabled: true, apiJsonFilePath: file },
    } as unknown as IConfigFile; // its type asks for what its own defaults fill in
    const config = ExtractorConfig.prepare({
      configObject,
      configObjectFullPath: undefined,
      packageJsonFullPath: join(root, "package.json"),
    });
    const { succeeded, errorCount } = Extractor.invoke(config, {
      messageCallback(message) {
        if (message.logLevel !== "error") message.handled = true;
      },
    });
    if (errorCount > 0) throw new Error(`API Extractor found ${errorCount} errors in ${entry}: ${succeeded}`);
    const { members } = JSON.parse(readFileSync(file, "utf8")) as { members: [{ members: Declaration[] }] };
    return members[0].members;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The stages of src/index.ts: a comment on a line of its own, and the names that are passed on under it. */
function stagesOf(index: string): { readonly title: string; readonly names: readonly string[] }[] {
  const [, ...parts] = index.split(/^\/\/ (?=.*\n\n)/m).slice(1);
  return parts.map((part) => {
    const end = part.indexOf("\n");
    const lists = [...part.slice(end).matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, list = ""]) =>
      list.split(","),
    );
    const names = lists
      .map((each) =>
        each
          .trim()
          .replace(/^type /, "")
          .replace(/^.* as /, ""),
      )
      .filter(Boolean);
    return { title: part.slice(0, end), names };
  });
}

function stageOf(title: string, from: string, declarations: readonly Declaration[]): Stage {
  const [short = title] = title.split(":");
  const slug = short.toLowerCase().replaceAll(/[^a-z]+/g, "-");
  const isFunction = ({ kind }: Declaration): boolean => kind === "Function";
  const byName = (a: Declaration, b: Declaration): number => (a.name < b.name ? -1 : 1);
  return {
    title,
    slug,
    from,
    declarations: [
      ...declarations.filter(isFunction),
      ...declarations.filter((each) => !isFunction(each)).sort(byName),
    ],
  };
}

/** Functions and types may have one name but for their capitals, and headings know none. */
function headingOf({ kind, name }: Declaration): string {
  return kind === "Interface" || kind === "TypeAlias" ? `type ${name}` : name;
}

function linkOf({ slug }: Stage, declaration: Declaration): string {
  return `${slug}.md#${headingOf(declaration).toLowerCase().replaceAll(" ", "-")}`;
}

const generated = "<!-- Made by npm run docs:api from the doc comments: edit those. -->";

function overview(stages: readonly Stage[]): string {
  const parts = stages.map((stage) => {
    const rows = stage.declarations
      .filter(({ kind }) => kind !== "Interface" && kind !== "TypeAlias")
      .map((each) => `- [\`${each.name}\`](api/${linkOf(stage, each)}): ${firstSentence(each)}`);
    return `## [${stage.title}](api/${stage.slug}.md)\n\nFrom \`${stage.from}\`.\n\n${rows.join("\n")}\n`;
  });
  return `# The library

${generated}

Everything that the commands do, for scripts and notebooks: \`import { loadPlan, readDesign, drawSample } from "casedraw"\`.
In a folder of your own, \`npm install PATH\` with the path of casedraw's folder makes it known there, and its command too. A script is
an ES module: name it \`script.mjs\`, or write \`"type": "module"\` into \`package.json\`. TypeScript needs \`@types/node\` beside it.

Functions that read, write or draw pictures are asynchronous, and load what they need when they are first called. Relative
paths begin at \`cwd\`, by default the current folder. What is refused throws a \`CasedrawError\` with a
[code](reference/errors.md). A proportion is a fraction from 0 to 1.

${parts.join("\n")}`;
}

function page(stage: Stage, places: ReadonlyMap<string, string>): string {
  const parts = stage.declarations.map((each) => entry(each, places));
  return `# ${stage.title}\n\n${generated}\n\nImported from \`${stage.from}\`. [All of the library](../api.md)\n\n${parts.join("\n")}`;
}

function entry(declaration: Declaration, places: ReadonlyMap<string, string>): string {
  const { kind } = declaration;
  const { summary, tags } = commentOf(declaration);
  const parameters = tags.filter(({ tag }) => tag === "param").map(({ text }) => `- ${parameter(text)}`);
  const said = (tag: string, label: string): string[] =>
    tags.filter((each) => each.tag === tag).map(({ text }) => ended(`${label}${prose(text)}`));
  const examples = tags.filter(({ tag }) => tag === "example").map(({ text }) => `\`\`\`js\n${text}\n\`\`\``);
  const uses = usedTypes(declaration)
    .filter((name) => name !== declaration.name && places.has(name))
    .map((name) => `[${name}](${places.get(name)})`);
  return `${[
    `## ${headingOf(declaration)}`,
    prose(summary),
    ...(kind === "Variable" ? [] : [`\`\`\`ts\n${codeOf(declaration)}\n\`\`\``]),
    ...(parameters.length === 0 ? [] : [parameters.join("\n")]),
    ...said("returns", "Returns "),
    ...said("throws", "Throws "),
    ...said("remarks", ""),
    ...said("see", "Source: "),
    ...examples,
    ...(uses.length === 0 ? [] : [`Types: ${uses.join(", ")}.`]),
  ].join("\n\n")}\n`;
}

function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** `options.cwd - text`, as API Extractor writes it back. */
function parameter(text: string): string {
  const found = /^(?:- )?([\w.]+) - (.*)$/s.exec(text.trim());
  return found === null ? prose(text) : `\`${found[1]}\`: ${prose(found[2] as string)}`;
}

interface Comment {
  readonly summary: string;
  readonly tags: readonly { readonly tag: string; readonly text: string }[];
}

export function commentOf({ docComment = "" }: Declaration): Comment {
  const lines = docComment
    .replace(/^\/\*\*/, "")
    .replace(/\*\/\s*$/, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd());
  const [summary = "", ...tagged] = lines.join("\n").split(/^@(?=[a-z]+)/m);
  const tags = tagged.map((each) => {
    const [tag = ""] = /^[a-z]+/.exec(each) ?? [];
    return { tag, text: each.slice(tag.length).trim() };
  });
  return { summary: summary.trim(), tags };
}

/** Text as Markdown has it: lines of a paragraph joined, what looks like a tag outside code made text. */
function prose(text: string): string {
  const blocks = text.trim().split(/\n{2,}/);
  return blocks
    .map((block) => block.replaceAll(/\n(?!- |\d+\. )\s*/g, " "))
    .map((block) =>
      block.replaceAll(/`[^`]*`|<|\{@link ([^}]+)\}/g, (found, link?: string) =>
        link ? `\`${link.trim()}\`` : found === "<" ? "&lt;" : found,
      ),
    )
    .join("\n\n");
}

function firstSentence(declaration: Declaration): string {
  const text = prose(commentOf(declaration).summary).split("\n\n")[0] as string;
  return /^.*?[.](?= [A-Z]|$)/.exec(text)?.[0] ?? text;
}

function textOf(declaration: Declaration): string {
  const text = declaration.excerptTokens
    .map((token) => token.text)
    .join("")
    .replace(/^export (?:declare )?/, "")
    .trim();
  // A parameter that is taken apart at once has no name but the one that its comment gives.
  const named = commentOf(declaration).tags.find(({ tag }) => tag === "param")?.text;
  const name = /^(?:- )?(\w+)/.exec(named ?? "")?.[1] ?? "input";
  return text.replace(/\(input: /, `(${name}: `);
}

/** A declaration as code, with the comments of its members. */
function codeOf(declaration: Declaration): string {
  const { members } = declaration;
  if (members === undefined) return textOf(declaration);
  const lines = members.map((member) => {
    const { summary } = commentOf(member);
    const comment = summary === "" ? "" : `  /** ${summary.replaceAll(/\s*\n\s*/g, " ")} */\n`;
    return `${comment}  ${textOf(member).replaceAll("\n", "\n  ")}`;
  });
  return `${textOf(declaration)} {\n${lines.join("\n")}\n}`;
}

function usedTypes({ excerptTokens, members = [] }: Declaration): string[] {
  const own = excerptTokens.filter(({ kind }) => kind === "Reference").map(({ text }) => text);
  return [...new Set([...own, ...members.flatMap(usedTypes)])].sort();
}
