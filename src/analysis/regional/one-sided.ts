import { type Count, isMarked, type Tally } from "../tally.js";
import type { RefusedIndicator } from "./comparison.js";

/** An area's events and what they are out of, as they are shown. */
interface ShownCounts {
  readonly unknown?: boolean;
  readonly numerator: Count;
  /** Of whom it is not so. */
  readonly others: Count;
}

/**
 * Why an indicator's areas cannot differ: nobody of them has it, everybody has it, or it is known of nobody. It goes by the counts
 * that are shown, so that it says nothing which they do not: of a hidden count nothing is concluded.
 *
 * @param tally - rows yes and no, columns the areas
 * @returns undefined where there is something to compare
 */
export function oneSidedShare({ rows, columns, cells }: Tally): OneSided | undefined {
  const row = (key: string): readonly Count[] =>
    cells[rows.levels.findIndex((level) => level.key === key)] ?? [];
  const [yes, no] = [row("yes"), row("no")];
  return oneSided(
    columns.levels.map(({ unknown }, at) => ({
      ...(unknown ? { unknown } : {}),
      numerator: yes[at] ?? 0,
      others: no[at] ?? 0,
    })),
  );
}

/** The same of published figures, for a share or, where what is not counted is not told, a rate. */
export function oneSidedCounts(
  kind: "share" | "rate",
  areas: readonly { readonly unknown?: true; readonly numerator: Count; readonly denominator: Count }[],
): OneSided | undefined {
  return oneSided(
    areas.map(({ unknown, numerator, denominator }) => ({
      ...(unknown ? { unknown } : {}),
      numerator,
      others:
        kind === "rate" || isMarked(numerator) || isMarked(denominator)
          ? { mark: "x" }
          : denominator - numerator,
    })),
  );
}

type OneSided = Pick<RefusedIndicator, "reason" | "instead" | "alike">;

function oneSided(areas: readonly ShownCounts[]): OneSided | undefined {
  const known = areas.filter(({ unknown }) => unknown !== true);
  const isNone = (of: readonly ShownCounts[], side: "numerator" | "others"): boolean =>
    of.every((area) => area[side] === 0);
  const nobody = isNone(known, "numerator");
  const everybody = isNone(known, "others");
  if (!nobody && !everybody) return undefined;
  const where = isNone(areas, nobody ? "numerator" : "others") ? "of the whole" : "of a known area";
  const whole = where === "of the whole";
  const reason =
    nobody && everybody
      ? `It is known of nobody ${where}.`
      : nobody
        ? `Nobody ${where} has it.`
        : `Everybody ${whole ? "" : `${where} `}has it.`;
  return {
    reason,
    instead: "There is nothing to compare: look at whether it is recorded at all.",
    alike: true,
  };
}
