import { leadingLevel } from "../analysis/leading.js";
import type { Result, ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { inSentence, listText } from "../analysis/words.js";
import { counted } from "../frame/words.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import { barsNote, cellText, hasFigures, levelRows, sharesOfAll } from "./law-type-bars.js";
import { type BarRow, levelBars } from "./level-bars-chart.js";
import { percentText } from "./number-text.js";
import { tableOf } from "./result-table.js";

/** The picture shows no more levels of one field than this; the table has them all. */
const mostLevels = 10;

/** Law type, lead application and case type of all; undefined where no figure may be shown. */
export function caseTypesChart(result: Result): Chart | undefined {
  return kindsChart(result, titleOfWork);
}

/** Categories of the plan's own; undefined where no figure may be shown. */
export function ownFieldsChart(result: Result): Chart | undefined {
  return kindsChart(result, titleOfOwn);
}

/**
 * Several classifications of all, a block of bars each; the commonest levels where there are many.
 *
 * @param titleOf - the headline, of the tables and what their units are called
 */
function kindsChart(
  { tables, base }: Result,
  titleOf: (tables: readonly ResultTable[], unit: string) => string,
): Chart | undefined {
  if (!tables.some(hasFigures)) return undefined;
  const rows = tables.flatMap(barsOf);
  const told = rows.map(
    ({ characteristic, level, cells }) => `${characteristic}, ${level} ${cellText(cells[0])}`,
  );
  return {
    ...levelBars({
      panels: [""],
      kind: "share",
      rows: tables.flatMap((table) => headed(table, barsOf(table))),
    }),
    title: titleOf(tables, base.unit),
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

/** Bars under a heading that says how many levels are left to the table. */
function headed(table: ResultTable, rows: readonly BarRow[]): BarRow[] {
  const all = knownLevels(table);
  if (all <= mostLevels) return [...rows];
  return rows.map((row) => ({
    ...row,
    characteristic: `${row.characteristic}: ${mostLevels} commonest of ${all}`,
  }));
}

function knownLevels(table: ResultTable): number {
  return allOf(table).filter(({ unknown }) => !unknown).length;
}

function allOf(table: ResultTable) {
  const rows = levelRows(table);
  return rows.filter(({ law }) => law === rows[0]?.law);
}

function cutNote(table: ResultTable): string[] {
  const more = knownLevels(table) - mostLevels;
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
function titleOfWork(tables: readonly ResultTable[], unit: string): string {
  for (const table of tables) {
    const found = leadingOf(table);
    if (found === undefined) continue;
    const { leading, share, noun } = found;
    if (table.id === "case_types_law_type")
      return headline(`${share} of ${unit} are in ${inSentence(leading)} law`);
    return headline(
      `${leading} is the commonest ${noun}, at ${share}`,
      `The commonest ${noun} makes up ${share}`,
    );
  }
  const drawn = tables.reduce(
    (sum, table) => sum + sharesOfAll(table).filter(({ share }) => !isMarked(share)).length,
    0,
  );
  return `${counted(drawn, "kind")} of work, none clearly the commonest`;
}

/** Categories have nothing to do with each other: what leads in one of them is said of that one, and never of all together. */
function titleOfOwn(tables: readonly ResultTable[]): string {
  const [first] = tables.map(leadingOf).filter((found) => found !== undefined);
  if (first === undefined) {
    const nouns = listText(
      tables.map(({ dimensions }) => inSentence(dimensions[1] as string)),
      "or",
    );
    return headline(
      `No one ${nouns} is clearly the commonest`,
      "No category has a value that is clearly the commonest",
    );
  }
  return headline(
    `${first.leading} is the commonest ${first.noun}, at ${first.share}`,
    `The commonest ${first.noun} makes up ${first.share}`,
  );
}

/** The commonest level of a table, where one is clearly so. */
function leadingOf(
  table: ResultTable,
): { readonly leading: string; readonly share: string; readonly noun: string } | undefined {
  const leading = leadingLevel(sharesOfAll(table), { disjoint: true });
  if (leading === undefined) return undefined;
  return {
    leading: leading.label,
    share: percentText(leading.share.value, 1),
    noun: inSentence(table.dimensions[1] as string),
  };
}
