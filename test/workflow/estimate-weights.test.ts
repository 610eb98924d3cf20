import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { estimate, records, refusal } from "./estimating.js";
import { designs, linesWithFactors, planWith } from "./recorded-designs.js";
import { draw, workplace } from "./scratch.js";

const list = (folder: string) => records(join(folder, "out"), "sample.csv");
const estimates = (folder: string) => records(join(folder, "estimates"), "estimates.csv");
const page = (folder: string) => readFileSync(join(folder, "estimates/estimates.html"), "utf8");

function writeFindings(folder: string, rows: readonly string[], header = "unit_id,seen"): void {
  writeFileSync(join(folder, "findings.csv"), `${[header, ...rows].join("\n")}\n`);
}

/** Strata of given sizes with given numbers drawn; gender and region go round, and both are in the frame. */
async function drawn(strata: Readonly<Record<string, readonly [size: number, drawn: number]>>) {
  const lines = Object.entries(strata).flatMap(([name, [size]], at) =>
    Array.from(
      { length: size },
      (_, i) => `${at}${String(i).padStart(4, "0")},${name},${i % 3 === 0 ? "F" : "M"},${i % 2 ? "N" : "S"}`,
    ),
  );
  const sizes = Object.entries(strata).map(([name, [, n]]) => `"${name}": ${n}`);
  const total = Object.values(strata).reduce((sum, [, n]) => sum + n, 0);
  const yaml = `casedraw: 1
title: Test inspection
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: children.csv }]
columns: { child_id: ID, gender: gender, service_area: region }
fields: { kind: { column: kind, type: category } }
sample: { size: ${total}, strata: [kind], allocation: { method: fixed, sizes: { ${sizes.join(", ")} } }, reserves: 0 }
`;
  const folder = workplace(["ID,kind,gender,region", ...lines], yaml);
  await draw(folder);
  return folder;
}

function idsOf(folder: string, stratum: string): string[] {
  return list(folder)
    .filter((row) => row.stratum === stratum)
    .map(({ unit_id }) => unit_id as string);
}

