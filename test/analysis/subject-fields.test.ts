import { expect, test } from "vitest";
import { singleValued } from "../../src/analysis/subject-fields.js";

const between = "\u001e";
const list = (name: string, ...levels: readonly string[]) => ({
  name,
  kind: "list" as const,
  levels,
  codes: Int32Array.from(levels, (_, at) => at),
});

test("who is in two areas does not stand with those of one area whose name is made of both", () => {
  const { levels, codes, kind } = singleValued(
    list("local_authority", `Brighton${between}Hove`, "Brighton and Hove", "Brighton + Hove"),
  );
  expect(kind).toBe("category");
  expect(levels).toEqual(["“Brighton” + “Hove”", "Brighton and Hove", "Brighton + Hove"]);
  expect([...codes]).toEqual([0, 1, 2]);
});

test("codes, which are single words, are told as one phrase", () => {
  expect(singleValued(list("law_type", `private${between}public`, "public")).levels).toEqual([
    "private and public",
    "public",
  ]);
});
