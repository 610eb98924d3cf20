import { expect, test } from "vitest";
import { readDates } from "../../src/frame/dates.js";
import { refusalOf } from "../frames.js";

const read = (...raws: string[]) =>
  readDates(
    raws.map((raw, at) => ({ raw, row: at + 2 })),
    { file: "x.csv", column: "Date closed" },
  );

test.each([
  ["01/02/2024", "2024-02-01"],
  ["1/2/2024", "2024-02-01"],
  ["31.12.2023", "2023-12-31"],
  ["31-12-2023", "2023-12-31"],
  ["2024-02-29", "2024-02-29"],
  ["2024-02-29T00:00:00Z", "2024-02-29"],
  ["29/02/2024 00:00:00", "2024-02-29"],
  ["29/02/2024 12:30", "2024-02-29"],
  ["5 Mar 2021", "2021-03-05"],
  ["05-March-2021", "2021-03-05"],
  ["\u00a005/03/2021 ", "2021-03-05"],
  ["#N/A", ""],
  ["", ""],
])("%j is %j", (raw, iso) => {
  expect(read(raw).dates).toEqual([iso]);
});

// Excel shows 42029 as 25 January 2015; LibreOffice agrees. In the 1904 system the same count is 26 January 2019.
test("a spreadsheet's day count, in both systems", () => {
  expect(read("42029")).toEqual({ dates: ["2015-01-25"], serials: 1 });
  const cells = [{ raw: "42029.5", row: 2 }];
  expect(readDates(cells, { file: "x", column: "c", dateSystem: 1904 }).dates).toEqual(["2019-01-26"]);
});

test("day-first and month-first dates in one column show both rows", () => {
  const error = refusalOf(() => read("01/02/2024", "25/12/2023", "12/25/2023"));
  expect(error.code).toBe("DATE_ORDER_MIXED");
  expect(error.details.rows).toEqual([3, 4]);
  expect(error.message).toContain('"25/12/2023" (row 3)');
  expect(error.message).toContain('"12/25/2023" (row 4)');
});

test("a column that is month first throughout is refused too", () => {
  const error = refusalOf(() => read("01/02/2024", "12/25/2023"));
  expect(error.code).toBe("DATE_UNREADABLE");
  expect(error.message).toContain("only be month first");
  expect(error.details).toMatchObject({ file: "x.csv", row: 3, column: "Date closed" });
});

test("two-digit years, impossible days, bare years and words are refused", () => {
  expect(refusalOf(() => read("05/06/24")).code).toBe("DATE_YEAR_SHORT");
  for (const bad of [
    "31/02/2024",
    "29/02/2023",
    "2024",
    "00/01/2024",
    "1/1/1899",
    "01/01/2100",
    "00/00/0000",
    "tomorrow",
  ]) {
    expect(refusalOf(() => read(bad)).code, bad).toBe("DATE_UNREADABLE");
  }
});

test.each([
  "07700 900123",
  "+44 7700 900123",
  "0113 12 1234",
  "943 476 5919",
  "5 anna 12",
  "12 Smith 2024",
  "99999",
])("%j in a date column is not repeated: it may be anything of anybody", (raw) => {
  const error = refusalOf(() => read(raw));
  expect(error.code).toBe("DATE_UNREADABLE");
  expect(error.message).toContain(`got text of ${raw.length} characters (`);
});

test.each([
  "31/04/2024",
  "2024-13-01",
  "1 Sept 24",
  "05/06/24",
  "31 February 2024 10:00",
  "2024",
  "01.02.199",
])("%j is repeated: it can only be meant for a date", (raw) => {
  expect(refusalOf(() => read(raw)).message).toContain(`got "${raw}" (`);
});

test("words in a date column are not repeated: they may be a name", () => {
  const error = refusalOf(() => read("Smith family"));
  expect(error.message).not.toContain("Smith");
  expect(error.message).toContain("text of 12 characters");
});

test.each([
  [["31/02/2015"], "got a date in the form 99/99/9999 (x.csv, row 2"],
  [["13 Feb 15"], "got a date in the form 99 month 99 (x.csv, row 2"],
  [
    ["13/02/2015", "02/14/2014"],
    "a date in the form 99/99/9999 (row 2) can only be day first, a date in the form",
  ],
])("of dates of birth a message tells the form alone: %j", (raws, told) => {
  const cells = raws.map((raw, at) => ({ raw, row: at + 2 }));
  const error = refusalOf(() => readDates(cells, { file: "x.csv", column: "DOB", ofBirth: true }));
  expect(error.message).toContain(told);
  expect(JSON.stringify([error.message, error.details])).not.toMatch(/13|14|2015|31\/|Feb/);
});
