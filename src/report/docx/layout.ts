/** A4 with the margins of the pages in print, in twentieths of a point. */
export const page = { width: 11906, height: 16838, side: 850, topAndBottom: 1134 } as const;

/** Between the margins, in twentieths of a point. */
export const textWidth = page.width - 2 * page.side;

/** The largest picture that stands on one sheet with its headline, in CSS pixels (96 to the inch). */
export const largestPicture = { width: Math.floor((textWidth / 1440) * 96), height: 820 } as const;
