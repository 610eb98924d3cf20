import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keyMessages } from "../../src/cli/commands/pia.js";
import { makePia, textsOf } from "./pia-export.js";
import { workplace } from "./scratch.js";

/** An export of another kind than courts have: no law type, and a category that no standard field holds. */
const yaml = `casedraw: 1
title: Children looked after
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: children.csv }]
columns: { child_id: ID, gender: sex, ethnicity: origin, application_date: began, closed_date: ended }
fields: { need_code: { column: need, type: category }, placement: { column: place, type: category } }
`;

/** 200 children: every tenth of no known origin, every fifth without a beginning. */
const lines = [
  "ID,sex,origin,began,ended,need,place",
  ...Array.from({ length: 200 }, (_, i) =>
    [
      `c${i}`,
      i % 2 ? "F" : "M",
      i % 10 === 0 ? "" : "WBRI",
      i % 5 === 0 ? "" : "01/02/2026",
      i % 5 === 0 || i % 3 === 0 ? "01/10/2026" : "",
      `N${i % 4}`,
      `P${i % 3}`,
    ].join(","),
  ),
];

test("own categories are counted where they are named, and named where nothing reads them", async () => {
  const folder = workplace(lines, `${yaml}pia: { fields: [need_code] }\n`);
  await makePia(folder);
  // 200 children, a quarter of each: Wilson's interval of 50 of 200 by hand is 0.1951 to 0.3143.
  expect(readFileSync(join(folder, "internal/tables/own_need_code.csv"), "utf8").split("\n")[1]).toMatch(
    /^N0,50,0\.25,0\.195\d+,0\.314\d+,0\.25,0\.25$/,
  );
  const page = readFileSync(join(folder, "internal/pia.html"), "utf8");
  expect(page).toContain(">N0<");
  expect(page).toContain("No question reads placement, a category of the plan’s own.");

  await makePia(folder, { edition: "publishable" });
  const published = textsOf(join(folder, "publishable"));
  expect([...published.keys()].filter((name) => /own/.test(name))).toEqual([]);
  expect(published.get("pia.html")).not.toContain(">N0<");

  const bare = workplace(lines, yaml);
  await makePia(bare);
  expect(readFileSync(join(bare, "internal/pia.html"), "utf8")).toContain(
    "No question reads these categories of the plan’s own: need_code and placement. Name those that are to be counted under pia: fields.",
  );
});

test("without a law type no table and no document has a column for it", async () => {
  const folder = workplace(lines, yaml);
  await makePia(folder);
  const texts = textsOf(join(folder, "internal"));
  expect(texts.get("tables/gender.csv")?.split("\n")[0]).toMatch(/^gender,children,/);
  for (const [name, text] of texts)
    if (name.startsWith("tables/")) expect([name, text.includes("law_type")]).toEqual([name, false]);
  expect(texts.get("pia.html")).not.toMatch(/<th scope="col">Law type|(?:by|and) law type,/);
});

test("what is not known of one field is told once, and every field by its name", async () => {
  const { analysis } = await makePia(workplace(lines, yaml));
  const told = keyMessages(analysis).filter((text) => /not known for/.test(text));
  // 40 and 20 of 200.
  expect(told).toEqual([
    "Application date is not known for 20.0% of children (blank, said not to be known, or not understood), and ethnicity for 10.0%.",
  ]);
  const alone = lines.map((line) => line.replace(/,,(01\/10\/2026)/, ",01/02/2026,$1"));
  const { analysis: other } = await makePia(workplace(alone, yaml));
  expect(keyMessages(other).filter((text) => /not known for/.test(text))).toEqual([
    "Ethnic group is not known for 20 of 200 children (10.0%).",
  ]);
});
