import { describe, expect, test } from "vitest";
import { frameOf, tableOf } from "../frames.js";

interface Told {
  readonly cohort: string;
  readonly rows?: readonly string[];
  readonly columns?: string;
  readonly many?: string;
  readonly unit?: string;
  readonly data?: readonly (readonly string[])[];
  /** Further columns of the data. */
  readonly more?: string;
}

/** By hand: 1 is open; 2 has ended; 3, 4 and 5 have no row in the joined file; 6 has one that says nothing. */
const children = ["id|team", "1|A", "2|A", "3|A", "4|B", "5|B", "6|B"];
const episodes = ["id|from|to", "1|01/02/2024|", "1|01/02/2023|01/03/2023", "2|01/02/2024|01/03/2024", "6||"];

function told({
  cohort,
  rows = episodes,
  columns,
  many = "{ latest: application_date }",
  unit = "unit_id: child_id",
  data = [children],
  more = "",
}: Told) {
  const yaml = `
casedraw: 1
title: t
reference_date: 2026-11-16
${unit}
data: [${data.map((_, at) => `{ path: x${at}.csv }`).join(", ")}]
joins:
  - path: episodes.csv
    key: child_id
    many: ${many}
    columns: ${columns ?? "{ application_date: from, closed_date: to }"}
columns: { child_id: id, team: team${unit.includes("case_id") ? ", case_id: case" : ""}${more === "" ? "" : `, ${more}`} }
fields: { ${more === "" ? "" : "weeks: { weeks_between: [application_date, closed_date] }"} }
cohort: { ${cohort} }
`;
  const frame = frameOf(yaml, {
    data: data.map((lines, at) => tableOf(`x${at}.csv`, lines)),
    joins: [tableOf("episodes.csv", rows)],
  });
  return frame.notes.filter(({ code }) => code === "cohort-blank-unmatched");
}

const remedy = "add application_date: { blank: false } under include in the cohort.";

