import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { atOutput } from "../../report/output-error.js";

/** A key, and whether others than its owner may read its file. */
export interface OpenedKey {
  readonly bytes: Uint8Array;
  readonly exposed: boolean;
}

const keyBytes = 32;
const keyForm = /^[0-9a-f]{64}\n?$/;

/**
 * Reads a key file.
 *
 * @param label - the path as the user wrote it
 * @returns undefined where there is no such file
 * @throws CasedrawError `KEY_FILE_UNSUITABLE` for a link, a folder or a device, and for anything but 64 hexadecimal digits
 */
export function openKey(path: string, label: string): OpenedKey | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (found.isSymbolicLink()) throw unsuitable(label, "it must not be a symbolic link, got one");
  if (!found.isFile())
    throw unsuitable(
      label,
      `it must be an ordinary file, got ${found.isDirectory() ? "a folder" : "a device"}`,
    );
  return atOutput(label, () => {
    // A link put there since is not followed.
    const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const { mode, size } = fstatSync(descriptor);
      const text = size > keyBytes * 2 + 1 ? "" : readFileSync(descriptor, "latin1");
      if (!keyForm.test(text))
        throw unsuitable(
          label,
          "it must hold 64 hexadecimal digits, as casedraw writes it, got something else",
        );
      const exposed = process.platform !== "win32" && (mode & 0o077) !== 0;
      return { bytes: Buffer.from(text.trimEnd(), "hex"), exposed };
    } finally {
      closeSync(descriptor);
    }
  });
}

/**
 * Makes a key from the system's randomness and writes it to a new file that only its owner may read.
 *
 * @throws CasedrawError `OUTPUT_PARENT_MISSING`, `OUTPUT_NOT_WRITABLE`
 */
export function makeKey(path: string, label: string): Uint8Array {
  const bytes = randomBytes(keyBytes);
  atOutput(label, () => {
    const descriptor = openSync(path, "wx", 0o600);
    try {
      writeSync(descriptor, `${bytes.toString("hex")}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
  return bytes;
}

/**
 * Refuses a key in the folder that is to be shared, and one whose own folder is not there.
 *
 * @throws CasedrawError `KEY_INSIDE_OUTPUT`, `OUTPUT_PARENT_MISSING`
 */
export function checkKeyPlace(key: string, out: string, label: string): void {
  const folder = realFolder(dirname(key));
  const target = join(realFolder(dirname(resolve(out))) ?? dirname(resolve(out)), basename(resolve(out)));
  const real = realFolder(target) ?? target;
  const place = join(folder ?? dirname(key), basename(key));
  if ([real, target, resolve(out)].some((each) => !isOutside(relative(each, place)))) {
    throw new CasedrawError(
      "KEY_INSIDE_OUTPUT",
      `Key must be kept apart from the copy: who has both knows the children again, got a key inside the output folder (${label}). ` +
        "Name a place that is never shared with it.",
      { file: label },
    );
  }
  if (folder !== undefined) return;
  throw new CasedrawError(
    "OUTPUT_PARENT_MISSING",
    `Key: the folder that is to hold it must exist, got none (${label}). Make it first, or choose another place.`,
    { file: label },
  );
}

function isOutside(path: string): boolean {
  return path === ".." || path.startsWith("../") || path.startsWith("..\\") || /^([a-z]:|[\\/])/i.test(path);
}

function realFolder(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function unsuitable(label: string, rule: string): CasedrawError {
  return new CasedrawError(
    "KEY_FILE_UNSUITABLE",
    `Key file: ${rule} (${label}). Name the key file itself, or a new name for a key to be made.`,
    { file: label },
  );
}
