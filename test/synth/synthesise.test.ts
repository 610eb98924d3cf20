import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CasedrawError } from "../../src/errors.js";
import { synthHeaders } from "../../src/synth/headers.js";
import { type SynthOptions, synthesise } from "../../src/synth/synthesise.js";
import { caseRows, isoDay, openOn, readExport } from "./read-export.js";

function digest(options: SynthOptions): string {
  const hash = createHash("sha256");
  for (const row of synthesise(options).rows()) hash.update(`${row.join("\u001f")}\n`);
  return hash.digest("hex");
}

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof CasedrawError) return error.code;
    throw error;
  }
  return "no error";
};

describe("shape", () => {
  test("24 columns, in the order of the documentation", () => {
    expect(synthesise({ rows: 1, seed: "a" }).headers).toEqual(
      (
        "case ID,child ID,case name,gender,ethnicity,disability (Y/N),date of birth,lead application,law type," +
        "case type,practitioner,team,service area,local authority,court,DFJ area,application date,allocation date," +
        "first hearing date,closed date,last activity date,Proceedings factors,audited,file location"
      ).split(","),
    );
    expect(synthHeaders).toHaveLength(24);
  });

  test.each([1, 2, 10, 999, 54_000])("exactly %i rows", (rows) => {
    let count = 0;
    for (const row of synthesise({ rows, seed: "314159" }).rows()) {
      count++;
      if (row.length !== 24) throw new Error(`a row of ${row.length} cells`);
    }
    expect(count).toBe(rows);
  });

  test("the window is a year unless told otherwise; 29 February has 28 February a year before", () => {
    expect(synthesise({ rows: 1, seed: "a" })).toMatchObject({
      referenceDate: "2026-11-16",
      windowFrom: "2025-11-16",
    });
    expect(synthesise({ rows: 1, seed: "a", referenceDate: "2024-02-29" }).windowFrom).toBe("2023-02-28");
  });
});

describe("same seed, same bytes", () => {
  // Golden: changing these is a change of results and goes into the changelog.
  test("clean and messy", () => {
    expect(digest({ rows: 5_000, seed: "314159" })).toBe(
      "17ff9cea0507a8afb20993b797d8b8b6f3fe89ec32547b453bc2f0edbd96ff9c",
    );
    expect(digest({ rows: 5_000, seed: "314159", messy: true })).toBe(
      "3c09ca1e94b81e90611acc3c9a2de32e1527a1570634330260d7463d1932c5bd",
    );
  });

  test("rows asked for twice are the same; another seed gives others", () => {
    const export_ = synthesise({ rows: 500, seed: "7", messy: true });
    expect([...export_.rows()]).toEqual([...export_.rows()]);
    expect(digest({ rows: 500, seed: "7" })).not.toBe(digest({ rows: 500, seed: "8" }));
  });
});

