import type { z } from "zod";
import { ascending, keys, listOf, whole } from "./leaves.js";

const bounds = (rule: string, item: z.ZodType<number>) => listOf(item, rule).superRefine(ascending);

const ageBand = keys({
  from: bounds("a list of whole years, such as [0, 1, 5, 10, 16]", whole(0)).describe(
    "The age at which each band begins, in whole years, ascending.",
  ),
});
const delayBand = keys({
  over: bounds("a list of weeks, such as [26, 52, 100]", whole(1)).describe(
    "The weeks over which each band after the first begins, ascending.",
  ),
});
/** The bands of a plan that gives none. */
export const defaultBands = () => ({ age: { from: [0, 1, 5, 10, 16] }, delay: { over: [26, 52, 100] } });

export const bands = keys({
  age: ageBand.default(() => defaultBands().age).describe("Age bands; default [0, 1, 5, 10, 16]."),
  delay: delayBand.default(() => defaultBands().delay).describe("Delay bands; default [26, 52, 100]."),
});
