import { z } from "zod";
import { jsonText, type ManifestFrame, type ManifestOutput, parseRecord, recordParts } from "./manifest.js";

/** The analyses whose folders have this manifest. */
const analysisNames = ["pia", "check", "compare"] as const;

export type AnalysisName = (typeof analysisNames)[number];

/** What a folder with an analysis says of itself: no clock, user, host or absolute path. */
export interface AnalysisManifest {
  readonly casedraw: 1;
  readonly software: { readonly name: "casedraw"; readonly version: string };
  readonly algorithm: { readonly name: AnalysisName; readonly version: number };
  readonly edition: "internal" | "publishable";
  /** Whether pictures were drawn as PNG too, and put into documents. */
  readonly png: boolean;
  /** Of a comparison, what it is by, where that was named. */
  readonly by?: string;
  /** Resolved. */
  readonly plan: object;
  readonly inputs: readonly AnalysisInput[];
  /** Absent where the analysis took no export; of a publishable edition the digest only, for the rest is exact. */
  readonly frame?: AnalysisFrame;
  /** Every question of the catalogue, and whether it was answered. */
  readonly items: readonly { readonly id: string; readonly shown: boolean }[];
  readonly outputs: readonly ManifestOutput[];
}

export type AnalysisFrame = Pick<ManifestFrame, "digest"> & Partial<Omit<ManifestFrame, "digest">>;

export interface AnalysisInput {
  readonly path: string;
  /** In a publishable edition not of a file of few rows, nor its hash: its content could be tried out. An internal one has both. */
  readonly bytes?: number;
  readonly sha256?: string;
  /** Not in a publishable edition. */
  readonly rows_read?: number;
  readonly rows_matched?: number;
}

const { count, sha256, software, outputs } = recordParts;

const schema = z
  .strictObject({
    casedraw: z.literal(1),
    software,
    algorithm: z.strictObject({ name: z.enum(analysisNames), version: z.number().int().min(1) }),
    edition: z.enum(["internal", "publishable"]),
    png: z.boolean(),
    by: z.string().exactOptional(),
    plan: z.looseObject({ casedraw: z.literal(1) }),
    inputs: z.array(
      z.strictObject({
        path: z.string().min(1),
        bytes: count.exactOptional(),
        sha256: sha256.exactOptional(),
        rows_read: count.exactOptional(),
        rows_matched: count.exactOptional(),
      }),
    ),
    frame: z
      .strictObject({
        rows_read: count.exactOptional(),
        superseded: count.exactOptional(),
        folded: count.exactOptional(),
        eligible: count.exactOptional(),
        excluded: z.array(z.strictObject({ reason: z.string().min(1), count })).exactOptional(),
        digest: sha256,
        design_digest: sha256.exactOptional(),
        field_digests: z.record(z.string(), sha256).exactOptional(),
      })
      .exactOptional(),
    items: z.array(z.strictObject({ id: z.string().min(1), shown: z.boolean() })),
    outputs,
  })
  .superRefine(({ edition, inputs }, { addIssue }) => {
    for (const [at, input] of inputs.entries()) {
      if (edition === "publishable" || input.sha256 !== undefined) continue;
      const message = "an internal edition has the hash of every input";
      addIssue({ code: "custom", path: ["inputs", at, "sha256"], message });
    }
  });

/** The text of an analysis's `manifest.json`. */
export function analysisManifestText(manifest: AnalysisManifest): string {
  return jsonText({ ...schema.parse(manifest), plan: manifest.plan });
}

/** Whether a manifest's text is that of an analysis. */
export function isAnalysisManifest(text: string): boolean {
  try {
    return z
      .looseObject({ algorithm: z.looseObject({ name: z.enum(analysisNames) }) })
      .safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/**
 * Reads it back.
 *
 * @param file - its path, for messages
 * @throws CasedrawError `MANIFEST_FORMAT_UNKNOWN`, `MANIFEST_INVALID`
 */
export function parseAnalysisManifest(text: string, file: string): AnalysisManifest {
  return parseRecord(schema, text, file) as AnalysisManifest;
}
