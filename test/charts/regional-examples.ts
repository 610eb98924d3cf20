import type {
  AreaFigure,
  Indicator,
  IndicatorComparison,
  Verdict,
} from "../../src/analysis/regional/comparison.js";
import { wilsonInterval } from "../../src/statistics/wilson.js";

const longName = "Bournemouth, Christchurch and Poole with Dorset, Hampshire and the Isle of Wight";

/** Names "Area 1" …, one of them long. */
function areaNames(count: number): string[] {
  return Array.from({ length: count }, (_, at) => (at === 2 ? longName : `Area ${at + 1}`));
}

const openOver52: Indicator = {
  id: "open-over-52",
  name: "Open over 52 weeks",
  kind: "share",
  measure: { key: "share", label: "Open over 52 weeks", kind: "share", interval: true },
  polarity: "lower_is_better",
  of: "open children",
  period: "16 November 2026",
};

/** A number from 0 to 1 that looks random and is the same each time. */
function scattered(at: number): number {
  const value = Math.sin(at * 12.9898) * 43758.5453;
  return value - Math.floor(value);
}

/**
 * A comparison of so many areas, with every kind of cell from the fourth area on: hidden, nothing, too few, not known.
 *
 * @param change - of the whole, for what a test is about
 */
export function comparisonOf(count: number, change: Partial<IndicatorComparison> = {}): IndicatorComparison {
  const names = areaNames(count);
  const areas = names.map((area, at): AreaFigure => {
    const n = Math.round(40 + 900 * scattered(at + 1) * scattered(at + 1));
    const extreme = at === 0 ? 0.14 : at === 1 ? -0.15 : 0;
    const share = Math.max(0.02, 0.34 + 0.08 * (scattered(at + 500) - 0.5) + extreme);
    const events = at === 5 ? 0 : Math.round(n * share);
    const verdict: Verdict = at === 0 ? "higher" : at === 1 ? "lower" : at === 5 ? "lower" : "similar";
    return figureOf(area, events, n, verdict, at);
  });
  if (count > 4) {
    areas[3] = {
      area: names[3] as string,
      numerator: { mark: "c" },
      denominator: 40,
      figure: { mark: "c" },
      verdict: "untested",
      otherwise: {},
    };
    areas[4] = { ...figureOf(names[4] as string, 3, 7, "few", 4) };
    areas.push({
      area: "Not recorded",
      unknown: true,
      numerator: 20,
      denominator: 61,
      figure: { value: 20 / 61, ...wilsonInterval(20, 61) },
      verdict: "untested",
      otherwise: {},
    });
  }
  return {
    indicator: openOver52,
    whole: "England",
    overall: { value: 0.34, lower: 0.33, upper: 0.35 },
    areas,
    rule: { confidence: count > 20 ? 0.998 : 0.95, adjusted: count > 20, least: 10 },
    designEffect: 1.3,
    funnel: { kind: "proportion", target: 0.34 },
    variation: {
      phi: 1.8,
      tauSquared: 0.002,
      scale: "arcsine",
      iSquared: 0.44,
      p90: 0.4,
      p10: 0.29,
      trimmed: ["Area 1"],
      zeros: [],
    },
    standardisedFor: { fields: ["Age", "Law type"], leftOut: 12 },
    depends: ["Area 1: higher before, similar after allowing for its mix of cases."],
    notes: ["Children of one case are not independent: the design effect is 1.3."],
    method: "Wilson intervals.",
    uncertainty: "95% intervals.",
    messages: [{ text: "1 area is higher and 2 are lower.", weight: 0.8 }],
    ...change,
  };
}

function figureOf(area: string, events: number, n: number, verdict: Verdict, at: number): AreaFigure {
  const value = events / n;
  const expected = n * 0.34;
  const mix = expected * (0.9 + 0.2 * scattered(at + 77));
  const ratio = (by: number) => {
    const error = (1.96 * Math.sqrt(Math.max(events, 1))) / by;
    return { value: events / by, lower: Math.max(0, events / by - error), upper: events / by + error };
  };
  const rank = 1 + at;
  return {
    area,
    numerator: events,
    denominator: n,
    figure: { value, ...wilsonInterval(events, n) },
    comparator: { of: at === 0 ? "the rest of England" : "England", value: 0.34 },
    pValue: verdict === "similar" ? 0.4 : 0.0004,
    adjustedP: verdict === "similar" ? 0.8 : 0.004,
    verdict,
    otherwise: { overdispersed: at === 0 ? "similar" : verdict, standardised: verdict },
    expected,
    expectedForMix: mix,
    ratio: ratio(expected),
    ratioForMix: ratio(mix),
    ...(at % 7 === 6
      ? {}
      : { standardised: { value: value * 0.98, lower: value * 0.9, upper: value * 1.06 } }),
    ...(at % 7 === 6 ? {} : { rank: { value: rank, lower: Math.max(1, rank - 6), upper: rank + 8 } }),
    change: {
      since: "16 November 2025",
      difference: {
        value: 0.02 * (at % 3) - 0.02,
        lower: 0.02 * (at % 3) - 0.05,
        upper: 0.02 * (at % 3) + (at === 2 ? -0.001 : 0.02),
      },
      verdict: at === 2 ? "rose" : "no clear change",
    },
    history: Array.from({ length: 14 }, (_, quarter) => ({
      at: quarter,
      period: `Q${1 + (quarter % 4)} ${2023 + Math.floor(quarter / 4)}`,
      value:
        quarter === 5 && at === 1
          ? ({ mark: "c" } as const)
          : Math.max(
              0,
              value + 0.06 * (scattered(at * 31 + quarter) - 0.5) + (quarter === 12 && at === 0 ? 0.2 : 0),
            ),
    })),
  };
}
