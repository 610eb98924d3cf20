import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { CasedrawError } from "../../src/errors.js";
import { levelAt } from "../../src/frame/field.js";
import type { Frame } from "../../src/frame/frame.js";
import { buildFromPlan } from "../../src/workflow/build-from-plan.js";
import { openPlan } from "../../src/workflow/open-plan.js";
import { Pseudonyms, pseudonym } from "../../src/workflow/pseudonymise/keyed-hash.js";
import { matchToFile } from "../../src/workflow/pseudonymise/match.js";
import { pseudonymiseToFolder } from "../../src/workflow/pseudonymise/to-folder.js";
import { draw, exportLines, plan, workplace } from "./scratch.js";

const quiet = { progress: () => {}, claim: () => {} };

function copy(folder: string, options: Partial<Parameters<typeof pseudonymiseToFolder>[1]> = {}) {
  return pseudonymiseToFolder("plan.yaml", {
    key: "the.key",
    out: "copy",
    force: false,
    cwd: folder,
    ...quiet,
    ...options,
  });
}

function match(folder: string, list: string, options: Partial<Parameters<typeof matchToFile>[1]> = {}) {
  const usual = { plan: "plan.yaml", key: "the.key", out: "matched.csv", force: true, cwd: folder };
  return matchToFile(list, { ...usual, ...quiet, ...options });
}

async function refusal(work: Promise<unknown>): Promise<CasedrawError> {
  return await work.then(
    () => expect.fail("expected a refusal"),
    (error) => error as CasedrawError,
  );
}

const frameOf = async (folder: string): Promise<Frame> =>
  (await buildFromPlan(openPlan("plan.yaml", folder), { progress: () => {} })).frame;
const rowsOf = (file: string): Record<string, string>[] =>
  parse(readFileSync(file, "utf8"), { columns: true });
const everything = (folder: string): string =>
  readdirSync(folder, { recursive: true })
    .map((name) => readFileSync(join(folder, String(name)), "utf8"))
    .join("\n");

/** How many units have each combination of these fields, and how many of them are eligible. */
function tally(frame: Frame, names: readonly string[]): Record<string, string> {
  const counts = new Map<string, [all: number, eligible: number]>();
  const eligible = new Set(frame.eligible);
  for (const unit of frame.ids.keys()) {
    const key = names.map((name) => levelAt(frame.fields.get(name) as never, unit)).join(" / ");
    const [all, some] = counts.get(key) ?? [0, 0];
    counts.set(key, [all + 1, some + Number(eligible.has(unit))]);
  }
  return Object.fromEntries([...counts].sort().map(([key, pair]) => [key, pair.join(" of which ")]));
}

describe("pseudonyms", () => {
  // Python 3: "p" + hmac.new(bytes(range(32)), (field + "\x1f" + value).encode(), hashlib.sha256).hexdigest()[:20]
  test.each([
    ["case_id", "0001", "p4609fb6a3d84235c710b"],
    ["child_id", "0001", "pdf2caee54c2b1635d07f"],
    ["practitioner", "Zoë Ng", "pa14637cf8478c65fdc60"],
  ])("of %s %s", (field, value, expected) => {
    expect(
      pseudonym(
        Uint8Array.from({ length: 32 }, (_, i) => i),
        field,
        value,
      ),
    ).toBe(expected);
  });

  test("two values with one pseudonym are refused, the same value twice is not", () => {
    const given = new Pseudonyms((_, value) => `p${value.length}`);
    expect([given.of("case_id", "ab"), given.of("case_id", "ab")]).toEqual(["p2", "p2"]);
    expect(() => given.of("case_id", "cd")).toThrow(expect.objectContaining({ code: "PSEUDONYMS_COLLIDE" }));
    expect(() => given.of("child_id", "ab")).toThrow(expect.objectContaining({ code: "PSEUDONYMS_COLLIDE" }));
  });
});

