import { leadingLevel } from "../analysis/leading.js";
import type { Result, ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { inSentence } from "../analysis/words.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import { barsNote, cellText, hasFigures, levelRows, sharesOfAll } from "./law-type-bars.js";
import { type BarRow, levelBars } from "./level-bars-chart.js";
import { counted, percentText } from "./number-text.js";
import { tableOf } from "./result-table.js";

/** The picture shows no more levels of one field than this; the table has them all. */
const mostLevels = 10;

/** Law type, lead application and case type of all; undefined where no figure may be shown. */
export function caseTypesChart(result: Result): Chart | undefined {
  return kindsChart(result, (count) => `${counted(count, "kind")} of work`);
}

/** Categories of the plan's own; undefined where no figure may be shown. */
export function ownFieldsChart(result: Result): Chart | undefined {
  return kindsChart(result, (count) => counted(count, "group"));
}

/**
 * Several classifications of all, a block of bars each; the commonest levels where there are many.
 *
 * @param countedKinds - how the headline tells of so many levels, where none is the commonest
 */
function kindsChart({ tables, base }: Result, countedKinds: (count: number) => string): Chart | undefined {
  if (!tables.some(hasFigures)) return undefined;
  const rows = tables.flatMap(barsOf);
  const told = rows.map(
    ({ characteristic, level, cells }) => `${characteristic}, ${level} ${cellText(cells[0])}`,
  );
  return {
    ...levelBars({ panels: [""], kind: "share", rows }),
    title: titleOf(tables, base.unit, countedKinds),
    subtitle: `Percentage of ${base.unit} of which each is known, ${base.period}, with 95% intervals`,
    description: `Bars for ${tables.map(({ dimensions }) => inSentence(dimensions[1] as string)).join(", ")}. ${told.join("; ")}.`,
    table: tableOf(allRows(tables)),
    notes: [barsNote, ...tables.flatMap(cutNote)],
  };
}

function barsOf(table: ResultTable): BarRow[] {
  const characteristic = table.dimensions[1] as string;
  return allOf(table)
    .filter(({ unknown }, at) => unknown || at < mostLevels)
    .map(({ level, unknown, share }) => ({
      characteristic,
      level: unknown ? `${level} (% of all)` : level,
      cells: [share],
      ...(unknown ? { unknown } : {}),
    }));
}

function allOf(table: ResultTable) {
  const rows = levelRows(table);
  return rows.filter(({ law }) => law === rows[0]?.law);
}

function cutNote(table: ResultTable): string[] {
  const more = allOf(table).filter(({ unknown }) => !unknown).length - mostLevels;
  if (more <= 0) return [];
  return [
    `${table.dimensions[1]}: the ${mostLevels} commonest are drawn, and ${counted(more, "other")} stand${more === 1 ? "s" : ""} in the table.`,
  ];
}

/** The rows of all units of every table, in one. */
function allRows(tables: readonly ResultTable[]): ResultTable {
  const [first] = tables as [ResultTable, ...ResultTable[]];
  return {
    ...first,
    dimensions: ["Of what", "Group"],
    rows: tables.flatMap((table) =>
      table.rows
        .filter(({ names }) => names[0] === table.rows[0]?.names[0])
        .map(({ names, cells }) => ({ names: [table.dimensions[1] as string, names[1] as string], cells })),
    ),
  };
}

/** Law type first, for it is what the work divides into; else what leads. */
function titleOf(
  tables: readonly ResultTable[],
  unit: string,
  countedKinds: (count: number) => string,
): string {
  for (const table of tables) {
    const shares = sharesOfAll(table);
    const leading = leadingLevel(shares, { disjoint: true });
    if (leading === undefined) continue;
    const share = percentText(leading.share.value, 1);
    const noun = inSentence(table.dimensions[1] as string);
    if (table.id === "case_types_law_type")
      return headline(`${share} of ${unit} are in ${inSentence(leading.label)} law`);
    return headline(
      `${leading.label} is the commonest ${noun}, at ${share}`,
      `The commonest ${noun} makes up ${share}`,
    );
  }
  const drawn = tables.reduce(
    (sum, table) => sum + sharesOfAll(table).filter(({ share }) => !isMarked(share)).length,
    0,
  );
  return `${countedKinds(drawn)}, none clearly the commonest`;
}
