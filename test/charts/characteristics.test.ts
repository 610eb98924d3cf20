import { describe, expect, test } from "vitest";
import { ageItem } from "../../src/analysis/children/age-item.js";
import { disabilityItem } from "../../src/analysis/children/disability-item.js";
import { genderItem } from "../../src/analysis/children/gender-item.js";
import { repeatItem } from "../../src/analysis/children/repeat-item.js";
import type { Item } from "../../src/analysis/item.js";
import type { Tally } from "../../src/analysis/tally.js";
import { caseTypesItem } from "../../src/analysis/work/case-types-item.js";
import { factorsItem } from "../../src/analysis/work/factors-item.js";
import { ownFieldsItem } from "../../src/analysis/work/own-fields-item.js";
import { caseTypesChart, ownFieldsChart } from "../../src/charts/case-types-chart.js";
import { characteristicChart } from "../../src/charts/characteristic-chart.js";
import { factorsChart } from "../../src/charts/factors-chart.js";
import { repeatChart } from "../../src/charts/repeat-chart.js";
import { resultOf as resultOfExport, subjectOf, tallyOf } from "../analysis/small-export.js";

const { plan } = subjectOf(["child_id"], ["a"]);
const resultOf = (item: Item, ...tallies: readonly Tally[]) =>
  item.result({ tallies }, { plan, edition: "publishable" });
const levels = (...keys: readonly string[]) => keys.map((key) => ({ key }));
const rows = (label: string) => ({ field: label, label });
const named = (tally: Tally, label: string): Tally => ({ ...tally, rows: { ...tally.rows, ...rows(label) } });
const hidden = [
  [undefined, undefined],
  [undefined, undefined],
] as const;

describe("a characteristic", () => {
  const age = (counts: readonly (readonly (number | undefined)[])[]) =>
    named(tallyOf(levels("5 to 9", "10 to 15"), counts), "Age band");

  test("the headline names the commonest level only where its interval keeps clear of the next", () => {
    const plain = characteristicChart(
      resultOf(
        ageItem,
        age([
          [30, 20],
          [70, 80],
        ]),
      ),
    );
    expect(plain?.title).toBe("10 to 15 is the commonest age group, at 75.0%");
    const close = characteristicChart(
      resultOf(
        ageItem,
        age([
          [48, 48],
          [52, 52],
        ]),
      ),
    );
    expect(close?.title).toBe("No one age group is clearly the commonest");
    for (const chart of [plain, close]) expect(chart?.title.split(" ").length).toBeLessThanOrEqual(10);
  });

  test("where those not known are hidden, and with them the known, bars are of all", () => {
    const tally = named(
      tallyOf(
        [...levels("5 to 9", "10 to 15"), { key: "Not known", unknown: true }],
        [
          [30, 20],
          [65, 80],
          [undefined, undefined],
        ],
        { columnTotals: [100, 100], total: 200, rowTotals: [50, 145, { mark: "c" }] },
      ),
      "Age band",
    );
    const chart = characteristicChart(resultOf(ageItem, tally));
    expect(chart?.title).toBe("Percentage of all children by age group");
    expect(chart?.subtitle).toContain("Percentage of all children on ");
    // 50 and 145 of 200.
    expect(chart?.description).toContain(
      "All children: 5 to 9 25.0%, 10 to 15 72.5%, Not known not shown of all.",
    );
    expect(chart?.notes?.join()).not.toContain("95% interval");
    const none = named(tallyOf([...levels("5 to 9", "10 to 15")], hidden), "Age band");
    expect(characteristicChart(resultOf(ageItem, none))).toBeUndefined();
  });

  test("ages lead with the median, and say of which day they are", () => {
    const more = "observed: { from: 2025-01-01, to: 2026-10-31 }\n";
    // Completed years on 16 November 2026: 3, 8 and 10.
    const rows = ["a|2023-05-01", "b|2018-05-01", "c|2016-05-01"];
    const chart = characteristicChart(
      resultOfExport(ageItem, subjectOf(["child_id", "date_of_birth"], rows, { more })),
    );
    expect(chart?.title).toBe("The median age of the children is 8");
    expect(chart?.subtitle).toBe(
      "Percentage of children of known age band on 16 November 2026, whether or not the case has ended, with 95% intervals",
    );
  });

  test("the text alternative has every panel's figures, and says what is not shown", () => {
    const chart = characteristicChart(
      resultOf(
        ageItem,
        age([
          [30, undefined],
          [70, 80],
        ]),
      ),
    );
    expect(chart?.description).toBe(
      "Bars by age band. All children: 5 to 9 not shown, 10 to 15 not shown. Public law: 5 to 9 30.0%, 10 to 15 70.0%. Private law: 5 to 9 not shown, 10 to 15 not shown.",
    );
    expect(chart?.table.rows[0]?.slice(0, 3)).toEqual(["All children", "5 to 9", "[c]"]);
    expect(chart?.title).toBe("No one age group is clearly the commonest");
  });

  test("disability is told as the share with one, where it is known", () => {
    const tally = named(
      tallyOf(levels("Yes", "No"), [
        [8, 4],
        [92, 96],
      ]),
      "Disability",
    );
    expect(characteristicChart(resultOf(disabilityItem, tally))?.title).toBe(
      "6.0% of children are disabled, where disability is known",
    );
  });

  test("with nothing that may be shown is not drawn", () => {
    expect(
      characteristicChart(resultOf(genderItem, named(tallyOf(levels("a", "b"), hidden), "Gender"))),
    ).toBeUndefined();
  });

  test("of one level is drawn", () => {
    const chart = characteristicChart(
      resultOf(genderItem, named(tallyOf(levels("Female"), [[8, 4]]), "Gender")),
    );
    expect(chart?.title).toBe("Female is the only gender recorded");
  });
});

