import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { CasedrawError } from "../../errors.js";
import { someOf, thousands } from "../../frame/words.js";
import { readOwnCsv } from "../../report/own-csv.js";
import { hashOfManifest } from "../next-version/sample-versions.js";
import { readText } from "../read-text.js";
import type { SampleFolder } from "../sample/folder.js";

/** A version that goes on with a sample, in a folder that lies beside it. */
export interface LaterVersion {
  /** Of its folder, as the user writes that of the sample. */
  readonly label: string;
  /** Unit ids of its `sample.csv`. */
  readonly ids: ReadonlySet<string>;
}

/**
 * The versions that go on with a sample, as far as their folders lie beside its own: each names the manifest that it continues.
 * The last comes first.
 *
 * @param label - the sample's folder as the user wrote it
 */
export function laterVersions({ path }: SampleFolder, label: string): LaterVersion[] {
  const folders = readdirSync(dirname(path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => ({ name, path: join(dirname(path), name) }))
    .filter((each) => ["manifest.json", "sample.csv"].every((file) => existsSync(join(each.path, file))))
    .map((each) => ({ ...each, before: manifestBefore(each.path) }));
  const chain = [{ name: "", path }];
  for (const version of chain) {
    const own = hashOfManifest(version.path);
    chain.push(...folders.filter(({ before }) => before === own));
  }
  return chain
    .slice(1)
    .toReversed()
    .map(({ name, path: folder }) => {
      const file = join(label, "..", name, "sample.csv");
      const { header, rows } = readOwnCsv(readText(join(folder, "sample.csv"), file, "Sample"), file);
      const at = header.indexOf("unit_id");
      return { label: dirname(file), ids: new Set(rows.map((row) => row[at] ?? "")) };
    });
}

/**
 * Refuses findings of cases that a later version has and this one has not: it counts them and has other weights, so that figures
 * from this one would be wrong.
 *
 * @param ids - cases of the findings that this version has not drawn
 * @throws CasedrawError `FINDINGS_LATER_VERSION`
 */
export function refuseOutdated(
  ids: readonly string[],
  {
    label,
    file,
    later,
  }: { readonly label: string; readonly file: string; readonly later: readonly LaterVersion[] },
): void {
  const version = later.find((each) => ids.some((id) => each.ids.has(id)));
  if (version === undefined) return;
  const released = ids.filter((id) => version.ids.has(id));
  const [cases, were] = released.length === 1 ? ["case", "was"] : ["cases", "were"];
  throw new CasedrawError(
    "FINDINGS_LATER_VERSION",
    `Sample of the findings: the last version is wanted, got ${label}, and ${thousands(released.length)} ${cases} of ${file} ${were} ` +
      `released or drawn in a later one (${someOf(released)}). Give its folder: --sample ${version.label}.`,
    { file, sample: label, later: version.label, unit_ids: released },
  );
}

/** The hash of the manifest that a folder's sample goes on with; a folder that is no sample's has none. */
function manifestBefore(folder: string): unknown {
  const file = join(folder, "manifest.json");
  try {
    return JSON.parse(readText(file, file, "Manifest")).previous?.manifest_sha256;
  } catch {
    return undefined;
  }
}
