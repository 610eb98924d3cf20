import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSheetHeaders } from "../../src/readers/sheet-headers.js";
import { readRegister } from "../../src/report/register/lines.js";
import { estimate, refusal } from "./estimating.js";
import { fillIn } from "./fill-in.js";
import { draw, exportLines, plan, workplace } from "./scratch.js";
import { correct, correctedLines, go, ids, logOf, records, update, verified } from "./updating.js";

/** Ids of the export by what they are to the sample in `out`: two sampled, one in reserve, one not drawn, one excluded. */
function idsOf(folder: string) {
  const sampled = ids(folder, "out");
  const reserves = records(folder, "out/reserves.csv").map(({ unit_id = "" }) => unit_id);
  const there = new Set([...sampled, ...reserves]);
  const other = records(folder, "out/frame.csv").find(({ unit_id = "" }) => !there.has(unit_id))
    ?.unit_id as string;
  // The first row of the export is closed.
  return { sampled: sampled[0] as string, reserve: reserves[0] as string, other, excluded: "0000_0" };
}

function list(folder: string, rows: readonly string[], name = "cases.csv") {
  writeFileSync(join(folder, name), `unit_id,reason,asked_by,asked_on\n${rows.join("\n")}\n`);
  return { kind: "add", cases: name } as const;
}

async function withChosen(yaml = plan) {
  const folder = workplace(exportLines(), yaml);
  await draw(folder);
  const { sampled, reserve, other, excluded } = idsOf(folder);
  await go(
    folder,
    "out",
    "v2",
    list(folder, [
      `${sampled},delay,lead inspector,2026-11-19`,
      `${reserve},Line of enquiry,lead inspector,19/11/2026`,
      `${other},complaint,HMI 2,2026-11-20`,
      `${excluded},nominated-good-practice,regional director,2026-11-20`,
    ]),
  );
  return { folder, sampled, reserve, other, excluded };
}

describe("chosen cases", () => {
  test("stand beside the sample without probability or weight, with their standing; the sample is as it was", async () => {
    const { folder, sampled, reserve, other, excluded } = await withChosen();
    const chosen = records(folder, "v2/chosen.csv");
    expect(
      chosen.map((row) => [row.unit_id, row.status, row.standing, row.reason, row.asked_by, row.asked_on]),
    ).toEqual([
      [sampled, "sampled, and chosen too", "eligible", "delay", "lead inspector", "2026-11-19"],
      [reserve, "chosen, not sampled", "in reserve", "line-of-enquiry", "lead inspector", "2026-11-19"],
      [other, "chosen, not sampled", "eligible", "complaint", "HMI 2", "2026-11-20"],
      [
        excluded,
        "chosen, not sampled",
        "excluded (include: closed_date)",
        "nominated-good-practice",
        "regional director",
        "2026-11-20",
      ],
    ]);
    expect(
      Object.keys(chosen[0] ?? {}).filter((name) => /weight|probability|ticket|stratum/.test(name)),
    ).toEqual([]);
    expect(ids(folder, "v2")).toEqual(ids(folder, "out"));
    expect(records(folder, "v2/sample.csv").map((row) => row.final_weight)).toEqual(
      records(folder, "out/sample.csv").map((row) => row.design_weight),
    );
    const sheets = await readSheetHeaders({
      path: join(folder, "v2/sample.xlsx"),
      label: "x",
      sought: ["Unit ID"],
    });
    expect(sheets?.find(({ sheet }) => sheet === "Chosen")?.headers.slice(0, 7)).toEqual([
      "Unit ID",
      "Status",
      "Standing",
      "Reason",
      "Asked by",
      "Asked on",
      "Version",
    ]);
    expect(await verified(folder, "v2")).toMatchObject({ differences: [], notes: [], sameDraw: true });
    const lines = readRegister(readFileSync(join(folder, "draws.jsonl")), "draws.jsonl");
    expect(lines.map(({ record }) => record?.kind)).toEqual(["draw", "add"]);
    for (const text of ["Secret", "2015"]) expect(JSON.stringify(chosen)).not.toContain(text);
  });

  test.each([
    plan,
    plan.replace("strata:", "caps: { team: 6 }, strata:"),
    plan.replace("strata:", "one_per: case_id, strata:"),
  ])("of any design (%#)", async (yaml) => {
    const { folder } = await withChosen(yaml);
    expect((await verified(folder, "v2")).differences).toEqual([]);
  });

  test("stay through replacements, top-ups, updates and further lists; one that is released or gone says so", async () => {
    const { folder, reserve, other } = await withChosen();
    const stratum = records(folder, "out/reserves.csv")[0]?.stratum;
    const place = records(folder, "v2/sample.csv").findIndex((row) => row.stratum === stratum);
    await go(folder, "v2", "v3", logOf(folder, "v2", [[place, "conflict"]]));
    expect(records(folder, "v3/chosen.csv")[1]).toMatchObject({
      unit_id: reserve,
      status: "sampled, and chosen too",
    });
    await go(folder, "v3", "v4", { kind: "extend", size: 20, afterFindings: false });
    const fresh = records(folder, "v4/frame.csv").find(
      ({ unit_id = "" }) => !ids(folder, "v4").includes(unit_id) && unit_id !== other,
    )?.unit_id as string;
    await go(folder, "v4", "v5", list(folder, [`${fresh},audit,HMI 3,2026-11-21`]));
    correct(
      folder,
      correctedLines().filter((line) => !line.startsWith(`${other.replace("_", ",")},`)),
    );
    await update(folder, "v5", "v6");
    const chosen = records(folder, "v6/chosen.csv");
    expect(chosen.map(({ version }) => version)).toEqual(["2", "2", "2", "2", "5"]);
    expect(chosen[2]).toMatchObject({
      unit_id: other,
      standing: "not in the export",
      status: "chosen, not sampled",
    });
    expect((await verified(folder, "v6")).differences).toEqual([]);
    expect(
      await refusal(go(folder, "v6", "v7", list(folder, [`${fresh},audit,HMI 3,2026-11-21`]))),
    ).toMatchObject({
      code: "CHOSEN_DUPLICATE",
      message: expect.stringContaining("since version 5"),
    });
  });

  test("a changed reason is found by verify", async () => {
    const { folder } = await withChosen();
    const path = join(folder, "v2/manifest.json");
    writeFileSync(path, readFileSync(path, "utf8").replace('"reason": "complaint"', '"reason": "audit"'));
    expect((await verified(folder, "v2")).differences.map(({ subject }) => subject)).toContain("chosen.csv");
  });

  test.each([
    ["", "CHOSEN_LIST_EMPTY", "none"],
    ["9999_9,audit,lead,2026-11-19", "CHOSEN_UNIT_UNKNOWN", "(cases.csv, row 2, column unit_id)"],
    ["ID,because,lead,2026-11-19", "CHOSEN_REASON_UNKNOWN", "(cases.csv, row 2, column reason)"],
    ["ID,complaints,lead,2026-11-19", "CHOSEN_REASON_UNKNOWN", "Did you mean complaint?"],
    ["ID,audit,,2026-11-19", "CHOSEN_ASKER_INVALID", "got none (cases.csv, row 2, column asked_by)"],
    [`ID,audit,${"a".repeat(31)},2026-11-19`, "CHOSEN_ASKER_INVALID", "got 31 characters"],
    ['ID,audit,"lead\nand a note",2026-11-19', "CHOSEN_ASKER_INVALID", "got a control character"],
    ["ID,audit,lead,", "CHOSEN_DATE_MISSING", "column asked_on"],
    ["ID,audit,lead,soon", "DATE_UNREADABLE", "cases.csv"],
    ["ID,audit,lead,2026-11-19\nID,delay,lead,2026-11-19", "CHOSEN_DUPLICATE", "twice (cases.csv, row 3"],
  ])("refused: %s", async (row, code, message) => {
    const folder = workplace();
    await draw(folder);
    const { other } = idsOf(folder);
    const error = await refusal(go(folder, "out", "v2", list(folder, [row.replaceAll("ID", other)])));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain("note,");
  });
});

