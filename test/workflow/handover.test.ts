import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { ticketKey } from "../../src/random/tickets.js";
import { hiddenCounts, hiddenRows } from "../../src/workflow/handover/hidden-counts.js";
import { refusal } from "./estimating.js";
import {
  assignment,
  contentOf,
  drawn,
  handOver,
  handoverExport,
  handoverPlan,
  nameMark,
} from "./handing-over.js";
import { draw, workplace } from "./scratch.js";
import { correct, go, ids, logOf, records, verified } from "./updating.js";

/** The sample with a chosen case, in `v2`. */
async function withChosen() {
  const folder = await drawn();
  const there = new Set([
    ...ids(folder, "out"),
    ...records(folder, "out/reserves.csv").map(({ unit_id }) => unit_id),
  ]);
  const chosen = records(folder, "out/frame.csv").find(({ unit_id }) => !there.has(unit_id))
    ?.unit_id as string;
  writeFileSync(
    join(folder, "cases.csv"),
    `unit_id,reason,asked_by,asked_on\n${chosen},complaint,Askermark,2026-11-19\n`,
  );
  await go(folder, "out", "v2", { kind: "add", cases: "cases.csv" });
  return { folder, chosen };
}

const files = (folder: string, part: string): string[] =>
  readdirSync(join(folder, "given", part)).map((name) => join(folder, "given", part, name));

