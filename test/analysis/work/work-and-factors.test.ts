import { describe, expect, test } from "vitest";
import { repeatItem } from "../../../src/analysis/children/repeat-item.js";
import { caseTypesItem } from "../../../src/analysis/work/case-types-item.js";
import { factorsItem } from "../../../src/analysis/work/factors-item.js";
import { resultOf, rowsOf, subjectOf, tallyOf } from "../small-export.js";

const plain = (rows: readonly string[]) => rows.map((row) => row.replace(/ \([^)]*\)/, ""));

describe("factors", () => {
  const subject = subjectOf(
    ["case_id", "child_id", "law_type", "factors"],
    [
      "1|a|public|Neglect;Domestic abuse",
      "1|b|public|Neglect",
      "2|c|public|",
      "3|d|private|Domestic abuse",
      "4|e|private|Domestic abuse; unknown",
    ],
  );
  const result = resultOf(factorsItem, subject);

  test("a child with several counts under each, among those with any recorded", () => {
    expect(plain(rowsOf(result))).toEqual([
      "All children / Domestic abuse: 3, 0.7500, 0.6, 0.8",
      "All children / Neglect: 2, 0.5000, 0.4, 0.6",
      "All children / Not recorded: 1, [z], 0.2, [z]",
      "Public law / Domestic abuse: 1, 0.5000, 0.3333, 0.6667",
      "Public law / Neglect: 2, 1.0000, 0.6667, 1",
      "Public law / Not recorded: 1, [z], 0.3333, [z]",
      "Private law / Domestic abuse: 2, 1.0000, 1, 1",
      "Private law / Neglect: 0, 0.0000, 0, 0",
      "Private law / Not recorded: 0, [z], 0, [z]",
    ]);
    expect(result.base.missing).toBe(1);
    expect(result.notes.join(" ")).toContain("percentages may add up to more than 100%");
    expect(result.messages.map(({ text }) => text)).toEqual([
      "No factor is recorded for 1 of 5 children (20.0%).",
    ]);
  });

  test("the commonest of each law type is told where it is plain", () => {
    const tally = tallyOf(
      [{ key: "Neglect" }, { key: "Abuse" }],
      [
        [60, 10],
        [20, 12],
      ],
      { disjoint: false, columnTotals: [100, 100], total: 200, rowTotals: [70, 32] },
    );
    const { messages } = factorsItem.result(
      { tallies: [tally] },
      { plan: subject.plan, edition: "internal" },
    );
    // Wilson for 60 of 100: .5020 to .6906 (Newcombe's method 3, by hand).
    expect(messages.map(({ text }) => text)).toEqual([
      "Public law: the commonest factor is “Neglect”, recorded for 60.0% of children with any factor recorded (95% interval 50.2% to 69.1%).",
    ]);
  });

  test("are refused where the export has none", () => {
    const [without, blank] = [
      subjectOf(["case_id", "child_id"], ["1|a"]),
      subjectOf(["case_id", "child_id", "factors"], ["1|a|"]),
    ];
    expect(factorsItem.refusal(without)?.reason).toBe("The export has no factors.");
    expect(factorsItem.refusal(blank)?.reason).toBe("No factor is recorded for anyone.");
    expect(factorsItem.refusal(subject)).toBeUndefined();
  });
});

