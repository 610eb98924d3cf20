import { existsSync, statSync } from "node:fs";
import { basename, normalize, resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { closeInput, hashFile, openInput } from "../../readers/input-file.js";

/** What a manifest says of an input; a publishable one does not say the hash of every file. */
export interface RecordedInput {
  readonly path: string;
  readonly bytes?: number;
  readonly sha256?: string;
}

/**
 * The files named with --data that stand for inputs of each of several samples that are verified together: a file goes to those
 * whose input it is byte for byte, and one that is nobody's so to those whose input's file name it has and that none of the files is.
 *
 * @param samples - the inputs of each
 */
export function dataOfEach(
  samples: readonly (readonly RecordedInput[])[],
  { cwd, data }: { readonly cwd: string; readonly data: readonly string[] },
): string[][] {
  const shares = samples.map((): string[] => []);
  const recognised = data.map((file) => recognise(resolve(cwd, file)));
  for (const [place, file] of data.entries()) {
    const exact = samples.map((inputs) => inputs.some(recognised[place] as (typeof recognised)[number]));
    const named = samples.map((inputs) =>
      inputs.some(
        (input) => basename(input.path) === basename(file) && !recognised.some((isInput) => isInput(input)),
      ),
    );
    const takers = exact.includes(true) ? exact : named;
    for (const [at, takes] of takers.entries()) if (takes) shares[at]?.push(file);
  }
  return shares;
}

/**
 * Files named with --data, by the input that each stands for: the one that it is byte for byte, else by file name, else all data
 * files in the plan's order.
 *
 * @param inputs - the plan's, with what is recorded of each
 * @param options.dataFiles - how many of them, the first, are data files
 * @throws CasedrawError `DATA_NOT_AN_INPUT`
 */
export function namedInputs(
  inputs: readonly RecordedInput[],
  {
    cwd,
    data,
    dataFiles,
  }: { readonly cwd: string; readonly data: readonly string[]; readonly dataFiles: number },
): Map<number, string> {
  const found = new Map<number, string>();
  const others = data.filter((file) => {
    const isInput = recognise(resolve(cwd, file));
    const exact = inputs.flatMap((input, at) => (isInput(input) ? [at] : []));
    for (const at of exact) found.set(at, file);
    return exact.length === 0;
  });
  const exact = new Set(found.keys());
  const strangers = others.filter((file) => {
    const matches = inputsNamed(file, inputs);
    for (const at of matches) {
      const other = found.get(at);
      const { path } = inputs[at] as RecordedInput;
      if (other !== undefined && other !== file) {
        const isSame = !exact.has(at) && endsWithPath(file, path) === endsWithPath(other, path);
        if (exact.has(at) || isSame) throw twoForOne([other, file], path, exact.has(at));
      }
      if (other === undefined || endsWithPath(file, path)) found.set(at, file);
    }
    return matches.length === 0;
  });
  if (strangers.length === 0) return found;
  const open = inputs.slice(0, dataFiles).flatMap((_, at) => (found.has(at) ? [] : [at]));
  if (strangers.length === others.length && strangers.length === open.length) {
    for (const [at, file] of strangers.entries()) found.set(open[at] as number, file);
    return found;
  }
  throw new CasedrawError(
    "DATA_NOT_AN_INPUT",
    `File is not an input of this sample: ${strangers.join(", ")}. Its inputs are ${inputs.map(({ path }) => path).join(", ")}. ` +
      "Name moved files by the same file name, or name every data file in the plan's order.",
    { files: strangers },
  );
}

/** Inputs with a file's name: of several, the one whose path the file's own ends with. */
function inputsNamed(file: string, inputs: readonly RecordedInput[]): number[] {
  const named = inputs.flatMap(({ path }, at) => (basename(path) === basename(file) ? [at] : []));
  return named.length === 1
    ? named
    : named.filter((at) => endsWithPath(file, (inputs[at] as RecordedInput).path));
}

function twoForOne(files: readonly [string, string], path: string, isExact: boolean): CasedrawError {
  const which = isExact
    ? `${files[0]} is the one that was drawn from`
    : "neither is byte for byte the one that was drawn from";
  return new CasedrawError(
    "DATA_NOT_AN_INPUT",
    `File named with --data: each stands for one input, got ${files[0]} and ${files[1]} for ${path}; ${which}. Name only one.`,
    { files },
  );
}

/** Whether a file is an input byte for byte; it is read only where it has as many bytes. */
export function recognise(file: string): (input: RecordedInput) => boolean {
  const stats = existsSync(file) ? statSync(file) : undefined;
  const size = stats?.isFile() === true ? stats.size : undefined;
  let hash: string | undefined;
  return ({ bytes, sha256 }) => {
    if (sha256 === undefined || size === undefined || size !== bytes) return false;
    hash ??= hashOf(file);
    return hash === sha256;
  };
}

function hashOf(path: string): string {
  const file = openInput(path, path);
  try {
    return hashFile(file, () => {});
  } finally {
    closeInput(file);
  }
}

function endsWithPath(file: string, path: string): boolean {
  const [long, short] = [file, path].map((each) => normalize(each).replaceAll("\\", "/")) as [string, string];
  return long === short || long.endsWith(`/${short}`);
}
