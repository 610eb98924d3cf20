import { crossCodes } from "../../frame/field.js";

/** Units of one stratum that are in the same groups: they are alike to every target. */
export interface Cell {
  /** Place of the stratum in the totals. */
  readonly stratum: number;
  /** The groups that its units are in, ascending. */
  readonly groups: readonly number[];
  /** The least and the most that it may give to the sample: units, or expected units. */
  readonly least: number;
  readonly most: number;
}

/** What the sample may be: Σ over a stratum's cells is its total, each cell within its bounds. */
export interface Region {
  /** Strata stand together, in the order of `totals`. */
  readonly cells: readonly Cell[];
  /** n_h */
  readonly totals: readonly number[];
}

/**
 * Puts the units into cells.
 *
 * Every cell keeps a little of its stratum's sample (`least`, an eighth of a unit shared among all cells), so that targets
 * which leave a unit no chance at all count as not attainable. The counts are whole, so what can be met with every cell above 0
 * can, but for groups that cross in many ways, be met with that much.
 *
 * @param strata - strata that give units, Σ_h sampleSize ≥ 1 each
 * @param groups - of each group, 1 for every unit of the frame that is in it
 * @param unitCount - units of the frame
 * @returns `cellOf` by frame unit, −1 for a unit of no stratum
 */
export function targetCells(
  strata: readonly { readonly sampleSize: number; readonly units: Int32Array }[],
  groups: readonly Uint8Array[],
  unitCount: number,
): { readonly region: Region; readonly cellOf: Int32Array } {
  const cells: Cell[] = [];
  const cellOf = new Int32Array(unitCount).fill(-1);
  for (const [stratum, { units }] of strata.entries()) {
    const { codes, firstRows } = crossCodes(
      units.length,
      groups.map((members) => ({
        levels: ["out", "in"],
        codes: units.map((unit) => members[unit] as number),
      })),
    );
    const first = cells.length;
    for (const row of firstRows) {
      const unit = units[row] as number;
      cells.push({
        stratum,
        groups: groups.flatMap((members, group) => (members[unit] === 1 ? [group] : [])),
        least: 0,
        most: 0,
      });
    }
    const sizes = new Int32Array(firstRows.length);
    for (const [row, code] of codes.entries()) {
      sizes[code] = (sizes[code] as number) + 1;
      cellOf[units[row] as number] = first + code;
    }
    for (const [code, size] of sizes.entries()) {
      cells[first + code] = { ...(cells[first + code] as Cell), most: size };
    }
  }
  const least = 1 / (8 * cells.length);
  return {
    region: {
      cells: cells.map((cell) => ({ ...cell, least })),
      totals: strata.map((stratum) => stratum.sampleSize),
    },
    cellOf,
  };
}
