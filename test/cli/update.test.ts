import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import type { Invocation } from "../../src/cli/command.js";
import { addWith } from "../../src/cli/commands/add.js";
import { updateWith } from "../../src/cli/commands/update.js";
import type { Io } from "../../src/cli/io.js";
import { main } from "../../src/cli/main.js";
import { draw, workplace } from "../workflow/scratch.js";
import { correct, ids, records } from "../workflow/updating.js";
import { fakeHost } from "./fake.js";

async function run(folder: string, ...words: string[]) {
  const { host, said } = fakeHost();
  // The threads that help a command take built code, so here it does all by itself.
  const alone = { update: updateWith, add: addWith }[words[0] as "update" | "add"];
  const load = async () => ({ run: (invocation: Invocation, io: Io) => alone(invocation, io, {}) });
  const code = await main(words, { ...host, cwd: folder }, { ...catalogue, load });
  return { code, ...said };
}

async function drawn(): Promise<string> {
  const folder = workplace();
  await draw(folder);
  return folder;
}

describe("update", () => {
  const words = ["update", "--sample", "out", "--plan", "plan.yaml", "--out", "v2"];

  test("tells what was kept, moved, gone and added, on what the probabilities hang, and where the line is", async () => {
    const folder = await drawn();
    correct(folder);
    const { code, out, err, claims } = await run(folder, ...words);
    expect(code).toBe(0);
    expect(out).toContain("Version 2 of the sample, made from that in out on the corrected export");
    const gone = records(folder, "v2/changes.csv").filter(({ change }) => change === "not in the export");
    for (const { unit_id } of gone) expect(out).toContain(`${unit_id} (not in the export)`);
    expect(out).toContain(
      "Its probabilities hold given how many of the sample before remained in each stratum",
    );
    expect(out).toContain("Line 2 of the register");
    expect(out).toContain("casedraw verify v2");
    expect(err).toContain("Note: Version 2 follows a corrected export");
    expect(claims).toEqual([join(folder, "v2"), join(folder, "v2"), undefined]);
    for (const text of [out, err]) expect(text).not.toMatch(/Secret|2015/);
  });

  test("answers programs with ids", async () => {
    const folder = await drawn();
    correct(folder);
    const { out } = await run(folder, ...words, "--json");
    const told = JSON.parse(out) as Record<string, unknown>;
    const changes = records(folder, "v2/changes.csv");
    const of = (what: string) => changes.filter(({ change }) => change === what).map((row) => row.unit_id);
    expect(told).toMatchObject({
      out: "v2",
      version: 2,
      probabilities: "conditional",
      moved: of("moved"),
      added: of("added"),
    });
    expect((told.left as { unit_id: string }[]).map(({ unit_id }) => unit_id)).toEqual(
      of("not in the export"),
    );
  });

  test("needs its options; refuses a folder with an edited file, and writes nothing", async () => {
    const folder = await drawn();
    expect((await run(folder, "update", "--sample", "out", "--out", "v2")).err).toContain("needs --plan");
    writeFileSync(join(folder, "out/sample.csv"), "edited");
    const { code, err } = await run(folder, ...words);
    expect(code).toBe(2);
    expect(err).toContain("error[SAMPLE_FOLDER_CHANGED]");
    expect(existsSync(join(folder, "v2"))).toBe(false);
  });
});

describe("add", () => {
  const words = ["add", "--sample", "out", "--cases", "cases.csv", "--out", "v2"];
  const list = (folder: string, rows: readonly string[]): void =>
    writeFileSync(join(folder, "cases.csv"), `unit_id,reason,asked_by,asked_on\n${rows.join("\n")}\n`);

  test("tells each case's status, to people and to programs", async () => {
    const folder = await drawn();
    const [sampled = ""] = ids(folder, "out");
    list(folder, [`${sampled},delay,HMI 2,19/11/2026`, "0000_0,complaint,lead inspector,2026-11-19"]);
    const { code, out } = await run(folder, ...words);
    expect(code).toBe(0);
    expect(out).toMatch(
      new RegExp(`${sampled} +sampled, and chosen too +eligible +delay +HMI 2 +2026-11-19`),
    );
    expect(out).toMatch(/0000_0 +chosen, not sampled +excluded \(include: closed_date\)/);
    expect(out).toContain("1 case of them was sampled anyway, and stays in the sample with its weight");
    const { out: json } = await run(folder, ...words.slice(0, -1), "v3", "--json");
    expect(JSON.parse(json)).toMatchObject({
      version: 2,
      chosen: [
        { unit_id: sampled, status: "sampled, and chosen too", asked_on: "2026-11-19" },
        { unit_id: "0000_0", status: "chosen, not sampled", reason: "complaint" },
      ],
    });
  });

  test("refuses a case that the export lacks, with its row", async () => {
    const folder = await drawn();
    list(folder, ["9999_9,delay,HMI 2,19/11/2026"]);
    const { code, err } = await run(folder, ...words);
    expect(code).toBe(2);
    expect(err).toContain("error[CHOSEN_UNIT_UNKNOWN]");
    expect(err).toContain("(cases.csv, row 2, column unit_id)");
  });
});
