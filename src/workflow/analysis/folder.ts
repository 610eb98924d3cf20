import { resolve } from "node:path";
import { compareBytes } from "../../frame/text.js";
import { type AnalysisManifest, analysisManifestText } from "../../report/analysis-manifest.js";
import { type FolderWriter, writeFolder } from "../../report/folder.js";
import type { ManifestOutput } from "../../report/manifest.js";
import type { OutputFile } from "../../report/output-file.js";
import { type Run, textOfRun } from "../run-record.js";

/** Takes files, on the disk or to compare with those that lie there. */
export type FileTaker = Pick<FolderWriter, "file" | "stream">;

/** What an analysis, a check or a comparison puts into its folder. */
export interface AnalysisFiles {
  /** Writes every output but the records. */
  readonly write: (folder: FileTaker) => Promise<void>;
  /** What it says of itself, its outputs in byte order of their paths. */
  readonly manifest: (outputs: readonly ManifestOutput[]) => AnalysisManifest | Promise<AnalysisManifest>;
}

/**
 * Writes an analysis's folder, whole or not at all.
 *
 * @returns what its manifest lists
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function writeAnalysisFolder(
  files: AnalysisFiles,
  options: {
    readonly run: Run;
    readonly out: string;
    readonly force: boolean;
    readonly cwd: string;
    /** Called with the absolute target before the first byte is written. */
    readonly claim: (target: string) => void;
  },
): Promise<readonly ManifestOutput[]> {
  const { run, force } = options;
  const target = resolve(options.cwd, options.out);
  let outputs: readonly ManifestOutput[] = [];
  options.claim(target);
  await writeFolder(
    target,
    { force, protect: [run.planPath, ...run.files.map(({ file }) => file)] },
    async (folder) => {
      outputs = await fillAnalysisFolder(folder, files, { run, prefix: "" });
    },
  );
  return outputs;
}

/**
 * Writes an analysis's files and records into a folder that is being filled.
 *
 * @param options.prefix - subfolder with a slash at its end, or ""
 * @returns what its manifest lists
 */
export async function fillAnalysisFolder(
  folder: FolderWriter,
  { write, manifest }: AnalysisFiles,
  { run, prefix }: { readonly run: Run; readonly prefix: string },
): Promise<readonly ManifestOutput[]> {
  const outputs: ManifestOutput[] = [];
  const listed = ({ path, ...rest }: OutputFile): OutputFile => {
    const file = { path: path.slice(prefix.length), ...rest };
    outputs.push({ path: file.path, sha256: file.sha256 });
    return file;
  };
  await write({
    file: (name, content) => listed(folder.file(`${prefix}${name}`, content)),
    stream(name) {
      const { write, close } = folder.stream(`${prefix}${name}`);
      return { write, close: () => listed(close()) };
    },
  });
  outputs.sort((a, b) => compareBytes(a.path, b.path));
  folder.file(`${prefix}manifest.json`, analysisManifestText(await manifest(outputs)));
  folder.file(`${prefix}run.json`, textOfRun(run));
  return outputs;
}
