import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { fakeHost } from "../cli/fake.js";
import { piaPlan, piaWorkplace } from "./pia-export.js";

async function compare(folder: string, ...words: string[]): Promise<string> {
  const { host, said } = fakeHost();
  const parameters = ["compare", "--plan", "plan.yaml", "--no-png", "--out", "out", ...words];
  expect(await main(parameters, { ...host, cwd: folder }, catalogue), said.err).toBe(0);
  return said.out;
}

describe("an indicator that nobody has", () => {
  // Of nobody is the delay over 99,999 days; every seventh child is disabled.
  const yaml = `${piaPlan}compare:
  indicators:
    - { name: Never, where: { delay_days: { over: 99999 } } }
    - { name: Disabled, where: { disability: ["yes"] } }
  standardise: [law_type]
`;

  test.each(["internal", "publishable"])("is not tested, drawn or counted: %s", async (edition) => {
    const folder = piaWorkplace({ yaml });
    const facts = JSON.parse(await compare(folder, "--by", "service_area", "--edition", edition, "--json"));
    expect(facts.indicators.map(({ id }: { id: string }) => id)).toEqual(["disabled"]);
    expect(facts.tested).toBeLessThanOrEqual(3);
    expect(facts.refused).toMatchObject([{ name: "Never", reason: "Nobody of the whole has it." }]);
    expect(readFileSync(join(folder, "out/compare.html"), "utf8")).toContain(
      "Never. Nobody of the whole has it.",
    );
    expect(readFileSync(join(folder, "out/compare.csv"), "utf8")).not.toContain("Never");
  });

  test("is named with its reason on the terminal", async () => {
    const out = await compare(piaWorkplace({ yaml }), "--by", "service_area");
    expect(out).toContain("1 indicator not shown; the page says why.\n- Never: Nobody of the whole has it.");
  });

  test("is refused of published figures too, unless the country has some beyond the areas", async () => {
    const folder = piaWorkplace({
      yaml: "casedraw: 1\ntitle: Published\nreference_date: 2026-11-16\ncompare: { series: [areas.csv] }\n",
    });
    const rows = ["North", "South"].flatMap((area) => [
      `${area},2026-Q2,Lost,0,400`,
      `${area},2026-Q2,Closed,${area.length * 20},400`,
      `${area},2026-Q2,Elsewhere,0,400`,
    ]);
    const lines = [
      "area,period,indicator,numerator,denominator,geography",
      ...rows.map((row) => `${row},England`),
    ];
    lines.push("England,2026-Q2,Elsewhere,90,1200,England");
    writeFileSync(join(folder, "areas.csv"), lines.join("\n"));
    const facts = JSON.parse(await compare(folder, "--json"));
    expect(facts.indicators.map(({ name }: { name: string }) => name).sort()).toEqual([
      "Closed",
      "Elsewhere",
    ]);
    expect(facts.refused).toMatchObject([{ name: "Lost", reason: "Nobody of the whole has it." }]);
  });
});
