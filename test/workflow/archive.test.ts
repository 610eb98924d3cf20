import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CasedrawError } from "../../src/errors.js";
import { ticket, ticketKey } from "../../src/random/tickets.js";
import { startClock } from "../../src/report/clock.js";
import { type ArchiveFolder, openArchive } from "../../src/workflow/archive/manifest.js";
import { type ArchiveOptions, archiveToFolder } from "../../src/workflow/archive/to-folder.js";
import { verifyArchive } from "../../src/workflow/archive/verify-archive.js";
import { openPlan } from "../../src/workflow/open-plan.js";
import { matchToFile } from "../../src/workflow/pseudonymise/match.js";
import { openSampleFolder } from "../../src/workflow/sample/folder.js";
import { linkFromPlan } from "../../src/workflow/sample/linked-draw.js";
import { drawsToFolder, drawToFolder } from "../../src/workflow/sample/to-folder.js";
import { designs, linesWithFactors, planWith } from "./recorded-designs.js";
import { draw, exportLines, plan, workplace } from "./scratch.js";
import { correct, correctedLines, go, ids, logOf, records, update } from "./updating.js";

const quiet = { progress: () => {} };

function archive(folder: string, from = "out", extra: Partial<ArchiveOptions> = {}) {
  return archiveToFolder(from, {
    key: "the.key",
    out: "kept",
    force: false,
    withoutExport: false,
    data: [],
    cwd: folder,
    claim: () => {},
    ...quiet,
    ...extra,
  });
}

function opened(folder: string, out = "kept"): ArchiveFolder {
  const found = openArchive(join(folder, out), out);
  if (found === undefined) throw new Error("no archive");
  return found;
}

const verify = (folder: string, more: Partial<Parameters<typeof verifyArchive>[1]> = {}) =>
  verifyArchive(opened(folder), { cwd: folder, data: [], ...quiet, ...more });

async function refusal(work: Promise<unknown>): Promise<CasedrawError> {
  return await work.then(
    () => expect.fail("expected a refusal"),
    (error) => error as CasedrawError,
  );
}

/** The export whose ids, names and teams nothing else could be taken for. */
const marked = (lines: readonly string[]): string[] =>
  lines.map((line, at) =>
    at === 0
      ? line
      : line
          .replace(/^(\d+),(\d+),/, (_, family, child) => `Fam${family}x,Kid${child}y,`)
          .replace(/Team (\d)/, "Group $1"),
  );

const text = (folder: string, name: string): string => readFileSync(join(folder, name), "utf8");
const everything = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => `${name}\n${text(folder, name)}`)
    .join("\n");

/** What an archive may not hold, of every row of an export. */
function forbidden(lines: readonly string[], seeds: readonly string[]): string[] {
  const units = lines.slice(1).map((line) => line.split(",").slice(0, 2).join("_"));
  const families = lines.slice(1).map((line) => line.split(",")[0] as string);
  const named = [...units, ...families];
  const tickets = seeds.flatMap((seed) => named.map((id) => ticket(ticketKey(seed), id)));
  // No part of a ticket either that would tell it: its first 12 digits.
  return [...new Set([...named, ...tickets.map((each) => each.slice(0, 12))])];
}

/** Every digest in the manifests of a sample's versions and in their register, but those of the tables of strata, which hold no id. */
function digestsOf(folder: string, versions: readonly string[]): string[] {
  const records = versions.flatMap((version) =>
    text(folder, `${version}/manifest.json`).replace(/"strata\.csv",\s+"sha256": "\w+"/, ""),
  );
  const found = [...records, text(folder, "draws.jsonl")].flatMap(
    (each) => each.match(/\b[0-9a-f]{64}\b/g) ?? [],
  );
  return [...new Set(found)];
}

function destroyExport(folder: string): void {
  for (const name of readdirSync(folder))
    if (name !== "kept") rmSync(join(folder, name), { recursive: true });
}