describe("strata that are collapsed", () => {
  test("one reviewed case of several: weights stay by stratum, the variance is that of both", async () => {
    const folder = await drawn({ big: [60, 3], small: [20, 4] });
    const [big, small] = [idsOf(folder, "big"), idsOf(folder, "small")];
    writeFindings(folder, [...big.map((id, at) => `${id},${at ? "no" : "yes"}`), `${small[0]},yes`]);
    const { code, message } = await refusal(estimate(folder));
    expect(code).toBe("ESTIMATE_STRATUM_TOO_FEW");
    expect(message).toContain("got 1 of 20 eligible. Review more of it, or merge it");
    expect(message).toContain('--collapse "small=big"');
    await estimate(folder, { collapse: ["small=big"] });
    const [row = {}] = estimates(folder);
    // Weights 20, 20, 20 and 20: (20 + 20)/80 = 0.5. Linearised (y − 0.5)/80 = ±1/160, times 20 is ±1/8, mean 0: 4/3·4/64.
    expect(Number(row.estimate)).toBeCloseTo(0.5, 9);
    expect(Number(row.standard_error)).toBeCloseTo(Math.sqrt(1 / 12), 9);
    expect(row).toMatchObject({ variance_method: "collapsed-strata", degrees_of_freedom: "3", number: "40" });
    expect(records(join(folder, "estimates"), "responses.csv").map((own) => own.collapsed_into)).toEqual([
      "big + small",
      "big + small",
    ]);
    expect(page(folder)).toContain("The strata “big” and “small” are one for the variance.");
    const manifest = JSON.parse(readFileSync(join(folder, "estimates/manifest.json"), "utf8"));
    expect(manifest).toMatchObject({
      variance_method: "collapsed-strata",
      options: { collapse: ["small=big"] },
    });
  });

  test("nobody reviewed: refused, and collapsed the others stand for its children", async () => {
    const folder = await drawn({ big: [60, 3], small: [20, 4], other: [30, 3] });
    const [big, other] = [idsOf(folder, "big"), idsOf(folder, "other")];
    writeFindings(folder, [
      ...big.map((id, at) => `${id},${at ? "no" : "yes"}`),
      ...other.map((id, at) => `${id},${at ? "yes" : "no"}`),
    ]);
    const { code, message } = await refusal(estimate(folder));
    expect([code, message]).toEqual([
      "ESTIMATE_STRATUM_TOO_FEW",
      expect.stringContaining(
        'Stratum "small": an estimate takes two reviewed cases or more, unless all of it was reviewed, got 0 of 20',
      ),
    ]);
    await estimate(folder, { collapse: ["Small=BIG"] });
    const [row = {}] = estimates(folder);
    // A third of the 80 of both, two thirds of 30: 46⅔ of 110.
    expect(Number(row.number)).toBeCloseTo(80 / 3 + 20, 7);
    expect(page(folder)).toContain(
      "Of “small” nobody was reviewed: cases of the others stand for its 20 children",
    );
  });

  test("nobody of it reviewed and nobody has it: of its children anything is possible", async () => {
    const folder = await drawn({ big: [60, 6], small: [20, 4] });
    writeFindings(
      folder,
      idsOf(folder, "big").map((id) => `${id},no`),
    );
    await estimate(folder, { collapse: ["small=big"] });
    const [row = {}] = estimates(folder);
    expect(row).toMatchObject({ estimate: "0", number: "0", number_lower: "0" });
    expect(Number(row.number_upper)).toBeGreaterThan(20);
  });

  test.each([
    ["smal=big", "ESTIMATE_MERGE_UNKNOWN", 'Did you mean "small"?'],
    ["small=zebra", "ESTIMATE_MERGE_UNKNOWN", 'got "zebra". Name some of: "big", "none", "small"'],
    ["small=none", "ESTIMATE_MERGE_UNKNOWN", "of which the plan took no case"],
    ["small", "USAGE", "names two or more"],
    ["small=small", "USAGE", "names two or more"],
  ])("--collapse %s is refused", async (text, code, said) => {
    const folder = await drawn({ big: [60, 6], small: [20, 4], none: [10, 0] });
    writeFindings(
      folder,
      list(folder).map(({ unit_id }) => `${unit_id},no`),
    );
    const error = await refusal(estimate(folder, { collapse: [text] }));
    expect(error.code).toBe(code);
    expect(error.message).toContain(said);
    expect(readdirSync(folder)).not.toContain("estimates");
  });

  test("merging with a stratum that was reviewed whole does not help", async () => {
    const folder = await drawn({ all: [3, 3], small: [20, 4] });
    writeFindings(
      folder,
      [...idsOf(folder, "all"), idsOf(folder, "small")[0]].map((id, at) => `${id},${at % 2 ? "no" : "yes"}`),
    );
    const { code } = await refusal(estimate(folder, { collapse: ["small=all"] }));
    expect(code).toBe("ESTIMATE_STRATUM_TOO_FEW");
  });

  test("a name with = in it, and several texts that share a name", async () => {
    const folder = await drawn({ "a=b": [30, 3], c: [30, 3], d: [30, 3] });
    writeFindings(
      folder,
      list(folder).map(({ unit_id }, at) => `${unit_id},${at % 2 ? "no" : "yes"}`),
    );
    const { context } = await estimate(folder, { collapse: ["c=a=b", "d=c"] });
    expect(context.responses.collapsed.map(({ key }) => key)).toEqual(["a=b + c + d"]);
  });

  test.each([
    ["one per family", "ultimate-cluster, collapsed-strata"],
    ["systematic", "collapsed-strata"],
    ["balanced", "balanced, collapsed-strata"],
    ["capped", "unequal-probability, collapsed-strata"],
  ] as const)("%s: the method says so", async (design, method) => {
    const folder = workplace(linesWithFactors(), planWith(designs[design]));
    await draw(folder);
    writeFindings(
      folder,
      list(folder).map(({ unit_id }, at) => `${unit_id},${at % 2 ? "no" : "yes"}`),
    );
    await estimate(folder, { collapse: ["private=public"] });
    expect(estimates(folder)[0]?.variance_method).toBe(method);
    expect(Number(estimates(folder)[0]?.standard_error)).toBeGreaterThan(0);
  });
});

