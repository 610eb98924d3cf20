import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { CasedrawError } from "../../src/errors.js";
import { starterPlan, type WrittenStarterPlan } from "../../src/workflow/init/to-files.js";
import { openPlan } from "../../src/workflow/open-plan.js";
import { designFromPlan } from "../../src/workflow/sample/design-from-plan.js";
import { rowsXml, workbook } from "../readers/workbook-fixture.js";
import { draw, verify } from "./scratch.js";

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const quiet = { progress: () => {}, claim: () => {}, sheets: [] };

function init(
  folder: string,
  given: readonly string[],
  options: { referenceDate?: string; out?: string; sheets?: readonly string[] } = {},
) {
  return starterPlan(given, { cwd: folder, out: "plan.yaml", ...quiet, ...options });
}

const read = (folder: string, name: string): string => readFileSync(join(folder, name), "utf8");
const states = (made: WrittenStarterPlan): string[] => made.files.map(({ state }) => state);

async function refusalOf(work: Promise<unknown>): Promise<CasedrawError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CasedrawError) return error;
    throw error;
  }
  throw new Error("expected a CasedrawError");
}

/** 40 children of 20 cases, half of them closed in the last weeks. */
const rows = Array.from({ length: 40 }, (_, i) => {
  const day = String((i % 20) + 1).padStart(2, "0");
  const closed = i % 2 === 0 ? `${day}/10/2026` : "";
  return `${100 + (i >> 1)},${i},Secret ${i},${i % 3 ? "Boy" : "Chap"},${day}/03/2018,${i % 4 < 2 ? "public" : "Private"},${day}/01/2026,${closed},08/11/2026`;
});
const header =
  "case ID,Child Unique ID,case name,Sex,Date of Birth,law type,Date of application,closed date,Last activity";
const exported = [header, ...rows].join("\n");