describe("the copy", () => {
  test("gives the export's strata, bands and counts, and can be drawn from", async () => {
    const folder = workplace();
    const { madeKey } = await copy(folder);
    expect(madeKey).toBe(true);
    const [given, copied] = [await frameOf(folder), await frameOf(join(folder, "copy"))];
    for (const names of [["law_type", "delay_band"], ["age_band", "gender"], ["team"]]) {
      expect(tally(copied, names)).toEqual(tally(given, names));
    }
    expect(copied.accounting).toEqual(given.accounting);
    expect(copied.exclusion.reasons).toEqual(given.exclusion.reasons);
    const { sample } = await draw(join(folder, "copy"));
    expect(sample.drawn.length).toBe(12);
  });

  test("holds no id, name, day of birth or key, in no order of the export's", async () => {
    const folder = workplace();
    await copy(folder);
    const text = everything(join(folder, "copy"));
    expect(text).not.toMatch(/Secret|(?<![0-9a-f])0007(?![0-9a-f])|01\/0\d\/2015|2015-0\d-01/);
    expect(text).not.toContain(readFileSync(join(folder, "the.key"), "utf8").trim());
    expect(text).not.toContain(folder);
    const rows = rowsOf(join(folder, "copy/data.csv"));
    expect(rows.length).toBe(120);
    // Born on the first of a month of 2015, and the counter says which: 120 rows over 9 months.
    expect(new Set(rows.map((row) => row.birth_month))).toEqual(
      new Set([1, 2, 3, 4, 5, 6, 7, 8, 9].map((m) => `2015-0${m}`)),
    );
    const cases = rows.map((row) => row.case_id as string);
    expect(cases.every((id) => /^p[0-9a-f]{20}$/.test(id))).toBe(true);
    expect(cases).toEqual(cases.toSorted());
    expect(new Set(cases).size).toBe(60);
  });

  test("the same key gives the same bytes, another key others", async () => {
    const folder = workplace();
    await copy(folder);
    const { madeKey } = await copy(folder, { out: "again" });
    await copy(folder, { out: "other", key: "other.key" });
    expect(madeKey).toBe(false);
    expect(everything(join(folder, "again"))).toBe(everything(join(folder, "copy")));
    expect(readFileSync(join(folder, "other/data.csv"), "utf8")).not.toBe(
      readFileSync(join(folder, "copy/data.csv"), "utf8"),
    );
  });

  test("children without an id keep their numbers, which go by the day of birth", async () => {
    const yaml = plan
      .replace("[case_id, child_id]", "[case_id, child_ordinal]")
      .replace("  child_id: child ID\n", "");
    const lines = [
      "case ID,case name,gender,date of birth,law type,application date,closed date,team",
      "7,x,F,20/03/2015,public,01/02/2026,,A",
      "7,x,M,03/03/2015,public,01/02/2026,,B",
      "7,x,M,,public,01/02/2026,,A",
      ...Array.from({ length: 12 }, (_, i) => `1${i},x,M,01/01/2010,private,01/02/2026,,C`),
    ];
    const folder = workplace(lines, yaml);
    await copy(folder);
    const copied = await frameOf(join(folder, "copy"));
    const family = [...copied.ids.keys()].filter(
      (unit) => levelAt(copied.fields.get("law_type") as never, unit) === "public",
    );
    // By hand: 3 March before 20 March, and the unknown day last.
    const told = family.map((unit) => [
      copied.ids[unit]?.split("_")[1],
      levelAt(copied.fields.get("gender") as never, unit),
      levelAt(copied.fields.get("team") as never, unit),
    ]);
    expect(told.sort()).toEqual([
      ["1", "male", "B"],
      ["2", "female", "A"],
      ["3", "male", "A"],
    ]);
  });

  test("joins, lookups, folding, lists, later files, exclusions and spellings carry over", async () => {
    const yaml = `casedraw: 1
title: all at once
reference_date: 2026-11-16
unit: case
unit_id: case_id
unit_id_prefix: C
data: [{ path: children.csv }, { path: later.csv }]
prefer: last_file
joins:
  - { path: stages.csv, key: [case_id, date_of_birth], many: list, columns: { case_type: stage, factors: factor } }
lookups: [{ path: courts.csv, from: court, to: { region: Region, circuit: Circuit } }]
columns: { case_id: id, gender: sex, date_of_birth: dob, practitioner: who, court: court, age_recorded: age, application_date: from, closed_date: to, law_type: law }
fields: { need: { column: need, type: category }, notes: { column: notes, type: text }, score: { column: score, type: number }, weeks: { weeks_between: [application_date, closed_date] } }
values: { gender: { Boy: male }, need: { "one": "=one", "two": "-2" }, factors: { dv: "Dom Ab; DA" } }
cohort: { exclude: { practitioner: ["jo  smith"] }, exclude_ids: out.csv }
sample: { size: 3, method: balanced, strata: [law_type], balance: [factors, need] }
`;
    const header = "id,sex,dob,who,court,age,from,to,law,need,notes,score";
    const row = (id: string, rest: string) => `${id},${rest}`;
    const folder = workplace(
      [
        header,
        row("1", "Boy,02/02/2020,Jo Smith,Leeds,3,01/01/2026,,public,one,he said no,0.0000001"),
        row("1", "F,03/02/2012,Jo Smith,Leeds,,01/01/2026,,public,one,x,5"),
        row("2", "zz,,Al Roe,York,4.9,01/02/2026,01/08/2026,private,two,x,-3"),
        row("3", "F,16/11/2026,Al Roe,Hull,,01/03/2026,,private,three,x,"),
        row("4", "F,17/11/2026,,York,,01/03/2026,,private,@x,x,"),
        row("5", "F,01/01/2010,Al Roe,York,,01/03/2026,,public,,x,"),
        row("6", "F,01/01/2010,Al Roe,York,,01/03/2026,,public,,x,"),
      ],
      yaml,
    );
    writeFileSync(
      join(folder, "later.csv"),
      `${header}\n${row("6", "M,01/01/2009,Al Roe,York,,01/03/2026,,private,two,x,1")}\n`,
    );
    writeFileSync(
      join(folder, "stages.csv"),
      "id,dob,stage,factor\n1,02/02/2020,s31,neglect\n1,02/02/2020,s8,dv\n1,03/02/2012,s31,\n6,01/01/2009,r16.4,dv\n5,01/01/2010,,x;y|z\n",
    );
    writeFileSync(join(folder, "courts.csv"), "court,Region,Circuit\nLeeds,North,NE\nYork,North,NE\n");
    writeFileSync(join(folder, "out.csv"), "unit_id,reason\nC5,nominated by A. Person\nC99,gone\n");
    const { treatment, frame } = await copy(folder);
    expect(treatment).toMatchObject({ hashed: ["case_id", "practitioner"], dropped: ["notes"], birth: true });
    // 8 rows read: case 1 folds two, case 6 is replaced once, so six units; Jo Smith's case and the listed one are out.
    expect(frame.accounting).toEqual({ rowsRead: 8, superseded: 1, folded: 1 });
    expect(frame.eligible.length).toBe(4);
    const copied = await frameOf(join(folder, "copy"));
    const names = [
      "law_type",
      "gender",
      "age_band",
      "need",
      "score",
      "weeks",
      "factors",
      "case_type",
      "region",
      "circuit",
      "court",
      "delay_band",
    ];
    expect(tally(copied, names)).toEqual(tally(await frameOf(folder), names));
    expect(copied.exclusion.reasons).toEqual(frame.exclusion.reasons);
    const text = everything(join(folder, "copy"));
    expect(text).not.toMatch(/Smith|Roe|Person|he said|zz|C5\b|2020-02-02|2012-02-03/);
    for (const name of ["out.csv", "children.csv"]) {
      // Whoever guesses what a short list holds could know it again by its hash.
      const hash = createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex");
      expect(text).not.toContain(hash);
    }
    const matched = await match(folder, "copy/exclusions.csv");
    expect(matched).toEqual({ listed: 1, own: 0, pseudonyms: 1, unmatched: 0 });
    expect(rowsOf(join(folder, "matched.csv"))[0]?.unit_id).toBe("C5");
  });

  test.each<[string, string, string]>([
    [
      "a day of birth in the cohort",
      "cohort: { include: { date_of_birth: { from: 2015-02-01 } } }",
      "PSEUDONYMISE_FIELD_USED",
    ],
    [
      "the source file in the cohort",
      "cohort: { include: { source: [children.csv] } }",
      "PSEUDONYMISE_FIELD_USED",
    ],
  ])("is refused where the plan goes by what it cannot have: %s", async (_, cohort, code) => {
    const folder = workplace(exportLines(), plan.replace(/^cohort:.*$/m, cohort));
    expect((await refusal(copy(folder))).code).toBe(code);
    expect(readdirSync(folder).sort()).toEqual(["children.csv", "plan.yaml"]);
  });

  test("a copy that reads back otherwise than the export is never left behind", async () => {
    // In the copy the age is that of the birth date, so this condition would choose others.
    const yaml = plan
      .replace("  team: team\n", "  age_recorded: team\n")
      .replace(/^cohort:.*$/m, "cohort: { include: { age_recorded: { up_to: 1 } } }");
    const folder = workplace(
      exportLines().map((line) => line.replace(/Team (\d)$/, "$1")),
      yaml,
    );
    expect((await refusal(copy(folder))).code).toBe("PSEUDONYMS_CHANGE_FRAME");
    expect(existsSync(join(folder, "copy"))).toBe(false);
  });

  test("a column that is hidden in one field does not come in by another", async () => {
    const again = plan.replace(
      /^cohort:/m,
      "fields: { again: { column: Case id, type: category } }\ncohort:",
    );
    const folder = workplace(exportLines(), again);
    const { treatment } = await copy(folder);
    expect(treatment.dropped).toEqual(["again"]);
    expect(everything(join(folder, "copy"))).not.toMatch(/(?<![0-9a-f])0007(?![0-9a-f])/);
    const used = workplace(exportLines(), again.replace("strata: [", "strata: [again, "));
    expect((await refusal(copy(used))).code).toBe("PSEUDONYMISE_FIELD_USED");
  });

  test("a category that looks like free text is said", async () => {
    const yaml = plan
      .replace("  team: team\n", "  team: case name\n")
      .replace("  case_name: case name\n", "");
    expect((await copy(workplace(exportLines(), yaml))).notes).toEqual([
      expect.stringContaining("team has 120 values in 120 rows"),
    ]);
  });
});

