import { existsSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { AnalysisInput, AnalysisManifest } from "../../report/analysis-manifest.js";
import type { ManifestOutput } from "../../report/manifest.js";
import { sha256OfFile } from "../../report/sha256.js";
import { differingPaths } from "../verify/compare-records.js";
import type { Remark } from "../verify/remark.js";

/**
 * Other bytes that give the same frame are worth a note; what has no frame must be the same bytes. A file without a recorded hash is
 * told of, and one that is not recorded at all differs.
 */
export function compareInputs(
  was: AnalysisManifest,
  {
    now,
    inputs,
    supplied,
    differences,
    notes,
  }: {
    readonly now: AnalysisManifest;
    readonly inputs: readonly AnalysisInput[];
    readonly supplied: readonly string[];
    readonly differences: Remark[];
    readonly notes: Remark[];
  },
): void {
  const sameFrame = was.frame?.digest === now.frame?.digest;
  if (!sameFrame) {
    differences.push({ subject: "data", text: "gives another frame than when the analysis was made" });
  }
  const hashOf = new Map(inputs.map(({ path, sha256 }) => [path, sha256]));
  for (const path of hashOf.keys()) {
    if (!was.inputs.some((before) => before.path === path))
      differences.push({ subject: basename(path), text: "is read now and is not in the manifest" });
  }
  for (const before of was.inputs) {
    if (hashOf.has(before.path) && hashOf.get(before.path) === before.sha256) continue;
    if (!hashOf.has(before.path)) {
      notes.push({
        subject: basename(before.path),
        text: "was read when the analysis was made, and is not now",
      });
      continue;
    }
    if (before.sha256 === undefined) {
      notes.push({
        subject: basename(before.path),
        text: "has no hash in the manifest, as few rows have in a publishable edition: its bytes were not compared",
      });
      continue;
    }
    const ofFrame = !supplied.includes(before.path);
    const finding = {
      subject: basename(before.path),
      text: "has other bytes than when the analysis was made",
    };
    if (ofFrame && sameFrame) notes.push({ ...finding, text: `${finding.text}, and gives the same frame` });
    else if (!ofFrame) differences.push(finding);
  }
}

/** What the manifest says beside its files: what was answered, and who was counted. */
export function recordDifferences(was: AnalysisManifest, is: AnalysisManifest): Remark[] {
  const parts = was.frame?.digest === is.frame?.digest ? (["frame", "items"] as const) : (["items"] as const);
  return parts.flatMap((part) =>
    differingPaths(was[part], is[part], part).map(({ path }) => ({
      subject: "manifest",
      text: `${path} is recorded otherwise than it comes out`,
    })),
  );
}

/** The files that have pictures in pixels: each chart's own, and the documents that show them. */
export function withPng(outputs: readonly ManifestOutput[]): string[] {
  const charts = outputs.flatMap(({ path }) => (/^charts\/.*\.svg$/.test(path) ? [path] : []));
  if (charts.length === 0) return [];
  const documents = outputs.flatMap(({ path }) => (path.endsWith(".docx") ? [path] : []));
  return [...charts.map((path) => path.replace(/svg$/, "png")), ...documents];
}

export const unrecorded = "is made by this plan and data and was not then";

export function replayDifferences(was: readonly ManifestOutput[], is: readonly ManifestOutput[]): Remark[] {
  const now = new Map(is.map(({ path, sha256 }) => [path, sha256]));
  const then = new Set(was.map(({ path }) => path));
  return [
    ...was.flatMap(({ path, sha256 }) => {
      const again = now.get(path);
      if (again === sha256) return [];
      return [
        {
          subject: path,
          text:
            again === undefined
              ? "is not made by this plan and data"
              : "comes out otherwise when it is made again",
        },
      ];
    }),
    ...is.flatMap(({ path }) => (then.has(path) ? [] : [{ subject: path, text: unrecorded }])),
  ];
}

export function diskDifferences(folder: string, outputs: readonly ManifestOutput[]): Remark[] {
  return outputs.flatMap(({ path, sha256 }) => {
    const file = join(folder, path);
    if (!existsSync(file)) return [{ subject: path, text: "is missing from the folder" }];
    if (!statSync(file).isFile()) return [{ subject: path, text: "is no longer a file" }];
    const hash = sha256OfFile(file);
    return hash === sha256 ? [] : [{ subject: path, text: "was changed since it was written" }];
  });
}
