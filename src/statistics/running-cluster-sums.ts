/**
 * Σ over clusters of U_c·V_c, where U, V … are what clusters have added to estimates up to a time, carried along that time.
 * Each case at risk pays at every step. Were every cluster charged then, a step would cost as much as there are clusters at
 * risk; instead U_c = own_c − held_c·paid, where paid grows once for all, and only the sums of own·own, held·own and
 * held·held are kept.
 *
 * @remarks O(1) for each case that comes, gains or goes, and for each step.
 */
export class RunningClusterSums {
  readonly #estimates: number;
  /** Cases at risk of each cluster. */
  readonly #held: Int32Array;
  /** By cluster, then estimate. */
  readonly #own: Float64Array;
  readonly #paid: Float64Array;
  readonly #ownByOwn: Float64Array;
  readonly #heldByOwn: Float64Array;
  #heldByHeld = 0;

  constructor(clusters: number, estimates: number) {
    this.#estimates = estimates;
    this.#held = new Int32Array(clusters);
    this.#own = new Float64Array(clusters * estimates);
    this.#paid = new Float64Array(estimates);
    this.#ownByOwn = new Float64Array(estimates * estimates);
    this.#heldByOwn = new Float64Array(estimates);
  }

  /** A case of a cluster comes to be at risk (1), or is so no longer (−1). */
  move(cluster: number, by: 1 | -1): void {
    this.#count(cluster, -1);
    this.#held[cluster]! += by;
    for (let of = 0; of < this.#estimates; of++)
      this.#own[cluster * this.#estimates + of]! += by * (this.#paid[of] as number);
    this.#count(cluster, 1);
  }

  /** @param amounts - by estimate */
  gain(cluster: number, amounts: ArrayLike<number>): void {
    this.#count(cluster, -1);
    for (let of = 0; of < this.#estimates; of++)
      this.#own[cluster * this.#estimates + of]! += amounts[of] as number;
    this.#count(cluster, 1);
  }

  /** Charges every case at risk. @param amounts - by estimate */
  charge(amounts: ArrayLike<number>): void {
    for (let of = 0; of < this.#estimates; of++) this.#paid[of]! += amounts[of] as number;
  }

  /** Σ_c U_c·V_c for two estimates, or the same twice. */
  sum(one: number, other: number): number {
    const [paid, paidOther] = [this.#paid[one] as number, this.#paid[other] as number];
    return (
      (this.#ownByOwn[one * this.#estimates + other] as number) -
      paid * (this.#heldByOwn[other] as number) -
      paidOther * (this.#heldByOwn[one] as number) +
      paid * paidOther * this.#heldByHeld
    );
  }

  /** Puts a cluster into the sums, or takes it out of them before it changes. */
  #count(cluster: number, sign: 1 | -1): void {
    const first = cluster * this.#estimates;
    const held = sign * (this.#held[cluster] as number);
    this.#heldByHeld += held * (this.#held[cluster] as number);
    for (let one = 0; one < this.#estimates; one++) {
      const own = this.#own[first + one] as number;
      this.#heldByOwn[one]! += held * own;
      for (let other = 0; other < this.#estimates; other++)
        this.#ownByOwn[one * this.#estimates + other]! += sign * own * (this.#own[first + other] as number);
    }
  }
}
