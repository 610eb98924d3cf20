import { zipSync } from "fflate";
import { compareBytes } from "../frame/text.js";

/**
 * A zip archive whose bytes depend on its content alone: entries in byte order of their names, the earliest date that
 * the format can write, one deflate and one level.
 *
 * @param entries - content by name; names with `/` between their parts, none a bare number
 * @example deterministicZip({ "a.xml": Uint8Array.of(60, 62) }).subarray(0, 2) // → [80, 75]; PK, as every zip begins
 */
export function deterministicZip(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const sorted = Object.entries(entries).sort(([a], [b]) => compareBytes(a, b));
  // fflate reads the date by the local clock, so midnight is asked for by the local clock too.
  return zipSync(Object.fromEntries(sorted), { level: 1, mtime: new Date(1980, 0, 1) });
}
