import { expect, test } from "vitest";
import type { SamplePlan } from "../../src/plan/types.js";
import type { Sample } from "../../src/sampling/draw.js";
import { recipe } from "../../src/workflow/summary/recipe.js";

/** What the recipe says of checking a sample without casedraw; of the sample it depends on nothing but what is given. */
function toldOf(plan: Partial<SamplePlan>, design: object = {}, sample: object = {}): string {
  const algorithm = { name: "stratified-random", version: 1 };
  const given = { design: { plan: { method: "random", ...plan }, algorithm, ...design }, ...sample };
  const markup = recipe(
    given as unknown as Sample,
    { one: "child", many: "children" },
    { seed: "1", fromTickets: "From tickets." },
  ).toString();
  return (/Without casedraw and without the data: (.*)<\/li>/.exec(markup)?.[1] ?? "").replace(
    /<\/?code>/g,
    "",
  );
}

const all = "manifest.json and frame.csv are all that is needed to derive the draw again, in any language. ";
const script = "docs/verify.py, which comes with casedraw, ";
const filesOnly = `${script}compares the files with their hashes but does not derive this; casedraw verify does.`;
const target = { where: { law_type: ["public"] }, at_least: 2 };

test.each<[string, Partial<SamplePlan>, string]>([
  ["random", {}, "does it."],
  ["one a family", { one_per: "case_id" }, "does it."],
  [
    "random with targets",
    { targets: [target] },
    "does part of it, and leaves the allocation, which targets may raise, to casedraw verify.",
  ],
  [
    "capped",
    { caps: { team: 3 } },
    "does part of it, and leaves the chances, which are estimated by repeating the draw, to casedraw verify.",
  ],
  [
    "systematic",
    { method: "systematic" },
    "does part of it, and leaves which children are taken to casedraw verify.",
  ],
  [
    "balanced",
    { method: "balanced" },
    "does part of it, and leaves which children are taken to casedraw verify.",
  ],
  [
    "balanced with targets",
    { method: "balanced", targets: [target] },
    "does part of it, and leaves which children are taken, and their chances, which targets move, to casedraw verify.",
  ],
])("%s: the folder is enough, and the script does so much", (_, plan, told) => {
  expect(toldOf(plan)).toBe(`${all}${script}${told}`);
});

test("what the script does not know is not promised", () => {
  const apart = { algorithm: { name: "stratified-random-reviewed-apart", version: 1 } };
  expect(toldOf({}, apart)).toBe(`${all}${filesOnly}`);
  const away = toldOf({}, { conditional: new Float64Array() });
  expect(away).toBe(
    `the draw goes by manifest.json, by frame.csv and by the earlier sample’s folder, so keep that too. ${filesOnly}`,
  );
  expect(toldOf({}, { linked: {} })).toContain("follows from the earlier sample’s folder, so keep that too.");
  expect(toldOf({}, {}, { after: {} })).toBe(
    `manifest.json and frame.csv hold the sample as first drawn, and manifest.json every step since. ${filesOnly} ` +
      "The first version’s own folder can be checked by the script.",
  );
});
