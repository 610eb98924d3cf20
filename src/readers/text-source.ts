import { type InputFile, readAt } from "./input-file.js";
import { Utf16Decoder } from "./utf16.js";
import { decode1252 } from "./windows-1252.js";

export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** A text file from its first character on, as UTF-8 whatever it is on disk. */
export interface TextSource {
  /**
   * Writes the next bytes into `target` from `at` on.
   *
   * @returns how many; 0 at the end
   */
  read(target: Uint8Array, at: number): number;
}

/**
 * @param bomBytes - length of the byte order mark, which is passed over
 * @param chunkBytes - the most that is read from disk at once
 * @param onBytes - told how many bytes of the file have been read
 */
export function openText(
  file: InputFile,
  encoding: TextEncoding,
  bomBytes: number,
  chunkBytes: number,
  onBytes: (done: number) => void,
): TextSource {
  let position = bomBytes;
  const readRaw = (target: Uint8Array, at: number): number => {
    const count = readAt(file, target, at, Math.min(chunkBytes, target.length - at), position);
    position += count;
    onBytes(position);
    return count;
  };
  if (encoding === "utf-8") return { read: readRaw };

  const decoder = encoding === "windows-1252" ? undefined : new Utf16Decoder(encoding === "utf-16be");
  const raw = Buffer.allocUnsafe(chunkBytes);
  let ready: Uint8Array = Buffer.alloc(0);
  return {
    read(target, at) {
      while (ready.length === 0) {
        const count = readRaw(raw, 0);
        if (count === 0) return 0;
        const piece = raw.subarray(0, count);
        ready = decoder === undefined ? decode1252(piece) : decoder.push(piece);
      }
      const count = Math.min(ready.length, target.length - at);
      target.set(ready.subarray(0, count), at);
      ready = ready.subarray(count);
      return count;
    },
  };
}
