import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assign } from "../../../src/sampling/handover/assign.js";
import { deal } from "../../../src/sampling/handover/deal.js";
import type { Family, TeamRoom } from "../../../src/sampling/handover/family.js";
import { assignSecondReaders } from "../../../src/sampling/handover/second-readers.js";

let made = 0;
function family(site: string, size: number, extra: Partial<Family> = {}): Family {
  const key = `f${String(made++).padStart(4, "0")}`;
  return {
    key,
    units: Array.from({ length: size }, (_, i) => `${key}_${i}`),
    site,
    choices: [[0]],
    ...extra,
  };
}

const several = (count: number, make: (i: number) => Family): Family[] =>
  Array.from({ length: count }, (_, i) => make(i));
const sizeOf = (families: readonly Family[]): number =>
  families.reduce((sum, { units }) => sum + units.length, 0);

describe("dealing out", () => {
  test("three sites of 6, 4 and 2 to two bins: 6 each, no site in two parts", () => {
    const sites = [
      ...several(6, () => family("a", 1)),
      ...several(4, () => family("b", 1)),
      ...several(2, () => family("c", 1)),
    ];
    const { given, left } = deal(sites, [
      { load: 0, most: Infinity, share: 1 },
      { load: 0, most: Infinity, share: 1 },
    ]);
    expect(left).toEqual([]);
    expect(given.map((own) => [...new Set(own.map(({ site }) => site))].sort())).toEqual([["a"], ["b", "c"]]);
  });

  test("one site of 9 to bins that have 3 and 0 already: 3 and 6", () => {
    const { given } = deal(
      several(9, () => family("a", 1)),
      [
        { load: 3, most: Infinity, share: 1 },
        { load: 0, most: Infinity, share: 1 },
      ],
    );
    expect(given.map(sizeOf)).toEqual([3, 6]);
  });

  test("even to the largest family, in few parts of sites, each part with its share of large families", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 4 })), {
          minLength: 1,
          maxLength: 120,
        }),
        fc.integer({ min: 1, max: 6 }),
        (drawn, bins) => {
          const families = drawn.map(([site, size]) => family(`s${site}`, size));
          const { given, left } = deal(
            families,
            Array.from({ length: bins }, () => ({ load: 0, most: Infinity, share: 1 })),
          );
          expect(left).toEqual([]);
          const loads = given.map(sizeOf);
          const largest = Math.max(...families.map(({ units }) => units.length));
          // Each within the largest family of its fair part.
          const fair = sizeOf(families) / bins;
          for (const load of loads) expect(Math.abs(load - fair)).toBeLessThanOrEqual(largest);
          const sites = new Set(families.map(({ site }) => site)).size;
          const parts = given.reduce((sum, own) => sum + new Set(own.map(({ site }) => site)).size, 0);
          expect(parts).toBeLessThanOrEqual(sites + bins - 1);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  test("cases as well as children: 40 of one child and 20 of three, to four bins, 15 cases and 25 children each", () => {
    const families = [...several(40, () => family("a", 1)), ...several(20, () => family("a", 3))];
    const { given } = deal(
      families,
      Array.from({ length: 4 }, () => ({ load: 0, most: Infinity, share: 1 })),
    );
    for (const own of given) {
      expect(Math.abs(own.length - 15)).toBeLessThanOrEqual(1);
      expect(Math.abs(sizeOf(own) - 25)).toBeLessThanOrEqual(3);
    }
  });
});

