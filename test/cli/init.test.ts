import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { rowsXml, workbook } from "../readers/workbook-fixture.js";
import { fakeHost } from "./fake.js";

const lines =
  "case ID,child ID,Sex,law type,date received\n1,1,F,public,01/11/2026\n1,2,Chap,private,16/11/2026\n";

function workplace(): string {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "children.csv"), lines);
  return folder;
}

async function run(folder: string, ...words: string[]) {
  const { host, said } = fakeHost({ terminal: { out: false, err: true } });
  const code = await main(words, { ...host, cwd: folder }, catalogue);
  return { code, ...said };
}

test("tells what became of each header, and what to do next", async () => {
  const folder = workplace();
  const { code, out, err, claims } = await run(folder, "init", "children.csv");
  expect(code).toBe(0);
  expect(err).toBe("");
  expect(out).toBe(
    `children.csv: 2 rows, header in row 1
  header         field     how
  case ID        case_id   exact
  child ID       child_id  exact
  Sex            gender    synonym
  law type       law_type  exact
  date received            unmatched

Unit id: case_id and child_id, different in every row.
Reference date: 2026-11-16, the last day on which anything is recorded, in "date received" (children.csv).
1 value without a code: fill in value-map.csv.
Not every question of casedraw pia can be answered from it; the plan says which and why.

Wrote plan.yaml
Wrote matching.csv
Wrote value-map.csv
Next: read the lines of plan.yaml that begin with DECIDE, fill in value-map.csv, then
  casedraw check --plan plan.yaml
  casedraw sample --plan plan.yaml --dry-run
`,
  );
  expect(claims.at(-1)).toBeUndefined();
  const again = await run(folder, "sample", "--plan", "plan.yaml", "--dry-run");
  expect(again.code).toBe(0);
});

test("an edited plan is kept, and the news is told", async () => {
  const folder = workplace();
  writeFileSync(
    join(folder, "plan.yaml"),
    "casedraw: 1\ntitle: Mine\nreference_date: 2026-11-16\nunit_id: case_id\ndata: [{ path: children.csv }]\ncolumns: { case_id: case ID }\n",
  );
  const { code, out } = await run(folder, "init", "children.csv");
  expect(code).toBe(0);
  expect(out).toContain("Kept, because it was edited: plan.yaml\n");
  expect(out).toContain('  columns: gender: "Sex" (children.csv)\n');
  expect(out).toContain(
    "  value_map: value-map.csv, which gives values their codes; the plan does not name it\n",
  );
  expect(out).not.toContain('value of gender: "Chap"');
  expect(out.match(/"Sex"/g)).toHaveLength(1);
});

test("an edited plan is told what it has of what was proposed, and which comments are left", async () => {
  const folder = workplace();
  writeFileSync(join(folder, "notes.csv"), "child ID,DECOM\n1,01/02/2026\n1,02/03/2026\n2,01/02/2026\n");
  const plan = (more: string): string =>
    "casedraw: 1\ntitle: Mine # DECIDE: what it is for\nreference_date: 2026-11-16\nunit_id: [case_id, child_id]\n" +
    `data: [{ path: children.csv }]\ncolumns: { case_id: case ID, child_id: child ID, gender: Sex, law_type: law type }\n${more}`;
  writeFileSync(
    join(folder, "plan.yaml"),
    plan(
      "joins: [{ path: notes.csv, key: child_id, many: { latest: application_date }, columns: { child_id: child ID, application_date: DECOM } }]\n",
    ),
  );
  const { out } = await run(folder, "init", "children.csv", "notes.csv");
  expect(out).toContain("Joined by your plan: notes.csv by child_id.\n");
  expect(out).not.toContain("Not joined");
  expect(out).not.toContain("the plan says which and why");
  expect(out).toContain(
    'Proposed, and now in plan.yaml: the join of notes.csv; application_date from "DECOM" (notes.csv).\n',
  );
  expect(out).toContain("Proposed, and not in plan.yaml: who may be sampled (cohort).");
  expect(out).toContain("DECIDE stands in line 2. Take away those that are settled.\n");
});

test("the file with one row a child goes first, whichever was named first, and that is said", async () => {
  const folder = workplace();
  writeFileSync(join(folder, "header.csv"), "CHILD,SEX\na,1\nb,2\n");
  writeFileSync(join(folder, "episodes.csv"), "CHILD,DECOM,DEC\na,01/02/2026,01/03/2026\na,02/03/2026,\n");
  const { code, out } = await run(folder, "init", "episodes.csv", "header.csv");
  expect(code).toBe(0);
  expect(out).toContain(
    "header.csv goes first, although episodes.csv was named first: it has one row for each child_id, and that has several for 1 of 1.\n",
  );
  expect(out).not.toContain("UNIT_ID_DUPLICATE");
  const drawn = await run(folder, "sample", "--plan", "plan.yaml", "--dry-run");
  expect(drawn.code).toBe(0);
  // The mark that init wrote into the value map is no row of anybody's.
  expect(drawn.out).toContain("Read 2 rows from header.csv\n\n");
  expect(drawn.out).not.toContain("value-map.csv");
});

