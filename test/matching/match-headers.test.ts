import { describe, expect, test } from "vitest";
import { fieldsOfHeader, matchFields, nameKey, possibleFields } from "../../src/matching/match-headers.js";

const matched = (...headers: string[]): Record<string, string> =>
  Object.fromEntries(
    matchFields(headers).map(({ header, field, how, candidates }) => [
      header,
      `${how} ${field ?? candidates.join("/")}`.trim(),
    ]),
  );

describe("quirks of real headers", () => {
  test.each([
    ["Age", "age_recorded", "synonym"],
    ["Age of Child (Years)", "age_recorded", "synonym"],
    ["case ID", "case_id", "exact"],
    ["CASE_ID", "case_id", "exact"],
    ["caseID", "case_id", "exact"],
    ["  Case\u00a0 ID ", "case_id", "exact"],
    ["Child Unique ID", "child_id", "synonym"],
    ["Child’s date of birth", "date_of_birth", "pattern"],
    ["Child's Date of Birth (dd/mm/yyyy)", "date_of_birth", "pattern"],
    ["disability (Y/N)", "disability", "pattern"],
    ["Does the Child have a Disability", "disability", "synonym"],
    ["lead application (e.g. s31)", "lead_application", "pattern"],
    ["law type (public/private)", "law_type", "pattern"],
    ["team ", "team", "exact"],
    ["Practitioner name", "practitioner", "pattern"],
    ["ＬＡ", "local_authority", "synonym"], // full width, which NFKC makes plain
    ["Date closed", "closed_date", "synonym"],
    ["SEX", "gender", "synonym"],
    ["ETHNIC", "ethnicity", "synonym"],
  ])("%j is %s, by %s", (header, field, surety) => {
    expect(fieldsOfHeader(header)).toEqual([[field, surety]]);
  });

  // What `/.*age.*/i`, `/N.*/i` and the like would take: every one is another column.
  test.each([
    "Language",
    "Case stage",
    "Percentage",
    "Agency",
    "Manager",
    "N",
    "Notes",
    "NHS number",
    "Child name code",
    "Mother's date of birth",
    "MC_DOB",
    "LA In Touch ",
    "LA of Placement",
    "la_code",
    "Age at allocation",
    "Team manager",
    "Court fee",
    "Gender of applicant",
    "",
    "   ",
    "(Y/N)",
  ])("%j is no field", (header) => {
    expect(fieldsOfHeader(header)).toEqual([]);
    expect(possibleFields(header)).toEqual([]);
  });

  test("a child's name is a name and never an id", () => {
    expect(matched("Child name", "Child")).toEqual({
      "Child name": "synonym case_name",
      Child: "synonym child_id",
    });
  });

  test("blank superfluous headers are passed over", () => {
    expect(matchFields(["case ID", "", "\u00a0", "gender"]).map(({ header }) => header)).toEqual([
      "case ID",
      "gender",
    ]);
  });

  test("keys leave out what differs between systems", () => {
    expect(nameKey(" Child’s_ID\u00a0(Y/N) ")).toBe("childs id y n");
  });
});

describe("what is not clear is left", () => {
  test("two headers that fit one field equally", () => {
    expect(matched("Age", "Age of Child (Years)", "team")).toEqual({
      Age: "ambiguous age_recorded",
      "Age of Child (Years)": "ambiguous age_recorded",
      team: "exact team",
    });
    const [age] = matchFields(["Age", "Age of Child (Years)"]);
    expect(age?.note).toBe('It fits age_recorded, and so does "Age of Child (Years)".');
  });

  test("the field's own name goes before a synonym, and a synonym before a pattern; the other is told", () => {
    expect(matched("Sex", "Gender")).toEqual({ Sex: "passed over gender", Gender: "exact gender" });
    expect(matched("Team name", "Allocated team")).toEqual({
      "Team name": "passed over team",
      "Allocated team": "synonym team",
    });
  });

  test("a header that could be several fields", () => {
    expect(matched("Area", "ID", "Start date")).toEqual({
      Area: "ambiguous service_area/dfj_area/local_authority/region",
      ID: "ambiguous case_id/child_id",
      "Start date": "ambiguous application_date/allocation_date",
    });
  });

  test("dates of other things than applications and closures are possible, and no more", () => {
    expect(
      matched("DECOM", "DEC", "CIN Start Date", "Date Ceased to be Looked After", "Final order date"),
    ).toEqual({
      DECOM: "possible application_date",
      DEC: "possible closed_date",
      "CIN Start Date": "possible application_date",
      "Date Ceased to be Looked After": "possible closed_date",
      "Final order date": "possible closed_date",
    });
  });

  test("a bare word is possible where its cells are dates", () => {
    expect(matched("Closed", "Issued")).toEqual({
      Closed: "possible closed_date",
      Issued: "possible application_date",
    });
    const ofWords = matchFields(["Closed"], () => "Most of its cells are no dates.");
    expect(ofWords).toEqual([{ header: "Closed", how: "unmatched", candidates: [], note: "" }]);
  });

  test("a column whose cells cannot be the field leaves it to another", () => {
    const found = matchFields(["Closed date", "Date closed"], (header) =>
      header === "Closed date" ? "Most of its cells are no dates." : undefined,
    );
    expect(found.map(({ how, field }) => [how, field])).toEqual([
      ["unreadable", undefined],
      ["synonym", "closed_date"],
    ]);
  });
});
