import { describe, expect, test } from "vitest";
import { exportFile } from "../../src/matching/export-file.js";
import { leadFile } from "../../src/matching/lead-file.js";
import { planText } from "../../src/matching/plan-text.js";
import { propose } from "../../src/matching/proposal.js";
import { tableOf } from "../frames.js";

const file = (name: string, ...lines: string[]) => exportFile(name, tableOf(name, lines));

const episodes = file("episodes.csv", "child ID|team", "1|A", "1|B", "2|A", "3|A");
const children = file("children.csv", "child ID|gender", "1|F", "2|M", "3|F", "4|M");

describe("which file goes first", () => {
  test("the one that has each child once, where the one named first has several rows for some", () => {
    expect(leadFile([episodes, children])).toEqual({
      file: children,
      named: episodes,
      key: ["child_id"],
      ids: 3,
      repeated: 1,
    });
    const proposal = propose([episodes, children]);
    expect(proposal.files).toEqual([children, episodes]);
    expect(proposal.relations.data).toEqual([children]);
    expect(planText(proposal, { title: "T", valueMap: "v.csv" }).replaceAll(/\n +# /g, " ")).toContain(
      "children.csv goes first, although episodes.csv was named first: it has one row for each child_id, and that has several for 1 of 3.",
    );
    expect(propose([children, episodes])).toEqual({ ...proposal, lead: undefined });
  });

  test("as they were named, where that is right already or nobody can tell", () => {
    const others = file("other.csv", "child ID|ethnicity", "1|WBRI", "2|WBRI", "3|WBRI");
    const some = file("some.csv", "child ID|gender", "1|F", "2|M");
    const twice = file("twice.csv", "child ID|gender", "1|F", "1|F", "2|M", "3|M");
    const none = file("none.csv", "team|gender", "A|F");
    expect(leadFile([children, episodes])).toBeUndefined();
    expect(leadFile([episodes])).toBeUndefined();
    expect(leadFile([episodes, children, others])).toBeUndefined();
    // A child of the episodes is not in it, and would be lost.
    expect(leadFile([episodes, some])).toBeUndefined();
    expect(leadFile([episodes, twice])).toBeUndefined();
    expect(leadFile([episodes, none])).toBeUndefined();
    expect(leadFile([none, children])).toBeUndefined();
  });

  test("a list of children with a fault in it stays first", () => {
    const numbers = Array.from({ length: 20 }, (_, at) => `${at}`);
    const list = file("list.csv", "child ID|gender", ...numbers.map((id) => `${id}|F`), "3|M");
    const beside = file("beside.csv", "child ID|ethnicity", ...numbers.map((id) => `${id}|WBRI`));
    expect(leadFile([list, beside])).toBeUndefined();
    // 2 of 20 is no fault: a tenth.
    const often = file("list.csv", "child ID|gender", ...numbers.map((id) => `${id}|F`), "3|M", "4|M");
    expect(leadFile([often, beside])?.repeated).toBe(2);
  });

  test("siblings of one case are numbered, and are no repeats", () => {
    const annex = file("annex.csv", "case ID|gender", "1|F", "1|M", "2|F");
    const cases = file("cases.csv", "case ID|court", "1|Leeds", "2|York");
    expect(leadFile([annex, cases])).toBeUndefined();
  });

  test("where it is not clear the plan says which file could be named first", () => {
    const others = file("other.csv", "child ID|ethnicity", "1|WBRI", "2|WBRI", "3|WBRI");
    const text = planText(propose([episodes, children, others]), { title: "T", valueMap: "v.csv" });
    expect(text.replaceAll(/\n# /g, " ")).toContain(
      "run casedraw init again and name first the file that has one row for each child_id: children.csv or other.csv.",
    );
  });
});