describe("calibration", () => {
  /** 24 of 240 drawn in one stratum; gender is 80 female and 160 male of them. */
  const reviewed = async (answer: (row: Record<string, string>, at: number) => string) => {
    const folder = await drawn({ all: [240, 24] });
    writeFindings(
      folder,
      list(folder).map((row, at) => `${row.unit_id},${answer(row, at)}`),
    );
    return folder;
  };
  const half = (_: unknown, at: number): string => (at % 2 ? "yes" : "no");

  test("one field: post-stratified to the frame's counts, by hand", async () => {
    const folder = await reviewed(half);
    await estimate(folder, { calibrate: ["gender"] });
    const rows = list(folder).map((row, at) => ({ female: row.gender === "female", yes: at % 2 === 1 }));
    const share = (female: boolean) => {
      const own = rows.filter((row) => row.female === female);
      return { n: own.length, p: own.filter(({ yes }) => yes).length / own.length };
    };
    const [girls, boys] = [share(true), share(false)];
    const [row = {}] = estimates(folder);
    const p = (80 * girls.p + 160 * boys.p) / 240;
    expect(Number(row.estimate)).toBeCloseTo(p, 9);
    // Residuals within the groups, each times N_g/(10·n_g), over 24·(1 − 24/240)·10²·24/23, and over 240².
    const squares = [
      { ...girls, size: 80 },
      { ...boys, size: 160 },
    ].reduce((sum, { n, p: own, size }) => sum + (n * own * (1 - own) * size * size) / (100 * n * n), 0);
    const variance = (0.9 * 100 * (24 / 23) * squares) / (240 * 240);
    expect(Number(row.standard_error)).toBeCloseTo(Math.sqrt(variance), 9);
    expect(row.variance_method).toBe("stratified, post-stratified");
    const groups = records(join(folder, "estimates"), "calibration.csv");
    expect(groups).toMatchObject([
      { field: "gender", levels: "female", population: "80", responding: String(girls.n) },
      { field: "gender", levels: "male", population: "160", responding: String(boys.n) },
    ]);
    const manifest = JSON.parse(readFileSync(join(folder, "estimates/manifest.json"), "utf8"));
    const [least, most] = [80 / (10 * girls.n), 160 / (10 * boys.n)].sort((a, b) => a - b);
    expect(manifest.calibration).toMatchObject({
      method: "post-stratified",
      fields: ["gender"],
      extreme_factors: 0,
    });
    expect(manifest.calibration.factors.least).toBeCloseTo(least as number, 9);
    expect(manifest.calibration.factors.most).toBeCloseTo(most as number, 9);
    expect(page(folder)).toContain(
      "Weights were brought to the numbers of eligible children by gender (post-stratification).",
    );
  });

  test("several fields: raked, and the number of each group is that of the frame", async () => {
    const folder = await reviewed(({ gender }) => (gender === "female" ? "yes" : "no"));
    await estimate(folder, { calibrate: ["gender", "service_area", "kind"] });
    const [row = {}] = estimates(folder);
    expect(row.variance_method).toBe("stratified, raked");
    // What is known has no variance: the 80 girls of the frame, of 240.
    expect(Number(row.number)).toBeCloseTo(80, 6);
    expect(row.standard_error).toBe("0");
    expect(Number(row.number_lower)).toBeLessThanOrEqual(80);
    expect(Number(row.number_upper)).toBeGreaterThanOrEqual(80);
  });

  test("weights that change to less than a third, or more than three times, are pointed out", async () => {
    const folder = await drawn({ all: [240, 60] });
    const rows = list(folder);
    const girls = rows.filter(({ gender }) => gender === "female").slice(0, 2);
    const boys = rows.filter(({ gender }) => gender === "male");
    // 2 girls and about 40 boys: the girls stand for 80 instead of 2·240/42 = 11.
    writeFindings(
      folder,
      [...girls, ...boys].map(({ unit_id }, at) => `${unit_id},${at % 2 ? "yes" : "no"}`),
    );
    const { context } = await estimate(folder, { calibrate: ["gender"] });
    expect(context.responses.calibration?.extreme).toBe(2);
    expect(page(folder)).toContain("The weights of 2 reviewed children changed to less than a third");
  });

  test("a level with too few cases is refused with what to merge, and merged it goes", async () => {
    const folder = await drawn({ all: [240, 24] });
    const [girls, boys] = ["female", "male"].map((gender) =>
      list(folder).filter((row) => row.gender === gender),
    );
    writeFindings(
      folder,
      [...(boys ?? []), ...(girls ?? []).slice(0, 1)].map(
        ({ unit_id }, at) => `${unit_id},${at % 2 ? "yes" : "no"}`,
      ),
    );
    const { code, message } = await refusal(estimate(folder, { calibrate: ["gender"] }));
    expect(code).toBe("ESTIMATE_CALIBRATION_TOO_FEW");
    expect(message).toContain(
      'got 1 of 80 in "female". Merge with a level like it: --calibrate "gender:female=male"',
    );
    await estimate(folder, { calibrate: ["gender:female=male", "service_area"] });
    const merged = records(join(folder, "estimates"), "calibration.csv");
    expect(merged[0]).toMatchObject({ field: "gender", levels: "female; male", population: "240" });
  });

  test.each([
    ["date_of_birth", "ESTIMATE_CALIBRATION_FIELD", "Name one of: gender, kind, service_area"],
    ["practitioner", "ESTIMATE_CALIBRATION_FIELD", "names no people"],
    ["gender:girls=male", "ESTIMATE_MERGE_UNKNOWN", "Levels of gender to merge"],
  ])("--calibrate %s is refused", async (text, code, said) => {
    const folder = await reviewed(half);
    const error = await refusal(estimate(folder, { calibrate: [text] }));
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(said)]);
  });

  test("margins that cannot all be met are refused", async () => {
    const folder = await drawn({ all: [240, 60] });
    // Of those reviewed every girl is of the north and every boy of the south; of the frame a third are girls, half are of the north.
    const rows = list(folder).filter(
      ({ gender, service_area }) => (gender === "female") === (service_area === "N"),
    );
    writeFindings(
      folder,
      rows.map(({ unit_id }, at) => `${unit_id},${at % 2 ? "yes" : "no"}`),
    );
    const { code } = await refusal(estimate(folder, { calibrate: ["gender", "service_area"] }));
    expect(code).toBe("CALIBRATION_NOT_SOLVED");
    expect(readdirSync(folder)).not.toContain("estimates");
  });

  test("of families: to what balance.csv counts, each child by its own level", async () => {
    const folder = workplace(linesWithFactors(), planWith(designs["one per family"]));
    await draw(folder);
    writeFindings(
      folder,
      list(folder).map(({ unit_id, law_type }) => `${unit_id},${law_type === "public" ? "yes" : "no"}`),
    );
    await estimate(folder, { calibrate: ["law_type"] });
    const known = records(join(folder, "out"), "balance.csv").find(({ level }) => level === "public");
    const [row = {}] = estimates(folder);
    expect(row.variance_method).toBe("ultimate-cluster, post-stratified");
    expect(Number(row.number)).toBeCloseTo(Number(known?.population_n), 7);
  });

  test("a field of which a unit can have several values is refused", async () => {
    const folder = workplace(linesWithFactors(), planWith(designs.balanced));
    await draw(folder);
    writeFindings(
      folder,
      list(folder).map(({ unit_id }, at) => `${unit_id},${at % 2 ? "no" : "yes"}`),
    );
    const { code, message } = await refusal(estimate(folder, { calibrate: ["factors"] }));
    expect(code).toBe("ESTIMATE_CALIBRATION_FIELD");
    expect(message).toContain("Name one of: age_band, delay_band, gender, law_type, team.");
    await estimate(folder, { calibrate: ["gender"] });
    expect(estimates(folder)[0]?.variance_method).toBe("balanced, post-stratified");
  });
});
