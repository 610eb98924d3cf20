/** A label that wants to stand beside a point, both in pixels. */
export interface WantedLabel {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Of the text. */
  readonly width: number;
}

/** Where a label stands: its box's left end and middle, and whether a line leads to its point. */
export interface PlacedLabel extends WantedLabel {
  readonly left: number;
  readonly middle: number;
  readonly leader: boolean;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const gap = 9;
const half = 10;
/** How far a mark keeps labels away, from its middle. */
const markReach = 7;
/** Steps by which a label moves away from its point, where there is no room beside it. */
const reaches = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
const step = 13;

/**
 * Places labels beside their points so that none lies over another label, over a point or out of the picture: first beside,
 * then further away with a line that leads to the point. In the order given, so the ones that matter most come first.
 *
 * @param options.avoid - middles of all marks
 * @returns the labels that found a place
 * @remarks Greedy: a label that finds none within about a hundred pixels is left out. O(labels × (labels + marks)).
 */
export function placeLabels(
  wanted: readonly WantedLabel[],
  options: {
    readonly width: number;
    readonly height: number;
    readonly avoid: readonly { readonly x: number; readonly y: number }[];
  },
): readonly PlacedLabel[] {
  const taken: Box[] = options.avoid.map(({ x, y }) => ({
    left: x - markReach,
    right: x + markReach,
    top: y - markReach,
    bottom: y + markReach,
  }));
  return wanted.flatMap((label) => {
    const own = taken.findIndex(
      ({ left, top }) => left === label.x - markReach && top === label.y - markReach,
    );
    const others = taken.filter((_, at) => at !== own);
    const found = placesOf(label).find(
      ({ box }) => isInside(box, options) && !others.some((other) => meets(box, other)),
    );
    if (found === undefined) return [];
    taken.push(found.box);
    const { box, leader } = found;
    return [{ ...label, left: box.left, middle: (box.top + box.bottom) / 2, leader }];
  });
}

function placesOf({ x, y, width }: WantedLabel): { readonly box: Box; readonly leader: boolean }[] {
  return reaches.flatMap((reach) => {
    const away = gap + reach * step;
    const up = half + gap + reach * step - 4;
    const spots: readonly (readonly [left: number, middle: number])[] = [
      [x + away, y],
      [x - away - width, y],
      [x - width / 2, y - up],
      [x - width / 2, y + up],
      [x + away, y - up],
      [x + away, y + up],
      [x - away - width, y - up],
      [x - away - width, y + up],
    ];
    return spots.map(([left, middle]) => ({
      box: { left, right: left + width, top: middle - half, bottom: middle + half },
      leader: reach > 0,
    }));
  });
}

function isInside(box: Box, { width, height }: { readonly width: number; readonly height: number }): boolean {
  return box.left >= 2 && box.right <= width - 2 && box.top >= 0 && box.bottom <= height;
}

function meets(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
