import { resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { inputFiles, type Locate } from "../build-from-plan.js";
import type { PlanFile } from "../open-plan.js";

/**
 * Reads the inputs of an earlier run again, and says of one that is not there any more how to name it.
 *
 * @param options.ifGone - what is left where the file is nowhere, as a clause
 * @throws CasedrawError `FILE_NOT_FOUND`, and those of the work
 */
export async function tellingGone<T>(
  work: Promise<T>,
  {
    planFile,
    locate,
    cwd,
    data,
    ifGone,
  }: {
    readonly planFile: PlanFile;
    readonly locate: Locate;
    readonly cwd: string;
    readonly data: readonly string[];
    readonly ifGone?: string;
  },
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof CasedrawError) || error.code !== "FILE_NOT_FOUND") throw error;
    const gone = inputFiles(planFile, locate).find(({ path }) => path === error.details.file);
    if (gone === undefined) throw error;
    const named = data.find((file) => resolve(cwd, file) === gone.file);
    const text =
      named === undefined
        ? `No such file: ${gone.path} does not lie where it is looked for (${gone.file}). If it has moved, name it with --data PATH` +
          `${ifGone === undefined ? "" : `; if it is gone, ${ifGone}`}.`
        : `No such file: nothing stands at the path that --data names (${named}). Check the spelling.`;
    throw new CasedrawError("FILE_NOT_FOUND", text, error.details);
  }
}
