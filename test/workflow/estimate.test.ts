import { createHash } from "node:crypto";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { continueSample } from "../../src/workflow/next-version/continue-sample.js";
import { estimate, records, refusal } from "./estimating.js";
import { designs, linesWithFactors, planWith } from "./recorded-designs.js";
import { draw, plan, workplace } from "./scratch.js";

function writeFindings(folder: string, lines: readonly string[], name = "findings.csv"): void {
  writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
}

/** A frame of three law types with given sizes, and a sample of given sizes. */
async function drawnStrata(sizes: readonly number[], drawn: readonly number[], more = ""): Promise<string> {
  const names = ["elementary", "high", "middle"];
  const lines = sizes.flatMap((size, at) =>
    Array.from(
      { length: size },
      (_, i) => `${at}${String(i).padStart(5, "0")},${names[at]},${i % 2 ? "F" : "M"}`,
    ),
  );
  const chosen = names.map((name, at) => `${name}: ${drawn[at] ?? 0}`).slice(0, sizes.length);
  const yaml = `casedraw: 1
title: Test inspection
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: children.csv }]
columns: { child_id: ID, gender: gender }
fields: { kind: { column: kind, type: category } }
sample: { size: ${drawn.reduce((a, b) => a + b, 0)}, strata: [kind], allocation: { method: fixed, sizes: { ${chosen.join(", ")} } }, reserves: 2 }
${more}`;
  const folder = workplace(["ID,kind,gender", ...lines], yaml);
  await draw(folder);
  return folder;
}

/** The sample's units by stratum, in draw order. */
function byStratum(folder: string, sample = "out"): Map<string, string[]> {
  const units = new Map<string, string[]>();
  for (const { unit_id = "", stratum = "" } of records(join(folder, sample), "sample.csv")) {
    units.set(stratum, [...(units.get(stratum) ?? []), unit_id]);
  }
  return units;
}

/** Findings in which the first few of each stratum are yes. */
function firstAreYes(folder: string, yes: Readonly<Record<string, number>>): string[] {
  return [
    "unit_id,seen",
    ...[...byStratum(folder)].flatMap(([stratum, ids]) =>
      ids.map((id, at) => `${id},${at < (yes[stratum] ?? 0) ? "Yes" : "no"}`),
    ),
  ];
}

describe("published answers", () => {
  // R package survey, data api: strata of 4421, 755 and 1018 schools, 100, 50 and 50 drawn, 91, 26 and 35 with the attribute.
  const api = async () => {
    const folder = await drawnStrata([4421, 755, 1018], [100, 50, 50]);
    writeFindings(folder, firstAreYes(folder, { elementary: 91, high: 26, middle: 35 }));
    return folder;
  };

  test("the stratified sample of R's survey package, through the whole command", async () => {
    const folder = await api();
    await estimate(folder);
    const [row = {}] = records(join(folder, "estimates"), "estimates.csv");
    const figures: [string, number][] = [
      ["estimate", 0.827948014207297],
      ["standard_error", 0.0243447800896563],
      ["degrees_of_freedom", 197],
      ["effective_n", 240.354],
      ["lower", 0.774171331],
      ["upper", 0.873431595],
    ];
    for (const [name, value] of figures) {
      expect(Math.abs(Number(row[name]) - value), name).toBeLessThan(name === "effective_n" ? 5e-4 : 1e-9);
    }
    expect(row).toMatchObject({
      n: "200",
      count: "152",
      interval_method: "korn-graubard",
      variance_method: "stratified",
    });
    // 4421 + 755 + 1018 = 6194 of them: the number is the share of 6194.
    expect(Number(row.number)).toBeCloseTo(0.827948014207297 * 6194, 5);
    expect(Number(row.number_lower)).toBeCloseTo(0.774171331 * 6194, 4);
  });

  test("Wilson on the effective size with t, where asked for", async () => {
    const folder = await api();
    await estimate(folder, { interval: "wilson" });
    const [row = {}] = records(join(folder, "estimates"), "estimates.csv");
    expect(Number(row.lower)).toBeCloseTo(0.774814589, 8);
    expect(Number(row.upper)).toBeCloseTo(0.870637565, 8);
  });

  test("nobody has it: exact limits of one stratum (0 of 30 from 200: 0 to 21)", async () => {
    const folder = await drawnStrata([200], [30]);
    writeFindings(folder, firstAreYes(folder, {}));
    await estimate(folder);
    const [row = {}] = records(join(folder, "estimates"), "estimates.csv");
    expect(row).toMatchObject({
      estimate: "0",
      lower: "0",
      upper: "0.105", // 21 of 200
      number_lower: "0",
      number_upper: "21",
      interval_method: "exact",
    });
  });

  test("everybody has it, of a stratum and a census: the census adds no doubt", async () => {
    // 45 of 45 from 60: 58 to 60 of the population; with 10 more that were all reviewed, 68 to 70 of 70.
    const folder = await drawnStrata([60, 10], [45, 10]);
    writeFindings(folder, firstAreYes(folder, { elementary: 45, high: 10 }));
    await estimate(folder);
    const [row = {}] = records(join(folder, "estimates"), "estimates.csv");
    expect(row).toMatchObject({ number_lower: "68", number_upper: "70", estimate: "1" });
  });
});

