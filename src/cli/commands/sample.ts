import type { Invocation } from "../command.js";
import { withHelper } from "../helper.js";
import type { Io } from "../io.js";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  if (invocation.flags.has("commit")) {
    const { commit } = await import("./sample-commit.js");
    return await commit(invocation, io);
  }
  // First of all: so its thread loads its modules while this one loads the rest.
  return await withHelper(async (helper) => {
    const { drawOrContinue } = await import("./sample-draw.js");
    return await drawOrContinue(invocation, io, helper);
  });
}
