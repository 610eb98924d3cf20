import { describe, expect, test } from "vitest";
import type { Frame } from "../../src/frame/frame.js";
import { parsePlan } from "../../src/plan/load.js";
import type { Plan } from "../../src/plan/types.js";
import { followSample } from "../../src/sampling/after/follow.js";
import type { Loss, LossReason, Step } from "../../src/sampling/after/outcome.js";
import { asReviewed } from "../../src/sampling/after/reviewed.js";
import { type BalanceRow, balanceTable } from "../../src/sampling/balance.js";
import { designSample } from "../../src/sampling/design.js";
import { drawSample, type Sample } from "../../src/sampling/draw.js";
import { targetGroups } from "../../src/sampling/targets/target-groups.js";
import type { SummaryContext } from "../../src/workflow/summary/context.js";
import { summaryPage } from "../../src/workflow/summary/page.js";
import { frameOf, tableOf } from "../frames.js";

const top = `
casedraw: 1
title: Inspection <script>alert(1)</script>
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: x.csv }]
columns: { child_id: id, case_id: case, case_name: name, gender: gender, law_type: law, service_area: team, factors: { list: factors, separator: ";" }, date_of_birth: dob }
cohort: { include: { law_type: [public, private] }, exclude: { service_area: [closed] } }
`;
const yaml = `${top}sample: { size: 40, strata: [law_type], reserves: 0.1 }`;

/** 120 children of 80 families; each name and date of birth is one that the page must not hold. */
const lines = [
  "id|case|name|gender|law|team|factors|dob",
  ...Array.from({ length: 120 }, (_, i) =>
    [
      `K${1000 + i}`,
      `F${i % 80}`,
      `Planted${i}`,
      ["M", "F", "Zzz"][i % 7 === 0 ? 2 : i % 2],
      i % 4 === 0 ? "public" : "private",
      i % 10 === 9 ? "closed" : `<b>team ${i % 3}</b>`,
      ["neglect", "neglect; drugs", ""][i % 3],
      `${10 + (i % 9)}/03/${2010 + (i % 12)}`,
    ].join("|"),
  ),
];

interface Drawn extends SummaryContext {
  readonly frame: Frame;
  readonly plan: Plan;
  readonly sample: Sample;
  readonly balance: readonly BalanceRow[];
}

function drawn(text = yaml, rows: readonly string[] = lines, seed = "314159"): Drawn {
  const plan = parsePlan(text, { file: "plan.yaml" });
  const frame = frameOf(text, { data: [tableOf("x.csv", rows)] });
  const sample = drawSample(frame, designSample(frame, plan.sample as NonNullable<Plan["sample"]>), seed);
  return { frame, plan, sample, balance: balanceTable(frame, sample), seed };
}

const context = drawn();
const page = summaryPage(context);

/** Text as a reader sees it, one line an element. */
function textOf(markup: string): string {
  return markup
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<\/(?:p|dd|dt|li|tr|h[1-3]|caption)>/g, "\n")
    .replace(/<\/t[hd]>/g, "|")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** The cells of a table by its id. */
function cellsOf(markup: string, id: string): string[][] {
  const table = new RegExp(`id="${id}">.*?<tbody>(.*?)</tbody>`, "s").exec(markup)?.[1] ?? "";
  return [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) => textOf(cell)),
  );
}