test("a census gives its value and no interval", async () => {
  const folder = await drawnStrata([8, 4], [8, 4]);
  writeFindings(folder, firstAreYes(folder, { elementary: 3, high: 3 }));
  await estimate(folder);
  const [row = {}] = records(join(folder, "estimates"), "estimates.csv");
  expect(row).toMatchObject({
    estimate: "0.5",
    standard_error: "0",
    lower: "",
    upper: "",
    number: "6",
    interval_method: "census",
  });
});

describe("nonresponse", () => {
  test("cases not reviewed: the others of the stratum stand for them", async () => {
    // Of 40 in one stratum 8 were drawn and 5 reviewed, of 60 in the other 6, all reviewed. Yes: 2 of 5, 3 of 6.
    const folder = await drawnStrata([40, 60], [8, 6]);
    const strata = byStratum(folder);
    const [first = [], second = []] = [strata.get("elementary"), strata.get("high")];
    writeFindings(folder, [
      "unit_id,seen",
      ...first.slice(0, 5).map((id, at) => `${id},${at < 2 ? "y" : "n"}`),
      ...second.map((id, at) => `${id},${at < 3 ? "y" : "n"}`),
    ]);
    const { context } = await estimate(folder);
    const [row = {}] = records(join(folder, "estimates"), "estimates.csv");
    // 0.4·0.4 + 0.6·0.5 = 0.46, and 46 of 100.
    expect(Number(row.estimate)).toBeCloseTo(0.46, 9);
    expect(Number(row.number)).toBeCloseTo(46, 7);
    // 0.16·(1 − 5/40)·s²/5 + 0.36·(1 − 6/60)·s²/6, s² = 0.24·5/4 = 0.3 and 0.25·6/5 = 0.3: 0.0084 + 0.0162 = 0.0246.
    expect(Number(row.standard_error)).toBeCloseTo(Math.sqrt(0.0246), 9);
    expect(context.findings.notes.find(({ code }) => code === "units-not-reviewed")?.count).toBe(3);
    expect(records(join(folder, "estimates"), "responses.csv")[0]).toMatchObject({
      in_sample: "8",
      not_reviewed: "3",
      reviewed: "5",
      response_rate: "0.625",
    });
    expect(readFileSync(join(folder, "estimates/estimates.html"), "utf8")).toContain(
      "11 of 14 sampled children were reviewed",
    );
  });

  test("a finding without an answer: base, and the bounds if they were no or yes", async () => {
    const folder = await drawnStrata([100], [10]);
    const [ids = []] = byStratum(folder).values();
    const answers = ["yes", "yes", "yes", "no", "no", "no", "no", "no", "", "not known"];
    writeFindings(folder, ["unit_id,seen", ...ids.map((id, at) => `${id},${answers[at]}`)]);
    await estimate(folder);
    const [row = {}] = records(join(folder, "estimates"), "estimates.csv");
    // 3 of 8; 3 of 10 if both are no, 5 of 10 if both are yes; the number takes them to be like the eight: 37.5 of 100.
    expect(row).toMatchObject({
      n: "8",
      count: "3",
      not_answered: "2",
      estimate: "0.375",
      bound_lower: "0.3",
      bound_upper: "0.5",
      number: "37.5",
    });
  });

  test("a case that a question does not apply to counts neither in the share nor in the number", async () => {
    const folder = await drawnStrata([100], [10]);
    const [ids = []] = byStratum(folder).values();
    const answers = ["yes", "yes", "yes", "no", "no", "no", "no", "no", "", "Not applicable"];
    writeFindings(folder, [
      "unit_id,seen,visits",
      ...ids.map((id, at) => `${id},${answers[at]},${at > 7 ? "not applicable" : 2 + (at % 2)}`),
    ]);
    await estimate(folder);
    const [row = {}, visits] = records(join(folder, "estimates"), "estimates.csv");
    // 3 of 8; 3 and 4 of 9 it applies to; it applies to 9 of 10 and so to 90 of 100: 0.375 · 90.
    expect(row).toMatchObject({
      n: "8",
      not_answered: "1",
      not_applicable: "1",
      estimate: "0.375",
      number: "33.75",
    });
    expect([Number(row.bound_lower), Number(row.bound_upper)]).toEqual([0.3333333333, 0.4444444444]);
    expect(visits).toMatchObject({ n: "8", not_answered: "0", not_applicable: "2", estimate: "2.5" });
    const page = readFileSync(join(folder, "estimates/estimates.html"), "utf8");
    expect(page).toContain("where it applies");
    expect(page).toContain(
      "1 reviewed without an answer is left out of the share. 1 to which it does not apply counts as none.",
    );
    expect(page).toContain("Column seen was read as yes or no; 8 answered, 1 not, to 1 it does not apply.");
  });

  test("exact limits are of those that the question applies to", async () => {
    const folder = await drawnStrata([60], [12]);
    const [ids = []] = byStratum(folder).values();
    writeFindings(folder, [
      "unit_id,seen",
      ...ids.map((id, at) => `${id},${at < 8 ? "no" : "not applicable"}`),
    ]);
    await estimate(folder);
    const [row = {}] = records(join(folder, "estimates"), "estimates.csv");
    expect(row).toMatchObject({
      interval_method: "exact",
      n: "8",
      estimate: "0",
      lower: "0",
      not_applicable: "4",
    });
    // R: the most K with phyper(0, K, N - K, n) >= 0.025. It applies to 60·8/12 = 40: 13 of 40; of the 60, 12 are known not to have it.
    expect(Number(row.upper)).toBe(13 / 40);
    expect(Number(row.number_upper)).toBe(14);
  });

  test("a stratum of which all seen are not asked leaves the exact limits open", async () => {
    const folder = await drawnStrata([1000, 20], [2, 18]);
    const strata = byStratum(folder);
    const [far = [], near = []] = ["elementary", "high"].map((key) => strata.get(key) ?? []);
    writeFindings(folder, [
      "unit_id,seen",
      ...far.map((id) => `${id},not applicable`),
      ...near.map((id) => `${id},no`),
    ]);
    await estimate(folder);
    const [row = {}] = records(join(folder, "estimates"), "estimates.csv");
    // Of the 998 not seen all may have it.
    expect(Number(row.upper)).toBeGreaterThan(998 / 1020);
  });

  test("few cases of a sample with many: their interval is as wide as they are few", async () => {
    const folder = await drawnStrata([320], [32]);
    const [ids = []] = byStratum(folder).values();
    writeFindings(folder, ["unit_id,seen", ...ids.map((id, at) => `${id},${["yes", "no"][at] ?? ""}`)]);
    await estimate(folder);
    const [row = {}] = records(join(folder, "estimates"), "estimates.csv");
    // R 4.2, survey 4.1: svyciprop(method = "beta") on the subset of 2 of 32 of 320.
    expect(Number(row.standard_error)).toBeCloseTo(0.340777100548239, 9);
    expect(Number(row.lower)).toBeCloseTo(0.0160117063038282, 9);
    expect(Number(row.upper)).toBeCloseTo(0.983988293696172, 9);
  });

  test("a stratum with one reviewed case of several is refused, with what to do", async () => {
    const folder = await drawnStrata([40, 60], [4, 6]);
    const strata = byStratum(folder);
    const ids = [...(strata.get("elementary") ?? []).slice(0, 1), ...(strata.get("high") ?? [])];
    writeFindings(folder, ["unit_id,seen", ...ids.map((id) => `${id},yes`)]);
    const { code, message } = await refusal(estimate(folder));
    expect(code).toBe("ESTIMATE_STRATUM_TOO_FEW");
    expect(message).toMatch(/"elementary".*got 1 of 40.*merge it.*"high"/);
    expect(readdirSync(folder)).not.toContain("estimates");
  });

  test("cases out of scope count as none, and leave the base of the share", async () => {
    const folder = await drawnStrata([100], [10]);
    const [ids = []] = byStratum(folder).values();
    writeFindings(folder, ["unit_id,reason", `${ids[0]},out-of-scope`, `${ids[1]},out-of-scope`], "log.csv");
    await continueSample(
      "out",
      { kind: "replace", log: "log.csv" },
      { out: "out-2", force: false, cwd: folder, data: [], claim: () => {}, progress: () => {} },
    );
    const left = (byStratum(folder, "out-2").get("elementary") ?? []).filter(
      (id) => !ids.slice(0, 2).includes(id),
    );
    expect(left).toHaveLength(10); // two reserves came
    writeFindings(folder, [
      "unit_id,seen",
      ...left.map((id, at) => `${id},${at < 4 ? "yes" : "no"}`),
      `${ids[0]},yes`,
    ]);
    const { context } = await estimate(folder, { sample: "out-2" });
    const [row = {}] = records(join(folder, "estimates"), "estimates.csv");
    // In scope are 100·(10 − 1)/(12 − 1) = 81.8…, of which 4 in 10: 32.7….
    expect(row).toMatchObject({ n: "10", count: "4", estimate: "0.4" });
    expect(Number(row.number)).toBeCloseTo(360 / 11, 7);
    expect(context.findings.notes.find(({ code }) => code === "units-lost")?.cases).toEqual([ids[0]]);
    const page = readFileSync(join(folder, "estimates/estimates.html"), "utf8");
    expect(page).toContain("Those in scope of all 100 eligible children");
    expect(page).toContain("which is final_weight in sample.csv and not design_weight");
    // Who was left out is for the screen: the page and the manifest name no case.
    for (const text of [page, readFileSync(join(folder, "estimates/manifest.json"), "utf8")])
      expect(text).not.toContain(ids[0]);
  });
});

