import { CasedrawError } from "../errors.js";
import type { InputFingerprint, Table, TableNote } from "../table/table.js";
import { ByteColumn } from "./byte-column.js";
import { type Dialect, findDialect } from "./dialect.js";
import { emptyFile } from "./file-kind.js";
import { hashFile, type InputFile, refuseIfChanged } from "./input-file.js";
import { everyHeader, type ReadRequest, soughtHeaders } from "./read-request.js";
import { type RecordCounts, scanRecords } from "./record-scanner.js";
import type { LaneResult } from "./reference-lane.js";
import { type ResolvedColumns, resolveColumns } from "./resolve-columns.js";
import { partSource, type ReadPart } from "./text-part.js";
import { openText, type TextEncoding, type TextSource } from "./text-source.js";
import { surveyText, type TextSurvey } from "./text-survey.js";

/** Which reader gives the table; "plain" is our own by bytes, "reference" csv-parse behind a scan. */
export type TextLane = "plain" | "reference";

export interface TextOptions {
  /** Reads the second half of a large plain text at the same time as the first, where it is given. */
  readonly readPart?: ReadPart;
  /** The rest is for tests, which hold the lanes against each other at every chunk size. */
  readonly lane?: TextLane;
  readonly chunkBytes?: number;
  readonly halveFromBytes?: number;
}

/** From here on the plain lane is worth its while. */
const PLAIN_FROM_BYTES = 256 << 10;
const CHUNK_BYTES = 1 << 20;
/** From here on two threads are worth their while. */
const HALVE_FROM_BYTES = 4 << 20;

const encodingNames: Readonly<Record<TextEncoding, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16 (little-endian)",
  "utf-16be": "UTF-16 (big-endian)",
  "windows-1252": "Windows-1252",
};

/**
 * Reads a delimited text file: UTF-8, UTF-16 with its mark or Windows-1252; comma, semicolon, tab or bar; its header within the
 * first 20 records. Blank records are passed over and counted, so are rows above the header.
 *
 * @throws CasedrawError for everything that {@link surveyText}, {@link resolveColumns} and {@link scanRecords} refuse, and
 * `SHEET_NOT_FOUND`, `FILE_CHANGED`
 */
export async function readText(
  file: InputFile,
  request: ReadRequest,
  options: TextOptions = {},
): Promise<{ table: Table; fingerprint: InputFingerprint }> {
  if (request.sheet !== undefined) {
    throw new CasedrawError(
      "SHEET_NOT_FOUND",
      `No such sheet: a text file has no sheets, got sheet "${request.sheet}" (${file.label}). Remove the sheet from the plan.`,
      { file: file.label, sheet: request.sheet },
    );
  }
  const chunkBytes = options.chunkBytes ?? CHUNK_BYTES;
  const progress = (done: number) => request.onProgress?.(done, 2 * file.size);
  const survey = surveyText(file, chunkBytes, progress);
  const open = (onBytes: (done: number) => void = () => {}): TextSource =>
    openText(file, survey.encoding, survey.bomBytes, chunkBytes, onBytes);

  const dialect = findDialect(open, file.path, everyHeader(soughtHeaders(request)));
  if (dialect === undefined) throw emptyFile(file.label);
  const columns = settleColumns(file, request, dialect, open(), chunkBytes);

  const onBytes = (done: number) => progress(file.size + done);
  let sha256: string | undefined;
  const hash = (): string => {
    sha256 ??= hashFile(file, () => {});
    return sha256;
  };
  const plain = survey.encoding === "utf-8" && dialect.headerRecord === 0 && file.size >= PLAIN_FROM_BYTES;
  const lane = options.lane ?? (plain ? "plain" : "reference");
  const result =
    lane === "plain"
      ? await readPlain({
          options,
          file,
          open: () => open(onBytes),
          dialect,
          positions: columns.positions,
          survey,
          bufferBytes: chunkBytes,
          onBytes,
          meanwhile: hash,
        })
      : await readChecked(open(), open(onBytes), dialect, columns.positions, file.label, chunkBytes);
  refuseUnlessWhole(result.counts, survey);
  const fingerprint = { bytes: file.size, sha256: hash() };
  refuseIfChanged(file);
  return {
    table: {
      file: file.label,
      rowCount: result.counts.rowNumbers.length,
      headerRow: dialect.headerLine,
      headers: columns.headers,
      columns: result.columns.map((column, i) => ({
        ...column,
        header: columns.headers[columns.positions[i] ?? -1] ?? "",
      })),
      rowNumbers: result.counts.rowNumbers,
      notes: notesOf(result.counts, survey, file.label),
    },
    fingerprint,
  };
}

function settleColumns(
  file: InputFile,
  request: ReadRequest,
  dialect: Dialect,
  source: TextSource,
  bufferBytes: number,
): ResolvedColumns {
  try {
    return resolveColumns(dialect.headers, soughtHeaders(request), {
      file: file.label,
      row: dialect.headerLine,
    });
  } catch (error) {
    // A header that does not fit may come of a malformed file, and then that is what to say.
    const everyWidth = { ...dialect, headerRecord: Number.POSITIVE_INFINITY };
    scanRecords(source, everyWidth, new Map(), { file: file.label, bufferBytes });
    throw error;
  }
}

