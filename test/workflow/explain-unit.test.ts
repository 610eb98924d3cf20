import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readOwnCsv } from "../../src/report/own-csv.js";
import { type Eligible, type Explanation, explainUnit } from "../../src/workflow/explain/unit.js";
import { continueSample } from "../../src/workflow/next-version/continue-sample.js";
import { designs, linesWithFactors, planWith } from "./recorded-designs.js";
import { draw, workplace } from "./scratch.js";

const seed = "314159";

/** A drawn sample of one of the designs. */
async function drawn(design: keyof typeof designs): Promise<string> {
  const folder = workplace(linesWithFactors(), planWith(designs[design]));
  await draw(folder, seed);
  return folder;
}

const explainAny = (folder: string, id: string): Promise<Explanation> =>
  explainUnit("out", id, { cwd: folder, progress: () => {} });

async function explain(folder: string, id: string): Promise<Eligible> {
  const explanation = await explainAny(folder, id);
  if (!("design" in explanation)) throw new Error(`${id} is ${explanation.outcome}`);
  return explanation;
}

/** The rows of one of the folder's files, by column. */
function rows(folder: string, name: string): Record<string, string>[] {
  const table = readOwnCsv(readFileSync(join(folder, "out", name), "utf8"), name);
  return table.rows.map((row) =>
    Object.fromEntries(table.header.map((column, at) => [column, row[at] ?? ""])),
  );
}

const sha = (text: string): string => createHash("sha256").update(text).digest("hex");
/** Tickets by their definition, with nothing of casedraw in it. */
const ticketOf = (name: string): string => sha(sha(seed) + name);
const byTicket = (a: string, b: string): number => (ticketOf(a) < ticketOf(b) ? -1 : 1);

const cheap = (Object.keys(designs) as (keyof typeof designs)[]).filter((name) => name !== "capped");

test.each(cheap)("%s: units are told what the folder's lists say", async (name) => {
  const folder = await drawn(name);
  const sample = new Map(rows(folder, "sample.csv").map((row) => [row.unit_id, row]));
  const reserves = new Map(rows(folder, "reserves.csv").map((row) => [row.unit_id, row]));
  for (const [at, { unit_id: id = "", stratum }] of rows(folder, "frame.csv").entries()) {
    if (at % 4 > 0 && !sample.has(id) && !reserves.has(id)) continue; // one in four of the others tells enough
    const explanation = await explain(folder, id);
    expect(explanation).toMatchObject({ unitId: id, stratum, unit: "child", ticket: ticketOf(id) });
    if (explanation.outcome === "drawn") {
      expect(String(explanation.drawOrder)).toBe(sample.get(id)?.draw_order);
      expect(String(explanation.inclusionProbability)).toBe(sample.get(id)?.inclusion_probability);
    } else if (explanation.outcome === "reserve") {
      expect(String(explanation.reserveOrder)).toBe(reserves.get(id)?.reserve_order);
    } else expect(sample.has(id) || reserves.has(id), id).toBe(false);
  }
});

