import { describe, expect, test } from "vitest";
import type { Plan, SamplePlan } from "../../src/plan/types.js";
import type { Sample } from "../../src/sampling/draw.js";
import { designWords } from "../../src/workflow/summary/design.js";
import type { DesignWords } from "../../src/workflow/summary/words.js";

const base: SamplePlan = {
  size: 10,
  method: "random",
  strata: ["law_type", "dfj_area"],
  allocation: { method: "proportional" },
  reserves: 0,
};

/** The words for a design; of the draw they depend on nothing but what is given here. */
function wordsOf(design: Partial<SamplePlan>, sample: object = {}): DesignWords {
  const plan = { ...base, ...design };
  const strata = plan.strata.length === 0 ? [{}] : [{}, {}, {}];
  const given = { design: { plan, strata }, drawn: [], reserves: [{}], ...sample };
  return designWords({} as Plan, given as unknown as Sample, { one: "child", many: "children" });
}

describe.each<[string, Partial<SamplePlan>, string, RegExp, RegExp]>([
  [
    "random",
    {},
    "By lot, within each of 3 strata (law type and DFJ area).",
    /every child of a stratum had the same chance/,
    /smallest tickets of each stratum, compared as text, are the sample/,
  ],
  [
    "random without strata",
    { strata: [] },
    "By lot, from one list of all eligible children.",
    /every eligible child had the same chance/,
    /smallest tickets of all/,
  ],
  [
    "systematic",
    { method: "systematic", balance: ["age_band", "gender"] },
    "At even steps from a random start through a list sorted by age band and gender, within each of 3 strata (law type and DFJ area).",
    /spreads evenly over age band and gender/,
    /other random numbers that this takes come from the seed/,
  ],
  [
    "balanced",
    { method: "balanced", balance: ["gender", "factors"] },
    "By lot, within each of 3 strata (law type and DFJ area), so that the sample matches the population on gender and factors.",
    /cube method/,
    /order in which the cube method goes/,
  ],
  [
    "one a family",
    { one_per: "case_id" },
    "By lot, within each of 3 strata (law type and DFJ area): families first, then one child of each family.",
    /No two children of one family/,
    /those of the families first/,
  ],
  [
    "caps",
    { caps: { practitioner: 3, team: 10 } },
    "By lot, within each of 3 strata (law type and DFJ area), with no more than 3 of any one practitioner and 10 of any one team.",
    /no more than 3 of any one practitioner and 10 of any one team; whoever came next/,
    /neither its stratum nor a cap is full/,
  ],
])("%s", (_, design, short, told, fromTickets) => {
  const words = wordsOf(design);

  test("in one sentence", () => expect(words.short).toBe(short));

  test("in full", () => expect(words.paragraphs.join(" ")).toMatch(told));

  test("from the tickets", () => expect(words.fromTickets).toMatch(fromTickets));

  test("equal chances are promised only where they are equal", () => {
    const equal = design.one_per === undefined && design.caps === undefined && design.method !== "balanced";
    expect(words.paragraphs.join(" ").includes("had the same chance")).toBe(equal);
  });

  test("a reserve is called a substitute where it does not go on with the draw", () => {
    const goesOn = design.method === undefined && design.caps === undefined;
    expect(words.paragraphs.join(" ").includes("matched substitute")).toBe(!goesOn);
  });
});

test.each<[SamplePlan["allocation"], string]>([
  [
    { method: "proportional" },
    "in proportion to their size, with at least 2 each (all, where a stratum holds fewer).",
  ],
  [{ method: "equal", min: 0 }, "among the strata equally."],
  [
    { method: "equal", min: 3, max: 9 },
    "equally, with at least 3 each (all, where a stratum holds fewer) and at most 9 each.",
  ],
  [
    { method: "proportional", min: { a: 3 }, max: { b: 2 } },
    "with the minima that the plan sets and the maxima that the plan sets.",
  ],
  [
    { method: "power", exponent: 0.5, min: 0 },
    "by a power of their size (0.5), which gives small strata more than their proportion.",
  ],
  [{ method: "neyman", deviation_of: "age_years", min: 0 }, "differ (Neyman’s allocation)."],
  [{ method: "optimal", deviation_of: "age_years", cost: {}, min: 0 }, "by what one costs to review."],
  [{ method: "fixed", sizes: {} }, "as the plan says, stratum by stratum."],
])("allocation %j", (allocation, told) => {
  expect(wordsOf({ allocation }).paragraphs.join(" ")).toContain(told);
});

