import { z } from "zod";
import { CasedrawError } from "../errors.js";
import { type ManifestStep, stepSchema } from "./manifest-steps.js";
import { count, sha256 } from "./record-parts.js";

/** What a drawn sample's folder says of itself; with `frame.csv` it is all that is needed to re-derive the draw. */
export interface Manifest {
  /** The manifest's format. */
  readonly casedraw: 1;
  readonly software: { readonly name: "casedraw"; readonly version: string };
  readonly algorithm: { readonly name: string; readonly version: number };
  readonly seed: string;
  /** As resolved, with its defaults filled in. Reading a manifest does not check inside it: the plan room does. */
  readonly plan: object;
  /** Every file that was read, lookups and lists too, in the plan's order. */
  readonly inputs: readonly ManifestInput[];
  readonly frame: ManifestFrame;
  /** In byte order of their keys. */
  readonly strata: readonly ManifestStratum[];
  readonly selection: { readonly units: number; readonly digest: string };
  /** Where inclusion probabilities were estimated by replaying the draw. */
  readonly estimation?: ManifestEstimation;
  /** Where units were replaced or added since the draw: from 2. */
  readonly version?: number;
  /** The version before, by what proves it. */
  readonly previous?: PreviousVersion;
  /** What was done since the draw: from each step came a version. */
  readonly steps?: readonly ManifestStep[];
  /** Where the sample is one of several frames' of one plan. */
  readonly of_frames?: FrameMark;
  /** Where the sample takes what is linked to an earlier one. */
  readonly linked_to?: LinkMark;
  /** Every file of the folder but `manifest.json` and `run.json`, in byte order of their paths. */
  readonly outputs: readonly ManifestOutput[];
}

export interface ManifestInput {
  /** As the plan writes it. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows_read: number;
  readonly rows_matched: number;
}

export interface ManifestFrame {
  readonly rows_read: number;
  readonly superseded: number;
  readonly folded: number;
  readonly eligible: number;
  readonly excluded: readonly { readonly reason: string; readonly count: number }[];
  readonly digest: string;
  readonly design_digest: string;
  readonly field_digests: Readonly<Record<string, string>>;
}

export interface ManifestStratum {
  readonly stratum: string;
  /** Eligible units. */
  readonly population: number;
  /** Under `one_per`: what is allocated. */
  readonly families?: number;
  readonly allocated: number;
  readonly drawn: number;
  readonly reserves: number;
  /** A fraction; 0 where nothing was allocated. */
  readonly inclusion_probability: number;
  /** Of a class that an update made: the plan's stratum, the stratum of the version before, and how many it had in the sample. */
  readonly of?: string;
  readonly from?: string;
  readonly kept?: number;
  /** From here: where units were replaced or added since the draw. */
  readonly released?: number;
  readonly added?: number;
  readonly out_of_scope?: number;
  readonly inaccessible?: number;
  readonly conflict?: number;
  /** Of all units ever drawn or released, the share that is neither inaccessible nor a conflict; a fraction. */
  readonly response_rate?: number;
  /** How many eligible units are in scope, as far as the sample tells. */
  readonly in_scope?: number;
}

export interface PreviousVersion {
  readonly selection_digest: string;
  /** Of its `manifest.json`. */
  readonly manifest_sha256: string;
}

export interface ManifestEstimation {
  /** The label of the streams of random numbers, k from 1. */
  readonly stream: string;
  /** Replays that count, and those that could not fill a stratum. */
  readonly replays: number;
  readonly discarded: number;
}

/** Which frame a sample is of, and the seed that was given for all of them: its own is made from the two. */
export interface FrameMark {
  readonly frame: string;
  readonly seed: string;
}

/** The earlier sample, by what proves it, and by which field this one is linked to it. */
export interface LinkMark {
  readonly by: string;
  readonly algorithm: { readonly name: string; readonly version: number };
  readonly frame_digest: string;
  readonly selection_digest: string;
  /** Of its `manifest.json`. */
  readonly manifest_sha256: string;
}

export interface ManifestOutput {
  /** Within the folder, with `/` between its parts. */
  readonly path: string;
  readonly sha256: string;
}

/** What is not reproducible, and is never hashed: it lets `verify DIR` find the files again. */
export interface RunRecord {
  readonly casedraw: 1;
  /** UTC, as `2026-11-16T09:30:00.000Z`. */
  readonly when: string;
  /** How long the run took. */
  readonly seconds: number;
  /** Node's version, as `v20.19.0`. */
  readonly node: string;
  /** System and processor, as `linux-x64`. */
  readonly platform: string;
  /** Absolute path of the plan. */
  readonly plan: string;
  /** The manifest's inputs, in its order: the path as the plan writes it, and where the file lay. */
  readonly inputs: readonly { readonly path: string; readonly file: string }[];
  /** Absolute path of the folder of the sample that this one is linked to. */
  readonly linked_to?: string;
  /** Absolute path of the folder of the version before. */
  readonly from?: string;
  /** The draw's line in the register of draws; null where none was kept, absent before there were registers. */
  readonly register?: RegisterReference | null;
}

export interface RegisterReference {
  /** Absolute path. */
  readonly file: string;
  /** Number of the line, from 1. */
  readonly line: number;
  /** SHA-256 of the line's bytes without its LF. */
  readonly hash: string;
}

const outputs = z.array(z.strictObject({ path: z.string().min(1), sha256 }));
const software = z.strictObject({ name: z.literal("casedraw"), version: z.string().min(1) });

/** Parts of a record that another kind of manifest has too. */
export const recordParts = { count, sha256, software, outputs };

