import { execFileSync } from "node:child_process";
import { SaxesParser } from "saxes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Spec } from "../../src/charts/chart.js";
import { inclusionChart } from "../../src/charts/inclusion-chart.js";
import { missedChart } from "../../src/charts/missed-chart.js";
import { renderSpec } from "../../src/charts/render-svg.js";
import { shortfallChart } from "../../src/charts/shortfall-chart.js";
import { spreadChart } from "../../src/charts/spread-chart.js";
import { type Compiled, compile } from "../report/compiled.js";
import { chances, groupsOf, inclusion, monthly, named, spreads } from "./examples.js";

const texts = { title: "Headline", description: "Alternative" };

const charts = {
  inclusion: inclusionChart({
    draws: 1000,
    groups: named([inclusion(0.3, 0.29, 0.02), inclusion(0.1, 0.2, 0.01)]),
  }),
  spread: spreadChart({ draws: 1000, groups: named([spreads(3.7, 21.3), spreads(0, 7)]) }),
  missed: missedChart({ draws: 300, groups: named([chances(0, 1 / 3), chances(0.07, 0.2)]) }),
  shortfall: shortfallChart({ draws: 300, groups: named([chances(0.123456, 1 / 3)]) }),
};

interface Parsed {
  readonly tags: { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[];
  readonly texts: string[];
}

/** By an XML parser that refuses what is not well-formed. */
function parse(svg: string): Parsed {
  const parsed: Parsed = { tags: [], texts: [] };
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => parsed.tags.push({ name, attributes }));
  parser.on("text", (text) => parsed.texts.push(text));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(svg).close();
  return parsed;
}

function ids(svg: string): string[] {
  return parse(svg).tags.flatMap(({ attributes: { id } }) => (id === undefined ? [] : [id]));
}

describe.each(Object.entries(charts))("the %s chart as SVG", (_, chart) => {
  test("is one image with a title and a description, and nothing inside speaks for itself", async () => {
    const { tags, texts } = parse(await renderSpec(chart.spec, chart));
    const [root, title, description] = tags;
    expect(root?.attributes).toMatchObject({ role: "img", width: "680" });
    expect([title?.name, description?.name]).toEqual(["title", "desc"]);
    expect(root?.attributes["aria-labelledby"]).toBe(title?.attributes.id);
    expect(root?.attributes["aria-describedby"]).toBe(description?.attributes.id);
    expect(texts.slice(0, 2)).toEqual([chart.title, chart.description]);
    const inside = tags.slice(1).flatMap(({ attributes }) => Object.keys(attributes));
    expect(inside.filter((name) => name === "role" || name === "class" || name.startsWith("aria"))).toEqual(
      [],
    );
  });

  test("holds no number of more than 2 decimals, and says no NaN", async () => {
    const values = parse(await renderSpec(chart.spec, chart)).tags.flatMap(({ attributes }) =>
      Object.values(attributes),
    );
    const words = values.filter((value) => !value.startsWith("chart-") && !value.startsWith("http"));
    expect(words.filter((value) => /\d\.\d{3}|\de[-+]?\d|NaN|undefined|Infinity/.test(value))).toEqual([]);
    expect(words.some((value) => /\d\.\d/.test(value))).toBe(true);
  });

  test("is the same bytes again, whatever was drawn between", async () => {
    const first = await renderSpec(chart.spec, chart);
    await renderSpec(monthly, texts);
    expect(await renderSpec(chart.spec, chart)).toBe(first);
  });
});

