import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isMarked, type Tally } from "../../src/analysis/tally.js";
import { auditTallies } from "../../src/disclosure/audit-tallies.js";
import { protectTallies } from "../../src/disclosure/protect-tallies.js";
import { refusalOf } from "../frames.js";
import { axis, countUnits, everyCount, shown, tallyOf, type Unit } from "./tallies.js";

const exact = { threshold: 5, roundTo: 1 };
const age = axis("age", ["0 to 4", "5 to 9", "10 to 15", "16 and over"]);
const law = axis("law", ["public", "private"]);
const area = axis("area", ["north", "south", "west"]);

const rows = (side: typeof age, count: number) => ({ ...side, levels: side.levels.slice(0, count) });

/** Small counts that the attacker works out. */
function exposedIn(published: readonly Tally[], original: readonly Tally[], rounding: typeof exact) {
  return auditTallies(published, { ...rounding, original }).filter(({ exposed }) => exposed);
}

describe("protectTallies hides small counts", () => {
  test("nothing is hidden where nothing is small, and 0 is shown", () => {
    const table = tallyOf(age, law, [
      [6, 0],
      [7, 8],
      [0, 12],
      [30, 40],
    ]);
    const { tallies, record } = protectTallies([table], exact);
    expect(tallies).toEqual([table]);
    expect(record).toEqual({
      threshold: 5,
      roundTo: 1,
      tallies: [{ id: "age_law", universe: "children", counts: 15, small: 0, group: 0, linked: 0, low: 0 }],
      audit: { audited: 0, exposed: 0, withheld: false },
    });
  });

  test("a threshold of 0 hides nothing", () => {
    const table = tallyOf(rows(age, 2), law, [
      [1, 2],
      [3, 4],
    ]);
    expect(protectTallies([table], { threshold: 0, roundTo: 1 }).tallies).toEqual([table]);
  });

  test("a single small count takes the smallest other of its line with it", () => {
    const table = tallyOf(age, undefined, [[30], [3], [9], [400]]);
    const { tallies, record } = protectTallies([table], exact);
    expect(shown(tallies[0] as Tally)).toEqual([[30], ["[c]"], ["[c]"], [400], [442]]);
    expect(record.tallies[0]).toMatchObject({ counts: 5, small: 1, group: 0, linked: 1 });
  });

  test("in a table of two sides it takes a square of four, the cheapest", () => {
    const table = tallyOf(rows(age, 3), area, [
      [3, 80, 9],
      [60, 70, 90],
      [10, 50, 12],
    ]);
    const { tallies } = protectTallies([table], exact);
    expect(shown(tallies[0] as Tally)).toEqual([
      ["[c]", 80, "[c]", 92],
      [60, 70, 90, 220],
      ["[c]", 50, "[c]", 72],
      [73, 200, 111, 384],
    ]);
  });

  // 1 and 2 in a row of 3 + 40: together they are at most 3, so a third has to go although two are hidden already.
  test("two small counts that add up to less than the threshold are not each other's cover", () => {
    const table = tallyOf(age, undefined, [[1], [2], [40], [300]]);
    const { tallies } = protectTallies([table], exact);
    expect(shown(tallies[0] as Tally)).toEqual([["[c]"], ["[c]"], ["[c]"], [300], [343]]);
  });

  test("a 0 that says that nobody of a small group is of a kind is hidden with the group", () => {
    const table = tallyOf(rows(age, 3), law, [
      [4, 0],
      [30, 0],
      [50, 60],
    ]);
    const { tallies, record } = protectTallies([table], exact);
    const lines = shown(tallies[0] as Tally);
    expect(lines[0]).toEqual(["[c]", "[c]", "[c]"]);
    // The group of 30 is not small: that all are public is shown unless it is needed as cover.
    expect(record.tallies[0]).toMatchObject({ small: 2, group: 1 });
    expect(exposedIn(tallies, [table], exact)).toEqual([]);
  });

  test("a 0 of a small group stays where nobody at all is of that kind", () => {
    const { tallies, record } = protectTallies(
      [
        tallyOf(rows(age, 3), law, [
          [60, 3],
          [0, 0],
          [50, 0],
        ]),
      ],
      exact,
    );
    expect((tallies[0] as Tally).cells[1]).toEqual([0, 0]);
    // Of the three private children none is in the third row, which is not empty.
    expect((tallies[0] as Tally).cells[2]?.[1]).toEqual({ mark: "c" });
    expect(record.tallies[0]?.group).toBe(1);
  });

  test("two hidden in every line are not taken as enough", () => {
    const places = ["a", "b", "c", "d"];
    const table = tallyOf(axis("age", places), axis("law", places), [
      [2, 3, 40, 50],
      [3, 2, 4, 60],
      [70, 80, 2, 3],
      [90, 95, 1, 5],
    ]);
    const { tallies } = protectTallies([table], exact);
    expect(exposedIn(tallies, [table], exact)).toEqual([]);
    expect(shown(tallies[0] as Tally)[1]?.[2]).toBe("[c]");
  });

  test("a margin that two tables share is hidden in both, and protected in both", () => {
    const gender = axis("gender", ["male", "female", "neither"]);
    const tables = [
      tallyOf(gender, law, [
        [100, 110],
        [90, 95],
        [2, 1],
      ]),
      tallyOf(gender, area, [
        [70, 70, 70],
        [60, 60, 65],
        [0, 3, 0],
      ]),
      tallyOf(gender, undefined, [[210], [185], [3]]),
    ];
    const { tallies, record } = protectTallies(tables, exact);
    expect(tallies.map((tally) => tally.rowTotals[2])).toEqual(Array(3).fill({ mark: "c" }));
    const hiddenTotals = tallies.map(({ rowTotals }) => rowTotals.map(isMarked));
    expect(hiddenTotals[1]).toEqual(hiddenTotals[0]);
    expect(hiddenTotals[2]).toEqual(hiddenTotals[0]);
    expect(exposedIn(tallies, tables, exact)).toEqual([]);
    // In the second table the row's two counts of 0 are hidden too.
    expect(record.tallies.map(({ group }) => group)).toEqual([0, 2, 0]);
  });

  test("a factor that all but two have is hidden: who lacks it would follow", () => {
    const factors = axis("factors", ["neglect", "drugs"]);
    const table: Tally = { ...tallyOf(factors, undefined, [[48], [20]]), disjoint: false, total: 50 };
    const { tallies } = protectTallies([table], exact);
    expect(shown(tallies[0] as Tally)).toEqual([["[c]"], [20], [50]]);
  });

  test("factors of two columns are protected one by one, as has and has not", () => {
    const factors = axis("factors", ["neglect", "drugs"]);
    const table: Tally = {
      ...tallyOf(factors, law, [
        [3, 20],
        [30, 40],
      ]),
      disjoint: false,
      total: 150,
      columnTotals: [70, 80],
    };
    const { tallies } = protectTallies([table], exact);
    expect(shown(tallies[0] as Tally)).toEqual([
      ["[c]", "[c]", 23],
      [30, 40, 70],
      [70, 80, 150],
    ]);
  });

  test("a table of one factor's yes and no is linked with the table of all factors", () => {
    const factors: Tally = {
      ...tallyOf(axis("factors", ["neglect", "drugs"]), undefined, [[48], [20]]),
      disjoint: false,
      total: 100,
    };
    const pair = tallyOf(
      { ...axis("neglect", ["yes", "no"]), of: { field: "factors", level: "neglect" } },
      { ...axis("drugs", ["yes", "no"]), of: { field: "factors", level: "drugs" } },
      [
        [2, 46],
        [18, 34],
      ],
    );
    const { tallies } = protectTallies([factors, pair], exact);
    // Both margins stand in the other table, so the square of four is all that may move.
    expect(shown(tallies[1] as Tally)).toEqual([
      ["[c]", "[c]", 48],
      ["[c]", "[c]", 52],
      [20, 80, 100],
    ]);
    expect(exposedIn(tallies, [factors, pair], exact)).toEqual([]);
    const other = { ...factors, rowTotals: [47, 20] };
    expect(refusalOf(() => protectTallies([other, pair], exact)).code).toBe("DISCLOSURE_COUNTS_INVALID");
  });

  test("a part of a universe is not shown beside the whole where few are outside it", () => {
    const all = tallyOf(rows(age, 2), undefined, [[50], [60]]);
    const open = (within: Partial<Tally>) =>
      tallyOf(rows(age, 2), undefined, [[47], [30]], { id: "open", universe: "open children", ...within });
    expect(protectTallies([all, open({})], exact).tallies[1]?.rowTotals).toEqual([47, 30]);
    const linked = [all, open({ within: "children" })];
    const { tallies } = protectTallies(linked, exact);
    expect(
      [...(tallies[0] as Tally).rowTotals, ...(tallies[1] as Tally).rowTotals].filter(isMarked),
    ).toHaveLength(2);
  });

  test("columns that are not all there are are: the rest must not follow either", () => {
    // 43 public and private of 45, so 2 are neither.
    const table: Tally = {
      ...tallyOf(rows(age, 2), law, [
        [20, 23],
        [30, 40],
      ]),
      rowTotals: [45, 90],
      total: 135,
    };
    const { tallies } = protectTallies([table], exact);
    expect((tallies[0] as Tally).cells[0]?.some(isMarked)).toBe(true);
  });
});

