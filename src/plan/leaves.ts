import { z } from "zod";
import { isoFromDayFirst, isRealDate } from "./iso-date.js";
import { orList } from "./or-list.js";
import { Written } from "./tree.js";

/**
 * The building blocks of the plan's schema. Each names its rule in words ("a whole number of 1 or more"), so that
 * every refusal reads "must be RULE, got VALUE"; `z.preprocess` turns what was written into the plain value, and the
 * JSON Schema shows plain types.
 */
export function must(rule: string): (issue: { readonly input?: unknown }) => string {
  return ({ input }) =>
    input === undefined ? `is missing: it must be ${rule}.` : `must be ${rule}, got ${shown(input)}.`;
}

function shown(input: unknown): string {
  if (input === null || (input instanceof Written && input.isEmpty)) return "nothing";
  if (input instanceof Written) {
    return input.quoted ? `the text ${quote(input.text)} in quotes` : quote(input.text);
  }
  if (typeof input === "string") return quote(input);
  if (Array.isArray(input)) return input.length === 0 ? "an empty list" : "a list";
  if (typeof input === "object") return Object.keys(input).length === 0 ? "an empty { }" : "keys with values";
  return String(input);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}

function toText(input: unknown): unknown {
  return input instanceof Written && !input.isEmpty ? input.text : input;
}

function toNumber(input: unknown): unknown {
  // The sum makes -0 plain 0.
  return input instanceof Written && !input.quoted && typeof input.value === "number"
    ? input.value + 0
    : input;
}

function toFlag(input: unknown): unknown {
  return input instanceof Written && !input.quoted && typeof input.value === "boolean" ? input.value : input;
}

/** A value where keys were expected must not pass as an object, which a `Written` is to zod. */
function toKeys(input: unknown): unknown {
  if (!(input instanceof Written)) return input;
  return input.isEmpty ? null : input.text;
}

/** Text by its source; blank text is refused. */
export function text(rule: string, pattern = /\S/) {
  return z.preprocess(toText, z.string({ error: must(rule) }).regex(pattern, { error: must(rule) }));
}

/** The name of a field: whether there is such a field is judged across the plan. */
export const fieldName = text("the name of a field");

/** Text that may be `""`, written with its quotes. */
export function textOrBlank(rule: string) {
  return z.preprocess(toText, z.string({ error: must(rule) }));
}

export function choice<const Values extends readonly string[]>(values: Values) {
  return z.preprocess(toText, z.enum(values, { error: must(orList(values)) }));
}

/** The rule of a number, and what to do where its text is nearly one. */
function mustBeNumber(rule: string): (issue: { readonly input?: unknown }) => string {
  return (issue) => `${must(rule)(issue)}${numberHint(issue.input)}`;
}

function numberHint(input: unknown): string {
  if (!(input instanceof Written) || !/^[\d,. ]*\d$/.test(input.text)) return "";
  return input.quoted
    ? " Take the quotes away."
    : " Write it with digits and at most one point, without commas or blanks.";
}

export function whole(least: number) {
  const rule = `a whole number of ${least} or more`;
  return z.preprocess(toNumber, z.int({ error: mustBeNumber(rule) }).min(least, { error: must(rule) }));
}

export function number(rule: string) {
  return z.preprocess(toNumber, z.number({ error: mustBeNumber(rule) }));
}

export function flag() {
  return z.preprocess(toFlag, z.boolean({ error: must("true or false") }));
}

/** One of these numbers. */
export function numberChoice<const Values extends readonly number[]>(values: Values) {
  return z.preprocess(toNumber, z.literal(values, { error: mustBeNumber(orList(values.map(String))) }));
}

/** A whole number for all, or one of 0 or more for each key. */
export function wholeOrEach<Each extends z.ZodType>(least: number, each: Each, rule: string) {
  const either = `a whole number of ${least} or more, or ${rule}`;
  return z.union([whole(least), each], {
    error: ({ input }) => mustBeNumber(either)({ input: toNumber(input) }),
  });
}

