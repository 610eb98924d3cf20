import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { TeamPlan } from "../../src/plan/types.js";
import { readCases } from "../../src/workflow/chosen/listed-cases.js";
import { readConflicts } from "../../src/workflow/handover/conflicts.js";
import { readReplacementLog } from "../../src/workflow/next-version/replacement-log.js";

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-lists-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "list.csv");
  writeFileSync(path, text);
  return path;
}

/** Letters of another width, as they come from some spreadsheets: the reader takes such headers for the same. */
function wide(text: string): string {
  return text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
}

describe("a header that the reader takes for the wanted one is found again", () => {
  test("in a log of replacements", async () => {
    const path = file(`${wide("unit_id")}, REASON \n1_1,conflict\n`);
    expect(await readReplacementLog(path, "list.csv")).toMatchObject([
      { unitId: "1_1", reason: "conflict", details: { row: 2 } },
    ]);
  });

  test("in a list of chosen cases", async () => {
    const path = file(
      `unit_id,${wide("reason")},asked_by,${wide("asked_on")}\n1_1,delay,lead inspector,2026-11-19\n`,
    );
    expect(await readCases(path, "list.csv")).toMatchObject([
      { unitId: "1_1", reason: "delay", askedBy: "lead inspector", askedOn: "2026-11-19" },
    ]);
  });

  test("in a list of conflicts", async () => {
    const path = file(`${wide("unit_id")},TEAM,${wide("pair")}\n1_1,North,2\n`);
    const teams: TeamPlan[] = [{ name: "North", pairs: 3 }];
    const bars = await readConflicts(path, { cwd: "/", teams, known: new Set(["1_1"]) });
    expect([...bars]).toEqual([["1_1", [{ team: 0, pair: 1 }]]]);
  });
});