describe("a cohort that asks for a blank of a joined file", () => {
  test("who has no row there is counted, said not to be known to be open, and can be left out", () => {
    // Eligible: 1, 3, 4, 5 and 6. Of them 3, 4 and 5 have no row.
    const text =
      "3 of the 5 children that may be sampled have no row in episodes.csv. Their closed_date is blank because nothing is " +
      `known of them there: it is not known whether they are open. To leave them out, ${remedy}`;
    const notes = told({ cohort: "include: { closed_date: { blank: true } }" });
    expect(notes).toEqual([
      {
        code: "cohort-blank-unmatched",
        text,
        count: 3,
        details: { file: "episodes.csv", fields: ["closed_date"] },
      },
    ]);
    expect(told({ cohort: "exclude: { closed_date: { blank: false } }" })).toEqual(notes);
    // Others of them are left out by another condition.
    expect(told({ cohort: "include: { closed_date: { blank: true }, team: [A] }" })[0]?.text).toContain(
      "1 of the 2 children that may be sampled has no row in episodes.csv. Their closed_date is blank because nothing is " +
        "known of the child there: it is not known whether the child is open. To leave the child out, add",
    );
  });

  test("nothing is said with the remedy, without such a condition, or where every unit has its row", () => {
    const include = "application_date: { blank: false }, closed_date: { blank: true }";
    expect(told({ cohort: `include: { ${include} }` })).toEqual([]);
    expect(told({ cohort: "include: { team: [A] }" })).toEqual([]);
    expect(told({ cohort: "include: { closed_date: { blank: false } }" })).toEqual([]);
    expect(told({ cohort: "include: { team: { blank: true } }" })).toEqual([]);
    const all = [...episodes, "3|01/02/2024|", "4|01/02/2024|", "5|01/02/2024|"];
    expect(told({ cohort: "include: { closed_date: { blank: true } }", rows: all })).toEqual([]);
  });

  test("a cohort by a field that is worked out from the end asks for the blank as well", () => {
    const notes = told({ cohort: "include: { closed_date: { blank: true } }" });
    expect(told({ cohort: "include: { delay_is_open: [yes] }" })).toEqual(notes);
    expect(told({ cohort: "exclude: { delay_is_open: [no] }" })).toEqual(notes);
    expect(told({ cohort: "include: { delay_is_open: [no] }" })).toEqual([]);
    // Who has no row has no beginning: no delay, and no weeks between.
    expect(told({ cohort: "include: { delay_days: { over: 0 } }" })).toEqual([]);
    // A beginning from the data runs to the reference date where the joined file says nothing of an end: 1 and 3 of 1, 2 and 3.
    const begun = {
      columns: "{ closed_date: to }",
      many: "error",
      rows: ["id|to", "1|", "2|01/03/2024"],
      data: [["id|team|begun", "1|A|01/02/2024", "2|A|01/02/2024", "3|B|01/02/2024"]],
      more: "application_date: begun",
    };
    const text =
      "1 of the 2 children that may be sampled has no row in episodes.csv. Their closed_date is blank because nothing is " +
      "known of the child there: it is not known whether the child is open.";
    for (const cohort of [
      "include: { delay_band: [over 100] }",
      "exclude: { delay_days: { up_to: 700 } }",
      "include: { weeks: { blank: true } }",
    ])
      expect(told({ cohort, ...begun }).map((note) => note.text.slice(0, text.length))).toEqual([text]);
  });

  test("another field that is asked to be blank says nothing of who is open", () => {
    const [note] = told({
      cohort: "include: { case_type: { blank: true } }",
      rows: ["id|from|kind", "1|01/02/2024|x", "2|01/02/2024|"],
      columns: "{ application_date: from, case_type: kind }",
    });
    // Eligible: 2 to 6, of whom 3 to 6 have no row.
    expect(note?.text).toBe(
      "4 of the 5 children that may be sampled have no row in episodes.csv. Their case_type is blank because nothing is " +
        `known of them there. To leave them out, ${remedy}`,
    );
  });

  test("a file of which nothing else is read: another column of it has to be", () => {
    const [note] = told({
      cohort: "include: { closed_date: { blank: true } }",
      columns: "{ closed_date: to }",
      many: "error",
      rows: ["id|to", "1|", "2|01/03/2024"],
    });
    expect(note?.text).toContain(
      "To leave them out, read another column of episodes.csv as a field, one that is never blank, and add it with " +
        "{ blank: false } under include in the cohort.",
    );
  });

  test("a case with a child who has no row counts: it is open for that child's blank", () => {
    const cases = ["case|id|team", "10|1|A", "10|2|A", "20|2|A", "20|3|A", "30|4|B"];
    const [note] = told({
      cohort: "include: { closed_date: { blank: true } }",
      unit: "unit: case\nunit_id: case_id",
      data: [cases],
    });
    expect(note?.text).toContain(
      "2 of the 3 cases that may be sampled have no row in episodes.csv, or a child without one.",
    );
  });

  test("of a unit that a later file gives anew, the later row counts", () => {
    const yaml = `
casedraw: 1
title: t
reference_date: 2026-11-16
unit_id: child_id
prefer: last_file
data: [{ path: old.csv }, { path: new.csv }]
joins: [{ path: cases.csv, key: case_id, columns: { application_date: from, closed_date: to } }]
columns: { child_id: id, case_id: case }
cohort: { include: { closed_date: { blank: true } } }
`;
    // The later file puts 1 into a case that is in cases.csv, and 2 into one that is not; 3 stands in the first alone.
    const frame = frameOf(yaml, {
      data: [
        tableOf("old.csv", ["id|case", "1|lost", "2|10", "3|lost"]),
        tableOf("new.csv", ["id|case", "1|10", "2|gone"]),
      ],
      joins: [tableOf("cases.csv", ["case|from|to", "10|01/02/2024|"])],
    });
    const note = frame.notes.find(({ code }) => code === "cohort-blank-unmatched");
    expect(note?.text).toContain("2 of the 3 children that may be sampled have no row in cases.csv.");
  });
});

test("a case lacks a joined row where none of its children has one, by the file whose rows count", () => {
  const yaml = `
casedraw: 1
title: t
reference_date: 2026-11-16
unit: case
unit_id: case_id
prefer: last_file
data: [{ path: x0.csv }, { path: x1.csv }]
joins: [{ path: episodes.csv, key: child_id, columns: { application_date: from } }]
columns: { case_id: case, child_id: id }
`;
  // A has a child with a row and one without, B two without; C had a child with one, and in the last file has another without.
  const frame = frameOf(yaml, {
    data: [
      tableOf("x0.csv", ["case|id", "A|9", "A|1", "B|8", "B|7", "C|1"]),
      tableOf("x1.csv", ["case|id", "C|6"]),
    ],
    joins: [tableOf("episodes.csv", ["id|from", "1|01/02/2024"])],
  });
  expect(frame.lacking?.map(({ file, fields }) => [file, fields])).toEqual([
    ["episodes.csv", ["application_date"]],
  ]);
  const lacking = frame.lacking?.[0]?.units ?? [];
  expect(Object.fromEntries(frame.ids.map((id, unit) => [id, lacking[unit]]))).toEqual({ A: 0, B: 1, C: 1 });
  const whole = frameOf(yaml, {
    data: [tableOf("x0.csv", ["case|id", "A|1"]), tableOf("x1.csv", ["case|id", "B|1"])],
    joins: [tableOf("episodes.csv", ["id|from", "1|01/02/2024"])],
  });
  expect(whole).not.toHaveProperty("lacking");
});
