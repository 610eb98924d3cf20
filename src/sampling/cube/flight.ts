import { InverseBasis } from "./basis.js";

/** 0/1 columns in sparse rows: unit `i` has a 1 in columns[starts[i] … starts[i + 1]), each column once. */
export interface IndicatorRows {
  /** How many columns there are; they are numbered from 0, the most important first. */
  readonly count: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
}

/** Values this near 0 or 1 are 0 or 1, and directions this near 0 are 0: rounding errors stay far below. */
const snapDistance = 1e-9;

/**
 * B⁻¹ is made anew after this many replacements, before their rounding errors add up: on 50,000 units and 49 columns the
 * sums then moved by 4e-9 in all, after 1,000 by 1e-7, for little time saved.
 */
const replacementsKept = 250;

/**
 * A walk of the inclusion probabilities towards 0 and 1 that keeps every constraint and, step by step, every expectation.
 *
 * The constraints are one size row for each stratum and one row for each indicator column: Σ value_k·a_k stays as it is.
 * As in the bounded simplex method the basis holds one column a row, at first its slack; units enter one by one. When
 * a unit's value changes by one, the values in the basis change by −B⁻¹ a_k. The unit moves along that line to one of its
 * two ends, by a random number that leaves the expectation where it is; what reaches 0 or 1 is settled. A slack, or a
 * unit of the basis that is settled, must not move: where the line would move it, it leaves the basis for the newcomer
 * and nothing moves. So linearly dependent rows are harmless: their slacks just stay. Of several that could leave, the
 * one with the largest pivot does, for accuracy only: the undecided units have a single direction in which to move.
 *
 * @see Deville & Tillé (2004) Biometrika 91:893–912, §4; Chauvet & Tillé (2006) Comput Stat 21:53–62
 */
export class Flight {
  readonly #values: Float64Array;
  readonly #strata: Int32Array;
  readonly #sizeRows: Int32Array;
  readonly #indicators: IndicatorRows;
  readonly #firstIndicatorRow: number;
  readonly #next: () => number;
  readonly #inverse: InverseBasis;
  /** What holds each position of the basis: a unit, or the slack of a row as −1 − row. */
  readonly #basis: Int32Array;
  /** Rows that no longer bind, so that their slacks may move. */
  readonly #free: Uint8Array;
  /** How each position of the basis changes while the newcomer grows by one. */
  readonly #change: Float64Array;
  #replacements = 0;

  /**
   * @param options.values - a value for each unit, changed in place
   * @param options.strata - stratum code of each unit
   * @param options.sizeRows - the size row of each stratum code
   * @param options.sizeRowCount - how many size rows there are; the indicators' rows follow them
   * @param options.next - gives a number at least 0 and below 1; called once for every step that moves
   */
  constructor(options: {
    readonly values: Float64Array;
    readonly strata: Int32Array;
    readonly sizeRows: Int32Array;
    readonly sizeRowCount: number;
    readonly indicators: IndicatorRows;
    readonly next: () => number;
  }) {
    const rows = options.sizeRowCount + options.indicators.count;
    this.#values = options.values;
    this.#strata = options.strata;
    this.#sizeRows = options.sizeRows;
    this.#indicators = options.indicators;
    this.#firstIndicatorRow = options.sizeRowCount;
    this.#next = options.next;
    this.#inverse = new InverseBasis(rows);
    this.#basis = Int32Array.from({ length: rows }, (_, row) => -1 - row);
    this.#free = new Uint8Array(rows);
    this.#change = new Float64Array(rows);
  }

