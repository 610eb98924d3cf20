import type { Field } from "../../frame/field.js";
import { levelLabel } from "../../frame/labels.js";
import { matchKey, slug } from "../../frame/text.js";
import type { Plan } from "../../plan/types.js";
import { fixedLevels, isUnknown } from "../axis.js";
import type { PopulationLevel } from "../item.js";
import type { Level, Tally } from "../tally.js";

/** Which rows of a tally a population has numbers for, and what is left over on either side. */
export interface MatchedPopulation {
  readonly rows: readonly { readonly row: number; readonly population: number }[];
  /** Known rows that the population has no number for. */
  readonly withoutPopulation: readonly number[];
  /** Levels of the population that no row stands for, or that were given before. */
  readonly unmatched: readonly PopulationLevel[];
}

/** The rows of a population that are about one field. */
export function populationOf(
  population: readonly PopulationLevel[],
  field: string,
): readonly PopulationLevel[] {
  return population.filter(({ characteristic }) => characteristicField(characteristic) === field);
}

/** `Ethnic group` is the field `ethnic_group`. */
export function characteristicField(characteristic: string): string {
  return slug(characteristic);
}

/** A level of a population is a row's code or its label, whatever the case and spacing. */
export function matchPopulation(
  tally: Pick<Tally, "rows">,
  population: readonly PopulationLevel[],
): MatchedPopulation {
  const found = new Map<number, number>();
  const unmatched: PopulationLevel[] = [];
  for (const given of population) {
    const row = tally.rows.levels.findIndex((level) => isSame(level, given.level));
    if (row === -1 || found.has(row) || tally.rows.levels[row]?.unknown) unmatched.push(given);
    else found.set(row, given.population);
  }
  return {
    rows: [...found].sort(([a], [b]) => a - b).map(([row, count]) => ({ row, population: count })),
    withoutPopulation: tally.rows.levels.flatMap(({ unknown }, row) =>
      unknown || found.has(row) ? [] : [row],
    ),
    unmatched,
  };
}

function isSame({ key, label }: Pick<Level, "key" | "label">, given: string): boolean {
  const wanted = matchKey(given);
  return wanted === matchKey(key) || wanted === matchKey(label);
}

/**
 * A tally of one field with rows of 0 for the levels of a population that the field may have and no unit has. Where the
 * levels are not known beforehand, a level without units may as well be misspelt.
 */
export function withEmptyLevels(
  tally: Tally,
  options: { readonly field: Field; readonly plan: Plan; readonly population: readonly PopulationLevel[] },
): Tally {
  const { field, plan, population } = options;
  const has = new Set(tally.rows.levels.map(({ key }) => key));
  const empty = fixedLevels(field, plan)
    .filter((key) => !has.has(key) && !isUnknown(field, key))
    .map((key): Level => ({ key, label: levelLabel(field.name, key, plan) }))
    .filter((level) => population.some((given) => isSame(level, given.level)));
  if (empty.length === 0) return tally;
  const known = tally.rows.levels.filter(({ unknown }) => !unknown).length;
  const put = <T>(list: readonly T[], more: readonly T[]): T[] => [
    ...list.slice(0, known),
    ...more,
    ...list.slice(known),
  ];
  return {
    ...tally,
    rows: { ...tally.rows, levels: put(tally.rows.levels, empty) },
    cells: put(
      tally.cells,
      empty.map(() => []),
    ),
    rowTotals: put(
      tally.rowTotals,
      empty.map(() => 0),
    ),
    ...(tally.effects && {
      effects: {
        cells: put(
          tally.effects.cells,
          empty.map(() => []),
        ),
        rowTotals: put(
          tally.effects.rowTotals,
          empty.map(() => 1),
        ),
      },
    }),
  };
}
