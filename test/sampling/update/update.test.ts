import { describe, expect, test } from "vitest";
import { ticket, ticketKey } from "../../../src/random/tickets.js";
import { drawSample } from "../../../src/sampling/draw.js";
import { classSizes } from "../../../src/sampling/update/class-sizes.js";
import { partsOfKey } from "../../../src/sampling/update/classes.js";
import { prepareUpdate } from "../../../src/sampling/update/prepare.js";
import { refusalOf } from "../../frames.js";
import { designOf, frameOfRows } from "../inclusion.js";
import { firstDraw, updateTo } from "./simulate.js";

const seed = "314159";
const name = (i: number): string => `c${String(i).padStart(2, "0")}`;
const first = frameOfRows(
  "id|team|gender",
  Array.from({ length: 40 }, (_, i) => `${name(i)}|${i < 24 ? "north" : "south"}|${i % 2 ? "f" : "m"}`),
);

/** Ids in the order of their tickets under a seed. */
function inOrder(ids: readonly string[], under: string): string[] {
  const key = ticketKey(under);
  return ids.toSorted((a, b) => (ticket(key, a) < ticket(key, b) ? -1 : 1));
}

const units = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i);
const part = (key: string, count: number, kept: number, silent = 0) => ({
  key,
  home: "h",
  units: units(count),
  kept,
  silent,
});

describe("sizes of classes", () => {
  const classes = [part("a", 60, 5), part("b", 20, 1), part("c", 10, 0)];

  test.each([
    // 90 units: 18 gives one in five, 12, 4 and 2.
    [18, [12, 4, 2]],
    // The minima are 5, 2 and 2, which is all that there is to give.
    [9, [5, 2, 2]],
    // More than the plan allocates, as what is kept stays and every class gives two.
    [4, [5, 2, 2]],
    [0, undefined],
  ])("allocated %i", (allocated, expected) => {
    if (expected === undefined) expect(() => classSizes(classes, allocated)).toThrow("takes nobody");
    else expect(classSizes(classes, allocated)).toEqual(expected);
  });

  test("a class gives two that may respond, or all that it holds; one left out gives none", () => {
    expect(classSizes([part("a", 60, 3, 3), part("b", 3, 2, 2), part("c", 1, 0)], 6)).toEqual([5, 3, 1]);
    expect(classSizes([part("a", 60, 0)], 0)).toEqual([0]);
  });
});

describe("random", () => {
  // Four of the north move to the south, two to the west; c00 is gone, and two are new.
  const moved: Readonly<Record<string, string>> = {
    c01: "south",
    c02: "south",
    c03: "south",
    c04: "south",
    c05: "west",
    c06: "west",
  };
  const second = frameOfRows("id|team|gender", [
    ...Array.from({ length: 39 }, (_, i) => {
      const id = name(i + 1);
      return `${id}|${moved[id] ?? (i + 1 < 24 ? "north" : "south")}|${(i + 1) % 2 ? "f" : "m"}`;
    }),
    "n1|south|f",
    "n2|west|m",
  ]);
  const of = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, i) => name(from + i));
  const north = inOrder(of(0, 24), seed);

  test("each class is its first units by ticket; the class of which nobody was drawn has tickets of its own", () => {
    const earlier = firstDraw(first, { size: 20 })(seed); // 12 of 24 and 8 of 16
    const was = new Set(north.slice(0, 12));
    const { sample, frame } = updateTo(earlier, second, { seed });
    const drawnOf = (key: string): string[] =>
      inOrder(
        sample.drawn
          .filter(({ stratum }) => stratum.key === key)
          .map(({ unit }) => frame.ids[unit] as string),
        key.includes("new in") ? `${seed}|update/2` : seed,
      );
    for (const { key, units: own, sampleSize } of sample.design.strata) {
      const ids = Array.from(own, (unit) => frame.ids[unit] as string);
      const under = key.includes("new in") ? `${seed}|update/2` : seed;
      expect(drawnOf(key), key).toEqual(inOrder(ids, under).slice(0, sampleSize));
    }
    const movers = Object.keys(moved).filter((id) => moved[id] === "south");
    const kept = movers.filter((id) => was.has(id)).length;
    const keys = sample.design.strata.map(({ key }) => key);
    // By hand from the tickets: some of the four movers were in the first twelve, and neither mover to the west was.
    expect(kept).toBeGreaterThan(0);
    expect(["c05", "c06"].some((id) => was.has(id))).toBe(keys.includes("west · from north"));
    expect(keys).toContain("south · from north");
    expect(keys).toContain("south · new in version 2");
    expect(sample.design.updated?.classes.get("south · from north")?.kept).toBe(kept);
    for (const id of was)
      if (id !== "c00") expect(sample.drawn.some(({ unit }) => frame.ids[unit] === id)).toBe(true);
  });

  test("a sample that lacks the smallest ticket of a class is refused: it cannot be what a draw left", () => {
    const earlier = firstDraw(first, { size: 20 })(seed);
    const staying = north.filter((id) => id !== "c00" && !(id in moved));
    const { sample } = earlier;
    const drawn = sample.drawn.filter(({ unit }) => first.ids[unit] !== staying[0]);
    expect(drawn).toHaveLength(19);
    expect(
      refusalOf(() => updateTo({ frame: first, sample: { ...sample, drawn } }, second, { seed })).code,
    ).toBe("UPDATE_NOT_REPLAYED");
  });
});

