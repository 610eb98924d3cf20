import { thousands } from "../../frame/words.js";
import { benjaminiHochberg } from "../../statistics/benjamini-hochberg.js";
import type { About, Counted, Item, PopulationLevel, Refusal, Subject } from "../item.js";
import {
  type Cell,
  isInterval,
  type KeyMessage,
  type Measure,
  type Result,
  type ResultRow,
  type ResultTable,
} from "../result.js";
import { knownIn } from "../shares.js";
import { fieldOf, tabulate } from "../tabulate.js";
import { type Count, isMarked, type Level, type Tally } from "../tally.js";
import { ofChildren, unitNoun } from "../units.js";
import { periodText } from "../words.js";
import {
  characteristicField,
  type MatchedPopulation,
  matchPopulation,
  populationOf,
  withEmptyLevels,
} from "./population.js";
import { type RelativeRate, relativeRate } from "./relative-rate.js";

/** Who is over-represented: each group's rate against that of everyone else in a supplied population. */
export const disproportionalityItem: Item = {
  id: "disproportionality",
  section: "children",
  question: "Who is over-represented?",
  needs: "a population by group, and the characteristic",
  refusal,
  count,
  result,
};

function refusal(subject: Subject): Refusal | undefined {
  if ((subject.population ?? []).length === 0)
    return {
      reason: "The plan names no population to compare with.",
      instead:
        "Name a CSV of it under pia: population, or read the shares of each group without a comparison.",
    };
  if (comparable(subject).length > 0) return undefined;
  return {
    reason: "None of the population's characteristics is a field of the export with one value a unit.",
    instead: "Name the population's characteristics as the fields are, for example ethnic_group.",
  };
}

function comparable({ frame, population = [] }: Subject): string[] {
  const names = new Set(population.map(({ characteristic }) => characteristicField(characteristic)));
  return [...names].filter((name) => frame.fields.get(name)?.kind === "category");
}

function count(subject: Subject): Counted {
  const { plan, population = [] } = subject;
  return {
    tallies: comparable(subject).map((name) =>
      withEmptyLevels(
        tabulate(subject, { id: `disproportionality/${name}`, universe: unitNoun(plan), rows: name }),
        { field: fieldOf(subject, name), plan, population: populationOf(population, name) },
      ),
    ),
  };
}

/** A group and what its rate is compared with. */
interface Compared {
  readonly tally: Tally;
  readonly level: Level;
  readonly units: Count;
  readonly population: number;
  readonly rate: RelativeRate;
  /** The rate with the count that rounding leaves open and that is nearest to what is expected: what is claimed has to hold of it. */
  readonly nearest: RelativeRate;
}

/** The group that published indices of ethnicity compare with. */
const published = { field: "ethnic_group", level: "white" } as const;

function result({ tallies }: Counted, { plan, population = [] }: About): Result {
  const noun = unitNoun(plan);
  const matches = tallies.map((tally) => ({
    tally,
    match: matchPopulation(tally, populationOf(population, tally.rows.field)),
  }));
  const withOthers = matches.flatMap(({ tally, match }) => againstOthers(tally, match));
  const withWhite = matches.flatMap(({ tally, match }) => againstPublished(tally, match));
  const period = periodText(plan);
  const others = tableOf(withOthers, {
    id: "disproportionality",
    caption: `Rate of each group in the population, against that of all other groups, ${noun}, ${period}`,
    noun,
  });
  const white = tableOf(withWhite, {
    id: "disproportionality_white",
    caption: `Rate of each ethnic group in the population, against that of the white group, ${noun}, ${period}`,
    noun,
  });
  const first = tallies[0] as Tally;
  return {
    base: { units: first.total, unit: unitNoun(plan), period },
    method:
      `Relative rate index: ${noun} for each person of the population in a group, over the same in all other groups ` +
      "together, whose sizes are known; units of which the characteristic is not known are in neither.",
    uncertainty:
      `95% intervals by Wilson's method${ofChildren(plan, " on the size that children of one case leave")}, symmetric on the logarithm; p-values ` +
      `adjusted for the number of groups (Benjamini and Hochberg)${(first.slack ?? 0) > 0 ? ", the largest that rounding allows" : ""}. They describe the process that brought the cases, and take the population as known.`,
    tables: withWhite.length > 0 ? [others, white] : [others],
    notes: [
      ...matches.flatMap(({ tally, match }) => leftOver(tally, match, noun)),
      ...notCompared(tallies, population),
      "A rate that differs says nothing of why; age, place and need differ between groups too.",
    ],
    messages: messagesOf(withOthers, noun),
    enquiries: enquiriesOf(withOthers, noun),
  };
}

