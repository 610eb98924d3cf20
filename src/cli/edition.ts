import type { Edition } from "../analysis/item.js";
import { CasedrawError } from "../errors.js";

const editions: readonly Edition[] = ["internal", "publishable"];

/**
 * The edition that `--edition` names; without it the internal one.
 *
 * @throws CasedrawError `USAGE`
 */
export function editionNamed(text: string | undefined): Edition {
  const found = editions.find((name) => name === (text ?? editions[0]));
  if (found !== undefined) return found;
  throw new CasedrawError("USAGE", `--edition: must be ${editions.join(" or ")}, got "${text}".`, {
    option: "--edition",
  });
}
