import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkLines, checkPlan, checkWords, checkWorkplace, recordsOf, runIn } from "./check-export.js";

const allClear = "Every field that must be filled in is filled in and understood.";

async function checked(lines: readonly string[], yaml = checkPlan, files: Record<string, string> = {}) {
  const folder = checkWorkplace(lines, yaml);
  mkdirSync(join(folder, "own"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const said = await runIn(folder, ...checkWords, "--out", "q");
  const page = said.code === 0 ? readFileSync(join(folder, "q/quality.html"), "utf8") : "";
  const questions = said.code === 0 ? readFileSync(join(folder, "q/questions.md"), "utf8") : "";
  return { folder, ...said, page, questions };
}

describe("a column with dates of two orders", () => {
  const mixed = checkLines({ 11: { applied: "02/25/2026" } });

  test("is set aside: it is not blank, nothing is said to be complete, and rules say why they were not run", async () => {
    const { folder, out, page } = await checked(mixed);
    expect(
      recordsOf(folder, "q/matching.csv").find(({ field }) => field === "application_date"),
    ).toMatchObject({
      how: "set aside: dates of two orders",
      rows: "200",
      blank: "0",
      unreadable: "1",
    });
    const said =
      "Nothing is said of application date: dates of two orders stand in its column, which is set aside.";
    expect(out).toContain(said);
    expect(out).not.toContain(allClear);
    expect(page).toContain(said);
    expect(page).toContain("Application date (set aside: dates of two orders)");
    expect(page).toContain("or what was set aside");
    expect(out).toContain("that the plan does not map or that are set aside.");
  });
});

describe("that every field is filled in", () => {
  test.each([
    ["nothing is wrong", {}, true],
    ["an error is about something else", { 31: { closed: "01/01/2025" } }, true],
    ["an id is blank", { 11: { "child ID": "" } }, false],
  ])("where %s", async (_, changes, says) => {
    const { out } = await checked(checkLines(changes));
    expect(out.includes(allClear)).toBe(says);
  });
});

test("in a publishable edition the weakest field is so only of those whose share is shown", async () => {
  // 40 of 200 genders are not understood; 2 of 200 disabilities are blank, and hidden.
  const genders = Object.fromEntries(Array.from({ length: 40 }, (_, k) => [2 + k, { gender: "perhaps" }]));
  const shown = await runIn(
    checkWorkplace(checkLines({ ...genders, 101: { disability: "" }, 105: { disability: "" } })),
    ...checkWords,
    "--edition",
    "publishable",
  );
  expect(shown.out).toContain("Of the fields whose share is shown, gender is the weakest: 20.0% of its rows");
  expect(shown.out).toContain("(disability): [c] rows");
  const alone = await runIn(checkWorkplace(checkLines(genders)), ...checkWords, "--edition", "publishable");
  expect(alone.out).toContain("Gender is the weakest field: 20.0%");
});

describe("names in a column that is taken for a coded field", () => {
  const names = checkLines(
    Object.fromEntries(Array.from({ length: 70 }, (_, k) => [2 + k, { gender: `Wolpertinger ${k}` }])),
  );

  test("stand in no file of a check and on no screen, of sample neither", async () => {
    const { folder, out, page, questions } = await checked(names);
    expect(recordsOf(folder, "q/value-map.csv")).toEqual([]);
    expect(out).toContain("70 different values look like free text, which is listed nowhere.");
    const drawn = await runIn(folder, "sample", "--plan", "plan.yaml", "--dry-run");
    const json = await runIn(folder, "sample", "--plan", "plan.yaml", "--dry-run", "--json");
    expect([drawn.code, json.code]).toEqual([0, 0]);
    expect(drawn.err).toContain("70 different values that look like free text and are not shown.");
    const texts = [out, page, questions, drawn.out, drawn.err, json.out, json.err];
    for (const name of ["issues.csv", "value-map.csv", "matching.csv", "manifest.json"])
      texts.push(readFileSync(join(folder, "q", name), "utf8"));
    expect(texts.filter((text) => text.includes("Wolpertinger"))).toEqual([]);
  });
});

describe("a value map", () => {
  const withMap = `${checkPlan}value_map: map.csv\n`;
  const lines = checkLines({ 21: { gender: "007" } });

  test.each(["check", "sample"])(
    "without the column code is refused by %s as the officer's own",
    async (command) => {
      const folder = checkWorkplace(lines, withMap);
      writeFileSync(join(folder, "map.csv"), "field,value,count\ngender,007,1\n");
      const { code, err } = await runIn(
        folder,
        command,
        "--plan",
        "plan.yaml",
        ...(command === "check" ? [] : ["--dry-run"]),
      );
      expect(code).toBe(2);
      expect(err).toContain("error[VALUE_MAP_INVALID]");
      expect(err).toContain('got none headed "code" (map.csv)');
    },
  );

  test("that a spreadsheet has changed is said, and the next one shows which of its rows match nothing", async () => {
    const { folder, out, questions } = await checked(lines, withMap, {
      "map.csv": "field,value,count,code\ngender,7,1,male\ngender,F,1,female\n",
    });
    expect(out).toContain(
      "CHECK_VALUE_MAP_UNMATCHED\n    1 row of map.csv gives a code to a value that is not in the data.",
    );
    expect(recordsOf(folder, "q/value-map.csv")).toEqual([
      { field: "gender", value: "7", count: "0", code: "male" },
      { field: "gender", value: "F", count: "", code: "female" },
      { field: "gender", value: "007", count: "1", code: "" },
    ]);
    expect(questions).not.toContain("map.csv");
  });
});

describe("files that cannot be read", () => {
  test("are asked of the data's owner each with its own reason, the officer's own not at all", async () => {
    const yaml = `${checkPlan.replace("[{ path: children.csv }]", "[{ path: children.csv }, { path: long.csv }]")}joins: [{ path: own/open.csv, key: case_id, columns: { case_id: case ID, team: team } }]
cohort: { exclude_ids: own/mine.csv }
value_map: own/map.csv
`;
    const { out, questions } = await checked(checkLines(), yaml, {
      "long.csv": "case ID,child ID\nC1,K1,more,and more\n",
      "own/open.csv": 'case ID,team\n"C1,T\n',
      "own/mine.csv": 'unit_id\n"C1\n',
      "own/map.csv": 'field,value,code\n"gender,x,y\n',
    });
    const asked = questions.split("\n").filter((line) => line.includes("We cannot read"));
    expect(asked).toEqual([
      expect.stringMatching(/^- We cannot read long\.csv\. A row has more values/),
      expect.stringMatching(/^- We cannot read open\.csv\. A value starts with a quote/),
    ]);
    expect(out).toContain("long.csv, open.csv, mine.csv and map.csv could not be read");
  });

  test("an exclusion list without its column stops nothing but the draw", async () => {
    const { code, out, questions } = await checked(
      checkLines(),
      `${checkPlan}cohort: { exclude_ids: own/mine.csv }\n`,
      { "own/mine.csv": "id\nC1000_K0\n" },
    );
    expect(code).toBe(0);
    expect(out).toContain("(COLUMN_NOT_FOUND)");
    expect(questions).not.toContain("mine.csv");
  });
});

describe("what a reader gets", () => {
  test("of no question is no list to send", async () => {
    const { out, questions } = await checked(checkLines());
    expect(out).toContain("there is no question to send");
    expect(out).not.toContain("questions.docx");
    expect(questions).toContain("There is no question to answer.");
    expect(questions).not.toContain("whole list of rows");
  });

  test("of a question has room for an answer, and the page is named after the file", async () => {
    const { out, questions, page } = await checked(checkLines({ 11: { disability: "" } }));
    expect(out).toContain("send ");
    expect(questions).toContain("**Answer:**\n\n\u00a0\n\n\u00a0\n");
    expect(page).toMatch(/<h1[^>]*>Data quality of children\.csv<\/h1>/);
    expect(page).toContain("Test check");
    expect(page).toContain("The plan’s observation window");
  });

  test("of an area that stops is no date that an area does not have", async () => {
    // The cases of Area 3, every fourth row from 5 on, are all of the first half of the year.
    const early = Object.fromEntries(
      Array.from({ length: 50 }, (_, k) => [
        5 + 4 * k,
        { applied: `${String((k % 27) + 1).padStart(2, "0")}/01/2026` },
      ]),
    );
    const { out } = await checked(checkLines(early));
    expect(out).toMatch(
      /Area 3 has no application dated from 28 January 2026 on, where about \d+ were to be expected\./,
    );
  });
});

test("a total is a row of nothing, and no sample is drawn with it", async () => {
  const { folder, out } = await checked([...checkLines(), "Total,200,,,,,,,,,"]);
  expect(out).toContain("CHECK_ROW_NO_RECORD\n    1 row that is no record");
  expect(out).toContain("(FRAME_ERRORS)");
  const drawn = await runIn(folder, "sample", "--plan", "plan.yaml", "--dry-run");
  expect(drawn.code).toBe(2);
  expect(drawn.err).toContain("CHECK_ROW_NO_RECORD: children.csv, row 202");
});
