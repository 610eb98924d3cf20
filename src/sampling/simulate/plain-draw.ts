/** Units from which so many are drawn, each set of them as likely as any other. */
export interface Pool {
  readonly units: Int32Array;
  /** At most as many as there are units. */
  readonly sampleSize: number;
}

/**
 * Simple random draws from one pool or several, one after another: fast, and without tickets.
 *
 * @see Fisher & Yates (1938), in Durstenfeld's form (1964, CACM algorithm 235), stopped once enough are drawn
 */
export class PlainDraw {
  readonly #pools: readonly Pool[];
  readonly #drawn: Int32Array;
  readonly #swapped: Int32Array;

  constructor(pools: readonly Pool[]) {
    this.#pools = pools.map(({ units, sampleSize }) => ({ units: units.slice(), sampleSize }));
    const size = pools.reduce((sum, { sampleSize }) => sum + sampleSize, 0);
    this.#drawn = new Int32Array(size);
    this.#swapped = new Int32Array(size);
  }

  /**
   * @param next - gives a number at least 0 and below 1; called once for every unit drawn
   * @returns the drawn units, valid until the next run
   */
  run(next: () => number): Int32Array {
    let at = 0;
    for (const { units, sampleSize } of this.#pools) {
      const from = at;
      for (let i = 0; i < sampleSize; i++, at++) {
        const place = i + Math.floor(next() * (units.length - i));
        const unit = units[place] as number;
        units[place] = units[i] as number;
        units[i] = unit;
        this.#drawn[at] = unit;
        this.#swapped[at] = place;
      }
      // Every draw starts from the same order, so that each can be repeated alone.
      for (let i = sampleSize - 1; i >= 0; i--) {
        const place = this.#swapped[from + i] as number;
        const unit = units[i] as number;
        units[i] = units[place] as number;
        units[place] = unit;
      }
    }
    return this.#drawn;
  }
}
