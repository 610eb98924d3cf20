import { expect, test } from "vitest";
import type { Subject } from "../../src/analysis/item.js";
import { perSubject } from "../../src/analysis/per-subject.js";
import { subjectOf } from "./windows.js";

test("work is done once a subject, and again for another that looks the same", () => {
  const asked: Subject[] = [];
  const work = perSubject((subject) => {
    asked.push(subject);
    return { units: subject.units.length };
  });
  const one = subjectOf([{ id: "a", applied: "2026-01-01", closed: "" }]);
  const other = { ...one, units: new Int32Array() };
  expect(work(one)).toBe(work(one));
  expect([work(one).units, work(other).units]).toEqual([1, 0]);
  expect(asked).toEqual([one, other]);
});
