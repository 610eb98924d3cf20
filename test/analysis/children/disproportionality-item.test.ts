import { expect, test } from "vitest";
import { disproportionalityItem as item } from "../../../src/analysis/children/disproportionality-item.js";
import type { Counted, Subject } from "../../../src/analysis/item.js";
import { childLines, subjectOf } from "../subjects.js";

const ethnicities = [...Array(6).fill("WBRI"), ...Array(3).fill("BAFR"), "AIND", ""];
const population = [
  { characteristic: "Ethnic group", level: "White", population: 900 },
  { characteristic: "ethnic_group", level: "black", population: 100 },
  { characteristic: "ethnic_group", level: "Chinese", population: 50 },
  { characteristic: "ethnic_group", level: "Martian", population: 7 },
  { characteristic: "height", level: "tall", population: 7 },
];
const subject = subjectOf(childLines("ethnicity", ethnicities), { population });

function resultOf(
  of: Subject,
  counted: Counted = item.count(of),
  edition: "internal" | "publishable" = "internal",
) {
  return item.result(counted, { plan: of.plan, edition, population: of.population ?? [] });
}

test("rates are compared with those of all others, and of the white group, over what both sides have", () => {
  const [others, white] = resultOf(subject).tables;
  // Black (3/100)/(6/950) = 4.75; white (6/900)/(3/150) = 0.3333; Chinese: a group that the frame may have, and has not.
  expect(others?.rows.map(({ names, cells }) => [names[1], cells[0], cells[1]])).toEqual([
    ["White", 6, 900],
    ["Black", 3, 100],
    ["Chinese", 0, 50],
  ]);
  expect(others?.rows[1]?.cells[3]).toMatchObject({ value: expect.closeTo(4.75, 10) });
  expect(others?.rows[0]?.cells[3]).toMatchObject({ value: expect.closeTo(1 / 3, 10) });
  expect(others?.rows[2]?.cells[3]).toMatchObject({ value: 0, lower: 0 });
  expect(others?.rows[0]?.cells[2]).toBeCloseTo((6 / 900) * 10_000, 9);
  // Against white: (3/100)/(6/900) = 4.5.
  expect(white?.rows[0]).toMatchObject({ names: ["Ethnic group", "Black"] });
  expect(white?.rows[0]?.cells[3]).toMatchObject({ value: expect.closeTo(4.5, 10) });
});

test("what either side lacks is listed, and not dropped", () => {
  const { notes } = resultOf(subject);
  expect(notes.join("\n")).toContain("no number for Asian (1)");
  expect(notes.join("\n")).toContain("Martian (7)");
  expect(notes.join("\n")).toContain("height");
});

test("no message is stronger than its interval", () => {
  const alike = subjectOf(childLines("ethnicity", [...Array(9).fill("WBRI"), "BAFR"]), { population });
  const result = resultOf(alike);
  expect(result.messages.map(({ text }) => text)).toEqual([
    "No group's rate differs clearly from that of the others in the population.",
  ]);
  expect(result.enquiries).toEqual([]);
  const many = subjectOf(childLines("ethnicity", [...Array(60).fill("WBRI"), ...Array(40).fill("BAFR")]), {
    population,
  });
  expect(resultOf(many).messages[0]?.text).toMatch(/^Ethnic group, Black: 6\.3 times as many children/);
  expect(resultOf(many).enquiries.length).toBeGreaterThan(0);
});

test("a hidden count hides what needs it, and nothing else fails", () => {
  const counted = item.count(subject);
  const [tally] = counted.tallies;
  const hidden = {
    tallies: [
      {
        ...tally,
        rowTotals: (tally as (typeof counted.tallies)[0]).rowTotals.map(() => ({ mark: "c" as const })),
      },
    ],
  } as Counted;
  const result = resultOf(subject, hidden, "publishable");
  for (const { cells } of result.tables[0]?.rows ?? []) {
    expect(cells[0]).toEqual({ mark: "c" });
    expect(cells.slice(2)).toEqual([{ mark: "c" }, { mark: "c" }, { mark: "c" }]);
  }
  expect(result.messages).toEqual([]);
});

test("it is refused without a population, or where no characteristic fits", () => {
  expect(item.refusal({ ...subject, population: [] })?.reason).toContain("no population");
  expect(
    item.refusal({ ...subject, population: [{ characteristic: "height", level: "a", population: 1 }] })
      ?.reason,
  ).toContain("None of");
  expect(item.refusal(subject)).toBeUndefined();
});

test("rounding makes nobody over-represented", () => {
  // Black: 15 of 90 where 9 are expected. By hand, without rounding: (15 − 9)² / (90 × 0.1 × 0.9) = 4.4, p = 0.035. Up to two of
  // the 15 may be rounding's: (13 − 9)² / 8.1 = 2.0, p = 0.16.
  const of = subjectOf(childLines("ethnicity", [...Array(75).fill("WBRI"), ...Array(15).fill("BAFR")]), {
    population: population.slice(0, 2),
  });
  const counted = item.count(of);
  const told = (slack: number) => {
    const tallies = counted.tallies.map((tally) => ({ ...tally, slack }));
    const { tables, messages } = resultOf(of, { ...counted, tallies });
    return [tables[0]?.rows[1]?.cells[4], messages[0]?.text];
  };
  expect(told(0)).toEqual([
    expect.closeTo(0.0348, 3),
    expect.stringMatching(/^Ethnic group, Black: 1\.8 times/),
  ]);
  expect(told(2)).toEqual([expect.closeTo(0.1599, 3), expect.stringMatching(/^No group's rate differs/)]);
});
