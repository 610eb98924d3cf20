import { percent, table } from "./common.mjs";

export const id = "flags";
export const title = "Higher or lower: the drawn lines beside the exact test";
export const quick = true;

/** @returns Markdown */
export async function run(load) {
  const { ratioFunnelLimits } = await load("statistics/funnel-limits.js");
  const { poissonMidPTest } = await load("statistics/poisson-mid-p-test.js");
  const lines = [];
  for (const confidence of [0.95, 0.998]) {
    for (const expected of [2, 5, 10, 20, 50]) {
      const limits = ratioFunnelLimits(expected, { confidence });
      const found = { lineLow: 0, lineHigh: 0, testLow: 0, testHigh: 0 };
      let chance = Math.exp(-expected);
      for (let count = 0; count < expected + 40 * Math.sqrt(expected) + 40; count++) {
        if (count > 0) chance *= expected / count;
        if (count / expected < limits.lower) found.lineLow += chance;
        if (count / expected > limits.upper) found.lineHigh += chance;
        if (poissonMidPTest(count, expected).pValue < 1 - confidence)
          found[count < expected ? "testLow" : "testHigh"] += chance;
      }
      lines.push([
        percent(confidence),
        expected,
        ...["lineLow", "lineHigh", "testLow", "testHigh"].map((name) => percent(found[name], 2)),
      ]);
    }
  }
  return [
    "How often an area that does not differ is called low or high, enumerated over all counts of a Poisson distribution: no Monte Carlo error. Each side should be 2.5 % at 95 %, and " +
      "0.1 % at 99.8 %, as nearly as whole counts can.",
    table(
      [
        "level",
        "expected",
        "below the funnel's line",
        "above it",
        "called lower (mid-P)",
        "called higher (mid-P)",
      ],
      lines,
    ),
    "The lines are drawn as everybody draws them; the words come from the test. At few expected events casedraw says nothing at all: fewer than 10 are never flagged.",
  ].join("\n\n");
}
