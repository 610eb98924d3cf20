import type { CheckRule } from "./rule.js";
import { ageRules } from "./rules/ages.js";
import { dateRules } from "./rules/dates.js";
import { familyRules } from "./rules/families.js";
import { identityRules } from "./rules/identity.js";
import { lawRules } from "./rules/law.js";
import { placeRules } from "./rules/places.js";
import { readingRules } from "./rules/reading.js";
import { rowRules } from "./rules/rows.js";
import { valueRules } from "./rules/values.js";

/**
 * Rules that point at records. A draw refuses by some of them, so they stand apart from those that look for patterns, whose
 * statistics are much to load.
 */
export const recordRules: readonly CheckRule[] = [
  ...readingRules,
  ...identityRules,
  ...rowRules,
  ...valueRules,
  ...dateRules,
  ...ageRules,
  ...lawRules,
  ...familyRules,
  ...placeRules,
];
