import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseManifest } from "../../src/report/manifest.js";
import type { UpdateRecord } from "../../src/report/manifest-steps.js";
import { readRegister } from "../../src/report/register/lines.js";
import { explainUnit } from "../../src/workflow/explain/unit.js";
import { estimate, refusal } from "./estimating.js";
import { draw, exportLines, plan, workplace } from "./scratch.js";
import { correct, correctedLines, go, ids, logOf, records, update, verified } from "./updating.js";

const manifestOf = (folder: string, out: string) =>
  parseManifest(readFileSync(join(folder, out, "manifest.json"), "utf8"), out);
const clean = { differences: [], notes: [], sameDraw: true };

/** Drawn, a case replaced, corrected, and updated. */
async function updated(yaml = plan): Promise<string> {
  const folder = workplace(exportLines(), yaml);
  await draw(folder);
  await go(folder, "out", "v2", logOf(folder, "out", [[1, "inaccessible"]]));
  correct(folder);
  await update(folder, "v2", "v3");
  return folder;
}

describe("update", () => {
  test("keeps whatever is still eligible, in its place; says who is gone, moved and added; the chain verifies", async () => {
    const folder = await updated();
    const now = new Set(records(folder, "v3/frame.csv").map(({ unit_id }) => unit_id));
    const staying = ids(folder, "v2").filter((id) => now.has(id));
    expect(staying.length).toBeLessThan(ids(folder, "v2").length);
    expect(ids(folder, "v3").slice(0, staying.length)).toEqual(staying);
    const changes = records(folder, "v3/changes.csv");
    const changed = (what: string) =>
      changes.filter(({ change }) => change === what).map((row) => row.unit_id);
    expect(changed("not in the export")).toEqual(ids(folder, "v2").filter((id) => !now.has(id)));
    const lawOf = (lines: readonly string[], id: string) =>
      lines.find((line) => line.startsWith(`${id.replace("_", ",")},`))?.split(",")[5];
    const [before, after] = [exportLines(), correctedLines()];
    expect(changed("moved")).toEqual(staying.filter((id) => lawOf(before, id) !== lawOf(after, id)));
    expect(changed("moved").length).toBeGreaterThan(0);
    expect(changed("added")).toEqual(ids(folder, "v3").slice(staying.length));
    const { differences, notes, sameDraw } = await verified(folder, "v3");
    expect({ differences, notes, sameDraw }).toEqual(clean);
    const lines = readRegister(readFileSync(join(folder, "draws.jsonl")), "draws.jsonl");
    expect(lines.map(({ record }) => record?.kind)).toEqual(["draw", "replace", "update"]);
  });

  test("of a corrected file beside the old one is checked against what it read, also where the plan names the old one", async () => {
    const folder = workplace(exportLines(), plan);
    await draw(folder);
    writeFileSync(join(folder, "corrected.csv"), `${correctedLines().join("\n")}\n`);
    await update(folder, "out", "v2", { data: ["corrected.csv"] });
    const first = await verified(folder, "out");
    expect({ differences: first.differences, notes: first.notes, sameDraw: first.sameDraw }).toEqual(clean);
    const { differences, notes, sameDraw } = await verified(folder, "v2");
    expect({ differences, sameDraw }).toEqual({ differences: [], sameDraw: true });
    const from = join(folder, "corrected.csv");
    const text = `read from ${from}, where it lay then; the children.csv beside the plan is another file`;
    expect(notes).toEqual([{ subject: "data", text }]);
    // Who names the file knows where it is.
    expect((await verified(folder, "v2", ["corrected.csv"])).notes).toEqual([]);
    // A file that neither place has as it was stays a difference.
    writeFileSync(join(folder, "corrected.csv"), `${exportLines().join("\n")}\n`);
    expect((await verified(folder, "v2")).differences.length).toBeGreaterThan(0);
  });

  test("weights of every class sum to its population; probabilities are m over N; the manifest says on what they hang", async () => {
    const folder = await updated();
    const sample = records(folder, "v3/sample.csv");
    const strata = records(folder, "v3/strata.csv");
    for (const { stratum, population, drawn, of, kept, inclusion_probability } of strata) {
      const own = sample.filter((row) => row.stratum === stratum);
      expect(own.reduce((sum, row) => sum + Number(row.final_weight), 0)).toBeCloseTo(Number(population), 9);
      expect(Number(inclusion_probability)).toBe(Number(drawn) / Number(population));
      expect(Number(drawn)).toBeGreaterThanOrEqual(Math.min(2, Number(population)));
      expect(Number(drawn)).toBeGreaterThanOrEqual(Number(kept));
      expect(stratum?.startsWith(of as string)).toBe(true);
    }
    const step = manifestOf(folder, "v3").steps?.at(-1) as UpdateRecord;
    expect(step.probabilities).toBe("conditional");
    // Eligible in the two exports, counted from their rows: blank closed date, by id and law type.
    const open = (lines: readonly string[]) =>
      new Map(
        lines
          .slice(1)
          .map((line) => line.split(","))
          .filter((cells) => cells[7] === "")
          .map((cells) => [`${cells[0]}_${cells[1]}`, cells[5]]),
      );
    const [then, now] = [open(exportLines()), open(correctedLines())];
    const both = [...now.keys()].filter((id) => then.has(id));
    const kept = both.filter((id) => then.get(id) === now.get(id)).length;
    expect(step.eligible).toEqual({
      kept,
      moved: both.length - kept,
      gone: then.size - both.length,
      new: now.size - both.length,
    });
    expect(readFileSync(join(folder, "v3/summary.html"), "utf8")).toContain("taken as given");
  });

  test("the same files give the same bytes, from rows in another order too, but for inputs", async () => {
    const folder = await updated();
    const [header = "", ...rows] = correctedLines();
    correct(folder, [header, ...rows.reverse()]);
    await update(folder, "v2", "again");
    const { inputs: _, ...one } = manifestOf(folder, "v3");
    const { inputs: __, ...two } = manifestOf(folder, "again");
    expect(two).toEqual(one);
  });

  test("an export that is as it was changes nothing", async () => {
    const folder = workplace();
    await draw(folder);
    const { step, sample } = await update(folder, "out", "v2");
    expect(step).toMatchObject({ eligible: { moved: 0, gone: 0, new: 0 }, left: [] });
    expect(sample.design.strata.map(({ key }) => key)).toEqual(
      records(folder, "out/strata.csv").map(({ stratum }) => stratum),
    );
    expect(ids(folder, "v2")).toEqual(ids(folder, "out"));
    expect(records(folder, "v2/sample.csv").map((row) => row.final_weight)).toEqual(
      records(folder, "out/sample.csv").map((row) => row.design_weight),
    );
  });

  test.each([
    plan,
    plan.replace("strata:", "method: systematic, balance: [gender], strata:"),
    plan.replace("strata:", "method: balanced, balance: [gender], strata:"),
    plan.replace("strata: [law_type, delay_band]", "strata: []"),
  ])(
    "replaced in, enlarged, updated again: every version verifies, and can be estimated from (%#)",
    async (yaml) => {
      const folder = await updated(yaml);
      await go(
        folder,
        "v3",
        "v4",
        logOf(folder, "v3", [
          [0, "out-of-scope"],
          [2, "conflict"],
        ]),
      );
      await go(folder, "v4", "v5", { kind: "extend", size: 34, afterFindings: false });
      const [header = "", ...rows] = correctedLines();
      correct(folder, [header, ...rows.filter((_, i) => i % 13 !== 5)]);
      await update(folder, "v5", "v6");
      expect((await verified(folder, "v6")).differences).toEqual([]);
      correct(folder);
      for (const out of ["v3", "v4", "v5"]) {
        const { differences, notes, sameDraw } = await verified(folder, out);
        expect({ differences, notes, sameDraw }, out).toEqual(clean);
      }
      const sample = records(folder, "v6/sample.csv");
      const population = records(folder, "v6/frame.csv").length;
      const reviewed = sample.filter(({ status }) => !/scope|inaccessible|conflict/.test(status as string));
      writeFileSync(
        join(folder, "findings.csv"),
        `unit_id,good\n${reviewed.map(({ unit_id }, at) => `${unit_id},${at % 2 ? "yes" : "no"}`).join("\n")}\n`,
      );
      const { context } = await estimate(folder, { sample: "v6" });
      const weights = context.responses.design;
      expect(weights.method).toMatch(yaml.includes("balanced") ? /balanced/ : /stratified|unequal/);
      expect(context.responses.strata.reduce((sum, stratum) => sum + stratum.population, 0)).toBe(population);
      for (const { unit_id = "" } of sample.slice(0, 3)) {
        const told = await explainUnit("v6", unit_id, { cwd: folder, progress: () => {} });
        const { stratum } = sample.find((each) => each.unit_id === unit_id) as Record<string, string>;
        const drawn = sample.filter((each) => each.stratum === stratum).length;
        expect(told).toMatchObject({ unitId: unit_id, drawn, since: { version: 6 } });
      }
    },
  );
});

