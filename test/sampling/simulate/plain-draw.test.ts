import { expect, test } from "vitest";
import { stream } from "../../../src/random/streams.js";
import { PlainDraw } from "../../../src/sampling/simulate/plain-draw.js";

test("every set is as likely as any other", () => {
  // 2 of 4 units and 1 of 2: C(4,2)·2 = 12 samples.
  const draw = new PlainDraw([
    { units: Int32Array.of(0, 1, 2, 3), sampleSize: 2 },
    { units: Int32Array.of(4, 5), sampleSize: 1 },
  ]);
  const draws = 12_000;
  const seen = new Map<string, number>();
  const next = stream("plain", "simulate/1/simple-random");
  for (let k = 0; k < draws; k++) {
    const set = Array.from(draw.run(next)).sort().join(" ");
    seen.set(set, (seen.get(set) ?? 0) + 1);
  }
  expect(seen.size).toBe(12);
  // χ² on 11 degrees of freedom exceeds 39.1 once in 20,000 times (R: qchisq(1 - 5e-5, 11) = 38.9).
  let chiSquare = 0;
  for (const times of seen.values()) chiSquare += ((times - 1000) * (times - 1000)) / 1000;
  expect(chiSquare).toBeLessThan(39.1);
});

test("a draw does not depend on those before it", () => {
  const units = Int32Array.from({ length: 30 }, (_, i) => i);
  const pools = [{ units, sampleSize: 7 }];
  const [used, fresh] = [new PlainDraw(pools), new PlainDraw(pools)];
  used.run(stream("a", "before"));
  expect(Array.from(used.run(stream("a", "same")))).toEqual(Array.from(fresh.run(stream("a", "same"))));
  expect(Array.from(units)).toEqual(Array.from({ length: 30 }, (_, i) => i));
});

test("everything can be drawn, and nothing", () => {
  const draw = new PlainDraw([
    { units: Int32Array.of(3, 4), sampleSize: 2 },
    { units: Int32Array.of(5), sampleSize: 0 },
  ]);
  expect(Array.from(draw.run(() => 0.999)).sort()).toEqual([3, 4]);
});
