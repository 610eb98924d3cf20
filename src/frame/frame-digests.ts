import { designFields } from "../plan/design-fields.js";
import { isDerivedField } from "../plan/fields.js";
import type { Plan } from "../plan/types.js";
import { type DigestField, digestField, digestFields, type EncodedTexts, encodeTexts } from "./digest.js";
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

/** One digest that is to be made: plain data over shared memory, so that another thread may make it. */
export interface DigestWork {
  readonly ids: EncodedTexts;
  readonly fields: readonly DigestField[];
}

/** A frame's digests, to be made one by one and in any order. */
export interface DigestWorks {
  /** Each is encoded when it is asked for; the longest come last. */
  readonly works: Iterable<DigestWork>;
  /** The digests, from what each of `works` gave. */
  readonly assemble: (made: readonly string[]) => FrameDigests;
}

/** What is to be done for the digests of a frame. They decide nothing: they prove later that a frame is the same. */
export function digestWorks({ ids, eligible, fields }: Frame, plan: Plan): DigestWorks {
  const frame = [...fields.keys()].filter((name) => !isDerivedField(name));
  const design = designFields(plan);
  const each = [...new Set([...frame, ...design])].sort(compareBytes);
  function* works(): Generator<DigestWork> {
    const encodedIds = encodeTexts(Array.from(eligible, (unit) => ids[unit] as string));
    const encoded = new Map<string, DigestField>();
    for (const name of each) {
      const field = digestField(fields.get(name) as Field, eligible);
      encoded.set(name, field);
      yield { ids: encodedIds, fields: [field] };
    }
    for (const names of [design, frame]) {
      yield { ids: encodedIds, fields: names.map((name) => encoded.get(name) as DigestField) };
    }
  }
  return {
    works: works(),
    assemble: (made) => ({
      frame: made[each.length + 1] as string,
      design: made[each.length] as string,
      fields: Object.fromEntries(each.map((name, at) => [name, made[at] as string])),
    }),
  };
}

/** Makes one of a frame's digests. */
export function makeDigest({ ids, fields }: DigestWork): string {
  return digestFields(ids, fields);
}

/** The digests of a frame, made here and now. */
export function frameDigests(frame: Frame, plan: Plan): FrameDigests {
  const { works, assemble } = digestWorks(frame, plan);
  return assemble(Array.from(works, makeDigest));
}
