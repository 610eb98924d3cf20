import type { Catalogue, CommandSpec, Invocation } from "../../src/cli/command.js";
import type { Host, Io } from "../../src/cli/io.js";

/** A command with one of everything. */
export const draw: CommandSpec = {
  name: "draw",
  summary: "Draw things",
  operands: [
    { name: "DIR", help: "Where." },
    { name: "NAME", optional: true, help: "Who." },
  ],
  options: [
    { name: "seed", value: "SEED", required: true, help: "Any text." },
    { name: "out", value: "FILE", required: true, unless: ["dry-run"], help: "Where to." },
    { name: "data", value: "FILE", multiple: true, help: "From where." },
    { name: "dry-run", help: "Do nothing." },
  ],
  examples: ["casedraw draw here --seed 1 --out x"],
};

const nothing: CommandSpec = {
  name: "idle",
  summary: "Do nothing",
  operands: [],
  options: [{ name: "grain", value: "SIZE", words: ["coarse", "fine"], help: "How coarse." }],
  examples: [],
};

/** A catalogue whose command `draw` does what the test says; it counts how often code was loaded. */
export function fakeCatalogue(run: (invocation: Invocation, io: Io) => number | Promise<number>) {
  const loaded: string[] = [];
  const catalogue: Catalogue = {
    groups: [
      { title: "First", commands: [draw] },
      { title: "Then", commands: [nothing] },
    ],
    async load(name) {
      loaded.push(name);
      return { run };
    },
  };
  return { catalogue, loaded };
}

/** A host that keeps what it is told. */
export function fakeHost(options: Partial<Pick<Host, "terminal" | "env">> = {}) {
  const said = { out: "", err: "", progress: [] as string[], claims: [] as (string | undefined)[] };
  const host: Host = {
    write(stream, text) {
      said[stream] += text;
    },
    progress: (step, fraction) => void said.progress.push(`${step} ${fraction}`),
    claim: (target) => void said.claims.push(target),
    terminal: { out: false, err: false },
    cwd: "/somewhere",
    env: {},
    ...options,
  };
  return { host, said };
}