describe("the key", () => {
  test.skipIf(process.platform === "win32")(
    "is made for its owner alone, and a readable one is said",
    async () => {
      const folder = workplace();
      expect((await copy(folder)).notes).toEqual([]);
      const key = join(folder, "the.key");
      expect(statSync(key).mode & 0o777).toBe(0o600);
      expect(readFileSync(key, "latin1")).toMatch(/^[0-9a-f]{64}\n$/);
      chmodSync(key, 0o644);
      expect((await copy(folder, { out: "again" })).notes).toEqual([expect.stringContaining("chmod 600")]);
    },
  );

  test.each<[string, string, (folder: string) => void, string]>([
    ["in the folder that is to be", "copy/the.key", () => {}, "KEY_INSIDE_OUTPUT"],
    [
      "in it by another way",
      "copy/sub/../x.key",
      (folder) => mkdirSync(join(folder, "copy/sub"), { recursive: true }),
      "KEY_INSIDE_OUTPUT",
    ],
    [
      "in it through a link",
      "link/x.key",
      (folder) => {
        mkdirSync(join(folder, "copy"));
        symlinkSync("copy", join(folder, "link"));
      },
      "KEY_INSIDE_OUTPUT",
    ],
    ["a link", "x.key", (folder) => symlinkSync("plan.yaml", join(folder, "x.key")), "KEY_FILE_UNSUITABLE"],
    ["a folder", "x.key", (folder) => mkdirSync(join(folder, "x.key")), "KEY_FILE_UNSUITABLE"],
    ["another file", "plan.yaml", () => {}, "KEY_FILE_UNSUITABLE"],
    [
      "cut short",
      "x.key",
      (folder) => writeFileSync(join(folder, "x.key"), `${"a".repeat(63)}\n`),
      "KEY_FILE_UNSUITABLE",
    ],
    ["in a folder that is not there", "nowhere/x.key", () => {}, "OUTPUT_PARENT_MISSING"],
  ])("is refused: %s", async (_, key, prepare, code) => {
    const folder = workplace();
    prepare(folder);
    expect((await refusal(copy(folder, { key, force: true }))).code).toBe(code);
  });
});