describe("a starter plan", () => {
  test("runs at once", async () => {
    const folder = folderWith({ "children.csv": exported });
    const made = await init(folder, ["children.csv"]);
    expect(states(made)).toEqual(["written", "written", "written"]);
    expect(made.tried.refusal).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual([
      "children.csv",
      "matching.csv",
      "plan.yaml",
      "value-map.csv",
    ]);
    const { plan } = openPlan("plan.yaml", folder);
    expect(plan).toMatchObject({
      reference_date: "2026-11-08",
      unit_id: ["case_id", "child_id"],
      data: [{ path: "children.csv" }],
      value_map: "value-map.csv",
      columns: { gender: "Sex", child_id: "Child Unique ID", last_activity_date: "Last activity" },
      // From a January application to October or to 8 November is over 26 and under 52 weeks for all: one delay band.
      sample: { strata: ["law_type"], size: 21 },
    });
    const { frame, design } = await designFromPlan("plan.yaml", { cwd: folder, progress: () => {} });
    expect(frame.eligible).toHaveLength(40);
    expect(design.strata.length).toBeGreaterThan(1);
    expect(read(folder, "plan.yaml")).toContain("# observed: { from: 2026-10-01, to: 2026-11-08 }");
    expect(read(folder, "matching.csv")).toContain("children.csv,,Sex,gender,synonym,\n");
    expect(read(folder, "value-map.csv")).toContain("gender,Chap,14,\n");
    expect(read(folder, "value-map.csv")).not.toContain("Boy");
  });

  test("holds no name, birth date or absolute path, and only its owner may read it", async () => {
    const folder = folderWith({ "children.csv": exported });
    await init(folder, ["children.csv"]);
    for (const name of ["plan.yaml", "matching.csv", "value-map.csv"]) {
      expect(read(folder, name)).not.toMatch(/Secret|03\/2018|2018-03/);
      expect(read(folder, name)).not.toContain(folder);
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
  });

  test("says first what is refused as it stands, in the words of the run", async () => {
    const twice = folderWith({ "children.csv": `${exported}\n${rows[0]}` });
    const { tried } = await init(twice, ["children.csv"]);
    expect(tried.refusal).toMatch(
      /^UNIT_ID_DUPLICATE: Unit id is not unique: 1 id stands more than once: 100_0 /,
    );
    expect(read(twice, "plan.yaml")).toMatch(/# DECIDE FIRST: .* UNIT_ID_DUPLICATE/);
    expect(read(twice, "plan.yaml")).toContain("1 id stands in several rows");
    const refused = await refusalOf(designFromPlan("plan.yaml", { cwd: twice, progress: () => {} }));
    expect(refused.code).toBe("UNIT_ID_DUPLICATE");
    expect(tried.refusal).toContain(refused.message.slice(0, 100));
  });

  test.each([
    ["DATE_YEAR_SHORT", "03/09/15", "row 2"],
    ["DATE_UNREADABLE", "31/11/2015", "row 2"],
    ["DATE_ORDER_MIXED", "09/25/2015", "rows 2 and 3"],
  ])("%s gives the row of a birth and not its date", async (code, date, where) => {
    const folder = folderWith({
      "a.csv": `child ID,date of birth,law type\n1,${date},public\n2,26/08/2016,public\n3,27/08/2016,public\n`,
    });
    const made = await init(folder, ["a.csv"], { referenceDate: "2026-11-16" });
    expect(made.tried.refusal).toMatch(
      new RegExp(`^${code}: .* \\(a\\.csv, ${where}, column "date of birth"\\)\\.$`),
    );
    for (const text of [JSON.stringify(made.tried), read(folder, "plan.yaml")])
      for (const born of [date, "26/08/2016", "2016-08", "27/08"]) expect(text).not.toContain(born);
  });

  test("without a date of the past the reference date is left open, and may be named", async () => {
    const annexA =
      "case ID,gender,date of birth,law type\n1,Male,01/02/2015,public\n1,Female,03/02/2016,public\n";
    const folder = folderWith({ "annex-a.csv": annexA });
    const open = await init(folder, ["annex-a.csv"]);
    expect(open.tried.refusal).toMatch(/^PLAN_INVALID: reference_date: /);
    expect(read(folder, "plan.yaml")).toContain("DECIDE: reference_date");
    expect((await refusalOf((async () => openPlan("plan.yaml", folder))())).message).toContain(
      "reference_date",
    );
    const named = await init(folder, ["annex-a.csv"], { referenceDate: "2026-11-16" });
    expect(named.tried).toMatchObject({ units: 2 });
    expect(openPlan("plan.yaml", folder).plan.unit_id).toEqual(["case_id", "child_ordinal"]);
    expect(named.tried.cannotStratify).toContain(
      "delay_band: it is worked out from application_date and closed_date, which no column gives.",
    );
  });

  test.each([
    ["a title above the header", `Children of October\n\n${exported}`, 3],
    ["semicolons", exported.replaceAll(",", ";"), 1],
    ["a blank superfluous header", exported.replaceAll("\n", ",\n").concat(","), 1],
  ])("%s", async (_, text, row) => {
    const folder = folderWith({ "children.csv": text });
    const { proposal, tried } = await init(folder, ["children.csv"]);
    expect(proposal.files[0]?.table.headerRow).toBe(row);
    expect(tried).toMatchObject({ units: 40 });
  });

  test.each([
    ["Windows-1252", Buffer.from(exported.replace("case name", "caf\u00e9"), "latin1")],
    ["UTF-16", Buffer.from(`\ufeff${exported}`, "utf16le")],
  ])("text in %s", async (_, bytes) => {
    const folder = folderWith({ "children.csv": bytes });
    expect((await init(folder, ["children.csv"])).tried).toMatchObject({ units: 40 });
  });

  test("a file with headers and no rows gives a plan and says so", async () => {
    const folder = folderWith({ "list.csv": `${header}\n` });
    const { tried } = await init(folder, ["list.csv"], { referenceDate: "2026-11-16" });
    expect(tried).toMatchObject({ units: 0 });
    expect(read(folder, "plan.yaml")).toContain("# No rows yet; the header is in row 1.");
    expect(read(folder, "plan.yaml")).toMatch(/The export has no rows yet, .*\n# \(SAMPLE_EXCEEDS_FRAME\)\./);
    expect((await refusalOf(designFromPlan("plan.yaml", { cwd: folder, progress: () => {} }))).code).toBe(
      "SAMPLE_EXCEEDS_FRAME",
    );
  });

  test("a column of words under a date's name is left to be decided; a few unreadable dates stop the run, as is said", async () => {
    const words = folderWith({ "a.csv": "child ID,allocation date\n1,soon\n2,later\n3,01/02/2026\n" });
    expect((await init(words, ["a.csv"], { referenceDate: "2026-11-16" })).tried.refusal).toBeUndefined();
    expect(read(words, "plan.yaml")).toContain("  # allocation_date: allocation date   # Its name says");
    const few = folderWith({ "a.csv": "child ID,allocation date\n1,soon\n2,03/02/2026\n3,01/02/2026\n" });
    expect((await init(few, ["a.csv"], { referenceDate: "2026-11-16" })).tried.refusal).toMatch(
      /^DATE_UNREADABLE/,
    );
    expect(read(few, "plan.yaml")).toContain("exact; DECIDE: 1 row cannot be read, and a run stops there");
  });

  test("an export is never written over, nor a link followed", async () => {
    const folder = folderWith({ "children.csv": exported });
    symlinkSync("elsewhere.yaml", join(folder, "link.yaml"));
    expect((await refusalOf(init(folder, ["children.csv"], { out: "children.csv" }))).code).toBe(
      "OUTPUT_HOLDS_INPUT",
    );
    expect((await refusalOf(init(folder, ["children.csv"], { out: "link.yaml" }))).code).toBe(
      "OUTPUT_IS_A_LINK",
    );
    expect(read(folder, "children.csv")).toBe(exported);
  });
});

describe("run again", () => {
  test("nothing edited: the same bytes, and new ones for a new export", async () => {
    const folder = folderWith({ "children.csv": exported });
    await init(folder, ["children.csv"]);
    const before = read(folder, "plan.yaml");
    expect(states(await init(folder, ["children.csv"]))).toEqual(["unchanged", "unchanged", "unchanged"]);
    writeFileSync(join(folder, "children.csv"), exported.replaceAll("Boy", "Lad"));
    expect(states(await init(folder, ["children.csv"]))).toEqual(["written", "unchanged", "written"]);
    expect(read(folder, "plan.yaml")).not.toBe(before);
    expect(read(folder, "value-map.csv")).toContain("gender,Lad,26,\n");
  });

  test("edited files are kept to the byte, and what is new is told", async () => {
    const folder = folderWith({ "children.csv": exported });
    await init(folder, ["children.csv"]);
    const edited = read(folder, "plan.yaml")
      .replace("Records of children.csv", "Autumn")
      .replace("  gender: Sex", "  # gender: Sex");
    writeFileSync(join(folder, "plan.yaml"), edited);
    const map = read(folder, "value-map.csv").replace("gender,Chap,14,", "gender,Chap,14,male");
    writeFileSync(join(folder, "value-map.csv"), map);
    const later = exported
      .replaceAll("Boy", "Lad")
      .replace(/$/gm, ",x")
      .replace("Last activity,x", "Last activity,Team");
    writeFileSync(join(folder, "children.csv"), later);
    const made = await init(folder, ["children.csv"]);
    expect(states(made)).toEqual(["kept", "written", "kept"]);
    expect(read(folder, "plan.yaml")).toBe(edited);
    expect(read(folder, "value-map.csv")).toBe(map);
    expect(made.news).toMatchObject({
      files: [],
      columns: [
        { path: "children.csv", field: "gender", header: "Sex" },
        { path: "children.csv", field: "team", header: "Team" },
      ],
      headers: [],
      values: [{ field: "gender", value: "Lad", count: 26, code: "" }],
    });
  });

  test("what stands in a value map that was just written is no news; that the plan does not name it is", async () => {
    const folder = folderWith({ "children.csv": exported });
    await init(folder, ["children.csv"]);
    const edited = read(folder, "plan.yaml").replace(/title: .*/, "title: Autumn");
    writeFileSync(join(folder, "plan.yaml"), edited);
    rmSync(join(folder, "value-map.csv"));
    const made = await init(folder, ["children.csv"]);
    expect(states(made)).toEqual(["kept", "unchanged", "written"]);
    expect(made.news).toMatchObject({ files: [], columns: [], headers: [], values: [] });
    writeFileSync(join(folder, "plan.yaml"), edited.replace("value_map: value-map.csv", ""));
    expect((await init(folder, ["children.csv"])).news).toMatchObject({
      values: [],
      valueMap: "value-map.csv",
    });
  });

  test("what was proposed and the plan now has is told, and what is open", async () => {
    const folder = folderWith({
      "header.csv": "CHILD,SEX\na,1\nb,2\n",
      "episodes.csv": "CHILD,DECOM,DEC\na,01/02/2026,01/03/2026\na,02/03/2026,\n",
    });
    const given = ["header.csv", "episodes.csv"];
    await init(folder, given);
    const starter = read(folder, "plan.yaml");
    writeFileSync(join(folder, "plan.yaml"), `${starter}# mine\n`);
    const { news: untouched } = await init(folder, given);
    const could = [
      { path: "episodes.csv", header: "DECOM", fields: ["application_date"] },
      { path: "episodes.csv", header: "DEC", fields: ["closed_date"] },
    ];
    const none = { joins: [], columns: [], cohort: false, observed: false };
    expect(untouched).toMatchObject({
      standing: {
        taken: none,
        open: { joins: ["episodes.csv"], columns: could, cohort: true, observed: false },
      },
    });
    // The join's lines without their #, and nothing else: its comment still says that it is not joined.
    const accepted = starter.replaceAll(
      /^# (joins:| {2}- path: episodes.csv| {4}(?:key|many|columns): .*)$/gm,
      "$1",
    );
    expect(accepted).not.toBe(starter);
    writeFileSync(join(folder, "plan.yaml"), accepted);
    const { news } = await init(folder, given);
    expect(news).toMatchObject({
      files: [],
      standing: {
        taken: { joins: ["episodes.csv"], columns: could, cohort: false, observed: false },
        open: { joins: [], columns: [], cohort: true, observed: false },
      },
    });
    const { decide = [] } = (news as { standing: { decide: readonly number[] } }).standing;
    const asking = accepted.split("\n").flatMap((line, at) => (line.includes("DECIDE") ? [at + 1] : []));
    // All but the second line, which says what DECIDE means.
    expect(decide).toEqual(asking.filter((line) => line !== 2));
    expect(decide.length).toBeGreaterThan(3);
  });

  test("a sheet that an edited plan does not name is news, as a file is, though it names the workbook", async () => {
    const children = rowsXml([
      ["case ID", "child ID", "Sex"],
      [1, 1, "F"],
      [1, 2, "M"],
    ]);
    const hearings = rowsXml([
      ["child ID", "Hearing"],
      [1, "final"],
    ]);
    const book = (...names: string[]) =>
      workbook({ sheets: names.map((name) => ({ name, rows: name === "Children" ? children : hearings })) });
    const asked = { referenceDate: "2026-11-16" };
    const folder = folderWith({ "lists.xlsx": book("Children") });
    await init(folder, ["lists.xlsx"], { ...asked, sheets: ["Children"] });
    writeFileSync(join(folder, "plan.yaml"), `${read(folder, "plan.yaml")}# mine\n`);
    expect((await init(folder, ["lists.xlsx"], { ...asked, sheets: ["Children"] })).news).toMatchObject({
      files: [],
    });
    writeFileSync(join(folder, "lists.xlsx"), book("Children", "Hearings"));
    const { news } = await init(folder, ["lists.xlsx"], { ...asked, sheets: ["Children", "Hearings"] });
    expect(news).toMatchObject({ files: ['lists.xlsx, sheet "Hearings"'] });
  });

  test("values with a code are not counted as lacking one, whichever file gives it", async () => {
    const folder = folderWith({ "children.csv": `${exported}\n300,99,x,Lass,01/03/2018,public,,,` });
    expect((await init(folder, ["children.csv"])).uncoded).toBe(2);
    const map = read(folder, "value-map.csv");
    writeFileSync(join(folder, "value-map.csv"), map.replace("gender,Chap,14,", "gender,Chap,14,male"));
    const made = await init(folder, ["children.csv"]);
    expect(states(made)).toEqual(["unchanged", "unchanged", "kept"]);
    expect(made.uncoded).toBe(1);
    expect(made.news).toEqual({ files: [], columns: [], headers: [], values: [] });
  });

  test("a value map of its own is not taken for a plan, nor a plan for a value map", async () => {
    const folder = folderWith({ "children.csv": exported });
    await init(folder, ["children.csv"]);
    const map = read(folder, "value-map.csv");
    const made = await init(folder, ["children.csv"], { out: "value-map.csv" });
    expect(made.files[0]).toEqual({ path: "value-map.csv", state: "kept" });
    expect(read(folder, "value-map.csv")).toBe(map);
  });

  test("a file of somebody else's is kept too, a plan that cannot be read is said", async () => {
    const folder = folderWith({
      "children.csv": exported,
      "plan.yaml": "not a plan",
      "matching.csv": "mine\n",
    });
    const made = await init(folder, ["children.csv"]);
    expect(states(made)).toEqual(["kept", "kept", "written"]);
    expect(made.news).toMatch(/^PLAN_NOT_KEYS: /);
    expect(read(folder, "plan.yaml")).toBe("not a plan");
  });

  test("two plans in one folder each have their own value map", async () => {
    const folder = folderWith({ "children.csv": exported });
    await init(folder, ["children.csv"]);
    await init(folder, ["children.csv"], { out: "visit.yaml" });
    expect(openPlan("visit.yaml", folder).plan.value_map).toBe("visit-value-map.csv");
    expect(readdirSync(folder)).toContain("visit-matching.csv");
  });
});

describe("a value map is part of what a sample rests on", () => {
  test("its codes are applied, its hash is recorded, and verify reads it again", async () => {
    const folder = folderWith({ "children.csv": exported });
    await init(folder, ["children.csv"]);
    const fill = (code: string): void =>
      writeFileSync(join(folder, "value-map.csv"), `field,value,count,code\ngender,Chap,14,${code}\n`);
    fill("male");
    const { manifest } = await draw(folder);
    expect(
      manifest.inputs.map(({ path, rows_read, rows_matched }) => [path, rows_read, rows_matched]),
    ).toEqual([
      ["children.csv", 40, 40],
      ["value-map.csv", 1, 1],
    ]);
    expect(read(folder, "out/sample.csv")).not.toContain("unmapped");
    expect(await verify(folder)).toMatchObject({ differences: [], notes: [] });

    writeFileSync(join(folder, "value-map.csv"), "field,value,code\ngender,chap,male\n");
    expect((await verify(folder)).notes.map(({ text }) => text)).toEqual([
      "value-map.csv has other bytes than at the draw, but gives the same frame",
    ]);
    fill("neither");
    const { differences } = await verify(folder);
    expect(differences.map(({ subject, text }) => `${subject}: ${text}`)).toContain(
      "data: value-map.csv has other bytes than at the draw",
    );
    expect(differences.map(({ text }) => text)).toContain("the field gender has other values");
    rmSync(join(folder, "value-map.csv"));
    expect((await refusalOf(verify(folder))).code).toBe("FILE_NOT_FOUND");
  });

  test("a plan's exclusion list stands before it", async () => {
    const folder = folderWith({ "children.csv": exported, "out.csv": "unit_id,reason\n100_0,moved\n" });
    await init(folder, ["children.csv"]);
    writeFileSync(
      join(folder, "plan.yaml"),
      read(folder, "plan.yaml").replace("value_map:", "cohort: { exclude_ids: out.csv }\nvalue_map:"),
    );
    writeFileSync(join(folder, "value-map.csv"), "field,value,count,code\ngender,Chap,14,male\n");
    const { manifest } = await draw(folder);
    expect(manifest.inputs.map(({ path, rows_matched }) => [path, rows_matched])).toEqual([
      ["children.csv", 40],
      ["out.csv", 1],
      ["value-map.csv", 1],
    ]);
    expect(manifest.frame.excluded).toEqual([{ reason: "exclude_ids", count: 1 }]);
  });
});
