import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { requires } from "../requires.js";
import { estimate, refusal } from "./estimating.js";
import {
  assignment,
  drawn,
  fillAll,
  fillSheet,
  handOver,
  handoverExport,
  handoverPlan,
  track,
} from "./handing-over.js";
import { draw } from "./scratch.js";
import { correct, go, ids, records, update, verified } from "./updating.js";

const yes = { plan_timely: "yes", voice: "in person", Reviewer: "JB" };

async function given() {
  const folder = await drawn();
  await handOver(folder, "given");
  const rows = assignment(folder);
  const of = (team: string, role = "sampled"): string[] =>
    rows.filter((row) => row.team === team && row.role === role).map(({ unit_id }) => unit_id as string);
  return { folder, rows, north: of("Northteam"), south: of("Southteam"), pool: of("Poolteam"), of };
}

const issues = (folder: string, out = "progress") => records(folder, `${out}/issues.csv`);
function kinds(folder: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind = "" } of issues(folder)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe("tracking", () => {
  test("sheets filled in whole give findings that estimate takes, second readings too, and nothing to look at", async () => {
    const { folder } = await given();
    const sheets = fillAll(folder, (_, sheet) => (sheet === "Reserve" ? {} : yes));
    const { progress } = await track(folder, sheets, "progress");
    expect(issues(folder)).toEqual([]);
    const found = records(folder, "progress/findings.csv");
    const second = records(folder, "given/second-reviews.csv").length;
    expect(found.length).toBe(60 + second);
    expect(found[0]).toMatchObject({ review: "1", reviewer: "JB", plan_timely: "yes", voice: "in person" });
    expect(progress.all).toEqual({ name: "All", cases: 60, done: 60, begun: 0, lost: 0, left: 0 });
    expect(progress.second.done).toBe(second);
    // 60 of 240, proportionally: 20 public; the plan wants 10.
    const publics = records(folder, "out/sample.csv").filter(({ law_type }) => law_type === "public").length;
    expect(progress.targets).toEqual([
      { name: "law_type: public", atLeast: 10, cases: publics, done: publics, begun: 0, lost: 0, left: 0 },
    ]);
    for (const file of ["replacement-log.csv", "conflicts.csv"])
      expect(existsSync(join(folder, "progress", file))).toBe(false);
    const { context } = await estimate(folder, {
      findings: "progress/findings.csv",
      secondReviews: "given/second-reviews.csv",
      threshold: 0,
    });
    expect(context.findings.reviewed.size).toBe(60);
    expect(context.agreement?.weighted).toBe(true);
    // Read twice it is the same, and the worksheets are as they were.
    const before = sheets.map((path) => readFileSync(join(folder, path)));
    await track(folder, ["back"], "again");
    for (const file of ["findings.csv", "issues.csv", "progress.html"])
      expect(
        readFileSync(join(folder, "again", file)).equals(readFileSync(join(folder, "progress", file))),
      ).toBe(true);
    for (const [at, path] of sheets.entries())
      expect(readFileSync(join(folder, path)).equals(before[at] as Buffer)).toBe(true);
    // No two columns of a table have one name.
    const page = readFileSync(join(folder, "progress/progress.html"), "utf8");
    expect(page).toContain("Progress: How far the review is");
    for (const head of page.match(/<thead>.*?<\/thead>/gs) ?? []) {
      const names = [...head.matchAll(/<th[^>]*>([^<]*)/g)].map(([, name]) => name);
      expect(new Set(names).size).toBe(names.length);
    }
    expect(page).toMatch(/Cases left.*Reserves left/s);
  });

  test("lists two answers for one case by team, worksheet and row, and takes neither", async () => {
    const { folder, north } = await given();
    const [id] = north as [string];
    fillSheet(join(folder, "given/worksheets/northteam.xlsx"), join(folder, "a.xlsx"), (unit, sheet) =>
      unit === id && sheet === "Sampled" ? yes : {},
    );
    fillSheet(join(folder, "given/worksheets/northteam.xlsx"), join(folder, "b.xlsx"), (unit, sheet) =>
      unit === id && sheet === "Sampled" ? { plan_timely: "no", voice: "in person" } : {},
    );
    await track(folder, ["a.xlsx", "b.xlsx"], "progress");
    const row = assignment(folder).find(({ unit_id, role }) => unit_id === id && role === "sampled")?.row;
    expect(issues(folder).filter(({ kind }) => kind === "two answers")).toMatchObject(
      ["a.xlsx", "b.xlsx"].map((worksheet) => ({
        team: "Northteam",
        worksheet,
        sheet: "Sampled",
        row,
        unit_id: id,
        column: "plan_timely",
      })),
    );
    expect(records(folder, "progress/findings.csv")).toEqual([
      { unit_id: id, review: "1", reviewer: "JB", plan_timely: "", voice: "in person" },
    ]);
  });

  test("a worksheet that came back twice is told of once, its conflict and its issues too", async () => {
    const { folder, north } = await given();
    const [known, odd, half] = north as [string, string, string];
    const filled = (conflict: Record<string, string>) => (unit: string, sheet: string) => {
      if (sheet !== "Sampled") return {};
      if (unit === known) return conflict;
      return unit === odd ? { ...yes, voice: "by post" } : unit === half ? { plan_timely: "yes" } : {};
    };
    const fill = (to: string, conflict: Record<string, string>): string => {
      const from = join(folder, "given/worksheets/northteam.xlsx");
      fillSheet(from, join(folder, to), filled(conflict));
      return to;
    };
    const first = fill("a.xlsx", { "Cannot be reviewed": "conflict" });
    await track(folder, [first], "one");
    const once = issues(folder, "one");
    expect(records(folder, "one/conflicts.csv")).toMatchObject([{ unit_id: known, team: "Northteam" }]);
    expect(once.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["answer not on the list", "answer missing"]),
    );

    const second = fill("Copy of a.xlsx", { "Cannot be reviewed": "conflict" });
    await track(folder, [first, second], "two");
    const [copy, ...others] = issues(folder, "two");
    expect(copy).toMatchObject({
      kind: "same worksheet twice",
      team: "Northteam",
      worksheet: "Copy of a.xlsx",
      unit_id: "",
    });
    expect(copy?.what).toMatch(/^All its rows say the same as those of a\.xlsx, so they count once\./);
    expect(others).toEqual(once);
    for (const file of ["findings.csv", "conflicts.csv"])
      expect(readFileSync(join(folder, "two", file), "utf8")).toBe(
        readFileSync(join(folder, "one", file), "utf8"),
      );

    // One cell differs: no copy, and what the two say alike is still told once.
    const third = fill("b.xlsx", { "Cannot be reviewed": "conflict", Reviewer: "JB" });
    await track(folder, [first, third], "three");
    expect(issues(folder, "three")).toEqual(once);
    expect(records(folder, "three/conflicts.csv")).toHaveLength(1);
  });

  test("lists a changed id, an unknown one, a missing row, a missing worksheet and an answer that is none, and repeats none of their texts", async () => {
    const { folder, north, pool } = await given();
    const [changed, swapped, wrong, begun] = north as [string, string, string, string];
    fillSheet(
      join(folder, "given/worksheets/northteam.xlsx"),
      join(folder, "north (final).xlsx"),
      (unit, sheet) => {
        if (sheet !== "Sampled") return {};
        if (unit === changed) return { ...yes, "Unit ID": changed.replace(/^0/, "") };
        // An id of another team's, written over this one's.
        if (unit === swapped) return { ...yes, "Unit ID": pool[0] as string };
        if (unit === wrong) return { ...yes, voice: "Secretnote" };
        return unit === begun
          ? { plan_timely: "yes", Reviewer: "Secretnote about a child, which is far too long" }
          : {};
      },
    );
    await track(folder, ["north (final).xlsx"], "progress");
    const told = issues(folder);
    for (const id of [changed, swapped])
      expect(told).toContainEqual(
        expect.objectContaining({
          kind: "changed id",
          team: "Northteam",
          worksheet: "north (final).xlsx",
          unit_id: id,
        }),
      );
    expect(told).toContainEqual(
      expect.objectContaining({ kind: "answer not on the list", unit_id: wrong, column: "voice" }),
    );
    expect(told).toContainEqual(
      expect.objectContaining({ kind: "answer missing", unit_id: begun, column: "voice" }),
    );
    expect(told).toContainEqual(expect.objectContaining({ kind: "reviewer not taken", unit_id: begun }));
    expect(told.filter(({ kind }) => kind === "worksheet missing").map(({ worksheet }) => worksheet)).toEqual(
      expect.arrayContaining(["southteam.xlsx", "poolteam.xlsx"]),
    );
    expect(
      records(folder, "progress/findings.csv")
        .map(({ unit_id }) => unit_id)
        .sort(),
    ).toEqual([wrong, begun].sort());
    for (const file of ["issues.csv", "findings.csv", "progress.html", "manifest.json"])
      expect(readFileSync(join(folder, "progress", file), "utf8")).not.toContain("Secretnote");
  });

  test("a row that was deleted is a gap; one without its check is not taken", async () => {
    const { folder, south } = await given();
    const [first, second] = south as [string, string];
    fillSheet(join(folder, "given/worksheets/southteam.xlsx"), join(folder, "s.xlsx"), (unit, sheet) => {
      if (sheet !== "Sampled") return {};
      if (unit === first) return { "Unit ID": "", Check: "" };
      return unit === second ? { ...yes, Check: "" } : {};
    });
    await track(folder, ["s.xlsx"], "progress");
    expect(issues(folder)).toContainEqual(
      expect.objectContaining({ kind: "row missing", team: "Southteam", unit_id: first }),
    );
    expect(kinds(folder)["unknown id"]).toBe(1);
    expect(records(folder, "progress/findings.csv")).toEqual([]);
  });

  test("losses become a log that sample --replace takes, conflicts go to the next handover first, and old worksheets still count", async () => {
    const { folder, north, south, pool } = await given();
    const [gone, shut, known, both] = [north[0], south[0], pool[0], north[1]] as [
      string,
      string,
      string,
      string,
    ];
    const sheets = fillAll(folder, (unit, sheet) => {
      if (sheet !== "Sampled") return {};
      if (unit === gone) return { "Cannot be reviewed": "out-of-scope" };
      if (unit === shut) return { "Cannot be reviewed": "inaccessible" };
      if (unit === known) return { "Cannot be reviewed": "conflict" };
      return unit === both ? { ...yes, "Cannot be reviewed": "inaccessible" } : yes;
    });
    const { progress } = await track(folder, sheets, "progress");
    expect(kinds(folder)).toEqual({ "answered and lost": 1 });
    expect(
      new Set(
        records(folder, "progress/replacement-log.csv").map(({ unit_id, reason }) => `${unit_id} ${reason}`),
      ),
    ).toEqual(new Set([`${gone} out-of-scope`, `${shut} inaccessible`]));
    expect(records(folder, "progress/conflicts.csv")).toEqual([
      { unit_id: known, team: "Poolteam", pair: "", state: "open" },
    ]);
    expect(progress.all).toMatchObject({ cases: 60, done: 56, lost: 2, left: 2 });

    await go(folder, "out", "v2", { kind: "replace", log: "progress/replacement-log.csv" });
    expect((await verified(folder, "v2")).differences).toEqual([]);
    // What track said would come came.
    expect(
      records(folder, "v2/replacements.csv").map(({ unit_id, released }) => [unit_id, released]),
    ).toEqual(records(folder, "progress/reserves-due.csv").map(({ lost, reserve }) => [lost, reserve]));
    await handOver(folder, "next", { sample: "v2", after: "given", conflicts: "progress/conflicts.csv" });
    const now = assignment(folder, "next").find(
      ({ unit_id, role }) => unit_id === known && role === "sampled",
    );
    expect(now?.team).toMatch(/Northteam|Southteam/);
    const released = records(folder, "v2/sample.csv")
      .filter(({ status }) => status === "released")
      .map(({ unit_id }) => unit_id);
    const more = fillAll(
      folder,
      (unit, sheet) => (sheet === "Sampled" && (unit === known || released.includes(unit)) ? yes : {}),
      { handover: "next", back: "back-2" },
    );
    const second = await track(folder, [...sheets, ...more], "progress-2", {
      sample: "v2",
      handover: "next",
    });
    expect(second.progress.all).toMatchObject({ cases: 60, done: 59, lost: 0, left: 1 });
    expect(second.merged.issues.map(({ kind }) => kind)).toEqual(["answered and lost"]);
    expect(second.due).toEqual([]);
    // Another team has the case, and it stays in the list, so that the first does not get it back.
    expect(records(folder, "progress-2/conflicts.csv")).toEqual([
      { unit_id: known, team: "Poolteam", pair: "", state: "settled" },
    ]);
    await handOver(folder, "third", { sample: "v2", after: "next", conflicts: "progress-2/conflicts.csv" });
    expect(
      assignment(folder, "third").find(({ unit_id, role }) => unit_id === known && role === "sampled")?.team,
    ).toBe(now?.team);
  });

  test("a conflict that nobody can take goes into the log once the handover has found nobody", async () => {
    const { folder, south } = await given();
    const [id] = south as [string];
    writeFileSync(
      join(folder, "c.csv"),
      `unit_id,team\n${["Northteam", "Southteam", "Poolteam"].map((team) => `${id},${team}`).join("\n")}\n`,
    );
    const sheets = fillAll(folder, (unit, sheet) =>
      sheet === "Sampled" && unit === id ? { "Cannot be reviewed": "conflict" } : {},
    );
    await handOver(folder, "next", { after: "given", conflicts: "c.csv" });
    await track(folder, sheets, "progress", { handover: "next" });
    expect(records(folder, "progress/replacement-log.csv")).toEqual([{ unit_id: id, reason: "conflict" }]);
  });

  test("a loss of a chosen case, of a second reader alone, or beside a second reading is told, and is in no log", async () => {
    const folder = await drawn(handoverPlan.replace("double_review: 0.2", "double_review: 0.5"));
    const there = new Set([
      ...ids(folder, "out"),
      ...records(folder, "out/reserves.csv").map(({ unit_id }) => unit_id),
    ]);
    const chosen = records(folder, "out/frame.csv").find(({ unit_id }) => !there.has(unit_id))?.unit_id;
    writeFileSync(
      join(folder, "cases.csv"),
      `unit_id,reason,asked_by,asked_on\n${chosen},complaint,JB,2026-11-19\n`,
    );
    await go(folder, "out", "v2", { kind: "add", cases: "cases.csv" });
    await handOver(folder, "given", { sample: "v2" });
    const [alone, both, readAgain] = records(folder, "given/second-reviews.csv").map(
      ({ unit_id }) => unit_id,
    );
    const shut = { "Cannot be reviewed": "inaccessible" };
    const sheets = fillAll(folder, (unit, sheet) => {
      if (sheet === "Chosen") return shut;
      if (sheet === "Second reading")
        return unit === alone || unit === both ? shut : unit === readAgain ? yes : {};
      return sheet === "Sampled" && (unit === both || unit === readAgain) ? shut : {};
    });
    await track(folder, sheets, "progress", { sample: "v2" });
    expect(issues(folder).map(({ kind, sheet, unit_id }) => [kind, sheet, unit_id])).toEqual(
      expect.arrayContaining([
        ["not in the log", "Chosen", chosen],
        ["not in the log", "Second reading", alone],
        ["answered and lost", "Sampled", readAgain],
      ]),
    );
    // The second reader's answers are in findings.csv.
    expect(issues(folder).find(({ kind }) => kind === "answered and lost")?.what).toContain(
      "a second reader has answers, which were taken. The loss was not",
    );
    expect(issues(folder).length).toBe(3);
    expect(records(folder, "progress/replacement-log.csv")).toEqual([
      { unit_id: both, reason: "inaccessible" },
    ]);
    expect(records(folder, "progress/findings.csv")).toMatchObject([{ unit_id: readAgain, review: "2" }]);
  });

  test("a conflict of one reader stays in the list while another's row has both a conflict and answers", async () => {
    const { folder, south } = await given();
    const [id] = south as [string];
    writeFileSync(join(folder, "c.csv"), `unit_id,team\n${id},Southteam\n`);
    await handOver(folder, "next", { after: "given", conflicts: "c.csv" });
    const conflict = { "Cannot be reviewed": "conflict" };
    const only = (filling: Record<string, string>) => (unit: string, sheet: string) =>
      sheet === "Sampled" && unit === id ? filling : {};
    const sheets = [
      ...fillAll(folder, only(conflict)),
      ...fillAll(folder, only({ ...yes, ...conflict }), { handover: "next", back: "back-2" }),
    ];
    await track(folder, sheets, "progress", { handover: "next" });
    expect(records(folder, "progress/conflicts.csv")).toEqual([
      { unit_id: id, team: "Southteam", pair: "", state: "settled" },
    ]);
    expect(kinds(folder)).toEqual({ "answered and lost": 1 });
  });

  test("a case that a corrected export no longer has is told where it has answers, and only there", async () => {
    const { folder, north } = await given();
    const [read, blank] = north as [string, string];
    const sheets = fillAll(folder, (unit, sheet) => (sheet === "Sampled" && unit === read ? yes : {}));
    const isGone = (line: string): boolean =>
      [read, blank].some((id) => line.startsWith(`${id.replace("_", ",")},`));
    correct(
      folder,
      handoverExport().filter((line) => !isGone(line)),
    );
    await update(folder, "out", "v2");
    await handOver(folder, "next", { sample: "v2", after: "given" });
    const more = fillAll(folder, () => ({}), { handover: "next", back: "back-2" });
    await track(folder, [...sheets, ...more], "progress", { sample: "v2", handover: "next" });
    expect(issues(folder)).toMatchObject([{ kind: "not in the sample", unit_id: read, sheet: "Sampled" }]);
    expect(records(folder, "progress/findings.csv")).toEqual([]);
  });

  test("a case that left the sample, or is lost, is nobody's to review: no row of it is missing, and no team has it left", async () => {
    const { folder, north } = await given();
    const sheets = fillAll(folder, () => ({}));
    const gone = records(folder, "given/second-reviews.csv")[0]?.unit_id as string;
    correct(
      folder,
      handoverExport().filter((line) => !line.startsWith(`${gone.replace("_", ",")},`)),
    );
    await update(folder, "out", "v2");
    const lost = north.find((id) => id !== gone) as string;
    writeFileSync(join(folder, "log.csv"), `unit_id,reason\n${lost},inaccessible\n`);
    await go(folder, "v2", "v3", { kind: "replace", log: "log.csv" });
    const { progress } = await track(folder, sheets, "progress", { sample: "v3" });
    expect(issues(folder)).toEqual([]);
    // Of the sixty that were handed over one is gone and one is in the log.
    const sum = (of: (team: (typeof progress.teams)[number]) => number): number =>
      progress.teams.reduce((all, team) => all + of(team), 0);
    expect([sum(({ cases }) => cases), sum(({ left }) => left)]).toEqual([58, 58]);
    const twice = records(folder, "given/second-reviews.csv").filter(
      ({ unit_id }) => unit_id !== gone && unit_id !== lost,
    ).length;
    expect(progress.second).toMatchObject({ cases: twice, left: twice });
  });

  test("a second reading of a case that cannot be reviewed is not left to do", async () => {
    const { folder } = await given();
    const [both] = records(folder, "given/second-reviews.csv").map(({ unit_id }) => unit_id);
    const shut = { "Cannot be reviewed": "inaccessible" };
    const sheets = fillAll(folder, (unit, sheet) => (sheet === "Sampled" && unit === both ? shut : {}));
    const { progress } = await track(folder, sheets, "progress");
    expect(progress.second).toMatchObject({ lost: 1, left: progress.second.cases - 1 });
  });

  test("refuses a handover of another sample or of a later version, and takes that of an earlier one", async () => {
    const { folder } = await given();
    const sheets = fillAll(folder, () => ({}));
    await draw(folder, "271828", "other");
    await handOver(folder, "others", { sample: "other" });
    const isOther = { code: "HANDOVER_OTHER_SAMPLE", details: { file: "others", sample: "out" } };
    expect(await refusal(track(folder, sheets, "progress", { handover: "others" }))).toMatchObject(isOther);
    expect(await refusal(handOver(folder, "next", { after: "others" }))).toMatchObject(isOther);

    const [one, two] = ids(folder, "out");
    for (const [from, to, unit] of [
      ["out", "v2", one],
      ["v2", "v3", two],
    ] as const) {
      writeFileSync(join(folder, "log.csv"), `unit_id,reason\n${unit},inaccessible\n`);
      await go(folder, from, to, { kind: "replace", log: "log.csv" });
    }
    await handOver(folder, "next", { sample: "v3", after: "given" });
    expect((await refusal(track(folder, sheets, "progress", { handover: "next" }))).code).toBe(
      "HANDOVER_OTHER_SAMPLE",
    );
    await track(folder, sheets, "progress", { sample: "v3", handover: "given" });
    expect((await refusal(track(folder, sheets, "wrong", { sample: "v3", handover: "others" }))).code).toBe(
      "HANDOVER_OTHER_SAMPLE",
    );
    // With the folder between them gone, most of its cases must be there.
    rmSync(join(folder, "v2"), { recursive: true });
    await track(folder, sheets, "again", { sample: "v3", handover: "given" });
    expect((await refusal(track(folder, sheets, "wrong", { sample: "v3", handover: "others" }))).code).toBe(
      "HANDOVER_OTHER_SAMPLE",
    );
  });

  test("a reserve that somebody read before it was released is told, and its answers wait", async () => {
    const { folder, of } = await given();
    const [id] = of("Northteam", "reserve") as [string];
    const sheets = fillAll(folder, (unit, sheet) => (unit === id && sheet === "Reserve" ? yes : {}));
    await track(folder, sheets, "progress");
    expect(issues(folder)).toMatchObject([
      { kind: "reserve not released", team: "Northteam", sheet: "Reserve", unit_id: id },
    ]);
    expect(records(folder, "progress/findings.csv").map(({ unit_id }) => unit_id)).toEqual([id]);
  });

  test("takes the worksheets of a folder, and of the handover's own, but not what a program keeps beside one that is open", async () => {
    const { folder } = await given();
    fillAll(folder, () => ({}));
    writeFileSync(join(folder, "back/~$northteam.xlsx"), "locked");
    for (const [name, out] of [
      ["back", "one"],
      ["given", "two"],
    ] as const) {
      await track(folder, [name], out);
      expect(issues(folder, out)).toEqual([]);
    }
    // Neither hides the other.
    mkdirSync(join(folder, "back/worksheets"));
    renameSync(join(folder, "back/southteam.xlsx"), join(folder, "back/worksheets/southteam.xlsx"));
    await track(folder, ["back"], "both");
    expect(issues(folder, "both")).toEqual([]);
    expect((await refusal(track(folder, ["out"], "three"))).code).toBe("WORKSHEET_INVALID");
    mkdirSync(join(folder, "empty"));
    expect(await refusal(track(folder, ["empty"], "three"))).toMatchObject({
      code: "WORKSHEET_INVALID",
      message: expect.stringContaining("it must hold .xlsx files"),
    });
  });

  test("refuses what is no worksheet, a column that is gone, and a list of who has what that was edited", async () => {
    const { folder } = await given();
    expect((await refusal(track(folder, ["out/sample.csv"], "p"))).code).toBe("WORKSHEET_INVALID");
    expect((await refusal(track(folder, ["given/request/request-list.xlsx"], "p"))).code).toBe(
      "WORKSHEET_INVALID",
    );
    expect(
      (await refusal(track(folder, ["given/worksheets/northteam.xlsx"], "p", { handover: "out" }))).code,
    ).toBe("HANDOVER_FOLDER_INVALID");
    const list = join(folder, "given/assignment.csv");
    writeFileSync(list, readFileSync(list, "utf8").replace("Northteam", "Southteam"));
    expect(await refusal(track(folder, ["given/worksheets/northteam.xlsx"], "p"))).toMatchObject({
      code: "HANDOVER_FOLDER_INVALID",
      message: expect.stringContaining("assignment.csv edited"),
    });
  });

  test("a worksheet filled in where it lies counts, and is not written over", async () => {
    const { folder, north } = await given();
    const path = join(folder, "given/worksheets/northteam.xlsx");
    fillSheet(path, path, (unit, sheet) => (sheet === "Sampled" && unit === north[0] ? yes : {}));
    await track(folder, ["given/worksheets/northteam.xlsx"], "progress");
    expect(records(folder, "progress/findings.csv").length).toBe(1);
    expect((await refusal(track(folder, ["given/worksheets/northteam.xlsx"], "given"))).code).toMatch(
      /^OUTPUT_/,
    );
  });
});

