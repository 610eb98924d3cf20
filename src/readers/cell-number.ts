import type { CellFormat } from "./cell-format.js";

const DAY_SECONDS = 86_400;
/** 31 December 9999, the last day that Excel shows. */
const LAST_DAY = 2_958_465;
/** 1 January 1970. */
const DAY_OF_1970 = 25_569;
/** Days from 1 January 1900 as Excel's day 1 to 1 January 1904. */
const DAYS_TO_1904 = 1462;

/**
 * A number as the shortest decimal text that means it, in plain digits: an id that a spreadsheet made a number reads as it did.
 *
 * @example plainNumber(1e15) // → "1000000000000000"
 */
export function plainNumber(value: number): string {
  const text = String(value === 0 ? 0 : value);
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (parts === null) return text;
  const [, sign = "", first = "", rest = "", power = "0"] = parts;
  const digits = first + rest;
  const point = Number(power) + 1;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, "0");
}

/**
 * The text of a numeric cell: a date as yyyy-mm-dd with " hh:mm:ss" only where it has a time of day, a time of day as hh:mm:ss,
 * to the second; any other number, and one that no date can have, in plain digits.
 *
 * @param raw - as the sheet has it
 * @param date1904 - whether the workbook counts days from 1 January 1904
 * @returns undefined if it is not a number
 * @remarks Day 60 of the 1900 system is 29 February 1900, a day that never was: it is given as Excel shows it.
 */
export function numberText(raw: string, format: CellFormat, date1904: boolean): string | undefined {
  const value = Number(raw);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(raw) || !Number.isFinite(value)) return undefined;
  // Digits beyond what a number can hold are kept.
  const plain = /^(0|-?[1-9]\d*)$/.test(raw) ? raw : plainNumber(value);
  if (format === "number") return plain;
  if (format === "time" && value >= 0 && value < 1) {
    const seconds = Math.round(value * DAY_SECONDS);
    return seconds === DAY_SECONDS ? "24:00:00" : timeText(seconds);
  }
  const seconds = Math.round((value + (date1904 ? DAYS_TO_1904 : 0)) * DAY_SECONDS);
  const day = Math.floor(seconds / DAY_SECONDS);
  if (value < 0 || day < 1 || day > LAST_DAY) return plain;
  const rest = seconds - day * DAY_SECONDS;
  return rest === 0 ? dayText(day) : `${dayText(day)} ${timeText(rest)}`;
}

function dayText(day: number): string {
  if (day === 60) return "1900-02-29";
  const date = new Date((day - (day < 60 ? DAY_OF_1970 - 1 : DAY_OF_1970)) * DAY_SECONDS * 1000);
  return `${date.getUTCFullYear()}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`;
}

function timeText(seconds: number): string {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(":");
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