test("no allocation is told where there is one list", () => {
  expect(wordsOf({ strata: [] }).paragraphs.join(" ")).not.toContain("size of the sample");
});

test("estimated chances are called so, with the replays that did not count", () => {
  const caps = { practitioner: 3 };
  const told = (discarded: number): string =>
    wordsOf({ caps }, { estimated: { replays: 10_000 - discarded, discarded } }).paragraphs.join(" ");
  expect(told(0)).toContain("repeating the whole draw 10,000 times on the computer. Weights");
  expect(told(12)).toContain("10,000 times on the computer, of which 12 could not fill every stratum");
});

test("a draw away from an earlier sample is not told as one of smallest tickets", () => {
  const design = { plan: { ...base, avoid: { sample: "../before" } }, strata: [{}, {}] };
  const words = wordsOf({}, { design: { ...design, conditional: new Float64Array() } });
  expect(words.short).toBe(
    "By lot, within each of 2 strata (law type and DFJ area), with chances that keep away from an earlier sample.",
  );
  const told = words.paragraphs.join(" ");
  expect(told).toContain("In each stratum children that the earlier sample took have a smaller chance");
  expect(told).toContain("a reserve is a matched substitute");
  expect(told).not.toMatch(/smallest tickets|had the same chance/);
  expect(words.fromTickets).toContain(
    "order in which the cube method goes through the children of each stratum",
  );
  expect(words.fromTickets).not.toContain("smallest");
});

test("targets, avoided children and missing reserves", () => {
  const targets = [{ where: { disability: ["yes"] }, at_least: 5 }];
  expect(wordsOf({ targets }).paragraphs.join(" ")).toContain("Their strata were given more of the sample");
  expect(wordsOf({ targets, method: "balanced" }).paragraphs.join(" ")).toContain(
    "were given a higher chance",
  );
  const listed = wordsOf({ avoid: { ids: "before.csv", share: 0.2 } }).paragraphs.join(" ");
  expect(listed).toContain(
    "Children reviewed before, by the list that the plan names, had 20.0% of the chance of others.",
  );
  expect(listed).not.toContain("had the same chance");
  expect(wordsOf({ avoid: { sample: "../before" } }).paragraphs.join(" ")).toContain(
    "Children reviewed before, in an earlier sample, were less likely to be drawn again.",
  );
  expect(wordsOf({}, { reserves: [] }).paragraphs.at(-1)).toBe("No reserves were drawn.");
});

describe("a version after others", () => {
  const updated = { version: 2, classes: new Map() };
  const textOf = ({ paragraphs }: DesignWords): string => paragraphs.join(" ");

  test.each<[Partial<SamplePlan>]>([[{}], [{ method: "systematic", balance: ["age_band"] }]])(
    "after an update chances are not said to be the same: %o",
    (design) => {
      const strata = [{}, {}, {}];
      const words = wordsOf(design, { design: { plan: { ...base, ...design }, strata, updated } });
      expect(textOf(wordsOf(design))).toContain("had the same chance");
      expect(textOf(words)).not.toContain("had the same chance");
      expect(words.fromTickets).toContain("That is how the first version was drawn");
    },
  );

  test("reserves that have all come in are not said never to have been drawn", () => {
    const after = { chosen: [], strata: [{ released: 2 }, { released: 0 }] };
    expect(textOf(wordsOf({}, { reserves: [], after }))).toContain("No reserve is left: all");
    expect(textOf(wordsOf({}, { reserves: [] }))).toContain("No reserves were drawn.");
  });
});
