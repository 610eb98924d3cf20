import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aalenJohansen } from "../../src/statistics/aalen-johansen.js";
import { kaplanMeier } from "../../src/statistics/kaplan-meier.js";
import { refusalOf } from "../frames.js";

// By hand: S before each time 1, 3/4, 1/2. Kind 1: 1/4, then + 1/2·1/2 = 1/2. Kind 2: 3/4·1/3 = 1/4.
test("four cases by hand", () => {
  const [first, second] = aalenJohansen({ exit: [1, 2, 3, 4], event: [1, 2, 1, 0] }, { causes: 2 });
  expect([...first!.times]).toEqual([1, 3]);
  expect([...first!.atRisk]).toEqual([4, 2]);
  expect([...first!.incidence]).toEqual([0.25, 0.5]);
  expect([...second!.times]).toEqual([2]);
  expect(second!.incidence[0]).toBeCloseTo(0.25, 15);
  // Nothing is censored by time 2: the binomial's errors, √(1/4·3/4/4).
  expect(first!.standardErrors[0]).toBeCloseTo(Math.sqrt(3) / 8, 15);
  expect(second!.standardErrors[0]).toBeCloseTo(Math.sqrt(3) / 8, 15);
});

const someFollowUp = fc
  .array(fc.record({ exit: fc.integer({ min: 1, max: 20 }), event: fc.integer({ min: 0, max: 3 }) }), {
    minLength: 1,
    maxLength: 50,
  })
  .map((rows) => ({ exit: rows.map(({ exit }) => exit), event: rows.map(({ event }) => event) }));

describe("properties", () => {
  test("without censoring it is the share of cases, with the binomial's error", () => {
    fc.assert(
      fc.property(someFollowUp, ({ exit, event }) => {
        const kinds = event.map((kind) => Math.max(1, kind));
        const curves = aalenJohansen({ exit, event: kinds }, { causes: 3 });
        for (const [at, { times, incidence, standardErrors }] of curves.entries()) {
          for (const [k, time] of times.entries()) {
            const share = exit.filter((own, i) => own <= time && kinds[i] === at + 1).length / exit.length;
            expect(incidence[k]).toBeCloseTo(share, 12);
            expect(standardErrors[k]).toBeCloseTo(Math.sqrt((share * (1 - share)) / exit.length), 7);
          }
        }
      }),
    );
  });

  test("one kind of event: one less Kaplan and Meier's share, with Greenwood's error", () => {
    fc.assert(
      fc.property(someFollowUp, ({ exit, event }) => {
        const one = { exit, event: event.map((kind) => Math.min(1, kind)) };
        const [found] = aalenJohansen(one, { causes: 1 });
        const curve = kaplanMeier(one);
        expect([...found!.times]).toEqual([...curve.times]);
        for (const [k, share] of curve.survival.entries()) {
          expect(found!.incidence[k]).toBeCloseTo(1 - share, 12);
          if (share > 0) expect(found!.standardErrors[k]).toBeCloseTo(curve.standardErrors[k] as number, 7);
        }
      }),
    );
  });

  test("the kinds and the cases without an event make up all", () => {
    fc.assert(
      fc.property(someFollowUp, ({ exit, event }) => {
        const curves = aalenJohansen({ exit, event }, { causes: 3 });
        const any = kaplanMeier({ exit, event: event.map((kind) => Math.min(1, kind)) });
        const ended = curves.reduce((sum, { incidence }) => sum + (incidence.at(-1) ?? 0), 0);
        expect(ended + (any.survival.at(-1) ?? 1)).toBeCloseTo(1, 12);
        for (const { incidence, lower, upper } of curves) {
          for (const [k, bound] of lower.entries()) {
            expect(bound).toBeLessThanOrEqual(incidence[k] as number);
            expect(upper[k]).toBeGreaterThanOrEqual(incidence[k] as number);
          }
        }
      }),
    );
  });
});

test("a kind that never happened has no steps; a share of 1 has no log-log bounds", () => {
  const [all, none] = aalenJohansen({ exit: [1, 2], event: [1, 1] }, { causes: 2 });
  expect(none!.times).toHaveLength(0);
  expect([...all!.incidence]).toEqual([0.5, 1]);
  expect([all!.standardErrors[1], all!.lower.length]).toEqual([0, 1]);
  const [plain] = aalenJohansen({ exit: [1, 2], event: [1, 1] }, { causes: 2, scale: "plain" });
  expect([plain!.lower[1], plain!.upper[1]]).toEqual([1, 1]);
});

test("a kind beyond those named is refused", () => {
  expect(refusalOf(() => aalenJohansen({ exit: [1], event: [3] }, { causes: 2 })).code).toBe(
    "FOLLOW_UP_INVALID",
  );
});
