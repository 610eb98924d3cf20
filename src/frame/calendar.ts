import { daysInMonth } from "../plan/iso-date.js";

/**
 * Days from 1 January 1970 in the Gregorian calendar.
 *
 * @param month - 1 to 12
 */
function dayNumber(year: number, month: number, day: number): number {
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  for (let m = 1; m < month; m++) days += daysInMonth(year, m);
  return days + day - 719163;
}

/** Day number of an ISO date. */
export function isoDay(iso: string): number {
  return dayNumber(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8, 10)));
}

/** ISO text of a day number from the year 1 on. */
export function isoDate(day: number): string {
  let year = Math.floor((day + 719162) / 365.2425) + 1;
  while (dayNumber(year, 1, 1) > day) year--;
  while (dayNumber(year + 1, 1, 1) <= day) year++;
  let rest = day - dayNumber(year, 1, 1);
  let month = 1;
  while (rest >= daysInMonth(year, month)) {
    rest -= daysInMonth(year, month);
    month++;
  }
  return isoText(year, month, rest + 1);
}

export function isoText(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** The date so many calendar months earlier, its day cut to that month's last. */
export function monthsBefore(iso: string, months: number): string {
  const count = Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1 - months;
  const year = Math.floor(count / 12);
  const month = (count % 12) + 1;
  return isoText(year, month, Math.min(Number(iso.slice(8, 10)), daysInMonth(year, month)));
}

/** Completed years from one ISO date to another; someone born on 29 February has a birthday on 1 March. */
export function completedYears(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}
