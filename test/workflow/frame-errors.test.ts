import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openPlan } from "../../src/workflow/open-plan.js";
import { linkFromPlan } from "../../src/workflow/sample/linked-draw.js";
import { checkLines, checkPlan, checkWorkplace, runIn } from "./check-export.js";
import { draw, exportLines, plan, workplace } from "./scratch.js";

/** Open cases only, so that a closing date that has not come yet decides who can be drawn. */
const openOnly = "cohort: { include: { closed_date: { blank: true } } }\n";

test.each(["--dry-run", "--out"])("sample %s refuses a date that decides who can be drawn", async (way) => {
  const folder = checkWorkplace(checkLines({ 31: { closed: "17/11/2026" } }), checkPlan + openOnly);
  const words = way === "--out" ? ["--seed", "1", "--out", "s"] : [way];
  const { code, err } = await runIn(folder, "sample", "--plan", "plan.yaml", ...words);
  expect(code).toBe(2);
  expect(err).toContain("error[FRAME_ERRORS]");
  expect(err).toContain("CHECK_DATE_IN_FUTURE: children.csv, row 31");
});

test("a linked draw refuses it too, in its own frame", async () => {
  const folder = workplace(exportLines(), plan);
  await draw(folder, "314159", "first");
  const teams = [...new Set(readFileSync(join(folder, "children.csv"), "utf8").match(/Team \d+/g))];
  const linkPlan = `casedraw: 1
title: Test records
reference_date: 2026-11-16
unit: case
unit_id: record
data: [{ path: records.csv }]
columns: { team: Team, closed_date: Closed }
fields: { record: { column: Record, type: text } }
linked: { by: team }
${openOnly}`;
  writeFileSync(join(folder, "link.yaml"), linkPlan);
  const link = (closed: string) => {
    const rows = teams.map((team, k) => `R${k},${team},${k === 1 ? closed : ""}`);
    writeFileSync(join(folder, "records.csv"), `${["Record,Team,Closed", ...rows].join("\n")}\n`);
    return linkFromPlan(openPlan("link.yaml", folder), "first", { cwd: folder, progress: () => {} });
  };
  await expect(link("17/11/2026")).rejects.toMatchObject({ code: "FRAME_ERRORS" });
  await expect(link("15/11/2026")).resolves.toBeDefined();
});
