import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { assignment, drawn, fillAll, handOver, handoverPlan } from "../workflow/handing-over.js";
import { go, records } from "../workflow/updating.js";
import { fakeHost } from "./fake.js";

async function run(folder: string, ...words: string[]) {
  const { host, said } = fakeHost();
  const code = await main(words, { ...host, cwd: folder }, catalogue);
  return { code, ...said };
}

const yes = { plan_timely: "yes", voice: "in person" };
const track = (handover: string, out: string, sample = "out"): string[] => [
  ...["track", "--sample", sample, "--handover", handover, "--merge", "back", "--out", out],
];

test("a conflict is asked for until another pair or team has the case, and then it is settled", async () => {
  const folder = await drawn();
  await handOver(folder, "given");
  const sampled = assignment(folder).filter(({ role }) => role === "sampled");
  const one = sampled.find(({ team, pair }) => team === "Northteam" && pair === "2")?.unit_id as string;
  const two = sampled.find(({ team }) => team === "Southteam")?.unit_id as string;
  const conflict = { "Cannot be reviewed": "conflict" };
  fillAll(folder, (unit, sheet) =>
    sheet !== "Sampled" ? {} : unit === one || unit === two ? conflict : yes,
  );
  const before = await run(folder, ...track("given", "progress"));
  expect(before.out).toContain(
    "\n2 conflicts: casedraw handover --sample out --after given --conflicts progress/conflicts.csv --out GIVEN\n",
  );
  await handOver(folder, "next", { after: "given", conflicts: "progress/conflicts.csv" });
  fillAll(
    folder,
    // The second is known to those who have it now as well.
    (unit, sheet) => (sheet !== "Sampled" ? {} : unit === two ? conflict : unit === one ? yes : {}),
    { handover: "next", back: "back/more" },
  );
  const after = await run(
    folder,
    ...[
      "track",
      "--sample",
      "out",
      "--handover",
      "next",
      "--merge",
      "back",
      "back/more",
      "--out",
      "progress-2",
    ],
  );
  expect(after.out).toContain(
    "\n1 conflict: casedraw handover --sample out --after next --conflicts progress-2/conflicts.csv --out GIVEN\n",
  );
  const now = assignment(folder, "next").find(({ unit_id, role }) => unit_id === two && role === "sampled");
  const told = records(folder, "progress-2/conflicts.csv");
  expect(told.map(({ unit_id, team, state }) => [unit_id, team, state])).toEqual(
    expect.arrayContaining([
      [one, "Northteam", "settled"],
      [two, "Southteam", "settled"],
      [two, now?.team, "open"],
    ]),
  );
  expect(told.length).toBe(3);
  // The first of the two who know the family does not get the case back.
  await handOver(folder, "third", { after: "next", conflicts: "progress-2/conflicts.csv" });
  const third = assignment(folder, "third").find(
    ({ unit_id, role }) => unit_id === two && role === "sampled",
  );
  expect(["Southteam", now?.team]).not.toContain(third?.team);
  const last = await run(
    folder,
    ...[
      "track",
      "--sample",
      "out",
      "--handover",
      "third",
      "--merge",
      "back",
      "back/more",
      "--out",
      "progress-3",
    ],
  );
  expect(last.out).not.toContain("conflict");
});

test("an estimate is offered only where no loss waits for its replacement", async () => {
  const folder = await drawn();
  await handOver(folder, "given");
  const lost = assignment(folder).find(({ role }) => role === "sampled")?.unit_id;
  fillAll(folder, (unit, sheet) =>
    sheet !== "Sampled" ? {} : unit === lost ? { "Cannot be reviewed": "out-of-scope" } : yes,
  );
  const first = await run(folder, ...track("given", "progress"));
  expect(first.out).not.toContain("casedraw estimate");
  expect(first.out).toMatch(
    /\n1 case cannot be reviewed, 1 reserve due\n(.*\n)*Replacements come first, estimates after them: casedraw sample --replace progress\/replacement-log\.csv --from out --out NEXT\n?$/,
  );
  await go(folder, "out", "v2", { kind: "replace", log: "progress/replacement-log.csv" });
  await handOver(folder, "next", { sample: "v2", after: "given" });
  const second = await run(folder, ...track("next", "progress-2", "v2"));
  expect(existsSync(join(folder, "progress-2/replacement-log.csv"))).toBe(false);
  expect(second.out).toContain(
    "\nEstimate from it: casedraw estimate --sample v2 --findings progress-2/findings.csv --out estimates\n",
  );
  expect(second.out).not.toContain("Replacements come first");
});

test("a handover counts sites, and none where the sample does not say where a case is", async () => {
  const words = ["handover", "--sample", "out", "--out", "given"];
  const placed = await run(await drawn(), ...words);
  expect(placed.out).toMatch(/\nSouthteam +1 .* [34]\n/); // three courts in its area, and a second reading elsewhere
  const nowhere = handoverPlan
    .replace("  service_area: area\n  court: court\n", "")
    .replace("{ service_area: [A1, A2] }", "{ law_type: public }")
    .replace("{ service_area: A3 }", "{ law_type: private }")
    .replace("  site: court\n", "");
  const folder = await drawn(nowhere);
  expect((await run(folder, ...words)).out).toMatch(/\nSouthteam +1 .* –\n/);
  const json = JSON.parse((await run(folder, ...words.with(4, "again"), "--json")).out);
  expect(json.teams.map(({ sites }: { sites: unknown }) => sites)).toEqual([null, null, null]);
  expect((await run(folder, "verify", "given")).err).toContain(
    "got one of casedraw handover (given). It cannot be verified or continued by itself: name the sample’s folder that it was made of.",
  );
});

test("the headers of a worksheet stay in sight, those of its other sheets and of other workbooks do not", async () => {
  const folder = await drawn();
  await handOver(folder, "given");
  const frozen = (path: string): [string, boolean][] => {
    const parts = unzipSync(readFileSync(join(folder, path)));
    const names = [
      ...strFromU8(parts["xl/workbook.xml"] as Uint8Array).matchAll(/<sheet name="([^"]+)"/g),
    ].map(([, name]) => name as string);
    return names.map((name, at) => [
      name,
      strFromU8(parts[`xl/worksheets/sheet${at + 1}.xml`] as Uint8Array).includes(
        '<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>',
      ),
    ]);
  };
  expect(frozen("given/worksheets/northteam.xlsx")).toEqual([
    ["Cover", false],
    ["Questions", false],
    ["Sampled", true],
    ["Reserve", true],
  ]);
  expect(frozen("given/request/request-list.xlsx").some(([, is]) => is)).toBe(false);
});

test("a worksheet of an earlier handover: the terminal says that it is one, and what to do", async () => {
  const folder = await drawn();
  await handOver(folder, "given");
  fillAll(folder, (_, sheet) => (sheet !== "Sampled" ? {} : yes));
  await go(folder, "out", "v2", { kind: "extend", size: 70, afterFindings: false });
  await handOver(folder, "next", { sample: "v2", after: "given" });
  const { out } = await run(folder, ...track("next", "progress", "v2"));
  expect(out).toMatch(
    /\n {2}worksheet missing: \S+, (\S+\.xlsx): (1 of its rows stands|\d+ of its rows stand) on no worksheet that was read: \1 is of an earlier handover\. Its answers were taken; ask the team for the worksheet of this one\.\n/,
  );
});