/** Units of levels that have a number in the population. */
function matchedTotal(tally: Tally, { withoutPopulation }: MatchedPopulation): Count {
  const known = knownIn(tally, "all");
  const apart = withoutPopulation.map((row) => tally.rowTotals[row] as Count);
  const hidden = [known, ...apart].find(isMarked);
  return hidden ?? apart.reduce<number>((left, units) => left - (units as number), known as number);
}

function againstOthers(tally: Tally, match: MatchedPopulation): Compared[] {
  const all = match.rows.reduce((sum, { population }) => sum + population, 0);
  const both = matchedTotal(tally, match);
  if (match.rows.length < 2) return [];
  return match.rows.map(({ row, population }) =>
    compared(tally, row, {
      both,
      firstPopulation: population,
      secondPopulation: all - population,
    }),
  );
}

function againstPublished(tally: Tally, { rows }: MatchedPopulation): Compared[] {
  const keyOf = (row: number): string => (tally.rows.levels[row] as Level).key;
  const reference = rows.find(({ row }) => keyOf(row) === published.level);
  if (tally.rows.field !== published.field || reference === undefined) return [];
  const second = tally.rowTotals[reference.row] as Count;
  return rows.flatMap(({ row, population }) => {
    if (row === reference.row) return [];
    const first = tally.rowTotals[row] as Count;
    const both = isMarked(first) ? first : isMarked(second) ? second : first + second;
    return [
      compared(tally, row, { both, firstPopulation: population, secondPopulation: reference.population }),
    ];
  });
}

function compared(
  tally: Tally,
  row: number,
  of: { readonly both: Count; readonly firstPopulation: number; readonly secondPopulation: number },
): Compared {
  const units = tally.rowTotals[row] as Count;
  const effect = tally.effects?.rowTotals[row];
  const rateOf = (first: Count): RelativeRate =>
    relativeRate({ first, ...of, ...(effect === undefined ? {} : { designEffect: effect }) });
  return {
    tally,
    level: tally.rows.levels[row] as Level,
    units,
    population: of.firstPopulation,
    rate: rateOf(units),
    nearest: rateOf(nearestTo(units, { ...of, slack: tally.slack ?? 0 })),
  };
}

/** A count moved by at most `slack` towards what equal rates would give. */
function nearestTo(
  units: Count,
  {
    both,
    firstPopulation,
    secondPopulation,
    slack,
  }: {
    readonly both: Count;
    readonly firstPopulation: number;
    readonly secondPopulation: number;
    readonly slack: number;
  },
): Count {
  if (isMarked(units) || isMarked(both) || units === 0) return units;
  const expected = (both * firstPopulation) / (firstPopulation + secondPopulation);
  return Math.abs(units - expected) <= slack ? expected : units - slack * Math.sign(units - expected);
}

function tableOf(
  all: readonly Compared[],
  { id, caption, noun }: { readonly id: string; readonly caption: string; readonly noun: string },
): ResultTable {
  const adjusted = adjustedOf(all);
  const measures: Measure[] = [
    { key: noun, label: noun === "cases" ? "Cases" : "Children", kind: "count" },
    { key: "population", label: "Population", kind: "count" },
    { key: "rate_per_10000", label: "Rate per 10,000 of the population", kind: "number" },
    { key: "relative_rate_index", label: "Relative rate index", kind: "ratio", interval: true },
    { key: "adjusted_p_value", label: "Adjusted p-value", kind: "probability" },
  ];
  const rows = all.map(
    ({ tally, level, units, population, rate }, at): ResultRow => ({
      names: [tally.rows.label, level.label],
      cells: [
        units,
        population,
        isMarked(units) ? units : (units / population) * 10_000,
        rate.ratio,
        adjusted[at] as Cell,
      ],
    }),
  );
  return { id, caption, dimensions: ["Characteristic", "Group"], measures, rows };
}

