import { z } from "zod";
import { type ChosenReason, chosenReasons, type LossReason, lossReasons } from "../sampling/after/outcome.js";
import { count, sha256 } from "./record-parts.js";

/** What was done since the draw: from each step came a version. */
export type ManifestStep =
  | {
      readonly kind: "replace";
      readonly losses: readonly {
        readonly unit_id: string;
        readonly reason: LossReason;
      }[];
    }
  | { readonly kind: "extend"; readonly size: number; readonly after_findings: boolean }
  | UpdateRecord
  | { readonly kind: "add"; readonly cases: readonly ChosenRecord[] };

/** An update on a corrected export: what a replay goes by, and what became of the version before. */
export interface UpdateRecord {
  readonly kind: "update";
  /** Of the whole sample, as the plan or the last top-up has it. */
  readonly size: number;
  /** Whether probabilities hold given how many of the sample remained in each class, or whatever was drawn before. */
  readonly probabilities: "conditional" | "unconditional";
  /** Of the version before. */
  readonly frame_digest: string;
  readonly design_digest: string;
  /** Units that were eligible and are in the same stratum, in another, or not any more; and those that were not. */
  readonly eligible: {
    readonly kept: number;
    readonly moved: number;
    readonly gone: number;
    readonly new: number;
  };
  /** Strata of the version before that gave units that are still eligible; `tickets` is the version whose own order them. */
  readonly earlier: readonly { readonly stratum: string; readonly of: string; readonly tickets?: number }[];
  /** Sampled units that are still eligible, in the order of the sample. */
  readonly kept: readonly {
    readonly unit_id: string;
    readonly entry: "drawn" | "released" | "substitute" | "added";
    readonly version: number;
    readonly lost?: {
      readonly reason: LossReason;
      readonly version: number;
      readonly released?: string;
    };
    readonly holds?: readonly string[];
  }[];
  /** Those that are not, with why; `status` as it was in the version before. */
  readonly left: readonly {
    readonly unit_id: string;
    readonly stratum: string;
    readonly version: number;
    readonly status: string;
    readonly why: string;
  }[];
}

/** A case that somebody chose. */
export interface ChosenRecord {
  readonly unit_id: string;
  readonly reason: ChosenReason;
  /** A role or initials. */
  readonly asked_by: string;
  /** ISO date. */
  readonly asked_on: string;
}

const lossReason = z.enum(lossReasons);
const text = z.string().min(1);
const versionNumber = z.number().int().min(1);
const updateStep = z.strictObject({
  kind: z.literal("update"),
  size: z.number().int().min(1),
  probabilities: z.enum(["conditional", "unconditional"]),
  frame_digest: sha256,
  design_digest: sha256,
  eligible: z.strictObject({ kept: count, moved: count, gone: count, new: count }),
  earlier: z.array(
    z.strictObject({ stratum: text, of: text, tickets: z.number().int().min(2).exactOptional() }),
  ),
  kept: z.array(
    z.strictObject({
      unit_id: text,
      entry: z.enum(["drawn", "released", "substitute", "added"]),
      version: versionNumber,
      lost: z
        .strictObject({ reason: lossReason, version: versionNumber, released: text.exactOptional() })
        .exactOptional(),
      holds: z.array(text).exactOptional(),
    }),
  ),
  left: z.array(
    z.strictObject({ unit_id: text, stratum: text, version: versionNumber, status: text, why: text }),
  ),
});
const addStep = z.strictObject({
  kind: z.literal("add"),
  cases: z
    .array(
      z.strictObject({
        unit_id: text,
        reason: z.enum(chosenReasons),
        asked_by: text,
        asked_on: z.iso.date(),
      }),
    )
    .min(1),
});

/** Checks a step as a manifest has it. */
export const stepSchema: z.ZodType<ManifestStep> = z.discriminatedUnion("kind", [
  updateStep,
  addStep,
  z.strictObject({
    kind: z.literal("replace"),
    losses: z
      .array(
        z.strictObject({
          unit_id: z.string().min(1),
          reason: lossReason,
        }),
      )
      .min(1),
  }),
  z.strictObject({
    kind: z.literal("extend"),
    size: z.number().int().min(1),
    after_findings: z.boolean(),
  }),
]);
