import type { CheckRule } from "./rule.js";
import { ageRules } from "./rules/ages.js";
import { dateRules } from "./rules/dates.js";
import { familyRules } from "./rules/families.js";
import { gapRules } from "./rules/gaps.js";
import { heapingRules } from "./rules/heaping.js";
import { identityRules } from "./rules/identity.js";
import { lawRules } from "./rules/law.js";
import { missingnessRules } from "./rules/missingness.js";
import { placeRules } from "./rules/places.js";
import { readingRules } from "./rules/reading.js";
import { rowRules } from "./rules/rows.js";
import { valueRules } from "./rules/values.js";

/** Every rule of `casedraw check`, in the order in which reports list them. */
export const rules: readonly CheckRule[] = [
  ...readingRules,
  ...identityRules,
  ...rowRules,
  ...valueRules,
  ...dateRules,
  ...ageRules,
  ...lawRules,
  ...familyRules,
  ...placeRules,
  ...gapRules,
  ...heapingRules,
  ...missingnessRules,
];
