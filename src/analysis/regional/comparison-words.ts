import { severalAreasLabel } from "../../frame/labels.js";
import { incompleteGamma } from "../../statistics/incomplete-gamma.js";
import type { KeyMessage } from "../result.js";
import { isMarked } from "../tally.js";
import type { AreaFigure, IndicatorComparison } from "./comparison.js";
import { someNames } from "./names.js";
import { isFlag } from "./verdict.js";

/** The few things that a comparison says, in the order of how much they matter. */
export function keyMessages(comparison: Omit<IndicatorComparison, "messages">): KeyMessage[] {
  return [...flagMessages(comparison), ...changeMessages(comparison), ...spreadMessages(comparison)];
}

function flagMessages({
  indicator,
  areas,
  rule,
  tested,
  whole,
}: Omit<IndicatorComparison, "messages">): KeyMessage[] {
  const count = tested?.areas ?? 0;
  const byChance = tested?.byChance ?? 0;
  if (count === 0) return [];
  const namesOf = (verdict: "higher" | "lower"): string[] =>
    areas.filter((area) => area.verdict === verdict).map(({ area }) => area);
  const [high, low] = [namesOf("higher"), namesOf("lower")];
  const flags = high.length + low.length;
  if (flags === 0)
    return [
      {
        text: `${indicator.name}: no area stands out from ${whole}, of ${count} compared.`,
        headline: "No area stands out",
        weight: 0.2,
      },
    ];
  const parts = [
    ...(high.length === 0 ? [] : [`higher in ${someNames(high)}`]),
    ...(low.length === 0 ? [] : [`lower in ${someNames(low)}`]),
  ];
  const firm = areas.filter(({ otherwise, verdict }) => isFlag(verdict) && otherwise.adjusted === verdict);
  const beyond = firm.length > 0 || chanceOfAtLeast(flags, byChance) < 0.05;
  const chance = beyond
    ? `chance alone would flag ${aboutText(byChance)}`
    : `no more than chance alone may flag: ${aboutText(byChance)}`;
  // Of rounded counts it may be in doubt whether an area still differs.
  const isTold = areas.every(
    ({ otherwise, verdict }) => !isFlag(verdict) || otherwise.adjusted !== undefined,
  );
  const still =
    firm.length === 0 || firm.length === flags || !isTold
      ? ""
      : ` Allowing for the number of areas tested, only ${someNames(firm.map(({ area }) => area))} ${firm.length === 1 ? "still differs" : "still differ"}.`;
  const rest = count - flags;
  const similar =
    rest === 0 ? "" : rest === 1 ? "; the other area is similar" : `; the other ${rest} are similar`;
  return [
    {
      text: `${indicator.name}: ${parts.join(" and ")}${similar} (${Math.round(rule.confidence * 1000) / 10}% limits; ${chance}).${still}`,
      headline: `${flags} of ${count} areas ${flags === 1 ? "differs" : "differ"}${beyond ? "" : ", as chance allows"}`,
      weight: beyond ? 0.5 + 0.4 * Math.min(1, flags / Math.max(10, count)) : 0.3,
    },
  ];
}

/** The chance of so many events or more where so many are expected: Poisson, flags of different areas being nearly independent. */
function chanceOfAtLeast(events: number, expected: number): number {
  return events === 0 || expected <= 0 ? 1 : incompleteGamma(events, expected).lower;
}

function aboutText(expected: number): string {
  const whole = Math.max(1, Math.round(expected));
  if (expected >= 0.6) return `about ${whole} ${whole === 1 ? "area" : "areas"}`;
  return `1 area in about ${Math.round(1 / expected)} comparisons like this one`;
}

function changeMessages({ indicator, areas }: Omit<IndicatorComparison, "messages">): KeyMessage[] {
  const since = areas.find(({ change }) => change !== undefined)?.change?.since;
  if (since === undefined) return [];
  const changed = (verdict: "rose" | "fell"): AreaFigure[] =>
    areas.filter(({ change }) => change?.verdict === verdict && change.since === since);
  const [rose, fell] = [changed("rose"), changed("fell")];
  if (rose.length + fell.length === 0) return [];
  const parts = [
    ...(rose.length === 0 ? [] : [`rose in ${someNames(rose.map(({ area }) => area))}`]),
    ...(fell.length === 0 ? [] : [`fell in ${someNames(fell.map(({ area }) => area))}`]),
  ];
  return [{ text: `${indicator.name}: since ${since} it ${parts.join(" and ")}.`, weight: 0.35 }];
}

/** How areas vary, where it is more than chance. */
function spreadMessages({ indicator, variation }: Omit<IndicatorComparison, "messages">): KeyMessage[] {
  if (variation === undefined || variation.tauSquared === 0 || variation.iSquared < 0.5) return [];
  const share = Math.round(variation.iSquared * 100);
  return [
    {
      text: `${indicator.name}: areas vary by more than chance; about ${share}% of the variation between areas is not chance, and why is for the inspection to ask.`,
      weight: 0.3,
    },
  ];
}

/** Notes that every comparison of areas has, of what was not compared. */
export function areaNotes(
  areas: readonly Pick<AreaFigure, "area" | "unknown" | "verdict" | "figure">[],
  { least, unit }: { readonly least: number; readonly unit: string },
): string[] {
  const unknown = areas.filter((area) => area.unknown && area.area !== severalAreasLabel);
  const few = areas.filter(({ verdict }) => verdict === "few").map(({ area }) => area);
  const hidden = areas.filter(({ figure, unknown: is }) => !is && isMarked(figure) && figure.mark !== "x");
  return [
    ...(areas.some(({ area, unknown: is }) => is && area === severalAreasLabel)
      ? [
          `${severalAreasLabel}: cases whose children differ in it, shown and part of the whole, but compared with nothing.`,
        ]
      : []),
    ...(unknown.length === 0
      ? []
      : [
          `${unknown.map(({ area }) => area).join(", ")}: shown and part of the whole, but compared with nothing, for the area is not known.`,
        ]),
    ...(few.length === 0 ? [] : [`Fewer than ${least} ${unit}, so never flagged: ${someNames(few)}.`]),
    ...(hidden.length === 0
      ? []
      : [
          `Not shown, so not compared: ${hidden.length} ${hidden.length === 1 ? "area" : "areas"} whose counts are small, or would tell those of others.`,
        ]),
  ];
}