describe.skipIf(!requires("soffice"))("LibreOffice", () => {
  function saveAgain(folder: string, file: string, to: string): void {
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, "profile")).href}`;
    const run = spawnSync(
      "soffice",
      [
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        join(folder, to),
        join(folder, file),
      ],
      {
        encoding: "utf8",
      },
    );
    expect(run.status, run.stderr).toBe(0);
  }

  test("opens a worksheet, one value is edited, and saves it: ids, their order, the lists and the protection are as they were", {
    timeout: 120_000,
  }, async () => {
    const { folder, north } = await given();
    const id = north[3] as string;
    fillSheet(
      join(folder, "given/worksheets/northteam.xlsx"),
      join(folder, "northteam.xlsx"),
      (unit, sheet) => (unit === id && sheet === "Sampled" ? yes : {}),
    );
    saveAgain(folder, "northteam.xlsx", "saved");
    // Once more, as a second person does.
    saveAgain(folder, "saved/northteam.xlsx", "twice");
    for (const back of ["saved", "twice"]) {
      const out = `progress-${back}`;
      const { merged } = await track(folder, [`${back}/northteam.xlsx`], out);
      expect(records(folder, `${out}/findings.csv`)).toEqual([
        { unit_id: id, review: "1", reviewer: "JB", plan_timely: "yes", voice: "in person" },
      ]);
      expect(
        merged.issues.filter(({ team }) => team === "Northteam").map(({ kind, file }) => [kind, file]),
      ).toEqual([["worksheet missing", "northteam-second-reading.xlsx"]]);
      const parts = unzipSync(readFileSync(join(folder, back, "northteam.xlsx")));
      const names = [
        ...strFromU8(parts["xl/workbook.xml"] as Uint8Array).matchAll(/<sheet name="([^"]+)"/g),
      ].map(([, name]) => name);
      expect(names).toEqual(["Cover", "Questions", "Sampled", "Reserve"]);
      const strings = [
        ...strFromU8(parts["xl/sharedStrings.xml"] as Uint8Array).matchAll(/<si>(.*?)<\/si>/gs),
      ].map(([, text]) => (text as string).replace(/<[^>]*>/g, ""));
      const xml = strFromU8(parts["xl/worksheets/sheet3.xml"] as Uint8Array);
      const column = [...xml.matchAll(/<c r="B(\d+)"[^>]*t="s"[^>]*><v>(\d+)<\/v>/g)]
        .filter(([, row]) => Number(row) > 3)
        .map(([, , at]) => strings[Number(at)]);
      expect(column).toEqual(north);
      expect(xml).toMatch(/<sheetProtection [^>]*sheet="(?:true|1)"/);
      expect(xml.match(/<dataValidation [^>]*type="list"/g)?.length).toBe(3);
      for (const list of [
        "yes,no,not applicable",
        "in person,in writing,not heard",
        "out-of-scope,inaccessible,conflict",
      ])
        expect(xml).toContain(list);
      expect(xml).toContain("OFFICIAL-TEST");
    }
  });
});

describe("the replacement log", () => {
  test("in whatever order it is, the same cases come in with the same weights; only who comes for whom differs", async () => {
    const { folder } = await given();
    const sampled = ids(folder, "out");
    const lost = [0, 3, 8, 13, 21].map((at) => sampled[at] as string);
    const write = (name: string, order: readonly string[]) => {
      writeFileSync(
        join(folder, name),
        `unit_id,reason\n${order.map((id) => `${id},inaccessible`).join("\n")}\n`,
      );
      return { kind: "replace", log: name } as const;
    };
    await go(folder, "out", "one", write("one.csv", lost));
    await go(folder, "out", "two", write("two.csv", lost.toReversed()));
    const weights = (out: string) =>
      records(folder, `${out}/sample.csv`)
        .map((row) => `${row.unit_id} ${row.final_weight}`)
        .sort();
    expect(weights("two")).toEqual(weights("one"));
  });
});
