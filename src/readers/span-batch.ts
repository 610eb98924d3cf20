import type { ByteColumn, ValueSpans } from "./byte-column.js";

const BATCH_ROWS = 1024;

/**
 * Gathers where the values of some rows stand, row by row, and has them encoded column by column: so only one column's table is
 * at work at a time, and it stays in the processor's cache.
 */
export class SpanBatch {
  /** The spans to fill for the field at each position; undefined where the column is not encoded. */
  readonly fields: readonly (ValueSpans | undefined)[];
  /** Rows gathered and not yet encoded. */
  rows = 0;
  readonly #columns: readonly (readonly [column: ByteColumn, spans: ValueSpans])[];
  #encoded = 0;

  /**
   * @param columns - by their 0-based positions
   * @param width - the number of fields
   */
  constructor(columns: ReadonlyMap<number, ByteColumn>, width: number) {
    const fields = new Array<ValueSpans | undefined>(width).fill(undefined);
    this.#columns = [...columns].map(([position, column]) => {
      const spans: ValueSpans = {
        starts: new Int32Array(BATCH_ROWS),
        ends: new Int32Array(BATCH_ROWS),
        hashes: new Int32Array(BATCH_ROWS),
      };
      fields[position] = spans;
      return [column, spans];
    });
    this.fields = fields;
  }

  get full(): boolean {
    return this.rows === BATCH_ROWS;
  }

  /** Encodes what has been gathered; `buffer` still holds its bytes. */
  encode(buffer: Buffer): void {
    if (this.rows === 0) return;
    for (const [column, spans] of this.#columns) column.encode(buffer, spans, this.rows, this.#encoded);
    this.#encoded += this.rows;
    this.rows = 0;
  }
}