describe("every row", () => {
  const options = fc.record({
    rows: fc.integer({ min: 1, max: 400 }),
    seed: fc.string({ minLength: 1, maxLength: 12 }),
    dates: fc.constantFrom(
      { referenceDate: "2026-11-16", windowFrom: "2025-11-16" },
      { referenceDate: "2026-11-16", windowFrom: "2026-11-16" },
      { referenceDate: "2020-03-31", windowFrom: "2019-12-01" },
      { referenceDate: "2002-01-31", windowFrom: "2000-01-01" },
      { referenceDate: "2099-12-31", windowFrom: "2098-12-31" },
    ),
  });

  test("keeps the window's contract and the order of its dates", () => {
    fc.assert(
      fc.property(options, ({ rows, seed, dates }) => {
        const from = isoDay(dates.windowFrom);
        const to = isoDay(dates.referenceDate);
        for (const row of readExport({ rows, seed, ...dates })) {
          const { applied, allocated, firstHearing, closed, lastActivity, born } = row;
          const end = closed ?? to;
          expect(applied).toBeLessThanOrEqual(to);
          if (closed !== undefined) {
            expect(closed).toBeGreaterThanOrEqual(Math.max(applied, from));
            expect(closed).toBeLessThanOrEqual(to);
          }
          for (const day of [allocated, firstHearing, lastActivity])
            if (day !== undefined) {
              expect(day).toBeGreaterThanOrEqual(applied);
              expect(day).toBeLessThanOrEqual(end);
            }
          if (born !== undefined && born > applied) {
            expect(born).toBeGreaterThan(to);
            expect(born).toBeLessThanOrEqual(to + 274);
            expect(closed).toBeUndefined();
          }
          if (born !== undefined) expect(applied - born).toBeLessThan(18 * 366);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("has ids of its own in ascending order, and what belongs to the case is the same for its children", () => {
    fc.assert(
      fc.property(options, ({ rows, seed, dates }) => {
        const children = readExport({ rows, seed, ...dates });
        for (const [i, row] of children.entries()) {
          expect(row.caseId).toMatch(/^\d{6,7}$/);
          expect(row.childId).toMatch(/^\d{6,7}$/);
          const last = children[i - 1];
          if (last === undefined) continue;
          expect(Number(row.childId)).toBeGreaterThan(Number(last.childId));
          expect(Number(row.caseId)).toBeGreaterThanOrEqual(Number(last.caseId));
          if (row.caseId === last.caseId) {
            expect(row.cells[2]).toBe(last.cells[2]);
            expect(row.cells.slice(7)).toEqual(last.cells.slice(7));
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("a national export", () => {
  const rows = readExport({ rows: 54_000, seed: "314159" });
  const cases = caseRows(rows);
  const distinct = (column: number) => new Set(rows.map((row) => row.cells[column])).size;

  test("17 service areas, 40 English DFJ areas and three Welsh, 153 authorities, about 60 courts", () => {
    expect(distinct(12)).toBe(17);
    expect(distinct(15)).toBe(43);
    expect(distinct(13)).toBe(153 + 1);
    expect(distinct(14)).toBe(63);
  });

  test("only public law has a local authority", () => {
    for (const row of rows)
      if ((row.lawType === "public") !== (row.cells[13] !== "")) throw new Error(row.caseId);
  });

  test("practitioners hold about 12 to 25 open cases, all in one service area", () => {
    const open = cases.filter(openOn(isoDay("2026-11-16"))).filter((row) => row.practitioner !== "");
    const loads = new Map<string, number>();
    for (const row of open) loads.set(row.practitioner, (loads.get(row.practitioner) ?? 0) + 1);
    const sorted = [...loads.values()].sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeGreaterThanOrEqual(16);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(20);
    expect(sorted.filter((load) => load >= 12 && load <= 25).length / sorted.length).toBeGreaterThan(0.95);
    expect(sorted.at(-1)).toBeLessThanOrEqual(26);
    const staffed = rows.filter((row) => row.practitioner !== "");
    const posts = new Set(staffed.map((row) => `${row.practitioner} | ${row.cells[11]} | ${row.cells[12]}`));
    expect(posts.size).toBe(new Set(staffed.map((row) => row.practitioner)).size);
  });

  test("factors depend on the law type", () => {
    const factorsOf = (lawType: string) =>
      [...new Set(rows.filter((row) => row.lawType === lawType).flatMap((row) => row.factors))].sort();
    expect(factorsOf("public")).toEqual([
      "Domestic abuse",
      "Emotional abuse",
      "Exploitation",
      "Neglect",
      "Parental mental ill health",
      "Parental substance misuse",
      "Physical abuse",
      "Sexual abuse",
    ]);
    expect(factorsOf("private")).toEqual([
      "Alienating behaviours",
      "Domestic abuse",
      "Mental ill health",
      "Parental conflict",
      "Relocation",
      "Substance misuse",
    ]);
    expect(rows.some((row) => row.factors.length >= 3)).toBe(true);
  });

  test("case types agree with the law type and the lead application", () => {
    const kinds = new Set(rows.map((row) => `${row.lawType} | ${row.caseType}`));
    expect([...kinds].sort()).toEqual([
      "private | leave to remove",
      "private | parental order",
      "private | r16.4",
      "private | s7",
      "private | safeguarding letter only",
      "public | adoption",
      "public | deprivation of liberty",
      "public | placement",
      "public | s14A",
      "public | s25",
      "public | s31",
      "public | s34",
      "public | s39",
    ]);
    for (const row of rows)
      if (row.caseType === "s31" && !/^s31 /.test(row.cells[7] as string)) throw new Error(row.caseId);
  });

  test("ages, gender, disability and audits have plausible shares", () => {
    const reference = isoDay("2026-11-16");
    const shareOf = (passes: (row: (typeof rows)[number]) => boolean) =>
      rows.filter(passes).length / rows.length;
    expect(shareOf((row) => row.cells[3] === "Male")).toBeCloseTo(0.508, 1);
    expect(shareOf((row) => row.cells[3] === "Female")).toBeCloseTo(0.485, 1);
    expect(Math.abs(shareOf((row) => row.cells[5] === "Y") - 0.08)).toBeLessThan(0.01);
    expect(Math.abs(shareOf((row) => row.cells[22] === "Y") - 0.035)).toBeLessThan(0.01);
    expect(shareOf((row) => row.born === undefined || row.born > reference)).toBeLessThan(0.003);

    const years = (lawType: string) =>
      rows
        .filter((row) => row.lawType === lawType && row.born !== undefined)
        .map((row) => (row.applied - (row.born as number)) / 365.25);
    const under = (ages: number[], from: number, to: number) =>
      ages.filter((age) => age >= from && age < to).length / ages.length;
    expect(under(years("public"), 0, 1)).toBeGreaterThan(2 * under(years("private"), 0, 1));
    expect(under(years("private"), 5, 11)).toBeGreaterThan(0.45);
  });
});

test.each([
  [{ rows: 0 }, "SYNTH_ROWS_OUT_OF_RANGE"],
  [{ rows: 1.5 }, "SYNTH_ROWS_OUT_OF_RANGE"],
  [{ rows: Number.NaN }, "SYNTH_ROWS_OUT_OF_RANGE"],
  [{ rows: 10_000_001 }, "SYNTH_ROWS_OUT_OF_RANGE"],
  [{ referenceDate: "16/11/2026" }, "SYNTH_DATE_INVALID"],
  [{ referenceDate: "2026-02-29" }, "SYNTH_DATE_INVALID"],
  [{ windowFrom: "1999-12-31" }, "SYNTH_DATE_INVALID"],
  [{ windowFrom: "2026-11-17" }, "SYNTH_WINDOW_INVALID"],
])("%o is refused with %s", (options, code) => {
  expect(codeOf(() => synthesise({ rows: 5, seed: "a", ...options }))).toBe(code);
});
