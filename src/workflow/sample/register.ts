import { dirname, join, resolve } from "node:path";
import type { Manifest, RegisterReference } from "../../report/manifest.js";
import { appendToRegister } from "../../report/register/append.js";
import { planDigest, seedCommitment } from "../../report/register/digest.js";
import { type DrawHistory, historyOf } from "../../report/register/history.js";
import type { DrawEntry, RegisterClaim } from "../../report/register/lines.js";
import { sha256OfFile } from "../../report/sha256.js";
import { packageVersion } from "../package-version.js";
import { readText } from "../read-text.js";

/** The name of a plan's register. */
const registerName = "draws.jsonl";

/** A draw as it was entered in a register. */
export interface RegisteredDraw {
  readonly reference: RegisterReference;
  readonly history: DrawHistory;
  /** Where its seed was committed: whether the plan's file is still as it was then. */
  readonly samePlanFile?: boolean;
}

/**
 * Where the draws of a plan are entered unless the user says otherwise.
 *
 * @param planPath - absolute
 */
export function registerBeside(planPath: string): string {
  return join(dirname(planPath), registerName);
}

/** What the register says of the draw that a manifest records. */
export function drawEntry(manifest: Omit<Manifest, "outputs">): DrawEntry {
  const { seed, plan, frame, selection, algorithm, software, of_frames, version, previous, steps } = manifest;
  return {
    kind: steps?.at(-1)?.kind ?? "draw",
    seed,
    plan_digest: planDigest(plan),
    frame_digest: frame.digest,
    design_digest: frame.design_digest,
    selection_digest: selection.digest,
    algorithm,
    software: software.version,
    ...(of_frames === undefined ? {} : { of_frames }),
    ...(version === undefined ? {} : { version }),
    ...(previous === undefined ? {} : { previous_selection_digest: previous.selection_digest }),
  };
}

/**
 * Enters a draw in its register. Call it when all but the folder's own place is done: the line stays whatever follows.
 *
 * @param file - absolute
 * @param planPath - the plan's file, to compare with the one that was there when the seed was committed
 * @param onLine - told the line just before it is written
 * @throws CasedrawError of {@link appendToRegister}
 */
export async function registerDraw(
  file: string,
  manifest: Omit<Manifest, "outputs">,
  planPath: string,
  onLine: (line: NonNullable<RegisterClaim["line"]>) => void = () => {},
): Promise<RegisteredDraw> {
  const entry = drawEntry(manifest);
  const { before, line } = await appendToRegister(file, entry, ({ number, hash }) =>
    onLine({ number, hash }),
  );
  const history = historyOf(before, { ...entry, time: line.record.time });
  const { committed } = history;
  return {
    reference: { file, line: line.number, hash: line.hash },
    history,
    ...(committed === undefined ? {} : { samePlanFile: committed.planFile === sha256OfFile(planPath) }),
  };
}

/** A seed's promise as it was entered. */
export interface Commitment {
  readonly file: string;
  readonly line: number;
  readonly time: string;
  readonly commitment: string;
}

/**
 * Enters the hash of a seed in the register, before the data is there.
 *
 * @param planPath - a file that can be read; it need not be a whole plan yet
 * @throws CasedrawError `FILE_NOT_FOUND`, `FILE_NOT_READABLE`, `NOT_A_FILE`, and those of {@link appendToRegister}
 */
export async function registerSeed(
  seed: string,
  options: {
    readonly plan: string;
    readonly cwd: string;
    /** By default `draws.jsonl` beside the plan. */
    readonly register?: string;
    readonly claim: (target: string, register: RegisterClaim) => void;
  },
): Promise<Commitment> {
  const planPath = resolve(options.cwd, options.plan);
  readText(planPath, options.plan, "Plan"); // for its errors
  const file =
    options.register === undefined ? registerBeside(planPath) : resolve(options.cwd, options.register);
  const commitment = seedCommitment(seed);
  options.claim(file, { file });
  const { line } = await appendToRegister(
    file,
    {
      kind: "commit",
      seed_commitment: commitment,
      plan_sha256: sha256OfFile(planPath),
      software: packageVersion(),
    },
    ({ number, hash }) => options.claim(file, { file, line: { number, hash } }),
  );
  return { file, line: line.number, time: line.record.time, commitment };
}
