import { expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { fakeHost } from "./fake.js";

async function size(...words: string[]) {
  const { host, said } = fakeHost();
  const code = await main(["size", ...words], host, catalogue);
  return { code, ...said };
}

test("answers on the terminal with sentences and a table", async () => {
  const { code, out, err } = await size("--margin", "0.05", "--population", "19563", "--method", "wald");
  expect(code).toBe(0);
  expect(err).toBe("");
  // Cochran (1977) eq. 4.2: 384.1459/(1 + 383.1459/19563) = 376.77.
  expect(
    out,
  ).toBe(`For a margin of 5 percentage points either side of 50%, at 95% confidence, review 377 of 19,563 cases.

Of   Number  Design effect  For the margin
All  19,563              1             377
`);
});

test("answers programs with fractions", async () => {
  const { out } = await size("--rare", ".01", "--population", "1000", "--json");
  // R, phyper(0, 10, 990, 258) = .0499
  expect(JSON.parse(out)).toMatchObject({
    assumptions: { proportion: 0.5, confidence: 0.95, power: 0.8, method: "wilson" },
    goals: { rare: 0.01 },
    needed: [{ level: "all", population: 1000, rare: { sample_size: 258 } }],
    notes: [],
  });
  expect(JSON.parse((await size("--size", "1", "--json")).out)).toMatchObject({
    reached: [{ sample_size: 1, population: null, difference: null }],
  });
});

test.each([
  [[], "casedraw size: needs a question, got none."],
  [["--margin", "5%"], '--margin: must be a number such as 0.05, got "5%".'],
  [["--margin", "1e-2"], '--margin: must be a number such as 0.05, got "1e-2".'],
  [["--size", "1,000"], '--size: must be a whole number from 1, got "1,000".'],
  [["--size", "0"], '--size: must be a whole number from 1, got "0".'],
  [["--size", "5", "--rare", "0.1"], "--size: does not go with --rare"],
  [["--plan", "p.yaml", "--population", "9"], "--population: does not go with --plan"],
  [["--size", "5", "--by", "gender"], "--by: needs the data that a plan names"],
  [["--size", "5", "--method", "exact"], '--method: must be wilson or wald, got "exact".'],
])("size %j is refused before anything is read", async (words, message) => {
  const { code, err, claims } = await size(...words);
  expect(code).toBe(2);
  expect(err).toContain(`error[USAGE] ${message}`);
  expect(claims).toEqual([]);
});

test("a number that no sample has is refused with what to write", async () => {
  const { code, err } = await size("--margin", "5");
  expect(code).toBe(2);
  expect(err).toContain("error[VALUE_OUT_OF_RANGE] Margin of error: it lies between 0 and 0.5, got 5.");
});
