import { CasedrawError } from "../errors.js";

const reasons: Readonly<Record<string, readonly [got: string, next: string]>> = {
  ENOSPC: ["no space left on the disk", "Free some space or choose another place."],
  EDQUOT: ["no space left in your quota", "Free some space or choose another place."],
  EFBIG: ["a file larger than this place allows", "Choose another place."],
  EACCES: ["no permission", "Choose a place that you may write to."],
  EPERM: ["no permission", "Choose a place that you may write to."],
  EROFS: ["a disk that is read-only", "Choose a place that you may write to."],
  ENAMETOOLONG: ["a name that is too long", "Choose a shorter name."],
  EBUSY: ["a place that another program holds", "Close what uses it and run again."],
};

/** Runs what touches the output's place; a fault of the disk becomes `OUTPUT_NOT_WRITABLE`, named by the output's own path. */
export function atOutput<T>(target: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw outputError(target, error);
  }
}

/** What {@link atOutput} throws instead of an error; others are as they are. */
export function outputError(target: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  const { got, next } = diskFault(error.code);
  return new CasedrawError(
    "OUTPUT_NOT_WRITABLE",
    `Output: it could not be written, got ${got} (${target}). Nothing new was left behind. ${next}`,
    { file: target, reason: error.code },
  );
}

/** What a fault of the disk is in words, and what to do about it. */
export function diskFault(code: string): { readonly got: string; readonly next: string } {
  const [got, next] = reasons[code] ?? [`the fault ${code}`, "Choose another place."];
  return { got, next };
}

/** Whether an error came from the operating system, as every failure of `node:fs` does. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string";
}
