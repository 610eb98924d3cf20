/** What a number in a cell stands for by the cell's format: an elapsed time ([h]:mm) stays a number. */
export type CellFormat = "number" | "date" | "time";

/** Number formats that every workbook has without listing them: dates, and times of day. ECMA-376 part 1, 18.8.30, with the East Asian ones. */
const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const builtInTimes = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56]);

/**
 * @param number - the format's number
 * @param code - its code, where the workbook lists one
 */
export function cellFormatOf(number: number, code: string | undefined): CellFormat {
  if (code !== undefined) return formatOfCode(code);
  if (builtInDates.has(number)) return "date";
  return builtInTimes.has(number) ? "time" : "number";
}

/**
 * Judges a format code by the letters that its first section shows: outside quotes, brackets and escapes.
: `[$-809]dd\ mmmm\ yyyy;@` is a
 * date, `0.00 "days"` a number.
 */
function formatOfCode(code: string): CellFormat {
  // Escaped, filling and spacing characters first: each hides the one after it.
  const shown = code
    .replace(/"[^"]*"?|[\\_*]./gs, "")
    .replace(/\[(?:h+|m+|s+)\]/gi, "\u0000")
    .replace(/\[[^\]]*\]/g, "")
    .split(";")[0]
    ?.replace(/am\/pm|a\/p/gi, "h")
    .toLowerCase();
  if (shown === undefined || shown.includes("\u0000") || shown.trim() === "general") return "number";
  if (/[dy]/.test(shown)) return "date";
  if (/[hs]/.test(shown)) return "time";
  return shown.includes("m") ? "date" : "number";
}
