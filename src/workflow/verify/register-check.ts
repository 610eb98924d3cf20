import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import type { RegisterReference } from "../../report/manifest.js";
import { type DrawHistory, historyOf } from "../../report/register/history.js";
import { type DrawEntry, type RegisterLine, readRegister } from "../../report/register/lines.js";
import type { SampleFolder } from "../sample/folder.js";
import { drawEntry } from "../sample/register.js";
import { differingPaths } from "./compare-records.js";
import type { Remark } from "./remark.js";

/** A draw's line as verification found it. */
export interface RegisterStory {
  /** Absolute path of the register. */
  readonly file: string;
  readonly line: number;
  readonly history: DrawHistory;
}

/** What the register of draws says of a sample's folder. */
export interface RegisterCheck {
  readonly differences: readonly Remark[];
  readonly notes: readonly Remark[];
  /** Absent where the draw has no line, or the chain up to it is broken. */
  readonly story?: RegisterStory;
}

/**
 * Looks up a folder's draw in its register: the line must be there as it was written, and every line before it in the
 * chain. Lines after it, and lines whose folder is gone, do not matter.
 *
 * @param options.planFolder - where the register is sought when it is not where `run.json` says
 * @param options.register - the register as the user named it; null to leave it out
 * @throws CasedrawError `FILE_NOT_READABLE`, `NOT_A_FILE`, `REGISTER_FORMAT_UNKNOWN`
 */
export function checkRegister(
  folder: SampleFolder,
  options: { readonly cwd: string; readonly planFolder: string; readonly register?: string | null },
): RegisterCheck {
  const written = folder.run?.register;
  if (options.register === null) return noteOnly("was not looked at (--register none)");
  const entry = drawEntry(folder.manifest);
  if (options.register !== undefined) {
    return look(resolve(options.cwd, options.register), written ?? undefined, entry);
  }
  if (folder.run === undefined)
    return noteOnly(
      "was not looked at: run.json, which says where it lay, is gone. Name it with --register FILE",
    );
  if (written === undefined) return noteOnly("is not kept for this draw: the release that drew it had none");
  if (written === null) {
    return noteOnly(
      "this draw is in none (--register none, as for the demonstration), so nobody can tell how many were made before it",
    );
  }
  const beside = join(options.planFolder, basename(written.file));
  return look(!existsSync(written.file) && existsSync(beside) ? beside : written.file, written, entry);
}

function look(file: string, written: RegisterReference | undefined, entry: DrawEntry): RegisterCheck {
  if (!existsSync(file)) {
    return different(
      `${file} is not there, and holds ${written === undefined ? "the draw's line" : `line ${written.line}`}. ` +
        "Put it back, or say where it lies now with --register FILE",
    );
  }
  const lines = readRegister(bytesOf(file), file);
  const broken = lines.find(({ fault }) => fault !== undefined);
  const found =
    written === undefined
      ? lines.find(
          ({ record }) =>
            record !== undefined && record.kind === entry.kind && differences(entry, record).length === 0,
        )
      : lines[written.line - 1];
  const problems = problemsOf(found, { lines, written, entry, file });
  const last = found?.number ?? lines.length;
  for (const { number, fault } of lines.slice(0, last)) {
    if (fault !== undefined) problems.push(`the chain of ${file} is broken: line ${number} ${fault}`);
  }
  const record = found?.record;
  if (problems.length > 0 || found === undefined || record === undefined || record.kind === "commit") {
    return { differences: problems.map((text) => ({ subject: "register", text })), notes: [] };
  }
  const history = historyOf(lines.slice(0, found.number - 1), record);
  const notes = history.cut.map((number) => `line ${number} was cut short by a crash, and counts as no draw`);
  if (broken !== undefined) {
    notes.push(`after this draw's line the chain is broken: line ${broken.number} ${broken.fault}`);
  }
  return {
    differences: [],
    notes: notes.map((text) => ({ subject: "register", text })),
    story: { file, line: found.number, history },
  };
}

function problemsOf(
  found: RegisterLine | undefined,
  draw: {
    readonly lines: readonly RegisterLine[];
    readonly written: RegisterReference | undefined;
    readonly entry: DrawEntry;
    readonly file: string;
  },
): string[] {
  const { lines, written, entry, file } = draw;
  if (written === undefined) return found === undefined ? [`${file} has no line for this draw`] : [];
  const { line, hash } = written;
  if (found !== undefined && found.hash === hash) {
    const record = found.record?.kind === entry.kind ? found.record : undefined;
    if (record === undefined) return [`line ${line} of ${file} records no draw`];
    return differences(entry, record).map(
      (path) => `line ${line} of ${file} has another ${path} than the manifest`,
    );
  }
  const elsewhere = lines.find((each) => each.hash === hash);
  if (elsewhere !== undefined) {
    return [
      `this draw's line is line ${elsewhere.number} of ${file}, and was line ${line} when it was written`,
    ];
  }
  return [
    found === undefined
      ? `line ${line}, this draw's, is missing from ${file}, which has ${lines.length}`
      : `line ${line} of ${file}, this draw's, was edited, or another stands in its place`,
  ];
}

/** The facts in which a line differs from what the manifest would have entered; the release decides nothing of a draw. */
function differences(entry: DrawEntry, record: DrawEntry): string[] {
  const { kind: _, software: __, ...facts } = entry;
  return Object.entries(facts)
    .filter(([name, value]) => differingPaths(value, record[name as keyof DrawEntry]).length > 0)
    .map(([name]) => name);
}

function bytesOf(file: string): Uint8Array {
  if (!statSync(file).isFile()) {
    throw new CasedrawError(
      "NOT_A_FILE",
      `Register: it must be a file, got a folder or a device (${file}). Check the path.`,
      {
        file,
      },
    );
  }
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown cause";
    throw new CasedrawError(
      "FILE_NOT_READABLE",
      `Register cannot be read, got ${code} (${file}). Check who may read it.`,
      { file },
    );
  }
}

function noteOnly(text: string): RegisterCheck {
  return { differences: [], notes: [{ subject: "register", text }] };
}

function different(text: string): RegisterCheck {
  return { differences: [{ subject: "register", text }], notes: [] };
}
