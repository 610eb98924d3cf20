import type { GroupIndex } from "./groups.js";

/** How many draws gave each count: entry `c` is the number of draws with `c` units of a group. */
export type CountFrequencies = readonly number[];

/** Counts each group in one draw after another. It keeps frequencies, so that its size does not grow with the draws. */
export class CountTally {
  readonly frequencies: readonly number[][];
  readonly #index: GroupIndex;
  readonly #now: Int32Array;

  constructor(index: GroupIndex) {
    this.#index = index;
    this.frequencies = index.list.map(() => []);
    this.#now = new Int32Array(index.list.length);
  }

  /** @param units - of the frame, those of one draw */
  add(units: ArrayLike<number>): void {
    const { starts, groups } = this.#index;
    const now = this.#now.fill(0);
    for (let i = 0; i < units.length; i++) {
      const unit = units[i] as number;
      for (let at = starts[unit] as number; at < (starts[unit + 1] as number); at++) {
        const group = groups[at] as number;
        now[group] = (now[group] as number) + 1;
      }
    }
    for (const [group, count] of now.entries()) {
      const frequencies = this.frequencies[group] as number[];
      while (frequencies.length <= count) frequencies.push(0);
      frequencies[count] = (frequencies[count] as number) + 1;
    }
  }
}