describe("estimate", () => {
  test("leaves chosen cases out, and lists what was found in them where it is asked to", async () => {
    const { folder, sampled, other, excluded } = await withChosen();
    const answers = ids(folder, "v2").map((id, at) => `${id},${at % 2 ? "yes" : "no"}`);
    const own = answers.find((line) => line.startsWith(`${sampled},`))?.split(",")[1];
    writeFileSync(join(folder, "findings.csv"), `unit_id,good\n${answers.join("\n")}\n`);
    const without = (await estimate(folder, { sample: "v2" })).context.shown.rows;
    writeFileSync(
      join(folder, "findings.csv"),
      `unit_id,good\n${[...answers, `${other},yes`, `${excluded},no`].join("\n")}\n`,
    );
    const { context } = await estimate(folder, { sample: "v2", chosen: true });
    expect(context.shown.rows).toEqual(without);
    expect(context.findings.notes.find(({ code }) => code === "units-chosen")).toMatchObject({ count: 2 });
    expect(records(folder, "estimates/chosen.csv")).toEqual([
      { unit_id: other, reason: "complaint", good: "yes" },
      { unit_id: excluded, reason: "nominated-good-practice", good: "no" },
    ]);
    expect(own).toBeDefined();
    expect(readFileSync(join(folder, "estimates/estimates.html"), "utf8")).toContain(
      "Chosen cases: what was found",
    );
    await estimate(folder, { sample: "v2" });
    expect(() => records(folder, "estimates/chosen.csv")).toThrow();
  });

  test("takes a filled-in workbook: its sheet of the sample for estimates, that of chosen cases for the list", async () => {
    const { folder, reserve, other, excluded } = await withChosen();
    const half = join(folder, "half.xlsx");
    const full = join(folder, "full.xlsx");
    const headers = ["Good"];
    fillIn(join(folder, "v2/sample.xlsx"), half, {
      sheet: "Sample",
      headers,
      cells: (row) => [row % 2 ? "yes" : "no"],
    });
    fillIn(half, full, { sheet: "Chosen", headers, cells: (row) => [row === 2 ? "no" : "yes"] });
    const { context } = await estimate(folder, { sample: "v2", findings: "full.xlsx", chosen: true });
    expect(context.findings.reviewed.size).toBe(ids(folder, "v2").length);
    // The first row of the sheet is the case that was sampled anyway: its answer there is not its answer in the sample.
    expect(context.chosen).toMatchObject({ chosen: 3, reviewed: 3, leftOut: 1 });
    expect(readFileSync(join(folder, "estimates/estimates.html"), "utf8")).toContain(
      "1 answered row of their sheet left out",
    );
    const good = Object.keys(records(folder, "estimates/chosen.csv")[0] ?? {})[2] as string;
    expect(records(folder, "estimates/chosen.csv").map((row) => [row.unit_id, row[good]])).toEqual([
      [reserve, "yes"],
      [other, "no"],
      [excluded, "yes"],
    ]);
  });
});
