import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FollowUp } from "../../src/statistics/follow-up.js";
import { kaplanMeier } from "../../src/statistics/kaplan-meier.js";
import { survivalQuantile } from "../../src/statistics/survival-quantile.js";
import { survivalAt } from "../../src/statistics/survival-share.js";
import { refusalOf } from "../frames.js";
import { aml, lung } from "./published-data.js";

// R package survival 3.5-3, survfit(Surv(time, status) ~ 1, lung); median and its intervals as its documentation prints them.
describe("lung", () => {
  const log = kaplanMeier(lung, { scale: "log" });
  const logLog = kaplanMeier(lung);

  test("228 cases, 165 events", () => {
    expect(log.cases).toBe(228);
    expect(log.events.reduce((sum, count) => sum + count, 0)).toBe(165);
  });

  test("median 310, log 285 to 363, log-log 284 to 361", () => {
    expect(survivalQuantile(log)).toEqual({ time: 310, lower: 285, upper: 363 });
    expect(survivalQuantile(logLog)).toEqual({ time: 310, lower: 284, upper: 361 });
  });

  test("at 365 days .409242, log .344722 to .485838", () => {
    const { survival, interval } = survivalAt(log, 365);
    expect(survival.toFixed(6)).toBe("0.409242");
    expect(interval?.lower.toFixed(6)).toBe("0.344722");
    expect(interval?.upper.toFixed(6)).toBe("0.485838");
  });
});

// R package survival, survfit(Surv(time, status) ~ x, aml, conf.type = "log").
test.each([
  ["maintained", 0, { time: 31, lower: 18, upper: undefined }],
  ["not maintained", 1, { time: 23, lower: 8, upper: undefined }],
])("aml, %s: median and its interval", (_, group, expected) => {
  const curve = kaplanMeier(groupOf(aml, group), { scale: "log" });
  expect(survivalQuantile(curve)).toEqual(expected);
});

function groupOf({ exit, event, groups }: typeof aml, group: number): FollowUp {
  const held = [...exit.keys()].filter((at) => groups.codes[at] === group);
  return { exit: held.map((at) => exit[at] as number), event: held.map((at) => event[at] as number) };
}

// By hand: 4 at risk at 9, 3 at 13 (one censored there is still at risk), 1 at 18.
// S: 3/4, 3/4·2/3 = 1/2, 0. Greenwood: 1/(4·3) = 1/12; + 1/(3·2) = 1/4. Errors .75·√(1/12), .5·√(1/4) = .25.
test("four cases by hand", () => {
  const curve = kaplanMeier({ exit: [13, 9, 18, 13], event: [1, 1, 1, 0] }, { scale: "plain" });
  expect([...curve.times]).toEqual([9, 13, 18]);
  expect([...curve.atRisk]).toEqual([4, 3, 1]);
  expect([...curve.survival]).toEqual([0.75, 0.5, 0]);
  expect(curve.standardErrors[0]).toBeCloseTo(0.75 * Math.sqrt(1 / 12), 15);
  expect(curve.standardErrors[1]).toBeCloseTo(0.25, 15);
  expect(curve.standardErrors).toHaveLength(2);
  // .5 − 1.959964·.25 and .5 + 1.959964·.25.
  expect(curve.lower[1]).toBeCloseTo(0.010009, 6);
  expect(curve.upper[1]).toBeCloseTo(0.989991, 6);
});

test("where the curve stays at the level, the median is the middle of the stretch", () => {
  expect(survivalQuantile(kaplanMeier({ exit: [9, 13, 13, 18], event: [1, 1, 0, 1] })).time).toBe(15.5);
  // Two of four end, the others go on: the curve stays at one half to the end.
  expect(survivalQuantile(kaplanMeier({ exit: [1, 2, 5, 5], event: [1, 1, 0, 0] })).time).toBe(2);
});

describe("edge cases", () => {
  test("all censored: no steps, 1 throughout, no median", () => {
    const curve = kaplanMeier({ exit: [3, 4], event: [0, 0] });
    expect(curve.times).toHaveLength(0);
    expect(survivalAt(curve, 4)).toEqual({
      survival: 1,
      standardError: 0,
      interval: { lower: 1, upper: 1 },
    });
    expect(survivalQuantile(curve)).toEqual({ time: undefined, lower: undefined, upper: undefined });
  });

  test("a single case with its event: down to 0, where no error and no interval is given", () => {
    const curve = kaplanMeier({ exit: [3], event: [1] });
    expect(survivalAt(curve, 2).survival).toBe(1);
    expect(survivalAt(curve, 3)).toEqual({ survival: 0 });
    expect(survivalAt(curve, 99)).toEqual({ survival: 0 });
    expect(survivalQuantile(curve).time).toBe(3);
  });

  test("events at time 0 count", () => {
    expect([...kaplanMeier({ exit: [0, 1], event: [1, 0] }).survival]).toEqual([0.5]);
  });
});