describe("findings of a reserve", () => {
  test("are left out as such before it is released, and refused with the later folder's name afterwards", async () => {
    const folder = await drawnStrata([100], [10]);
    const [ids = []] = byStratum(folder).values();
    const [next = {}] = records(join(folder, "out"), "reserves.csv");
    const reserve = next.unit_id as string;
    writeFindings(folder, ["unit_id,seen", ...[...ids.slice(1), reserve].map((id) => `${id},yes`)]);
    const { context } = await estimate(folder);
    const note = context.findings.notes.find(({ code }) => code === "units-in-reserve");
    expect(note?.cases).toEqual([reserve]);
    expect(note?.text).toBe(
      "1 row left out: the unit is a reserve that this version of the sample has not released. If a later version has, name its folder with --sample.",
    );
    const follow = (sample: string, out: string, lost: string) => {
      writeFindings(folder, ["unit_id,reason", `${lost},inaccessible`], "log.csv");
      const own = { out, force: false, cwd: folder, data: [], claim: () => {}, progress: () => {} };
      return continueSample(sample, { kind: "replace", log: "log.csv" }, own);
    };
    await follow("out", "out-2", ids[0] as string);
    await follow("out-2", "out-3", ids[1] as string);
    const error = await refusal(estimate(folder));
    expect(error.code).toBe("FINDINGS_LATER_VERSION");
    expect(error.message).toBe(
      `Sample of the findings: the last version is wanted, got out, and 1 case of findings.csv was released or drawn in a later one (${reserve}). Give its folder: --sample out-3.`,
    );
    expect((await estimate(folder, { sample: "out-3" })).context.findings.reviewed.size).toBe(9);
  });
});

