import { noColumns } from "../axis.js";
import type { Subject } from "../item.js";
import { inOneArea } from "../subject-fields.js";
import { fieldOf } from "../tabulate.js";
import type { Level, Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { nestedField, placeName } from "./nested-table.js";

/**
 * Tables that tie areas to the nested table: where every row of it lies in one area, or all outside of it, the area has as many units as its
 * rows together. No page shows them: they tell disclosure control what an outsider adds up.
 *
 * @param by - the field of the areas
 * @returns two for each such area: of its rows and all others, and of it and all others, who are the same
 */
export function nestedLinks(subject: Subject, by: string): Tally[] {
  const nested = nestedField(subject);
  if (nested === undefined) return [];
  const { plan, units } = subject;
  const areas = inOneArea(fieldOf(subject, by));
  const names = areas.levels.map((level) => placeName(areas, level, plan));
  const [inRow, inLevel] = [new Int32Array(nested.levels.length), new Int32Array(areas.levels.length)];
  // Of each row the areas that its units are of.
  const held = nested.levels.map(() => new Set<string>());
  for (const unit of units) {
    const [row, level] = [nested.codes[unit] as number, areas.codes[unit] as number];
    inRow[row]!++;
    inLevel[level]!++;
    (held[row] as Set<string>).add(names[level] as string);
  }
  return [...new Set(names)].flatMap((name): Tally[] => {
    const rows = held.flatMap((of, row) => (of.has(name) ? [row] : []));
    if (rows.length === 0 || rows.some((row) => (held[row] as Set<string>).size > 1)) return [];
    const levels = names.flatMap((each, level) =>
      each === name && (inLevel[level] as number) > 0 ? [level] : [],
    );
    const elsewhere: Level = {
      key: "elsewhere",
      label: "Elsewhere",
      of: { field: `${nested.name} outside of ${by}`, level: name },
    };
    const tallyOf = (field: string, parts: readonly (readonly [key: string, count: number])[]): Tally => {
      const counts = parts.map(([, count]) => count);
      const rest = units.length - counts.reduce((sum, count) => sum + count, 0);
      return {
        id: `${field} in ${by} ${name}`,
        universe: unitNoun(plan),
        rows: {
          field,
          label: field,
          levels: [...parts.map(([key]): Level => ({ key, label: key })), elsewhere],
        },
        columns: noColumns,
        cells: [...parts, rest].map(() => []),
        rowTotals: [...counts, rest],
        columnTotals: [],
        total: units.length,
        disjoint: true,
      };
    };
    return [
      tallyOf(
        nested.name,
        rows.map((row) => [nested.levels[row] as string, inRow[row] as number]),
      ),
      tallyOf(
        by,
        levels.map((level) => [areas.levels[level] as string, inLevel[level] as number]),
      ),
    ];
  });
}
