import type { AreaFigure, Verdict } from "./comparison.js";
import { someNames } from "./names.js";
import { isFlag } from "./verdict.js";

/** Words that another method would put otherwise, a sentence for each way in which they differ. */
export function dependsOn(
  areas: readonly AreaFigure[],
  options: { readonly standardisedFor: readonly string[]; readonly whole: string },
): string[] {
  const { standardisedFor, whole } = options;
  const mix = standardisedFor.map((label) => label.slice(0, 1).toLowerCase() + label.slice(1)).join(", ");
  return [
    ...pairsOf(areas, ({ otherwise }) => otherwise.standardised).map(({ from, to, names }) => {
      if (isFlag(from) && isFlag(to))
        return `${names}: ${from} than the comparator as counted, and ${to} once the mix of cases (${mix}) is allowed for. The mix hides what the figures would otherwise say.`;
      return isFlag(from)
        ? `${names}: ${from} than the comparator as counted, and similar once the mix of cases (${mix}) is allowed for.`
        : `${names}: similar to the comparator as counted, and ${to} once the mix of cases (${mix}) is allowed for.`;
    }),
    ...pairsOf(areas, ({ otherwise }) => otherwise.overdispersed).map(
      ({ from, names }) =>
        `${names}: ${from} than chance explains, but no further from ${whole} than areas commonly are (limits widened for overdispersion).`,
    ),
    ...pairsOf(areas, ({ otherwise }) => otherwise.adjusted).map(({ from, to, names }) =>
      isFlag(from)
        ? `${names}: ${from} by its own test, and not when the number of areas tested is allowed for (Benjamini and Hochberg, 5%).`
        : `${names}: similar by its own test, and ${to} when false findings are held to 5% of all (Benjamini and Hochberg).`,
    ),
  ];
}

interface Pair {
  readonly from: Verdict;
  readonly to: Verdict;
  readonly names: string;
}

function pairsOf(areas: readonly AreaFigure[], otherwise: (area: AreaFigure) => Verdict | undefined): Pair[] {
  const found = new Map<string, { from: Verdict; to: Verdict; names: string[] }>();
  for (const area of areas) {
    const { verdict: from } = area;
    const to = otherwise(area);
    if (to === undefined || to === from || from === "few" || from === "untested") continue;
    const key = `${from} ${to}`;
    const held = found.get(key) ?? { from, to, names: [] };
    held.names.push(area.area);
    found.set(key, held);
  }
  return [...found.values()].map(({ from, to, names }) => ({ from, to, names: someNames(names) }));
}