/** The number of the plan format, and no other. */
export function formatNumber<const Format extends number>(format: Format) {
  const rule = `${format}, the plan format that this version reads`;
  return z.preprocess(toNumber, z.literal(format, { error: mustBeNumber(rule) }));
}

/** A real calendar date in ISO form. */
export function date() {
  return z.preprocess(toText, isoDate("a real date written YYYY-MM-DD"));
}

/** A number, or a real calendar date in ISO form. */
export function numberOrDate() {
  const rule = "a number, or a real date written YYYY-MM-DD";
  return z.preprocess(
    (input) => toText(toNumber(input)),
    z.union([z.number(), isoDate(rule)], { error: must(rule) }),
  );
}

function isoDate(rule: string) {
  return z
    .string({ error: must(rule) })
    .superRefine((value, context) => {
      if (isRealDate(value)) return;
      const suggestion = isoFromDayFirst(value);
      context.addIssue({ code: "custom", message: must(rule)({ input: value }), params: { suggestion } });
    })
    .meta({ format: "date" });
}

/** A path to one local file: neither a URL nor with control characters; `*`, `?` and brackets stand for themselves. */
export function localPath(what = "one local file") {
  const rule = `the path of ${what}`;
  return z.preprocess(
    toText,
    z
      .string({ error: must(rule) })
      .regex(/\S/, { error: must(rule) })
      .regex(/^(?![A-Za-z][A-Za-z0-9+.-]+:)/, {
        error: ({ input }) => `${must(rule)({ input })} Download what a URL points to and name the copy.`,
      })
      .refine((path) => !/\p{Cc}/u.test(path), { error: must(`${rule}, without control characters`) }),
  );
}

/** An object with these keys and no others. An unknown key's message is the allowed keys, one blank between. */
export function keys<Shape extends z.ZodRawShape>(shape: Shape, rule = keysRule(shape)) {
  const error: z.core.$ZodErrorMap = (issue) =>
    issue.code === "unrecognized_keys" ? Object.keys(shape).join(" ") : must(rule)(issue);
  return z.preprocess(toKeys, z.strictObject(shape, { error }));
}

function keysRule(shape: z.ZodRawShape): string {
  const names = Object.keys(shape);
  return `keys with values (${names.length > 8 ? `${names.slice(0, 8).join(", ")} …` : names.join(", ")})`;
}

/** An object with these keys, and any others whose value is as `rest` says. */
export function openKeys<Shape extends z.ZodRawShape, Rest extends z.ZodType>(
  shape: Shape,
  rest: Rest,
  rule: string,
) {
  return z.preprocess(toKeys, z.object(shape, { error: must(rule) }).catchall(rest));
}

/** An object with any keys, where the key is as `name` says. */
export function record<Value extends z.ZodType>(
  value: Value,
  options: { readonly rule: string; readonly name?: z.ZodString },
) {
  const { rule, name = z.string() } = options;
  return z.preprocess(toKeys, z.record(name, value, { error: must(rule) }));
}

/** A list of at least one. */
export function listOf<Item extends z.ZodType>(item: Item, rule: string) {
  return z.array(item, { error: must(rule) }).min(1, { error: must(rule) });
}

/** One of several forms, told apart by being a text, a list or keys. */
export function either<const Forms extends readonly [z.ZodType, z.ZodType, ...z.ZodType[]]>(
  rule: string,
  forms: Forms,
) {
  return z.union(forms, { error: must(rule) });
}

/** For `superRefine` and `transform`: a fault of what stands at this path in the value. */
export function refuse(context: z.RefinementCtx, path: string[], message: string): void {
  context.addIssue({ code: "custom", path, message });
}

/** For `superRefine`: each number above the one before. */
export function ascending(items: readonly number[], context: z.RefinementCtx): void {
  items.forEach((item, i) => {
    const before = items[i - 1];
    if (before !== undefined && item <= before) {
      context.addIssue({
        code: "custom",
        path: [i],
        message: `must be more than ${before}, the bound before it, got ${item}.`,
      });
    }
  });
}
