import { describe, expect, test } from "vitest";
import { checkSeries } from "../../../src/analysis/published/check-series.js";
import { latestRun, nationalSeries } from "../../../src/analysis/published/published-series.js";
import { readSeries } from "../../../src/analysis/published/read-series.js";
import { seriesItems } from "../../../src/analysis/published/series-items.js";
import {
  parsePeriod,
  periodName,
  periodSpan,
  shortPeriodName,
} from "../../../src/analysis/published/series-period.js";
import { seriesVerdict } from "../../../src/analysis/published/series-verdict.js";
import { refusalOf, tableOf } from "../../frames.js";

const header =
  "area|period|indicator|numerator|denominator|polarity|source|release_date|status|geography|year_kind|unit";

function read(...lines: string[]) {
  return readSeries(tableOf("s.csv", [header, ...lines]), "s.csv");
}

/** England's figures of one indicator, by period. */
function figures(
  numerators: readonly (number | string)[],
  rest = "|||||England||cases",
  first = 2010,
): string[] {
  return numerators.map((numerator, at) => `England|${first + at}|New cases|${numerator}|${rest}`);
}

describe("periods", () => {
  test.each([
    ["2024", undefined, "2024-01-01", "calendar", "2024"],
    ["2023/24", undefined, "2023-04-01", "financial", "2023/24"],
    ["1999/00", "financial", "1999-04-01", "financial", "1999/00"],
    ["2024-Q1", undefined, "2024-01-01", "calendar", "January to March 2024"],
    ["2024-Q1", "financial", "2024-04-01", "financial", "April to June 2024"],
    ["2024-Q4", "financial", "2025-01-01", "financial", "January to March 2025"],
    ["2024-05", undefined, "2024-05-01", "calendar", "May 2024"],
  ] as const)("%s (%s) begins on %s", (text, kind, from, yearKind, name) => {
    const period = parsePeriod(text, kind);
    expect(period).toMatchObject({ from, yearKind });
    expect(period && periodName(period)).toBe(name);
  });

  test.each([
    ["2023/25", undefined],
    ["2023/24", "calendar"],
    ["2024", "financial"],
    ["2024-Q5", undefined],
    ["2024-13", undefined],
    ["May 2024", undefined],
  ] as const)("%s (%s) is none", (text, kind) => expect(parsePeriod(text, kind)).toBeUndefined());

  test("follow each other, whatever their length", () => {
    const at = (text: string, kind?: "financial") => parsePeriod(text, kind)?.at as number;
    expect(at("2024-Q1") - at("2023-Q4")).toBe(1);
    expect(at("2024-Q4", "financial") - at("2024-Q3", "financial")).toBe(1);
    expect(at("2024/25") - at("2023/24")).toBe(1);
    expect(at("2025-01") - at("2024-12")).toBe(1);
  });

  test("spans of quarters are from a month to a month", () => {
    const [first, last] = [parsePeriod("2022-Q1", undefined), parsePeriod("2026-Q2", undefined)];
    if (first === undefined || last === undefined) throw new Error("two periods");
    expect(periodSpan(first, last)).toBe("January 2022 to June 2026");
    expect(shortPeriodName(last)).toBe("Apr to Jun 2026");
  });
});