describe("groups", () => {
  /** 12 drawn of 60 and 60; in the first stratum girls have it, in the other nobody. */
  const grouped = async () => {
    const folder = await drawnStrata([60, 60], [12, 12]);
    const list = records(join(folder, "out"), "sample.csv");
    const yes = (row: Record<string, string>): boolean =>
      row.gender === "female" && row.stratum === "elementary";
    writeFindings(folder, [
      "unit_id,seen",
      ...list.map((row) => `${row.unit_id},${yes(row) ? "yes" : "no"}`),
    ]);
    return { folder, list };
  };

  test("by a field of the sample: domains of the whole design, and each beside all others", async () => {
    const { folder, list } = await grouped();
    await estimate(folder, { by: ["gender", "kind"] });
    const rows = records(join(folder, "estimates"), "estimates.csv");
    const count = (kind: string): number =>
      list.filter(({ gender, stratum }) => gender === "female" && stratum === kind).length;
    const [first, second] = [count("elementary"), count("high")];
    const girls = rows.find(({ group }) => group === "female");
    // Every case stands for 60/12 = 5: the share among girls is that of the sample.
    expect(Number(girls?.estimate)).toBeCloseTo(first / (first + second), 9);
    expect(Number(girls?.n)).toBe(first + second);
    const high = rows.find(({ group }) => group === "high");
    expect(high).toMatchObject({
      estimate: "0",
      lower: "0",
      interval_method: "exact",
      number: "0",
    });
    // No boy and nobody of the second stratum has it: the sample does not show how far these vary, and a difference would look sure.
    expect(records(join(folder, "estimates"), "comparisons.csv")).toEqual([]);
  });

  test("a group that was reviewed whole is compared, though it does not vary", async () => {
    const folder = await drawnStrata([60, 10], [12, 10]);
    writeFindings(folder, firstAreYes(folder, { elementary: 6, high: 10 }));
    await estimate(folder, { by: ["kind"] });
    const rows = records(join(folder, "estimates"), "comparisons.csv");
    expect(rows.map(({ group }) => group)).toEqual(["elementary", "high"]);
    for (const [at, row] of rows.entries()) {
      expect(Number(row.difference)).toBeCloseTo(at === 0 ? -0.5 : 0.5, 9);
      // (1 − 12/60)·(0.25·12/11)/12
      expect(Number(row.standard_error)).toBeCloseTo(Math.sqrt(0.2 / 11), 9);
    }
  });

  test("of a category the groups of one level stand together, in the table and in the picture", async () => {
    const { folder, list } = await grouped();
    writeFindings(folder, [
      "unit_id,view",
      ...list.map(({ unit_id }, at) => `${unit_id},${at % 2 ? "Clear" : "Unclear"}`),
    ]);
    await estimate(folder, { by: ["gender"] });
    const rows = records(join(folder, "estimates"), "estimates.csv");
    expect(rows.map(({ level, group }) => `${level} ${group}`)).toEqual([
      "Clear ",
      "Clear female",
      "Clear male",
      "Unclear ",
      "Unclear female",
      "Unclear male",
    ]);
  });

  test("two strata are compared by the sum of their variances", async () => {
    const folder = await drawnStrata([60, 40], [12, 10]);
    writeFindings(folder, firstAreYes(folder, { elementary: 6, high: 2 }));
    await estimate(folder, { by: ["kind"] });
    const [row] = records(join(folder, "estimates"), "comparisons.csv");
    // 0.5 − 0.2; (1 − 12/60)·(0.25·12/11)/12 + (1 − 10/40)·(0.16·10/9)/10 = 0.8·0.25/11 + 0.75·0.16/9.
    expect(Number(row?.difference)).toBeCloseTo(0.3, 9);
    expect(Number(row?.standard_error)).toBeCloseTo(Math.sqrt(0.2 / 11 + 0.12 / 9), 9);
  });

  test.each([
    ["nothing", "ESTIMATE_FIELD_MISSING"],
    ["unit_id", "ESTIMATE_FIELD_MISSING"],
    ["child_id", "ESTIMATE_FIELD_REFUSED"],
  ])("by %s is refused", async (field, code) => {
    const { folder } = await grouped();
    expect((await refusal(estimate(folder, { by: [field] }))).code).toBe(code);
  });

  test("small numbers go, and what they could be worked out from", async () => {
    const { folder } = await grouped();
    await estimate(folder, { by: ["kind"], threshold: 5 });
    const rows = records(join(folder, "estimates"), "estimates.csv");
    const yes = byStratum(folder);
    expect(yes.size).toBe(2);
    for (const row of rows.filter(({ estimate: shown }) => shown === "[c]")) {
      expect([row.n, row.count, row.lower, row.number]).toEqual(["[c]", "[c]", "[c]", "[c]"]);
      expect(row.remark).not.toBe("");
    }
    for (const { n, count } of rows.filter(({ estimate: shown }) => shown !== "[c]")) {
      for (const number of [Number(n), Number(count), Number(n) - Number(count)])
        expect(number === 0 || number > 5).toBe(true);
    }
  });
});

