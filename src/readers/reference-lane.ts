import { parse } from "csv-parse";
import { ColumnBuilder } from "../table/column-builder.js";
import { Int32Builder } from "../table/int32-builder.js";
import type { Column } from "../table/table.js";
import type { Dialect } from "./dialect.js";
import type { RecordCounts } from "./record-scanner.js";
import type { TextSource } from "./text-source.js";

/** A text file's records as one lane has read them. */
export interface LaneResult {
  readonly columns: readonly Column[];
  readonly counts: RecordCounts;
}

/**
 * Reads a text file with csv-parse. It is strict by itself: what the record scan refuses, this refuses too, so that the two can
 * be held against each other. It comes after the scan, which says where a file is malformed; a refusal here is casedraw's fault.
 *
 * @param positions - of the columns to encode, ascending
 */
export async function readByReference(
  source: TextSource,
  dialect: Dialect,
  positions: readonly number[],
  chunkBytes: number,
): Promise<LaneResult> {
  const { headers, headerRecord } = dialect;
  const builders = positions.map((position) => new ColumnBuilder(headers[position] ?? ""));
  const rowNumbers = new Int32Builder();
  let blankRecords = 0;
  let preambleRecords = 0;
  let quotedLineFeeds = 0;
  let record = 0;

  const take = (cells: readonly string[]): null => {
    const line = record + quotedLineFeeds + 1;
    for (const cell of cells) quotedLineFeeds += countLineFeeds(cell);
    if (cells.every((cell) => cell === "")) {
      blankRecords++;
    } else if (record < headerRecord) {
      preambleRecords++;
    } else if (cells.length !== headers.length) {
      throw new Error(`line ${line} has ${cells.length} values and not ${headers.length}`);
    } else if (record > headerRecord) {
      rowNumbers.push(line);
      positions.forEach((position, i) => {
        builders[i]?.add(cells[position] ?? "");
      });
    } else if (cells.some((cell, i) => cell !== headers[i])) {
      throw new Error("the header reads otherwise");
    }
    record++;
    return null;
  };

  const parser = parse({
    delimiter: dialect.delimiter,
    // A lone carriage return splits a record, and then the records no longer add up to the line feeds.
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    bom: false,
    on_record: take,
  });
  await new Promise<void>((resolve, reject) => {
    parser.on("error", reject);
    parser.on("end", resolve);
    parser.resume();
    let last: number | undefined;
    for (;;) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const count = source.read(chunk, 0);
      if (count === 0) break;
      last = chunk[count - 1];
      parser.write(chunk.subarray(0, count));
    }
    if (last === 13) reject(new Error("the text ends in a carriage return"));
    parser.end();
  }).catch((error: unknown) => {
    throw disagreement(error);
  });
  return {
    columns: builders.map((builder) => builder.finish()),
    counts: { rowNumbers: rowNumbers.finish(), blankRecords, preambleRecords, quotedLineFeeds },
  };
}

/** csv-parse puts cells into its messages, and a cell may be a child's: only its code is passed on. */
function disagreement(error: unknown): Error {
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  const reason = code ?? (error instanceof Error ? error.message : "unknown");
  return new Error(`the reference reader refuses what the scan accepted: ${reason}`);
}

function countLineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