// Zod gives an object's keys back in the order below, which is thus the order in which they are written.
const manifestSchema = z.strictObject({
  casedraw: z.literal(1),
  software,
  algorithm: z.strictObject({ name: z.string().min(1), version: z.number().int().min(1) }),
  seed: z.string().min(1),
  plan: z.looseObject({ casedraw: z.literal(1) }),
  inputs: z.array(
    z.strictObject({ path: z.string().min(1), bytes: count, sha256, rows_read: count, rows_matched: count }),
  ),
  frame: z.strictObject({
    rows_read: count,
    superseded: count,
    folded: count,
    eligible: count,
    excluded: z.array(z.strictObject({ reason: z.string().min(1), count })),
    digest: sha256,
    design_digest: sha256,
    field_digests: z.record(z.string(), sha256),
  }),
  strata: z.array(
    z.strictObject({
      stratum: z.string().min(1),
      population: count,
      families: count.exactOptional(),
      allocated: count,
      drawn: count,
      reserves: count,
      inclusion_probability: z.number().min(0).max(1),
      of: z.string().min(1).exactOptional(),
      from: z.string().min(1).exactOptional(),
      kept: count.exactOptional(),
      released: count.exactOptional(),
      added: count.exactOptional(),
      out_of_scope: count.exactOptional(),
      inaccessible: count.exactOptional(),
      conflict: count.exactOptional(),
      response_rate: z.number().min(0).max(1).exactOptional(),
      in_scope: z.number().min(0).exactOptional(),
    }),
  ),
  selection: z.strictObject({ units: count, digest: sha256 }),
  estimation: z.strictObject({ stream: z.string().min(1), replays: count, discarded: count }).exactOptional(),
  version: z.number().int().min(2).exactOptional(),
  previous: z.strictObject({ selection_digest: sha256, manifest_sha256: sha256 }).exactOptional(),
  steps: z.array(stepSchema).min(1).exactOptional(),
  of_frames: z.strictObject({ frame: z.string().min(1), seed: z.string().min(1) }).exactOptional(),
  linked_to: z
    .strictObject({
      by: z.string().min(1),
      algorithm: z.strictObject({ name: z.string().min(1), version: z.number().int().min(1) }),
      frame_digest: sha256,
      selection_digest: sha256,
      manifest_sha256: sha256,
    })
    .exactOptional(),
  outputs,
});

const runSchema = z.strictObject({
  casedraw: z.literal(1),
  when: z.iso.datetime(),
  seconds: z.number().min(0),
  node: z.string().min(1),
  platform: z.string().min(1),
  plan: z.string().min(1),
  inputs: z.array(z.strictObject({ path: z.string().min(1), file: z.string().min(1) })),
  linked_to: z.string().min(1).exactOptional(),
  from: z.string().min(1).exactOptional(),
  register: z
    .strictObject({ file: z.string().min(1), line: z.number().int().min(1), hash: sha256 })
    .nullable()
    .exactOptional(),
});

/** A record is read or written once: compiling its checker would take longer than the checking. */
const once = { jitless: true };

const outputsSchema = z.looseObject({ casedraw: z.literal(1), outputs });

/** The text of `manifest.json`: two-space JSON in the order of {@link Manifest}, field digests in byte order, LF at the end. */
export function manifestText(manifest: Manifest): string {
  const digests = Object.entries(manifest.frame.field_digests).sort(([a], [b]) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  const sorted = { ...manifest, frame: { ...manifest.frame, field_digests: Object.fromEntries(digests) } };
  const checked = manifestSchema.parse(sorted, once);
  return jsonText({ ...checked, plan: manifest.plan }); // the plan in its own order of keys
}

/** The text of `run.json`. */
export function runRecordText(record: RunRecord): string {
  return jsonText(runSchema.parse(record, once));
}

/**
 * Reads a manifest back.
 *
 * @param text - the whole file
 * @param file - its path, for messages
 * @throws CasedrawError `MANIFEST_FORMAT_UNKNOWN` if a later release wrote it, `MANIFEST_INVALID` if nothing of ours did
 */
export function parseManifest(text: string, file: string): Manifest {
  return parseRecord(manifestSchema, text, file);
}

/** Reads a run record back; for the errors see {@link parseManifest}. */
export function parseRunRecord(text: string, file: string): RunRecord {
  return parseRecord(runSchema, text, file);
}

/** Only what a manifest says about the files beside it; for the errors see {@link parseManifest}. */
export function parseOutputs(text: string, file: string): readonly ManifestOutput[] {
  return parseRecord(outputsSchema, text, file).outputs;
}

/** A record's text: two-space JSON, LF at the end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Reads a record of ours back; for the errors see {@link parseManifest}. */
export function parseRecord<T>(schema: z.ZodType<T>, text: string, file: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(file, ["it is not JSON"]);
  }
  const format = z.object({ casedraw: z.int() }).safeParse(value).data?.casedraw;
  if (format !== undefined && format !== 1) {
    throw new CasedrawError(
      "MANIFEST_FORMAT_UNKNOWN",
      `Manifest format: this release reads format 1, got ${format} (${file}). ` +
        "Use the casedraw release that wrote it.",
      { file, format },
    );
  }
  const result = schema.safeParse(value, once);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
  throw invalid(file, problems);
}

function invalid(file: string, problems: readonly string[]): CasedrawError {
  const shown = problems.slice(0, 3).join("; ");
  const more = problems.length > 3 ? `; and ${problems.length - 3} more` : "";
  return new CasedrawError(
    "MANIFEST_INVALID",
    `Record of the draw: it must be as casedraw wrote it, got ${shown}${more} (${file}). ` +
      "Restore the file as it was written.",
    { file, problems },
  );
}
