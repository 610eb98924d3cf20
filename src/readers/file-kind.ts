import { extname } from "node:path";
import { CasedrawError } from "../errors.js";
import { type InputFile, readAt, readChunks } from "./input-file.js";

/**
 * What a file is by its first bytes, whatever its name says. "zip" may be a workbook: its entries tell. "encrypted" is
 * what Office makes of one under a password.
 */
export type FileKind = "text" | "zip" | "parquet" | "encrypted";

/** A kind that casedraw reads, once its content is known. */
export type ReadableKind = "text" | "workbook" | "parquet";

const kindNames = {
  text: "a text file (CSV)",
  workbook: "an Excel workbook (.xlsx)",
  parquet: "a Parquet file",
} as const;

const extensions: Readonly<Record<string, ReadableKind | "other">> = {
  ".csv": "text",
  ".tsv": "text",
  ".tab": "text",
  ".txt": "text",
  ".xlsx": "workbook",
  ".xlsm": "workbook",
  ".parquet": "parquet",
  ".xls": "other",
  ".xlsb": "other",
  ".ods": "other",
  ".zip": "other",
  ".gz": "other",
};

/** First bytes in hexadecimal → the compression. */
const compressions: readonly (readonly [magic: string, name: string])[] = [
  ["1f8b", "gzip"],
  ["425a68", "bzip2"],
  ["fd377a585a00", "xz"],
  ["28b52ffd", "zstd"],
];

/**
 * Tells what a file is from its bytes.
 *
 * @throws CasedrawError `EMPTY_FILE`, `COMPRESSED_FILE`, `WORKBOOK_LEGACY`, `PARQUET_ENCRYPTED`
 */
export function detectKind(file: InputFile): FileKind {
  if (file.size === 0) throw emptyFile(file.label);
  const head = Buffer.alloc(8);
  readAt(file, head, 0, head.length, 0);
  const magic = head.toString("hex");
  if (magic.startsWith("504b0304") || magic.startsWith("504b0506")) return "zip";
  if (magic === "d0cf11e0a1b11ae1") {
    if (isEncrypted(file)) return "encrypted";
    throw new CasedrawError(
      "WORKBOOK_LEGACY",
      `Old Excel format: casedraw reads .xlsx, got .xls (${file.label}). Open it in Excel and save it as .xlsx.`,
      { file: file.label },
    );
  }
  for (const [start, name] of compressions) {
    // bzip2 starts with letters that a header could start with; its block mark settles it.
    if (magic.startsWith(start) && (name !== "bzip2" || magic.startsWith("314159", 8))) {
      throw new CasedrawError(
        "COMPRESSED_FILE",
        `Compressed file: casedraw unpacks nothing by itself, got ${name} (${file.label}). Unpack it and name the file inside.`,
        { file: file.label, compression: name },
      );
    }
  }
  // Thrift's first byte after the mark tells Parquet from a text that happens to start with these letters.
  if (magic.startsWith("5041523115")) return "parquet";
  if (magic.startsWith("5041524515")) {
    throw new CasedrawError(
      "PARQUET_ENCRYPTED",
      `Encrypted Parquet file: casedraw reads only unencrypted ones (${file.label}). Ask for an unencrypted export.`,
      { file: file.label },
    );
  }
  return "text";
}

/**
 * Refuses a file whose name promises another kind than its content has: someone may be mistaken about what they sent.
 *
 * @throws CasedrawError `EXTENSION_MISLEADS`
 */
export function refuseDecoy(file: InputFile, kind: ReadableKind): void {
  const extension = extname(file.path).toLowerCase();
  const promised = extensions[extension];
  if (promised === undefined || promised === kind) return;
  throw new CasedrawError(
    "EXTENSION_MISLEADS",
    `File name misleads: named ${extension}, but the content is ${kindNames[kind]} (${file.label}). ` +
      `Make sure that it is the right file and rename it.`,
    { file: file.label, extension, content: kind },
  );
}

export function emptyFile(label: string): CasedrawError {
  return new CasedrawError(
    "EMPTY_FILE",
    `Empty file: an export needs at least a header row, within its first 20 rows (${label}). Ask for the export again.`,
    { file: label },
  );
}

/** OLE containers are old .xls workbooks or password-protected .xlsx ones; a stream's name tells which. */
function isEncrypted(file: InputFile): boolean {
  const mark = Buffer.from("EncryptedPackage", "utf16le");
  let before = Buffer.alloc(0);
  for (const chunk of readChunks(file, 4 << 20)) {
    const joined = Buffer.concat([before, chunk]);
    if (joined.includes(mark)) return true;
    before = joined.subarray(Math.max(0, joined.length - mark.length));
  }
  return false;
}
