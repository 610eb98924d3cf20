import { seedCommitment } from "./digest.js";
import type { DrawEntry, RegisterEntry, RegisterLine } from "./lines.js";

/** What a register tells of one draw: the lines before it. */
export interface DrawHistory {
  /** Time of the first entry. */
  readonly begins: string;
  /** Times of the draws of the same plan before it, in the register's order. */
  readonly samePlan: readonly string[];
  /** Of a later version: whether the draw that it goes on with is one of them. */
  readonly ownDraw?: true;
  /** How many draws of other plans stand before it. */
  readonly otherPlans: number;
  /** The first commitment of its seed before it, where there is one. */
  readonly committed?: SeedCommitment;
  /** Numbers of lines before it that a crash cut short. */
  readonly cut: readonly number[];
}

export interface SeedCommitment {
  readonly line: number;
  readonly time: string;
  /** SHA-256 of the plan's file at that time. */
  readonly planFile: string;
  /** How many different seeds were committed before the draw, this one among them. */
  readonly seeds: number;
}

/**
 * @param before - the lines that stand before the draw's own
 * @param draw - what its line records, and when
 */
export function historyOf(
  before: readonly RegisterLine[],
  draw: DrawEntry & { readonly time: string },
): DrawHistory {
  const entries = before.flatMap(({ number, record }) =>
    record === undefined ? [] : [{ number, ...record }],
  );
  // Replacements and top-ups go on with a draw, and are none themselves.
  const draws = entries.filter((entry) => entry.kind !== "commit").filter(({ kind }) => kind === "draw");
  const same = draws.filter((entry) => entry.plan_digest === draw.plan_digest);
  const commits = entries.filter((entry) => entry.kind === "commit");
  const seed = seedCommitment(draw.of_frames?.seed ?? draw.seed);
  const committed = commits.find((entry) => entry.seed_commitment === seed);
  return {
    begins: (entries[0] ?? draw).time,
    samePlan: same.map(({ time }) => time),
    ...(same.some((entry) => entry === ownDraw(entries, draw)) ? { ownDraw: true } : {}),
    otherPlans: draws.length - same.length,
    cut: before.flatMap(({ number, record }) => (record === undefined ? [number] : [])),
    ...(committed === undefined
      ? {}
      : {
          committed: {
            line: committed.number,
            time: committed.time,
            planFile: committed.plan_sha256,
            seeds: new Set(commits.map((entry) => entry.seed_commitment)).size,
          },
        }),
  };
}

/** The draw whose sample a later version goes on with, by the selections that its versions record one of the other. */
function ownDraw<T extends RegisterEntry>(entries: readonly T[], draw: DrawEntry): T | undefined {
  let wanted = draw.previous_selection_digest;
  for (const entry of entries.toReversed()) {
    if (entry.kind === "commit" || wanted === undefined) continue;
    if (entry.seed !== draw.seed || entry.selection_digest !== wanted) continue;
    if (entry.kind === "draw") return entry;
    wanted = entry.previous_selection_digest;
  }
  return undefined;
}
