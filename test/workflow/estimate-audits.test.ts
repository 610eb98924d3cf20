import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { estimate, records, refusal } from "./estimating.js";
import { draw, workplace } from "./scratch.js";

/** 120 children, two thirds private law, every second audited; 60 drawn in proportion. */
async function drawn(changes: { readonly columns?: string; readonly sample?: string } = {}) {
  const lines = Array.from({ length: 120 }, (_, i) => {
    const law = i % 3 === 0 ? "public" : "private";
    return `${String(i).padStart(4, "0")},${law},${i % 2 ? "Y" : "N"},Team ${i % 4}`;
  });
  const columns = changes.columns ?? "{ child_id: ID, law_type: law, audited: audited }";
  const folder = workplace(
    ["ID,law,audited,team", ...lines],
    `casedraw: 1
title: Test inspection
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: children.csv }]
columns: ${columns}
fields: { kind: { column: law, type: category } }
sample: ${changes.sample ?? "{ size: 60, strata: [kind] }"}
`,
  );
  await draw(folder);
  return { folder, list: records(join(folder, "out"), "sample.csv") };
}

const write = (folder: string, lines: readonly string[]): void =>
  writeFileSync(join(folder, "findings.csv"), `${lines.join("\n")}\n`);

/** Of the audited units in draw order the first half is in line, then a third of the rest less positive; others are blank. */
function viewsOf(list: readonly Record<string, string>[]): string[] {
  const audited = list.filter((row) => Number(row.unit_id) % 2 === 1);
  return list.map((row) => {
    const at = audited.indexOf(row);
    if (at === -1) return "";
    return at < audited.length / 2
      ? "In line"
      : at % 3 === 0
        ? "less positive than the audit"
        : "MORE-POSITIVE";
  });
}

describe("agreement with the body’s own audits", () => {
  test("shares among the audited units, overall and by law type", async () => {
    const { folder, list } = await drawn();
    const views = viewsOf(list);
    write(folder, [
      "unit_id,seen,audit_agreement",
      ...list.map(({ unit_id }, at) => `${unit_id},${at % 2 ? "yes" : "no"},${views[at]}`),
    ]);
    const { context } = await estimate(folder);
    const rows = records(join(folder, "estimates"), "audits.csv");
    expect(rows.map(({ level, by, group }) => `${level}|${by}|${group}`)).toEqual([
      "in line||",
      "more positive||",
      "less positive||",
      "in line|law_type|private",
      "more positive|law_type|private",
      "less positive|law_type|private",
      "in line|law_type|public",
      "more positive|law_type|public",
      "less positive|law_type|public",
    ]);
    // 40 of 80 private and 20 of 40 public: every weight is 2, and shares are those of the sample.
    const share = (test: (row: Record<string, string>) => boolean): [string, number] => {
      const of = list
        .map((row, at) => ({ row, view: views[at] as string }))
        .filter(({ row, view }) => view !== "" && test(row));
      return [String(of.length), of.filter(({ view }) => view === "In line").length / of.length];
    };
    for (const [at, of] of [
      [0, () => true],
      [3, (row: Record<string, string>) => row.kind === "private"],
      [6, (row: Record<string, string>) => row.kind === "public"],
    ] as const) {
      const [n, estimated] = share(of);
      expect(rows[at]?.n).toBe(n);
      expect(Number(rows[at]?.estimate)).toBeCloseTo(estimated, 9);
      expect(Number(rows[at]?.lower)).toBeLessThan(estimated);
    }
    expect(rows[0]?.estimand).toBe(
      "share of the audited children among all 120 eligible children on 16 November 2026",
    );
    // It is no finding of its own, and the column of the sample's list is none either.
    expect(context.findings.columns.map(({ name }) => name)).toEqual(["seen"]);
    const page = readFileSync(join(folder, "estimates/estimates.html"), "utf8");
    expect(page).toContain("Agreement with the body’s own audits");
    expect(page).toContain("In line with the body’s own audit: ");
    expect(page).toContain("Only cases that the sample’s list gives as audited count.");
  });

  test("answers of units that were not audited are left out, counted and named", async () => {
    const { folder, list } = await drawn();
    const views = viewsOf(list);
    const at = list.findIndex((row) => Number(row.unit_id) % 2 === 0);
    views[at] = "more positive";
    write(folder, ["unit_id,audit_agreement", ...list.map(({ unit_id }, i) => `${unit_id},${views[i]}`)]);
    const { context } = await estimate(folder);
    const note = context.findings.notes.find(({ code }) => code === "audit-answers-left-out");
    expect(note?.count).toBe(1);
    expect(note?.cases).toEqual([list[at]?.unit_id]);
    const audited = list.filter((row) => Number(row.unit_id) % 2 === 1).length;
    expect(records(join(folder, "estimates"), "audits.csv")[0]?.n).toBe(String(audited));
    expect(existsSync(join(folder, "estimates/estimates.csv"))).toBe(true);
  });

  test("audited units without an answer are counted as such", async () => {
    const { folder, list } = await drawn();
    const views = viewsOf(list);
    const at = views.indexOf("In line");
    views[at] = "n/a";
    write(folder, ["unit_id,audit_agreement", ...list.map(({ unit_id }, i) => `${unit_id},${views[i]}`)]);
    await estimate(folder);
    expect(records(join(folder, "estimates"), "audits.csv")[0]).toMatchObject({ not_answered: "1" });
  });

  test("where the sample’s list has no audits, those with an answer are the audited ones; no law type, no groups", async () => {
    const { folder, list } = await drawn({ columns: "{ child_id: ID }" });
    const views = viewsOf(list);
    write(folder, ["unit_id,View of audit", ...list.map(({ unit_id }, i) => `${unit_id},${views[i]}`)]);
    await estimate(folder, { auditColumn: "view of audit" });
    const rows = records(join(folder, "estimates"), "audits.csv");
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({
      n: String(views.filter((view) => view !== "").length),
      not_answered: "0",
    });
    const page = readFileSync(join(folder, "estimates/estimates.html"), "utf8");
    expect(page).toContain("those with an answer are taken for the audited ones");
    expect(page).toContain("no figures by law type");
  });

  test("where the sample’s frame has both fields, an audited group that was reviewed whole has no interval", async () => {
    const sizes = "private / yes: 40, public / yes: 20, private / no: 3, public / no: 3";
    const { folder, list } = await drawn({
      sample: `{ size: 66, strata: [law_type, audited], allocation: { method: fixed, sizes: { ${sizes} } } }`,
    });
    const all = list.map(({ unit_id, audited, law_type }) => {
      const view = law_type === "public" ? "in line" : "more positive";
      return `${unit_id},${audited === "yes" ? view : ""}`;
    });
    write(folder, ["unit_id,audit_agreement", ...all]);
    await estimate(folder);
    const rows = records(join(folder, "estimates"), "audits.csv");
    // 20 of 60 audited are of public law; strata without an audited unit do not matter.
    expect(rows[0]).toMatchObject({
      n: "60",
      count: "20",
      number: "20",
      interval_method: "census",
      upper: "",
    });
    expect(rows.find(({ level, group }) => level === "in line" && group === "public")).toMatchObject({
      estimate: "1",
      number: "20",
      interval_method: "census",
    });
  });

  test("small numbers go from the table, the page and the terminal’s sentences", async () => {
    const { folder, list } = await drawn();
    let seen = 0;
    const views = viewsOf(list).map((view) => (view === "" ? "" : seen++ < 3 ? "less positive" : "in line"));
    write(folder, ["unit_id,audit_agreement", ...list.map(({ unit_id }, i) => `${unit_id},${views[i]}`)]);
    await estimate(folder, { threshold: 5 });
    const rows = records(join(folder, "estimates"), "audits.csv");
    const [line = {}, more = {}, less = {}] = rows;
    expect([less.estimate, less.n, less.count, less.number]).toEqual(["[c]", "[c]", "[c]", "[c]"]);
    expect(line.estimate).toBe("[c]"); // the others follow from it
    expect(more.estimate).not.toBe("[c]"); // 0 is shown
    for (const { n, count } of rows.filter(({ estimate: shown }) => shown !== "[c]"))
      for (const number of [Number(count), Number(n) - Number(count)])
        expect(number === 0 || number > 5).toBe(true);
    expect(readFileSync(join(folder, "estimates/estimates.html"), "utf8")).toContain(
      "Less positive than the body’s own audit: not shown",
    );
  });
});

