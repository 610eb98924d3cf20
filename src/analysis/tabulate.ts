import type { Field } from "../frame/field.js";
import { axisOf, type CodedAxis, noColumns } from "./axis.js";
import type { Subject } from "./item.js";
import { singleValued } from "./subject-fields.js";
import type { Tally } from "./tally.js";

/** What a tally is of. */
export interface TallyRequest {
  /** Unique in the analysis. */
  readonly id: string;
  /** What is counted, as `open children`. */
  readonly universe: string;
  /** The universe that this one is part of: `children`, of `open children`. */
  readonly within?: string;
  /** A field with few levels. */
  readonly rows: string;
  readonly columns?: string;
  /** Which units, as places in the frame; default all of the subject's. */
  readonly units?: Int32Array;
}

/**
 * Counts units by one or two fields, with design effects for children of one case where cases are known.
 *
 * @param request.columns - units with several values of it stand in a column of their own; where the frame lacks it, the tally has
 *   no columns
 * @throws Error if the frame lacks the field of the rows, which an item has to refuse first
 */
export function tabulate(subject: Subject, request: TallyRequest): Tally {
  const { frame, plan } = subject;
  const units = request.units ?? subject.units;
  const field = fieldOf(subject, request.rows);
  const acrossField = request.columns === undefined ? undefined : frame.fields.get(request.columns);
  const across = acrossField && singleValued(acrossField);
  const rows = axisOf(field, plan, units);
  const columns = across === undefined ? undefined : axisOf(across, plan, units);
  const counted = countCells({ units, field, rows, across, columns });
  return {
    id: request.id,
    universe: request.universe,
    ...(request.within === undefined ? {} : { within: request.within }),
    rows: plainAxis(rows),
    columns: columns === undefined ? noColumns : plainAxis(columns),
    ...counted,
    total: units.length,
    disjoint: field.kind !== "list",
    ...clusterEffects(subject, { units, field, rows, across, columns }),
  };
}

/** A field that an item has made sure of. */
export function fieldOf({ frame }: Pick<Subject, "frame">, name: string): Field {
  const field = frame.fields.get(name);
  if (field === undefined) throw new Error(`the frame has no field ${name}`);
  return field;
}

function plainAxis({ places: _, ...axis }: CodedAxis): Tally["rows"] {
  return axis;
}

/** What is crossed. */
interface Crossing {
  readonly units: Int32Array;
  readonly field: Field;
  readonly rows: CodedAxis;
  readonly across: Field | undefined;
  readonly columns: CodedAxis | undefined;
}

/** For each code of the field that is crossed with, its column; −1 where there is none. */
function columnsOf({ across, columns }: Crossing): Int32Array {
  if (across === undefined || columns === undefined) return new Int32Array();
  return Int32Array.from(columns.places, (places) => places[0] ?? -1);
}

function countCells(crossing: Crossing): Pick<Tally, "cells" | "rowTotals" | "columnTotals"> {
  const { units, field, rows, across, columns } = crossing;
  const width = columns?.levels.length ?? 0;
  const columnOf = columnsOf(crossing);
  // By code, then column, those without one last; then codes go to their rows.
  const held = new Int32Array(field.levels.length * (width + 1));
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] as number;
    const column = across === undefined ? width : (columnOf[across.codes[unit] as number] as number);
    held[(field.codes[unit] as number) * (width + 1) + column]!++;
  }
  const cells = rows.levels.map(() => new Array<number>(width).fill(0));
  const rowTotals = new Array<number>(rows.levels.length).fill(0);
  const columnTotals = new Array<number>(width).fill(0);
  for (let code = 0; code < field.levels.length; code++) {
    for (let column = 0; column <= width; column++) {
      const count = held[code * (width + 1) + column] as number;
      if (count === 0) continue;
      if (column < width) columnTotals[column]! += count;
      for (const row of rows.places[code] as readonly number[]) {
        rowTotals[row]! += count;
        if (column < width) (cells[row] as number[])[column]! += count;
      }
    }
  }
  return { cells, rowTotals, columnTotals };
}

