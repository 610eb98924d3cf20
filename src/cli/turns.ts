/** Whose turn each of some pieces of work is, where two threads may do them: the first to take it. */
export class Turns {
  readonly memory: SharedArrayBuffer;
  readonly #taken: Int32Array;

  /** @param of - how many pieces there are, or the memory of the other thread's turns */
  constructor(of: number | SharedArrayBuffer) {
    this.memory = typeof of === "number" ? new SharedArrayBuffer(of * Int32Array.BYTES_PER_ELEMENT) : of;
    this.#taken = new Int32Array(this.memory);
  }

  /** @returns whether the piece is the caller's to do; then the other thread is told that it is not */
  take(at: number): boolean {
    return Atomics.compareExchange(this.#taken, at, 0, 1) === 0;
  }
}