describe("a handover", () => {
  test("gives every case to a team of its place, the others to the pool, families together, and is the same each time", async () => {
    const { folder, chosen } = await withChosen();
    const { handover } = await handOver(folder, "given", { sample: "v2" });
    // A fifth of 60 is fewer than the 20 pairs that agreement needs.
    expect(handover.notes.map(({ code }) => code)).toEqual(["second-reviews-few"]);
    const rows = assignment(folder);
    const first = rows.filter(({ role }) => role === "sampled" || role === "chosen");
    expect(first.map(({ unit_id }) => unit_id).sort()).toEqual([...ids(folder, "v2"), chosen].sort());
    const area = new Map(records(folder, "out/sample.csv").map((row) => [row.unit_id, row.service_area]));
    const teamOf: Record<string, string> = {
      A1: "Northteam",
      A2: "Northteam",
      A3: "Southteam",
      A4: "Poolteam",
    };
    for (const { unit_id, role, team } of first)
      if (role === "sampled") expect(team).toBe(teamOf[area.get(unit_id) as string]);
    const byCase = new Map<string, Set<string>>();
    for (const { unit_id = "", team, pair } of first) {
      const key = unit_id.split("_")[0] as string;
      byCase.set(key, (byCase.get(key) ?? new Set()).add(`${team} ${pair}`));
    }
    expect([...byCase.values()].every(({ size }) => size === 1)).toBe(true);
    const pairs = ["1", "2"].map(
      (pair) => first.filter((row) => row.team === "Northteam" && row.pair === pair).length,
    );
    expect(Math.abs((pairs[0] as number) - (pairs[1] as number))).toBeLessThanOrEqual(2);
    await handOver(folder, "again", { sample: "v2" });
    for (const { path } of JSON.parse(readFileSync(join(folder, "given/manifest.json"), "utf8")).outputs)
      expect(
        readFileSync(join(folder, "again", path)).equals(readFileSync(join(folder, "given", path))),
        path,
      ).toBe(true);
    expect(readFileSync(join(folder, "again/manifest.json"))).toEqual(
      readFileSync(join(folder, "given/manifest.json")),
    );
  });

  test("changes nothing of the sample, nor does a plan with teams: verify says so", async () => {
    const folder = await drawn(handoverPlan.slice(0, handoverPlan.indexOf("teams:")));
    writeFileSync(join(folder, "plan.yaml"), handoverPlan);
    const before = readFileSync(join(folder, "out/manifest.json"));
    await handOver(folder, "given");
    expect(readFileSync(join(folder, "out/manifest.json")).equals(before)).toBe(true);
    expect(await verified(folder, "out")).toMatchObject({ differences: [], notes: [] });
    expect(before.includes("Northteam")).toBe(false);
  });

  test("draws second reviews as estimate takes them, each with another reader", async () => {
    const folder = await drawn();
    await handOver(folder, "given");
    const rows = assignment(folder);
    const listed = records(folder, "given/second-reviews.csv");
    const again = rows.filter(({ role }) => role === "second reading");
    expect(again.map(({ unit_id }) => unit_id).sort()).toEqual(listed.map(({ unit_id }) => unit_id).sort());
    // A fifth of each stratum of the sample, rounded up.
    const sample = records(folder, "out/sample.csv");
    for (const stratum of ["private", "public"]) {
      const n = sample.filter((row) => row.stratum === stratum).length;
      const own = listed.filter(
        ({ unit_id }) => sample.find((row) => row.unit_id === unit_id)?.stratum === stratum,
      );
      expect(own.length).toBe(Math.ceil(n / 5));
      for (const { probability } of own) expect(Number(probability)).toBe(Math.ceil(n / 5) / n);
    }
    for (const { unit_id, team, pair } of again) {
      const first = rows.find((row) => row.unit_id === unit_id && row.role === "sampled");
      expect(`${team} ${pair}`).not.toBe(`${first?.team} ${first?.pair}`);
    }
  });

  test("after a replacement keeps who has what, and a conflict goes to another pair or team, and is a loss only for nobody", async () => {
    const folder = await drawn();
    await handOver(folder, "given");
    await go(
      folder,
      "out",
      "v2",
      logOf(folder, "out", [
        [0, "out-of-scope"],
        [5, "inaccessible"],
      ]),
    );
    const before = assignment(folder).filter(({ role }) => role === "sampled");
    const still = new Set(
      records(folder, "v2/sample.csv")
        .filter(({ status }) => status === "drawn" || status === "released")
        .map(({ unit_id }) => unit_id),
    );
    const twice = records(folder, "given/second-reviews.csv").map(({ unit_id }) => unit_id?.split("_")[0]);
    const pick = (team: string) =>
      before.find(
        ({ team: own, unit_id: id = "" }) =>
          own === team && still.has(id) && !twice.includes(id.split("_")[0]),
      )?.unit_id as string;
    const [north, south, pool] = [pick("Northteam"), pick("Southteam"), pick("Poolteam")];
    const pair = before.find(({ unit_id }) => unit_id === north)?.pair;
    writeFileSync(
      join(folder, "conflicts.csv"),
      `unit_id,team,pair\n${north},Northteam,${pair}\n${south},southteam,\n${["Northteam", "Southteam", "Poolteam"].map((team) => `${pool},${team},`).join("\n")}\n`,
    );
    const { notes } = await handOver(folder, "next", {
      sample: "v2",
      after: "given",
      conflicts: "conflicts.csv",
    });
    const now = new Map(
      assignment(folder, "next")
        .filter(({ role }) => role === "sampled")
        .map((row) => [row.unit_id, row]),
    );
    const families = [north, south, pool].map((id) => id.split("_")[0]);
    for (const row of before) {
      const found = now.get(row.unit_id);
      if (!still.has(row.unit_id as string)) expect(found).toBeUndefined();
      else if (!families.includes(row.unit_id?.split("_")[0]))
        expect([found?.team, found?.pair]).toEqual([row.team, row.pair]);
    }
    expect(now.get(north)).toMatchObject({ team: "Northteam", pair: pair === "1" ? "2" : "1" });
    expect(now.get(south)).toMatchObject({ team: "Poolteam" });
    expect(now.get(pool)).toMatchObject({ team: "", not_assigned: "conflict" });
    expect(notes.map(({ code }) => code)).toContain("conflict-lost");
    expect(records(folder, "next/replacement-log.csv")).toContainEqual({ unit_id: pool, reason: "conflict" });
    // Second reviews that were given stay, with their probabilities.
    const chances = new Map(
      records(folder, "given/second-reviews.csv").map((row) => [row.unit_id, row.probability]),
    );
    for (const { unit_id, probability } of records(folder, "next/second-reviews.csv"))
      if (chances.has(unit_id)) expect(probability).toBe(chances.get(unit_id));
    for (const id of chances.keys())
      if (still.has(id as string))
        expect(records(folder, "next/second-reviews.csv").map((row) => row.unit_id)).toContain(id);
  });

  test("who knows one child of a family reads none of it, a second time neither, and has none of it in reserve", async () => {
    const folder = await drawn(
      handoverPlan
        .replace("double_review: 0.2", "double_review: 0.5")
        .replace("size: 60", "size: 120")
        .replace("reserves: 0.25", "reserves: 0.5"),
    );
    await handOver(folder, "given");
    const before = assignment(folder);
    const familyOf = (row: Record<string, string> | undefined) => row?.unit_id?.split("_")[0];
    const rowsWith = (role: string) => before.filter((row) => row.role === role);
    const twice = rowsWith("second reading");
    const found = twice.flatMap((second) => {
      const sibling = rowsWith("sampled").find(
        (row) => familyOf(row) === familyOf(second) && !twice.some(({ unit_id }) => unit_id === row.unit_id),
      );
      return sibling === undefined ? [] : [{ second, sibling }];
    });
    expect(found.length).toBeGreaterThan(0);
    const spare = rowsWith("reserve").flatMap((reserve) => {
      const sibling = rowsWith("sampled").find((row) => familyOf(row) === familyOf(reserve));
      return sibling === undefined ? [] : [{ reserve, sibling }];
    });
    expect(spare.length).toBeGreaterThan(0);
    const teams = ["Northteam", "Southteam", "Poolteam"];
    writeFileSync(
      join(folder, "conflicts.csv"),
      [
        "unit_id,team,pair",
        ...found.map(({ second, sibling }) => `${sibling.unit_id},${second.team},${second.pair}`),
        ...spare.flatMap(({ sibling }) => teams.map((team) => `${sibling.unit_id},${team},`)),
      ].join("\n"),
    );
    await handOver(folder, "next", { after: "given", conflicts: "conflicts.csv" });
    const now = assignment(folder, "next");
    for (const { second } of found) {
      const row = now.find(({ role, unit_id }) => role === "second reading" && unit_id === second.unit_id);
      expect(`${row?.team} ${row?.pair}`).not.toBe(`${second.team} ${second.pair}`);
    }
    for (const { reserve } of spare) {
      const row = now.find(({ role, unit_id }) => role === "reserve" && unit_id === reserve.unit_id);
      expect(row).toMatchObject({ team: "", not_assigned: "conflict" });
    }
  });

  test("a conflict does not give a case to its second reader, who may have read it, unless nobody else can take it", async () => {
    const folder = await drawn();
    await handOver(folder, "given");
    const before = assignment(folder);
    const second = before.find(({ role, team }) => role === "second reading" && team === "Northteam");
    const id = second?.unit_id;
    const first = before.find(({ role, unit_id }) => role === "sampled" && unit_id === id);
    expect(first?.team).toBe("Northteam");
    const rowOf = (out: string, role: string) =>
      assignment(folder, out).find((row) => row.role === role && row.unit_id === id);
    const knows = `unit_id,team,pair\n${id},Northteam,${first?.pair}\n`;
    writeFileSync(join(folder, "one.csv"), knows);
    await handOver(folder, "next", { after: "given", conflicts: "one.csv" });
    expect(rowOf("next", "sampled")?.team).toMatch(/Southteam|Poolteam/);
    expect(rowOf("next", "second reading")).toMatchObject({ team: "Northteam", pair: second?.pair });
    writeFileSync(join(folder, "all.csv"), `${knows}${id},Southteam,\n${id},Poolteam,\n`);
    await handOver(folder, "last", { after: "given", conflicts: "all.csv" });
    expect(rowOf("last", "sampled")).toMatchObject({ team: "Northteam", pair: second?.pair });
    expect(rowOf("last", "second reading")).toMatchObject({ team: "" });
  });

  test("conflicts hold in every later handover, whether or not they are named again", async () => {
    const folder = await drawn(handoverPlan.replace("size: 60", "size: 120"));
    await handOver(folder, "given");
    const rows = assignment(folder);
    const familyOf = (id = "") => id.split("_")[0];
    const all = [...new Set(rows.map(({ unit_id = "" }) => unit_id))];
    const twice = new Set(rows.filter(({ role }) => role === "second reading").map(({ unit_id }) => unit_id));
    const families = (id = "") => all.filter((each) => familyOf(each) === familyOf(id));
    const firsts = rows
      .filter(({ role, team, unit_id }) => role === "sampled" && team === "Southteam" && !twice.has(unit_id))
      .map(({ unit_id }) => unit_id as string);
    const nobodys = firsts.find((id) => families(id).length > 1) as string;
    const [souths, later] = firsts.filter((id) => familyOf(id) !== familyOf(nobodys)) as [string, string];
    const teams = ["Northteam", "Southteam", "Poolteam"];
    const barred = (id: string, names: readonly string[]) => names.map((team) => `${id},${team},`);
    writeFileSync(
      join(folder, "first.csv"),
      ["unit_id,team,pair", ...barred(nobodys, teams), ...barred(souths, ["Southteam"])].join("\n"),
    );
    const next = await handOver(folder, "next", { after: "given", conflicts: "first.csv" });
    expect(next.notes.map(({ code }) => code)).not.toContain("conflicts-kept");
    const listed = (out: string) =>
      records(folder, `${out}/conflicts.csv`).map(({ unit_id, team, pair }) => `${unit_id},${team},${pair}`);
    // Who knows one child of a family knows the family: a sibling has the same rows.
    const expected = [
      ...families(nobodys).flatMap((id) => barred(id, teams)),
      ...families(souths).flatMap((id) => barred(id, ["Southteam"])),
    ];
    expect(listed("next").sort()).toEqual(expected.toSorted());
    const rowOf = (out: string, id: string) =>
      assignment(folder, out).find((row) => row.role === "sampled" && row.unit_id === id);
    expect(rowOf("next", nobodys)).toMatchObject({ team: "", not_assigned: "conflict" });

    // Another conflict alone is named, and the team that knows a family is not there for once.
    writeFileSync(join(folder, "second.csv"), `unit_id,team\n${later},Southteam\n`);
    await handOver(folder, "third", { after: "next", conflicts: "second.csv" });
    expect(rowOf("third", nobodys)).toMatchObject({ team: "", not_assigned: "conflict" });
    expect(rowOf("third", later)?.team).not.toBe("Southteam");
    const plan = handoverPlan
      .replace("size: 60", "size: 120")
      .replace("  - { name: Southteam, where: { service_area: A3 } }\n", "");
    writeFileSync(join(folder, "without.yaml"), plan);
    await handOver(folder, "fourth", { after: "third", plan: "without.yaml" });
    const fifth = await handOver(folder, "fifth", { after: "fourth" });
    expect(rowOf("fifth", nobodys)).toMatchObject({ team: "", not_assigned: "conflict" });
    for (const id of [souths, later]) expect(rowOf("fifth", id)?.team).not.toBe("Southteam");
    const three = [...expected, ...families(later).flatMap((id) => barred(id, ["Southteam"]))];
    for (const out of ["third", "fourth", "fifth"]) expect(listed(out).sort()).toEqual(three.toSorted());
    const kept = new Set(three.map((line) => line.split(",")[0]));
    expect(fifth.notes).toContainEqual(expect.objectContaining({ code: "conflicts-kept", count: kept.size }));
  });

  test("says who has no room; no capacity is exceeded, second readings counted", async () => {
    const yaml = handoverPlan
      .replace("pairs: 2 }", "pairs: 2, capacity: 20 }")
      .replace("where: { service_area: A3 } }", "where: { service_area: A3 }, capacity: 9 }")
      .replace("  - { name: Poolteam }\n", "  - { name: Poolteam, capacity: 12 }\n");
    const folder = await drawn(yaml);
    const { notes } = await handOver(folder, "given");
    const rows = assignment(folder);
    const readings = (team: string): number =>
      rows.filter((row) => row.team === team && row.role !== "reserve").length;
    expect([readings("Northteam"), readings("Southteam"), readings("Poolteam")]).toEqual([20, 9, 12]);
    expect(notes.find(({ code }) => code === "no-room")?.count).toBe(60 - 41);
  });

  test.each([
    [
      (yaml: string) => yaml.slice(0, yaml.indexOf("teams:")),
      "HANDOVER_NOT_PLANNED",
      "without teams and handover",
    ],
    [
      (yaml: string) =>
        yaml.replace("site: court", "site: team").replace("  court: court", "  court: court\n  team: team"),
      "HANDOVER_FIELD_MISSING",
      "Field team of handover.site",
    ],
    [
      (yaml: string) => yaml.replace("double_review: 0.2", "double_review: 500"),
      "SAMPLE_EXCEEDS_FRAME",
      "500",
    ],
  ])("is refused: %#", async (change, code, message) => {
    const folder = await drawn();
    writeFileSync(join(folder, "plan.yaml"), change(handoverPlan));
    const error = await refusal(handOver(folder, "given"));
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(existsSync(join(folder, "given"))).toBe(false);
  });

  test.each([
    ["x_1,Northteam,", "column unit_id", "Case of a conflict"],
    ["ID,Westteam,", "column team", "Team of a conflict"],
    ["ID,Northteam,3", "column pair", "from 1 to 2"],
  ])("refuses the conflict %s", async (row, ...messages) => {
    const folder = await drawn();
    writeFileSync(
      join(folder, "conflicts.csv"),
      `unit_id,team,pair\n${row.replace("ID", ids(folder, "out")[0] as string)}\n`,
    );
    const error = await refusal(handOver(folder, "given", { conflicts: "conflicts.csv" }));
    expect(error.code).toBe("CONFLICTS_INVALID");
    for (const message of messages) expect(error.message).toContain(message);
    expect(error.message).not.toContain("Westteam (");
  });

  test("never replaces a worksheet that somebody filled in", async () => {
    const folder = await drawn();
    await handOver(folder, "given");
    const sheet = files(folder, "worksheets")[0] as string;
    writeFileSync(sheet, Buffer.concat([readFileSync(sheet), Buffer.from(" ")]));
    const { handoverToFolder } = await import("../../src/workflow/handover/to-folder.js");
    const error = await refusal(
      handoverToFolder({
        sample: "out",
        data: [],
        out: "given",
        cwd: folder,
        force: true,
        progress: () => {},
        claim: () => {},
      }),
    );
    expect(error.code).toBe("OUTPUT_NOT_OURS");
  });
});