describe("assignment", () => {
  const pools: TeamRoom[] = [{ pairs: 1, capacity: 3 }, { pairs: 1 }];

  test("to the team of the place, and what it has no room for to the pool", () => {
    const families = several(5, () => family("a", 1, { choices: [[0], [1]] }));
    const { readers, unplaced } = assign(families, pools);
    expect([...readers.values()].map(({ team }) => team).sort()).toEqual([0, 0, 0, 1, 1]);
    expect(unplaced.size).toBe(0);
  });

  test("what nobody has room for, what no team covers and what everybody knows is said apart", () => {
    const room = several(2, () => family("a", 2));
    const nobody = family("b", 1, { choices: [[], []] });
    const known = family("c", 1, { choices: [[0]], barred: [{ team: 0 }] });
    const { readers, unplaced } = assign([...room, nobody, known], [{ pairs: 1, capacity: 3 }]);
    expect(readers.size).toBe(1);
    expect(unplaced.get(room[1]?.key as string) ?? unplaced.get(room[0]?.key as string)).toBe("no-room");
    expect(unplaced.get(nobody.key)).toBe("no-team");
    expect(unplaced.get(known.key)).toBe("conflict");
  });

  test("a conflict with a team that a family never had to do with gives it no other team", () => {
    const nobody = family("a", 1, { choices: [[], []], barred: [{ team: 1 }] });
    const full = family("b", 2, { choices: [[0]], barred: [{ team: 1 }] });
    const { unplaced } = assign([nobody, full], [{ pairs: 1, capacity: 1 }, { pairs: 1 }, { pairs: 1 }]);
    expect([unplaced.get(nobody.key), unplaced.get(full.key)]).toEqual(["no-team", "no-room"]);
  });

  test("a conflict moves a family to another pair, then to another team, before it is lost", () => {
    const pair = family("a", 1, { barred: [{ team: 0, pair: 0 }], held: { team: 0, pair: 0 } });
    const team = family("a", 1, { barred: [{ team: 0 }], held: { team: 0, pair: 1 } });
    const { readers, unplaced } = assign([pair, team], [{ pairs: 2 }, { pairs: 1 }]);
    expect(readers.get(pair.key)).toEqual({ team: 0, pair: 1 });
    expect(readers.get(team.key)).toEqual({ team: 1, pair: 0 });
    expect(unplaced.size).toBe(0);
  });

  test("whoever has a family keeps it, whatever else comes", () => {
    const held = several(6, (i) => family(`s${i}`, 1, { held: { team: 0, pair: i % 2 } }));
    const more = several(7, () => family("z", 1));
    const { readers } = assign([...more, ...held], [{ pairs: 2 }]);
    for (const { key, held: before } of held) expect(readers.get(key)).toEqual(before);
  });

  test("others are moved along where that makes room: only 0 is for a, and 0 or 1 for b", () => {
    const a = several(2, () => family("a", 1, { choices: [[0]] }));
    const b = several(2, () => family("b", 1, { choices: [[0, 1]] }));
    // Held by nobody, but b would be dealt to both teams; a needs both places of team 0.
    const { unplaced, readers } = assign(
      [...b, ...a],
      [
        { pairs: 1, capacity: 2 },
        { pairs: 1, capacity: 2 },
      ],
    );
    expect(unplaced.size).toBe(0);
    for (const { key } of a) expect(readers.get(key)?.team).toBe(0);
  });

  test("with children of one size, as many are placed as any assignment could; capacity is never exceeded, order never matters", () => {
    const caseOf = fc.record({
      capacities: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }),
      allowed: fc.array(fc.subarray([0, 1, 2, 3], { minLength: 1 }), { minLength: 1, maxLength: 12 }),
    });
    fc.assert(
      fc.property(caseOf, ({ capacities, allowed }) => {
        const teams = capacities.map((capacity) => ({ capacity, pairs: 1 }));
        const families = allowed.map((own, i) =>
          family(`s${i % 3}`, 1, { choices: [own.filter((team) => team < teams.length)] }),
        );
        const { readers } = assign(families, teams);
        capacities.forEach((capacity, team) => {
          expect([...readers.values()].filter((reader) => reader.team === team).length).toBeLessThanOrEqual(
            capacity,
          );
        });
        expect(readers.size).toBe(mostPlaced(families, capacities));
        expect(assign(families.toReversed(), teams)).toEqual(assign(families, teams));
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

/** By Hall's theorem with capacities: |F| − max over sets of teams of (families that may go nowhere else − their capacity). */
function mostPlaced(families: readonly Family[], capacities: readonly number[]): number {
  let lacking = 0;
  for (let set = 0; set < 1 << capacities.length; set++) {
    const only = families.filter(({ choices }) =>
      choices.flat().every((team) => (set & (1 << team)) !== 0),
    ).length;
    const room = capacities.reduce(
      (sum, capacity, team) => sum + ((set & (1 << team)) === 0 ? 0 : capacity),
      0,
    );
    lacking = Math.max(lacking, only - room);
  }
  return families.length - lacking;
}

describe("second readers", () => {
  test("are another pair of the team, else another team, never the first, and never beyond a capacity", () => {
    const [a, b, c] = [family("a", 1), family("b", 1, { choices: [[1]] }), family("c", 2)];
    const first = new Map([
      [a.key, { team: 0, pair: 0 }],
      [b.key, { team: 1, pair: 0 }],
      [c.key, { team: 0, pair: 1 }],
    ]);
    const teams = [
      { pairs: 2, capacity: 5 },
      { pairs: 1, capacity: 2 },
    ];
    const { readers, unplaced } = assignSecondReaders([a, b, c], teams, { first, loads: [[1, 2], [1]] });
    expect(readers.get(a.key)).toEqual({ team: 0, pair: 1 });
    // Team 1 is one pair: the second reader is the pair of team 0 with less to read.
    expect(readers.get(b.key)).toEqual({ team: 0, pair: 0 });
    // 5 readings are team 0's most, and it has 3 and the two above.
    expect(readers.has(c.key)).toBe(false);
    expect(unplaced.get(c.key)).toBe("no-room");
  });

  test("nobody but the first readers is no conflict; a bar on all the others is one", () => {
    const one = family("a", 1);
    const first = new Map([[one.key, { team: 0, pair: 0 }]]);
    const alone = assignSecondReaders([one], [{ pairs: 1 }], { first, loads: [[1]] });
    expect(alone.unplaced.get(one.key)).toBe("no-other-pair");
    const barred = { ...one, barred: [{ team: 0, pair: 1 }] };
    const known = assignSecondReaders([barred], [{ pairs: 2 }], { first, loads: [[1, 0]] });
    expect(known.unplaced.get(one.key)).toBe("conflict");
  });
});
