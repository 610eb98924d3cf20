import type { Edition } from "../analysis/item.js";
import { oneOf } from "./one-of.js";

export const editions: readonly Edition[] = ["internal", "publishable"];

/**
 * The edition that `--edition` names; without it the internal one.
 *
 * @throws CasedrawError `USAGE`
 */
export function editionNamed(text: string | undefined): Edition {
  return oneOf("--edition", text, editions) ?? "internal";
}
