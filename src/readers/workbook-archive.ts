import { pipeline, Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from "yauzl";
import { CasedrawError } from "../errors.js";
import { type InputFile, type MemoryFile, readAt } from "./input-file.js";

/** The parts of a workbook. Their names are only looked up, never taken as paths. */
export interface WorkbookArchive {
  readonly file: string;
  has(part: string): boolean;
  /**
   * A part's bytes, inflated as they are asked for, held to their declared size and checksum.
   *
   * @throws CasedrawError `WORKBOOK_CORRUPT`, `WORKBOOK_LIMITS`
   */
  read(part: string): AsyncGenerator<Buffer>;
}

/** A zip file on the disk or in memory. */
type ZipSource = InputFile | MemoryFile;

const MOST_ENTRIES = 2000;
const MOST_BYTES = 4 * 1024 * 1024 * 1024;
const MOST_RATIO = 200;
/** Small parts may repeat themselves as much as they like. */
const RATIO_FROM_BYTES = 16 << 20;
const PIECE_BYTES = 256 << 10;

/**
 * Opens a zip file and looks at its directory before anything is inflated.
 *
 * @param onPart - told what share of a part, 0–1, has been inflated
 * @throws CasedrawError `WORKBOOK_CORRUPT` if it is no whole zip file, `WORKBOOK_LIMITS` if it would unpack to too much
 */
export async function openArchive(
  file: ZipSource,
  onPart: (part: string, share: number) => void = () => {},
): Promise<WorkbookArchive> {
  const parts = new Map<string, Entry>();
  const zip = await readDirectory(file, parts);
  let inflated = 0;
  return {
    file: file.label,
    has: (part) => parts.has(part.toLowerCase()),
    async *read(part) {
      const entry = parts.get(part.toLowerCase());
      if (entry === undefined) throw corruptWorkbook(file.label, `the part ${part} is missing`);
      let size = 0;
      let sum = 0;
      for await (const piece of inflate(file, zip, entry)) {
        size += piece.length;
        inflated += piece.length;
        if (size > entry.uncompressedSize)
          throw corruptWorkbook(file.label, `the part ${part} is longer than declared`);
        if (inflated > MOST_BYTES) throw beyondLimits(file.label, `more than ${MOST_BYTES >> 20} MB`);
        sum = crc32(piece, sum);
        onPart(part, size / entry.uncompressedSize);
        yield piece;
      }
      if (size !== entry.uncompressedSize || sum !== entry.crc32) {
        throw corruptWorkbook(file.label, `the part ${part} does not have its declared size and checksum`);
      }
    },
  };
}

export function corruptWorkbook(file: string, reason: string): CasedrawError {
  return new CasedrawError(
    "WORKBOOK_CORRUPT",
    `Workbook is damaged: ${reason} (${file}). Open it in Excel, let it repair the file and save it, or ask for it again.`,
    { file, reason },
  );
}

function beyondLimits(file: string, got: string): CasedrawError {
  return new CasedrawError(
    "WORKBOOK_LIMITS",
    `Workbook unpacks to too much: at most ${MOST_ENTRIES} parts, 4096 MB and ${MOST_RATIO} times a part's size are accepted, ` +
      `got ${got} (${file}). Save only the sheet that is needed, or ask for the data as CSV.`,
    { file, got },
  );
}

async function readDirectory(file: ZipSource, parts: Map<string, Entry>): Promise<ZipFile> {
  let declared = 0;
  try {
    const zip = await fromRandomAccessReaderPromise(new DescriptorReader(file), file.size, {
      autoClose: false,
    });
    if (zip.entryCount > MOST_ENTRIES) throw beyondLimits(file.label, `${zip.entryCount} parts`);
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.toLowerCase();
      declared += entry.uncompressedSize;
      const ratio = entry.uncompressedSize / Math.max(entry.compressedSize, 1);
      if (declared > MOST_BYTES) throw beyondLimits(file.label, "more than 4096 MB");
      if (entry.uncompressedSize > RATIO_FROM_BYTES && ratio > MOST_RATIO) {
        throw beyondLimits(file.label, `a part of ${Math.round(ratio)} times its size`);
      }
      if (parts.has(name)) throw corruptWorkbook(file.label, "two parts have the same name");
      parts.set(name, entry);
    }
    return zip;
  } catch (error) {
    if (error instanceof CasedrawError) throw error;
    throw corruptWorkbook(file.label, "its directory of parts cannot be read, as when a download broke off");
  }
}

async function* inflate(file: ZipSource, zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  if (!entry.canDecodeFileData())
    throw corruptWorkbook(file.label, "a part is encrypted or packed in an unknown way");
  let start: number;
  try {
    start = (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
  } catch {
    throw corruptWorkbook(file.label, "a part is not where the directory says");
  }
  const pieces = rawPieces(file, start, entry.compressedSize);
  if (!entry.isCompressed()) {
    yield* pieces;
    return;
  }
  const inflater = createInflateRaw({ chunkSize: PIECE_BYTES });
  try {
    // Faults of either end come out of the loop below.
    pipeline(Readable.from(pieces), inflater, () => {});
    for await (const piece of inflater) yield piece as Buffer;
  } catch (error) {
    if (error instanceof CasedrawError) throw error;
    throw corruptWorkbook(file.label, "a part cannot be inflated");
  }
}

function* rawPieces(file: ZipSource, start: number, length: number): Generator<Buffer> {
  for (let done = 0; done < length; ) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, length - done));
    const count = readAt(file, piece, 0, piece.length, start + done);
    if (count === 0) throw corruptWorkbook(file.label, "it breaks off");
    done += count;
    yield piece.subarray(0, count);
  }
}

/** Lets yauzl read through our descriptor without owning it. */
class DescriptorReader extends RandomAccessReader {
  readonly #file: ZipSource;

  constructor(file: ZipSource) {
    super();
    this.#file = file;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const count = readAt(this.#file, buffer, offset, length, position);
    callback(count < length ? new Error("unexpected end of file") : null);
  }
}
