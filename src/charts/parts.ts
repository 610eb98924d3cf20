import type { Chart, Spec } from "./chart.js";
import { type Group, layOutRows } from "./rows.js";

/** The height of what fits on a sheet of A4 under a chart's heading, at the width of a page, in pixels. */
export const sheetHeight = 760;

/**
 * A chart of rows in pieces that each fit on a sheet of paper, in the same order and on the same scale; nothing where it
 * fits on one.
 *
 * @param options.markHeight - what a row's marks need, in pixels
 * @param options.specOf - draws some of the groups as a part of all
 */
export function partsOf<T extends Group>(
  groups: readonly T[],
  options: { readonly markHeight: number; readonly specOf: (part: readonly T[]) => Spec },
): Pick<Chart, "parts"> {
  const { markHeight, specOf } = options;
  const fits = (part: readonly T[]): boolean =>
    layOutRows(part, { markHeight, rightMargin: 0 }).height <= sheetHeight;
  const parts = splitRows(groups, fits);
  return parts.length < 2 ? {} : { parts: parts.map(specOf) };
}

/** Parts end where a characteristic does, if it fits on a sheet by itself. */
export function splitRows<T extends Group>(
  groups: readonly T[],
  fits: (part: readonly T[]) => boolean,
): T[][] {
  const parts: T[][] = [[]];
  for (const block of blocksOf(groups)) {
    const whole = [...(parts.at(-1) as T[]), ...block];
    if (fits(whole)) parts[parts.length - 1] = whole;
    else if (fits(block)) parts.push(block);
    else {
      for (const group of block) {
        const longer = [...(parts.at(-1) as T[]), group];
        if (fits(longer)) parts[parts.length - 1] = longer;
        else parts.push([group]);
      }
    }
  }
  return parts.filter((part) => part.length > 0);
}

function blocksOf<T extends Group>(groups: readonly T[]): T[][] {
  const blocks: T[][] = [];
  for (const group of groups) {
    const last = blocks.at(-1);
    if (last?.[0]?.characteristic === group.characteristic) last.push(group);
    else blocks.push([group]);
  }
  return blocks;
}
