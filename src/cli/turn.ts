/** Whose turn a piece of work is, where two threads may do it: the first to take it. */
export class Turn {
  readonly memory: SharedArrayBuffer;
  readonly #taken: Int32Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#taken = new Int32Array(memory);
  }

  /** @returns whether the work is the caller's to do; then the other thread is told that it is not */
  take(): boolean {
    return Atomics.compareExchange(this.#taken, 0, 0, 1) === 0;
  }
}
