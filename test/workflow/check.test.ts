import { appendFileSync, copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { checkLines, checkPlan, checkWords, checkWorkplace, recordsOf, runIn } from "./check-export.js";

/** Rows of the file with what is wrong in them, by construction. */
const faulty = checkLines({
  11: { disability: "" },
  12: { disability: "" },
  21: { gender: "perhaps" },
  22: { gender: "perhaps" },
  23: { gender: "=maybe" },
  31: { closed: "01/01/2025" },
});

describe("the files of a check", () => {
  test("name every planted fault by id and row, and nothing else", async () => {
    const folder = checkWorkplace(faulty);
    expect(await runIn(folder, ...checkWords, "--out", "q")).toMatchObject({ code: 0 });
    const issues = recordsOf(folder, "q/issues.csv");
    expect(Object.keys(issues[0] ?? {})).toEqual([
      "code",
      "severity",
      "field",
      "unit_id",
      "file",
      "row",
      "message",
    ]);
    // Row r holds the child numbered r − 2: case C(1000 + r − 2), child K(r − 2).
    expect(
      issues.map(({ code, severity, unit_id, file, row }) => [code, severity, unit_id, file, row]),
    ).toEqual([
      ["CHECK_CLOSED_BEFORE_START", "error", "C1029_K29", "children.csv", "31"],
      ["CHECK_VALUE_MISSING", "query", "C1009_K9", "children.csv", "11"],
      ["CHECK_VALUE_MISSING", "query", "C1010_K10", "children.csv", "12"],
      ["CHECK_VALUE_UNMAPPED", "query", "C1019_K19", "children.csv", "21"],
      ["CHECK_VALUE_UNMAPPED", "query", "C1020_K20", "children.csv", "22"],
      ["CHECK_VALUE_UNMAPPED", "query", "C1021_K21", "children.csv", "23"],
    ]);
    expect(recordsOf(folder, "q/value-map.csv")).toEqual([
      { field: "gender", value: "perhaps", count: "2", code: "" },
      { field: "gender", value: "=maybe", count: "1", code: "" },
    ]);
    const matching = recordsOf(folder, "q/matching.csv");
    expect(matching.find(({ field }) => field === "gender")).toEqual({
      field: "gender",
      header: "gender",
      file: "children.csv",
      how: "matched to the codes of the field",
      rows: "200",
      blank: "0",
      unmapped: "3",
      unreadable: "0",
    });
    expect(matching.map(({ field }) => field)).not.toContain("case_name");
  });

  test("ask in plain words, numbered, without saying how bad it is", async () => {
    const folder = checkWorkplace(faulty);
    await runIn(folder, ...checkWords, "--out", "q");
    const text = readFileSync(join(folder, "q/questions.md"), "utf8");
    expect(text).toContain("There are 3 questions, grouped by subject.");
    expect(text).toContain("An id is “case ID” and “child ID”, joined by");
    expect(text).toMatch(
      /\*\*1\.\*\* Column “disability” of children\.csv is blank or not recorded in 2 rows/,
    );
    expect(text).toContain("The rows (children.csv): `C1009_K9` (row 11); `C1010_K10` (row 12).");
    expect(text).toMatch(/\*\*3\.\*\* /);
    expect(text).toContain("The row (children.csv): `C1029_K29` (row 31).");
    expect(text).not.toMatch(/error|severity|CHECK_|perhaps|maybe/i);
    const words = unzipSync(readFileSync(join(folder, "q/questions.docx")));
    const body = strFromU8(words["word/document.xml"] as Uint8Array).replace(/<[^>]+>/g, "");
    for (const said of [
      "Column “disability” of children.csv is blank or not recorded in 2 rows",
      "C1029_K29",
      "OFFICIAL-SENSITIVE",
    ])
      expect(
        `${body}${Object.values(words)
          .map((part) => strFromU8(part))
          .join("")}`,
      ).toContain(said);
  });

  test("have the field and area that are worst, and the rows, in the page", async () => {
    const folder = checkWorkplace(faulty);
    await runIn(folder, ...checkWords, "--out", "q");
    const page = readFileSync(join(folder, "q/quality.html"), "utf8");
    // 3 of 200 genders are not understood, 2 of 200 disabilities blank.
    expect(page).toContain("Gender is the weakest field: 1.5% of its rows");
    expect(page).toMatch(
      /<th scope="row">Gender<\/th><td class="number">200<\/td><td class="number">0<\/td><td class="number">3<\/td>/,
    );
    expect(page).toMatch(/<th scope="row">31<\/th><td>children\.csv<\/td><td>C1029_K29<\/td>/);
    expect(page).not.toContain("<script");
    expect(page).toContain("default-src &#39;none&#39;");
  });

  test("are the same bytes wherever they are made, but for run.json", async () => {
    const [one, other] = [checkWorkplace(faulty), checkWorkplace(faulty)];
    await runIn(one, ...checkWords, "--out", "a");
    await runIn(other, ...checkWords, "--out", "b");
    const names = readdirSync(join(one, "a")).filter((name) => name !== "run.json");
    expect(names.length).toBe(7);
    for (const name of names)
      expect(readFileSync(join(one, "a", name)).equals(readFileSync(join(other, "b", name))), name).toBe(
        true,
      );
  });

  test("are made again and compared by verify", async () => {
    const folder = checkWorkplace(faulty);
    await runIn(folder, ...checkWords, "--out", "q");
    expect(await runIn(folder, "verify", "q")).toMatchObject({ code: 0 });
    appendFileSync(join(folder, "q/questions.md"), "more\n");
    const edited = await runIn(folder, "verify", "q", "--json");
    expect(edited.code).toBe(3);
    expect(JSON.parse(edited.out).differences).toEqual([
      { subject: "questions.md", text: "was changed since it was written" },
    ]);
    writeFileSync(join(folder, "children.csv"), `${checkLines().join("\n")}\n`);
    const otherData = JSON.parse((await runIn(folder, "verify", "q", "--json")).out);
    expect(otherData.differences).toContainEqual({
      subject: "children.csv",
      text: "has other bytes than when the analysis was made",
    });
  });
});

test("a value map with codes is applied, and the next one keeps them", async () => {
  const folder = checkWorkplace(faulty);
  await runIn(folder, ...checkWords, "--out", "a");
  const map = readFileSync(join(folder, "a/value-map.csv"), "utf8").replace(
    "perhaps,2,",
    "perhaps,2,unknown",
  );
  writeFileSync(join(folder, "value-map.csv"), map);
  writeFileSync(join(folder, "plan.yaml"), `${checkPlan}value_map: value-map.csv\n`);
  await runIn(folder, ...checkWords, "--out", "b");
  const rows = recordsOf(folder, "b/issues.csv").filter(({ code }) => code === "CHECK_VALUE_UNMAPPED");
  expect(rows.map(({ row }) => row)).toEqual(["23"]);
  expect(recordsOf(folder, "b/value-map.csv")).toEqual([
    { field: "gender", value: "perhaps", count: "", code: "unknown" },
    { field: "gender", value: "=maybe", count: "1", code: "" },
  ]);
  // It can stand in for the first one.
  copyFileSync(join(folder, "b/value-map.csv"), join(folder, "value-map.csv"));
  await runIn(folder, ...checkWords, "--out", "c");
  expect(recordsOf(folder, "c/value-map.csv")).toEqual(recordsOf(folder, "b/value-map.csv"));
});

describe("an export that no sample can be drawn from is reported all the same", () => {
  test("rows that no frame can be built with", async () => {
    const folder = checkWorkplace(
      checkLines({
        11: { applied: "soon" },
        21: { "case ID": "C1018", "child ID": "K18" },
        31: { closed: "01/01/2025" },
      }),
    );
    expect(await runIn(folder, "sample", "--plan", "plan.yaml", "--dry-run")).toMatchObject({ code: 2 });
    const { code, out } = await runIn(folder, ...checkWords, "--out", "q", "--json");
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer.refusal.code).toBe("DATE_UNREADABLE");
    expect(Object.keys(answer)).toEqual([
      "out",
      "edition",
      "rows_read",
      "refusal",
      "unread",
      "errors",
      "queries",
      "findings",
      "not_run",
      "outputs",
      "left_out",
    ]);
    const issues = recordsOf(folder, "q/issues.csv");
    const rowsOf = (rule: string) => issues.filter((issue) => issue.code === rule).map(({ row }) => row);
    expect(rowsOf("CHECK_DATE_UNREADABLE")).toEqual(["11"]);
    expect(rowsOf("CHECK_UNIT_ID_REPEATED")).toEqual(["20", "21"]);
    expect(rowsOf("CHECK_CLOSED_BEFORE_START")).toEqual(["31"]);
    const page = readFileSync(join(folder, "q/quality.html"), "utf8");
    expect(page).toMatch(/No sample can be drawn from this export as it is\. .*\(DATE_UNREADABLE\)/);
  });

  test.each(["check", "sample", "pia"])(
    "%s of a plan whose file is not there names the plan's key",
    async (name) => {
      const of = (plan: string) =>
        runIn(
          checkWorkplace(checkLines(), plan),
          name,
          "--plan",
          "plan.yaml",
          ...(name === "check" ? [] : ["--out", "q"]),
        );
      const renamed = await of(checkPlan.replace("path: children.csv", "path: cases.csv"));
      expect(renamed.code).toBe(2);
      expect(renamed.err).toContain(
        "nothing stands where the plan's data says (cases.csv). Check the spelling;",
      );
      expect(renamed.err).toContain("write its path in the plan, relative to the plan.");
      const listed = await of(`${checkPlan}value_map: codes.csv\n`);
      expect(listed.err).toContain("where the plan's value_map says (codes.csv)");
    },
  );

  test("a file that cannot be read, alone and beside another", async () => {
    const folder = checkWorkplace(["case ID,child ID", '"C1,K1']);
    const { code, out } = await runIn(folder, ...checkWords, "--out", "q");
    expect(code).toBe(0);
    expect(out).toContain("No sample can be drawn as it is. Quote not closed");
    expect(out).toContain("children.csv could not be read: nothing else can be said of it.");
    expect(out).not.toContain("othing was found");
    expect(readFileSync(join(folder, "q/questions.md"), "utf8")).toContain("We cannot read children.csv.");
    expect(await runIn(folder, "verify", "q")).toMatchObject({ code: 0 });

    writeFileSync(join(folder, "more.csv"), `${faulty.join("\n")}\n`);
    writeFileSync(
      join(folder, "plan.yaml"),
      checkPlan.replace("[{ path: children.csv }]", "[{ path: children.csv }, { path: more.csv }]"),
    );
    const beside = JSON.parse((await runIn(folder, ...checkWords, "--json")).out);
    expect(beside).toMatchObject({
      rows_read: 200,
      unread: ["children.csv"],
      refusal: { code: "QUOTE_NOT_CLOSED" },
      errors: 1,
      queries: 2,
    });
  });

  test("a header that the plan names and the file lacks", async () => {
    const folder = checkWorkplace(faulty, checkPlan.replace("gender: gender", "gender: sex"));
    const answer = JSON.parse((await runIn(folder, ...checkWords, "--json")).out);
    expect(answer.refusal.code).toBe("COLUMN_NOT_FOUND");
    const codes = answer.findings.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(["CHECK_COLUMN_MISSING", "CHECK_CLOSED_BEFORE_START", "CHECK_VALUE_MISSING"]);
  });

  test.each([
    ["a file that is not there", checkPlan.replace("children.csv", "nowhere.csv"), "FILE_NOT_FOUND"],
    [
      "a plan without an export",
      "casedraw: 1\ntitle: T\nreference_date: 2026-11-16\npia: {}\n",
      "PLAN_WITHOUT_DATA",
    ],
    ["a plan that is none", "casedraw: 1\n", "PLAN_INVALID"],
  ])("but not %s", async (_, yaml, code) => {
    const said = await runIn(checkWorkplace(faulty, yaml), ...checkWords);
    expect(said.code).toBe(2);
    expect(said.err).toContain(`error[${code}]`);
  });
});
