import type { OptionSpec } from "../command.js";

export const plan: OptionSpec = {
  name: "plan",
  value: "PLAN",
  required: true,
  help: "The plan, a YAML file.",
};

export const force: OptionSpec = {
  name: "force",
  help: "Replace what an earlier run of casedraw wrote there, if nobody has changed it since.",
};

export const register: OptionSpec = {
  name: "register",
  value: "FILE",
  help: "Enter the draw in this register instead of draws.jsonl beside the plan; none for no register.",
};