describe("delayed entry", () => {
  // By hand: watched from 0, 2, 2, 4. At 3 the second dies of three at risk (0, 2, 2): 2/3; at 5 one of three: 4/9.
  const followUp = { entry: [0, 2, 2, 4], exit: [6, 3, 5, 6], event: [0, 1, 1, 0] };

  test("a case is at risk only from its entry", () => {
    const curve = kaplanMeier(followUp);
    expect([...curve.atRisk]).toEqual([3, 3]);
    expect(curve.survival[0]).toBeCloseTo(2 / 3, 15);
    expect(curve.survival[1]).toBeCloseTo(4 / 9, 15);
  });

  test("the curve begins where enough are at risk, and says so", () => {
    const early = { entry: [0, 2, 2, 4], exit: [1, 3, 5, 6], event: [1, 1, 1, 0] };
    expect([...kaplanMeier(early).survival]).toEqual([0, 0, 0]);
    const curve = kaplanMeier(early, { minimumAtRisk: 2 });
    expect(curve.conditionalFrom).toBe(2);
    expect(curve.eventsBefore).toBe(1);
    expect([...curve.survival]).toEqual([0.5, 0.25]);
    expect(refusalOf(() => survivalAt(curve, 1)).code).toBe("TIME_OUT_OF_RANGE");
    expect(refusalOf(() => kaplanMeier(early, { minimumAtRisk: 3 })).code).toBe("AT_RISK_TOO_FEW");
  });

  test("entries at 0 change nothing", () => {
    const entry = lung.exit.map(() => 0);
    expect(kaplanMeier({ ...lung, entry })).toEqual(kaplanMeier(lung));
  });
});

const someFollowUp = fc
  .array(fc.record({ exit: fc.integer({ min: 1, max: 30 }), event: fc.integer({ min: 0, max: 1 }) }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((rows) => ({ exit: rows.map(({ exit }) => exit), event: rows.map(({ event }) => event) }));

describe("properties", () => {
  test("without censoring it is the share that lasts longer, with the binomial's error", () => {
    fc.assert(
      fc.property(someFollowUp, ({ exit }) => {
        const curve = kaplanMeier({ exit, event: exit.map(() => 1) });
        for (const [k, time] of curve.times.entries()) {
          const share = exit.filter((own) => own > time).length / exit.length;
          expect(curve.survival[k]).toBeCloseTo(share, 12);
          if (share > 0) {
            expect(curve.standardErrors[k]).toBeCloseTo(Math.sqrt((share * (1 - share)) / exit.length), 12);
          }
        }
      }),
    );
  });

  test("it comes down from 1, and its bounds hold it", () => {
    fc.assert(
      fc.property(someFollowUp, fc.constantFrom("log", "log-log", "plain"), (followUp, scale) => {
        const curve = kaplanMeier(followUp, { scale });
        let last = 1;
        for (const [k, share] of curve.survival.entries()) {
          expect(share).toBeLessThan(last);
          last = share;
          if (share === 0) continue;
          const [lower, upper] = [curve.lower[k] as number, curve.upper[k] as number];
          expect(0 <= lower && lower <= share && share <= upper && upper <= 1).toBe(true);
        }
      }),
    );
  });

  test("the order of the cases does not matter", () => {
    fc.assert(
      fc.property(someFollowUp, ({ exit, event }) => {
        const turned = { exit: [...exit].reverse(), event: [...event].reverse() };
        expect(kaplanMeier(turned)).toEqual(kaplanMeier({ exit, event }));
      }),
    );
  });
});

describe("refuses", () => {
  test.each([
    ["no case", { exit: [], event: [] }, "FOLLOW_UP_INVALID"],
    ["a time that is no number", { exit: [1, Number.NaN], event: [0, 0] }, "FOLLOW_UP_INVALID"],
    ["a time below 0", { exit: [-1], event: [0] }, "FOLLOW_UP_INVALID"],
    ["an unknown event", { exit: [1], event: [2] }, "FOLLOW_UP_INVALID"],
    ["an exit at the entry", { exit: [1], event: [0], entry: [1] }, "FOLLOW_UP_INVALID"],
    ["columns of other cases", { exit: [1], event: [0, 1] }, "ROWS_MISMATCHED"],
    ["entries of other cases", { exit: [1], event: [0], entry: [] }, "ROWS_MISMATCHED"],
  ])("%s", (_, followUp, code) => {
    expect(refusalOf(() => kaplanMeier(followUp)).code).toBe(code);
  });

  test("a time beyond the follow-up, and a fraction that is none", () => {
    const curve = kaplanMeier(lung);
    expect(refusalOf(() => survivalAt(curve, 1023)).code).toBe("TIME_OUT_OF_RANGE");
    expect(refusalOf(() => survivalQuantile(curve, 1)).code).toBe("VALUE_OUT_OF_RANGE");
    expect(refusalOf(() => kaplanMeier(lung, { confidence: 95 })).code).toBe("CONFIDENCE_OUT_OF_RANGE");
  });
});
