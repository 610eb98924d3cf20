import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Edition } from "../../src/analysis/item.js";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { fakeHost } from "../cli/fake.js";
import {
  birthDates,
  marker,
  type Planted,
  piaPlan,
  piaWorkplace,
  planted,
  textsOf,
  verifyPia,
} from "./pia-export.js";

/** The planted export with indicators that its rare kinds are in. */
const comparePlan = `${piaPlan}compare:
  whole: England
  indicators:
    - { name: Exploitation, where: { factors: [exploitation] } }
    - { name: Disabled, where: { disability: ["yes"] } }
    - { name: Not allocated, of: { closed_date: { blank: true } }, where: { practitioner: { blank: true } }, polarity: lower_is_better }
    - { name: Open over 52 weeks, of: { closed_date: { blank: true } }, where: { delay_days: { over: 364 } }, polarity: lower_is_better }
    - { name: Still open at 26 weeks, still_open_at: 26, polarity: lower_is_better }
  standardise: [law_type]
`;

async function compare(
  folder: string,
  ...words: string[]
): Promise<{ code: number; out: string; err: string }> {
  const { host, said } = fakeHost();
  const parameters = ["compare", "--plan", "plan.yaml", "--no-png", ...words];
  const code = await main(parameters, { ...host, cwd: folder }, catalogue);
  return { code, out: said.out, err: said.err };
}

async function compared(edition: Edition, counts: Planted = planted): Promise<string> {
  const folder = piaWorkplace({ yaml: comparePlan, counts });
  const { code, err } = await compare(folder, "--by", "service_area", "--out", "out", "--edition", edition);
  expect(code, err).toBe(0);
  return folder;
}

describe("casedraw compare", () => {
  test("writes a folder that verify makes again, and finds what was changed in it", async () => {
    const folder = await compared("internal");
    expect(await verifyPia(folder, "out")).toMatchObject({ differences: [] });
    appendFileSync(join(folder, "out/compare.csv"), "x\n");
    const { differences } = await verifyPia(folder, "out");
    expect(differences).toEqual([{ subject: "compare.csv", text: "was changed since it was written" }]);
  });

  test("counts each area by itself in the tidy file", async () => {
    const folder = await compared("internal");
    const lines = readFileSync(join(folder, "out/compare.csv"), "utf8").trimEnd().split("\n");
    const header = (lines[0] as string).split(",");
    const rows = lines
      .slice(1)
      .map((line) => Object.fromEntries(line.split(",").map((cell, at) => [header[at], cell])));
    // Of 900 children every tenth, 9, 19 … 899, is of Far: 90; every seventh, 0, 7 … , is disabled. Of those of Far
    // at = 9 (mod 10) and 0 (mod 7): 49, 119 … 889 are 13, of which 809 … 899 keep theirs but 809 and 839 are blank,
    // neither of which is a multiple of 7; 811 and 841, of other areas, have a value that is not known.
    const far = rows.find(({ area, indicator }) => area === "Far" && indicator === "Disabled");
    expect(far).toMatchObject({ numerator: "13", denominator: "88", word: "similar" });
    expect(Number(far?.value)).toBeCloseTo(13 / 88, 9);
    expect(new Set(rows.map(({ area }) => area))).toEqual(new Set(["Area 0", "Area 1", "Far"]));
  });

  test("says what stands out, of how many, and how many would by chance", async () => {
    const folder = piaWorkplace({ yaml: comparePlan });
    const { out } = await compare(folder, "--by", "service_area", "--out", "out", "--json");
    const facts = JSON.parse(out);
    const flags = facts.indicators.flatMap((each: { flagged: unknown[] }) => each.flagged);
    expect(facts).toMatchObject({ by: "service_area", edition: "internal", flagged: flags.length });
    expect(readFileSync(join(folder, "out/compare.html"), "utf8")).toMatch(
      /Counts all [\d,]+ children of the export/,
    );
    expect(facts.expected_by_chance).toBeLessThan(facts.tested * 0.05 + 1e-9);
    expect(facts.outputs.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining([
        "compare.html",
        "compare.xlsx",
        "compare.csv",
        "tables/rug.csv",
        "charts/rug.svg",
      ]),
    );
  });

  test("names the fields that can be compared by, and the one that was meant", async () => {
    const folder = piaWorkplace({ yaml: comparePlan });
    const mistyped = await compare(folder, "--by", "service_are", "--out", "out");
    expect(mistyped).toMatchObject({ code: 2, err: expect.stringContaining("Did you mean service_area?") });
    expect(mistyped.err).toContain("Fields of areas: service_area, team. For another, map one under columns");
    const person = await compare(folder, "--by", "practitioner", "--out", "out");
    expect(person).toMatchObject({ code: 2, err: expect.stringContaining("persons and no area") });
    expect((await compare(folder, "--out", "out")).err).toContain("COMPARE_FIELD_UNKNOWN");
  });

  test("says how many values a field has that is no field of areas, and why a looked-up one has none", async () => {
    const yaml = `${comparePlan}fields: { one: { column: type, type: category } }\nlookups: [{ path: w.csv, from: team, to: { ward: W } }]\n`;
    const folder = piaWorkplace({ yaml });
    writeFileSync(join(folder, "w.csv"), "team,W\nE09,North\n");
    const { code, err } = await compare(folder, "--by", "ward", "--out", "out");
    expect(code).toBe(2);
    expect(err).toMatch(
      /a field of areas has from 2 to 500 values, got ward with none: it is looked up in w\.csv, where none of the \d+ values of team stands\. /,
    );
    writeFileSync(join(folder, "w.csv"), "team,W\nTeam 0,North\n");
    expect((await compare(folder, "--by", "ward", "--out", "out")).err).toContain("got ward with 1. ");
  });

  test("offers fields of areas alone, mapped or looked up, and says how to come by one where there is none", async () => {
    const own =
      "fields: { need: { column: type, type: category }, district: { column: area, type: category } }\n";
    const folder = piaWorkplace({
      yaml: `${comparePlan}${own}lookups: [{ path: w.csv, from: team, to: { ward: W } }]\n`,
    });
    const none = await compare(folder, "--out", "out");
    expect(none.err).toContain(
      "must be a field of areas, got none. Fields of areas: service_area, team, ward. For another, map one under columns, such as service_area or court, look it up from a file under lookups, or name a category of the plan’s own fields.",
    );
    // A category of the plan's own may still be a place, and is meant where it is nearly named.
    expect((await compare(folder, "--by", "distrct", "--out", "out")).err).toContain(
      "Did you mean district?",
    );
    const placeless = `${comparePlan}${own}`.replace(/^ {2}(?:service_area|team): .*\n/gm, "");
    expect((await compare(piaWorkplace({ yaml: placeless }), "--by", "needs", "--out", "out")).err).toContain(
      'got "needs". Did you mean need? No field of areas fits: map one under columns',
    );
  });

  test("says that nothing is compared where every indicator is refused", async () => {
    const nobody =
      "compare: { indicators: [{ name: Very old, where: { delay_days: { over: 90000 } } }], standardise: [] }\n";
    const folder = piaWorkplace({ yaml: `${piaPlan}${nobody}` });
    const { out } = await compare(folder, "--by", "service_area", "--out", "out");
    expect(out).toContain(
      "No area is compared: every indicator is refused.\n\n1 indicator not shown; the page says why.",
    );
    expect(out).not.toContain("figures are shown");
  });

  test("compares published figures without an export, and needs no field for it", async () => {
    const folder = piaWorkplace({
      yaml: "casedraw: 1\ntitle: Published\nreference_date: 2026-11-16\ncompare: { series: [areas.csv], map: tiles.csv }\n",
    });
    const rows = ["North,60", "Mid,200", "South,205", "Not known,3"].map((line) => {
      const [area, over] = line.split(",");
      return `${area},2026-Q2,Closed in time,${over},${area === "Not known" ? 10 : 400},higher_is_better,England`;
    });
    writeFileSync(
      join(folder, "areas.csv"),
      ["area,period,indicator,numerator,denominator,polarity,geography", ...rows].join("\n"),
    );
    writeFileSync(join(folder, "tiles.csv"), "area,x,y\nNorth,0,0\nMid,0,1\nSouth,0,2\n");
    const { code, out, err } = await compare(folder, "--out", "out");
    expect(code, err).toBe(0);
    // 60 of 400 beside 405 of the other 800: far outside any limit.
    expect(out).toContain("North (lower, worse)");
    const page = readFileSync(join(folder, "out/compare.html"), "utf8");
    expect(page).toContain("Not known");
    expect(textsOf(join(folder, "out")).has("charts/closed-in-time-map.svg")).toBe(true);
    expect(await verifyPia(folder, "out")).toMatchObject({ differences: [] });
  });

  test("refuses a map with two areas in one place, and a plan with nothing to compare", async () => {
    const folder = piaWorkplace({ yaml: `${comparePlan}  map: tiles.csv\n` });
    writeFileSync(join(folder, "tiles.csv"), "area,x,y\nA,0,0\nB,0,0\n");
    expect((await compare(folder, "--by", "team", "--out", "out")).err).toContain(
      "each area has a place of its own, got B where A is (tiles.csv, row 3)",
    );
    writeFileSync(
      join(folder, "plan.yaml"),
      "casedraw: 1\ntitle: Nothing\nreference_date: 2026-11-16\npia: {}\n",
    );
    expect((await compare(folder, "--out", "out")).err).toMatch(/COMPARE_EMPTY|PLAN_INVALID/);
  });
});

