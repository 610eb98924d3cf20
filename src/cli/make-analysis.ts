import type { Edition } from "../analysis/item.js";
import type { Plan } from "../plan/types.js";
import { disclosureWords } from "../workflow/analysis/disclosure-words.js";
import type { ToFolderOptions } from "../workflow/analysis/to-folder.js";
import type { BuiltFrame } from "../workflow/build-from-plan.js";
import type { Invocation } from "./command.js";
import { editionNamed } from "./edition.js";
import { withHelper } from "./helper.js";
import type { Io } from "./io.js";

/** Makes an analysis into the folder that a command names, with the helper thread beside, and reports what was written. */
export async function makeAnalysis<Written>(
  { values, flags }: Invocation,
  io: Io,
  {
    make,
    report,
  }: {
    readonly make: (planPath: string, options: ToFolderOptions) => Promise<Written>;
    readonly report: (written: Written, out: string, io: Io) => void;
  },
): Promise<number> {
  const { plan = "", out = "" } = values;
  const edition = editionNamed(values.edition);
  await withHelper(async (helper) => {
    const written = await make(plan, {
      edition,
      png: !flags.has("no-png"),
      out,
      force: flags.has("force"),
      cwd: io.cwd,
      progress: (step, fraction) => io.progress(step, fraction),
      claim: (target) => io.claim(target),
      readPart: helper.readPart,
      findAside: helper.prepareAnalysis(),
    });
    io.claim(undefined);
    report(written, out, io);
  });
  return 0;
}

/** Who it is for, after the line that says where it was written. */
export function audienceWords({
  edition,
  plan,
  built,
}: {
  readonly edition: Edition;
  readonly plan: Plan;
  readonly built?: BuiltFrame;
}): string {
  if (built === undefined) return edition === "internal" ? " For the inspection team." : "";
  return edition === "internal"
    ? " For the inspection team: small numbers are shown."
    : ` Small numbers ${disclosureWords(plan)}.`;
}
