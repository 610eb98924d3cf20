import { resolve } from "node:path";
import { readSeries } from "../../analysis/published/read-series.js";
import type { SeriesRow } from "../../analysis/published/series-row.js";
import type { Tile } from "../../charts/tile-map-chart.js";
import type { Plan } from "../../plan/types.js";
import type { Table } from "../../table/table.js";
import { readSuppliedTable, type SuppliedFile } from "../analysis/supplied-table.js";
import type { PlanFile } from "../open-plan.js";
import { readTiles } from "./tiles.js";

/** What a plan supplies to a comparison beside the export. */
export interface SuppliedToCompare {
  readonly series: readonly SeriesRow[];
  /** Each area's statistical neighbours. */
  readonly neighbours?: Table;
  readonly tiles: readonly Tile[];
  /** In the order of the plan's keys. */
  readonly inputs: readonly SuppliedFile[];
}

/** The files of published figures that a comparison takes: its own, or those of the pre-inspection analysis. */
function seriesPaths({ compare, pia }: Pick<Plan, "compare" | "pia">): readonly string[] {
  return compare?.series ?? pia?.series ?? [];
}

/** Every file that a comparison reads beside its export, in the plan's order. */
export function suppliedToComparePaths(plan: Pick<Plan, "compare" | "pia">): string[] {
  const { neighbours, map } = plan.compare ?? {};
  return [
    ...(plan.pia?.earlier ?? []).map(({ path }) => path),
    ...seriesPaths(plan),
    ...(neighbours === undefined ? [] : [neighbours.path]),
    ...(map === undefined ? [] : [map]),
  ];
}

/**
 * Reads them.
 *
 * @param locate - where a file lies; by default beside the plan
 * @throws CasedrawError of the readers and of `readSeries`; `SUPPLIED_NOT_CSV`, `MAP_INVALID`
 */
export async function readSuppliedToCompare(
  { plan, folder }: Pick<PlanFile, "plan" | "folder">,
  locate: (path: string) => string = (path) => resolve(folder, path),
): Promise<SuppliedToCompare> {
  const inputs: SuppliedFile[] = [];
  const read = async (path: string, key: string): Promise<Table> => {
    const { table, supplied } = await readSuppliedTable(path, { file: locate(path), key });
    inputs.push(supplied);
    return table;
  };
  const owner = plan.compare?.series === undefined ? "pia" : "compare";
  const series: SeriesRow[] = [];
  for (const [at, path] of seriesPaths(plan).entries())
    series.push(...readSeries(await read(path, `${owner}.series[${at}]`), path));
  const { neighbours, map } = plan.compare ?? {};
  const neighboursTable =
    neighbours === undefined ? undefined : await read(neighbours.path, "compare.neighbours.path");
  const tiles = map === undefined ? [] : readTiles(await read(map, "compare.map"));
  return {
    series,
    tiles,
    inputs,
    ...(neighboursTable === undefined ? {} : { neighbours: neighboursTable }),
  };
}