describe("where the command gives no threshold", () => {
  test.each([
    ["that of the plan stands", "disclosure: { threshold: 2 }\n", 2],
    ["else it is 5", "", 5],
  ])("%s", async (_, disclosure, threshold) => {
    const folder = await drawnStrata([60, 40], [12, 10], disclosure);
    writeFindings(folder, firstAreYes(folder, { elementary: 2, high: 1 }));
    await estimate(folder, { threshold: undefined });
    const manifest = JSON.parse(readFileSync(join(folder, "estimates/manifest.json"), "utf8"));
    expect(manifest.options.threshold).toBe(threshold);
    const [row] = records(join(folder, "estimates"), "estimates.csv");
    expect(row?.estimate === "[c]").toBe(threshold === 5);
  });
});

describe("findings", () => {
  const twelve = async (lines: (ids: readonly string[]) => readonly string[]) => {
    const folder = await drawnStrata([100], [12]);
    const [ids = []] = byStratum(folder).values();
    writeFindings(folder, lines(ids));
    return { folder, ids };
  };

  test("numbers and categories beside yes and no", async () => {
    const { folder } = await twelve((ids) => [
      "unit_id,visits,quality,reviewer",
      ...ids.map((id, at) => `${id},${at < 6 ? 2 : 4},${at < 3 ? "Clear" : "unclear"},AB`),
    ]);
    await estimate(folder);
    const rows = records(join(folder, "estimates"), "estimates.csv");
    expect(rows.map(({ column, kind, level }) => [column, kind, level])).toEqual([
      ["visits", "number", ""],
      ["quality", "category", "Clear"],
      ["quality", "category", "unclear"],
    ]);
    // Mean 3; s² = 12/11, V = (1 − 12/100)·(12/11)/12 = 0.88/11 = 0.08; t₁₁ = 2.200985 (tables).
    expect(Number(rows[0]?.estimate)).toBe(3);
    expect(Number(rows[0]?.standard_error)).toBeCloseTo(Math.sqrt(0.08), 9);
    expect(Number(rows[0]?.upper)).toBeCloseTo(3 + 2.200985 * Math.sqrt(0.08), 5);
    expect(Number(rows[1]?.estimate)).toBe(0.25);
  });

  test("rows that are not of the first review of the sample are left out and counted", async () => {
    const { folder } = await twelve((ids) => [
      "unit_id,review,seen",
      ...ids.map((id, at) => `${id},1,${at < 3 ? "yes" : "no"}`),
      `${ids[0]},2,no`,
      "wrong,1,yes",
      ",,",
    ]);
    const { context } = await estimate(folder);
    const counts = Object.fromEntries(context.findings.notes.map(({ code, count }) => [code, count]));
    expect(counts).toMatchObject({ "second-reviews": 1, "units-unknown": 1 });
    expect(records(join(folder, "estimates"), "estimates.csv")[0]).toMatchObject({ n: "12", count: "3" });
  });

  test.each([
    ["a unit twice", "FINDINGS_DUPLICATE", (id: string) => ["unit_id,seen", `${id},yes`, `${id},no`]],
    ["a third review", "FINDINGS_VALUE_INVALID", (id: string) => ["unit_id,review,seen", `${id},3,yes`]],
    ["no unit of the sample", "FINDINGS_EMPTY", () => ["unit_id,seen", "x,yes"]],
    ["no column", "FINDINGS_EMPTY", (id: string) => ["unit_id,review", `${id},1`]],
    ["a column of grades", "FINDINGS_GRADED", (id: string) => ["unit_id,overall grade", `${id},2`]],
    ["grades under another name", "FINDINGS_GRADED", (id: string) => ["unit_id,view", `${id},Inadequate`]],
  ])("%s is refused", async (_, code, lines) => {
    const { folder } = await twelve((ids) => lines(ids[0] as string));
    expect((await refusal(estimate(folder))).code).toBe(code);
  });

  test("text among numbers is refused with its row, and not quoted", async () => {
    const { folder } = await twelve((ids) => [
      "unit_id,visits",
      ...ids.map((id, at) => `${id},${at === 4 ? "ask Maria" : at}`),
    ]);
    const error = await refusal(estimate(folder));
    expect(error.code).toBe("FINDINGS_VALUE_INVALID");
    expect(error.message).toContain("row 6, column visits");
    expect(error.message).not.toContain("Maria");
  });

  test("a column that was asked for and is not there is refused", async () => {
    const { folder } = await twelve((ids) => ["unit_id,seen", ...ids.map((id) => `${id},yes`)]);
    expect((await refusal(estimate(folder, { columns: ["scene"] }))).code).toBe("FINDINGS_COLUMN_MISSING");
  });

  test("a number that nobody can have meant is refused with its row", async () => {
    const { folder } = await twelve((ids) => [
      "unit_id,visits",
      ...ids.map((id, at) => `${id},${at === 4 ? "9".repeat(400) : at}`),
    ]);
    expect((await refusal(estimate(folder))).message).toContain("row 6, column visits");
  });

  test("numbers with commas for thousands are numbers", async () => {
    const { folder } = await twelve((ids) => [
      "unit_id,cost",
      ...ids.map((id, at) => `${id},"${at < 6 ? "1,000" : "1,002,000.5"}"`),
    ]);
    await estimate(folder);
    const [row] = records(join(folder, "estimates"), "estimates.csv");
    expect(row).toMatchObject({ kind: "number", n: "12", estimate: "501500.25" });
  });

  test("yes, no, 1 and 0 side by side are yes and no", async () => {
    const { folder } = await twelve((ids) => [
      "unit_id,seen",
      ...ids.map((id, at) => `${id},${["1", "Yes", "0", "no"][at % 4]}`),
    ]);
    await estimate(folder);
    const rows = records(join(folder, "estimates"), "estimates.csv");
    expect(rows).toMatchObject([{ kind: "yes-no", level: "yes", n: "12", count: "6" }]);
  });

  test("where nothing is left to estimate, the refusal says why", async () => {
    const text = await twelve((ids) => [
      "unit_id,Notes",
      ...ids.map((id, at) => `${id},${"w".repeat(61)}${at}`),
    ]);
    expect((await refusal(estimate(text.folder))).message).toContain("Column Notes was passed over");
    const named = await twelve(() => ["unit_id,seen", "Maria,yes"]);
    const { message } = await refusal(estimate(named.folder));
    expect(message).toContain("1 row left out: no eligible unit has the id");
    expect(message).toContain("(row 2)");
    expect(message).not.toContain("Maria");
  });

  test("columns of people are passed over, findings about their work are not", async () => {
    const { folder } = await twelve((ids) => [
      "unit_id,Practitioner,Completed by,Family court adviser's name,FCA,Initials,worker saw child",
      ...ids.map((id, at) => `${id},P${at % 2},AB,AB,AB,AB,${at < 3 ? "yes" : "no"}`),
    ]);
    const { context } = await estimate(folder);
    expect(context.findings.columns.map(({ name }) => name)).toEqual(["worker saw child"]);
  });
});

