import { CasedrawError } from "../errors.js";
import { type InputFile, type MemoryFile, readAt } from "./input-file.js";
import { askPassword, knownPasswords, rememberPassword } from "./passwords.js";

const tries = 3;
/** It is decrypted in memory, which holds it twice meanwhile. */
const mostBytes = 512 << 20;
/** Excel hashes a password 100,000 times; a file that asks for far more was made to hold a computer up. */
const mostSpins = 1_000_000;

/**
 * Decrypts a password-protected workbook in memory. The password is asked for on the terminal, up to three times.
 *
 * @returns the workbook as it was before it was protected
 * @throws CasedrawError `WORKBOOK_ENCRYPTED` where there is nobody to ask, `PASSWORD_WRONG`, `WORKBOOK_ENCRYPTION_UNKNOWN`,
 * `WORKBOOK_LIMITS`
 */
export async function decryptWorkbook(file: InputFile): Promise<MemoryFile> {
  if (file.size > mostBytes) {
    throw new CasedrawError(
      "WORKBOOK_LIMITS",
      `Workbook is too large to decrypt: at most ${mostBytes >> 20} MB are accepted, got ${Math.ceil(file.size / 1024 / 1024)} MB ` +
        `(${file.label}). ${withoutPassword}`,
      { file: file.label, got: file.size },
    );
  }
  const bytes = wholeFile(file);
  refuseStrangeProtection(bytes, file.label);
  for (const password of knownPasswords()) {
    const content = await decrypted(bytes, password, file.label);
    if (content !== undefined) return { bytes: content, label: file.label, size: content.length };
  }
  for (let wrong = 0; wrong < tries; wrong++) {
    const answer = await askPassword(file.label, wrong);
    if ("none" in answer) throw encrypted(file.label, answer.none);
    const content = await decrypted(bytes, answer.password, file.label);
    if (content === undefined) continue;
    rememberPassword(answer.password);
    return { bytes: content, label: file.label, size: content.length };
  }
  throw new CasedrawError(
    "PASSWORD_WRONG",
    `Password does not open the workbook: ${tries} tries are given, and none fitted (${file.label}). ` +
      "Ask the data's owner for the password, with capitals as they are; a damaged file refuses the right one too.",
    { file: file.label },
  );
}

const withoutPassword =
  "Open it in Excel, remove the password under File, Info, Protect Workbook, and save it as .xlsx.";

function encrypted(file: string, reason: "no-terminal" | "not-given"): CasedrawError {
  const got =
    reason === "no-terminal"
      ? "casedraw asks for the password on a terminal, and this run has none"
      : "its password is needed, got none";
  return new CasedrawError(
    "WORKBOOK_ENCRYPTED",
    `Workbook is password-protected: ${got} (${file}). Run casedraw in a terminal window and type the password when asked. Or: ` +
      `${withoutPassword[0]?.toLowerCase()}${withoutPassword.slice(1)}`,
    { file, reason },
  );
}

function unknownProtection(file: string): CasedrawError {
  return new CasedrawError(
    "WORKBOOK_ENCRYPTION_UNKNOWN",
    `Workbook is protected in a way that casedraw cannot undo: it knows passwords as Excel 2007 and later set them, got ` +
      `another protection or a damaged file (${file}). ${withoutPassword}`,
    { file },
  );
}

function wholeFile(file: InputFile): Buffer {
  const bytes = Buffer.allocUnsafe(file.size);
  let done = 0;
  while (done < bytes.length) {
    const count = readAt(file, bytes, done, bytes.length - done, done);
    if (count === 0) throw unknownProtection(file.label);
    done += count;
  }
  return bytes;
}

/** The library takes the count from the file as it stands, and would spin for hours. */
function refuseStrangeProtection(bytes: Buffer, file: string): void {
  const mark = Buffer.from("spinCount");
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + 1)) {
    const count = /^spinCount\s*=\s*["'](\d{1,15})["']/.exec(bytes.toString("latin1", at, at + 40))?.[1];
    if (count === undefined || Number(count) > mostSpins) throw unknownProtection(file);
  }
}

/** @returns undefined where the password is wrong */
async function decrypted(bytes: Buffer, password: string, file: string): Promise<Buffer | undefined> {
  const { default: officeCrypto } = await import("officecrypto-tool");
  try {
    return await officeCrypto.decrypt(bytes, { password });
  } catch (error) {
    if (error instanceof Error && error.message === "The password is incorrect") return undefined;
    throw unknownProtection(file);
  }
}
