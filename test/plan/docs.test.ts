import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { planJsonSchema } from "../../src/plan/schema.js";
import { read } from "./reading.js";

interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

const root = planJsonSchema() as Schema;

/** What `#/properties/KEY` points to. */
function target(ref: string): Schema {
  const [hash, properties, key = ""] = ref.split("/");
  const schema = hash === "#" && properties === "properties" ? root.properties?.[key] : undefined;
  if (schema === undefined) throw new Error(`nothing at ${ref}`);
  return schema;
}

/** Every key of the schema as docs/plan.md writes it: `data[].path`, `fields.NAME.type`. */
function keysOf(schema: Schema, path: string): { path: string; schema: Schema }[] {
  const forms = (schema.anyOf ?? []).flatMap((form) => keysOf(form, path));
  const items = schema.items === undefined ? [] : keysOf(schema.items, `${path}[]`);
  // A file's own columns are those of `columns`, documented there.
  if (path.endsWith("[].columns")) return [];
  const named = Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
    const place = path === "" ? key : `${path}.${key}`;
    // A frame's keys are the plan's own, described there.
    if (inner.$ref !== undefined) return [{ path: place, schema: target(inner.$ref) }];
    return [{ path: place, schema: inner }, ...keysOf(inner, place)];
  });
  const name = /^cohort|^sample\.targets|^compare\.indicators|^teams/.test(path) ? "FIELD" : "NAME";
  const others =
    typeof schema.additionalProperties === "object"
      ? keysOf(schema.additionalProperties, `${path}.${name}`)
      : [];
  return [...forms, ...items, ...named, ...others];
}

const page = readFileSync(new URL("../../docs/plan.md", import.meta.url), "utf8");
const keys = keysOf(root, "");
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
const [whole = "", ...examples] = blocks;

/** Top-level keys, each with its lines. */
function sections(yaml: string): Map<string, string> {
  return new Map(yaml.split(/^(?=\w)/m).map((section) => [section.slice(0, section.indexOf(":")), section]));
}

/** JSON with lists of words on one line, as the formatter wants it. */
function printed(schema: object): string {
  const json = JSON.stringify(schema, null, 2);
  return `${json.replace(/\[\n\s+([^[\]{}]*?)\n\s+\]/g, (_, words: string) => `[${words.replace(/\s*\n\s*/g, " ")}]`)}\n`;
}

describe("the plan's JSON Schema", () => {
  test("is the one that the package ships (after a change: npx vitest run test/plan -u)", async () => {
    await expect(printed(planJsonSchema())).toMatchFileSnapshot("../../docs/plan.schema.json");
  });

  test("describes every key", () => {
    expect(keys.length).toBeGreaterThan(130);
    expect(keys.filter(({ schema }) => !schema.description).map(({ path }) => path)).toEqual([]);
  });

  test("gives plain types", () => {
    const schema = planJsonSchema() as {
      properties: Record<string, Schema & { type?: string; required?: string[] }>;
    };
    expect(schema.properties.title).toMatchObject({ type: "string" });
    expect(schema.properties.sample).toMatchObject({
      properties: { size: { type: "integer", minimum: 1 }, reserves: { type: "number" } },
      required: ["size"],
      additionalProperties: false,
    });
    expect(schema).toMatchObject({
      required: ["casedraw", "title", "reference_date"],
      if: { anyOf: [{ required: ["frames"] }, { required: ["pia"] }, { required: ["compare"] }] },
      else: { required: ["unit_id", "data"] },
      additionalProperties: false,
    });
    expect(schema.properties.frames).toMatchObject({
      additionalProperties: {
        properties: { data: { $ref: "#/properties/data" }, sample: { $ref: "#/properties/sample" } },
        required: ["sample"],
        additionalProperties: false,
      },
    });
    expect(schema.properties.frames?.additionalProperties).not.toMatchObject({
      properties: { linked: {} },
    });
  });
});

describe("docs/plan.md", () => {
  test("explains every key", () => {
    expect(keys.map(({ path }) => path).filter((path) => !page.includes(`\`${path}\``))).toEqual([]);
  });

  test("names no key that there is not", () => {
    const named = [...page.matchAll(/^\| (.*?) \|/gm)]
      .flatMap((row) => [...(row[1] ?? "").matchAll(/`([^`]+)`/g)])
      .map((match) => match[1] ?? "")
      .filter(
        (path) =>
          /[.[]/.test(path) || !/^(child_ordinal|case_children|age_|delay_|ethnic_group|source)/.test(path),
      );
    const known = new Set(keys.map(({ path }) => path));
    expect(named.length).toBeGreaterThan(130);
    expect(named.filter((path) => !known.has(path))).toEqual([]);
  });

  test("has a whole example that is read", () => {
    expect(read(whole)).toMatchObject({
      title: "Full inspection, autumn 2026",
      sample: { size: 600, method: "balanced", reserves: 0.25 },
    });
  });

  test.each(examples.map((example) => [[...sections(example).keys()].join(", "), example]))(
    "has an example of %s that is read",
    (_, example) => {
      const plan = new Map([...sections(whole), ...sections(example)]);
      // Other data has no place for the whole example's design, nor have linked and frames.
      if (!sections(example).has("sample")) plan.delete("sample");
      expect(() => read([...plan.values()].join(""))).not.toThrow();
    },
  );
});