describe("matching", () => {
  test("a sample of the copy is matched back, and one of the export forth", async () => {
    const folder = workplace();
    await copy(folder);
    const { sample } = await draw(join(folder, "copy"));
    expect(await match(folder, "copy/out")).toEqual({
      listed: sample.drawn.length + sample.reserves.length,
      own: 0,
      pseudonyms: sample.drawn.length + sample.reserves.length,
      unmatched: 0,
    });
    const back = rowsOf(join(folder, "matched.csv"));
    const key = Buffer.from(readFileSync(join(folder, "the.key"), "latin1").trim(), "hex");
    for (const { listed_id, unit_id, pseudonym: given } of back) {
      const [caseId = "", childId = ""] = (unit_id as string).split("_");
      expect(listed_id).toBe(`${pseudonym(key, "case_id", caseId)}_${pseudonym(key, "child_id", childId)}`);
      expect(given).toBe(listed_id);
    }
    await draw(folder);
    const forth = await match(folder, "out");
    expect(forth).toMatchObject({ pseudonyms: 0, unmatched: 0 });
    expect(forth.own).toBe(forth.listed);
  });

  test("ids that fit nothing are counted, and nothing but such is refused", async () => {
    const folder = workplace();
    await copy(folder);
    writeFileSync(join(folder, "some.csv"), "unit_id\n0000_0\nnobody\n");
    expect(await match(folder, "some.csv")).toEqual({ listed: 2, own: 1, pseudonyms: 0, unmatched: 1 });
    writeFileSync(join(folder, "some.csv"), "unit_id\nnobody\n");
    expect((await refusal(match(folder, "some.csv"))).code).toBe("MATCH_NOTHING");
    expect((await refusal(match(folder, "some.csv", { key: "none.key" }))).code).toBe("KEY_FILE_MISSING");
  });
});

