import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import {
  jsonText,
  type Manifest,
  type ManifestOutput,
  parseManifest,
  parseRecord,
  recordParts,
} from "../../report/manifest.js";
import { readText } from "../read-text.js";

/** What an archive says of itself. */
export interface ArchiveManifest {
  readonly casedraw: 1;
  readonly software: { readonly name: "casedraw"; readonly version: string };
  readonly archive: ArchiveFacts;
  /** The sample's own manifest, with pseudonyms for ids and keyed checks for what was hashed over them. */
  readonly record: Manifest;
  /** Every file of the folder but `manifest.json`, in byte order of their paths. */
  readonly outputs: readonly ManifestOutput[];
}

export interface ArchiveFacts {
  readonly pseudonyms: string;
  /** Tells that two archives or copies have the same key. */
  readonly key_check: string;
  /** Whether the sample was replayed from its export just before. */
  readonly verified_with_export: boolean;
  /** ISO date. */
  readonly retain_until?: string;
  /** Keyed: with the key they tell whether an export, and a sample of it, are those of the archive. */
  readonly checks: {
    readonly frame: string;
    readonly design: string;
    readonly selection: string;
    readonly manifest: string;
  };
  /** What was read for the draw. */
  readonly inputs: readonly { readonly check: string; readonly bytes: number; readonly rows_read: number }[];
  readonly register: readonly RegisterMark[] | null;
  /** Checks that cannot be made without the export. */
  readonly lost: readonly string[];
}

/** A line of the register of draws, without the digests that are made over ids. */
export interface RegisterMark {
  readonly line: number;
  readonly time: string;
  readonly kind: "draw" | "replace" | "extend" | "update" | "add" | "commit";
  /** Of all but a draw and a commitment. */
  readonly version?: number;
  /** Version of casedraw. */
  readonly software: string;
  /** Keyed, of the line's own hash: with the key and the register it is found again. */
  readonly check: string;
  /** Of the draw: how many draws of the same plan stand before it. */
  readonly draws_before?: number;
}

const { count, software, outputs } = recordParts;
const text = z.string().min(1);
const check = z.string().regex(/^p[0-9a-f]{20}$/, "p and 20 hexadecimal digits");
const schema = z.strictObject({
  casedraw: z.literal(1),
  software,
  archive: z.strictObject({
    pseudonyms: text,
    key_check: check,
    verified_with_export: z.boolean(),
    retain_until: z.iso.date().exactOptional(),
    checks: z.strictObject({ frame: check, design: check, selection: check, manifest: check }),
    inputs: z.array(z.strictObject({ check, bytes: count, rows_read: count })),
    register: z
      .array(
        z.strictObject({
          line: z.number().int().min(1),
          time: z.iso.datetime(),
          kind: z.enum(["draw", "replace", "extend", "update", "add", "commit"]),
          version: z.number().int().min(2).exactOptional(),
          software: text,
          check,
          draws_before: count.exactOptional(),
        }),
      )
      .min(1)
      .nullable(),
    lost: z.array(text),
  }),
  record: z.looseObject({}),
  outputs,
});

/** The text of an archive's `manifest.json`. */
export function archiveText(manifest: ArchiveManifest): string {
  return jsonText(manifest);
}

/** An archive as it lies on the disk. */
export interface ArchiveFolder {
  /** Absolute. */
  readonly path: string;
  /** As the user wrote it. */
  readonly label: string;
  readonly manifest: ArchiveManifest;
}

/**
 * Opens an archive.
 *
 * @returns undefined where the folder is none
 * @throws CasedrawError `MANIFEST_INVALID`, `MANIFEST_FORMAT_UNKNOWN`
 */
export function openArchive(path: string, label: string): ArchiveFolder | undefined {
  const file = join(path, "manifest.json");
  if (!existsSync(file)) return undefined;
  const shown = join(label, "manifest.json");
  const written = readText(file, shown, "Manifest");
  if (!isArchiveManifest(written)) return undefined;
  const { record, ...rest } = parseRecord(schema, written, shown);
  return { path, label, manifest: { ...rest, record: parseManifest(jsonText(record), shown) } };
}

function isArchiveManifest(written: string): boolean {
  try {
    return z.looseObject({ archive: z.looseObject({}) }).safeParse(JSON.parse(written)).success;
  } catch {
    return false;
  }
}
