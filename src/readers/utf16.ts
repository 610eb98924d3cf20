/** Where a UTF-16 text breaks its rules. */
export interface Utf16Fault {
  readonly kind: "surrogate" | "odd length" | "nul";
  /** 1-based line and character. */
  readonly line: number;
  readonly character: number;
}

/** Turns UTF-16 into UTF-8 piece by piece; a piece may end inside a character. */
export class Utf16Decoder {
  readonly #bigEndian: boolean;
  #pending = Buffer.alloc(0);
  #line = 1;
  #character = 1;
  fault: Utf16Fault | undefined;

  constructor(bigEndian: boolean) {
    this.#bigEndian = bigEndian;
  }

  /** @returns the UTF-8 bytes of every character that is whole; nothing more after a fault */
  push(piece: Uint8Array): Buffer {
    const bytes = Buffer.concat([this.#pending, piece]);
    let whole = bytes.length & ~1;
    if (whole > 0 && isHighSurrogate(this.#unit(bytes, whole - 2))) whole -= 2;
    this.#pending = Buffer.from(bytes.subarray(whole));
    const units = bytes.subarray(0, whole);
    const fault = this.#firstFault(units);
    if (fault !== undefined) this.#fail(fault);
    return Buffer.from((this.#bigEndian ? units.swap16() : units).toString("utf16le"), "utf8");
  }

  /** Call once at the end of the text: what is left over is a fault. */
  end(): void {
    if (this.#pending.length > 0) {
      this.#fail(this.#pending.length === 1 ? "odd length" : "surrogate");
    }
  }

  #unit(bytes: Buffer, at: number): number {
    return this.#bigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at);
  }

  #firstFault(units: Buffer): Utf16Fault["kind"] | undefined {
    for (let at = 0; at < units.length; at += 2) {
      const unit = this.#unit(units, at);
      if (unit === 0) return "nul";
      if (isLowSurrogate(unit)) return "surrogate";
      if (isHighSurrogate(unit)) {
        if (!isLowSurrogate(this.#unit(units, at + 2))) return "surrogate";
        at += 2;
      }
      if (unit === 10) {
        this.#line++;
        this.#character = 1;
      } else {
        this.#character++;
      }
    }
    return undefined;
  }

  #fail(kind: Utf16Fault["kind"]): void {
    this.fault ??= { kind, line: this.#line, character: this.#character };
  }
}

function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

function isLowSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}
