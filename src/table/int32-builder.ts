/** An `Int32Array` that grows: one number a call, no object a row. */
export class Int32Builder {
  #items = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#items.length) {
      const larger = new Int32Array(this.#items.length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length++] = value;
  }

  /** The numbers in the order in which they came, in an array of exactly their length. */
  finish(): Int32Array {
    return this.#items.slice(0, this.#length);
  }
}
