/**
 * B⁻¹ for a square basis B of which one column is replaced at a time. It begins as the identity: a basis of slacks.
 * Held by columns, so that both solving and replacing run along contiguous memory.
 *
 * @see Dantzig & Orchard-Hays (1954) MTAC 8:64–67, the product form of the inverse
 */
export class InverseBasis {
  readonly #rows: number;
  readonly #inverse: Float64Array;

  constructor(rows: number) {
    this.#rows = rows;
    this.#inverse = new Float64Array(rows * rows);
    this.reset();
  }

  /** Back to the basis of slacks. */
  reset(): void {
    this.#inverse.fill(0);
    for (let row = 0; row < this.#rows; row++) this.#inverse[row * this.#rows + row] = 1;
  }

  /** change −= B⁻¹ e_row: called for each row where a column has a 1, it ends as −B⁻¹ a. */
  subtractSolved(row: number, change: Float64Array): void {
    const rows = this.#rows;
    const inverse = this.#inverse;
    const start = row * rows;
    for (let i = 0; i < rows; i++) change[i] = (change[i] as number) - (inverse[start + i] as number);
  }

  /**
   * Replaces the basis column at `position` by the column a whose −B⁻¹ a is `change`.
   *
   * @param change - not 0 at `position`
   */
  replace(position: number, change: Float64Array): void {
    const rows = this.#rows;
    const inverse = this.#inverse;
    const pivot = change[position] as number;
    for (let start = 0; start < inverse.length; start += rows) {
      const above = inverse[start + position] as number;
      if (above === 0) continue;
      const scaled = -above / pivot;
      for (let i = 0; i < rows; i++) {
        inverse[start + i] = (inverse[start + i] as number) + (change[i] as number) * scaled;
      }
      inverse[start + position] = scaled;
    }
  }
}
