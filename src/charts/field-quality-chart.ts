import type { Cell, ResultTable } from "../analysis/result.js";
import { counted } from "../frame/words.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import { heatMapSpec } from "./heat-map.js";
import { percentText } from "./number-text.js";
import { tableOf } from "./result-table.js";

/** More columns leave no room for their numbers. */
const mostColumns = 20;

/**
 * How much of each field cannot be used, in all and by area: fields and areas worst first, as far as they are shown.
 *
 * @param all - a row for each field; the last measure is the share
 * @param byArea - a row for each field and area, with the same measures
 */
export function fieldQualityChart(all: ResultTable, byArea?: ResultTable): Chart {
  const cellOf = new Map((byArea?.rows ?? []).map(({ names, cells }) => [keyOf(names), cells.at(-1)]));
  const fields = all.rows
    .map(({ names: [field = ""], cells }) => ({ field, share: cells.at(-1) as Cell }))
    .sort((a, b) => rank(b.share) - rank(a.share));
  const areas = [...new Set((byArea?.rows ?? []).map(({ names }) => names[1] as string))]
    .map((area) => ({
      area,
      weight: fields.reduce((sum, { field }) => sum + rank(cellOf.get(keyOf([field, area]))), 0),
    }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ area }) => area);
  const columns = areas.slice(0, mostColumns);
  const grid = fields.map(({ field, share }) => [
    share,
    ...columns.map((area) => cellOf.get(keyOf([field, area]))),
  ]);
  const shares = grid.flat().filter((cell) => typeof cell === "number");
  const worst = fields[0];
  // Of two shares that are not shown nobody can say which is larger.
  const hides = fields.some(({ share }) => isHidden(share));
  return {
    spec: heatMapSpec({
      rows: fields.map(({ field }) => field),
      columns: ["All", ...columns.map((_, at) => String(at + 1))],
      cells: grid,
      darkest: Math.max(0.05, ...shares),
      key: columns.map((area, at) => `${at + 1}. ${area}`),
    }),
    title: titleOf(worst, hides),
    subtitle: `${all.caption}, in percent, ${hides ? "worst of those shown first" : "worst first"}`,
    description: [
      `Grid of ${counted(fields.length, "field")}${columns.length > 0 ? ` by ${counted(columns.length, "area")}` : ""}, with the percentage that is blank, not understood or unreadable.`,
      ...fields
        .slice(0, 12)
        .flatMap(({ field, share }) =>
          typeof share === "number" ? [`${field}: ${percentText(share, 1)}.`] : [],
        ),
    ].join(" "),
    table: tableOf(byArea ?? all),
    notes: [
      ...(areas.length > columns.length
        ? [
            grid.flat().some(isHidden)
              ? `The picture has ${columns.length} of ${areas.length} areas, the worst by what is shown; the table has all.`
              : `The picture has the ${columns.length} worst of ${areas.length} areas; the table has all.`,
          ]
        : []),
      ...(shares.some((share) => share > 0 && share < 0.005)
        ? ["“<1” is more than nothing and less than half a percent."]
        : []),
    ],
  };
}

function keyOf(names: readonly string[]): string {
  return names.join("\u001f");
}

/** Where a cell stands in the order: what is not shown says nothing of its size. */
function rank(cell: Cell | undefined): number {
  return typeof cell === "number" ? cell : 0;
}

function isHidden(cell: Cell | undefined): boolean {
  return typeof cell === "object" && "mark" in cell && cell.mark !== "z";
}

function titleOf(
  worst: { readonly field: string; readonly share: Cell } | undefined,
  hides: boolean,
): string {
  if (worst === undefined || typeof worst.share !== "number")
    return "What is blank or not understood, by field";
  if (hides) return "What is blank or not understood, by field";
  if (worst.share === 0) return "Every field is filled in and understood";
  const share = percentText(worst.share);
  return headline(
    `${worst.field} cannot be used for ${share} of rows`,
    `One field cannot be used for ${share} of rows`,
  );
}