describe("archive", () => {
  test.each(Object.keys(designs) as (keyof typeof designs)[])(
    "%s: replays when all else is gone, and holds no id and no ticket",
    async (design) => {
      const lines = marked(linesWithFactors());
      const folder = workplace(lines, planWith(designs[design]));
      await draw(folder);
      await archive(folder);
      destroyExport(folder);
      const { differences, notes, sameDraw } = await verify(folder);
      expect({ differences, notes, sameDraw }).toEqual({ differences: [], notes: [], sameDraw: true });
      const all = everything(join(folder, "kept"));
      expect(forbidden(lines, ["314159"]).filter((each) => all.includes(each))).toEqual([]);
      expect(all).not.toMatch(/Secret|Kid|Fam|children\.csv|2015-0/);
    },
    60_000,
  );

  test("after a replacement, an update, a top-up and chosen cases the whole chain replays", async () => {
    const lines = marked(exportLines());
    const folder = workplace(lines);
    await draw(folder);
    await go(folder, "out", "v2", logOf(folder, "out", [[1, "inaccessible"]]));
    correct(folder, marked(correctedLines()));
    await update(folder, "v2", "v3");
    await go(folder, "v3", "v4", { kind: "extend", size: 30, afterFindings: false });
    await go(
      folder,
      "v4",
      "v5",
      logOf(folder, "v4", [
        [5, "out-of-scope"],
        [2, "conflict"],
      ]),
    );
    const sampled = new Set(ids(folder, "v5"));
    const free = records(folder, "v5/frame.csv").find(({ unit_id }) => !sampled.has(unit_id as string));
    writeFileSync(
      join(folder, "chosen.csv"),
      `unit_id,reason,asked_by,asked_on\n${free?.unit_id},complaint,lead inspector,2026-11-18\n${ids(folder, "v5")[0]},delay,lead inspector,2026-11-18\n`,
    );
    await go(folder, "v5", "v6", { kind: "add", cases: "chosen.csv" });
    const digests = digestsOf(folder, ["out", "v2", "v3", "v4", "v5", "v6"]);
    expect(digests.length).toBeGreaterThan(60);
    await archive(folder, "v6");
    destroyExport(folder);
    const { differences, sameDraw, manifest } = await verify(folder);
    expect({ differences, sameDraw }).toEqual({ differences: [], sameDraw: true });
    expect(manifest.record.version).toBe(6);
    expect(manifest.archive.register?.map(({ kind }) => kind)).toEqual([
      "draw",
      "replace",
      "update",
      "extend",
      "replace",
      "add",
    ]);
    expect(records(folder, "kept/chosen.csv").map(({ status }) => status)).toEqual([
      "chosen, not sampled",
      "sampled, and chosen too",
    ]);
    const all = everything(join(folder, "kept"));
    expect(digests.filter((digest) => all.includes(digest))).toEqual([]);
    const seeds = ["314159", "314159|update/3"];
    const banned = forbidden([...lines, ...marked(correctedLines()).slice(1)], seeds);
    expect(banned.filter((each) => all.includes(each))).toEqual([]);
  });

  test.each(["systematic", "balanced", "one per family", "capped"] as const)(
    "%s: an update, a replacement or a top-up replays too",
    async (design) => {
      const folder = workplace(linesWithFactors(), planWith(designs[design]));
      await draw(folder);
      if (design === "capped")
        await go(folder, "out", "v2", { kind: "extend", size: 13, afterFindings: false });
      else if (design === "one per family")
        await go(folder, "out", "v2", logOf(folder, "out", [[1, "out-of-scope"]]));
      else {
        const factors = linesWithFactors();
        correct(
          folder,
          factors.filter((_, at) => at % 11 !== 4),
        );
        await update(folder, "out", "v2");
      }
      await archive(folder, "v2");
      destroyExport(folder);
      const { differences, sameDraw } = await verify(folder);
      expect({ differences, sameDraw }).toEqual({ differences: [], sameDraw: true });
    },
    60_000,
  );

  test("keeps away from an earlier sample: what was drawn then is kept, and its folder is not needed", async () => {
    const folder = workplace();
    await draw(folder, "1", "first");
    writeFileSync(
      join(folder, "plan.yaml"),
      plan.replace("reserves: 0.25", "reserves: 0, avoid: { sample: first }"),
    );
    await draw(folder, "2");
    await archive(folder);
    destroyExport(folder);
    expect((await verify(folder)).differences).toEqual([]);
    expect(records(folder, "kept/earlier.csv").filter(({ taken }) => taken === "yes")).toHaveLength(12);
  });

  test("keeps away from a list of ids", async () => {
    const lines = marked(exportLines());
    const folder = workplace(lines);
    writeFileSync(join(folder, "list.csv"), "unit_id\nFam0001x_Kid2y\nFam0001x_Kid3y\nFam0002x_Kid5y\n");
    writeFileSync(
      join(folder, "plan.yaml"),
      plan.replace("reserves: 0.25", "reserves: 1, avoid: { ids: list.csv, share: 0.5 }"),
    );
    await draw(folder);
    await archive(folder);
    destroyExport(folder);
    expect((await verify(folder)).differences).toEqual([]);
    const all = everything(join(folder, "kept"));
    expect(forbidden(lines, ["314159"]).filter((each) => all.includes(each))).toEqual([]);
  });

  test("a linked sample: whom the values that were drawn take is held to links.csv", async () => {
    const lines = exportLines().map((line, i) =>
      i === 0 ? line : line.replace(/Team \d$/, `Team ${i % 24}`),
    );
    const folder = workplace(lines);
    writeFileSync(
      join(folder, "link.yaml"),
      "casedraw: 1\ntitle: Records\nreference_date: 2026-11-16\nunit: case\nunit_id: record\ndata: [{ path: records.csv }]\n" +
        "columns: { team: Team }\nfields: { record: { column: Record, type: text } }\nlinked: { by: team }\n",
    );
    const rows = Array.from(
      { length: 24 },
      (_, i) => `Rec-${String(i).padStart(4, "0")},Team ${(i % 8) * 3}`,
    );
    writeFileSync(join(folder, "records.csv"), `Record,Team\n${rows.join("\n")}\n`);
    const out = (name: string) => ({
      out: name,
      force: false,
      cwd: folder,
      claim: () => {},
      register: null,
      ...quiet,
    });
    await drawToFolder("plan.yaml", "314159", out("first"));
    const linked = await linkFromPlan(openPlan("link.yaml", folder), "first", { cwd: folder, ...quiet });
    await drawsToFolder([linked], { ...out("second"), clock: startClock() });
    const taken = ids(folder, "second").length;
    await archive(folder, "second");
    destroyExport(folder);
    expect((await verify(folder)).differences).toEqual([]);
    expect(everything(join(folder, "kept"))).not.toContain("Rec-");
    const links = join(folder, "kept", "links.csv");
    const [header, ...values] = readFileSync(links, "utf8").trimEnd().split("\n");
    const drawn = values.findIndex(
      (line) => Number(line.split(",")[2]) > 0 && Number(line.split(",")[3]) > 0,
    );
    values[drawn] = (values[drawn] as string).replace(/^([^,]*,\d+),\d+/, "$1,0");
    writeFileSync(links, `${[header, ...values].join("\n")}\n`);
    const touched = await verify(folder);
    expect(touched.sameDraw).toBe(false);
    expect(taken).toBeGreaterThan(0);
  });

  test("says what is lost, and until when it may be kept", async () => {
    const folder = workplace();
    await draw(folder);
    const { manifest, manifestSha256 } = await archive(folder, "out", { retainUntil: "2032-11-30" });
    expect(manifest.archive.lost).toHaveLength(3);
    const note = text(folder, "kept/retention.md");
    for (const check of manifest.archive.lost) expect(note).toContain(check);
    expect(note).toContain("30 November 2032");
    expect((await verify(folder)).lost).toEqual(manifest.archive.lost);
    const bytes = readFileSync(join(folder, "kept", "manifest.json"));
    expect(manifestSha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  test("with the key and the export every lost check is made; with another export or key it is told", async () => {
    const folder = workplace();
    await draw(folder);
    await archive(folder);
    const more = { key: "the.key", plan: "plan.yaml", register: "draws.jsonl" };
    const whole = await verify(folder, more);
    expect(whole.differences).toEqual([]);
    expect(whole.lost).toEqual([]);
    // A random draw goes by the order alone; that the order is the seed's, only ids can tell.
    const manifest = text(folder, "kept/manifest.json");
    writeFileSync(
      join(folder, "kept", "manifest.json"),
      manifest.replace('"seed": "314159"', '"seed": "314160"'),
    );
    expect((await verify(folder)).differences).toEqual([]);
    expect((await verify(folder, more)).differences.map(({ subject }) => subject)).toEqual(["tickets.csv"]);
    writeFileSync(join(folder, "kept", "manifest.json"), manifest);
    // A pseudonym that stands for another child: the same archive in every other way.
    const moved = exportLines().map((line, at) => (at === 2 ? line.replace("0000,1,", "0000,1001,") : line));
    writeFileSync(join(folder, "children.csv"), `${moved.join("\n")}\n`);
    expect((await verify(folder, more)).differences.map(({ subject }) => subject)).toContain("frame");
    writeFileSync(join(folder, "other.key"), `${"0".repeat(64)}\n`);
    expect((await refusal(verify(folder, { ...more, key: "other.key" }))).code).toBe("ARCHIVE_KEY_WRONG");
    expect((await refusal(verify(folder, { ...more, key: "no.key" }))).code).toBe("KEY_FILE_MISSING");
  });

  test("pseudonyms of an archive are matched back with its key and the export", async () => {
    const folder = workplace();
    await draw(folder);
    await archive(folder);
    const matched = await matchToFile("kept", {
      plan: "plan.yaml",
      key: "the.key",
      out: "matched.csv",
      force: false,
      cwd: folder,
      claim: () => {},
      ...quiet,
    });
    expect(matched.unmatched).toBe(0);
    expect(
      records(folder, "matched.csv")
        .slice(0, 12)
        .map(({ unit_id }) => unit_id),
    ).toEqual(ids(folder, "out"));
  });

  test("the register's lines are found by the key, and missed where one was edited", async () => {
    const folder = workplace();
    await draw(folder);
    await archive(folder);
    const register = join(folder, "draws.jsonl");
    writeFileSync(register, text(folder, "draws.jsonl").replace(/"time":"\d{4}/, '"time":"1999'));
    const { differences } = await verify(folder, { key: "the.key", register: "draws.jsonl" });
    expect(differences.map(({ subject }) => subject)).toEqual(["register"]);
    expect(text(folder, "kept/manifest.json")).not.toMatch(
      new RegExp(openSampleFolder(join(folder, "out"), "out").manifest.selection.digest),
    );
  });

  test("no digest of the export, the frame or the selection stands in it", async () => {
    const folder = workplace();
    await draw(folder);
    const { manifest } = openSampleFolder(join(folder, "out"), "out");
    await archive(folder);
    const all = everything(join(folder, "kept"));
    const digests = [
      ...manifest.inputs.map(({ sha256 }) => sha256),
      ...manifest.outputs.filter(({ path }) => path !== "strata.csv").map(({ sha256 }) => sha256),
      ...Object.values(manifest.frame.field_digests),
      manifest.frame.digest,
      manifest.frame.design_digest,
      manifest.selection.digest,
    ];
    expect(digests.filter((digest) => all.includes(digest))).toEqual([]);
  });
});

describe("tampering", () => {
  /** A file edited with its hash in the manifest made good. */
  function edit(folder: string, name: string, change: (was: string) => string): void {
    const path = join(folder, "kept", name);
    const changed = change(readFileSync(path, "utf8"));
    writeFileSync(path, changed);
    const manifest = JSON.parse(text(folder, "kept/manifest.json"));
    const listed = manifest.outputs.find((each: { path: string }) => each.path === name);
    listed.sha256 = createHash("sha256").update(changed).digest("hex");
    writeFileSync(join(folder, "kept", "manifest.json"), JSON.stringify(manifest));
  }
  const swapRanks = (was: string): string => {
    const [header = "", ...rows] = was.trimEnd().split("\n");
    const cells = rows.map((row) => row.split(","));
    const at = (rank: string): string[] => cells.find((row) => row[1] === rank) as string[];
    const [first, last] = [at("1"), at(String(cells.length))];
    [first[1], last[1]] = [last[1] as string, first[1] as string];
    return `${[header, ...cells.map((row) => row.join(","))].join("\n")}\n`;
  };
  const attacks: readonly (readonly [string, string, (was: string) => string, boolean])[] = [
    ["the first and the last ticket change places", "tickets.csv", swapRanks, false],
    ["a rank stands twice", "tickets.csv", (was) => was.replace(/,2$/m, ",1"), false],
    ["a weight", "sample.csv", (was) => was.replace(/^(1,p\w+,[^,]*,[^,]*),[^,\n]*/m, "$1,99"), true],
    ["a unit in place of another", "sample.csv", (was) => was.replace(/^1,p\w{4}/m, "1,p0000"), true],
    ["a row of the sample is gone", "sample.csv", (was) => was.replace(/^3,.*\n/m, ""), true],
    ["a reserve is gone", "reserves.csv", (was) => was.replace(/^1,.*\n/m, ""), true],
    ["the size of a stratum", "strata.csv", (was) => was.replace(/^(private[^,]*),\d+/m, "$1,77"), true],
    ["a unit of the frame is gone", "frame.csv", (was) => was.replace(/^p.*\n/m, ""), false],
    ["a unit is in another stratum", "frame.csv", (was) => was.replace(/,private/, ",public"), false],
  ];
  test.each(attacks)(
    "%s: told, though the manifest's hash was made good",
    async (_, name, change, sameDraw) => {
      const folder = workplace();
      await draw(folder);
      await archive(folder);
      edit(folder, name, (was) => {
        const changed = change(was);
        expect(changed).not.toBe(was);
        return changed;
      });
      const found = await verify(folder);
      expect(found.differences.length).toBeGreaterThan(0);
      expect(found.differences.every(({ text }) => !text.includes("edited since"))).toBe(true);
      expect(found.sameDraw).toBe(sameDraw);
    },
  );

  test("an edited note, a missing file, another seed or size", async () => {
    const folder = workplace();
    await draw(folder);
    await archive(folder);
    writeFileSync(join(folder, "kept", "retention.md"), "for ever\n");
    expect((await verify(folder)).differences).toEqual([
      { subject: "retention.md", text: "was edited since the archive was made" },
    ]);
    const manifest = text(folder, "kept/manifest.json");
    writeFileSync(join(folder, "kept", "manifest.json"), manifest.replace('"size": 12', '"size": 13'));
    expect((await verify(folder)).sameDraw).toBe(false);
    writeFileSync(join(folder, "kept", "manifest.json"), manifest);
    rmSync(join(folder, "kept", "tickets.csv"));
    const { differences } = await verify(folder);
    expect(differences.map(({ subject }) => subject)).toEqual(["retention.md", "tickets.csv", "selection"]);
  });

  test("estimated probabilities hold within simulation error, and not beyond", async () => {
    const folder = workplace(linesWithFactors(), planWith(designs.capped));
    await draw(folder);
    await archive(folder);
    edit(folder, "sample.csv", (was) => {
      const [header = "", ...rows] = was.trimEnd().split("\n");
      const cells = (rows[0] as string).split(",");
      const at = header.split(",").indexOf("inclusion_probability");
      cells[at] = String(Number(cells[at]) * 1.5);
      cells[header.split(",").indexOf("design_weight")] = String(1 / Number(cells[at]));
      return `${[header, cells.join(","), ...rows.slice(1)].join("\n")}\n`;
    });
    expect((await verify(folder)).differences.map(({ subject }) => subject)).toEqual(["sample.csv"]);
  }, 60_000);
});

describe("refusals", () => {
  test("a sample that its export no longer gives, unless the export is said to be gone", async () => {
    const folder = workplace();
    await draw(folder);
    correct(folder);
    expect((await refusal(archive(folder))).code).toBe("ARCHIVE_NOT_VERIFIED");
    expect(readdirSync(folder)).not.toContain("kept");
    renameSync(join(folder, "children.csv"), join(folder, "away.csv"));
    const { manifest } = await archive(folder, "out", { withoutExport: true });
    expect(manifest.archive.verified_with_export).toBe(false);
    expect(manifest.archive.register).toHaveLength(1);
    expect((await verify(folder)).differences).toEqual([]);
    expect(text(folder, "kept/retention.md")).toContain("was NOT replayed");
  });

  test.each(["practitioner", "source"])(
    "strata or balance by %s, which names people or files: the values decide the draw",
    async (field) => {
      const folder = workplace(
        exportLines(),
        plan.replace("team: team", "practitioner: team").replace("[law_type, delay_band]", `[${field}]`),
      );
      await draw(folder);
      expect((await refusal(archive(folder))).code).toBe("ARCHIVE_FIELD_NAMES_PEOPLE");
    },
  );

  test("a cap by practitioner takes pseudonyms; a field read from the same column is a name too", async () => {
    const yaml = plan
      .replace("team: team", "practitioner: team")
      .replace(
        "cohort: { include: {",
        "values: { practitioner: { Group 2: Group Two } }\nfields: { desk: { column: team, type: category } }\n" +
          "cohort: { exclude: { practitioner: [Group 0] }, include: {",
      )
      .replace(
        /^sample:.*$/m,
        "sample: { size: 12, strata: [law_type], caps: { practitioner: 8, desk: 9, source: 12 }, reserves: 1 }",
      );
    const folder = workplace(marked(exportLines()), yaml);
    await draw(folder);
    await archive(folder);
    expect((await verify(folder)).differences).toEqual([]);
    expect(everything(join(folder, "kept"))).not.toMatch(/Group|children\.csv/);
  }, 60_000);

  test("a key inside the archive, no real date, an archive where a sample is wanted", async () => {
    const folder = workplace();
    await draw(folder);
    expect((await refusal(archive(folder, "out", { key: "kept/the.key" }))).code).toBe("KEY_INSIDE_OUTPUT");
    expect((await refusal(archive(folder, "out", { retainUntil: "2032-02-30" }))).code).toBe(
      "RETAIN_UNTIL_INVALID",
    );
    await archive(folder);
    expect((await refusal(archive(folder, "kept", { out: "again" }))).code).toBe("FOLDER_OF_ARCHIVE");
  });
});