test("ids are those of no other chart, and every reference finds its own", async () => {
  const one = await renderSpec(monthly, texts);
  const again = await renderSpec(monthly, texts);
  const other = await renderSpec(monthly, { ...texts, title: "Another headline" });
  expect(again).toBe(one);
  // Title, description, one clip, one gradient.
  expect(ids(one)).toHaveLength(4);
  expect(new Set([...ids(one), ...ids(other)]).size).toBe(8);
  const references = [...one.matchAll(/url\(#([^)]*)\)/g)].map(([, id]) => id);
  expect(references.length).toBeGreaterThan(0);
  expect(references.filter((id) => !ids(one).includes(id as string))).toEqual([]);
});

test("texts are written as they are, and what XML cannot hold as the replacement character", async () => {
  const level = `<b>&amp; x="1.23456" d='M0.12345' ]]> ŵ \u0007\ud800`;
  const chart = inclusionChart({
    draws: 10,
    groups: [{ characteristic: "A", level, ...inclusion(0.5, 0.5, 0) }],
  });
  const svg = await renderSpec(chart.spec, { title: `"${level}"`, description: level });
  const written = level.replace("\u0007\ud800", "\ufffd\ufffd");
  const { texts } = parse(svg);
  expect(texts.slice(0, 2)).toEqual([`"${written}"`, written]);
  // The label may stand in several lines.
  expect(texts.join(" ").split(written)).toHaveLength(4);
});

test("a long name stands in several lines, and its row grows with them", async () => {
  const level = "Emotional abuse of the child or of a sibling in the same household";
  const chart = spreadChart({ draws: 100, groups: [{ characteristic: "Factors", level, ...spreads(2, 5) }] });
  const { texts } = parse(await renderSpec(chart.spec, chart));
  expect(texts).toContain("Emotional abuse of the child or of a");
  expect(texts).toContain("sibling in the same household");
  // By hand as below: 34 + two lines of 19 + 6 in the plot, 10 above it and 63 below.
  const dots = inclusionChart({
    draws: 9,
    groups: [{ characteristic: "A", level, ...inclusion(0.1, 0.1, 0) }],
  });
  expect(parse(await renderSpec(dots.spec, dots)).tags[0]?.attributes.height).toBe("151");
});

// By hand: ten digits of 0.497 em at 16 pixels are 79.52, beside a plot of 100 (Vega's own guess would be 128).
test("Vega lays out by the bundled font's widths", async () => {
  const spec: Spec = {
    data: { values: [{ a: "0123456789", b: 1 }] },
    mark: "bar",
    width: 100,
    padding: 0,
    encoding: {
      y: {
        field: "a",
        type: "nominal",
        axis: { labelFontSize: 16, labelPadding: 0, ticks: false, title: null },
      },
      x: { field: "b", type: "quantitative", axis: null },
    },
  };
  const width = Number(parse(await renderSpec(spec, texts)).tags[0]?.attributes.width);
  expect(width).toBeGreaterThanOrEqual(179);
  expect(width).toBeLessThanOrEqual(182);
});

test("every mark of a chart lies within its axis", () => {
  const wide = [inclusion(0.1, 0.5, 0.1), inclusion(0.1, 0, 0.4), inclusion(0.1, 0.1, 0)];
  const drawn = [
    inclusionChart({ draws: 9, groups: named(wide) }),
    spreadChart({ draws: 9, groups: named([spreads(300, 2), spreads(0, 0)]) }),
    missedChart({ draws: 9, groups: named([chances(1, 0.999)]) }),
  ];
  for (const { spec } of drawn) {
    const { layer } = spec as unknown as {
      layer: {
        data: { values: Record<string, unknown>[] };
        encoding: { x: { field?: string; scale?: { domain: number[] } } };
      }[];
    };
    const outside = layer.flatMap(({ data, encoding: { x } }) =>
      data.values.flatMap((row) => {
        const [from = 0, to = 0] = x.scale?.domain ?? [];
        const ends =
          x.scale === undefined ? [] : [row[x.field as string], row.lower ?? from, row.upper ?? to];
        return ends.map(Number).filter((value) => !(value >= from && value <= to));
      }),
    );
    expect(outside).toEqual([]);
    expect(layer.length).toBeGreaterThan(5);
  }
});

// By hand: 34 for the characteristic's name, a row the line's 19 + 6 (three marks: 42 + 6); above 10, below 10 + 26 for
// the axis + 8 + 19 for its title; from 600 on 26 more for the axis above.
test.each([
  ["inclusion", 1, 132],
  ["inclusion", 80, 10 + 26 + 34 + 80 * 25 + 63],
  ["spread", 5, 10 + 34 + 5 * 48 + 63],
] as const)("the %s chart of %d groups is %d pixels high", async (kind, count, height) => {
  const chart =
    kind === "inclusion"
      ? inclusionChart({
          draws: 10,
          groups: groupsOf(count).map((group) => ({ ...group, ...inclusion(0.1, 0.1, 0.01) })),
        })
      : spreadChart({ draws: 10, groups: groupsOf(count).map((group) => ({ ...group, ...spreads(1, 9) })) });
  expect(parse(await renderSpec(chart.spec, chart)).tags[0]?.attributes.height).toBe(String(height));
});

describe("a specification is refused", () => {
  const unit = { data: { values: [{ a: 1 }] }, mark: "point" as const };
  const refused: [why: string, spec: Spec, says: RegExp][] = [
    ["that asks for a file", { ...unit, data: { url: "data.csv" } }, /it asks for data\.csv/],
    ["that asks for an address", { ...unit, data: { url: "https://example.org/a.json" } }, /example\.org/],
    ["with a link", { ...unit, mark: { type: "point", href: "https://example.org/" } }, /example\.org/],
    ["with a picture from elsewhere", { ...unit, mark: { type: "image", url: "a.png" } }, /a\.png/],
    ["with a mark that there is none of", { ...unit, mark: "blob" as "point" }, /cannot be drawn/],
    [
      "that Vega-Lite warns about",
      { ...unit, encoding: { size: { field: "a", type: "nominal" } } },
      /Channel size should not be used/,
    ],
    [
      "with a scale in local time",
      { ...unit, encoding: { x: { field: "a", type: "temporal" } } },
      /local time.*utc/,
    ],
    [
      "with a time unit in local time",
      { ...unit, encoding: { x: { field: "a", timeUnit: "yearmonth", type: "ordinal" } } },
      /time unit.*utcyearmonth/,
    ],
  ];
  test.each(refused)("%s", async (_, spec, says) => {
    await expect(renderSpec(spec, texts)).rejects.toMatchObject({
      name: "CasedrawError",
      code: "CHART_SPEC_INVALID",
      message: expect.stringMatching(says),
    });
  });
});

describe("in another process", () => {
  let compiled: Compiled;
  beforeAll(() => {
    compiled = compile("charts/render-svg.ts");
  });
  afterAll(() => compiled.remove());

  function drawn(TZ: string, LANG: string): string {
    const script =
      `import { renderSpec } from "${compiled.url("charts/render-svg.js")}";` +
      `const specs = ${JSON.stringify([monthly, ...Object.values(charts).map(({ spec }) => spec)])};` +
      `for (const spec of specs) console.log(await renderSpec(spec, ${JSON.stringify(texts)}));`;
    return execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      env: { ...process.env, TZ, LANG },
    });
  }

  test("the bytes are the same in every time zone and language", async () => {
    const here: string[] = [];
    for (const spec of [monthly, ...Object.values(charts).map((chart) => chart.spec)]) {
      here.push(`${await renderSpec(spec, texts)}\n`);
    }
    expect(here[0]).toContain("01 Jan 00:00");
    expect(drawn("UTC", "C")).toBe(here.join(""));
    expect(drawn("Pacific/Auckland", "de_DE.UTF-8")).toBe(here.join(""));
  });
});
