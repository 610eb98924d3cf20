import { plainNumber } from "./cell-number.js";

/** How a Parquet column becomes text: what DuckDB selects, and what is made of each distinct text. */
export interface ParquetConversion {
  /** An SQL expression of type VARCHAR. */
  readonly select: string;
  readonly finish: (text: string) => string;
}

const asItIs = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|VARCHAR|UUID|DATE|TIME|JSON|ENUM\(.*\))$/s;

/**
 * The conversion for one column: numbers in plain digits, booleans as TRUE and FALSE, dates and times as ISO, the time of day only
 * where it is not midnight. An instant (a time with a zone) is given in UTC and, unless it is midnight there, marked with a Z.
 *
 * @param name - the column as DuckDB calls it
 * @param type - as DuckDB's DESCRIBE writes it
 * @returns undefined for lists, structures, bytes and whatever else is no plain value
 */
export function parquetConversion(name: string, type: string): ParquetConversion | undefined {
  const column = `"${name.replaceAll('"', '""')}"`;
  const text = `CAST(${column} AS VARCHAR)`;
  if (asItIs.test(type)) return { select: text, finish: (value) => value };
  if (type === "BOOLEAN") return { select: text, finish: (value) => value.toUpperCase() };
  if (type.startsWith("DECIMAL(")) {
    return { select: text, finish: (value) => (value.includes(".") ? value.replace(/\.?0+$/, "") : value) };
  }
  if (type === "FLOAT" || type === "DOUBLE") return { select: text, finish: floatText };
  if (type === "TIMESTAMP WITH TIME ZONE") {
    // By way of the epoch: DuckDB's own text would be in the time zone of this machine.
    const select = `CAST(make_timestamp(epoch_us(${column})) AS VARCHAR)`;
    return { select, finish: (value) => (isMidnight(value) ? value.slice(0, -9) : `${value}Z`) };
  }
  if (/^TIMESTAMP(_S|_MS|_NS)?$/.test(type)) {
    return { select: text, finish: (value) => (isMidnight(value) ? value.slice(0, -9) : value) };
  }
  return undefined;
}

function isMidnight(timestamp: string): boolean {
  return timestamp.endsWith(" 00:00:00");
}

function floatText(text: string): string {
  const value = Number(text);
  return Number.isFinite(value) ? plainNumber(value) : text;
}
