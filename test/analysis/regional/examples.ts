import type { Counted, Subject } from "../../../src/analysis/item.js";
import { compareIndicator } from "../../../src/analysis/regional/compare-indicator.js";
import type { AreaFigure, IndicatorComparison } from "../../../src/analysis/regional/comparison.js";
import { countIndicator } from "../../../src/analysis/regional/count-indicator.js";
import { indicatorsOf } from "../../../src/analysis/regional/indicators.js";
import { childLines, subjectOf } from "../subjects.js";

/** So many children, each of a case of its own, alike: "A|public|yes". */
export function times(count: number, row: string): string[] {
  return Array.from({ length: count }, () => row);
}

/** An export of area, law type and disability, with one indicator: the share with a disability. */
export function disabilityBy(rows: readonly string[], compare: readonly string[] = []): Subject {
  return subjectOf(childLines("service_area|law_type|disability", rows), {
    plan: [
      "compare:",
      "  whole: England",
      "  indicators: [{ name: Disability, where: { disability: 'yes' } }]",
      ...compare.map((line) => `  ${line}`),
    ],
  });
}

/** The comparison of a plan's first indicator. */
export function compared(
  subject: Subject,
  options: {
    readonly by?: string;
    readonly change?: (counted: Counted) => Counted;
    readonly publishable?: true;
  } = {},
): IndicatorComparison {
  const { by = "service_area", change = (counted) => counted, publishable } = options;
  const [defined] = indicatorsOf(subject, by).defined;
  if (defined === undefined) throw new Error("no indicator");
  return compareIndicator(defined, change(countIndicator(subject, defined, by)), {
    plan: subject.plan,
    edition: publishable ? "publishable" : "internal",
  });
}

export function areaOf({ areas }: IndicatorComparison, name: string): AreaFigure {
  const found = areas.find(({ area }) => area === name);
  if (found === undefined) throw new Error(`no area ${name}`);
  return found;
}
