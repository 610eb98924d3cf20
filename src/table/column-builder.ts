import { Int32Builder } from "./int32-builder.js";
import type { Column } from "./table.js";

/** Builds one dictionary-encoded column from its cell texts, row by row; values stand in order of first appearance. */
export class ColumnBuilder {
  readonly #header: string;
  readonly #codes = new Int32Builder();
  readonly #codeOf = new Map<string, number>();

  /** @param header - exactly as the file has it */
  constructor(header: string) {
    this.#header = header;
  }

  /** @param text - the next row's cell, exactly as the file has it; "" is a blank cell */
  add(text: string): void {
    let code = this.#codeOf.get(text);
    if (code === undefined) {
      code = this.#codeOf.size;
      this.#codeOf.set(text, code);
    }
    this.#codes.push(code);
  }

  finish(): Column {
    return { header: this.#header, values: [...this.#codeOf.keys()], codes: this.#codes.finish() };
  }
}
