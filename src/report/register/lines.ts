import { z } from "zod";
import { CasedrawError } from "../../errors.js";
import { sha256Of } from "../sha256.js";

/** What a draw, a replacement, a top-up, an update or chosen cases enter in the register. Digests are SHA-256 in lower-case hexadecimal. */
export interface DrawEntry {
  readonly kind: "draw" | "replace" | "extend" | "update" | "add";
  readonly seed: string;
  /** Of the resolved plan, by `planDigest`. */
  readonly plan_digest: string;
  readonly frame_digest: string;
  readonly design_digest: string;
  readonly selection_digest: string;
  readonly algorithm: { readonly name: string; readonly version: number };
  /** Version of casedraw. */
  readonly software: string;
  /** Of one of several frames' samples: which, and the seed that was given for all of them. */
  readonly of_frames?: { readonly frame: string; readonly seed: string };
  /** Of all but a draw: the version of the sample that it made, from 2. */
  readonly version?: number;
  /** And the selection digest of the version before. */
  readonly previous_selection_digest?: string;
}

/** What the promise of a seed enters: its hash, and that of the plan's file as it was then. */
export interface CommitEntry {
  readonly kind: "commit";
  readonly seed_commitment: string;
  readonly plan_sha256: string;
  readonly software: string;
}

export type RegisterEntry = DrawEntry | CommitEntry;

/** One line's JSON: an entry in the chain. */
export type RegisterRecord = RegisterEntry & {
  /** The register's format. */
  readonly casedraw: 1;
  /** UTC, as `2026-11-16T09:30:00.000Z`. */
  readonly time: string;
  /** SHA-256 of the previous line's bytes without its LF; 64 zeros in the first line. */
  readonly previous: string;
};

/** A line as it stands in the file. */
export interface RegisterLine {
  /** From 1. */
  readonly number: number;
  /** SHA-256 of its bytes without the LF. */
  readonly hash: string;
  /** Absent where the line was cut short by a crash, which counts as no entry, or has a fault. */
  readonly record?: RegisterRecord;
  /** Why the chain is broken at this line, as a clause that follows "line 3". */
  readonly fault?: string;
}

/** A register that is being written to, and the line that is about to stand in it: what an interrupt must know. */
export interface RegisterClaim {
  /** Absolute. */
  readonly file: string;
  readonly line?: Pick<RegisterLine, "number" | "hash">;
}

/** A line that was just added. */
export interface AddedLine extends RegisterLine {
  readonly record: RegisterRecord;
}

/** Whole lines all begin like this, so that the start of one is known for what it is. */
const head = '{"casedraw":1,"time":"';
const noLine = "0".repeat(64);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const text = z.string().min(1);
// Zod gives an object's keys back in the order below, which is thus the order in which they are written.
const start = { casedraw: z.literal(1), time: z.iso.datetime() };
const selection = {
  seed: text,
  plan_digest: sha256,
  frame_digest: sha256,
  design_digest: sha256,
  selection_digest: sha256,
  algorithm: z.strictObject({ name: text, version: z.number().int().min(1) }),
  software: text,
  of_frames: z.strictObject({ frame: text, seed: text }).exactOptional(),
};
const later = {
  ...selection,
  version: z.number().int().min(2),
  previous_selection_digest: sha256,
  previous: sha256,
};
const recordSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...start, kind: z.literal("draw"), ...selection, previous: sha256 }),
  z.strictObject({ ...start, kind: z.literal("replace"), ...later }),
  z.strictObject({ ...start, kind: z.literal("extend"), ...later }),
  z.strictObject({ ...start, kind: z.literal("update"), ...later }),
  z.strictObject({ ...start, kind: z.literal("add"), ...later }),
  z.strictObject({
    ...start,
    kind: z.literal("commit"),
    seed_commitment: sha256,
    plan_sha256: sha256,
    software: text,
    previous: sha256,
  }),
]);

/** The line, without its LF, that continues a register's lines. */
export function nextLine(
  lines: readonly RegisterLine[],
  entry: RegisterEntry,
  time: Date,
): { readonly text: string; readonly line: AddedLine } {
  const previous = lines.at(-1)?.hash ?? noLine;
  const record = recordSchema.parse({ casedraw: 1, time: time.toISOString(), ...entry, previous });
  const written = JSON.stringify(record);
  return { text: written, line: { number: lines.length + 1, hash: sha256Of(Buffer.from(written)), record } };
}

/**
 * Reads a register and checks its chain from the first line to the last. A broken chain is in the result.
 *
 * @param bytes - the whole file
 * @param file - its path, for messages
 * @throws CasedrawError `REGISTER_FORMAT_UNKNOWN` if a later release wrote a line
 */
export function readRegister(bytes: Uint8Array, file: string): RegisterLine[] {
  const lines: RegisterLine[] = [];
  let previous = noLine;
  for (const piece of piecesOf(bytes)) {
    const number = lines.length + 1;
    const hash = sha256Of(piece);
    lines.push({ number, hash, ...readLine(piece, { number, previous, file }) });
    previous = hash;
  }
  return lines;
}

/** The bytes between line feeds; what follows the last one is a line too unless it is empty. */
function piecesOf(bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from);
    pieces.push(bytes.subarray(from, end < 0 ? bytes.length : end));
    from = end < 0 ? bytes.length : end + 1;
  }
  return pieces;
}

function readLine(
  piece: Uint8Array,
  at: { readonly number: number; readonly previous: string; readonly file: string },
): Pick<RegisterLine, "record" | "fault"> {
  const written = Buffer.from(piece).toString("utf8");
  const value = jsonOf(written);
  if (value === undefined && written !== "" && (written.startsWith(head) || head.startsWith(written)))
    return {};
  const format = z.object({ casedraw: z.int() }).safeParse(value).data?.casedraw;
  if (format !== undefined && format !== 1) {
    throw new CasedrawError(
      "REGISTER_FORMAT_UNKNOWN",
      `Register format: this release reads format 1, got ${format} (${at.file}, line ${at.number}). ` +
        "Use the casedraw release that wrote it.",
      { file: at.file, row: at.number, format },
    );
  }
  const record = recordSchema.safeParse(value).data;
  if (record === undefined) return { fault: "is not as casedraw wrote it" };
  if (record.previous === at.previous) return { record };
  const before = at.number - 1;
  return {
    record,
    fault:
      before === 0
        ? "is not the first that was written: lines before it were removed"
        : `does not follow line ${before}: line ${before} was edited or moved, or a line between them was removed`,
  };
}

function jsonOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