test("values that look like free text are counted on the terminal, and none is shown", async () => {
  const folder = workplace();
  const names = Array.from({ length: 61 }, (_, i) => `${i},Secret ${i}\n`).join("");
  writeFileSync(join(folder, "children.csv"), `child ID,Gender\n${names}`);
  const { code, out } = await run(folder, "init", "children.csv");
  expect(code).toBe(0);
  expect(out).toContain(
    "To be decided: gender has 61 unknown values in 61 rows, which look like free text and are not listed: is its column the right one?\n",
  );
  expect(out).not.toContain("Secret");
  expect(out).not.toContain("without a code");
});

test("--json says the same", async () => {
  const { code, out } = await run(workplace(), "init", "children.csv", "--json", "--out", "visit.yaml");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    files: [
      { path: "visit.yaml", state: "written" },
      { path: "visit-matching.csv", state: "written" },
      { path: "visit-value-map.csv", state: "written" },
    ],
    exports: [{ path: "children.csv", sheet: null, header_row: 1, rows: 2 }],
    reference_date: { date: "2026-11-16" },
    values: [{ field: "gender", value: "Chap", count: 1, code: "" }],
    refusal: null,
    news: null,
  });
});

test("refuses no export, a date that is none, and a sheet that is not there", async () => {
  const folder = workplace();
  expect(await run(folder, "init")).toMatchObject({ code: 2 });
  const date = await run(folder, "init", "children.csv", "--reference-date", "16/11/2026");
  expect(date).toMatchObject({ code: 2 });
  expect(date.err).toContain("must be a date as YYYY-MM-DD");
  const sheet = await run(folder, "init", "children.csv", "--sheet", "List 1");
  expect(sheet.err).toMatch(/error\[SHEET_NOT_FOUND\]/);
});

test("of a workbook with sheets alike, one has to be named as it is called there", async () => {
  const folder = workplace();
  const rows = rowsXml([
    ["case ID", "child ID", "Sex"],
    [1, 1, "F"],
  ]);
  writeFileSync(
    join(folder, "lists.xlsx"),
    workbook({ sheets: ["List 1", "List 2"].map((name) => ({ name, rows })) }),
  );
  const untold = await run(folder, "init", "lists.xlsx");
  expect(untold.err).toContain("error[SHEET_NOT_CLEAR]");
  const mistyped = await run(folder, "init", "lists.xlsx", "--sheet", "List_2");
  expect(mistyped).toMatchObject({ code: 2, err: expect.stringContaining("error[SHEET_NOT_FOUND]") });
  expect(mistyped.err).toContain('Did you mean "List 2"?');
  expect(existsSync(join(folder, "plan.yaml"))).toBe(false);
  expect((await run(folder, "init", "lists.xlsx", "--sheet", "list 2")).code).toBe(0);
});

test("check says of a file that init left in a comment that it was not read", async () => {
  const folder = workplace();
  writeFileSync(join(folder, "hours, 2026.csv"), "child ID,Hours\n1,3\n2,4\n");
  writeFileSync(join(folder, "rooms.csv"), "Room,Size\n1,3\n");
  const started = await run(folder, "init", "children.csv", "hours, 2026.csv", "rooms.csv");
  expect(started.code).toBe(0);
  const said = "rooms.csv and hours, 2026.csv stand in the plan’s comments alone and were not read.";
  const checked = await run(folder, "check", "--plan", "plan.yaml");
  expect(checked.out).toContain(said);
  const facts = JSON.parse((await run(folder, "check", "--plan", "plan.yaml", "--json")).out);
  expect(facts.left_out.toSorted()).toEqual(["hours, 2026.csv", "rooms.csv"]);
  // Joined after all, and the other comment deleted.
  const text = readFileSync(join(folder, "plan.yaml"), "utf8")
    .replace(/^# (joins:| {2}- path: "hours.*| {4}key: .*| {4}columns: .*)$/gm, "$1")
    .replace(/^# Not used: .*$/m, "");
  writeFileSync(join(folder, "plan.yaml"), text);
  const again = await run(folder, "check", "--plan", "plan.yaml");
  expect(again.out).toContain("Found:");
  expect(again.out).not.toContain("comments alone");
});
