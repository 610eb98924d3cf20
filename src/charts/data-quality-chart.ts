import type { Cell, Result, ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { counted } from "../frame/words.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import { heatMapSpec } from "./heat-map.js";
import { percentText } from "./number-text.js";
import { tableOf } from "./result-table.js";

/** More columns leave no room for their numbers. */
const mostColumns = 20;

/**
 * How much of each field is not known, worst first, in all and by area.
 *
 * @param result - of the item `data-quality`
 * @returns undefined where no share is shown
 */
export function dataQualityChart(result: Result): Chart | undefined {
  const all = result.tables.find(({ id }) => id === "data_quality") as ResultTable;
  const byArea = result.tables.find(({ id }) => id === "data_quality_by_area");
  const fields = all.rows.map(({ names: [field = ""], cells }) => ({
    field,
    bad: badOf(cells),
    expected: cells[4] === "yes",
  }));
  const shown = fields.flatMap(({ bad, ...field }) => (typeof bad === "number" ? [{ ...field, bad }] : []));
  const [worst] = shown.filter(({ expected }) => !expected).sort((a, b) => b.bad - a.bad);
  if (worst === undefined) return undefined;
  const isHidden = fields.some(({ bad, expected }) => isMarked(bad) && !expected);
  const areas = [...new Set((byArea?.rows ?? []).map(({ names }) => names[1] as string))];
  const columns = areas.slice(0, mostColumns);
  const cellOf = new Map(
    (byArea?.rows ?? []).map(({ names, cells }) => [names.join("\u001f"), badOf(cells)]),
  );
  const grid = fields.map(({ field, bad }) => [
    bad,
    ...columns.map((area) => cellOf.get([field, area].join("\u001f"))),
  ]);
  const shares = grid.flat().filter((cell) => typeof cell === "number");
  return {
    spec: heatMapSpec({
      rows: fields.map(({ field }) => field),
      columns: ["All", ...columns.map((_, at) => String(at + 1))],
      cells: grid,
      darkest: Math.max(0.05, ...shares),
      key: columns.map((area, at) => `${at + 1}. ${area}`),
    }),
    title:
      worst.bad === 0
        ? isHidden
          ? "Every field that is shown is filled in and understood"
          : "Every field is filled in and understood"
        : headline(
            `${worst.field} is not known for ${percentText(worst.bad)}`,
            `One field is not known for ${percentText(worst.bad)}`,
          ),
    subtitle: `${all.caption}, in percent, worst first`,
    description: [
      `Grid of ${counted(fields.length, "field")}${columns.length > 0 ? ` by ${counted(columns.length, "area")}` : ""}, with the percentage not known: blank, said not to be known, or not understood.`,
      ...shown.slice(0, 12).map(({ field, bad }) => `${field}: ${percentText(bad, 1)}.`),
    ].join(" "),
    table: tableOf(byArea ?? all),
    notes: [
      ...(areas.length > columns.length
        ? [`The picture has the first ${columns.length} of ${areas.length} areas; the table has all.`]
        : []),
      "“<1” is more than nothing and less than half a percent.",
      ...result.notes,
    ],
  };
}

/** All that is not known: blank, said not to be, and not understood. */
function badOf([, ...cells]: readonly Cell[]): Cell {
  const parts = cells.slice(0, 3);
  return (
    parts.find(isMarked) ??
    Math.min(
      1,
      parts.reduce<number>((sum, part) => sum + (part as number), 0),
    )
  );
}