describe("each design's own story", () => {
  test("random: ranks of a stratum run from 1, and the first are drawn", async () => {
    const folder = await drawn("random");
    const strata = new Map<string, string[]>();
    for (const { unit_id: id = "", stratum = "" } of rows(folder, "frame.csv"))
      strata.set(stratum, [...(strata.get(stratum) ?? []), id]);
    for (const ids of strata.values()) {
      for (const [at, id] of ids.sort(byTicket).entries()) {
        const explanation = await explain(folder, id);
        expect(explanation.rank).toBe(at + 1);
        expect(explanation.outcome === "drawn").toBe(at < explanation.drawn);
      }
    }
  });

  test("a stratum that the plan leaves out gives no chance", async () => {
    const folder = await drawn("fixed");
    const { unit_id: id = "" } = rows(folder, "frame.csv").find((row) => row.stratum === "private") ?? {};
    expect(await explain(folder, id)).toMatchObject({
      outcome: "not drawn",
      inclusionProbability: 0,
      design: { method: "left out" },
    });
  });

  test("one child a family: both tickets, and π = n/(N·m)", async () => {
    const folder = await drawn("one per family");
    const frame = rows(folder, "frame.csv");
    for (const stratum of ["public", "private"]) {
      const mine = frame.filter((row) => row.stratum === stratum);
      const families = [...new Set(mine.map((row) => row.case_id as string))].sort(byTicket);
      for (const { unit_id: id = "", case_id: family = "" } of mine) {
        const explanation = await explain(folder, id);
        const children = mine.flatMap((row) => (row.case_id === family ? [row.unit_id as string] : []));
        children.sort(byTicket);
        expect(explanation.design).toEqual({
          method: "one_per",
          field: "case_id",
          family,
          familyTicket: ticketOf(family),
          familyRank: families.indexOf(family) + 1,
          families: families.length,
          children: children.map((unitId) => ({ unitId, ticket: ticketOf(unitId) })),
        });
        expect(explanation.inclusionProbability).toBe(
          explanation.drawn / (families.length * children.length),
        );
        const reached = families.indexOf(family) < explanation.drawn;
        expect(explanation.outcome === "drawn", id).toBe(reached && children[0] === id);
      }
    }
  });

  test("systematic: the place in the sorted list, the steps, and the drawn places on either side", async () => {
    const folder = await drawn("systematic");
    const frame = rows(folder, "frame.csv").filter((row) => row.stratum === "private");
    const bands = ["up to 26", "over 26 to 52", "over 52 to 100", "over 100"];
    // The first gender goes up the bands, the second comes down again; tickets settle the rest.
    const cell = ({ gender, delay_band: band = "" }: Record<string, string>): number =>
      gender === "female" ? bands.indexOf(band) : 7 - bands.indexOf(band);
    const list = frame
      .toSorted((a, b) => cell(a) - cell(b) || byTicket(a.unit_id as string, b.unit_id as string))
      .map((row) => row.unit_id as string);
    const sample = new Set(rows(folder, "sample.csv").map((row) => row.unit_id));
    for (const [at, id] of list.entries()) {
      const { design, outcome } = await explain(folder, id);
      if (design.method !== "systematic") throw new Error("another design");
      // 60 of the 90 eligible children are private: 8 of 12, one in 7.5.
      expect(design).toMatchObject({ sortedBy: ["gender", "delay_band"], place: at + 1, interval: 7.5 });
      const places = Array.from({ length: 8 }, (_, step) => Math.floor((step + design.start) * 7.5) + 1);
      expect(places.includes(at + 1)).toBe(outcome === "drawn");
      const drawnAt = (place: number | undefined) =>
        place === undefined ? undefined : { unitId: list[place - 1], place };
      expect(design.before).toEqual(drawnAt(places.findLast((place) => place < at + 1)));
      expect(design.after).toEqual(drawnAt(places.find((place) => place > at + 1)));
      for (const place of places) expect(sample.has(list[place - 1])).toBe(true);
    }
  });

  test("targets: what raised or lowered a probability", async () => {
    const folder = await drawn("balanced with targets");
    const frame = rows(folder, "frame.csv");
    const find = (stratum: string, gender: string) =>
      explain(folder, frame.find((row) => row.stratum === stratum && row.gender === gender)?.unit_id ?? "");
    // Private: 60 children, 8 drawn, 40 of them girls: 40 · 8/60 = 5.33 girls, the target wants 6. So girls get 6/40 and boys
    // (8 − 6)/20; public children keep 4/30.
    const girl = await find("private", "female");
    expect(girl.inclusionProbability).toBeCloseTo(6 / 40, 9);
    expect(girl.design).toEqual({ method: "balanced", balancedOn: ["team"] });
    expect(girl.targets?.withoutTargets).toBe(8 / 60);
    expect(girl.targets?.targets[0]).toMatchObject({ atLeast: 6, eligible: 40, member: true });
    expect(girl.targets?.targets[0]?.expectedWithout).toBeCloseTo(16 / 3, 9);
    expect(girl.targets?.targets[0]?.group).toBe(
      "children whose gender is Female and whose law type is Private",
    );
    const boy = await find("private", "male");
    expect(boy.inclusionProbability).toBeCloseTo(2 / 20, 9);
    expect(boy.targets?.targets[0]?.member).toBe(false);
    const other = await find("public", "female");
    expect(other.targets?.withoutTargets).toBe(other.inclusionProbability);
  });

  test("targets of a random design: the stratum's number is raised", async () => {
    const folder = await drawn("random with targets");
    const { unit_id: id = "" } =
      rows(folder, "frame.csv").find((row) => row.stratum === "public / male") ?? {};
    const { targets, drawn: n, population } = await explain(folder, id);
    // 30 of 90 children are public: 4 of 12, and the target wants 8.
    expect(targets?.targets[0]?.expectedWithout).toBeCloseTo(4, 9);
    expect(n / population).toBeGreaterThan(targets?.withoutTargets as number);
  });

  test("caps: the turn, and what was full then", async () => {
    const folder = await drawn("capped");
    const frame = rows(folder, "frame.csv");
    const order = frame.toSorted((a, b) => byTicket(a.unit_id as string, b.unit_id as string));
    const caps = { team: 5, case_id: 1 };
    const quota: Record<string, number> = { public: 4, private: 8 };
    const taken: Record<string, string>[] = [];
    const expected = new Map<string, unknown>();
    for (const row of order) {
      const stratum = row.stratum as string;
      const inStratum = taken.filter((each) => each.stratum === stratum);
      const full = Object.entries(caps).find(
        ([name, cap]) => taken.filter((each) => each[name] === row[name]).length >= cap,
      );
      if (inStratum.length === quota[stratum]) {
        const last = inStratum.at(-1) as Record<string, string>;
        expected.set(row.unit_id as string, {
          because: "stratum full",
          lastUnitId: last.unit_id,
          lastTurn: order.indexOf(last) + 1,
        });
      } else if (full !== undefined) {
        const [field, cap] = full;
        const fellows = taken.filter((each) => each[field] === row[field]).map((each) => each.unit_id);
        expected.set(row.unit_id as string, { because: "cap full", field, cap, with: fellows });
      } else taken.push(row);
    }
    const kinds = new Set<string>();
    const told = order.filter((row) => {
      const passed = expected.get(row.unit_id as string) as { because: string; field?: string } | undefined;
      const kind = `${row.stratum} ${passed?.because} ${passed?.field}`;
      return kinds.has(kind) ? false : kinds.add(kind);
    });
    expect(told.length).toBeGreaterThan(4);
    for (const row of told) {
      const id = row.unit_id as string;
      const { design, inclusionProbability } = await explain(folder, id);
      if (design.method !== "caps") throw new Error("another design");
      expect(design).toMatchObject({ turn: order.indexOf(row) + 1, turns: 90, replays: 10_000 });
      expect(design.passedOver).toEqual(expected.get(id));
      expect(design.nominalProbability).toBe(row.stratum === "public" ? 4 / 30 : 8 / 60);
      const listed = rows(folder, "sample.csv").find((each) => each.unit_id === id);
      if (listed !== undefined) expect(String(design.standardError)).toBe(listed.standard_error);
      expect(inclusionProbability).toBeGreaterThan(0.1);
    }
  });

  test("caps: a unit that is no reserve either is told why", async () => {
    const folder = await drawn("capped");
    const sample = rows(folder, "sample.csv");
    const reserves = rows(folder, "reserves.csv");
    const siblingOf = (row: Record<string, string>) =>
      rows(folder, "frame.csv").find((each) => each.case_id === row.case_id && each.unit_id !== row.unit_id);
    const reserve = reserves[0] as Record<string, string>;
    expect((await explain(folder, reserve.unit_id as string)).design).not.toHaveProperty("notReserve");
    const passed = sample.map(siblingOf).find((row) => row !== undefined) as Record<string, string>;
    const { design } = await explain(folder, passed.unit_id as string);
    if (design.method !== "caps") throw new Error("another design");
    expect(["stratum full", "cap full"]).toContain(design.notReserve?.because);
  });
});

