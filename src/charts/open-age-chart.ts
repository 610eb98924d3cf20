import { nobodyWaited } from "../analysis/delay/open-age-item.js";
import type { Result, ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import { barsNote, describeBars, hasFigures, lawTypeBars } from "./law-type-bars.js";
import { levelBars } from "./level-bars-chart.js";
import { percentText } from "./number-text.js";
import { tableOf } from "./result-table.js";

/**
 * Ages of open cases in bands, among all, in public and in private law.
 *
 * @returns undefined where no figure may be shown
 */
export function openAgeChart({ tables, base }: Result): Chart | undefined {
  const [bands, over] = tables as [ResultTable, ResultTable];
  if (!hasFigures(bands)) return undefined;
  const bars = lawTypeBars({ ...bands, dimensions: [bands.dimensions[0] as string, "Weeks so far"] });
  return {
    ...levelBars(bars),
    title: titleOf(over, base.unit),
    subtitle: `Ages of open cases: percentage of ${base.unit} by weeks since the case began, ${base.period}, with 95% intervals`,
    description: `Bars by weeks so far. ${describeBars(bars)}`,
    table: tableOf(bands),
    notes: [barsNote, "Ages of open cases, and not how long cases take."],
  };
}

/** The threshold that headlines name, where the plan has it. */
const year = "Over 52 weeks";

function titleOf({ rows }: ResultTable, unit: string): string {
  const all = rows.filter(({ names }) => names[0] === rows[0]?.names[0]);
  const row = all.find(({ names }) => names[1] === year) ?? all.at(-1);
  const share = row?.cells[1];
  if (row === undefined || share === undefined || isMarked(share) || typeof share === "string")
    return "Ages of open cases";
  const waited = (row.names[1] as string).toLowerCase();
  if (row.cells[0] === 0) return headline(nobodyWaited(unit.includes("cases") ? "case" : "child", waited));
  const value = percentText(typeof share === "number" ? share : share.value, 1);
  return headline(`${value} of ${unit} have waited ${waited}`);
}