describe("the sample’s folder", () => {
  test("is checked first: an edited file is refused", async () => {
    const folder = await drawnStrata([40], [6]);
    writeFindings(folder, firstAreYes(folder, { elementary: 3 }));
    appendFileSync(join(folder, "out/sample.csv"), "\n");
    expect((await refusal(estimate(folder))).code).toBe("SAMPLE_FOLDER_CHANGED");
  });

  test("is drawn again from its own files: another seed in the manifest is refused", async () => {
    const folder = await drawnStrata([40], [6]);
    writeFindings(folder, firstAreYes(folder, { elementary: 3 }));
    const file = join(folder, "out/manifest.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"seed": "314159"', '"seed": "314160"'));
    expect((await refusal(estimate(folder))).code).toBe("SAMPLE_FOLDER_CHANGED");
  });

  test("is named by the manifest, which vouches for the outputs and names no folder of the machine", async () => {
    const folder = await drawnStrata([40], [6]);
    writeFindings(folder, firstAreYes(folder, { elementary: 3 }));
    await estimate(folder, { findings: join(folder, "findings.csv") });
    const text = readFileSync(join(folder, "estimates/manifest.json"), "utf8");
    const sha256 = (path: string) =>
      createHash("sha256")
        .update(readFileSync(join(folder, path)))
        .digest("hex");
    const manifest = JSON.parse(text) as {
      sample: { manifest_sha256: string; selection_digest: string };
      findings: { sha256: string };
      outputs: { path: string; sha256: string }[];
    };
    const drawn = JSON.parse(readFileSync(join(folder, "out/manifest.json"), "utf8")) as {
      selection: { digest: string };
    };
    expect(manifest.sample.manifest_sha256).toBe(sha256("out/manifest.json"));
    expect(manifest.sample.selection_digest).toBe(drawn.selection.digest);
    expect(manifest.findings.sha256).toBe(sha256("findings.csv"));
    expect(manifest.outputs.map(({ path }) => path)).toEqual([
      "estimates.csv",
      "estimates.html",
      "responses.csv",
    ]);
    for (const { path, sha256: told } of manifest.outputs) expect(told).toBe(sha256(`estimates/${path}`));
    expect(text).not.toContain(folder);
  });
});

test.each([
  ["random", "stratified"],
  ["one per family", "ultimate-cluster"],
  ["systematic", "systematic"],
  ["balanced", "balanced"],
  ["balanced with targets", "balanced"],
  ["capped", "unequal-probability"],
] as const)("%s: the variance is that of the design", async (design, method) => {
  const folder = workplace(linesWithFactors(), planWith(designs[design]));
  await draw(folder);
  const list = records(join(folder, "out"), "sample.csv");
  writeFindings(folder, [
    "unit_id,seen",
    ...list.map(({ unit_id }, at) => `${unit_id},${at % 2 ? "yes" : "no"}`),
  ]);
  await estimate(folder, { by: ["gender", "factors"] });
  const [row = {}] = records(join(folder, "estimates"), "estimates.csv");
  // By hand from the list: Σ w over the odd rows, over Σ w.
  const weights = list.map(({ design_weight }) => Number(design_weight));
  const all = weights.reduce((a, b) => a + b, 0);
  const yes = weights.reduce((sum, weight, at) => sum + (at % 2 ? weight : 0), 0);
  expect(Number(row.estimate)).toBeCloseTo(yes / all, 8);
  expect(Number(row.number)).toBeCloseTo(yes, 6);
  expect(row).toMatchObject({ variance_method: method, n: String(list.length) });
  expect(Number(row.standard_error)).toBeGreaterThan(0);
});

test.each(["one per family", "systematic", "balanced", "balanced with targets", "capped"] as const)(
  "%s: of cases not reviewed the stratum's others take the weight",
  async (design) => {
    const folder = workplace(linesWithFactors(), planWith(designs[design]));
    await draw(folder);
    const list = records(join(folder, "out"), "sample.csv");
    const absent = list.find(({ stratum }) => stratum === "private")?.unit_id;
    const reviewed = list.filter(({ unit_id }) => unit_id !== absent);
    writeFindings(folder, [
      "unit_id,seen",
      ...reviewed.map(
        ({ unit_id, stratum }, at) => `${unit_id},${stratum === "public" || at % 3 === 0 ? "yes" : "no"}`,
      ),
    ]);
    await estimate(folder);
    const [row = {}] = records(join(folder, "estimates"), "estimates.csv");
    const inStratum = (rows: typeof list) => rows.filter(({ stratum }) => stratum === "private").length;
    const scale = inStratum(list) / inStratum(reviewed); // m / r
    const weight = (at: number): number =>
      Number(reviewed[at]?.design_weight) * (reviewed[at]?.stratum === "private" ? scale : 1);
    let [all, yes] = [0, 0];
    reviewed.forEach(({ stratum }, at) => {
      all += weight(at);
      if (stratum === "public" || at % 3 === 0) yes += weight(at);
    });
    expect(Number(row.number)).toBeCloseTo(yes, 6);
    expect(Number(row.estimate)).toBeCloseTo(yes / all, 8);
  },
);

test.each([
  [
    "chosen",
    "include: {",
    "include: { team: [Team 0, Team 1],",
    "of team Team 0 and Team 1 on 16 November 2026, and no other place",
  ],
  [
    "left out",
    "include: {",
    "exclude: { team: [Team 0] }, include: {",
    "outside team Team 0 on 16 November 2026",
  ],
])("a sample of which places were %s never speaks of all children", async (_, part, with_, words) => {
  const yaml = plan.replace(`cohort: { ${part}`, `cohort: { ${with_}`);
  const folder = workplace(undefined, yaml);
  await draw(folder);
  const list = records(join(folder, "out"), "sample.csv");
  writeFindings(folder, [
    "unit_id,seen",
    ...list.map(({ unit_id }, at) => `${unit_id},${at % 3 ? "yes" : "no"}`),
  ]);
  await estimate(folder);
  const page = readFileSync(join(folder, "estimates/estimates.html"), "utf8");
  const table = readFileSync(join(folder, "estimates/estimates.csv"), "utf8");
  expect(page).not.toMatch(/\ball (?:[\d,]+ )?(?:eligible )?children/i);
  expect(table).not.toMatch(/\ball (?:[\d,]+ )?(?:eligible )?children/i);
  expect(page).toContain(words);
});
