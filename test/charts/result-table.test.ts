import { expect, test } from "vitest";
import { tableOf } from "../../src/charts/result-table.js";

test("bounds that both are under or over something are said once, others in full", () => {
  const table = tableOf({
    id: "t",
    caption: "Children",
    dimensions: ["Group"],
    measures: [{ key: "share", label: "Share", kind: "share", interval: true }],
    rows: [
      { names: ["a"], cells: [{ value: 0.0002, lower: 0.0001, upper: 0.0004 }] },
      { names: ["b"], cells: [{ value: 0, lower: 0, upper: 0.0004 }] },
      { names: ["c"], cells: [{ value: 0.9998, lower: 0.9996, upper: 0.9999 }] },
      { names: ["d"], cells: [{ value: 0.5, lower: 0.5, upper: 0.5 }] },
    ],
  });
  expect(table.rows.map(([, , interval]) => interval)).toEqual([
    "under 0.1%",
    "0.0% to under 0.1%",
    "over 99.9%",
    "50.0% to 50.0%",
  ]);
});
