import { describe, expect, test } from "vitest";
import { stream } from "../../src/random/streams.js";

const take = (next: () => number, count: number): number[] => Array.from({ length: count }, () => next());

describe("stream", () => {
  // From seedrandom 3.0.5 called directly in plain Node: seedrandom("314159|synth|v1").double(), four times.
  test.each([
    ["314159", "synth", [0.6869146705628218, 0.6359706087541207, 0.6890555614611152, 0.2883842329772474]],
    [
      "314159",
      "systematic/public / over 26 to 52",
      [0.8567061839650888, 0.01746950632209168, 0.9878486926402086, 0.7379569000891824],
    ],
  ])("seed %s, purpose %s gives seedrandom's own numbers", (seed, purpose, expected) => {
    expect(take(stream(seed, purpose), 4)).toEqual(expected);
  });

  test("two streams do not disturb each other", () => {
    const first = stream("314159", "synth");
    const second = stream("314159", "systematic/a");
    first();
    second();
    expect(first()).toBe(0.6359706087541207);
  });

  test("another seed or another purpose gives other numbers", () => {
    const base = take(stream("314159", "synth"), 3);
    expect(take(stream("314160", "synth"), 3)).not.toEqual(base);
    expect(take(stream("314159", "cube"), 3)).not.toEqual(base);
  });
});