  /** Takes a unit that is not settled into the flight: afterwards it is settled or in the basis. */
  enter(unit: number): void {
    this.#enterOnce(unit);
    if (this.#replacements >= replacementsKept) this.#renew();
  }

  /**
   * Lets go of an indicator's constraint, which gives the units in the basis one more direction to move in: its slack
   * enters like a unit without bounds. Once no indicator is left, each stratum has at most one unit that is not settled.
   */
  release(column: number): void {
    const row = this.#firstIndicatorRow + column;
    this.#free[row] = 1;
    if (this.#basis.includes(-1 - row)) return;
    this.#change.fill(0);
    this.#inverse.subtractSolved(row, this.#change);
    this.#move(-1 - row);
  }

  #enterOnce(unit: number): void {
    const { starts, columns } = this.#indicators;
    const change = this.#change.fill(0);
    this.#inverse.subtractSolved(this.#sizeRows[this.#strata[unit] as number] as number, change);
    for (let at = starts[unit] as number; at < (starts[unit + 1] as number); at++) {
      this.#inverse.subtractSolved(this.#firstIndicatorRow + (columns[at] as number), change);
    }
    this.#move(unit);
  }

  /** Moves along `change` as far as the bounds allow, up or down, then puts the newcomer into the basis if it has to be. */
  #move(newcomer: number): void {
    const values = this.#values;
    const basis = this.#basis;
    const change = this.#change;
    let up = newcomer < 0 ? Number.POSITIVE_INFINITY : 1 - (values[newcomer] as number);
    let down = newcomer < 0 ? Number.POSITIVE_INFINITY : (values[newcomer] as number);
    let blocking = -1;
    let pivot = 0;
    for (let i = 0; i < basis.length; i++) {
      const speed = change[i] as number;
      const size = speed < 0 ? -speed : speed;
      if (size < snapDistance) {
        change[i] = 0;
        continue;
      }
      const holder = basis[i] as number;
      if (holder < 0 && this.#free[-1 - holder] === 1) continue;
      const value = holder < 0 ? 0 : (values[holder] as number);
      if (value === 0 || value === 1) {
        if (size > pivot) {
          pivot = size;
          blocking = i;
        }
        continue;
      }
      const ahead = speed > 0 ? 1 - value : value;
      const behind = speed > 0 ? value : 1 - value;
      if (ahead < up * size) up = ahead / size;
      if (behind < down * size) down = behind / size;
    }
    if (blocking >= 0) {
      this.#replace(blocking, newcomer);
      return;
    }
    // Deville & Tillé (2004), step 2: the chances are such that the expected step is zero.
    const step = this.#next() * (up + down) < down ? up : -down;
    const leaving = this.#step(step);
    if (newcomer >= 0) values[newcomer] = snapped((values[newcomer] as number) + step);
    if (newcomer < 0 || !isSettled(values[newcomer] as number)) this.#replace(leaving, newcomer);
  }

  /** Moves the units of the basis, and says which position has been settled with the largest pivot. */
  #step(step: number): number {
    let leaving = -1;
    let pivot = 0;
    for (let i = 0; i < this.#basis.length; i++) {
      const speed = this.#change[i] as number;
      const unit = this.#basis[i] as number;
      if (speed === 0 || unit < 0) continue;
      const value = snapped((this.#values[unit] as number) + step * speed);
      this.#values[unit] = value;
      const size = speed < 0 ? -speed : speed;
      if (isSettled(value) && size > pivot) {
        pivot = size;
        leaving = i;
      }
    }
    return leaving;
  }

  #replace(position: number, newcomer: number): void {
    this.#inverse.replace(position, this.#change);
    this.#basis[position] = newcomer;
    this.#replacements++;
  }

  /** Starts again from slacks with the units of the basis that are not settled: the same constraints without the errors. */
  #renew(): void {
    const units = this.#basis.filter((unit) => unit >= 0 && !isSettled(this.#values[unit] as number));
    this.#inverse.reset();
    for (let row = 0; row < this.#basis.length; row++) this.#basis[row] = -1 - row;
    for (const unit of units) this.#enterOnce(unit);
    this.#replacements = 0;
  }
}

/** Whether a value is 0 or 1, where it stays. */
export function isSettled(value: number): boolean {
  return value === 0 || value === 1;
}

/** A value, or the bound that it is only a rounding error away from. */
export function snapped(value: number): number {
  return value < snapDistance ? 0 : value > 1 - snapDistance ? 1 : value;
}
