import { ByteColumn, type EncodedColumn } from "./byte-column.js";
import type { Dialect } from "./dialect.js";
import { readAt } from "./input-file.js";
import { type RecordCounts, scanRecords } from "./record-scanner.js";
import type { TextSource } from "./text-source.js";

/** Rows of a plain text file from one record's first byte to another's last: what a second thread reads. */
export interface TextPart {
  /** The file as the first thread opened it: descriptors are shared by all threads of a process. */
  readonly descriptor: number;
  readonly label: string;
  /** Bytes of the file. */
  readonly from: number;
  readonly to: number;
  /** 1-based line of the first record. */
  readonly firstLine: number;
  /** The most rows that there can be. */
  readonly capacity: number;
  readonly delimiter: Dialect["delimiter"];
  readonly headers: readonly string[];
  /** 0-based positions of the columns to encode. */
  readonly positions: readonly number[];
  readonly bufferBytes: number;
}

/** The rows of a part: its columns by their positions' order, each with a dictionary of its own. */
export interface PartRows {
  readonly columns: readonly EncodedColumn[];
  readonly counts: RecordCounts;
}

/** Reads a part of a file, here or in another thread. */
export type ReadPart = (part: TextPart) => Promise<PartRows>;

/**
 * Reads a part of a plain text file.
 *
 * @throws CasedrawError of `scanRecords`
 */
export function readTextPart(part: TextPart): PartRows {
  const { label, firstLine, capacity, delimiter, headers, positions, bufferBytes } = part;
  const encoders = new Map(positions.map((position) => [position, new ByteColumn(capacity)]));
  // No record of a part is the header, and none stands above it.
  const dialect: Dialect = { delimiter, headers, headerRecord: -1, headerLine: 1, found: 0 };
  const counts = scanRecords(partSource(part), dialect, encoders, { file: label, bufferBytes, firstLine });
  const columns = positions.map((position) =>
    (encoders.get(position) as ByteColumn).encoded(counts.rowNumbers.length),
  );
  return { columns, counts };
}

/** A file's bytes in a range. */
export function partSource(
  { descriptor, label, from, to }: Pick<TextPart, "descriptor" | "label" | "from" | "to">,
  onBytes: (done: number) => void = () => {},
): TextSource {
  let position = from;
  return {
    read(target, at) {
      const count = readAt(
        { descriptor, label },
        target,
        at,
        Math.min(target.length - at, to - position),
        position,
      );
      position += count;
      onBytes(position);
      return count;
    },
  };
}

/** The memory of a part's rows that may be handed from thread to thread without copying. */
export function partMemory({ columns, counts }: PartRows): ArrayBuffer[] {
  const arrays = [
    counts.rowNumbers,
    ...columns.flatMap(({ codes, bytes, bounds, hashes }) => [codes, bytes, bounds, hashes]),
  ];
  return arrays.map((array) => array.buffer as ArrayBuffer);
}
