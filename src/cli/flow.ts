/** Characters that may wait to be written before the worker is held. */
const limit = 4 * 1024 * 1024;

/**
 * Holds a worker that writes faster than the reader of a pipe takes, so that its text does not pile up in memory.
 */
export class Flow {
  readonly memory: SharedArrayBuffer;
  readonly #waiting: Int32Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#waiting = new Int32Array(memory);
  }

  /** In the worker, after a text has been sent: waits while too much is on its way. */
  sent(characters: number): void {
    let waiting = Atomics.add(this.#waiting, 0, characters) + characters;
    while (waiting > limit) {
      Atomics.wait(this.#waiting, 0, waiting);
      waiting = Atomics.load(this.#waiting, 0);
    }
  }

  /** On the main thread, once a text has left the process. */
  written(characters: number): void {
    Atomics.sub(this.#waiting, 0, characters);
    Atomics.notify(this.#waiting, 0);
  }
}