/** Reads all rows; the second half at the same time, where there is someone to read it and it is worth while. */
async function readPlain(context: {
  readonly file: InputFile;
  readonly open: () => TextSource;
  readonly options: TextOptions;
  readonly dialect: Dialect;
  readonly positions: readonly number[];
  readonly survey: TextSurvey;
  readonly bufferBytes: number;
  readonly onBytes: (done: number) => void;
  /** What can be done while the second half is still being read. */
  readonly meanwhile: () => unknown;
}): Promise<LaneResult> {
  const { file, dialect, positions, survey, bufferBytes, onBytes } = context;
  const { descriptor, label, size } = file;
  const { readPart, halveFromBytes = HALVE_FROM_BYTES } = context.options;
  const halved = readPart !== undefined && size >= halveFromBytes && dialect.headerRecord === 0;
  const parting = halved ? survey.parting : undefined;
  // The most rows that there can be: exactly as many where no record is blank and no line feed is quoted.
  const capacity = survey.lineFeeds + (survey.endsOpen ? 1 : 0) - 1;
  const end = parting?.at ?? size;
  const { delimiter, headers } = dialect;
  const rest =
    parting === undefined
      ? undefined
      : readPart?.({
          descriptor,
          label,
          from: end,
          to: size,
          firstLine: parting.lineFeeds + 1,
          capacity: survey.lineFeeds - parting.lineFeeds + (survey.endsOpen ? 1 : 0),
          delimiter,
          headers,
          positions,
          bufferBytes,
        });
  rest?.catch(() => {}); // told below, after what is wrong in the first part
  const encoders = new Map(positions.map((position) => [position, new ByteColumn(capacity)]));
  const source =
    parting === undefined
      ? context.open()
      : partSource({ descriptor, label, from: survey.bomBytes, to: end }, (done) =>
          onBytes(Math.round((done / end) * size)),
        );
  let counts = scanRecords(source, dialect, encoders, { file: label, bufferBytes });
  context.meanwhile();
  const second = await rest;
  const rowsBefore = counts.rowNumbers.length;
  if (second !== undefined) counts = addCounts(counts, second.counts);
  const columns = positions.map((position, at) => {
    const encoder = encoders.get(position) as ByteColumn;
    const more = second?.columns[at];
    if (more !== undefined) encoder.append(more, rowsBefore);
    const { codes, values } = encoder.finish(counts.rowNumbers.length);
    // Given up one by one: at millions of rows the bytes of every column beside its texts would double the memory.
    encoders.delete(position);
    return { header: headers[position] ?? "", values, codes };
  });
  return { columns, counts };
}

function addCounts(first: RecordCounts, second: RecordCounts): RecordCounts {
  const rowNumbers = new Int32Array(first.rowNumbers.length + second.rowNumbers.length);
  rowNumbers.set(first.rowNumbers);
  rowNumbers.set(second.rowNumbers, first.rowNumbers.length);
  return {
    rowNumbers,
    blankRecords: first.blankRecords + second.blankRecords,
    preambleRecords: first.preambleRecords,
    quotedLineFeeds: first.quotedLineFeeds + second.quotedLineFeeds,
  };
}

async function readChecked(
  first: TextSource,
  second: TextSource,
  dialect: Dialect,
  positions: readonly number[],
  file: string,
  chunkBytes: number,
): Promise<LaneResult> {
  const scanned = scanRecords(first, dialect, new Map(), { file, bufferBytes: chunkBytes });
  const { readByReference } = await import("./reference-lane.js");
  const result = await readByReference(second, dialect, positions, chunkBytes);
  const { counts } = result;
  const same =
    counts.blankRecords === scanned.blankRecords &&
    counts.preambleRecords === scanned.preambleRecords &&
    counts.quotedLineFeeds === scanned.quotedLineFeeds &&
    Buffer.from(counts.rowNumbers.buffer).equals(Buffer.from(scanned.rowNumbers.buffer));
  if (!same) throw new Error("the reference reader and the scan count different records");
  return result;
}

/** Every record ends in one line feed, so a lane that loses or makes up a record cannot add up. */
export function refuseUnlessWhole(counts: RecordCounts, survey: TextSurvey): void {
  const records = 1 + counts.rowNumbers.length + counts.blankRecords + counts.preambleRecords;
  const recordEnds = survey.lineFeeds - counts.quotedLineFeeds + (survey.endsOpen ? 1 : 0);
  if (records !== recordEnds) throw new Error(`${records} records were read, the text has ${recordEnds}`);
}

function notesOf(counts: RecordCounts, survey: TextSurvey, file: string): TableNote[] {
  const notes: TableNote[] = [];
  const { blankRecords, preambleRecords } = counts;
  if (survey.encoding !== "utf-8") {
    notes.push({ code: "encoding", count: 1, text: `Read as ${encodingNames[survey.encoding]} (${file}).` });
  }
  if (preambleRecords > 0) {
    const text = `Rows above the header passed over: ${preambleRecords} (${file}).`;
    notes.push({ code: "preamble", count: preambleRecords, text });
  }
  if (blankRecords > 0) {
    const text = `Blank rows passed over: ${blankRecords} (${file}).`;
    notes.push({ code: "blank-records", count: blankRecords, text });
  }
  return notes;
}
