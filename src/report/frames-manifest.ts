import { z } from "zod";
import { jsonText, type ManifestOutput, parseRecord, recordParts } from "./manifest.js";

/** What a folder with the samples of several frames says of itself; each frame's own manifest is in its subfolder. */
export interface FramesManifest {
  readonly casedraw: 1;
  readonly software: { readonly name: "casedraw"; readonly version: string };
  /** The seed that was given; each frame's own is made from it. */
  readonly seed: string;
  /** In plan order. */
  readonly frames: readonly FrameRecord[];
  /** Every file of the folder and its subfolders but the `run.json` of each and this manifest, in byte order. */
  readonly outputs: readonly ManifestOutput[];
}

export interface FrameRecord {
  /** Also its subfolder. */
  readonly name: string;
  readonly seed: string;
  /** Drawn. */
  readonly units: number;
  /** Of its `manifest.json`. */
  readonly manifest_sha256: string;
}

const { sha256, count, software, outputs } = recordParts;

const schema = z.strictObject({
  casedraw: z.literal(1),
  software,
  seed: z.string().min(1),
  frames: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, "a frame's name"),
        seed: z.string().min(1),
        units: count,
        manifest_sha256: sha256,
      }),
    )
    .min(1),
  outputs,
});

/** The text of the `manifest.json` of several frames. */
export function framesManifestText(manifest: FramesManifest): string {
  return jsonText(schema.parse(manifest));
}

/** Whether a manifest's text is that of several frames, and not of one sample. */
export function isFramesManifest(text: string): boolean {
  try {
    return z.looseObject({ frames: z.array(z.unknown()) }).safeParse(JSON.parse(text)).success;
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
export function parseFramesManifest(text: string, file: string): FramesManifest {
  return parseRecord(schema, text, file);
}
