import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { estimate, records, refusal } from "./estimating.js";
import { draw, plan, workplace } from "./scratch.js";

/** 40 of the 90 children in one stratum, and their ids in draw order. */
async function drawn() {
  const yaml = plan.replace(/sample: .*/, "sample: { size: 40, strata: [law_type], reserves: 2 }");
  const folder = workplace(undefined, yaml);
  await draw(folder);
  return { folder, list: records(join(folder, "out"), "sample.csv") };
}

const write = (folder: string, lines: readonly string[], name = "findings.csv"): void =>
  writeFileSync(join(folder, name), `${lines.join("\n")}\n`);

/** First reviews of all, and second ones of the first 24: both yes in 10, both no in 8, first only in 4, second only in 2. */
async function reviewedTwice() {
  const { folder, list } = await drawn();
  const ids = list.map(({ unit_id = "" }) => unit_id);
  const first = (at: number): string => (at < 14 || at % 2 === 1 ? "yes" : "no");
  const second = (at: number): string => (at < 10 || at >= 22 ? "Y" : "N");
  write(folder, [
    "unit_id,review,seen,visits",
    ...ids.map((id, at) => `${id},1,${at < 24 ? (at < 14 ? "yes" : "no") : first(at)},${at % 5}`),
    ...ids.slice(0, 24).map((id, at) => `${id},2,${second(at)},${at % 3}`),
  ]);
  return { folder, ids, list };
}

describe("agreement of first and second reviews", () => {
  test("of pairs alone, in agreement.csv and on the page", async () => {
    const { folder } = await reviewedTwice();
    await estimate(folder);
    const [seen = {}, visits = {}] = records(join(folder, "estimates"), "agreement.csv");
    expect(seen).toMatchObject({
      column: "seen",
      weighted: "no",
      pairs: "24",
      agreeing: "18",
      observed: "0.75",
    });
    // p_e = (14/24)(12/24) + (10/24)(12/24) = 0.5: kappa (0.75 − 0.5)/0.5. AC1: π = 13/24, 2π(1 − π) = 143/288.
    expect(Number(seen.kappa)).toBeCloseTo(0.5, 9);
    expect(Number(seen.ac1)).toBeCloseTo((0.75 - 143 / 288) / (1 - 143 / 288), 9);
    expect(Number(seen.kappa_lower)).toBeLessThan(0.5);
    expect(visits).toMatchObject({ column: "visits", observed: "[x]", kappa: "[x]" });
    expect(visits.remark).toMatch(/^Left out: how far two numbers agree/);
    const page = readFileSync(join(folder, "estimates/estimates.html"), "utf8");
    expect(page).toContain("Agreement of first and second reviews");
    expect(page).toContain("both reviews agree in 18 of 24 pairs, 75.0%");
    expect(page).toContain("speak for them alone");
  });

  test("weighted by the design and the chance of a second review", async () => {
    const { folder, ids, list } = await reviewedTwice();
    // The six pairs that differ were chosen half as often: each counts twice.
    const chance = (at: number): number => ((at >= 10 && at < 14) || at >= 22 ? 0.25 : 0.5);
    write(
      folder,
      ["unit_id,probability", ...ids.slice(0, 24).map((id, at) => `${id},${chance(at)}`)],
      "second.csv",
    );
    const { context } = await estimate(folder, { secondReviews: "second.csv" });
    const [seen = {}] = records(join(folder, "estimates"), "agreement.csv");
    let [all, agree] = [0, 0];
    list.slice(0, 24).forEach(({ design_weight }, at) => {
      const weight = Number(design_weight) / chance(at);
      all += weight;
      if (chance(at) === 0.5) agree += weight;
    });
    expect(Number(seen.observed)).toBeCloseTo(agree / all, 8);
    expect(seen).toMatchObject({ weighted: "yes", agreeing: "18" });
    expect(seen.estimand).toContain("all 90 eligible children on 16 November 2026");
    expect(context.agreement?.weighted).toBe(true);
    const manifest = JSON.parse(readFileSync(join(folder, "estimates/manifest.json"), "utf8"));
    expect(manifest.second_reviews).toMatchObject({ path: "second.csv", sha256: expect.any(String) });
  });

  test("small counts are taken out of every output", async () => {
    const { folder } = await reviewedTwice();
    await estimate(folder, { threshold: 6 }); // six pairs differ
    const [seen = {}] = records(join(folder, "estimates"), "agreement.csv");
    expect([seen.pairs, seen.agreeing, seen.observed, seen.kappa, seen.ac1_upper]).toEqual(
      new Array(5).fill("[c]"),
    );
    expect(seen.remark).toContain("1 to 6");
    const page = readFileSync(join(folder, "estimates/estimates.html"), "utf8");
    expect(page).not.toContain("18 of 24");
    expect(page).toContain("seen: not shown.");
  });

  test("without second reviews there is no table and no section", async () => {
    const { folder, list } = await drawn();
    write(folder, ["unit_id,seen", ...list.map(({ unit_id }, at) => `${unit_id},${at % 2 ? "yes" : "no"}`)]);
    const { context } = await estimate(folder);
    expect(context.agreement).toBeUndefined();
    expect(existsSync(join(folder, "estimates/agreement.csv"))).toBe(false);
    expect(readFileSync(join(folder, "estimates/estimates.html"), "utf8")).not.toContain("kappa");
  });

  test("a second review without a first is left out and counted; categories meet in any spelling", async () => {
    const { folder, list } = await drawn();
    const ids = list.map(({ unit_id = "" }) => unit_id);
    write(folder, [
      "unit_id,review,view",
      ...ids.slice(1).map((id, at) => `${id},1,${at % 2 ? "Clear" : "Unclear"}`),
      `${ids[0]},2,Clear`,
      ...ids.slice(1, 31).map((id, at) => `${id},2,${at === 0 ? "Mixed" : at % 2 ? " clear" : "UNCLEAR"}`),
    ]);
    const { context } = await estimate(folder);
    expect(context.findings.notes.find(({ code }) => code === "second-reviews-alone")?.cases).toEqual([
      ids[0],
    ]);
    expect(records(join(folder, "estimates"), "agreement.csv")[0]).toMatchObject({
      categories: "3",
      pairs: "30",
      agreeing: "29",
    });
  });
});

