import { dayNumber } from "./calendar.js";
import { longestDuration } from "./durations.js";

/**
 * Open children's cases in England at the end of a month, as Cafcass published them. Level before the first,
 * straight lines between, level after the last. The courts' counts of outstanding cases (10,121 public and
 * 37,541 private in December 2024) measure something else and are not used.
 */
const caseloadPath = [
  { year: 2020, month: 3, openCases: 30_136 },
  { year: 2021, month: 4, openCases: 38_185 },
  { year: 2023, month: 3, openCases: 32_904 },
  { year: 2024, month: 5, openCases: 29_819 },
] as const;

const anchors = caseloadPath.map(({ year, month, openCases }) => ({
  day: dayNumber(year, month + 1, 1) - 1,
  openCases,
}));
const firstAnchor = anchors[0] as { day: number; openCases: number };

function openCasesOn(day: number): number {
  let before = firstAnchor;
  for (const after of anchors) {
    if (day <= after.day)
      return after === before
        ? after.openCases
        : before.openCases +
            ((day - before.day) / (after.day - before.day)) * (after.openCases - before.openCases);
    before = after;
  }
  return before.openCases;
}

/**
 * New cases a day in England, level within each month, such that the cases still open at every month's end
 * follow {@link caseloadPath}: the path is divided by the durations, month after month.
 *
 * @param firstDay - the first day wanted
 * @param lastDay - the last day wanted
 * @param left - the share of new cases that last at least so many days, over all kinds of case
 * @returns index = days since `firstDay`
 */
export function dailyInflow(firstDay: number, lastDay: number, left: Float64Array): Float64Array {
  const start = Math.min(firstDay, firstAnchor.day - longestDuration);
  const inflow = new Float64Array(Math.max(lastDay, firstAnchor.day) + 32 - start);
  let meanDays = 0;
  for (let days = 1; days < left.length; days++) meanDays += left[days] as number;
  inflow.fill(firstAnchor.openCases / meanDays, 0, firstAnchor.day - start + 1);

  let monthStart = firstAnchor.day + 1;
  for (let month = caseloadPath[0].month + 1; monthStart <= lastDay; month++) {
    const nextMonth = dayNumber(caseloadPath[0].year, month + 1, 1);
    const monthEnd = nextMonth - 1;
    let carried = 0;
    for (let day = monthEnd - longestDuration; day < monthStart; day++)
      carried += (inflow[day - start] as number) * (left[monthEnd - day + 1] as number);
    let kept = 0;
    for (let day = monthStart; day <= monthEnd; day++) kept += left[monthEnd - day + 1] as number;
    inflow.fill(
      (openCasesOn(monthEnd) - carried) / kept,
      monthStart - start,
      Math.min(nextMonth - start, inflow.length),
    );
    monthStart = nextMonth;
  }
  return inflow.slice(firstDay - start, lastDay - start + 1);
}
