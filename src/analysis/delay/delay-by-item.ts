import { ageBand } from "../../frame/bands.js";
import { completedYears } from "../../frame/calendar.js";
import { LevelBuilder, levelAt, notRecorded } from "../../frame/field.js";
import { capital, fieldLabel } from "../../frame/labels.js";
import { benjaminiHochberg } from "../../statistics/benjamini-hochberg.js";
import { type ClusteredLogRankTest, clusteredLogRank } from "../../statistics/clustered-log-rank.js";
import { clusteredRestrictedMeanDifference } from "../../statistics/clustered-restricted-mean.js";
import type { Grouping } from "../../statistics/grouping.js";
import type { ClusteredCases } from "../../statistics/placed-cases.js";
import type { RestrictedMeanDifference } from "../../statistics/restricted-mean.js";
import { axisOf } from "../axis.js";
import type { About, Counted, Item, Subject } from "../item.js";
import type { Cell, Result, ResultRow } from "../result.js";
import { countIn } from "../shares.js";
import { inOneArea, withField } from "../subject-fields.js";
import { fieldOf, tabulate } from "../tabulate.js";
import { isMarked, type Marked, type Statistic, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { periodText } from "../words.js";
import { ageAtStart, delayEnquiries, delayMessages, type Figures } from "./delay-by-words.js";
import { followUpTally } from "./follow-up-tally.js";
import { observe, windowRefusal } from "./observation.js";
import { leastAtRisk, orUndefined } from "./survival-curves.js";
import { survivalBase, survivalMethod, weeksCell, windowNotes } from "./survival-words.js";
import { asClustered, type Watched, watch, watchedAmong } from "./watched.js";

/** Which children's cases last longer than the others'. */
export const delayByItem: Item = {
  id: "delay-by",
  section: "delay",
  question: "Who waits longer than others?",
  needs: "an observation window, and gender, date of birth, ethnicity, disability or service area",
  refusal: (subject) =>
    windowRefusal(subject) ??
    (characteristicsOf(subject).length > 0
      ? undefined
      : {
          reason:
            "The export has none of the characteristics that waiting is compared by, or children of one case have several.",
          instead: "Map gender, date_of_birth, ethnicity, disability or service_area, with unit: child.",
        }),
  count,
  result,
};

/** Days; most groups still have enough at risk then. */
const horizon = 364;
const leastEvents = 10;
const area = "service_area";
const compared = ["gender", ageAtStart, "ethnic_group", "disability", area] as const;

function characteristicsOf(subject: Subject): readonly string[] {
  const { fields } = subject.frame;
  return compared.filter((name) => {
    const [birth, start] = [fields.get("date_of_birth"), fields.get(subject.plan.delay.from)];
    if (name === ageAtStart) return birth?.kind === "date" && start?.kind === "date";
    const field = fields.get(name);
    return field !== undefined && (name === area || field.kind !== "list");
  });
}

function withAge(subject: Subject): Subject {
  const { frame, plan, units } = subject;
  const [birth, start] = [frame.fields.get("date_of_birth"), frame.fields.get(plan.delay.from)];
  if (birth?.kind !== "date" || start?.kind !== "date") return subject;
  const builder = new LevelBuilder();
  const codes = new Int32Array(frame.ids.length).fill(builder.code(notRecorded));
  for (const unit of units) {
    const [born, begun] = [levelAt(birth, unit), levelAt(start, unit)];
    if (born === "" || begun === "") continue;
    codes[unit] = builder.code(ageBand(born > begun ? -1 : completedYears(born, begun), plan.bands.age.from));
  }
  return withField(subject, { name: ageAtStart, kind: "category", levels: builder.levels, codes });
}

function count(subject: Subject): Counted {
  const areas = subject.frame.fields.get(area);
  const aged = withAge(areas === undefined ? subject : withField(subject, inOneArea(areas)));
  const watched = watch(subject);
  const names = characteristicsOf(subject);
  const found = names.flatMap((name) => comparisonsOf(aged, watched, name));
  const adjusted = benjaminiHochberg(found.map(({ differs }) => differs));
  const statistics: Record<string, Statistic> = { ...observe(subject).doubts };
  for (const [at, { key, difference, pValue, base }] of found.entries()) {
    statistics[`difference.${key}`] = difference;
    statistics[`log_rank.${key}`] = { value: pValue, base, step: 0.001 };
    statistics[`adjusted.${key}`] = { value: adjusted[at] as number, base, step: 0.001 };
  }
  return {
    tallies: [
      followUpTally(subject, "delay-by"),
      ...names.map((name) =>
        inOrder(
          tabulate(aged, { id: `delay-by-${name}`, universe: unitNoun(subject.plan), rows: name }),
          subject,
        ),
      ),
    ],
    statistics,
  };
}

/** Ages in the order of their bands. */
function inOrder(tally: Tally, { plan }: Subject): Tally {
  if (tally.rows.field !== ageAtStart) return tally;
  const bands = ["unborn", ...plan.bands.age.from.map((from) => ageBand(from, plan.bands.age.from))];
  const place = (row: number): number => {
    const at = bands.indexOf(tally.rows.levels[row]?.key as string);
    return at === -1 ? bands.length : at;
  };
  const rows = [...tally.rows.levels.keys()].sort((a, b) => place(a) - place(b) || a - b);
  const levels = rows.map((row) => {
    const level = tally.rows.levels[row] as Tally["rows"]["levels"][number];
    const label = level.key === "0" ? "Under 1" : capital(level.label);
    return { ...level, label };
  });
  const { effects: _, ...rest } = tally;
  const { byCount: __, ...axis } = tally.rows;
  return {
    ...rest,
    rows: { ...axis, label: "Age when the case began", levels },
    cells: rows.map((row) => tally.cells[row] as readonly number[]),
    rowTotals: rows.map((row) => countIn(tally, row, "all")),
  };
}

interface Comparison {
  readonly key: string;
  readonly difference: Statistic;
  /** p-value of the difference, and of the log-rank test. */
  readonly differs: number;
  readonly pValue: number;
  readonly base: number;
}

/** Each level against all other known levels together. */
function comparisonsOf(subject: Subject, all: Watched, name: string): Comparison[] {
  const field = fieldOf(subject, name);
  const keys = axisOf(field, subject.plan, all.units).levels.flatMap(({ key, unknown }) =>
    unknown ? [] : [key],
  );
  const { watched, groups } = watchedAmong(all, field, keys);
  if (watched.units.length === 0) return [];
  const cases = asClustered(watched);
  const basis = basisOf(watched, { codes: groups, count: keys.length });
  return keys.flatMap((key, level) => {
    const base = basis(level);
    if (base < leastEvents) return [];
    const codes = groups.map((group) => (group === level ? 0 : 1));
    const found = againstOthers(cases, codes);
    return found === undefined ? [] : [comparison(`${name}.${key}`, found, base)];
  });
}

/**
 * What the comparison of a group rests on: the fewest, among the group and the others, that ended by the horizon, or that
 * are at risk then.
 */
function basisOf({ entry, exit, event }: Watched, { codes, count }: Grouping): (group: number) => number {
  const [ended, atRisk] = [new Int32Array(count), new Int32Array(count)];
  for (let at = 0; at < exit.length; at++) {
    const [group, end] = [codes[at] as number, exit[at] as number];
    if (event[at] === 1 && end <= horizon) ended[group]!++;
    if (end >= horizon && (entry[at] as number) < horizon) atRisk[group]!++;
  }
  const sum = (counts: Int32Array): number => counts.reduce((total, one) => total + one, 0);
  const all = [sum(ended), sum(atRisk)] as const;
  return (group) => {
    const own = [ended[group] as number, atRisk[group] as number] as const;
    return Math.min(...own, all[0] - own[0], all[1] - own[1]);
  };
}

const cannot = ["FOLLOW_UP_TOO_SHORT", "AT_RISK_TOO_FEW", "TIME_OUT_OF_RANGE", "STATISTIC_UNDEFINED"];

interface Contrast {
  readonly restricted: RestrictedMeanDifference;
  readonly logRank: ClusteredLogRankTest;
}

/** @param codes - 0 in the group, 1 in the others */
function againstOthers(cases: ClusteredCases, codes: Int32Array): Contrast | undefined {
  return orUndefined(cannot, () => ({
    restricted: clusteredRestrictedMeanDifference(cases, codes, {
      until: horizon,
      minimumAtRisk: leastAtRisk,
    }),
    logRank: clusteredLogRank(cases, codes),
  }));
}

function comparison(key: string, { restricted, logRank }: Contrast, base: number): Comparison {
  const { difference, interval, pValue } = restricted;
  return {
    key,
    difference: { value: difference, ...interval, base, step: 7 },
    differs: pValue,
    pValue: logRank.pValue,
    base,
  };
}

function result(counted: Counted, { plan }: About): Result {
  const [tally, ...characteristics] = counted.tallies as readonly [Tally, ...Tally[]];
  const { statistics = {} } = counted;
  const noun = unitNoun(plan);
  return {
    base: survivalBase(tally, plan),
    method:
      `${survivalMethod} Each group against all others known: the difference of how long a case lasts on average, counted up to ${horizon / 7} weeks, ` +
      "and the log-rank test.",
    uncertainty:
      `95% intervals${plan.unit === "child" ? " and tests let children of one case end together, also where they are in different groups" : ""}; ` +
      "p-values of the differences are adjusted for the number of groups (Benjamini and Hochberg). The log-rank test sees the whole curves, beyond the horizon too.",
    tables: [
      {
        id: "delay_by",
        caption: `How many weeks longer or shorter cases last than those of all others, counted up to ${horizon / 7} weeks, ${periodText(plan)}`,
        dimensions: ["Characteristic", "Group"],
        measures: [
          { key: "difference_weeks", label: "Difference (weeks)", kind: "weeks", interval: true },
          { key: noun, label: noun === "cases" ? "Cases" : "Children", kind: "count" },
          { key: "log_rank_p", label: "Log-rank p", kind: "probability" },
          { key: "adjusted_p", label: "Adjusted p of the difference", kind: "probability" },
        ],
        rows: characteristics.flatMap((of) => rowsOf(of, statistics)),
      },
    ],
    notes: [
      `A group is compared only where it and the others have at least ${leastEvents} endings by ${horizon / 7} weeks, and ${leastAtRisk} at risk then.`,
      "Age is that when the case began. Groups differ in law type and kind of work too: a difference says who waits, not why.",
      ...windowNotes(counted, plan),
    ],
    messages: delayMessages(characteristics, statistics, horizon),
    enquiries: delayEnquiries(characteristics, statistics),
  };
}

function rowsOf(tally: Tally, statistics: Figures): ResultRow[] {
  return tally.rows.levels.flatMap(({ key, label, unknown }, row): ResultRow[] => {
    const name = `${tally.rows.field}.${key}`;
    if (unknown) return [];
    return [
      {
        names: [tally.rows.field === ageAtStart ? tally.rows.label : fieldLabel(tally.rows.field), label],
        cells: [
          weeksCell(statistics[`difference.${name}`]),
          countIn(tally, row, "all"),
          figureOf(statistics[`log_rank.${name}`]),
          figureOf(statistics[`adjusted.${name}`]),
        ],
      },
    ];
  });
}

function figureOf(statistic: Statistic | Marked | undefined): Cell {
  if (statistic === undefined) return { mark: "x" };
  return isMarked(statistic) ? statistic : statistic.value;
}
