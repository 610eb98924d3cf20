/** A share in per cent, to line up in a table. */
export const percent = (share) => (100 * share).toFixed(2).padStart(6);