describe("no edition holds a byte of what it must not", () => {
  async function editions() {
    const { folder, chosen } = await withChosen();
    await handOver(folder, "given", { sample: "v2" });
    const sample = records(folder, "v2/sample.csv");
    const reserves = records(folder, "v2/reserves.csv");
    const secret = [
      nameMark,
      "Askermark",
      // A day of birth, in the ways in which it may be written.
      ...handoverExport()
        .slice(1)
        .flatMap((line) => {
          const [day, month, year] = (line.split(",")[3] as string).split("/");
          return [`${day}/${month}/${year}`, `${year}-${month}-${day}`, `${year}${month}${day}`];
        }),
      ...sample.map(({ ticket }) => ticket as string),
      ...sample.map(({ design_weight }) => design_weight as string).filter((weight) => weight.length > 4),
      ...sample.map(({ inclusion_probability }) => inclusion_probability as string),
      "314159",
      ticketKey("314159"),
    ];
    return { folder, chosen, sample, reserves, secret: [...new Set(secret)] };
  }

  const holds = (content: string, marks: readonly string[]): string[] =>
    marks.filter((mark) => content.includes(mark));

  test("planted markers, in every part of every file", { timeout: 60_000 }, async () => {
    const { folder, chosen, sample, reserves, secret } = await editions();
    const idsOf = (rows: readonly Record<string, string>[]): string[] =>
      rows.map(({ unit_id }) => unit_id as string);
    // The marks are found where they may be.
    expect(holds(contentOf(join(folder, "children.csv")), [nameMark])).toEqual([nameMark]);

    const [request = ""] = files(folder, "request").map(contentOf);
    expect(idsOf(sample).every((id) => request.includes(id)) && request.includes(chosen)).toBe(true);
    expect(
      holds(request, [
        ...secret,
        ...idsOf(reserves),
        ...[
          "public",
          "private",
          "Northteam",
          "Southteam",
          "Poolteam",
          "plan_timely",
          "FILE-",
          "2015",
          "Askermark",
        ],
        ...["eserve", "tratum", "complaint", "hosen", "ampled", "Weight", "weight"],
      ]),
    ).toEqual([]);

    const [evidence = ""] = files(folder, "evidence").map(contentOf);
    expect(
      holds(evidence, [
        ...secret,
        ...idsOf(sample),
        ...idsOf(reserves),
        chosen,
        ...["Prac ", "FILE-", "Court ", "Northteam", "Southteam", "Poolteam", folder],
        JSON.parse(readFileSync(join(folder, "v2/manifest.json"), "utf8")).selection.digest,
        createHash("sha256").update("314159").digest("hex"),
      ]),
    ).toEqual([]);

    const rows = assignment(folder);
    for (const file of files(folder, "worksheets")) {
      const content = contentOf(file);
      const place = `worksheets/${file.slice(file.lastIndexOf("/") + 1)}`;
      const own = new Set(rows.filter(({ worksheet }) => worksheet === place).map(({ unit_id }) => unit_id));
      const others = [...idsOf(sample), ...idsOf(reserves), chosen].filter((id) => !own.has(id));
      expect([...own].every((id) => content.includes(id as string))).toBe(true);
      expect(others.length).toBeGreaterThan(30);
      expect(holds(content, [...secret, ...others, folder]), place).toEqual([]);
    }
  });

  test.each([
    ["strata: [law_type]", "strata: [practitioner]", "The strata go by names or texts"],
    ["strata: [law_type]", "strata: [source]", "The strata go by names or texts"],
    ["strata: [law_type]", "strata: [law_type], method: balanced, balance: [practitioner]", "Public"],
  ])("the evidence names no practitioner and no file: %s as %s", async (was, is, wanted) => {
    const lines = handoverExport().map((line) =>
      line.replace(/Prac (\d+)/, (_, n: string) => `Prac ${Number(n) % 4}`),
    );
    const yaml = handoverPlan
      .replace("[{ path: children.csv }]", "[{ path: children.csv }, { path: more.csv }]")
      .replace(/, targets: .*\]/, "")
      .replace(was, is);
    const [header = "", ...rows] = lines;
    const folder = workplace([header, ...rows.slice(0, 120)], yaml);
    writeFileSync(join(folder, "more.csv"), [header, ...rows.slice(120)].join("\n"));
    await draw(folder);
    await handOver(folder, "given");
    const [evidence = ""] = files(folder, "evidence").map(contentOf);
    expect(evidence).not.toMatch(/Prac |children\.csv|more\.csv/);
    expect(evidence).toContain(wanted);
  });

  test("worksheets have a month of birth only where the plan asks for it", async () => {
    const folder = await drawn();
    await handOver(folder, "given");
    expect(files(folder, "worksheets").every((file) => /[A-Z][a-z]+ 2015/.test(contentOf(file)))).toBe(true);
    writeFileSync(join(folder, "plan.yaml"), handoverPlan.replace(", month_of_birth]", "]"));
    correct(folder, ["nothing is read"]);
    await handOver(folder, "without");
    for (const name of readdirSync(join(folder, "without/worksheets")))
      expect(contentOf(join(folder, "without/worksheets", name))).not.toContain("2015");
  });

  test("a case whose children were born in several months has all of them", async () => {
    const yaml = handoverPlan
      .replace("unit: child\nunit_id: [case_id, child_id]", "unit: case\nunit_id: case_id")
      .replace(/ {2}child_id: child ID\n/, "")
      .replace("size: 60", "size: 200")
      .replace("reserves: 0.25", "reserves: 0");
    const folder = workplace(handoverExport(), yaml);
    await draw(folder);
    await handOver(folder, "given");
    const texts = files(folder, "worksheets").map(contentOf).join("\n");
    // Case 0000 has the first two rows, born in January and February; case 0006 those of the 8th and 9th.
    for (const months of ["January 2015; February 2015", "August 2015; September 2015"])
      expect(texts).toContain(months);
  });

  test("each sheet and each printed page is marked, ids are locked and answers are not", async () => {
    const folder = await drawn();
    await handOver(folder, "given");
    for (const file of [...files(folder, "worksheets"), ...files(folder, "request")]) {
      const parts = unzipSync(readFileSync(file));
      const strings = strFromU8(parts["xl/sharedStrings.xml"] as Uint8Array);
      const sheets = Object.keys(parts).filter((name) => name.startsWith("xl/worksheets/sheet"));
      expect(sheets.length).toBeGreaterThan(1);
      for (const name of sheets) {
        const xml = strFromU8(parts[name] as Uint8Array);
        expect(xml).toContain("<oddHeader>&amp;COFFICIAL-TEST</oddHeader><oddFooter>&amp;COFFICIAL-TEST");
        const marked = [...xml.matchAll(/<row r="2"[^>]*><c [^>]*><v>(\d+)<\/v>/g)].map(([, at]) => at);
        const texts = [...strings.matchAll(/<si><t[^>]*>(.*?)<\/t><\/si>/gs)].map(
          ([, text]) => text as string,
        );
        expect(texts[Number(marked[0])]).toMatch(/^OFFICIAL-TEST/);
        if (!xml.includes("<dataValidations")) continue;
        expect(xml).toContain('<sheetProtection sheet="1"');
        expect(xml).toContain("<formula1>&quot;in person,in writing,not heard&quot;</formula1>");
      }
    }
    const evidence = contentOf(join(folder, "given/evidence/evidence.html"));
    expect(evidence).toContain("OFFICIAL-TEST. Without personal data.");
  });
});

