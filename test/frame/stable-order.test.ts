import { describe, expect, test } from "vitest";
import { stableOrder } from "../../src/frame/stable-order.js";
import { stream } from "../../src/random/streams.js";

/** By insertion, one after another: slow, and plainly right. */
function inserted(keys: readonly number[]): number[] {
  const order: number[] = [];
  keys.forEach((key, at) => {
    const place = order.findIndex((other) => (keys[other] as number) > key);
    order.splice(place === -1 ? order.length : place, 0, at);
  });
  return order;
}

const orderOf = (keys: readonly number[]): number[] =>
  Array.from(stableOrder(keys.length, (a, b) => (keys[a] as number) - (keys[b] as number)));

describe("the order of", () => {
  test.each([
    ["nothing", [], []],
    ["one", [7], [0]],
    ["what is in order", [1, 2, 3], [0, 1, 2]],
    ["what is all alike", [5, 5, 5], [0, 1, 2]],
    ["what is reversed", [3, 2, 1], [2, 1, 0]],
    ["two runs with equal ones in both", [1, 3, 3, 1, 3], [0, 3, 1, 2, 4]],
    ["three runs", [4, 6, 1, 9, 2], [2, 4, 0, 1, 3]],
  ])("%s", (_, keys, order) => {
    expect(orderOf(keys)).toEqual(order);
  });
});

test("any keys, many of them equal, in long runs and in none, stand as by insertion", () => {
  const random = stream("stable-order", "test");
  for (let length = 0; length < 120; length++) {
    for (const kinds of [2, 5, 1000]) {
      const keys = Array.from({ length }, () => Math.floor(random() * kinds));
      const runs = [20, 50].map((size) =>
        Array.from({ length: Math.ceil(length / size) }, (_, run) =>
          keys.slice(run * size, (run + 1) * size).sort((a, b) => a - b),
        ).flat(),
      );
      for (const each of [keys, ...runs]) expect(orderOf(each)).toEqual(inserted(each));
    }
  }
});