describe("protectTallies rounds what it shows", () => {
  test("halves up, to the nearest multiple; what rounds to 0 is low", () => {
    const table = tallyOf(age, undefined, [[12], [13], [0], [4]]);
    const { tallies, record } = protectTallies([table], { threshold: 0, roundTo: 10 });
    expect(shown(tallies[0] as Tally)).toEqual([[10], [10], [0], ["[low]"], [30]]);
    expect(record.tallies[0]?.low).toBe(1);
    const halves = tallyOf(age, undefined, [[15], [25], [5], [14]]);
    expect(shown(protectTallies([halves], { threshold: 0, roundTo: 10 }).tallies[0] as Tally)).toEqual([
      [20],
      [30],
      [10],
      [10],
      [60],
    ]);
  });

  // Shown to the nearest 5 and the total known: 3 = 143 − 61 − 79, and 61 may be 58 to 62, 79 may be 78 to 82: 0 to 7.
  test("rounding can be cover enough, so that no other count is hidden", () => {
    const table = tallyOf(rows(age, 3), undefined, [[61], [79], [3]]);
    const { tallies, record } = protectTallies([table], { threshold: 5, roundTo: 5 });
    expect(shown(tallies[0] as Tally)).toEqual([[60], [80], ["[c]"], [145]]);
    expect(record.tallies[0]?.linked).toBe(0);
    expect(record.audit).toMatchObject({ audited: 1, exposed: 0, narrowest: { lower: 1, upper: 5 } });
  });

  // 3 = 64 − 61, and 61 may be 58 to 62: 2 to 6, which leaves out 1. The total itself is taken as known.
  test("and where it is not, another count is hidden", () => {
    const table = tallyOf(rows(age, 2), undefined, [[61], [3]]);
    const { tallies } = protectTallies([table], { threshold: 5, roundTo: 5 });
    expect(shown(tallies[0] as Tally)).toEqual([["[c]"], ["[c]"], [65]]);
  });

  test("design effects are rounded to a tenth, and say nothing of hidden counts", () => {
    const table = tallyOf(rows(age, 3), undefined, [[30], [3], [9]], {
      effects: { cells: [[], [], []], rowTotals: [1.234, 1.777, 0.01] },
    });
    const { tallies } = protectTallies([table], exact);
    expect(tallies[0]?.effects?.rowTotals).toEqual([1.2, 1, 1]);
  });

  test("what cannot apply stays marked", () => {
    const table: Tally = { ...tallyOf(rows(age, 2), undefined, [[30], [0]]), rowTotals: [30, { mark: "z" }] };
    expect(protectTallies([table], exact).tallies[0]?.rowTotals).toEqual([30, { mark: "z" }]);
  });
});

