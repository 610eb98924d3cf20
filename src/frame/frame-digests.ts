import { designFields } from "../plan/design-fields.js";
import { isDerivedField } from "../plan/fields.js";
import type { Plan } from "../plan/types.js";
import { type DigestField, digestField, digestFields, encodeTexts } from "./digest.js";
import type { Field } from "./field.js";
import type { Frame } from "./frame.js";
import { compareBytes } from "./text.js";

/** SHA-256 of what the eligible units say, each 64 lower-case hexadecimal characters. */
export interface FrameDigests {
  /** Over the mapped standard fields but names, looked-up fields and the plan's own. */
  readonly frame: string;
  /** Over the fields that the design uses. */
  readonly design: string;
  /** Over each field of either, by name in byte order. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The digests of a frame. They decide nothing: they prove later that a frame is the same. */
export function frameDigests({ ids, eligible, fields }: Frame, plan: Plan): FrameDigests {
  const encodedIds = encodeTexts(Array.from(eligible, (unit) => ids[unit] as string));
  const encoded = new Map<string, DigestField>();
  const encodedField = (name: string): DigestField => {
    const known = encoded.get(name) ?? digestField(fields.get(name) as Field, eligible);
    encoded.set(name, known);
    return known;
  };
  const digest = (names: readonly string[]): string =>
    digestFields(encodedIds, eligible, names.map(encodedField));
  const frame = [...fields.keys()].filter((name) => !isDerivedField(name));
  const design = designFields(plan);
  const each = [...new Set([...frame, ...design])].sort(compareBytes);
  return {
    frame: digest(frame),
    design: digest(design),
    fields: Object.fromEntries(each.map((name) => [name, digest([name])])),
  };
}