describe("reading", () => {
  test("a row whole", () => {
    const [row] = read(
      "England|2026-Q2|Closed in time|1,540|4400|Higher is better|A|2026-09-24|Provisional|England|calendar|percent",
    );
    expect(row).toMatchObject({
      area: "England",
      indicator: "Closed in time",
      numerator: 1540,
      denominator: 4400,
      polarity: "higher_is_better",
      source: "A",
      releaseDate: "2026-09-24",
      status: "provisional",
      geography: "England",
      yearKind: "calendar",
      unit: "percent",
      place: { file: "s.csv", row: 2 },
    });
  });

  test("what is blank is absent, and a shorthand is kept", () => {
    const [row] = readSeries(
      tableOf("s.csv", ["area|period|indicator|numerator|denominator", "England|2024|A|[c]|"]),
      "s.csv",
    );
    expect(Object.keys(row ?? {}).sort()).toEqual(["area", "indicator", "numerator", "period", "place"]);
    expect(row?.numerator).toEqual({ mark: "c" });
  });

  test.each([
    ["SERIES_PERIOD_INVALID", "England|24 May|A|1||||||||", "(s.csv, row 2, period)"],
    ["SERIES_PERIOD_INVALID", "England|2024|A|1||||||England|financial|", 'got "2024"'],
    ["SERIES_NUMBER_INVALID", "England|2024|A|12%||||||||", 'got "12%" (s.csv, row 2, numerator)'],
    ["SERIES_NUMBER_INVALID", "England|2024|A|||||||||", "got a blank"],
    ["SERIES_NUMBER_INVALID", "England|2024|A|1|0|||||||", "a denominator is above 0"],
    ["SERIES_NUMBER_INVALID", "England|2024|A|11|10|||||||", "no larger than its denominator, 10"],
    ["SERIES_CELL_INVALID", "|2024|A|1||||||||", "every row has its area"],
    [
      "SERIES_CELL_INVALID",
      "England|2024|A|1||up||||||",
      "polarity is higher_is_better, lower_is_better or blank",
    ],
    ["SERIES_CELL_INVALID", "England|2024|A|1||||24/09/2026||||", "release_date"],
  ])("%s: %s", (code, line, words) => {
    const error = refusalOf(() => read(line));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(error.details).toMatchObject({ file: "s.csv", row: 2 });
  });

  test("a column that is lacking, misspelt or given twice", () => {
    const columns = (line: string) =>
      refusalOf(() => readSeries(tableOf("s.csv", [line, "a|b|c|d|e|f"]), "s.csv"));
    expect(columns("area|period|indicator|numerator").message).toContain('none headed "denominator"');
    const misspelt = columns("area|period|indicator|numerator|denominator|staus");
    expect(misspelt.code).toBe("SERIES_COLUMNS_INVALID");
    expect(misspelt.message).toContain("Did you mean status?");
    expect(columns("area|period|indicator|numerator|denominator|area").code).toBe("SERIES_COLUMNS_INVALID");
  });
});

describe("what may not stand together", () => {
  const base = "||||S|2026-01-01|final|England||cases";
  test.each([
    ["geography", "England|2025|A|1|||S|2026-01-01|final|England and Wales||cases"],
    ["geography", "England|2025|A|1|||S|2026-01-01|final|||cases"],
    ["kind of year", "England|2025/26|A|1|||S|2026-01-01|final|England||cases"],
    ["length of period", "England|2025-Q1|A|1|||S|2026-01-01|final|England||cases"],
    ["status", "England|2025|A|1|||S|2026-01-01||England||cases"],
    ["date of release", "England|2025|A|1|||S||final|England||cases"],
    ["source", "England|2025|A|1|||T|2026-01-01|final|England||cases"],
    ["unit", "England|2025|A|1|||S|2026-01-01|final|England||children"],
    ["denominator", "England|2025|A|1|2||S|2026-01-01|final|England||cases"],
  ])("%s", (what, line) => {
    const error = refusalOf(() => read(`England|2024|A|1|${base.slice(2)}`, line));
    expect(error.code).toBe("SERIES_MIXED");
    expect(error.message).toContain(`agree in ${what}`);
    expect(error.message).toContain("(s.csv, row 3,");
  });

  test("provisional beside revised is allowed, as every row says which it is", () => {
    expect(
      read("England|2024|A|1|||S||revised|England||", "England|2025|A|1|||S||provisional|England||"),
    ).toHaveLength(2);
  });

  test("two figures for one period, also in two files", () => {
    const line = "England|2024|A|1||||||||";
    expect(refusalOf(() => read(line, line)).code).toBe("SERIES_DUPLICATE");
    const [one, two] = [read(line), read(line)];
    expect(refusalOf(() => checkSeries([...one, ...two])).code).toBe("SERIES_DUPLICATE");
    expect(refusalOf(() => seriesItems([...one, ...two])).code).toBe("SERIES_DUPLICATE");
  });

  test("two countries in one indicator", () => {
    const rows = read("England|2024|A|1||||||||", "England and Wales|2025|A|1||||||||");
    expect(refusalOf(() => nationalSeries(rows)).message).toContain("got England and Wales beside England");
  });
});