test("teams and the handover, which show what the copy leaves out, stay behind", async () => {
  const folder = workplace(
    exportLines().map((line, at) => `${line},${at === 0 ? "file" : `cases/${at}`}`),
    `${plan.replace("  team: team\n", "  team: team\n  file_location: file\n")}teams: [{ name: Somewhere North }]\nhandover: { findings: [{ name: seen }], show: [file_location] }\n`,
  );
  const { notes } = await copy(folder);
  expect(notes.join("\n")).toContain("leaves out teams and handover");
  expect(everything(join(folder, "copy"))).not.toContain("Somewhere North");
});

test("a frame that the plan lacks is refused as a wrong --frame, whatever a sample's manifest says", async () => {
  const frames = plan.replace(
    /sample: (.*)\n/,
    "frames: { current: { sample: $1 }, closed: { sample: $1 } }\n",
  );
  const folder = workplace(exportLines(), frames);
  const unknown = await refusal(copy(folder, { frame: "curent" }));
  expect(unknown.code).toBe("FRAME_UNKNOWN");
  expect(unknown.message).toContain("the plan has current, closed. Correct the frame");
  const unnamed = await refusal(copy(folder));
  expect(unnamed.message).toContain("(current, closed): one is copied at a time. Name it with --frame NAME.");
});
