import type { Counted } from "../analysis/item.js";
import type { Result, ResultTable } from "../analysis/result.js";
import { loadsByTeam } from "../analysis/workforce/caseload-item.js";
import { counted } from "../frame/words.js";
import { quantile } from "../statistics/quantile.js";
import type { Chart } from "./chart.js";
import { decimalText } from "./number-text.js";
import { partsOf } from "./parts.js";
import { tableOf } from "./result-table.js";
import { rowSpec } from "./row-spec.js";
import { type Group, layOutRows } from "./rows.js";
import { palette } from "./theme.js";

interface Team extends Group {
  readonly loads: readonly number[];
}

const dot = 6;

/**
 * Open work of each practitioner as a dot, a strip a team, with the team's median. Only in an internal edition.
 *
 * @param result - of the item `caseload`
 * @param counted - what it is of
 * @returns undefined where single caseloads are not shown
 */
export function caseloadChart(result: Result, figures: Counted): Chart | undefined {
  const table = result.tables[0] as ResultTable;
  if (table.id !== "caseload") return undefined;
  const teams = loadsByTeam(figures).map(
    ({ label, loads }): Team => ({ characteristic: "Team", level: label, loads }),
  );
  const all = teams.flatMap(({ loads }) => loads);
  if (all.length === 0) return undefined;
  const [low, middle, high] = [0.25, 0.5, 0.75].map((fraction) => decimalText(quantile(all, fraction), 0));
  const noun = table.measures[1]?.key === "open_cases" ? "cases" : "children";
  const markHeight = Math.max(18, mostAlike(teams) * dot + 4);
  return {
    spec: specOf(teams, { all: teams, markHeight, noun }),
    ...partsOf(teams, { markHeight, specOf: (part) => specOf(part, { all: teams, markHeight, noun }) }),
    title: `Half of practitioners hold ${low} to ${high} open ${noun}`,
    subtitle: `${table.caption}. A dot is a practitioner, a line the team’s median`,
    description: [
      `Strips of dots for ${counted(teams.length, "team")} with ${counted(all.length, "practitioner")}: the middle half hold ${low} to ${high} open ${noun}, with a median of ${middle}.`,
      ...teams
        .slice(0, 12)
        .map(
          ({ level, loads }) =>
            `${level}: ${counted(loads.length, "practitioner")}, median ${decimalText(quantile(loads, 0.5), 1)}, at most ${decimalText(quantile(loads, 1), 0)}.`,
        ),
      ...(teams.length > 12 ? [`${teams.length - 12} more teams in the table.`] : []),
    ].join(" "),
    table: tableOf(table),
    notes: result.notes,
  };
}

/** The most practitioners of one team with the same caseload, whose dots stand over each other. */
function mostAlike(teams: readonly Team[]): number {
  return Math.max(
    ...teams.map(({ loads }) => Math.max(...loads.map((load) => loads.filter((one) => one === load).length))),
  );
}

function specOf(
  teams: readonly Team[],
  {
    all,
    markHeight,
    noun,
  }: { readonly all: readonly Team[]; readonly markHeight: number; readonly noun: string },
): Chart["spec"] {
  const layout = layOutRows(teams, { markHeight, rightMargin: 28, alignWith: all });
  const dots = teams.flatMap(({ level, loads }, at) => {
    const row = layout.rows[at]?.at as number;
    return loads.map((load, i) => {
      const alike = loads.filter((one) => one === load).length;
      const place = i - loads.indexOf(load);
      return { level, load, y: row + (place - (alike - 1) / 2) * dot };
    });
  });
  const medians = teams.map(({ level, loads }, at) => {
    const row = layout.rows[at]?.at as number;
    return { level, median: quantile(loads, 0.5), top: row - markHeight / 2, bottom: row + markHeight / 2 };
  });
  const scale = {
    domain: [0, Math.max(...all.flatMap(({ loads }) => loads)) + 1] as const,
    title: `Open ${noun} of a practitioner`,
    leastStep: 1,
    reference: 0,
    guides: "between" as const,
  };
  return rowSpec(layout, scale, ({ across, down }) => [
    {
      data: { values: medians },
      mark: { type: "rule", strokeWidth: 3, color: palette[3] },
      encoding: { x: across("median"), y: down("top"), y2: { field: "bottom" } },
    },
    {
      data: { values: dots },
      mark: { type: "point", color: palette[0], size: 26, opacity: 1 },
      encoding: { x: across("load"), y: down("y") },
    },
  ]);
}