describe("small counts of the evidence", () => {
  const hidden = (...counts: number[]) => {
    const found = hiddenCounts(counts, 5);
    return found === undefined ? undefined : [...found].sort((a, b) => a - b);
  };

  test("are hidden with the fewest others, so that no remainder gives them away", () => {
    expect(hidden(100, 20, 0)).toEqual([]);
    // One small one follows from the sum: the smallest other goes with it.
    expect(hidden(100, 3, 50)).toEqual([1, 2]);
    // 2 + 2: the larger is at most 3, and 5 must stay possible. 2 + 5: it is at most 6.
    expect(hidden(100, 2, 2, 30)).toEqual([1, 2, 3]);
    expect(hidden(100, 2, 5, 30)).toEqual([1, 2]);
    // Six counts that sum to 6, none of them 0, are six times 1.
    expect(hidden(1, 1, 1, 1, 1, 1, 40)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(hidden(1, 1, 1, 1, 1, 1)).toBeUndefined();
    expect(hidden(4)).toBeUndefined();
    expect(hidden(4, 0)).toBeUndefined();
  });

  test("bound each other: nobody is sampled who is not eligible", () => {
    const rowsOf = (...rows: [eligible: number, sampled: number][]) => {
      const found = hiddenRows(
        rows.map(([eligible, sampled]) => ({ eligible, sampled })),
        5,
      );
      return [found?.eligible, found?.sampled].map((set) => [...(set ?? [])].sort((a, b) => a - b));
    };
    // 1 and 6 of the eligible are 7: were 6 sampled of the second shown, the first would be 1.
    expect(rowsOf([1, 1], [200, 6], [6, 6])).toEqual([
      [0, 2],
      [0, 1, 2],
    ]);
    // 3 and 6 sampled are 9: of 6 eligible no more than 6 can be, so that the other is 3 or more.
    expect(rowsOf([100, 3], [6, 6], [300, 90])).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(rowsOf([100, 3], [80, 6], [300, 90])).toEqual([[], [0, 1]]);
  });

  const tablesOf = (page: string): Map<string, string[][]> =>
    new Map(
      [...page.matchAll(/<table[^>]*>.*?<\/table>/gs)].map(([table]) => {
        const rows = [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
          [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) => cell),
        );
        return [rows[0]?.[0] ?? "", rows.slice(1)];
      }),
    );
  const sum = (rows: readonly string[][] = [], column: number): number =>
    rows.reduce((all, row) => all + Number(row[column]?.replace(",", "")), 0);

  test("are no difference of a total and a table's sum after cases were lost", async () => {
    const folder = await drawn();
    // Two of sixty are not to be had: a weight is theirs no more, and what is reviewed are 58 and the reserve of each.
    await go(
      folder,
      "out",
      "v2",
      logOf(folder, "out", [
        [3, "inaccessible"],
        [7, "inaccessible"],
      ]),
    );
    await handOver(folder, "given", { sample: "v2" });
    const page = contentOf(join(folder, "given/evidence/evidence.html"));
    expect(records(folder, "v2/sample.csv")).toHaveLength(62);
    expect(page).toContain("60 children, by lot, those left out whose case could not be had or read.");
    const tables = tablesOf(page);
    expect([sum(tables.get("Stratum"), 2), sum(tables.get("Service area"), 2)]).toEqual([60, 60]);
    expect(page).not.toMatch(/\b62\b/);
  });

  test("a stratum that the plan leaves out is no difference either", async () => {
    const lines = handoverExport().map((line, i) =>
      i > 237 ? line.replace(/public|private/, "unknown") : line,
    );
    const yaml = handoverPlan
      .replace(/, targets: .*\]/, "")
      .replace(
        "reserves: 0.25",
        "reserves: 0, allocation: { method: fixed, sizes: { public: 20, private: 40, unknown: 0 } }",
      );
    const folder = workplace(lines, yaml);
    await draw(folder);
    await handOver(folder, "given");
    const tables = tablesOf(contentOf(join(folder, "given/evidence/evidence.html")));
    expect(tables.get("Stratum")?.filter((row) => row[1] === "[c]")).toHaveLength(2);
    expect([...tables.keys()]).toEqual(["Stratum", "What"]);
  });

  test("of strata are hidden one by one, and the rest is shown", async () => {
    const folder = await drawn(
      handoverPlan
        .replace("strata: [law_type]", "strata: [law_type, service_area]")
        .replace("size: 60", "size: 30"),
    );
    await handOver(folder, "given");
    const rows = tablesOf(contentOf(join(folder, "given/evidence/evidence.html"))).get("Stratum") ?? [];
    // Two types of law by four areas; every stratum has more than 5 eligible children, and few have more than 5 drawn.
    expect(rows).toHaveLength(8);
    expect(rows.every((row) => Number(row[1]) > 5)).toBe(true);
    const drawnOf = records(folder, "out/strata.csv").map(({ drawn: n }) => Number(n));
    expect(drawnOf.filter((n) => n <= 5).length).toBeGreaterThan(1);
    expect(rows.filter((row) => row[2] === "[c]")).toHaveLength(drawnOf.filter((n) => n <= 5).length);
  });
});