describe("what was done since the draw", () => {
  const onward = {
    out: "out-2",
    force: false,
    data: [],
    claim: () => {},
    progress: () => {},
    register: null,
  };

  test("a lost unit, the reserve that came for it, and a top-up", async () => {
    const folder = await drawn("random");
    const [lost] = rows(folder, "sample.csv");
    const came = rows(folder, "reserves.csv").find((row) => row.stratum === lost?.stratum);
    writeFileSync(join(folder, "log.csv"), `unit_id,reason\n${lost?.unit_id},inaccessible\n`);
    await continueSample("out", { kind: "replace", log: "log.csv" }, { ...onward, cwd: folder });
    const second = (id: string | undefined) =>
      explainUnit("out-2", id as string, { cwd: folder, progress: () => {} });
    const number = rows(folder, "../out-2/sample.csv").find(
      (row) => row.unit_id === came?.unit_id,
    )?.draw_order;
    expect(await second(lost?.unit_id)).toMatchObject({
      outcome: "drawn",
      drawOrder: 1,
      since: {
        version: 2,
        drawOrder: 1,
        lost: { reason: "inaccessible", version: 2, released: came?.unit_id },
      },
    });
    expect(await second(came?.unit_id)).toMatchObject({
      outcome: "reserve",
      reserveOrder: 1,
      since: {
        version: 2,
        drawOrder: Number(number),
        came: { how: "released", version: 2 },
        cameFor: lost?.unit_id,
      },
    });
    const extension = { kind: "extend", size: 16, afterFindings: false } as const;
    await continueSample("out-2", extension, { ...onward, out: "out-3", cwd: folder });
    const added = rows(folder, "../out-3/sample.csv").at(-1);
    expect(
      await explainUnit("out-3", added?.unit_id as string, { cwd: folder, progress: () => {} }),
    ).toMatchObject({
      since: { version: 3, came: { how: "added", version: 3 }, drawOrder: Number(added?.draw_order) },
    });
  });
});

