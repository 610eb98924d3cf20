import { expect, test } from "vitest";
import { exportFile } from "../../src/matching/export-file.js";
import { planText } from "../../src/matching/plan-text.js";
import { propose } from "../../src/matching/proposal.js";
import { parsePlan } from "../../src/plan/load.js";
import { tableOf } from "../frames.js";

const file = (path: string, ...lines: string[]) => exportFile(path, tableOf(path, lines));
const children = file("a.csv", "child ID|gender", "1|F", "2|M", "3|F");

function textOf(...files: Parameters<typeof propose>[0]): string {
  return planText(propose(files, "2026-11-16"), { title: "T", valueMap: "m.csv" });
}

/** The plan once the # is taken away from what waits to be decided. */
function decided(text: string): ReturnType<typeof parsePlan> {
  return parsePlan(text.replace(/^# (cohort:|joins:| {2})/gm, "$1"), { file: "p" });
}

const openOnly = { application_date: { blank: false }, closed_date: { blank: true } };

test("open cases by a joined closing date: the beginning must stand in that file", () => {
  const text = textOf(
    children,
    file(
      "b.csv",
      "child ID|application date|closed date",
      "1|01/02/2024|",
      "1|01/02/2023|01/03/2023",
      "2|01/02/2024|",
    ),
  );
  expect(text).toContain(
    "#     application_date: { blank: false }   # without it, who has no row in b.csv would count as open\n" +
      "#     closed_date: { blank: true }   # open cases only\n",
  );
  expect(parsePlan(text, { file: "p" }).cohort.include).toEqual({});
  expect(decided(text).cohort.include).toEqual(openOnly);
});

test("so too where the join itself waits to be decided", () => {
  const text = textOf(
    children,
    file("b.csv", "child ID|DECOM|DEC", "1|01/02/2024|", "1|01/02/2023|01/03/2023"),
  );
  const plan = decided(text);
  expect(plan.joins[0]?.columns).toMatchObject({ application_date: "DECOM", closed_date: "DEC" });
  expect(plan.cohort.include).toEqual(openOnly);
});

test("a file that gives the closing date alone: another column of it has to be read", () => {
  const text = textOf(children, file("b.csv", "child ID|closed date", "1|01/02/2024", "2|"));
  expect(text).toContain("DECIDE: who has no row in b.csv has a blank closed_date too");
  expect(decided(text.replace(/^# {5}#.*\n/gm, "")).cohort.include).toEqual({ closed_date: { blank: true } });
});

test("a closing date that the data give stands alone; without one nothing is proposed", () => {
  const rows = Array.from({ length: 9 }, (_, k) => `${k}|01/0${k + 1}/2026|${k < 7 ? `1${k}/11/2026` : ""}`);
  const text = textOf(file("a.csv", "child ID|application date|closed date", ...rows));
  expect(text).toContain("#     closed_date: { blank: true }   # open cases only\n");
  expect(text).not.toContain("blank: false");
  expect(textOf(children)).not.toContain("cohort:");
});