describe("the evidence says of the lot what is so", () => {
  test.each([
    [
      "reserves: 0.25",
      "Each case has a ticket, a number worked out from a seed and its id alone; those with the smallest tickets were taken.",
      "the next in the same lot",
    ],
    [
      "reserves: 0.25, caps: { practitioner: 3 }",
      "no more than a set number of one practitioner",
      "matched substitute",
    ],
    [
      "reserves: 0.25, one_per: case_id",
      "The families with the smallest tickets were drawn",
      "the next in the same lot",
    ],
    [
      "reserves: 0.25, method: systematic, balance: [service_area]",
      "put in order of service area and taken at even steps",
      "matched substitute",
    ],
    [
      "reserves: 0.25, method: balanced, balance: [service_area]",
      "match the population closely on service area (the cube method)",
      "matched substitute",
    ],
    [
      "reserves: 0.25, avoid: { ids: before.csv, share: 0.5 }",
      "Cases reviewed before were drawn apart",
      "the next in the same lot",
    ],
    ["reserves: 0.25, avoid: { sample: earlier }", "keep away from an earlier sample", "matched substitute"],
  ])("%s", async (design, words, reserves) => {
    const yaml = handoverPlan.replace(/, targets: .*\]/, "");
    const folder = workplace(handoverExport(), yaml);
    await draw(folder, "1", "earlier");
    const before = records(folder, "earlier/sample.csv").map(({ unit_id: id }) => id);
    writeFileSync(join(folder, "before.csv"), `unit_id\n${before.join("\n")}\n`);
    writeFileSync(join(folder, "plan.yaml"), yaml.replace("reserves: 0.25", design));
    await draw(folder);
    await handOver(folder, "given");
    const page = contentOf(join(folder, "given/evidence/evidence.html"));
    expect(page).toContain(words);
    expect(page).toContain(reserves);
    expect(page.includes("had a known chance")).toBe(!design.includes("caps"));
    if (!/caps|one_per|ids|25$/.test(design)) expect(page).not.toContain("ticket, a number");
  });
});
