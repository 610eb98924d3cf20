import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { explanationLines } from "../../src/cli/explain-words.js";
import { main } from "../../src/cli/main.js";
import { type Eligible, explainUnit } from "../../src/workflow/explain/unit.js";
import { continueSample } from "../../src/workflow/next-version/continue-sample.js";
import { designs, linesWithFactors, planWith } from "../workflow/recorded-designs.js";
import { draw, workplace } from "../workflow/scratch.js";
import { fakeHost } from "./fake.js";

type Outcome = Eligible["outcome"];

/** A drawn sample, and one explanation of each outcome that it has. */
async function told(name: keyof typeof designs): Promise<Partial<Record<Outcome, Eligible>>> {
  const folder = workplace(linesWithFactors(), planWith(designs[name]));
  const { designed, sample } = await draw(folder);
  const { ids, eligible } = designed.frame;
  const picked = new Set([...sample.drawn, ...sample.reserves].map(({ unit }) => unit));
  const other = eligible.find((unit) => !picked.has(unit));
  const units = [sample.drawn[0]?.unit, sample.reserves[0]?.unit, other];
  const explanations: Partial<Record<Outcome, Eligible>> = {};
  for (const unit of units) {
    if (unit === undefined) continue;
    const said = await explainUnit("out", ids[unit] as string, { cwd: folder, progress: () => {} });
    if ("design" in said) explanations[said.outcome] = said;
  }
  return explanations;
}

const text = (explanation: Eligible | undefined): string =>
  explanation === undefined ? "" : explanationLines(explanation).join("\n");

describe("what a person reads", () => {
  test("random", async () => {
    const { drawn, reserve, "not drawn": out } = await told("random");
    expect(text(drawn)).toMatch(/^\w+ was drawn: it is number 1 of the sample\.\n\nStratum {4}/);
    expect(text(drawn)).toContain(`Ticket     ${drawn?.ticket}\n`);
    expect(text(drawn)).toMatch(
      /^Chance {5}\d in \d+ \(\d+\.\d\d %\), the same for every unit of the stratum$/m,
    );
    expect(text(drawn)).toMatch(
      /The 2 smallest tickets of the stratum are the sample, and the next one is its reserve\./,
    );
    expect(text(reserve)).toMatch(/is a reserve: number 1 of its stratum\./);
    expect(text(out)).toMatch(/was not drawn\.\n/);
  });

  test("one child a family", async () => {
    const { drawn, "not drawn": out } = await told("one per family");
    expect(text(drawn)).toMatch(/^Family {8}case_id \d{4}, with \d eligible units?$/m);
    // 37 families of private law, 7 of them drawn; 23 and 5 of public law.
    expect(text(drawn)).toMatch(
      /(7 in 37 for the family, then 1 in 1 within it: 7 \/ \(37 × 1\) = 18\.92 %|7 \/ \(37 × 2\) = 9\.46 %|5 \/ \(23 × 1\) = 21\.74 %|5 \/ \(23 × 2\) = 10\.87 %)$/m,
    );
    expect(text(out)).toMatch(/was not drawn: its family was(?: not|, and)/);
  });

  test("systematic", async () => {
    const { drawn, "not drawn": out } = await told("systematic");
    expect(text(drawn)).toContain("Order         by gender, delay_band, then by ticket");
    expect(text(drawn)).toMatch(/7\.5 places each, from a start of 0\.\d{4} of a step/);
    expect(text(out)).toMatch(/was not drawn: no step fell on its place\./);
    expect(text(out)).toMatch(/^Drawn beside +place \d+ \(\w+\)/m);
  });

  test("balanced, with targets", async () => {
    const { drawn, "not drawn": out } = await told("balanced with targets");
    expect(text(drawn)).toContain("and this unit is in it, as the folder says.");
    expect(text(out)).toContain("and this unit is not in it, as the folder says.");
    expect(text(out)).toMatch(
      /at least 6 children whose gender is Female .* \(of 40; the allocation alone gives 5\.3\)/,
    );
    expect(`${text(drawn)}${text(out)}`).toMatch(
      /raised its chance from 13\.33 % to 15\.00 %|lowered its chance from 13\.33 % to 10\.00 %|none: without targets/,
    );
  });

  test("caps name no practitioner or team, only units", async () => {
    const { drawn, "not drawn": out } = await told("capped");
    // Practitioners work in several teams here, so that no two units are pooled: √(.125·.875/10,000) is 0.33 %.
    expect(text(drawn)).toMatch(
      /by the allocation alone; with the caps about 12\.\d\d % \(standard error 0\.33 %\)/,
    );
    expect(text(out)).toMatch(
      /was not drawn: (its stratum was full|the cap on its \w+ was full) when its turn came\./,
    );
    expect(text(drawn) + text(out)).not.toMatch(/Team \d/);
  });

  test("left out", async () => {
    const { "not drawn": out } = await told("fixed");
    expect(text(out)).toContain("The plan leaves this stratum out of the sample.");
    expect(text(out)).toMatch(/^Chance +none$/m);
  });
});