describe("protectTallies refuses", () => {
  const table = tallyOf(rows(age, 2), law, [
    [10, 20],
    [30, 40],
  ]);

  test.each<[string, readonly Tally[]]>([
    ["rows that do not add up", [{ ...table, columnTotals: [41, 60], total: 101, rowTotals: [30, 70] }]],
    ["one count given differently", [table, { ...table, id: "other", universe: "children", total: 101 }]],
    ["what is no whole number", [{ ...table, total: 100.5 }]],
    ["counts below 0", [{ ...table, total: -100 }]],
    ["tables protected before", [{ ...table, rowTotals: [{ mark: "c" }, 70] }]],
    [
      "a part larger than its whole",
      [table, { ...tallyOf(rows(age, 2), undefined, [[31], [10]]), universe: "open", within: "children" }],
    ],
  ])("%s", (_, tallies) => {
    expect(refusalOf(() => protectTallies(tallies, exact)).code).toBe("DISCLOSURE_COUNTS_INVALID");
  });
});

const kinds = axis("kind", ["one", "two", "three"]);
const factors = axis("factors", ["neglect", "drugs", "alcohol"]);

/** Children with skewed levels, so that small counts, small groups and zeros abound. */
const someUnits: fc.Arbitrary<Unit[]> = fc.array(
  fc.record({
    age: fc.constantFrom("0 to 4", "0 to 4", "0 to 4", "5 to 9", "5 to 9", "10 to 15", "16 and over"),
    law: fc.constantFrom("public", "public", "private"),
    area: fc.constantFrom("north", "north", "north", "south", "south", "west"),
    kind: fc.constantFrom("one", "one", "one", "one", "two", "three"),
    factors: fc.subarray(["neglect", "drugs", "alcohol"]),
    open: fc.constantFrom("yes", "yes", "yes", "no"),
  }),
  { minLength: 7, maxLength: 120 },
);

