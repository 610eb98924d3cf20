import { CasedrawError } from "../../errors.js";
import { newSeed } from "../../workflow/sample/new-seed.js";
import { registerSeed } from "../../workflow/sample/register.js";
import type { Invocation } from "../command.js";
import type { Io } from "../io.js";
import { registerOption, shownTime } from "../register-words.js";

/** What a commitment takes. */
const own = new Set(["commit", "plan", "seed", "register"]);

/** `casedraw sample --commit`: promises a seed, and draws nothing. */
export async function commit({ values, lists, flags }: Invocation, io: Io): Promise<number> {
  const needless = [
    ...Object.keys(values).filter((name) => values[name] !== undefined),
    ...Object.keys(lists).filter((name) => lists[name]?.length !== 0),
    ...flags,
  ].find((name) => !own.has(name));
  if (needless !== undefined) {
    throw new CasedrawError(
      "USAGE",
      `--${needless}: goes with a draw, and --commit draws nothing. Leave one of them out.`,
      { option: `--${needless}` },
    );
  }
  const { register } = registerOption(values.register);
  if (register === null) {
    throw new CasedrawError("USAGE", "--register: --commit writes to a register, got none. Name a file.", {
      option: "--register",
    });
  }
  const made = values.seed === undefined;
  const seed = values.seed ?? newSeed();
  const plan = values.plan as string;
  const committed = await registerSeed(seed, {
    plan,
    cwd: io.cwd,
    claim: (target, line) => io.claim(target, line),
    ...(register === undefined ? {} : { register }),
  });
  io.claim(undefined);
  const { file, line, time, commitment } = committed;
  if (io.json) {
    io.out(
      JSON.stringify({
        register: { file, line, time },
        seed_commitment: commitment,
        ...(made ? { seed } : {}),
      }),
    );
    return 0;
  }
  io.out(
    [
      ...(made ? [`Seed: ${seed}`, "Keep it: it is written nowhere else, and the draw needs it.", ""] : []),
      `Committed the seed on ${shownTime(time)}: line ${line} of the register ${file}`,
      `Commitment: ${commitment}`,
      `Draw with it when the data is there: casedraw sample --plan ${plan} --seed SEED --out DIR`,
    ].join("\n"),
  );
  return 0;
}
