import { listText } from "../../analysis/words.js";
import { notRecorded, unmapped } from "../../frame/field.js";
import { thousands } from "../../frame/words.js";
import type { BalanceRow } from "../../sampling/balance.js";
import { asShown, oneDecimal, oneDecimalPercent, type UnitWords } from "./words.js";

/** Percentage points within which a group's share is called close. */
const closePoints = 2;
/** Percent of units without a record from which a comparison is said to mislead. */
const muchUnrecorded = 10;
/** Groups without a sampled unit that are named one by one. */
const mostNamed = 3;

const nouns: Readonly<Record<string, { readonly one: string; readonly many: string }>> = {
  age_band: { one: "age band", many: "age bands" },
  ethnic_group: { one: "ethnic group", many: "ethnic groups" },
  law_type: { one: "law type", many: "law types" },
  factors: { one: "factor", many: "factors" },
  delay_band: { one: "delay band", many: "delay bands" },
  service_area: { one: "service area", many: "service areas" },
};

/** What one level of a characteristic is called, where that is settled: "age band". */
export function characteristicNoun(characteristic: string): string | undefined {
  return nouns[characteristic]?.one;
}

interface Comparison {
  readonly units: UnitWords;
  /** A level for people. */
  readonly label: (row: BalanceRow) => string;
}

/**
 * What the rows of one characteristic say, in plain sentences. Differences count as they are shown, to one decimal.
 *
 * @param rows - of one characteristic, at least one
 */
export function comparisonSentences(rows: readonly BalanceRow[], { units, label }: Comparison): string[] {
  const [first] = rows as readonly [BalanceRow];
  if (rows.length === 1) {
    return first.level === notRecorded
      ? [`Nothing is recorded for any eligible ${units.one}.`]
      : [`Every eligible ${units.one} is recorded as “${label(first)}”.`];
  }
  const { one, many } = nouns[first.characteristic] ?? { one: "group", many: "groups" };
  return [
    ...differenceSentences(rows, { one, many, label }),
    ...missingSentences(rows, { units, many, label }),
    ...unrecordedSentences(rows, units),
    ...severalSentences(rows, units),
  ];
}

/** What the rows of all characteristics say together, in one or two sentences. */
export function overallSentences(
  rows: readonly BalanceRow[],
  describe: (row: BalanceRow) => string,
): string[] {
  const close = rows.filter(isClose).length;
  const groups = `${thousands(rows.length)} groups`;
  const largest = largestDifference(rows);
  if (sizeOf(largest) === 0)
    return ["Every group compared has the same share in the sample as in the population."];
  const which = `${describe(largest)}, ${againstText(largest)}`;
  return [
    close === rows.length
      ? `All ${groups} compared are within ${closePoints} percentage points of the population.`
      : `Of the ${groups} compared, ${close === 0 ? "none" : thousands(close)} ${close < 2 ? "is" : "are"} within ${closePoints} percentage points of the population.`,
    `The largest difference is ${oneDecimal(sizeOf(largest))} points: ${which}.`,
  ];
}

function differenceSentences(
  rows: readonly BalanceRow[],
  words: { readonly one: string; readonly many: string; readonly label: (row: BalanceRow) => string },
): string[] {
  const { one, many, label } = words;
  const largest = largestDifference(rows);
  const size = sizeOf(largest);
  if (size === 0)
    return [
      `Every ${one} has the same share in the sample as in the population, to a tenth of a percentage point.`,
    ];
  if (size <= closePoints)
    return [`Every ${one} is within ${oneDecimal(size)} percentage points of the population.`];
  const close = rows.filter(isClose).length;
  const within = `within ${closePoints} percentage points of the population`;
  return [
    close === 0
      ? `No ${one} is ${within}.`
      : `${thousands(close)} of ${thousands(rows.length)} ${many} ${close === 1 ? "is" : "are"} ${within}.`,
    `The largest difference is for “${label(largest)}”: ${againstText(largest)}.`,
  ];
}

/** Groups of the population of which the sample holds nobody, but for those whose level is not known. */
function missingSentences(
  rows: readonly BalanceRow[],
  words: { readonly units: UnitWords; readonly many: string; readonly label: (row: BalanceRow) => string },
): string[] {
  const { units, many, label } = words;
  const missing = rows.filter(
    ({ sampleCount, populationCount, level }) =>
      sampleCount === 0 && populationCount > 0 && level !== notRecorded && level !== unmapped,
  );
  if (missing.length === 0) return [];
  const left = missing.length - mostNamed;
  const named = missing
    .slice(0, mostNamed)
    .map((row) => `“${label(row)}” (${thousands(row.populationCount)} eligible)`);
  const rest = left > 0 ? [`${thousands(left)} more ${left === 1 ? "group" : many}`] : [];
  return [`No ${units.one} in the sample is recorded as ${listText([...named, ...rest], "or")}.`];
}

function unrecordedSentences(rows: readonly BalanceRow[], units: UnitWords): string[] {
  const blank = rows.find((row) => row.level === notRecorded);
  if (blank === undefined || asShown(blank.populationPercent) < muchUnrecorded) return [];
  return [
    `It is not recorded for ${oneDecimalPercent(blank.populationPercent)} of eligible ${units.many}, so this comparison says less than it seems to.`,
  ];
}

function severalSentences(rows: readonly BalanceRow[], units: UnitWords): string[] {
  const total = rows.reduce((sum, row) => sum + row.populationPercent, 0);
  return asShown(total) > 100
    ? [`One ${units.one} can be in several of these groups, so the shares add up to more than 100%.`]
    : [];
}

function largestDifference(rows: readonly BalanceRow[]): BalanceRow {
  return rows.reduce((largest, row) => (sizeOf(row) > sizeOf(largest) ? row : largest));
}

function sizeOf(row: BalanceRow): number {
  return Math.abs(asShown(row.difference));
}

function isClose(row: BalanceRow): boolean {
  return sizeOf(row) <= closePoints;
}

function againstText({ weightedPercent, populationPercent }: BalanceRow): string {
  return `${oneDecimalPercent(weightedPercent)} of the sample, ${oneDecimalPercent(populationPercent)} of the population`;
}
