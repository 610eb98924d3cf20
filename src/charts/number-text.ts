import { thousands } from "../frame/words.js";

/** As a reader is to see it: no minus before a rounded zero, and a minus sign rather than a hyphen. */
export function decimalText(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  const [whole = "", rest] = text.replace("-", "").split(".");
  const digits = rest === undefined ? thousands(Number(whole)) : `${thousands(Number(whole))}.${rest}`;
  return text.startsWith("-") && /[1-9]/.test(digits) ? `−${digits}` : digits;
}

/** 0.998, to 3 decimals. */
export function ratioText(ratio: number): string {
  return decimalText(ratio, 3);
}

/** 12.5, to 1 decimal. */
export function meanCountText(count: number): string {
  return decimalText(count, 1);
}

/** +3.5, −3.5 or 0.0, to 1 decimal where nothing else is said. */
export function signedText(difference: number, decimals = 1): string {
  const text = decimalText(difference, decimals);
  return difference > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A fraction as a percentage: 0% and 100% only where it is exactly that. */
export function percentText(fraction: number, decimals = 0): string {
  const text = decimalText(fraction * 100, decimals);
  const least = Number(`1e-${decimals}`);
  if (fraction > 0 && Number(text) === 0) return `under ${least}%`;
  if (fraction < 1 && Number(text) === 100) return `over ${decimalText(100 - least, decimals)}%`;
  return `${text}%`;
}

/** A number with 4 digits that mean something, and none after them: "0.5", "1.25". */
export function trimmedText(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** A fraction as a percentage with no more digits than it has: "95%", "0.5%". */
export function trimmedPercent(fraction: number): string {
  return `${trimmedText(fraction * 100)}%`;
}

/** A fraction in percentage points: to 1 decimal, 2 where it is below 1. */
export function pointsText(fraction: number): string {
  const value = fraction * 100;
  return value > 0 && value < 0.995 ? value.toFixed(2) : value.toFixed(1);
}