describe("keys", () => {
  test.each([
    ["public / over 52", { home: "public / over 52" }],
    ["a · b", { home: "a · b" }],
    ["a · from b / c", { home: "a", part: "from b / c" }],
    [
      "a · from b · new in version 2 (version 3)",
      { home: "a", part: "from b · new in version 2 (version 3)" },
    ],
    ["a · new in version 12", { home: "a", part: "new in version 12" }],
  ])("%s", (key, parts) => expect(partsOfKey(key)).toEqual(parts));
});

describe("systematic and balanced", () => {
  test.each(["systematic", "balanced"] as const)(
    "%s: a substitute stays with the place that it holds, and leaves when the place is gone",
    (method) => {
      const plan = { size: 8, reserves: 2, method, balance: ["gender"] };
      const base = drawSample(first, designOf(first, plan), seed);
      const [one, two] = base.drawn.map(({ unit }) => first.ids[unit] as string) as [string, string];
      const earlier = firstDraw(first, plan)(seed, [
        {
          kind: "replace",
          losses: [
            { unitId: one, reason: "inaccessible" },
            { unitId: two, reason: "inaccessible" },
          ],
        },
      ]);
      const [forOne, forTwo] = (earlier.sample.after?.releases ?? []).map(
        ({ released }) => first.ids[released as number] as string,
      );
      const rows = first.ids.flatMap((id) => {
        const at = Number(id.slice(1));
        return id === one ? [] : [`${id}|${at < 24 ? "north" : "south"}|${at % 2 ? "f" : "m"}`];
      });
      const second = frameOfRows("id|team|gender", rows);
      const { left, step } = prepareUpdate(earlier, second);
      expect(left.map(({ unitId, why }) => [unitId, why])).toEqual([
        [one, "gone"],
        [forOne, "needless"],
      ]);
      expect(step.kept.find(({ unitId }) => unitId === forTwo)?.holds).toEqual([two]);
      const { sample, frame } = updateTo(earlier, second, { seed });
      const at = sample.drawn.findIndex(({ unit }) => frame.ids[unit] === forTwo);
      // The substitute stands for what the lost unit stood for: 1/π of the larger of the two designs.
      const lost = second.ids.indexOf(two);
      expect(sample.after?.members[at]?.finalWeight).toBeCloseTo(
        1 / (sample.probabilities[lost] as number),
        12,
      );
      for (const unit of second.eligible) {
        const before = earlier.sample.probabilities[first.ids.indexOf(second.ids[unit] as string)] as number;
        expect(sample.probabilities[unit]).toBeGreaterThanOrEqual(before);
      }
    },
  );

  // All of the south moves to the north but one, and two of the north move to the south, of which the plan takes nobody.
  test.each(["systematic", "balanced"] as const)(
    "%s: a stratum that the plan leaves out may hold nobody that could have been drawn, whoever was",
    (method) => {
      const allocation = { method: "fixed", sizes: { north: 8, south: 0 } } as const;
      const draw = firstDraw(first, { size: 8, method, balance: ["gender"], allocation });
      const rowsOf = (inSouth: readonly string[]) =>
        first.ids.map((id) => {
          const at = Number(id.slice(1));
          return `${id}|${inSouth.includes(id) ? "south" : "north"}|${at % 2 ? "f" : "m"}`;
        });
      const movers = ["c01", "c02"];
      const partly = frameOfRows("id|team|gender", rowsOf([...movers, "c39"]));
      const fates = new Set<number>();
      for (let k = 0; k < 40; k++) {
        const seed = `moved ${k}`;
        const earlier = draw(seed);
        fates.add(
          earlier.sample.drawn.filter(({ unit }) => movers.includes(first.ids[unit] as string)).length,
        );
        const refused = refusalOf(() => updateTo(earlier, partly, { seed }));
        expect([refused.code, refused.details]).toEqual([
          "UPDATE_NOT_POSSIBLE",
          { stratum: "south", count: 2 },
        ]);
      }
      expect(fates).toContain(0);
      expect(fates.size).toBeGreaterThan(1);
      // Where only those who could not be drawn stay in the south, nothing stands in the way.
      const apart = frameOfRows("id|team|gender", rowsOf(["c38", "c39"]));
      const { sample } = updateTo(draw(seed), apart, { seed });
      for (const unit of apart.eligible)
        expect(sample.probabilities[unit] === 0).toBe(["c38", "c39"].includes(apart.ids[unit] as string));
    },
  );

  // By largest remainders 8 of 14, 6 and 1 are 5, 2 and 1, but 9 are 6, 3 and 0: the paradox of Alabama.
  test.each(["systematic", "balanced"] as const)(
    "%s: a larger size that would leave a stratum out is refused",
    (method) => {
      const list = frameOfRows(
        "id|team|gender",
        Array.from(
          { length: 21 },
          (_, i) => `${name(i)}|${i < 14 ? "north" : i < 20 ? "south" : "west"}|${i % 2 ? "f" : "m"}`,
        ),
      );
      const allocation = { method: "proportional", min: 0 } as const;
      const earlier = firstDraw(list, { size: 8, method, balance: ["gender"], allocation })(seed);
      const larger = (size: number) => () =>
        updateTo(earlier, list, { seed, since: [{ kind: "extend", size, afterFindings: false }] });
      const refused = refusalOf(larger(9));
      expect([refused.code, refused.details]).toEqual([
        "EXTENSION_NOT_POSSIBLE",
        { stratum: "west", count: 1 },
      ]);
      expect(larger(12)().sample.design.strata.map(({ sampleSize }) => sampleSize)).toEqual([8, 3, 1]);
    },
  );

  test.each(["systematic", "balanced"] as const)(
    "%s: a substitute that leaves has come for nobody, and what is said of losses counts those that are in",
    (method) => {
      const plan = { size: 8, reserves: 2, method, balance: ["gender"] };
      const [one] = drawSample(first, designOf(first, plan), seed).drawn.map(({ unit }) => first.ids[unit]);
      const lose = (unitId: string) =>
        ({ kind: "replace", losses: [{ unitId, reason: "inaccessible" }] }) as const;
      const once = firstDraw(first, plan)(seed, [lose(one as string)]).sample;
      const forOne = first.ids[once.after?.releases[0]?.released as number] as string;
      const earlier = firstDraw(first, plan)(seed, [lose(one as string), lose(forOne)]);
      // The place of the first is gone: its substitute was lost, and the one that came for that has nothing to stand for.
      const second = frameOfRows(
        "id|team|gender",
        first.ids.flatMap((id) => {
          const at = Number(id.slice(1));
          return id === one ? [] : [`${id}|${at < 24 ? "north" : "south"}|${at % 2 ? "f" : "m"}`];
        }),
      );
      const { sample } = updateTo(earlier, second, { seed });
      const members = new Set(sample.drawn.map(({ unit }) => unit));
      for (const { released } of sample.after?.releases ?? [])
        if (released !== undefined) expect(members.has(released)).toBe(true);
      const said = new Map(sample.notes.map(({ code, text }) => [code, text]));
      expect(said.has("substitutes-impute")).toBe(false);
      expect(said.get("losses-unreplaced")).toContain("none was left, or the one that came has gone since");
    },
  );
});

