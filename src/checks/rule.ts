import type { Rule } from "./finding.js";
import type { CheckSubject } from "./subject.js";

/** A rule of the catalogue. */
export type CheckRule = Rule<CheckSubject>;

/** Nothing but rows: every export has them. */
export const needsNothing = (): readonly (readonly string[])[] => [];

/** Each of these fields. */
export const needsAll =
  (...names: readonly string[]) =>
  (): readonly (readonly string[])[] =>
    names.map((name) => [name]);

/** At least one of these fields. */
export const needsOneOf =
  (...names: readonly string[]) =>
  (): readonly (readonly string[])[] => [names];
