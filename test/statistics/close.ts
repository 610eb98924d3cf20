import { expect } from "vitest";

/** Holds a number to one printed with so many decimal places. */
export function expectPrinted(found: number, printed: string): void {
  const places = printed.split(".")[1]?.length ?? 0;
  expect(found.toFixed(places)).toBe(Number(printed).toFixed(places));
}

/** Holds a number to another within 1e-12, relative above 1: two ways to the same result. */
export function expectSame(found: number, wanted: number): void {
  expect(Math.abs(found - wanted) / Math.max(1, Math.abs(wanted)), `${found} and ${wanted}`).toBeLessThan(
    1e-12,
  );
}