describe("units reviewed before", () => {
  test("of a list: strata of their own", async () => {
    const folder = workplace(
      linesWithFactors(),
      planWith("{ size: 12, strata: [law_type], avoid: { ids: seen.csv, share: 0.5 }, reserves: 1 }"),
    );
    writeFileSync(join(folder, "seen.csv"), "unit_id\n0001_2\n0004_9\n0005_10\n0005_11\n");
    await draw(folder, seed);
    expect((await explain(folder, "0005_10")).stratum).toBe("private / reviewed before");
    for (const { unit_id: id = "", stratum } of rows(folder, "sample.csv"))
      expect(await explain(folder, id)).toMatchObject({ outcome: "drawn", stratum });
  });

  test("of an earlier sample: the probability given whether a unit was taken then", async () => {
    const folder = await drawn("random");
    const yaml = planWith("{ size: 12, strata: [law_type], avoid: { sample: out }, reserves: 1 }");
    writeFileSync(join(folder, "plan.yaml"), yaml);
    await draw(folder, "another seed", "out-2");
    const taken = rows(folder, "sample.csv")[0]?.unit_id as string;
    const again = await explainUnit("out-2", taken, { cwd: folder, progress: () => {} });
    // π₁ + π₂ is below 1 in every stratum, so that nobody can be taken twice.
    expect(again).toMatchObject({
      outcome: "not drawn",
      design: { method: "avoid", takenBefore: true, conditionalProbability: 0 },
    });
    const fresh = rows(folder, "../out-2/sample.csv")[0]?.unit_id as string;
    expect(await explainUnit("out-2", fresh, { cwd: folder, progress: () => {} })).toMatchObject({
      outcome: "drawn",
      design: { method: "avoid", takenBefore: false },
    });
    rmSync(join(folder, "out"), { recursive: true });
    await expect(explainUnit("out-2", fresh, { cwd: folder, progress: () => {} })).rejects.toMatchObject({
      code: "FILE_NOT_FOUND",
    });
  });
});

describe("a unit that could not be drawn", () => {
  const listed = (plan: string): string => plan.replace("cohort: {", "cohort: { exclude_ids: list.csv,");

  test("has its reason and what that means; an unknown one a suggestion", async () => {
    const folder = await drawn("random");
    expect(await explainAny(folder, "0000_0")).toEqual({
      outcome: "excluded",
      unitId: "0000_0",
      reason: "include: closed_date",
      meaning: "Closed date is recorded",
    });
    await expect(explainAny(folder, "0000_77")).rejects.toThrow(/Did you mean 0000_/);
  });

  test("by the exclusion list: in the list's own words, unless it has changed", async () => {
    const folder = workplace(linesWithFactors(), listed(planWith(designs.random)));
    const list = join(folder, "list.csv");
    const lines = "unit_id,reason\n0001_2,reviewed in  March\n0001_3,\n";
    writeFileSync(list, lines);
    await draw(folder, seed);
    const told = await explainAny(folder, "0001_2");
    expect(told).toMatchObject({ reason: "exclude_ids", listReason: "reviewed in March" });
    expect(await explainAny(folder, "0001_3")).not.toHaveProperty("listReason");
    writeFileSync(list, lines.replace("March", "May"));
    expect(await explainAny(folder, "0001_2")).toMatchObject({ listReason: null });
  });

  test("by a list without reasons", async () => {
    const folder = workplace(linesWithFactors(), listed(planWith(designs.random)));
    writeFileSync(join(folder, "list.csv"), "unit_id\n0001_2\n");
    await draw(folder, seed);
    expect(await explainAny(folder, "0001_2")).not.toHaveProperty("listReason");
  });

  test("is not explained from data that has changed", async () => {
    const folder = await drawn("random");
    const data = join(folder, "children.csv");
    writeFileSync(data, `${readFileSync(data, "utf8")}9999,1,S,F,01/01/2015,public,01/06/2026,,Team 1,\n`);
    await expect(explainAny(folder, "9999_1")).rejects.toThrow(/has changed since the draw/);
  });
});

