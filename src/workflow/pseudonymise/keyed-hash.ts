import { createHmac } from "node:crypto";
import { CasedrawError } from "../../errors.js";

/** Hexadecimal digits of a pseudonym: 80 bits, so that two of a million ids meet in one of about 2 × 10¹² exports. */
export const pseudonymDigits = 20;

/**
 * The pseudonym of one value: `p` and the first 20 hexadecimal digits of HMAC-SHA-256 of the field's name, U+001F and the
 * value as frames hold it. The letter keeps a spreadsheet from taking it for a number.
 *
 * @param key - 32 bytes
 * @param field - ids of two kinds that are written alike get different pseudonyms
 * @see RFC 2104; FIPS 198-1
 */
export function pseudonym(key: Uint8Array, field: string, value: string): string {
  const digest = createHmac("sha256", key).update(`${field}\u001f${value}`, "utf8").digest("hex");
  return `p${digest.slice(0, pseudonymDigits)}`;
}

/** What tells that two copies were made with the same key, and nothing of the key. */
export function keyCheck(key: Uint8Array): string {
  return pseudonym(key, "key", "check");
}

/**
 * What tells from which file a copy was made to who has the key. A plain hash would tell it to everybody who guesses what a small
 * file holds, such as a list with one id.
 *
 * @param sha256 - of the file
 */
export function fileCheck(key: Uint8Array, sha256: string): string {
  return pseudonym(key, "file", sha256);
}

/** Gives pseudonyms, each value's worked out once. */
export class Pseudonyms {
  readonly #make: (field: string, value: string) => string;
  readonly #given = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** @param make - {@link pseudonym} under one key */
  constructor(make: (field: string, value: string) => string) {
    this.#make = make;
  }

  /** @throws CasedrawError `PSEUDONYMS_COLLIDE` where another value has the same one */
  of(field: string, value: string): string {
    const named = `${field}\u001f${value}`;
    const known = this.#given.get(named);
    if (known !== undefined) return known;
    const given = this.#make(field, value);
    if (this.#taken.has(given)) {
      throw new CasedrawError(
        "PSEUDONYMS_COLLIDE",
        `Pseudonyms must tell all ids apart: with this key two of them get the same ${pseudonymDigits} digits. ` +
          "Name another key file, which is made where there is none.",
      );
    }
    this.#taken.add(given);
    this.#given.set(named, given);
    return given;
  }
}
