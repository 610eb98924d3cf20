import type { CommandGroup, CommandSpec } from "../command.js";
import { plan, register } from "./shared-options.js";

const verify: CommandSpec = {
  name: "verify",
  summary: "Replay a drawn sample and compare everything",
  operands: [{ name: "DIR", help: "The folder of the sample, or an archive of one." }],
  options: [
    { ...plan, required: false, help: "The plan, where it is no longer where the draw found it." },
    {
      name: "data",
      value: "FILE",
      multiple: true,
      help: "The exports and other inputs, where they have moved. Takes every file up to the next option.",
    },
    {
      ...register,
      help: "The register of draws, where it is no longer where the draw found it; none to leave it out.",
    },
    {
      name: "linked-to",
      value: "DIR",
      help: "Of a linked sample: the folder of the earlier one, where it has moved.",
    },
    {
      name: "key",
      value: "FILE",
      help: "Of an archive: the key that it was made with. With --plan it is held to the export too, with --register to the register.",
    },
  ],
  notes: [
    "Ends with 0 where all agrees, with 3 where something differs, and with 2 where it could not be checked.",
  ],
  examples: ["casedraw verify casedraw-demo/sample"],
};

const explain: CommandSpec = {
  name: "explain",
  summary: "Say why a child was or was not drawn, or what a code means",
  operands: [
    { name: "DIR|CODE", help: "The folder of a sample, or the code of an error or of a rule of check." },
    {
      name: "UNIT_ID",
      optional: true,
      help: "The child (or case) to explain, as the sample's files write it.",
    },
  ],
  options: [],
  usage: ["casedraw explain DIR UNIT_ID", "casedraw explain CODE"],
  examples: ["casedraw explain FILE_NOT_FOUND"],
};

export const checkAndExplain: CommandGroup = { title: "Check and explain", commands: [verify, explain] };