describe("refused", () => {
  test.each([
    ["a unit that is not of the sample", "nobody,0.5", /nobody \(second.csv, row 26, column unit_id\)/],
    ["a blank unit", ",0.5", /a blank \(second.csv, row 26, column unit_id\)/],
    ["a unit twice", "ID0,0.5", /rows 2 and 26 \(second.csv, row 26, column unit_id\)/],
    ["a probability of 0", "ID30,0", /got 0 \(second.csv, row 26, column probability\)/],
    ["a probability above 1", "ID30,1.5", /got 1.5 \(second.csv, row 26, column probability\)/],
    ["no number", "ID30,one in Maria", /got another value \(second.csv, row 26, column probability\)/],
  ])("%s in the file of probabilities", async (_, line, message) => {
    const { folder, ids } = await reviewedTwice();
    const lines = ["unit_id,probability", ...ids.slice(0, 24).map((id) => `${id},0.5`)];
    lines.push(line.replace("ID30", ids[30] as string).replace("ID0", ids[0] as string));
    write(folder, lines, "second.csv");
    const error = await refusal(estimate(folder, { secondReviews: "second.csv" }));
    expect(error.code).toBe("SECOND_REVIEWS_INVALID");
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("Maria");
    expect(existsSync(join(folder, "estimates"))).toBe(false);
  });

  test("a case with two reviews that the file lacks", async () => {
    const { folder, ids } = await reviewedTwice();
    write(folder, ["unit_id,probability", ...ids.slice(1, 24).map((id) => `${id},0.5`)], "second.csv");
    const error = await refusal(estimate(folder, { secondReviews: "second.csv" }));
    expect(error.code).toBe("SECOND_REVIEWS_INVALID");
    expect(error.message).toContain(`got none for ${ids[0]} (second.csv, column unit_id)`);
  });

  test("a file without the column probability", async () => {
    const { folder, ids } = await reviewedTwice();
    write(folder, ["unit_id,chance", `${ids[0]},0.5`], "second.csv");
    expect((await refusal(estimate(folder, { secondReviews: "second.csv" }))).code).toBe("COLUMN_NOT_FOUND");
  });

  test.each([
    ["text in a yes/no column", "Maria says so", "FINDINGS_VALUE_INVALID"],
    ["a grade", "Inadequate", "FINDINGS_GRADED"],
  ])("%s of a second review", async (_, value, code) => {
    const { folder, list } = await drawn();
    const ids = list.map(({ unit_id = "" }) => unit_id);
    write(folder, [
      "unit_id,review,seen",
      ...ids.map((id, at) => `${id},1,${at % 2 ? "yes" : "no"}`),
      `${ids[0]},2,${value}`,
    ]);
    const error = await refusal(estimate(folder));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain("Maria");
    if (code === "FINDINGS_VALUE_INVALID") expect(error.message).toContain("row 42, column seen");
  });
});
