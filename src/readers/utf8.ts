import { isUtf8 } from "node:buffer";
import { isAssigned1252 } from "./windows-1252.js";

/** Checks UTF-8 piece by piece; a piece may end inside a character. */
export class Utf8Check {
  #pending = Buffer.alloc(0);

  /** @returns whether everything so far is valid, apart from a character that the piece cuts off */
  push(piece: Uint8Array): boolean {
    let rest = piece;
    if (this.#pending.length > 0) {
      const missing = sequenceLength(this.#pending[0] ?? 0) - this.#pending.length;
      const joined = Buffer.concat([this.#pending, piece.subarray(0, missing)]);
      if (piece.length < missing) {
        this.#pending = joined;
        return true;
      }
      if (!isUtf8(joined)) return false;
      this.#pending = Buffer.alloc(0);
      rest = piece.subarray(missing);
    }
    const whole = wholeCharacters(rest);
    this.#pending = Buffer.from(rest.subarray(whole));
    return isUtf8(rest.subarray(0, whole));
  }

  /** @returns whether the text ends with a whole character */
  end(): boolean {
    return this.#pending.length === 0;
  }
}

/** How many of the bytes belong to characters that the piece does not cut off. */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}

/** What a text that is not UTF-8 throughout looks like, byte by byte. */
export class EncodingJudge {
  #line = 1;
  #character = 1;
  /** The sequence that is being read: its bytes so far. */
  #sequence: number[] = [];
  #anyMultiByte = false;
  #anyUnassigned = false;
  #firstInvalid: { readonly line: number; readonly character: number } | undefined;

  push(piece: Iterable<number>): void {
    for (const byte of piece) {
      if (byte >= 0x80 || this.#sequence.length > 0) {
        this.#byte(byte);
      } else if (byte === 10) {
        this.#line++;
        this.#character = 1;
      } else {
        this.#character++;
      }
    }
  }

  /** Call once, at the end. */
  end(): { readonly looksLike1252: boolean; readonly line: number; readonly character: number } {
    if (this.#sequence.length > 0) this.#invalid();
    return {
      looksLike1252: !this.#anyMultiByte && !this.#anyUnassigned,
      line: this.#firstInvalid?.line ?? this.#line,
      character: this.#firstInvalid?.character ?? this.#character,
    };
  }

  #byte(byte: number): void {
    if (!isAssigned1252(byte)) this.#anyUnassigned = true;
    if (this.#sequence.length > 0) {
      const continues = byte >= 0x80 && byte < 0xc0;
      if (continues) {
        this.#sequence.push(byte);
        if (this.#sequence.length < sequenceLength(this.#sequence[0] ?? 0)) return;
        if (isUtf8(Uint8Array.from(this.#sequence))) {
          this.#anyMultiByte = true;
          this.#sequence = [];
          this.#character++;
        } else {
          this.#invalid();
        }
        return;
      }
      this.#invalid();
    }
    if (byte < 0x80) {
      this.push([byte]);
      return;
    }
    this.#sequence = [byte];
    if (byte < 0xc0) this.#invalid();
  }

  #invalid(): void {
    this.#firstInvalid ??= { line: this.#line, character: this.#character };
    this.#character += this.#sequence.length;
    this.#sequence = [];
  }
}