describe("a unit that does not stand as the draw left it", () => {
  test("is told as it stands first, and then as it was drawn", async () => {
    const folder = workplace(linesWithFactors(), planWith("{ size: 12, strata: [law_type], reserves: 3 }"));
    await draw(folder);
    const list = (name: string) =>
      readFileSync(join(folder, name), "utf8")
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((line) => line.split(","));
    // Columns of sample.csv and reserves.csv: order, id, stratum.
    const reserves = list("out/reserves.csv");
    const [came, next] = reserves.filter((row) => row[2] === reserves[0]?.[2]) as [string[], string[]];
    const [lost, kept] = list("out/sample.csv").filter((row) => row[2] === came[2]) as [string[], string[]];
    writeFileSync(join(folder, "log.csv"), `unit_id,reason\n${lost[1]},inaccessible\n`);
    await continueSample(
      "out",
      { kind: "replace", log: "log.csv" },
      {
        out: "out-2",
        cwd: folder,
        data: [],
        force: false,
        register: null,
        claim: () => {},
        progress: () => {},
      },
    );
    const place = list("out-2/sample.csv").find((row) => row[1] === came[1])?.[0];
    const opening = async (row: string[] | undefined) => {
      const said = await explainUnit("out-2", row?.[1] as string, { cwd: folder, progress: () => {} });
      return explanationLines(said);
    };
    const told = await opening(lost);
    expect(told.slice(0, 3)).toEqual([
      `${lost[1]} is lost: inaccessible in version 2, and ${came[1]} came for it.`,
      `It was drawn, as number ${lost[0]} of the sample.`,
      "",
    ]);
    expect(told.join("\n")).toMatch(new RegExp(`^Now +lost, listed as number ${lost[0]} of the sample`, "m"));
    expect((await opening(came)).slice(0, 3)).toEqual([
      `${came[1]} is in the sample, as number ${place}: released in version 2 for ${lost[1]}.`,
      "It was a reserve, number 1 of its stratum.",
      "",
    ]);
    expect((await opening(kept)).slice(0, 2)).toEqual([
      `${kept[1]} was drawn: it is number ${kept[0]} of the sample.`,
      "",
    ]);
    expect((await opening(next)).slice(0, 3)).toEqual([
      `${next[1]} is a reserve: number 1 of its stratum, in version 2.`,
      "It was a reserve, number 2 of its stratum.",
      "",
    ]);
  });
});

describe("the command", () => {
  const run = async (folder: string, ...argv: string[]) => {
    const { host, said } = fakeHost();
    const code = await main(["explain", ...argv], { ...host, cwd: folder }, catalogue);
    return { code, ...said };
  };

  test("an eligible unit, as words and as JSON", async () => {
    const folder = workplace(linesWithFactors(), planWith(designs.systematic));
    const { designed, sample } = await draw(folder);
    const id = designed.frame.ids[sample.drawn[0]?.unit as number] as string;
    const words = await run(folder, "out", id);
    expect(words.code).toBe(0);
    expect(words.out).toContain(`${id} was drawn: it is number 1 of the sample.`);
    expect(words.out).not.toContain("undefined");
    const { out } = await run(folder, "out", id, "--json");
    expect(JSON.parse(out)).toMatchObject({
      unitId: id,
      outcome: "drawn",
      drawOrder: 1,
      design: { method: "systematic", sortedBy: ["gender", "delay_band"] },
    });
  });

  test("an excluded unit, with the list's own words", async () => {
    const yaml = planWith(designs.random).replace("cohort: {", "cohort: { exclude_ids: list.csv,");
    const folder = workplace(linesWithFactors(), yaml);
    const list = join(folder, "list.csv");
    writeFileSync(list, "unit_id,reason\n0001_2,reviewed in March\n");
    await draw(folder);
    const told = await run(folder, "out", "0001_2");
    expect(told.out).toContain("0001_2 could not be drawn: it is excluded.");
    expect(told.out).toContain("Named one by one in the exclusion list (list.csv).");
    expect(told.out).toContain("The list says: reviewed in March");
    writeFileSync(list, "unit_id,reason\n0001_2,reviewed in May\n");
    const changed = await run(folder, "out", "0001_2");
    expect(changed.out).toContain("The list has other bytes than at the draw");
    expect(changed.out).not.toContain("May");
  });

  test("an unknown unit ends with 2", async () => {
    const folder = workplace(linesWithFactors(), planWith(designs.random));
    await draw(folder);
    const { code, err } = await run(folder, "out", "nobody");
    expect(code).toBe(2);
    expect(err).toContain("UNIT_UNKNOWN");
  });
});