describe("files that disagree are said and not explained away", () => {
  const edit = (folder: string, name: string, change: (text: string) => string): void => {
    const path = join(folder, "out", name);
    const text = readFileSync(path, "utf8");
    const changed = change(text);
    expect(changed).not.toBe(text);
    writeFileSync(path, changed);
  };
  const disagree = { code: "MANIFEST_INVALID", message: expect.stringMatching(/files disagree/) };

  test.each<[keyof typeof designs, string, (text: string) => string]>([
    ["random", "frame.csv", (text) => text.replace("0000_1,", "0000_1x,")],
    ["random", "frame.csv", (text) => text.replace("0000_1,private", "0000_1,public")],
    ["one stratum", "frame.csv", (text) => text.replace("0000_1,", "0000_1x,")],
    ["random", "frame.csv", (text) => `${text}${text.split("\n")[1]}\n`],
    ["random", "frame.csv", (text) => text.replace("unit_id,stratum", "unit_id,team")],
    ["systematic", "frame.csv", (text) => text.replace(",female,", ",male,")],
    ["balanced", "frame.csv", (text) => text.replace("drugs; neglect", "neglect")],
    ["one per family", "frame.csv", (text) => text.replace(",0001,", ",0002,")],
    ["random", "manifest.json", (text) => text.replace('"drawn": 2', '"drawn": 3')],
    ["random", "manifest.json", (text) => text.replace('"seed": "314159"', '"seed": "314158"')],
    ["balanced", "manifest.json", (text) => text.replace('"size": 12', '"size": 13')],
    ["random", "manifest.json", (text) => text.replace('"size": 12', '"size": 1200')],
  ])("%s: %s was edited (%#)", async (design, name, change) => {
    const folder = await drawn(design);
    const id = rows(folder, "frame.csv")[5]?.unit_id as string;
    edit(folder, name, change);
    await expect(explainAny(folder, id)).rejects.toMatchObject(disagree);
  });

  test.each(["random", "systematic", "balanced"] as const)("%s: its lists were edited", async (design) => {
    const folder = await drawn(design);
    const [drawnRow, reserve] = [rows(folder, "sample.csv")[0], rows(folder, "reserves.csv")[0]];
    const out = rows(folder, "frame.csv").find(
      ({ unit_id: id }) =>
        ![...rows(folder, "sample.csv"), ...rows(folder, "reserves.csv")].some((row) => row.unit_id === id),
    );
    const whole = new Map(
      ["sample.csv", "reserves.csv"].map((name) => [name, readFileSync(join(folder, "out", name), "utf8")]),
    );
    const restore = (): void => {
      for (const [name, text] of whole) writeFileSync(join(folder, "out", name), text);
    };
    const id = drawnRow?.unit_id as string;
    const withoutFirst = (text: string): string => text.replace(/\n.*\n/, "\n");
    edit(folder, "sample.csv", withoutFirst);
    await expect(explainAny(folder, id)).rejects.toMatchObject(disagree);
    restore();
    edit(folder, "sample.csv", (text) => text.replace(id, out?.unit_id as string));
    await expect(explainAny(folder, out?.unit_id as string)).rejects.toMatchObject(disagree);
    restore();
    edit(folder, "sample.csv", (text) => text.replace(drawnRow?.inclusion_probability as string, "0.5"));
    await expect(explainAny(folder, id)).rejects.toMatchObject(disagree);
    restore();
    edit(folder, "reserves.csv", withoutFirst);
    await expect(explainAny(folder, reserve?.unit_id as string)).rejects.toMatchObject(disagree);
  });

  test("a plan inside the manifest that cannot be a plan", async () => {
    const folder = await drawn("random");
    edit(folder, "manifest.json", (text) => text.replace('"method": "random"', '"method": "guess"'));
    await expect(explainAny(folder, "0000_1")).rejects.toMatchObject({
      code: "MANIFEST_INVALID",
      message: expect.stringMatching(/plan/),
    });
  });

  test("another algorithm version is not explained by this one", async () => {
    const folder = await drawn("random");
    edit(folder, "manifest.json", (text) => text.replace(/("stratified-random",\s*"version": )1/, "$19"));
    await expect(explainAny(folder, "0000_1")).rejects.toMatchObject({ code: "ALGORITHM_UNKNOWN" });
  });
});
