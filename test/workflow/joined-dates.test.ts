import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makePia } from "./pia-export.js";
import { draw, verify, workplace } from "./scratch.js";

const yaml = `casedraw: 1
title: Test inspection
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: children.csv }]
joins:
  - path: episodes.csv
    key: child_id
    many: { latest: application_date }
    columns: { application_date: from, closed_date: to }
columns: { child_id: id, gender: gender }
cohort: { include: { closed_date: { blank: true } } }
sample: { size: 10, strata: [gender] }
`;

/** 40 children, of whom 30 have a closed episode and then an open one, and 10 no episode. */
function joinedWorkplace(plan = yaml): string {
  const numbers = Array.from({ length: 40 }, (_, k) => k);
  const folder = workplace(["id,gender", ...numbers.map((k) => `${k},${k % 2 ? "F" : "M"}`)], plan);
  const episodes = numbers.slice(0, 30).flatMap((k) => [`${k},01/02/2024,01/03/2026`, `${k},02/03/2026,`]);
  writeFileSync(join(folder, "episodes.csv"), `id,from,to\n${episodes.join("\n")}\n`);
  return folder;
}

describe("open cases by dates of a joined file", () => {
  test("the summary says how many are not known to be open, and the manifest is as without the note", async () => {
    const folder = joinedWorkplace();
    await draw(folder);
    const summary = readFileSync(join(folder, "out", "summary.html"), "utf8");
    expect(summary).toContain("10 of the 40 children that may be sampled have no row in episodes.csv.");
    expect(summary).toContain("it is not known whether they are open");
    expect(readFileSync(join(folder, "out", "manifest.json"), "utf8")).not.toContain("not known whether");
    expect(await verify(folder)).toMatchObject({ differences: [] });
    const mended = joinedWorkplace(
      yaml.replace("include: {", "include: { application_date: { blank: false },"),
    );
    await draw(mended);
    expect(readFileSync(join(mended, "out", "summary.html"), "utf8")).not.toContain("have no row in");
  });

  test("an analysis cautions beside its key messages and in the part on delay that earlier rows are left aside", async () => {
    const caution =
      "Times run from the latest row of episodes.csv for each child: earlier rows are left aside";
    const folder = joinedWorkplace();
    const { analysis } = await makePia(folder, { out: "pia" });
    expect(analysis.notes[0]).toContain(caution);
    const page = readFileSync(join(folder, "pia", "pia.html"), "utf8");
    const at = (text: string, from = 0): number => page.indexOf(text, from);
    // The waits of the first episodes, over two years in all, are not seen.
    const message = at("No open child has waited over 52 weeks.");
    expect(message).toBeGreaterThan(0);
    const places = [...page.matchAll(/Times run from the latest row/g)].map(({ index }) => index);
    expect(places.length).toBe(3);
    expect(places[0]).toBeGreaterThan(message);
    expect(places[0]).toBeLessThan(at('id="part-context"'));
    expect(places[1]).toBeGreaterThan(at('id="part-delay"'));
    expect(places[1]).toBeLessThan(at('id="open-age"'));
    expect(places[2]).toBeGreaterThan(at('id="data"'));
  });
});
