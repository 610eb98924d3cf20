import { indicatorTables } from "../../analysis/regional/indicator-tables.js";
import { rugTable } from "../../analysis/regional/rug-table.js";
import { variationTable } from "../../analysis/regional/variation-table.js";
import type { ResultTable } from "../../analysis/result.js";
import { type Comparison, comparisonsOf } from "./compared.js";

/** Every table of a comparison, as files have them. */
export function allTables({ groups, nested }: Comparison): ResultTable[] {
  const variation = variationTable(comparisonsOf(groups));
  return [
    ...groups
      .filter(({ compared }) => compared.length > 0)
      .map(({ heading, areas, compared, published }) =>
        rugTable(
          compared.map(({ comparison }) => comparison),
          { id: published ? "rug_published" : "rug", heading, areas },
        ),
      ),
    ...groups.flatMap((group) =>
      group.compared.flatMap(({ comparison }) => indicatorTables(comparison, group.heading)),
    ),
    ...(variation === undefined ? [] : [variation]),
    ...(nested === undefined ? [] : [nested]),
  ];
}
