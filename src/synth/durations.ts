/** Weeks at which every duration curve states how many cases in a thousand have closed; straight lines between. */
const knotWeeks = [
  0, 1, 2, 4, 6, 8, 10, 12, 16, 20, 26, 32, 39, 46, 52, 65, 78, 90, 100, 120, 140, 170, 200, 260, 312,
];
const knotDays = knotWeeks.map((weeks) => weeks * 7);

/** No case lasts longer, in days. */
export const longestDuration = 312 * 7;

/** Cases in a thousand that have closed by each of the {@link knotWeeks}. */
export type DurationCurve = readonly number[];

/**
 * The duration curves, fitted by hand and by least squares so that, with the shares and family sizes of the
 * tracks and the inflow, the export agrees with the published figures: s31 mean 45.6 weeks (published 46 in
 * the last quarter of 2022/23, 43 a year later) and 34 % within 26 weeks; work beyond a safeguarding letter in
 * private law a mean of 61.6 weeks (published 61). Straight lines over + − × ÷ give the same days on every engine.
 */
export const durationCurves = {
  s31: [
    0, 0, 0, 0, 1, 4, 10, 24, 86, 187, 340, 453, 541, 613, 670, 776, 857, 909, 938, 974, 989, 997, 999, 1000,
    1000,
  ],
  otherPublic: [
    0, 6, 17, 47, 84, 124, 166, 210, 296, 378, 490, 586, 679, 754, 805, 883, 931, 958, 972, 988, 995, 999,
    1000, 1000, 1000,
  ],
  secure: [
    0, 71, 155, 317, 456, 571, 663, 736, 840, 904, 956, 980, 992, 997, 999, 1000, 1000, 1000, 1000, 1000,
    1000, 1000, 1000, 1000, 1000,
  ],
  adoption: [
    0, 1, 4, 23, 59, 109, 171, 240, 383, 519, 686, 805, 894, 944, 968, 991, 998, 999, 1000, 1000, 1000, 1000,
    1000, 1000, 1000,
  ],
  liberty: [
    0, 22, 51, 113, 177, 239, 298, 354, 456, 544, 652, 736, 810, 864, 898, 945, 971, 984, 990, 996, 999, 1000,
    1000, 1000, 1000,
  ],
  letter: [
    0, 9, 62, 290, 549, 746, 868, 936, 986, 997, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000,
    1000, 1000, 1000, 1000, 1000,
  ],
  s7: [
    0, 0, 0, 4, 13, 31, 57, 90, 166, 245, 352, 441, 528, 605, 664, 774, 856, 909, 940, 975, 990, 998, 1000,
    1000, 1000,
  ],
  guardian: [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 4, 11, 23, 40, 99, 188, 290, 383, 565, 718, 871, 948, 994, 1000,
  ],
  relocation: [
    0, 0, 1, 9, 25, 48, 79, 117, 205, 302, 448, 580, 705, 799, 858, 937, 973, 988, 994, 999, 1000, 1000, 1000,
    1000, 1000,
  ],
  parentalOrder: [
    0, 0, 0, 3, 11, 29, 57, 95, 198, 321, 509, 670, 806, 893, 938, 983, 996, 999, 1000, 1000, 1000, 1000,
    1000, 1000, 1000,
  ],
} as const satisfies Record<string, DurationCurve>;

const line = (x: number, x0: number, x1: number, y0: number, y1: number): number =>
  y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);

/**
 * The share of cases that last at least so many days, for every number of days.
 *
 * @returns index = days, 0 to one past {@link longestDuration}; the first is 1, the last 0
 */
export function survival(curve: DurationCurve): Float64Array {
  const left = new Float64Array(longestDuration + 2);
  let knot = 1;
  for (let days = 0; days <= longestDuration; days++) {
    while (days > (knotDays[knot] as number)) knot++;
    const closed = line(
      days,
      knotDays[knot - 1] as number,
      knotDays[knot] as number,
      curve[knot - 1] as number,
      curve[knot] as number,
    );
    left[days] = 1 - closed / 1000;
  }
  return left;
}

/**
 * A duration in whole days among the cases that last at least `atLeast` days, by the inverse of the curve.
 *
 * @param left - {@link survival} of the curve; above 0 at `atLeast`
 * @param u - at least 0, below 1
 */
export function drawDuration(curve: DurationCurve, left: Float64Array, atLeast: number, u: number): number {
  const remaining = left[atLeast] as number;
  const closed = 1000 * (1 - remaining + remaining * u);
  let knot = 1;
  while (knot < curve.length - 1 && (curve[knot] as number) <= closed) knot++;
  const days = line(
    closed,
    curve[knot - 1] as number,
    curve[knot] as number,
    knotDays[knot - 1] as number,
    knotDays[knot] as number,
  );
  // Rounding of the last bit may not take a case below the duration that it is known to have.
  return Math.min(Math.max(Math.floor(days), atLeast), longestDuration);
}