/** Whether a child has a factor, as a side of its own. */
const isOf = (level: string) => ({ ...axis(`is_${level}`, ["yes", "no"]), of: { field: "factors", level } });

function linkedTables(given: readonly Unit[]): Tally[] {
  const units = given.map((unit): Unit => {
    const has = (level: string) => (unit.factors?.includes(level) ? "yes" : "no");
    return { ...unit, is_neglect: has("neglect"), is_drugs: has("drugs") };
  });
  const open = units.filter((unit) => unit.open === "yes");
  return [
    countUnits(units, age, law),
    countUnits(units, age, area),
    countUnits(units, kinds, law),
    countUnits(units, area, law),
    countUnits(units, kinds, undefined),
    countUnits(units, factors, law, { disjoint: false }),
    countUnits(units, factors, area, { disjoint: false }),
    countUnits(units, isOf("neglect"), isOf("drugs")),
    countUnits(open, age, law, { id: "open", universe: "open children", within: "children" }),
  ];
}

const someRounding = fc.record({
  threshold: fc.integer({ min: 1, max: 6 }),
  roundTo: fc.constantFrom(1, 1, 3, 5, 10),
});

describe("protectTallies against attackers", () => {
  test("no small count of random linked tables can be worked out from what is published", {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(someUnits, someRounding, (units, rounding) => {
        const original = linkedTables(units);
        const { tallies, record } = protectTallies(original, rounding);
        expect(record.audit.exposed).toBe(0);
        expect(exposedIn(tallies, original, rounding)).toEqual([]);
        for (const [at, tally] of tallies.entries()) {
          const given = everyCount(original[at] as Tally) as number[];
          for (const [k, count] of everyCount(tally).entries()) {
            const truth = given[k] as number;
            if (truth >= 1 && truth <= rounding.threshold) expect(count).toEqual({ mark: "c" });
            if (!isMarked(count)) expect(Math.abs(count - truth)).toBeLessThanOrEqual(rounding.roundTo / 2);
          }
        }
      }),
      { numRuns: 15, seed: 20261116 },
    );
  });

  test("of all populations that would be published alike, some give each small count 1 and some the threshold", () => {
    const two = ["x", "y"];
    const [a, b, c] = [axis("a", two), axis("b", two), axis("c", two)];
    const tablesOf = (cells: readonly number[]): Tally[] => {
      const of = (place: number): number => cells[place] as number;
      const pair = (first: number, second: number) => of(first) + of(second);
      // Cells stand by a, then b, then c.
      return [
        tallyOf(a, b, [
          [pair(0, 1), pair(2, 3)],
          [pair(4, 5), pair(6, 7)],
        ]),
        tallyOf(a, c, [
          [pair(0, 2), pair(1, 3)],
          [pair(4, 6), pair(5, 7)],
        ]),
      ];
    };
    const flat = (tables: readonly Tally[]) => tables.flatMap(everyCount);
    const worlds = new Map<number, number[][]>();
    const worldsOf = (n: number): number[][] => {
      const known = worlds.get(n) ?? compositions(n, 8).map((cells) => flat(tablesOf(cells)) as number[]);
      worlds.set(n, known);
      return known;
    };
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 5, 6, 7), { minLength: 9, maxLength: 11 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(1, 1, 3),
        (places, threshold, roundTo) => {
          const cells = Array.from({ length: 8 }, (_, at) => places.filter((place) => place === at).length);
          const original = tablesOf(cells);
          const published = flat(protectTallies(original, { threshold, roundTo }).tallies);
          const rounded = (count: number): number => Math.floor(count / roundTo + 0.5) * roundTo;
          const alike = worldsOf(places.length).filter((world) =>
            published.every((count, at) => {
              const value = world[at] as number;
              if (!isMarked(count)) return count === rounded(value) && (value === 0 || value > threshold);
              return count.mark === "c" || (rounded(value) === 0 && value > threshold);
            }),
          );
          for (const [at, truth] of (flat(original) as number[]).entries()) {
            if (truth < 1 || truth > threshold) continue;
            const values = alike.map((world) => world[at] as number);
            expect(values.reduce((x, y) => Math.min(x, y))).toBeLessThanOrEqual(1);
            expect(values.reduce((x, y) => Math.max(x, y))).toBeGreaterThanOrEqual(threshold);
          }
        },
      ),
      { numRuns: 40, seed: 20261117 },
    );
  });

  test("the same tables are protected in the same way, and are left as they were", () => {
    fc.assert(
      fc.property(someUnits, someRounding, (units, rounding) => {
        const tables = linkedTables(units);
        const before = JSON.stringify(tables);
        expect(protectTallies(tables, rounding)).toEqual(protectTallies(linkedTables(units), rounding));
        expect(JSON.stringify(tables)).toBe(before);
      }),
      { numRuns: 5, seed: 20261118 },
    );
  });
});

