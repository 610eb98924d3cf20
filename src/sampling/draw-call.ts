import { CasedrawError } from "../errors.js";

/**
 * Notebooks check no types: without this a seed that was left out would be drawn with as the word "undefined".
 *
 * @throws CasedrawError `CALL_INVALID`
 */
export function refuseOtherCall({
  frame,
  design,
  seed,
}: {
  readonly frame: unknown;
  readonly design: unknown;
  readonly seed: unknown;
}): void {
  const has = (value: unknown, key: string): boolean =>
    typeof value === "object" && value !== null && key in value;
  const got = !has(frame, "ids")
    ? "something else as the frame"
    : !has(design, "plan")
      ? "something else as the design"
      : seed === undefined
        ? "no seed"
        : typeof seed !== "string"
          ? `a seed of type ${typeof seed}`
          : undefined;
  if (got === undefined) return;
  throw new CasedrawError(
    "CALL_INVALID",
    `A draw takes a frame, a design and a seed as text, got ${got}. ` +
      'Write const { frame, design } = await readDesign("plan.yaml"), and the seed in quotes.',
  );
}
