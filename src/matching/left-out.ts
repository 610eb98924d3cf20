import type { Plan } from "../plan/types.js";

/** A file of a plan's list that stands behind a `#`, as `init` writes what it leaves to be decided. */
const commentedPath = /^\s*#\s*- path: ("(?:[^"\\]|\\.)*"|\S.*?)\s*$/;
/** A file that `init` does nothing with, with the sheet where it has one. */
const notUsed = /^\s*#\s*Not used: (.+?)(?:, sheet "[^"]*")?, because /;

/**
 * Files that a plan has in comments alone: they were offered to `init`, and nothing reads them.
 *
 * @param text - of the plan
 */
export function filesLeftOut(text: string, plan: Plan): string[] {
  const named = new Set([...plan.data, ...plan.joins, ...plan.lookups].map(({ path }) => path));
  const paths = text.split("\n").flatMap((line) => {
    const scalar = commentedPath.exec(line)?.[1] ?? notUsed.exec(line)?.[1];
    return scalar === undefined ? [] : [unquoted(scalar)];
  });
  return [...new Set(paths)].filter((path) => !named.has(path));
}

/** What a scalar of the plan says; one in quotes that is none says what stands there. */
function unquoted(scalar: string): string {
  if (!scalar.startsWith('"')) return scalar;
  try {
    return String(JSON.parse(scalar));
  } catch {
    return scalar;
  }
}
