import type { Change, IndicatorComparison, Verdict } from "../analysis/regional/comparison.js";
import { compareBytes } from "../frame/text.js";
import { counted } from "../frame/words.js";
import { areaRowsChart } from "./area-rows.js";
import { scaleOf } from "./area-texts.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import { signedText } from "./number-text.js";
import { outerRows } from "./outer-rows.js";

/** An arrow only where the change is more than chance: anything else is a circle. */
const looks: Readonly<Record<Change["verdict"], Verdict>> = {
  rose: "higher",
  fell: "lower",
  "no clear change": "similar",
};

/**
 * How each area's figure changed since the period before, with 95 % intervals; a triangle only where the change is clear.
 *
 * @param heading - what the areas are, for people: `Service area`
 * @returns undefined where no area has a change
 */
export function areaChangeChart(comparison: IndicatorComparison, heading: string): Chart | undefined {
  const { indicator, areas } = comparison;
  const { measure } = indicator;
  const changed = areas
    .flatMap(({ area, change, unknown }) => (change === undefined || unknown ? [] : [{ area, ...change }]))
    .sort((a, b) => b.difference.value - a.difference.value || compareBytes(a.area, b.area));
  const [first] = changed;
  if (first === undefined) return undefined;
  const isShare = measure.kind === "share";
  const by = isShare ? 100 : 1;
  const text = (value: number): string => signedText(value * by, 1);
  const clear = changed.filter(({ verdict }) => verdict !== "no clear change");
  const unit = isShare
    ? "percentage points"
    : measure.kind === "weeks"
      ? "weeks"
      : measure.label.toLowerCase();
  const { drawn, notes } = outerRows(changed);
  const rows = drawn.map(({ area, difference, verdict }) => ({
    area,
    cell: {
      value: difference.value * by,
      lower: difference.lower * by,
      upper: difference.upper * by,
    },
    look: looks[verdict],
    text: verdict === "no clear change" ? text(difference.value) : `${text(difference.value)} ${verdict}`,
  }));
  const { domain } = scaleOf([...rows.map(({ cell }) => cell), { lower: 0, upper: 0 }], {
    ...measure,
    kind: "number",
  });
  return {
    ...areaRowsChart({
      heading,
      rows,
      scale: { domain, title: `Change since ${first.since} (${unit})`, signed: true, reference: 0 },
    }),
    title:
      clear.length === 0
        ? "No area has clearly changed"
        : headline(
            `${clear.length} of ${counted(changed.length, "area")} changed clearly`,
            "Some areas changed clearly",
          ),
    subtitle: `${indicator.name}, change since ${first.since} by area, with 95% intervals, ${indicator.period}`,
    description: [
      `Changes for ${counted(changed.length, "area")}, from the largest rise to the largest fall.`,
      ...(clear.length === 0
        ? ["None is clear."]
        : clear
            .slice(0, 8)
            .map(({ area, difference, verdict }) => `${area} ${verdict} by ${text(difference.value)}.`)),
    ].join(" "),
    table: {
      header: [heading, `Change since ${first.since} (${unit})`, "95% interval", "Word"],
      rows: changed.map(({ area, difference, verdict }) => [
        area,
        text(difference.value),
        `${text(difference.lower)} to ${text(difference.upper)}`,
        verdict,
      ]),
    },
    notes: [
      ...notes,
      "A triangle stands only where the 95% interval of the change keeps clear of none. Many areas are tested: about 1 in 20 shows a change by chance alone.",
    ],
  };
}
