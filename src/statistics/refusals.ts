import { CasedrawError } from "../errors.js";

/** @throws CasedrawError `COUNT_OUT_OF_RANGE` unless count is a whole number from 0 to n, and n one from 1 */
export function refuseCount(count: number, n: number): void {
  if (Number.isSafeInteger(n) && n >= 1 && Number.isSafeInteger(count) && count >= 0 && count <= n) return;
  throw new CasedrawError(
    "COUNT_OUT_OF_RANGE",
    `Count: it is a whole number from 0 to the number of cases, which is 1 or more, got ${count} of ${n}. ` +
      "Check what was counted.",
    { count, n },
  );
}

/** What a statistic was given and what it takes. */
interface Given {
  /** As the message names it, beginning with a capital. */
  readonly what: string;
  readonly rule: string;
  readonly value: number;
  /** What to do, a sentence. */
  readonly next: string;
}

/** @throws CasedrawError `VALUE_OUT_OF_RANGE` unless the rule holds */
export function requireThat(holds: boolean, { what, rule, value, next }: Given): void {
  if (holds) return;
  throw new CasedrawError("VALUE_OUT_OF_RANGE", `${what}: ${rule}, got ${value}. ${next}`, { what, value });
}

/** @throws CasedrawError `VALUE_OUT_OF_RANGE` unless the value is a whole number of at least `least` */
export function requireWhole(what: string, value: number, least: number): void {
  requireThat(Number.isSafeInteger(value) && value >= least, {
    what,
    rule: `it is a whole number of ${least} or more`,
    value,
    next: "Check what was counted.",
  });
}

/** @throws CasedrawError `VALUE_OUT_OF_RANGE` unless the value is a finite number above 0 */
export function requirePositive(what: string, value: number): void {
  requireThat(Number.isFinite(value) && value > 0, {
    what,
    rule: "it is a number above 0",
    value,
    next: "Check what was given.",
  });
}

/** @throws CasedrawError `VALUE_OUT_OF_RANGE` unless the value lies between 0 and 1, the ends left out */
export function requireInnerFraction(what: string, value: number): void {
  requireThat(value > 0 && value < 1, {
    what,
    rule: "it lies between 0 and 1, and is neither",
    value,
    next: "Write 50 % as 0.5.",
  });
}

/** @throws CasedrawError `ROWS_MISMATCHED` unless two lists have one entry a unit each */
export function requireSameLength(what: string, length: number, units: number): void {
  if (length === units) return;
  throw new CasedrawError(
    "ROWS_MISMATCHED",
    `${what}: one entry for each of ${units} units is wanted, got ${length}. Give lists of the same units.`,
    { what, length, units },
  );
}