describe.each<Edition>(["internal", "publishable"])("nobody is named in the %s edition", (edition) => {
  test("no name, place of a file, practitioner or date of birth in any byte of any file", async () => {
    const folder = await compared(edition);
    const texts = textsOf(join(folder, "out"));
    expect(texts.size).toBeGreaterThan(20);
    for (const word of [...Object.values(marker), ...birthDates]) {
      expect(readFileSync(join(folder, "children.csv"), "utf8")).toContain(word);
      expect([...texts].filter(([, text]) => text.includes(word)).map(([name]) => name)).toEqual([]);
    }
  });
});

describe("small counts in the publishable edition", () => {
  const published = async (counts: Planted): Promise<Map<string, string>> => {
    const texts = textsOf(join(await compared("publishable", counts), "out"));
    texts.delete("run.json");
    return new Map(
      [...texts].map(([name, text]) => [
        name,
        text.replace(/[0-9a-f]{64}/g, "hash").replace(/"bytes": \d+/g, "bytes"),
      ]),
    );
  };

  // Whoever has the publication cannot tell the one export from the other.
  test.each<Partial<Planted>>([
    { exploitation: 3 },
    { exploitation: 2 },
    { unallocated: 2 },
    { strange: 2 },
    { blankInFar: 1 },
  ])("are the same publication as with %j", async (other) => {
    const [one, two] = [await published(planted), await published({ ...planted, ...other })];
    expect([...two.keys()]).toEqual([...one.keys()]);
    const differing = [...one].flatMap(([name, text]) => {
      const [a, b] = [text, two.get(name) as string].map((each) => each.replaceAll("><", ">\n<").split("\n"));
      return (a as string[])
        .flatMap((line, at) => (line === b?.[at] ? [] : [`${name}: ${line} | ${b?.[at]}`]))
        .slice(0, 2);
    });
    expect(differing).toEqual([]);
  });
});
