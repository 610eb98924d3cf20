import { execFile } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Document, parseDocument } from "yaml";
import { type Block, blocksOf, mended, withShown } from "./blocks.js";

export const root = resolve(import.meta.dirname, "../..");
/** The built command line; `CASEDRAW_BIN` names another build. */
export const bin = process.env.CASEDRAW_BIN ?? join(root, "dist/bin/casedraw.js");

/** A demonstration made once, which every page that runs `casedraw demo` gets a copy of. */
export interface Demo {
  readonly folder: string;
  readonly printed: string;
}

export async function makeDemo(): Promise<Demo> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "casedraw-docs-demo-")));
  const { stdout } = await promisify(execFile)(process.execPath, [bin, "demo"], { cwd: folder });
  return { folder, printed: stdout };
}

export function copyDemo(demo: Demo, folder: string): void {
  const target = join(folder, "casedraw-demo");
  cpSync(join(demo.folder, "casedraw-demo"), target, { recursive: true });
  for (const name of readdirSync(target, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith("run.json")) continue;
    const text = readFileSync(join(target, name), "utf8");
    writeFileSync(join(target, name), text.replaceAll(demo.folder, folder));
  }
}

/**
 * Runs all that a page says in an empty folder with `data-samples` and `docs/verify.py`.
 *
 * @param demo - called where the page runs `casedraw demo`
 * @returns the page with the output that was really printed in place of what it shows; what agrees stays as it is
 * @throws Error where a command ends otherwise than the page says
 */
export async function run(page: string, demo: () => Promise<Demo>): Promise<string> {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "casedraw-docs-")));
  const folder = join(place, "visit");
  try {
    mkdirSync(folder);
    makePrograms(join(place, "bin"));
    cpSync(join(root, "data-samples"), join(folder, "data-samples"), { recursive: true });
    mkdirSync(join(folder, "docs"));
    cpSync(join(root, "docs/verify.py"), join(folder, "docs/verify.py"));
    const changes: Parameters<typeof withShown>[1][number][] = [];
    for (const block of blocksOf(page)) {
      if (block.kind === "write") write(block, folder);
      else
        for (const [k, { command, shown }] of block.entries.entries()) {
          const exit = k === block.entries.length - 1 ? block.exit : 0;
          const printed = await obey(command, { folder, demo, exit, line: block.line });
          if (shown !== undefined) changes.push({ shown, lines: mended(shown.lines, printed) });
        }
    }
    return withShown(page, changes);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function obey(
  command: string,
  { folder, demo, exit, line }: { folder: string; demo: () => Promise<Demo>; exit: number; line: number },
): Promise<readonly string[]> {
  if (/^(npx )?casedraw demo$/.test(command)) {
    const made = await demo();
    copyDemo(made, folder);
    return linesOf(made.printed, folder);
  }
  const { code, printed } = await shell(command, folder);
  if (code !== exit)
    throw new Error(`line ${line}: ${command}\nends with ${code} and not with ${exit}:\n${printed}`);
  return linesOf(printed, folder);
}

function linesOf(printed: string, folder: string): readonly string[] {
  return printed
    .replaceAll(`${folder}/`, "")
    .trimEnd()
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line, _, all) => all.length > 1 || line !== "");
}

/** What a terminal shows of a command: standard output and standard error as they come. */
function shell(command: string, folder: string): Promise<{ code: number; printed: string }> {
  const env = {
    ...process.env,
    NO_COLOR: "1",
    TZ: "UTC",
    PATH: `${join(folder, "../bin")}${delimiter}${process.env.PATH}`,
  };
  return new Promise((done) => {
    execFile(
      "/bin/sh",
      ["-c", `{ ${command}\n} 2>&1`],
      { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 },
      (error, printed) => done({ code: error === null ? 0 : Number(error.code ?? 1), printed }),
    );
  });
}

/** Makes `casedraw`, and `npx` for the pages that say `npx casedraw`. */
function makePrograms(folder: string): void {
  mkdirSync(folder);
  for (const [name, text] of [
    ["casedraw", `exec "${process.execPath}" "${bin}" "$@"`],
    ["npx", 'exec "$@"'],
  ] as const) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }
}

function write(block: Extract<Block, { kind: "write" }>, folder: string): void {
  const path = join(folder, block.path);
  mkdirSync(dirname(path), { recursive: true });
  if (block.how === "file") writeFileSync(path, block.text);
  else if (!existsSync(path)) throw new Error(`line ${block.line}: there is no ${block.path} to change`);
  else if (block.how === "append") writeFileSync(path, readFileSync(path, "utf8") + block.text);
  else writeFileSync(path, merged(parseDocument(readFileSync(path, "utf8")), block.text));
}

function merged(document: Document, text: string): string {
  const changes = parseDocument(text).toJS() as Record<string, unknown>;
  for (const [key, value] of Object.entries(changes)) document.set(key, document.createNode(value));
  return document.toString({ lineWidth: 0 });
}
