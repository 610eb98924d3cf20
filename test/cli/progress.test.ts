import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ProgressBar } from "../../src/cli/progress.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const clear = "\r\u001b[K";

function bar(columns: number) {
  let drawn: string[] = [];
  const output = {
    write: (text: string) => void drawn.push(text),
    columns: () => columns,
    now: () => Date.now(),
  };
  const take = () => {
    const taken = drawn;
    drawn = [];
    return taken;
  };
  return { bar: new ProgressBar(output), take };
}

test("it shows after a second of work, and is erased for other text and at the end", () => {
  const { bar: shown, take } = bar(80);
  shown.update("Reading", 0.25);
  vi.advanceTimersByTime(950);
  shown.erase();
  expect(take()).toEqual([]);
  vi.advanceTimersByTime(50);
  expect(take()).toEqual([`${clear}Reading  [######------------------]  25%`]);
  shown.erase();
  shown.erase();
  expect(take()).toEqual([clear]);
  shown.update("Reading", 1.5);
  vi.advanceTimersByTime(100);
  expect(take()).toEqual([`${clear}Reading  [########################] 100%`]);
  shown.stop();
  expect(take()).toEqual([clear]);
  vi.advanceTimersByTime(5000);
  expect(take()).toEqual([]);
});

test("a step without a known end counts its own seconds", () => {
  const { bar: shown, take } = bar(80);
  shown.update("Reading", 0.25);
  vi.advanceTimersByTime(1500);
  shown.update("Sorting", undefined);
  take();
  vi.advanceTimersByTime(2100);
  expect(take().at(-1)).toBe(`${clear}Sorting  2 s`);
  shown.stop();
});

test.each([60, 33, 10, 1])("it stays on one line of %i columns", (columns) => {
  const { bar: shown, take } = bar(columns);
  shown.update("Reading a file with a name that is longer than the line", 0.5);
  vi.advanceTimersByTime(1000);
  const [line = ""] = take();
  expect(line.startsWith(clear)).toBe(true);
  expect(line.length - clear.length).toBeLessThan(columns);
  if (columns === 60) expect(line).toContain("Reading a file");
  shown.stop();
});