describe("what the page may hold", () => {
  test("no name, no date of birth, no id of a child or a family", () => {
    expect(page).not.toMatch(/Planted|\/03\/20|-03-1|\bK1\d\d\d\b|\bF\d+\b/);
  });

  test("no script, nothing from elsewhere, and markup of the export only as text", () => {
    expect(page).not.toMatch(/<script|https?:|url\(|<b>|\sstyle=/);
    expect(page).toContain("Inspection &lt;script&gt;alert(1)&lt;/script&gt;</h1>");
    expect(page).toContain("&lt;b&gt;team");
    expect(page).toContain("Content-Security-Policy");
    expect([...page.matchAll(/(?:href|src)="(.)/g)].map(([, first]) => first)).toEqual(
      expect.arrayContaining(["#"]),
    );
    expect([...page.matchAll(/(?:href|src)="[^#]/g)]).toEqual([]);
  });

  test("it is marked as internal", () => {
    expect(page).toContain(
      ">OFFICIAL-SENSITIVE: internal. Small numbers are not suppressed: not for publication.<",
    );
  });
});

describe("the same page", () => {
  test("again, and from shuffled rows", () => {
    const [header = "", ...rows] = lines;
    const shuffled = drawn(yaml, [header, ...rows.toReversed()]);
    expect(summaryPage(drawn())).toBe(page);
    expect(summaryPage(shuffled)).toBe(page);
  });

  test("but another seed gives another", () => {
    expect(summaryPage(drawn(yaml, lines, "2"))).not.toBe(page);
  });
});

describe("figures", () => {
  test("every row of every characteristic stands there as the balance has it", () => {
    const shown = (value: number): string =>
      value
        .toFixed(1)
        .replace(/^-0\.0$/, "0.0")
        .replace("-", "\u2212");
    const names = [...new Set(context.balance.map((row) => row.characteristic))];
    expect(names).toEqual(["law_type", "age_band", "gender", "factors", "service_area"]);
    for (const name of names) {
      const rows = context.balance.filter((row) => row.characteristic === name);
      expect(cellsOf(page, `balance-${name}-table`).map((cells) => cells.slice(1, 6))).toEqual(
        rows.map((row) => [
          `${shown(row.populationPercent)}%`,
          `${shown(row.weightedPercent)}%`,
          `${Number(row.difference.toFixed(1)) > 0 ? "+" : ""}${shown(row.difference)}`,
          shown(row.expectedCount),
          String(row.sampleCount),
        ]),
      );
    }
    expect(cellsOf(page, "balance-gender-table").map(([label]) => label)).toEqual([
      "Female",
      "Male",
      "Value not known to the code set",
    ]);
  });

  // By hand: 120 rows, of which 9, 19, … 119 are of the closed team: 12 left out. Of the other 108, i % 4 = 0 is public:
  // all 30, as none of them ends in 9; so 78 are private. Shares of 40: 40·30/108 = 11.1 → 11, 40·78/108 = 28.9 → 29.
  // Reserves: a tenth, rounded up: 2 and 3. Chances: 78/29 = 2.69, 30/11 = 2.73.
  test("rows and strata add up", () => {
    expect(cellsOf(page, "rows-table")).toEqual([
      ["Eligible", "108", "90.0%"],
      ["Left out: Law type is not Public or Private", "0", "0.0%"],
      ["Left out: Service area is closed", "12", "10.0%"],
    ]);
    expect(cellsOf(page, "strata-table")).toEqual([
      ["Private", "78", "29", "3", "1 in 2.7"],
      ["Public", "30", "11", "2", "1 in 2.7"],
    ]);
    const text = textOf(page);
    expect(text).toContain("40 children, and 5 in reserve.");
    expect(text).toContain("108 children eligible to be chosen, out of 120 rows in the data.");
    expect(text).toContain("By lot, within each of 2 strata (law type).");
    expect(text).toContain("The chance of selection was the same for every sampled child: 1 in 2.7.");
  });

  // Of i = 0, 7, … 119, 18 numbers, those ending in 9 (49, 119) are left out: 16 of 108 are 14.8%.
  test("values that nobody could read are counted over the eligible", () => {
    expect(textOf(page)).toContain("Gender: 16 children (14.8%) with a value that neither");
  });

  // n = 39 under near equal weights: 196·√(0.25/39) = 15.7, 196·√(0.09/39) = 9.4, both rounded up.
  test("the yardstick goes by the weights, and is left out where the sample is small", () => {
    const yardstick = textOf(summaryPage(drawn(yaml.replace("size: 40", "size: 39"))));
    expect(yardstick).toContain(
      "up to 16 percentage points away, and that of a group that is a tenth of it up to 10.",
    );
    const small = drawn(yaml.replace("size: 40", "size: 29"));
    expect(textOf(summaryPage(small))).not.toContain("yardstick");
  });

  test("the seed and the digests are there to check it by", () => {
    expect(page).toContain("<code>314159</code>");
    expect(page).toContain("<code>stratified-random</code>, version 1");
    expect(textOf(page)).toContain("in manifest.json");
    const digests = { frame: "a".repeat(64), design: "b".repeat(64), selection: "c".repeat(64) };
    const told = summaryPage({ ...context, digests });
    for (const digest of Object.values(digests)) expect(told).toContain(`<code>${digest}</code>`);
  });
});

describe("a later version", () => {
  const { frame, plan, sample: first, seed } = context;
  const loss = (at: number, reason: LossReason): Loss => ({
    unitId: frame.ids[first.drawn[at]?.unit as number] as string,
    reason,
  });
  const steps: Step[] = [{ kind: "replace", losses: [loss(0, "out-of-scope"), loss(1, "inaccessible")] }];
  const sample = followSample(frame, first, steps, { seed, inputs: {} });
  const text = textOf(
    summaryPage({ frame, plan, sample, balance: balanceTable(frame, asReviewed(sample)), seed }),
  );

  // 40 drawn, 2 lost, and 2 of the 5 reserves released for them.
  test("how many can be reviewed is said, and how the lost ones count", () => {
    expect(text).toContain("42 children, of whom 40 can be reviewed, and 3 in reserve.");
    expect(text).toContain("Sampled children that proved out of scope are counted");
    expect(textOf(page)).not.toContain("can be reviewed,");
    expect(textOf(page)).not.toContain("proved out of scope");
  });

  test("nobody is sent to the script for it", () => {
    expect(text).toContain("hold the sample as first drawn, and manifest.json every step since.");
    expect(text).not.toContain("all that is needed");
  });
});

describe("a stratum that the plan leaves out", () => {
  // 30 public and 78 private of 108 eligible (above): only the 30 could be chosen.
  const left = drawn(
    `${top}sample: { size: 10, strata: [law_type], allocation: { method: fixed, sizes: { public: 10, private: 0 } } }`,
  );
  const text = textOf(summaryPage(left));

  test("its children are not counted among those that could be chosen", () => {
    expect(text).toContain("108 children eligible, 30 of whom could be chosen, out of 120 rows in the data.");
    expect(text).toContain("78 children of the eligible could not be chosen. The plan takes nobody");
    expect(text).toContain("beside the 30 children that could be chosen: these alone are the population");
    expect(textOf(page)).not.toContain("could not be chosen");
    expect(cellsOf(summaryPage(left), "balance-law_type-table").map((cells) => cells.slice(0, 6))).toEqual([
      ["Public", "100.0%", "100.0%", "0.0", "10.0", "10"],
    ]);
  });

  test("notes call strata what the tables call them", () => {
    expect(text).toContain(
      "1 stratum is left out by the plan, and the sample says nothing about such units: Private.",
    );
    // 16 of 108 eligible have a gender that nobody could read (above): 40·16/108 = 5.9 → 6 are drawn, and 10 are left.
    const short = drawn(yaml.replace("strata: [law_type], reserves: 0.1", "strata: [gender], reserves: 60"));
    expect(textOf(summaryPage(short))).toMatch(
      /no more units are left: Female \(\d+ of 60\), Male \(\d+ of 60\), Value not known to the code set \(10 of 60\)\./,
    );
  });
});

describe("designs", () => {
  test("targets: what was asked, drawn, and whether that is enough", () => {
    const { design } = context.sample;
    const withTargets = (atLeast: readonly number[]): string => {
      const asked = atLeast.map((at_least) => ({ where: { law_type: ["public"] }, at_least }));
      const plan = { ...design.plan, targets: asked };
      const targets = targetGroups(context.frame, asked).groups;
      return summaryPage({ ...context, sample: { ...context.sample, design: { ...design, plan, targets } } });
    };
    expect(cellsOf(withTargets([11, 12]), "targets-table")).toEqual([
      ["Children whose law type is Public", "30", "11", "11", "Met"],
      ["Children whose law type is Public", "30", "12", "11", "Not met: 1 short"],
    ]);
    expect(textOf(withTargets([11, 12]))).toContain("1 of 2 not met.");
    expect(textOf(withTargets([11]))).toContain("The target is met.");
    expect(textOf(withTargets([12]))).toContain("The target is not met.");
    expect(textOf(withTargets([10, 11]))).toContain("All 2 are met.");
    expect(page).not.toContain('id="targets"');
  });

  // One target whose probabilities sum to a whole number is met in every draw; Wilson's upper limit for 0 of 50 is 7.1 %.
  test("a balanced draw's targets come with the chance to miss them, from repeats", () => {
    const balanced = drawn(
      `${top}sample: { size: 40, method: balanced, strata: [law_type], balance: [gender], targets: [{ where: { service_area: ["<b>team 1</b>"] }, at_least: 20 }] }`,
    );
    const made = summaryPage(balanced);
    expect(cellsOf(made, "targets-table").map((cells) => cells.at(-1))).toEqual([
      "0 of 50 repeats; at most 7.1%",
    ]);
    expect(textOf(made)).toContain("It was repeated 50 times with other seeds");
    expect(summaryPage(balanced)).toBe(made);
  });

  // Families F0 to F79; F9, F19 … F79 lose their children 9, 19, …: i and i + 80 both end in 9. So 72 families.
  test("one a family: families are counted, and none is named", () => {
    const families = drawn(`${top}sample: { size: 20, one_per: case_id }`);
    const told = summaryPage(families);
    expect(cellsOf(told, "strata-table")).toEqual([["All eligible", "108", "72", "20", "0", "1 in 3.6"]]);
    expect(textOf(told)).toContain(
      "The chance of selection of the sampled children runs from 1 in 7.2 to 1 in 3.6.",
    );
    expect(told).not.toMatch(/\bF\d+\b/);
  });

  test("families across strata are counted in the notes, not named", () => {
    const crossing = drawn(`${top}sample: { size: 20, strata: [service_area], one_per: case_id }`);
    expect(crossing.sample.notes.map(({ code }) => code)).toContain("families-across-strata");
    const told = summaryPage(crossing);
    expect(textOf(told)).toMatch(/\d+ families have children in more than one stratum; each belongs/);
    expect(told).not.toMatch(/\bF\d+\b/);
  });

  test("a list that is split by who was reviewed before keeps its two parts apart", () => {
    const plan = parsePlan(`${top}sample: { size: 20, avoid: { ids: before.csv, share: 0.5 } }`, {
      file: "plan.yaml",
    });
    const { frame } = context;
    const reviewed = new Set(Array.from(frame.eligible.subarray(0, 40), (unit) => frame.ids[unit] as string));
    const design = designSample(frame, plan.sample as NonNullable<Plan["sample"]>, { reviewed });
    const sample = drawSample(frame, design, "314159");
    const told = summaryPage({ frame, plan, sample, balance: balanceTable(frame, sample), seed: "314159" });
    expect(cellsOf(told, "strata-table").map((cells) => cells.slice(0, 2))).toEqual([
      ["All eligible / not reviewed before", "68"],
      ["All eligible / reviewed before", "40"],
    ]);
  });

  test("strata taken whole, and too few reserves, are said", () => {
    const whole = drawn(
      yaml.replace(
        "strata: [law_type]",
        "strata: [law_type], allocation: { method: fixed, sizes: { public: 30, private: 10 } }",
      ),
    );
    expect(textOf(summaryPage(whole))).toContain("1 stratum is taken whole");
    expect(cellsOf(summaryPage(whole), "strata-table")[1]).toEqual(["Public", "30", "30", "0", "certain"]);
  });
});
