import { expect, test } from "vitest";
import { areasItem } from "../../../src/analysis/regional/areas-item.js";
import { areasChart } from "../../../src/charts/areas-chart.js";
import { childLines, subjectOf } from "../subjects.js";
import { compared, times } from "./examples.js";

const plan = ["compare: { indicators: [{ name: Disability, where: { disability: 'yes' } }] }"];
const share = (area: string, count: number, n: number) => [
  ...times(count, `${area}|yes`),
  ...times(n - count, `${area}|no`),
];
const three = subjectOf(
  childLines("service_area|disability", [
    ...share("A", 20, 100),
    ...share("B", 30, 100),
    ...share("C", 60, 100),
    ...times(3, "B|"),
  ]),
  { plan },
);
const internal = { plan: three.plan, edition: "internal" } as const;

test("says of areas what the comparison says, no more strongly", () => {
  const { messages, tables, notes, base } = areasItem.result(areasItem.count(three), internal);
  const [own] = compared(three).messages;
  expect(messages).toEqual([{ text: own?.text, weight: own?.weight }]);
  expect(base).toMatchObject({ units: 303, unit: "children" });
  // A: 20 of 100 beside 90 of the other 200; C: 60 beside 50 of 200. B: 30 beside 80 of 200, a difference of chance at 95%.
  const flagged = tables.find(({ id }) => id === "areas_flagged");
  expect(flagged?.rows.map(({ names, cells }) => [names[0], cells[1], cells[2]])).toEqual([
    ["A", 0.45, "lower"],
    ["C", 0.25, "higher"],
  ]);
  expect(notes[0]).toBe(
    "2 of 3 figures tested stand out; by chance alone fewer than 1 would, if no area differed.",
  );
  expect(notes.join(" ")).toContain("casedraw compare --by service_area");
  expect(tables[0]?.rows[1]).toMatchObject({
    names: ["Disability", "B"],
    cells: [30, 100, {}, 0.4, "similar"],
  });
});

test("its chart is the rug; of more areas than a picture shows there is a table of counts by indicator", () => {
  const counted = areasItem.count(three);
  expect(areasChart(areasItem.result(counted, internal), counted, internal)?.table.rows).toHaveLength(3);
  const areas = Array.from({ length: 61 }, (_, at) => `Area ${at}`);
  const many = subjectOf(
    childLines(
      "service_area|disability",
      areas.flatMap((area) => share(area, 5, 20)),
    ),
    {
      plan,
    },
  );
  const of = areasItem.count(many);
  const result = areasItem.result(of, { ...internal, plan: many.plan });
  expect(areasChart(result, of, { ...internal, plan: many.plan })).toBeUndefined();
  expect(result.tables.map(({ rows }) => rows)).toEqual([
    [
      {
        names: ["Disability"],
        cells: [expect.objectContaining({ value: 0.25 }), 61, 0, 0, expect.closeTo(0.122, 9)],
      },
    ],
  ]);
  expect(result.messages).toEqual([{ text: "No area stands out on any indicator.", weight: 0.2 }]);
});

test("for publication those not known are not told apart, and rows stand for the field's own levels", () => {
  const [tally] = areasItem.count(three, "publishable").tallies;
  expect(tally?.rowTotals).toEqual([110, 193, 0]);
  expect(areasItem.count(three).tallies[0]?.rowTotals).toEqual([110, 190, 3]);
  expect(tally?.rows.levels[0]?.of).toEqual({ field: "disability", level: "yes" });
});

test("is refused with the reason", () => {
  const lacking = subjectOf(childLines("disability", ["yes", "no"]), { plan });
  expect(areasItem.refusal(lacking)?.reason).toBe("The export does not say which area a case is of.");
  const one = subjectOf(childLines("service_area|disability", share("A", 5, 20)), { plan });
  expect(areasItem.refusal(one)?.reason).toBe(
    "The export has only one service area, so that there is nothing to compare.",
  );
  expect(areasItem.refusal(three)).toBeUndefined();
});

test("an indicator that cannot differ is not compared, in the words of a comparison", () => {
  const both = [
    "compare: { indicators: [{ name: Disability, where: { disability: 'yes' } }, { name: Never, where: { disability: unknown } }] }",
  ];
  const rows = ["A", "B", "C"].flatMap((area) => share(area, 20, 100));
  const subject = subjectOf(childLines("service_area|disability", rows), { plan: both });
  const about = { ...internal, plan: subject.plan };
  const counted = areasItem.count(subject);
  const { tables, notes } = areasItem.result(counted, about);
  expect(tables[0]?.rows.map(({ names }) => names[0])).toEqual(Array(3).fill("Disability"));
  expect(notes[0]).toMatch(/^None of 3 figures tested stand out/);
  expect(notes).toContain(
    "Not compared: Never. Nobody of the whole has it. There is nothing to compare: look at whether it is recorded at all.",
  );
  expect(areasChart(areasItem.result(counted, about), counted, about)?.table.header).not.toContain("Never");

  const none = subjectOf(childLines("service_area|disability", times(20, "A|no").concat(times(20, "B|no"))), {
    plan,
  });
  const lone = { ...internal, plan: none.plan };
  const result = areasItem.result(areasItem.count(none), lone);
  expect(result.tables).toEqual([]);
  expect(result.messages).toEqual([]);
  expect(result.notes).toContain(
    "Not compared: Disability. Nobody of the whole has it. There is nothing to compare: look at whether it is recorded at all.",
  );
  expect(areasChart(result, areasItem.count(none), lone)).toBeUndefined();
});