/** Over the comparisons that could be made: the largest that rounding allows. */
function adjustedOf(all: readonly Compared[]): Cell[] {
  const made = all.filter(({ nearest }) => nearest.pValue !== undefined);
  const values = benjaminiHochberg(made.map(({ nearest }) => nearest.pValue as number));
  return all.map((one): Cell => {
    const at = made.indexOf(one);
    if (at !== -1) return values[at] as number;
    return isMarked(one.rate.ratio) ? one.rate.ratio : { mark: "x" };
  });
}

function leftOver(tally: Tally, { withoutPopulation, unmatched }: MatchedPopulation, noun: string): string[] {
  const what = tally.rows.label;
  const here = withoutPopulation.map((row) => {
    const units = tally.rowTotals[row] as Count;
    const said = isMarked(units) ? "not shown" : thousands(units);
    return `${(tally.rows.levels[row] as Level).label} (${said})`;
  });
  const there = unmatched.map(({ level, population }) => `${level} (${thousands(population)})`);
  return [
    ...(here.length > 0
      ? [
          `${what}: the population has no number for ${here.join(", ")}; these ${noun} are in no comparison.` +
            (tally.rows.field === published.field
              ? " The 2021 census counts Chinese as Asian, and this analysis apart: give both numbers."
              : ""),
        ]
      : []),
    ...(there.length > 0
      ? [
          `${what}: no ${noun} are of these levels of the population, or a level is given twice: ${there.join(", ")}; they are in no comparison.`,
        ]
      : []),
  ];
}

function notCompared(tallies: readonly Tally[], population: readonly PopulationLevel[]): string[] {
  const used = new Set(tallies.map(({ rows }) => rows.field));
  const names = new Set(
    population
      .filter(({ characteristic }) => !used.has(characteristicField(characteristic)))
      .map(({ characteristic }) => characteristic),
  );
  if (names.size === 0) return [];
  return [
    `The population's ${[...names].join(", ")} is no field of the export with one value a unit, and is not compared.`,
  ];
}

const significant = 0.05;

interface Clear {
  readonly name: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** Comparisons whose adjusted p-value and interval both tell them from 1, the furthest first. */
function clearOnes(all: readonly Compared[]): Clear[] {
  const adjusted = adjustedOf(all);
  return all
    .flatMap(({ tally, level, rate: { ratio }, nearest }, at): Clear[] => {
      const p = adjusted[at];
      if (!isInterval(ratio) || !isInterval(nearest.ratio)) return [];
      if (typeof p !== "number" || p >= significant) return [];
      if (nearest.ratio.lower <= 1 && nearest.ratio.upper >= 1) return [];
      return [{ ...ratio, name: `${tally.rows.label}, ${level.label}` }];
    })
    .sort((a, b) => distance(b) - distance(a));
}

/** How far from 1 the near end of the interval is, as a ratio. */
function distance({ lower, upper }: Clear): number {
  return lower > 1 ? lower : 1 / upper;
}

function said({ name, value, lower, upper }: Clear, noun: string): string {
  const times = value.toFixed(value < 0.95 ? 2 : 1);
  return (
    `${name}: ${times} times as many ${noun} for each person of the population as all other groups ` +
    `(95% interval ${lower.toFixed(2)} to ${upper.toFixed(2)}).`
  );
}

function messagesOf(all: readonly Compared[], noun: string): KeyMessage[] {
  const clear = clearOnes(all);
  if (clear.length > 0)
    return clear.slice(0, 3).map((one) => ({
      text: said(one, noun),
      weight: Math.min(0.9, 0.4 + 0.25 * (distance(one) - 1)),
    }));
  if (!all.some(({ rate }) => rate.pValue !== undefined)) return [];
  return [
    { text: "No group's rate differs clearly from that of the others in the population.", weight: 0.2 },
  ];
}

/** A near bound this far from 1 is worth a look. */
const striking = 1.25;

function enquiriesOf(all: readonly Compared[], noun: string): KeyMessage[] {
  return clearOnes(all)
    .filter((one) => distance(one) >= striking)
    .slice(0, 2)
    .map((one) => ({
      text: `${said(one, noun)} Do practice and decisions account for it, or the families who come?`,
      weight: Math.min(0.9, 0.3 + 0.25 * (distance(one) - 1)),
    }));
}
