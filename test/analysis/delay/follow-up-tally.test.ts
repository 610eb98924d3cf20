import { expect, test } from "vitest";
import { endedInWindow, followUpTally } from "../../../src/analysis/delay/follow-up-tally.js";
import { inPublishedOrder } from "../../../src/disclosure/reorder.js";
import { subjectOf } from "../windows.js";

test("in a publication its rows keep their places, whatever their counts", () => {
  const applied = "2026-01-05";
  const open = ["2", "3", "4"].map((id) => ({ id, applied, closed: "" }));
  const tally = followUpTally(subjectOf([{ id: "1", applied, closed: "2026-02-02" }, ...open]), "duration");
  const published = inPublishedOrder(tally);
  expect(published.rows.levels).toEqual(tally.rows.levels);
  expect(endedInWindow(published, "all")).toBe(1);
});