describe("published items", () => {
  test("a percentage has Wilson’s interval", () => {
    // Newcombe (1998) Stat Med 17:857–872, table I, method 3: 81/263.
    const series = nationalSeries(read("England|2024|A|81|263|||||||"));
    const [point] = series?.points ?? [];
    if (typeof point?.cell !== "object" || "mark" in point.cell) throw new Error("an interval");
    expect(point.cell.lower).toBeCloseTo(0.2553, 4);
    expect(point.cell.upper).toBeCloseTo(0.3662, 4);
  });

  test("a rate is multiplied, a mean is not and has no interval, weeks are no count", () => {
    const rate = nationalSeries(read("England|2024|A|65|20000||||||| per 1,000"));
    // 65 events: Byar 50.163 to 82.849 (PHEindicatormethods); over 20,000 by 1,000.
    expect(rate?.points[0]?.cell).toMatchObject({ value: 3.25 });
    const cell = rate?.points[0]?.cell;
    expect(typeof cell === "object" && "lower" in cell ? cell.lower : undefined).toBeCloseTo(2.508, 3);
    expect(nationalSeries(read("England|2024|A|430|10|||||||weeks"))?.points[0]?.cell).toBe(43);
    expect(nationalSeries(read("England|2024|A|43||||||||mean weeks"))?.isCount).toBe(false);
    expect(nationalSeries(read("England|2024|A|43||||||||cases"))?.isCount).toBe(true);
  });

  test.each(["%", "Percent", "per cent", "Percentage"])("%s with a denominator is a percentage", (unit) => {
    const series = nationalSeries(read(`England|2024|A|81|263|||||||${unit}`));
    expect(series?.measure).toMatchObject({ kind: "share", label: "%", interval: true });
    expect(series?.points[0]?.cell).toMatchObject({ value: 81 / 263 });
    const error = refusalOf(() => read(`England|2024|A|264|263|||||||${unit}`));
    expect(error.message).toContain("no larger than its denominator");
  });

  test.each(["Per 10,000", "cases per 10,000", "per 10 000 children", "per 10000"])(
    "%s is a rate",
    (unit) => {
      // 65 of 20,000 is 32.5 of 10,000.
      const series = nationalSeries(read(`England|2024|A|65|20000|||||||${unit}`));
      expect(series?.points[0]?.cell).toMatchObject({ value: 32.5 });
    },
  );

  test.each(["days lost per 10,000 children", "£ per 10 000"])("%s is no count of events", (unit) => {
    const series = nationalSeries(read(`England|2024|A|65|20000|||||||${unit}`));
    expect(series?.points[0]?.cell).toBe(32.5);
    expect(series?.measure).not.toHaveProperty("interval");
    expect(nationalSeries(read(`England|2024|A|35||||||||${unit}`))?.isCount).toBe(false);
  });

  test.each(["%", "percent", "per 10,000", "cases per 1,000"])(
    "%s without a denominator is no count of events, though it is whole",
    (unit) => {
      expect(nationalSeries(read(`England|2024|A|35||||||||${unit}`))?.isCount).toBe(false);
    },
  );

  test("rows of areas only are listed, the latest of each, and not compared", () => {
    const [item] = seriesItems(
      read(
        "North East|2023|A|1|4|||||England||",
        "North West|2024|A|81|263|||||England||",
        "North East|2024|A|[c]||||||England||",
      ),
    );
    expect(item?.refusal).toBeUndefined();
    expect(item?.series).toBeUndefined();
    const { base, tables, messages, notes } = item?.result() ?? {};
    expect(base).toMatchObject({ units: 3, period: "2023 to 2024", missing: 1 });
    expect(messages).toEqual([]);
    expect(tables).toHaveLength(1);
    expect(tables?.[0]?.rows.map(({ names }) => names)).toEqual([
      ["North East", "2024"],
      ["North West", "2024"],
    ]);
    expect(tables?.[0]?.rows[0]?.cells).toEqual([{ mark: "c" }]);
    expect(notes).toContain(
      "3 figures are of no whole country: North East (2), North West (1). They stand in the table by area and not in the series.",
    );
    expect(notes).toContain("Areas are listed and not compared: two may differ by chance alone.");
  });

  test("a figure of another area does not vanish: its name, and the period that the series lacks", () => {
    const rows = read(...figures([9, 11, 10])).concat(read("wales|2013|New cases|12||||||England||cases"));
    const [item] = seriesItems([...rows, ...read(...figures([13], undefined, 2014))]);
    expect(item?.series?.points.map(({ period }) => period.text)).toEqual(["2010", "2011", "2012", "2014"]);
    expect(item?.notes).toEqual([
      "1 figure is not of England: wales (1). It stands in the table by area and not in the series.",
      "The file has no figure of the country for some periods: 1 between 2012 and 2014.",
    ]);
    const { tables, notes } = item?.result() ?? {};
    expect(tables?.map(({ id }) => id)).toEqual(["published_new_cases", "published_new_cases_by_area"]);
    expect(tables?.[1]?.rows).toEqual([
      { names: ["England", "2014"], cells: [13] },
      { names: ["wales", "2013"], cells: [12] },
    ]);
    expect(notes).toEqual(expect.arrayContaining([...(item?.notes ?? [])]));
  });

  test("an indicator of which no figure is shown is refused", () => {
    const [item] = seriesItems(
      read("England|2024|A|[c]||||||England||", "North East|2024|A|[c]||||||England||"),
    );
    expect(item?.refusal?.reason).toBe("No figure of “A” is shown by its publisher.");
    expect(() => item?.result()).toThrow("A is refused");
  });

  test("limits with twelve figures and more", () => {
    // As in the trends: mean 150/13, limits 2.66·2 about it.
    const rows = read(...figures([9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 30]));
    const [item] = seriesItems(rows);
    if (item?.series === undefined) throw new Error("a series");
    expect(seriesVerdict(item.series)).toEqual({ rule: "limits", sign: "high" });
    expect(item.result().messages[0]?.text).toBe(
      "New cases (England): 30 in 2022; the latest is above the upper limit.",
    );
  });

  test("a latest figure that is the second of three near a limit is said so", () => {
    // Mean 159/13 = 12.23, ranges 9 × 2 + 6 + 5 + 5 = 34/12 = 2.83, limit 12.23 + 2.66 × 2.83 = 19.77, its outer third from
    // 12.23 + 2/3 × 7.54 = 17.25: both 18s lie in it, and 13 between them above the mean.
    const [near] = seriesItems(read(...figures([10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 18, 13, 18])));
    if (near?.series === undefined) throw new Error("a series");
    expect(seriesVerdict(near.series)).toEqual({ rule: "limits", sign: "near upper limit" });
    expect(near.result().messages[0]?.text).toContain("two of the last three are near the upper limit");
  });

  test("a figure that is lacking or not shown parts a series: limits are of what follows", () => {
    const rows = read(...figures([9, 11, "[c]", 11, 9]), ...figures([8, 8], undefined, 2016));
    const series = nationalSeries(rows);
    if (series === undefined) throw new Error("a series");
    expect(latestRun(series).map(({ period }) => period.text)).toEqual(["2016", "2017"]);
    expect(seriesVerdict(series)).toEqual({ rule: "none" });
    expect(seriesItems(rows)[0]?.result().base.missing).toBe(1);
  });

  test.each([
    [[1000, 1200, 1400, 1600, 1800], "rising over the last five periods, which is for the worse"],
    [[1800, 1600, 1400, 1200, 1000], "falling over the last five periods, which is for the better"],
    [[1000, 1010, 990, 1005, 1000], "no clear trend over the last five periods."],
  ])("five points: %j is %s", (counts, words) => {
    const [item] = seriesItems(read(...figures(counts, "|lower_is_better||||England||cases")));
    expect(item?.result().messages[0]?.text).toContain(words);
  });

  test("nothing is called better or worse without a polarity", () => {
    const [item] = seriesItems(read(...figures([1000, 1200, 1400, 1600, 1800])));
    expect(item?.result().messages[0]?.text).toBe(
      "New cases (England): 1,800 in 2014; rising over the last five periods.",
    );
  });

  test("means without intervals have no trend", () => {
    const rest = "|lower_is_better||||England||weeks";
    const [item] = seriesItems(read(...figures([30, 32, 34, 36, 38], rest)));
    expect(item?.result().messages[0]?.text).toBe("New cases (England): 38 weeks in 2014.");
  });

  test("notes say where figures come from and which may change", () => {
    const [item] = seriesItems(
      read(
        "England|2023/24|A|1|||Cafcass|2026-06-25|revised|England||",
        "England|2024/25|A|2|||Cafcass|2026-06-25|provisional|England||",
      ),
    );
    expect(item?.result().notes).toEqual([
      "Source: Cafcass, released 25 June 2026.",
      "Covers England.",
      "Kind of year: financial, from April.",
      "1 figure is provisional and may change.",
      "Fewer than 12 figures in a row: too few for limits.",
    ]);
  });
});