describe("factors", () => {
  test("stand by law type, the commonest first, without those that nobody has there", () => {
    const tally = {
      ...tallyOf(
        levels("Abuse", "Neglect", "Conflict"),
        [
          [10, 60],
          [50, 0],
          [0, undefined],
        ],
        {
          disjoint: false,
        },
      ),
      columnTotals: [100, 100],
      total: 200,
      rowTotals: [70, 50, 20],
    };
    const chart = factorsChart(resultOf(factorsItem, tally));
    expect(chart?.description).toBe(
      "Dots with 95% intervals. Public law: Neglect 50.0%, Abuse 10.0%. Private law: Abuse 60.0%, Conflict not shown.",
    );
    expect(chart?.title).toBe("No one factor is clearly the commonest");
    expect(chart?.notes.join(" ")).toContain("Factors that nobody of a law type has recorded");
  });

  test("beyond twelve of a law type stand in the table alone", () => {
    const keys = Array.from({ length: 15 }, (_, i) => `F${i + 1}`);
    const tally = tallyOf(
      levels(...keys),
      keys.map((_, i) => [20 - i, 20 - i]),
      { disjoint: false },
    );
    const chart = factorsChart(resultOf(factorsItem, tally));
    expect(chart?.description).toContain("F12 ");
    expect(chart?.description).not.toContain("F13 ");
    expect(chart?.table.rows).toHaveLength(45);
    expect(chart?.notes.join(" ")).toContain("The 12 commonest factors of each law type are drawn");
  });

  test("with nothing that may be shown are not drawn", () => {
    expect(factorsChart(resultOf(factorsItem, tallyOf(levels("a", "b"), hidden)))).toBeUndefined();
  });
});