describe("case types", () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i}|c${i}|${i < 30 ? "private|C100" : "public|s31"}|`);
  const subject = subjectOf(["case_id", "child_id", "law_type", "lead_application", "case_type"], rows);

  test("law type, and lead application by law type; a field that is blank throughout is said", () => {
    const result = resultOf(caseTypesItem, subject);
    expect(result.tables.map(({ id }) => id)).toEqual(["case_types_law_type", "case_types_lead_application"]);
    expect(plain(rowsOf(result))).toEqual([
      "All children / Public: 10, 0.2500, 0.25, 0.25",
      "All children / Private: 30, 0.7500, 0.75, 0.75",
    ]);
    expect(plain(rowsOf(result, 1)).slice(2)).toEqual([
      "Public law / C100: 0, 0.0000, 0, 0",
      "Public law / s31: 10, 1.0000, 1, 1",
      "Private law / C100: 30, 1.0000, 1, 1",
      "Private law / s31: 0, 0.0000, 0, 0",
    ]);
    expect(result.notes[0]).toMatch(/^Case type is not shown/);
    // Wilson for 30 of 40, by hand: (30 + 1.920729 ± 1.959964·√(7.5 + .960365))/43.841459 = .5981 and .8581.
    expect(result.messages[0]?.text).toBe(
      "The commonest law type is “Private”, with 75.0% of children of known law type (95% interval 59.8% to 85.8%).",
    );
  });

  test("are refused where nothing is known, and where everything is free text", () => {
    const none = subjectOf(["case_id", "child_id", "case_type"], ["1|a|"]);
    expect(caseTypesItem.refusal(none)?.reason).toMatch(/^The export says nothing/);
    const free = subjectOf(
      ["case_id", "child_id", "case_type"],
      Array.from({ length: 61 }, (_, i) => `${i}|c${i}|type ${i}`),
    );
    expect(caseTypesItem.refusal(free)?.instead).toContain("under values");
    expect(caseTypesItem.refusal(subject)).toBeUndefined();
  });
});

describe("earlier applications", () => {
  const fields = ["case_id", "child_id", "law_type", "previous_application"] as const;

  test("share of those known, by law type", () => {
    const result = resultOf(
      repeatItem,
      subjectOf(fields, ["1|a|public|Y", "2|b|public|N", "3|c|private|N", "4|d|private|"]),
    );
    expect(plain(rowsOf(result)).filter((row) => row.includes("Yes"))).toEqual([
      "All children / Yes: 1, 0.3333, 0.25, 0.5",
      "Public law / Yes: 1, 0.5000, 0.5, 0.5",
      "Private law / Yes: 0, 0.0000, 0, 0.5",
    ]);
  });

  test("where nobody has one, that is a finding", () => {
    const result = resultOf(repeatItem, subjectOf(fields, ["1|a|public|N", "2|b|public|N"]));
    // Wilson for 0 of 2: z²/(2 + z²) = 3.841459/5.841459 = .6576.
    expect(rowsOf(result)[0]).toBe("All children / Yes: 0, 0.0000 (0.0000–0.6576), 0, 0");
    expect(result.messages[0]?.text).toBe(
      "0% of children have had an earlier application, of those for whom it is known (95% interval 0% to 65.8%).",
    );
  });

  // Newcombe (1998) Stat Med 17:873–890, table II, method 10: 56/70 − 48/80 (.0524–.3339); 5/56 − 0/29 (−.0381–.1926).
  test.each([
    [
      [56, 48],
      [14, 32],
      ["public law (80.0%) than in private law (60.0%)", "20.0 percentage points (95% interval 5.2 to 33.4)"],
    ],
    [[5, 0], [51, 29], []],
  ] as const)("is called more common in one law type only beyond the interval", (has, hasNot, told) => {
    const tally = tallyOf([{ key: "yes" }, { key: "no" }], [has, hasNot]);
    const { plan } = subjectOf(fields, ["1|a|public|N"]);
    const texts = repeatItem
      .result({ tallies: [tally] }, { plan, edition: "internal" })
      .messages.map(({ text }) => text);
    expect(texts.slice(1).length).toBe(told.length > 0 ? 1 : 0);
    for (const part of told) expect(texts[1]).toContain(part);
    expect(texts.join(" ").includes("more")).toBe(told.length > 0);
  });

  test("cases of both kinds of law are set against neither", () => {
    const both = { key: "public+private", label: "Private and public" };
    const [has, hasNot] = [
      [40, 56, 48],
      [0, 14, 32],
    ];
    const levels = [both, { key: "public", label: "Public" }, { key: "private", label: "Private" }];
    const tally = tallyOf([{ key: "yes" }, { key: "no" }], [has, hasNot] as number[][], {
      columns: { field: "law_type", label: "Law type", levels },
      columnTotals: [40, 70, 80],
      total: 190,
      rowTotals: [144, 46],
    });
    const { plan } = subjectOf(fields, ["1|a|public|N"]);
    const { messages } = repeatItem.result({ tallies: [tally] }, { plan, edition: "internal" });
    expect(messages[1]?.text).toContain(
      "in public law (80.0%) than in private law (60.0%): a difference of 20.0 percentage points (95% interval 5.2 to 33.4)",
    );
  });

  test("are refused where the export does not tell", () => {
    const [without, blank] = [
      subjectOf(["case_id", "child_id"], ["1|a"]),
      subjectOf(fields, ["1|a|public|", "2|b|public|unknown"]),
    ];
    expect(repeatItem.refusal(without)?.reason).toBe("The export has no previous application.");
    expect(repeatItem.refusal(blank)?.reason).toContain("known for nobody");
  });
});