describe("what is said after an update", () => {
  const gone = frameOfRows("id|team|gender", [
    ...Array.from({ length: 36 }, (_, i) => `${name(i)}|${i < 24 ? "north" : "south"}|${i % 2 ? "f" : "m"}`),
    ...Array.from({ length: 12 }, (_, i) => `n${i}|south|${i % 2 ? "f" : "m"}`),
  ]);
  const larger = (size: number) => ({ kind: "extend", size, afterFindings: true }) as const;
  const said = (sample: { readonly notes: readonly { readonly code: string; readonly text: string }[] }) =>
    new Map(sample.notes.map(({ code, text }) => [code, text]));
  const came = (sample: ReturnType<typeof updateTo>["sample"], since: number) =>
    sample.after?.members.filter(({ entry, version }) => entry === "added" && version >= since).length;

  test.each([
    ["random", {}],
    ["systematic", { method: "systematic", balance: ["gender"] }],
    ["balanced", { method: "balanced", balance: ["gender"] }],
  ] as const)("%s: units that the update added are none of a top-up's", (_, plan) => {
    const earlier = firstDraw(first, { size: 20, ...plan })(seed, [larger(24)]);
    const { sample: updated } = updateTo(earlier, gone, { seed });
    const before = updated.after?.members.filter(({ entry, version }) => entry === "added" && version === 2);
    expect(came(updated, 3)).toBeGreaterThan(0);
    expect(said(updated).get("topped-up")).toBe(
      `The sample was enlarged to 24 before it was brought to a corrected export; ${before?.length} of the units added then are in it still.`,
    );
    expect(said(updated).has("top-up-sizes-vary")).toBe(false);
    expect(said(updated).has("after-findings")).toBe(true);
    const { sample } = updateTo(earlier, gone, { seed, since: [larger(40)] });
    expect(said(sample).get("topped-up")).toBe(
      `The sample was enlarged to 40: ${came(sample, 4)} units were added.`,
    );
    expect(said(sample).get("top-up-sizes-vary") ?? "the larger of").toContain("the larger of");
  });
});