describe("refused", () => {
  test.each([
    ["another value", "better says Maria", "FINDINGS_VALUE_INVALID"],
    ["grades", "Inadequate", "FINDINGS_GRADED"],
  ])("%s", async (_, value, code) => {
    const { folder, list } = await drawn();
    const answers = list.map(
      ({ unit_id }, at) => `${unit_id},${code === "FINDINGS_GRADED" ? value : at === 4 ? value : "in line"}`,
    );
    write(folder, ["unit_id,audit_agreement", ...answers]);
    const error = await refusal(estimate(folder));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain("Maria");
    if (code !== "FINDINGS_VALUE_INVALID") return;
    expect(error.message).toContain('"in line", "more positive", "less positive"');
    expect(error.message).toContain("row 6, column audit_agreement");
  });

  test("a column of audit grades, named as the audit column or standing beside it", async () => {
    const { folder, list } = await drawn();
    write(folder, ["unit_id,audit grade", ...list.map(({ unit_id }) => `${unit_id},Good`)]);
    expect((await refusal(estimate(folder, { auditColumn: "audit grade" }))).code).toBe("FINDINGS_GRADED");
    expect((await refusal(estimate(folder))).code).toBe("FINDINGS_GRADED");
  });

  test("a column that is not there", async () => {
    const { folder, list } = await drawn();
    write(folder, ["unit_id,audit_agreement", ...list.map(({ unit_id }) => `${unit_id},in line`)]);
    const error = await refusal(estimate(folder, { auditColumn: "audits" }));
    expect(error.code).toBe("FINDINGS_COLUMN_MISSING");
    expect(error.message).toContain("--audit-column");
  });
});

test("a blank audit column is passed over, and its section left out", async () => {
  const { folder, list } = await drawn();
  write(folder, [
    "unit_id,seen,audit_agreement",
    ...list.map(({ unit_id }, at) => `${unit_id},${at % 2 ? "y" : "n"},`),
  ]);
  const { context } = await estimate(folder);
  expect(context.audits).toBeUndefined();
  expect(existsSync(join(folder, "estimates/audits.csv"))).toBe(false);
  expect(context.findings.notes.map(({ text }) => text)).toContain(
    "Column audit_agreement was passed over: it has no answer.",
  );
});