describe("case types", () => {
  const keys = Array.from({ length: 12 }, (_, i) => `Type ${i + 1}`);
  const many = {
    ...named(
      tallyOf(
        levels(...keys),
        keys.map((_, i) => [40 - i, 40 - i]),
      ),
      "Case type",
    ),
    id: "case_types_case_type",
  };

  test("ten of a field are drawn, and the table has all", () => {
    const chart = caseTypesChart(resultOf(caseTypesItem, many));
    expect(chart?.description).not.toContain("Type 11");
    expect(chart?.notes.at(-1)).toBe(
      "Case type: the 10 commonest are drawn, and 2 others stand in the table.",
    );
    expect(chart?.table.rows).toHaveLength(12);
    expect(chart?.title).toBe("12 kinds of work, none clearly the commonest");
  });

  test("own categories are told one by one, never lumped", () => {
    const need = {
      ...named(
        tallyOf(levels("N1", "N2"), [
          [20, 20],
          [20, 20],
        ]),
        "Need code",
      ),
      id: "own_need_code",
    };
    const kind = { ...named(need, "Kind"), id: "own_kind" };
    const titleOf = (...tallies: Tally[]) => ownFieldsChart(resultOf(ownFieldsItem, ...tallies))?.title;
    expect(titleOf(need, kind)).toBe("No one need code or kind is clearly the commonest");
    expect(titleOf(need, kind, many)).toBe("No category has a value that is clearly the commonest");
    const place = {
      ...named(
        tallyOf(levels("U1", "U2"), [
          [60, 60],
          [20, 20],
        ]),
        "Placement",
      ),
      id: "own_placement",
    };
    expect(titleOf(need, place)).toBe("U1 is the commonest placement, at 75.0%");
  });

  test("a law type that leads gives the headline", () => {
    const law = {
      ...named(
        tallyOf(levels("Public", "Private"), [
          [30, 0],
          [0, 90],
        ]),
        "Law type",
      ),
      id: "case_types_law_type",
    };
    expect(caseTypesChart(resultOf(caseTypesItem, law, many))?.title).toBe(
      "75.0% of children are in private law",
    );
  });

  test("a level with a long name gives way to a headline of ten words", () => {
    const long = named(
      tallyOf(levels("s8 child arrangements: spend time with a parent", "other"), [
        [80, 80],
        [10, 10],
      ]),
      "Lead application",
    );
    expect(caseTypesChart(resultOf(caseTypesItem, long))?.title).toBe(
      "The commonest lead application makes up 88.9%",
    );
  });
});

describe("earlier applications", () => {
  const yesNo = (counts: readonly (readonly (number | undefined)[])[]): Tally => {
    const tally = tallyOf(levels("yes", "no"), counts);
    const labelled = tally.rows.levels.map(({ key }) => ({ key, label: key === "yes" ? "Yes" : "No" }));
    return { ...tally, rows: { ...tally.rows, levels: labelled } };
  };

  test("a bar of all and of each law type", () => {
    const chart = repeatChart(
      resultOf(
        repeatItem,
        yesNo([
          [20, 10],
          [80, 90],
        ]),
      ),
    );
    expect(chart?.title).toBe("15.0% of children had an earlier application, where known");
    expect(chart?.description).toBe(
      "Bars by law type. All children 15.0%, Public law 20.0%, Private law 10.0%.",
    );
  });

  test("hidden: not drawn", () => {
    expect(repeatChart(resultOf(repeatItem, yesNo(hidden)))).toBeUndefined();
  });
});

test("a category of many values says in the picture how many of them are drawn", () => {
  const keys = Array.from({ length: 27 }, (_, at) => `Value ${at + 1}`);
  const many = named(
    tallyOf(
      levels(...keys),
      keys.map((_, at) => [60 - at, 60 - at]),
      { id: "own_service" },
    ),
    "Service",
  );
  const chart = ownFieldsChart(resultOf(ownFieldsItem, many));
  expect(JSON.stringify(chart?.spec)).toContain("10 commonest of 27");
  expect(JSON.stringify(chart?.spec)).toContain("Value 10");
  expect(JSON.stringify(chart?.spec)).not.toContain("Value 11");
  const few = named(
    tallyOf(
      levels("A", "B"),
      [
        [8, 4],
        [3, 2],
      ],
      { id: "own_few" },
    ),
    "Few",
  );
  expect(JSON.stringify(ownFieldsChart(resultOf(ownFieldsItem, few))?.spec)).not.toContain("commonest of");
});
