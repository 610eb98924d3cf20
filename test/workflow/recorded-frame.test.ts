import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { levelAt } from "../../src/frame/field.js";
import { readRecordedFrame } from "../../src/workflow/explain/recorded-frame.js";
import { replayRecorded } from "../../src/workflow/explain/replay-recorded.js";
import { openSampleFolder } from "../../src/workflow/sample/folder.js";
import { designs, linesWithFactors, planWith } from "./recorded-designs.js";
import { draw, workplace } from "./scratch.js";

/** A drawn sample beside what its folder gives back. */
async function drawnAndRecorded(lines: readonly string[], yaml: string) {
  const folder = workplace(lines, yaml);
  const { designed, sample } = await draw(folder);
  const opened = openSampleFolder(join(folder, "out"), "out");
  const recorded = readRecordedFrame(opened, "out");
  return {
    folder,
    drawn: { ...designed, sample },
    recorded,
    replayed: (await replayRecorded(opened, recorded)).sample,
  };
}

test.each(Object.keys(designs) as (keyof typeof designs)[])(
  "%s: the folder alone gives the design's fields, strata, probabilities and draw",
  async (design) => {
    const { drawn, recorded, replayed } = await drawnAndRecorded(
      linesWithFactors(),
      planWith(designs[design]),
    );
    expect(recorded.plan).toEqual(drawn.planFile.plan);
    const { frame } = drawn;
    expect(recorded.frame.ids).toEqual(Array.from(frame.eligible, (unit) => frame.ids[unit]));
    for (const [name, field] of recorded.frame.fields) {
      const whole = frame.fields.get(name);
      if (whole === undefined) throw new Error(`no ${name}`);
      expect({ kind: field.kind, order: field.order }, name).toEqual({
        kind: whole.kind,
        order: whole.order,
      });
      // Under one_per a family counts for one stratum, and frame.csv tells no other.
      if (design === "one per family" && name === "law_type") continue;
      const levels = recorded.frame.ids.map((_, unit) => levelAt(field, unit));
      expect(levels, name).toEqual(Array.from(frame.eligible, (unit) => levelAt(whole, unit)));
    }
    const probabilities = Array.from(frame.eligible, (unit) => drawn.sample.probabilities[unit]);
    expect(Array.from(replayed.probabilities)).toEqual(probabilities);
  },
);

test("keys, blanks and lists come back as they were", async () => {
  // A level with " / " in it, one that looks as such a level does in a key, a blank, one with a semicolon.
  const teams = ["North / East", "North\\/West", "", '"Team; South"'];
  const lines = linesWithFactors().map((line, at) =>
    line.replace(/Team \d/, teams[at % 4] as string).replace(/01\/0[12]\/2015/, ""),
  );
  for (const sample of [
    "{ size: 20, strata: [team], reserves: 1 }",
    "{ size: 12, method: balanced, balance: [team, factors, gender], reserves: 1 }",
    "{ size: 12, strata: [age_years, team], allocation: { method: proportional, min: 0 }, reserves: 1 }",
  ]) {
    const yaml = planWith(sample);
    const { drawn, replayed } = await drawnAndRecorded(lines, yaml);
    expect(replayed.drawn.map((each) => each.ticket)).toEqual(drawn.sample.drawn.map((each) => each.ticket));
  }
});

test("cases, whose children make lists, are drawn again", async () => {
  const yaml = planWith("{ size: 12, method: balanced, balance: [gender, team, law_type], reserves: 1 }")
    .replace("unit: child", "unit: case")
    .replace("unit_id: [case_id, child_id]", "unit_id: case_id");
  const { drawn, recorded, replayed } = await drawnAndRecorded(linesWithFactors(), yaml);
  // The plan calls a team one value; here the children of a case differ in it.
  expect(recorded.frame.fields.get("team")?.kind).toBe("list");
  expect(replayed.drawn.map((each) => each.ticket)).toEqual(drawn.sample.drawn.map((each) => each.ticket));
});

test("a program that put in a byte order mark, CRLF or another order of rows changed nothing that counts", async () => {
  const { folder, replayed } = await drawnAndRecorded(linesWithFactors(), planWith(designs.systematic));
  const path = join(folder, "out", "frame.csv");
  const [header, ...rows] = readFileSync(path, "utf8").trimEnd().split("\n");
  writeFileSync(path, `\ufeff${[header, ...rows.reverse()].join("\r\n")}\r\n`);
  const opened = openSampleFolder(join(folder, "out"), "out");
  const again = await replayRecorded(opened, readRecordedFrame(opened, "out"));
  expect(again.sample.drawn).toEqual(replayed.drawn);
});
