import { createHash } from "node:crypto";

/** Lines that {@link markPlan} and {@link markCsv} end with: every CSV of several columns has commas after the hash. */
const marks = {
  plan: /^# casedraw init: unedited while the SHA-256 of all lines above is ([0-9a-f]{64})\n$/m,
  csv: /^# casedraw init: unedited while the SHA-256 of all lines above is ([0-9a-f]{64}),+\n$/m,
};

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

const markOf = (text: string): string =>
  `# casedraw init: unedited while the SHA-256 of all lines above is ${sha256(text)}`;

/** A text with a last line by which {@link isUnedited} knows whether anybody has changed it since. No clock enters it. */
export function markPlan(text: string): string {
  return `${text}\n${markOf(`${text}\n`)}\n`;
}

/** The same for a CSV: the mark is the first cell of a last record. */
export function markCsv(text: string): string {
  const columns = (text.slice(0, text.indexOf("\n")).match(/,/g) ?? []).length;
  return `${text}${markOf(text)}${",".repeat(columns)}\n`;
}

/** Whether a file is as casedraw init wrote it, to the byte, and of the kind that is to take its place. */
export function isUnedited(text: string, kind: keyof typeof marks): boolean {
  const lastLine = text.lastIndexOf("\n", text.length - 2) + 1;
  const found = marks[kind].exec(text.slice(lastLine));
  return found?.[1] === sha256(text.slice(0, lastLine));
}
