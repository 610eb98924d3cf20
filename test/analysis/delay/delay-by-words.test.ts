import { expect, test } from "vitest";
import { noColumns } from "../../../src/analysis/axis.js";
import { delayEnquiries, delayMessages, type Figures } from "../../../src/analysis/delay/delay-by-words.js";
import type { Level, Tally } from "../../../src/analysis/tally.js";

function tallyBy(field: string, levels: readonly Level[]): Tally {
  return {
    id: field,
    universe: "children",
    rows: { field, label: field, levels },
    columns: noColumns,
    cells: levels.map(() => []),
    rowTotals: levels.map(() => 100),
    columnTotals: [],
    total: 100 * levels.length,
    disjoint: true,
  };
}

/** 42 days are 6 weeks, 28 and 56 are 4 and 8. */
function figuresOf(name: string, days = 42): Figures {
  const [lower, upper] = [days - 14, days + 14];
  return {
    [`difference.${name}`]: { value: days, lower, upper, base: 50, step: 7 },
    [`adjusted.${name}`]: { value: 0.01, base: 50, step: 0.001 },
  };
}

test.each([
  ["gender", { key: "female", label: "Female" }, "girls"],
  ["gender", { key: "male", label: "Male" }, "boys"],
  ["gender", { key: "neither", label: "Neither" }, "children whose gender is recorded as “Neither”"],
  ["age_at_start", { key: "0", label: "Under 1" }, "children who were under 1 when the case began"],
  ["age_at_start", { key: "10 to 15", label: "10 to 15" }, "children who were 10 to 15 when the case began"],
  ["age_at_start", { key: "unborn", label: "Unborn" }, "children who were not yet born when the case began"],
  ["ethnic_group", { key: "asian", label: "Asian" }, "children in the Asian ethnic group"],
  ["disability", { key: "yes", label: "Yes" }, "disabled children"],
  ["disability", { key: "no", label: "No" }, "children who are not disabled"],
  ["service_area", { key: "A5 Leeds", label: "A5 Leeds" }, "children in the service area A5 Leeds"],
])("%s: %j reads as a person would say it", (field, level, who) => {
  const [message] = delayMessages([tallyBy(field, [level])], figuresOf(`${field}.${level.key}`), 364);
  expect(message?.text).toBe(
    `Cases of ${who} last 6.0 weeks longer on average than others, counted up to 52 weeks (95% interval 4.0 to 8.0).`,
  );
});

test("shorter is less long; the three that differ most, largest first; what is hidden or unclear is not told", () => {
  const levels = ["A", "B", "C", "D", "E", "F"].map((key) => ({ key, label: key }));
  const figures: Figures = {
    ...figuresOf("service_area.A", 21),
    ...figuresOf("service_area.B", -35),
    ...figuresOf("service_area.C", 28),
    ...figuresOf("service_area.D", 42),
    ...figuresOf("service_area.E", 7), // −7 to 21 days
    ...figuresOf("service_area.F", 70),
    "difference.service_area.F": { mark: "c" },
  };
  const told = delayMessages([tallyBy("service_area", levels)], figures, 364).map(({ text }) => text);
  expect(told.map((text) => text.slice(0, text.indexOf(" on average")))).toEqual([
    "Cases of children in the service area D last 6.0 weeks longer",
    "Cases of children in the service area B last 5.0 weeks less long",
    "Cases of children in the service area C last 4.0 weeks longer",
  ]);
});

test("one question on all groups, ages in one phrase, without the messages' figures", () => {
  const ages = [
    { key: "0", label: "Under 1" },
    { key: "16 and over", label: "16 and over" },
    { key: "5 to 9", label: "5 to 9" },
  ];
  const figures: Figures = {
    ...figuresOf("age_at_start.0"),
    ...figuresOf("age_at_start.16 and over", 35),
    ...figuresOf("age_at_start.5 to 9", -28),
  };
  expect(delayEnquiries([tallyBy("age_at_start", ages)], figures).map(({ text }) => text)).toEqual([
    "Cases of children who were under 1 or 16 and over when the case began last longer on average than others; cases of children " +
      "who were 5 to 9 when the case began last less long on average than others: is that so within public and within private law too?",
  ]);
  expect(delayEnquiries([tallyBy("age_at_start", ages)], {})).toEqual([]);
});

test("where rounding leaves a bound at the figure, it is said to be about that", () => {
  const coarse = { value: 42, lower: 42, upper: 49, base: 50, step: 7, coarse: true } as const;
  const figures: Figures = { ...figuresOf("gender.female"), "difference.gender.female": coarse };
  const level = { key: "female", label: "Female" };
  expect(delayMessages([tallyBy("gender", [level])], figures, 364)[0]?.text).toBe(
    "Cases of girls last about 6 weeks longer on average than others, counted up to 52 weeks.",
  );
});
