import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { RegisterClaim } from "./lines.js";

/** The number of the line that was about to be written to a register, if it stands there whole. */
export function standingLine({ file, line }: RegisterClaim): number | undefined {
  if (line === undefined) return undefined;
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return undefined;
  }
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1) return undefined;
    if (createHash("sha256").update(bytes.subarray(start, end)).digest("hex") === line.hash)
      return line.number;
    start = end + 1;
  }
  return undefined;
}
