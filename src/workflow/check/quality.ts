import type { Cell, ResultTable } from "../../analysis/result.js";
import { type Axis, type Count, isMarked, type Level, type Tally } from "../../analysis/tally.js";
import { inSentence } from "../../analysis/words.js";
import type { CheckReport, FieldQuality } from "../../checks/finding.js";
import { fieldLabel, levelLabel } from "../../frame/labels.js";
import type { Plan } from "../../plan/types.js";

/** What a cell of an export can be, as tallies have it. */
const kinds: readonly Level[] = [
  { key: "usable", label: "Usable" },
  { key: "missing", label: "Blank" },
  { key: "unmapped", label: "Not understood" },
  { key: "invalid", label: "Unreadable" },
];

const noColumns: Axis = { field: "", label: "", levels: [] };

/** For each field how many rows are usable, blank, not understood or unreadable, in all and by area. */
export function qualityTallies({ quality, areaField, rowsRead }: CheckReport, plan: Plan): Tally[] {
  const wholes = quality.filter(({ area }) => area === undefined);
  return wholes.map((whole): Tally => {
    const areas =
      areaField === undefined
        ? []
        : quality.filter(({ field, area }) => field === whole.field && area !== undefined);
    const universe = whole.rows === rowsRead ? "rows" : `rows of ${whole.field}`;
    return {
      id: whole.field,
      universe,
      ...(whole.rows === rowsRead ? {} : { within: "rows" }),
      rows: { field: whole.field, label: fieldLabel(whole.field), levels: kinds },
      columns:
        areaField === undefined || areas.length === 0
          ? noColumns
          : {
              field: areaField,
              label: fieldLabel(areaField),
              levels: areas.map(({ area = "" }) => ({ key: area, label: levelLabel(areaField, area, plan) })),
            },
      cells: kinds.map((_, row) => areas.map((area) => countsOf(area)[row] as number)),
      rowTotals: countsOf(whole),
      columnTotals: areas.map(({ rows }) => rows),
      total: whole.rows,
      disjoint: true,
    };
  });
}

function countsOf({ rows, missing, unmapped, invalid }: FieldQuality): number[] {
  return [rows - missing - unmapped - invalid, missing, unmapped, invalid];
}

/** The tables of {@link qualityTallies}, fields worst first as far as they are shown. */
export interface QualityTables {
  readonly all: ResultTable;
  readonly byArea?: ResultTable;
}

/** @returns undefined where no field was judged */
export function qualityTables(tallies: readonly Tally[]): QualityTables | undefined {
  if (tallies.length === 0) return undefined;
  const worstFirst = tallies
    .map((tally) => ({ tally, share: shareOf(tally.total, tally.rowTotals) }))
    .sort((a, b) => rank(b.share) - rank(a.share))
    .map(({ tally }) => tally);
  const measures: ResultTable["measures"] = [
    { key: "rows", label: "Rows", kind: "count" },
    ...kinds.slice(1).map(({ key, label }) => ({ key, label, kind: "count" as const })),
    { key: "share_not_usable", label: "Share not usable", kind: "share" },
  ];
  const all: ResultTable = {
    id: "quality",
    caption: "Share of each field that is blank, not understood or unreadable",
    dimensions: ["Field"],
    measures,
    rows: worstFirst.map(({ rows, total, rowTotals }) => ({
      names: [rows.label],
      cells: cellsOf(total, rowTotals),
    })),
  };
  const area = worstFirst.find(({ columns }) => columns.levels.length > 0)?.columns.label;
  if (area === undefined) return { all };
  return {
    all,
    byArea: {
      id: "quality_by_area",
      caption: `${all.caption}, by ${inSentence(area)}`,
      dimensions: ["Field", area],
      measures,
      rows: worstFirst.flatMap(({ rows, columns, columnTotals, cells }) =>
        columns.levels.map(({ label }, column) => ({
          names: [rows.label, label],
          cells: cellsOf(
            columnTotals[column] as Count,
            cells.map((line) => line[column] as Count),
          ),
        })),
      ),
    },
  };
}

function cellsOf(total: Count, [, ...bad]: readonly Count[]): Cell[] {
  return [total, ...bad, shareOf(total, [0, ...bad])];
}

function shareOf(total: Count, [, ...bad]: readonly Count[]): Cell {
  const hidden = [total, ...bad].find(isMarked);
  if (hidden !== undefined) return hidden;
  if (total === 0) return { mark: "z" };
  return Math.min(1, bad.reduce<number>((sum, count) => sum + (count as number), 0) / (total as number));
}

function rank(share: Cell): number {
  return typeof share === "number" ? share : 0;
}
