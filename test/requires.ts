import { spawnSync } from "node:child_process";

/**
 * Whether a program that a test needs is on the PATH. Where it is not, the reason for the skip is printed; under
 * CASEDRAW_NO_SKIPS=1 its absence fails instead.
 *
 * @example test.skipIf(!requires("soffice"))("opens in LibreOffice", () => { … });
 */
export function requires(program: string): boolean {
  const asked = process.platform === "win32" ? spawnSync("where", [program]) : spawnSync("which", [program]);
  if (asked.status === 0) return true;
  const reason = `${program} is not installed`;
  if (process.env.CASEDRAW_NO_SKIPS === "1")
    throw new Error(`${reason}, and CASEDRAW_NO_SKIPS=1 allows no skips`);
  console.warn(`skipped: ${reason}`);
  return false;
}