describe("verification of an update finds", () => {
  const subjects = async (folder: string, out = "v3") =>
    (await verified(folder, out)).differences.map(({ subject, text }) => `${subject}: ${text}`).join("\n");

  test("an earlier folder that is gone: a note says what was not checked", async () => {
    const folder = await updated();
    rmSync(join(folder, "out"), { recursive: true });
    expect(await verified(folder, "v3")).toMatchObject({ differences: [], notes: [] });
    renameSync(join(folder, "v2"), join(folder, "elsewhere"));
    const { differences, notes } = await verified(folder, "v3");
    expect(differences).toEqual([]);
    expect(notes.map(({ text }) => text).join("\n")).toMatch(/its sample and strata .* was not checked/);
  });

  test("what was kept or left, or a unit's earlier stratum, forged with its hash", async () => {
    const folder = await updated();
    const path = join(folder, "v3/manifest.json");
    const text = readFileSync(path, "utf8");
    const edited = async (from: RegExp, to: string): Promise<string> => {
      expect(text).toMatch(from);
      writeFileSync(path, text.replace(from, to));
      return await subjects(folder);
    };
    expect(await edited(/"why": "not in the export"/, '"why": "excluded"')).toContain(
      "left.0.why of the update",
    );
    expect(await edited(/("eligible": \{\s*"kept": \d+,\s*"moved": )\d+/, "$1 9999")).toContain(
      "eligible.moved of the update",
    );
    expect(await edited(/("kind": "update",\s*"size": )12/, "$1 16")).toContain("selection: ");
    expect(await edited(/("kept": \[\s*\{\s*"unit_id": )"[^"]+"/, '$1"9999_9"')).toContain("9999_9");
    writeFileSync(path, text);
    // A unit that was not in the sample is passed off as one that was in another stratum.
    const frame = readFileSync(join(folder, "v3/frame.csv"), "utf8");
    const sampled = new Set(ids(folder, "v3"));
    const row = records(folder, "v3/frame.csv").find(
      ({ unit_id, stratum, earlier_stratum }) =>
        stratum === earlier_stratum && !sampled.has(unit_id as string),
    );
    writeFileSync(
      join(folder, "v3/frame.csv"),
      frame.replace(`${row?.unit_id},${row?.stratum},${row?.stratum}`, `${row?.unit_id},${row?.stratum},`),
    );
    expect(await subjects(folder)).toContain(
      "what it says of version 2 is not what that version's folder gives, for 1 of",
    );
  });

  test("the corrected export changed once more", async () => {
    const folder = await updated();
    correct(folder, correctedLines().slice(0, -5));
    expect(await subjects(folder)).toContain("eligible units");
  });
});

describe("update refuses", () => {
  test.each([
    ["caps", plan.replace("strata:", "caps: { team: 6 }, strata:"), "UPDATE_NOT_POSSIBLE"],
    ["one child a family", plan.replace("strata:", "one_per: case_id, strata:"), "UPDATE_NOT_POSSIBLE"],
  ])("%s, with what to do instead", async (_, yaml, code) => {
    const folder = workplace(exportLines(), yaml);
    await draw(folder);
    correct(folder);
    const error = await refusal(update(folder, "out", "v2"));
    expect(error.code).toBe(code);
    expect(error.message).toContain("casedraw add");
  });

  test("another design, naming the key; takes a plan that reads the export otherwise", async () => {
    const folder = workplace();
    await draw(folder);
    writeFileSync(join(folder, "other.yaml"), plan.replace("size: 12", "size: 13"));
    expect(await refusal(update(folder, "out", "v2", { plan: "other.yaml" }))).toMatchObject({
      code: "UPDATE_PLAN_DIFFERS",
      details: { path: "sample.size" },
    });
    writeFileSync(join(folder, "later.csv"), `${correctedLines().join("\n").replace("law type", "Law")}\n`);
    writeFileSync(
      join(folder, "other.yaml"),
      plan.replace("children.csv", "later.csv").replace("law_type: law type", "law_type: Law"),
    );
    await update(folder, "out", "v2", { plan: "other.yaml" });
    expect((await verified(folder, "v2")).differences).toEqual([]);
  });

  test("a folder with an edited workbook", async () => {
    const folder = workplace();
    await draw(folder);
    writeFileSync(join(folder, "out/sample.xlsx"), "filled in by hand");
    expect((await refusal(update(folder, "out", "v2"))).code).toBe("SAMPLE_FOLDER_CHANGED");
  });

  test("a stratum that the plan leaves out and sampled units have moved to", async () => {
    const sizes =
      "allocation: { method: fixed, sizes: { private: 6, public: 0 } }, strata: [law_type], reserves: 0";
    const folder = workplace(exportLines(), plan.replace(/sample: .*/, `sample: { size: 6, ${sizes} }`));
    await draw(folder);
    const first = (ids(folder, "out")[0] as string).replace("_", ",");
    correct(
      folder,
      exportLines().map((line) => (line.startsWith(`${first},`) ? line.replace("private", "public") : line)),
    );
    expect((await refusal(update(folder, "out", "v2"))).message).toContain(
      'stratum "public", of which the plan takes nobody',
    );
  });

  test("siblings that were renumbered are told, where ids are numbered within the case", async () => {
    const yaml = plan
      .replace("unit_id: [case_id, child_id]", "unit_id: [case_id, child_ordinal]")
      .replace("size: 12", "size: 90, reserves: 0")
      .replace(", reserves: 0.25", "");
    // Two children a case: the boy is the older one, until a girl who is older still comes to the case.
    const folder = workplace(exportLines(), yaml);
    await draw(folder);
    correct(folder, [...exportLines(), "0003,999,Secret,F,01/01/2010,private,01/07/2026,,Team 1"]);
    const { notes } = await update(folder, "out", "v2");
    expect(notes.map(({ code }) => code)).toEqual(["update-numbered-children"]);
    expect(notes[0]?.details.unit_ids).toEqual(expect.arrayContaining(["0003_1", "0003_2"]));
    expect(notes[0]?.text).not.toMatch(/Secret|2010/);
  });

  test("cases out of scope that the corrected export lacks are told", async () => {
    const folder = workplace();
    await draw(folder);
    await go(folder, "out", "v2", logOf(folder, "out", [[0, "out-of-scope"]]));
    const lost = (ids(folder, "out")[0] as string).replace("_", ",");
    correct(
      folder,
      exportLines().filter((line) => !line.startsWith(`${lost},`)),
    );
    const { notes } = await update(folder, "v2", "v3");
    expect(notes.map(({ code }) => code)).toEqual(["update-lost-gone"]);
  });
});
