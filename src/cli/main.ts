import { CasedrawError } from "../errors.js";
import { packageVersion } from "../workflow/package-version.js";
import { type Request, readArguments } from "./arguments.js";
import type { Catalogue } from "./command.js";
import { reportFailure } from "./failure.js";
import { readGlobals } from "./global-options.js";
import { commandHelp, topHelp } from "./help.js";
import { createIo, type Host, type Io } from "./io.js";

/**
 * Runs one command line from its words to its exit code. Everything it says goes through `host`; nothing is thrown.
 *
 * @param argv - the words after `casedraw`
 * @returns 0 done · 1 a fault of casedraw · 2 bad input, plan or usage · or what the command returns
 */
export async function main(argv: readonly string[], host: Host, catalogue: Catalogue): Promise<number> {
  const io = createIo(host, readGlobals(argv));
  try {
    const commands = catalogue.groups.flatMap((group) => group.commands);
    return await answer(readArguments(argv, commands), io, catalogue);
  } catch (error) {
    return reportFailure(error, io);
  }
}

async function answer(request: Request, io: Io, catalogue: Catalogue): Promise<number> {
  switch (request.kind) {
    case "bare":
      if (io.json)
        throw new CasedrawError("USAGE", "casedraw: needs a command, got none. See casedraw --help.");
      io.error(topHelp(catalogue.groups, io.messageColour));
      return 2;
    case "version": {
      const version = packageVersion();
      io.out(io.json ? JSON.stringify({ name: "casedraw", version }) : `casedraw ${version}`);
      return 0;
    }
    case "help": {
      const { command } = request;
      const help =
        command === undefined ? topHelp(catalogue.groups, io.colour) : commandHelp(command, io.colour);
      io.out(io.json ? JSON.stringify({ help }) : help);
      return 0;
    }
    case "run": {
      const module = await catalogue.load(request.command.name);
      return await module.run(request.invocation, io);
    }
  }
}
