import { recordRules } from "./record-rules.js";
import type { CheckRule } from "./rule.js";
import { earlierRowRules } from "./rules/earlier-rows.js";
import { gapRules } from "./rules/gaps.js";
import { heapingRules } from "./rules/heaping.js";
import { missingnessRules } from "./rules/missingness.js";

/** Every rule of `casedraw check`, in the order in which reports list them. */
export const rules: readonly CheckRule[] = [
  ...recordRules,
  ...earlierRowRules,
  ...gapRules,
  ...heapingRules,
  ...missingnessRules,
];