/**
 * Design effect of each row's share among the known: Σ_c (Σ_{i in c} (y_i − p))² over n·p·(1 − p), c the cases. 1 where the
 * share is 0 or 1, or where every case has one child.
 *
 * @see Kish (1965) Survey Sampling, §8.2; Särndal, Swensson & Wretman (1992), §5.7
 */
function clusterEffects(subject: Subject, crossing: Crossing): Pick<Tally, "effects"> {
  const cases = subject.plan.unit === "child" ? subject.frame.fields.get("case_id") : undefined;
  if (cases === undefined) return {};
  const { units, field, rows, across, columns } = crossing;
  const known = rows.levels.map(({ unknown }) => unknown !== true);
  const knownCode = rows.places.map((places) => places.some((row) => known[row]));
  const columnOf = columnsOf(crossing);
  const byCase = sortedByCode(units, cases);
  const width = (columns?.levels.length ?? 0) + 1;
  const height = rows.levels.length;
  // By column, the last being all: children known, Σm² over cases; by column, then row: Σk, Σk², Σkm.
  const children = new Float64Array(width);
  const sizeSquares = new Float64Array(width);
  const sums = new Float64Array(width * height);
  const squares = new Float64Array(width * height);
  const products = new Float64Array(width * height);
  const inCase = new Int32Array(width * height);
  const sizes = new Int32Array(width);
  const touched: number[] = [];

  const addTo = (column: number, places: readonly number[]): void => {
    sizes[column]!++;
    for (let i = 0; i < places.length; i++) {
      const cell = column * height + (places[i] as number);
      if (inCase[cell]!++ === 0) touched.push(cell);
    }
  };
  const closeCase = (): void => {
    for (let i = 0; i < touched.length; i++) {
      const cell = touched[i] as number;
      const k = inCase[cell] as number;
      sums[cell]! += k;
      squares[cell]! += k * k;
      products[cell]! += k * (sizes[Math.floor(cell / height)] as number);
      inCase[cell] = 0;
    }
    touched.length = 0;
    for (let column = 0; column < width; column++) {
      const m = sizes[column] as number;
      children[column]! += m;
      sizeSquares[column]! += m * m;
      sizes[column] = 0;
    }
  };
  let open = -1;
  for (let at = 0; at < byCase.length; at++) {
    const unit = byCase[at] as number;
    const code = field.codes[unit] as number;
    if (cases.codes[unit] !== open) closeCase();
    open = cases.codes[unit] as number;
    if (!knownCode[code]) continue;
    const places = rows.places[code] as readonly number[];
    if (across !== undefined) addTo(columnOf[across.codes[unit] as number] as number, places);
    addTo(width - 1, places);
  }
  closeCase();

  const effect = (column: number, row: number): number => {
    const n = children[column] as number;
    const cell = column * height + row;
    const p = (sums[cell] as number) / n;
    if (!known[row] || !(p > 0 && p < 1)) return 1;
    const between =
      (squares[cell] as number) -
      2 * p * (products[cell] as number) +
      p * p * (sizeSquares[column] as number);
    return between > 0 ? between / (n * p * (1 - p)) : 1;
  };
  return {
    effects: {
      cells: rows.levels.map((_, row) =>
        Array.from({ length: width - 1 }, (_, column) => effect(column, row)),
      ),
      rowTotals: rows.levels.map((_, row) => effect(width - 1, row)),
    },
  };
}

/** Units with those of one code next to each other: a counting sort, for the order within a code does not matter. */
function sortedByCode(units: Int32Array, { codes, levels }: Field): Int32Array {
  const ends = new Int32Array(levels.length);
  for (const unit of units) ends[codes[unit] as number]!++;
  let sum = 0;
  for (let code = 0; code < ends.length; code++) {
    sum += ends[code] as number;
    ends[code] = sum;
  }
  const sorted = new Int32Array(units.length);
  for (const unit of units) sorted[--ends[codes[unit] as number]!] = unit;
  return sorted;
}
