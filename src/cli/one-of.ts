import { CasedrawError } from "../errors.js";

/**
 * The value of an option that takes one of a few words; undefined where it was not given.
 *
 * @throws CasedrawError `USAGE`
 */
export function oneOf<Word extends string>(
  option: string,
  text: string | undefined,
  allowed: readonly Word[],
): Word | undefined {
  if (text === undefined) return undefined;
  const meant = allowed.find((word) => word === text);
  if (meant !== undefined) return meant;
  throw new CasedrawError("USAGE", `${option}: must be ${allowed.join(" or ")}, got "${text}".`, { option });
}