function compositions(n: number, places: number): number[][] {
  if (places === 1) return [[n]];
  return Array.from({ length: n + 1 }, (_, first) =>
    compositions(n - first, places - 1).map((rest) => [first, ...rest]),
  ).flat();
}

describe("a universe of one level of another", () => {
  // 3 of unknown law: who knows that 40 and 57 are the others knows them.
  const laws = tallyOf(axis("law", ["public", "private", "unknown"]), undefined, [[40], [57], [3]]);
  const authority = tallyOf(axis("authority", ["recorded", "missing"]), undefined, [[30], [10]], {
    universe: "children in public law",
    within: "children",
  });
  const where = { field: "law", level: "public" };

  test("has a total that is no secret beside it where that is hidden", () => {
    const original = [laws, { ...authority, where }];
    const { tallies, record } = protectTallies(original, exact);
    expect(record.audit.exposed).toBe(0);
    expect(exposedIn(tallies, original, exact)).toEqual([]);
    const [shownLaws, shownAuthority] = tallies as [Tally, Tally];
    expect(isMarked(shownLaws.rowTotals[2])).toBe(true);
    // Either private law is what covers it, or public law is hidden in both tables.
    expect(isMarked(shownLaws.rowTotals[1]) || isMarked(shownAuthority.total)).toBe(true);
  });

  test("is attacked through it", () => {
    const hidden = { mark: "c" } as const;
    const published = [
      { ...laws, rowTotals: [hidden, 57, hidden] },
      { ...authority, where },
    ];
    expect(exposedIn(published, [laws, authority], exact)).toMatchObject([{ row: 2, lower: 3, upper: 3 }]);
  });
});
