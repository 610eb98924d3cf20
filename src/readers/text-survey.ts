import { CasedrawError } from "../errors.js";
import { emptyFile } from "./file-kind.js";
import { type InputFile, readAt, readChunks } from "./input-file.js";
import type { TextEncoding } from "./text-source.js";
import { EncodingJudge, Utf8Check } from "./utf8.js";
import { Utf16Decoder, type Utf16Fault } from "./utf16.js";

/** What is known of a text file before a record of it is read. */
export interface TextSurvey {
  readonly encoding: TextEncoding;
  /** Length of the byte order mark, 0 where there is none. */
  readonly bomBytes: number;
  /** Line feeds in the whole text, inside quotes too: every lane's records must add up to them. */
  readonly lineFeeds: number;
  /** Whether the last line lacks its line feed. */
  readonly endsOpen: boolean;
  /** Where a UTF-8 text may be parted for two threads; undefined where no such place was found. */
  readonly parting?: Parting;
}

/**
 * The start of a line with an even number of quotes before it: the start of a record, if what stands before is well formed,
 * because in such a text a line feed inside quotes has an odd number of them before it.
 */
export interface Parting {
  /** Offset of the line in the file. */
  readonly at: number;
  /** Line feeds before it. */
  readonly lineFeeds: number;
}

/** The thread that reads the first part makes the file's hash too, so that part is the smaller one. */
const FIRST_PART = 0.46;

const LINE_FEED = 10;
const QUOTE = 34;

/**
 * Settles a text file's encoding: by its byte order mark, else UTF-8 where all of it is valid,
 * else Windows-1252 where nothing in it is a UTF-8 character and every byte is assigned.
 *
 * @throws CasedrawError `EMPTY_FILE`, `INVALID_ENCODING`, `NUL_CHARACTER`
 */
export function surveyText(file: InputFile, chunkBytes: number, onBytes: (done: number) => void): TextSurvey {
  const { encoding, bomBytes } = byteOrderMark(file);
  if (file.size === bomBytes) throw emptyFile(file.label);
  const utf16 = encoding === "utf-16le" || encoding === "utf-16be";
  const decoder = utf16 ? new Utf16Decoder(encoding === "utf-16be") : undefined;
  const check = new Utf8Check();
  let valid = true;
  let lineFeeds = 0;
  let quotes = 0;
  let parting: Parting | undefined;
  let last = 0;
  let done = 0;
  for (const chunk of readChunks(file, chunkBytes)) {
    const body = chunk.subarray(Math.min(chunk.length, Math.max(0, bomBytes - done)));
    done += chunk.length;
    onBytes(done);
    let text: Buffer = body;
    if (decoder === undefined) {
      valid = check.push(body) && valid;
      const nul = body.indexOf(0);
      if (nul !== -1) throw nulCharacter(file, locate(file, bomBytes, done - body.length + nul, chunkBytes));
    } else {
      text = decoder.push(body);
      if (decoder.fault !== undefined) break;
    }
    const before = lineFeeds;
    lineFeeds += count(text, LINE_FEED);
    if (parting === undefined && !utf16) {
      if (done >= FIRST_PART * file.size && lineFeeds > before) {
        const lineStart = text.lastIndexOf(LINE_FEED) + 1;
        if ((quotes + count(text.subarray(0, lineStart), QUOTE)) % 2 === 0) {
          parting = { at: done - text.length + lineStart, lineFeeds };
        }
      }
      quotes += count(text, QUOTE);
    }
    last = text.at(-1) ?? last;
  }
  if (decoder !== undefined) {
    decoder.end();
    if (decoder.fault !== undefined) throw utf16Fault(file, decoder.fault);
  }
  // A text may stay valid up to its last byte and then end inside a character.
  const asMarked = decoder !== undefined || (valid && check.end());
  if (!asMarked) refuseUnless1252(file, bomBytes, chunkBytes);
  const settled = asMarked ? encoding : "windows-1252";
  return {
    encoding: settled,
    bomBytes,
    lineFeeds,
    endsOpen: last !== LINE_FEED,
    ...(parting === undefined || settled !== "utf-8" ? {} : { parting }),
  };
}

function byteOrderMark(file: InputFile): { encoding: TextEncoding; bomBytes: number } {
  const head = Buffer.alloc(3);
  readAt(file, head, 0, 3, 0);
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", bomBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", bomBytes: 2 };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", bomBytes: 3 };
  return { encoding: "utf-8", bomBytes: 0 };
}

function count(bytes: Buffer, byte: number): number {
  let found = 0;
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) found++;
  return found;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/** 1-based line and character of a byte of a UTF-8 or single-byte text. */
function locate(file: InputFile, bomBytes: number, offset: number, chunkBytes: number): Place {
  let line = 1;
  let character = 1;
  let position = 0;
  for (const chunk of readChunks(file, chunkBytes)) {
    for (const byte of chunk) {
      if (position === offset) return { line, character };
      if (byte === LINE_FEED) {
        line++;
        character = 1;
      } else if (position >= bomBytes && (byte & 0xc0) !== 0x80) {
        character++;
      }
      position++;
    }
  }
  return { line, character };
}

function refuseUnless1252(file: InputFile, bomBytes: number, chunkBytes: number): void {
  const judge = new EncodingJudge();
  let done = 0;
  for (const chunk of readChunks(file, chunkBytes)) {
    judge.push(chunk.subarray(Math.min(chunk.length, Math.max(0, bomBytes - done))));
    done += chunk.length;
  }
  const verdict = judge.end();
  if (bomBytes === 0 && verdict.looksLike1252) return;
  throw invalidEncoding(file, "neither valid UTF-8 nor plainly Windows-1252", verdict);
}

function utf16Fault(file: InputFile, fault: Utf16Fault): CasedrawError {
  if (fault.kind === "nul") return nulCharacter(file, fault);
  const what =
    fault.kind === "odd length" ? "UTF-16 that ends in half a character" : "UTF-16 with half a character";
  return invalidEncoding(file, what, fault);
}

function invalidEncoding(file: InputFile, what: string, { line, character }: Place): CasedrawError {
  return new CasedrawError(
    "INVALID_ENCODING",
    `Text cannot be read: a file must be UTF-8, UTF-16 with its mark or Windows-1252 throughout, got ${what} ` +
      `(${file.label}, line ${line}, character ${character}). Save it again as "CSV UTF-8", or ask for it again.`,
    { file: file.label, row: line, character },
  );
}

function nulCharacter(file: InputFile, { line, character }: Place): CasedrawError {
  return new CasedrawError(
    "NUL_CHARACTER",
    `Text holds a NUL character: no export does unless it is damaged or UTF-16 without its mark ` +
      `(${file.label}, line ${line}, character ${character}). Save it again as "CSV UTF-8", or ask for it again.`,
    { file: file.label, row: line, character },
  );
}
