import type { Field } from "../../../src/frame/field.js";
import { stream } from "../../../src/random/streams.js";
import type { IndicatorRows } from "../../../src/sampling/cube/flight.js";

/** Indicator rows from the columns that each unit has a 1 in. */
export function rowsOf(count: number, units: readonly (readonly number[])[]): IndicatorRows {
  const starts = Int32Array.from({ length: units.length + 1 }, () => 0);
  for (const [i, columns] of units.entries()) starts[i + 1] = (starts[i] as number) + columns.length;
  return { count, starts, columns: Int32Array.from(units.flat()) };
}

/** What each column adds up to over the units, each unit counted `weights[k]` times. */
export function columnSums(indicators: IndicatorRows, weights: ArrayLike<number>): number[] {
  const sums = new Array<number>(indicators.count).fill(0);
  for (let unit = 0; unit < weights.length; unit++) {
    for (let at = indicators.starts[unit] as number; at < (indicators.starts[unit + 1] as number); at++) {
      const column = indicators.columns[at] as number;
      sums[column] = (sums[column] as number) + (weights[unit] as number);
    }
  }
  return sums;
}

/** What the units of each stratum add up to. */
export function stratumSums(strata: Int32Array, weights: ArrayLike<number>): number[] {
  return columnSums(
    rowsOf(
      Math.max(...strata) + 1,
      Array.from(strata, (code) => [code]),
    ),
    weights,
  );
}

/** Gives these numbers and then fails; `left` says how many have not been asked for. */
export function script(numbers: readonly number[]): { readonly next: () => number; left: () => number } {
  let at = 0;
  return {
    next: () => {
      const number = numbers[at++];
      if (number === undefined) throw new Error("asked for another number");
      return number;
    },
    left: () => numbers.length - at,
  };
}

/** A field of some levels, the first the most frequent. */
function categoryField(name: string, levels: number, units: number, next: () => number): Field {
  const codes = Int32Array.from({ length: units }, () => Math.floor(next() * next() * levels));
  return { name, kind: "category", levels: Array.from({ length: levels }, (_, i) => `level ${i}`), codes };
}

/** A field of up to three of some items a unit, none for about a quarter of them. */
function listField(name: string, items: number, units: number, next: () => number): Field {
  const levels: string[] = [];
  const known = new Map<string, number>();
  const codes = Int32Array.from({ length: units }, () => {
    const picked = Array.from({ length: Math.floor(next() * 4) }, () => `item ${Math.floor(next() * items)}`);
    const text = [...new Set(picked)].sort().join("\u001e");
    const code = known.get(text) ?? levels.push(text) - 1;
    known.set(text, code);
    return code;
  });
  return { name, kind: "list", levels, codes };
}

/** The fields of a national export that a balanced design goes by, made up: about sixty columns. */
export function balanceFields(units: number, seed: string): Field[] {
  const next = stream(seed, "synth");
  return [
    categoryField("age_band", 5, units, next),
    categoryField("gender", 4, units, next),
    categoryField("disability", 4, units, next),
    categoryField("ethnic_group", 19, units, next),
    listField("factors", 14, units, next),
    categoryField("service_area", 19, units, next),
  ];
}
