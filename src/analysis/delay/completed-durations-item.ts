import { isoDay } from "../../frame/calendar.js";
import type { Field } from "../../frame/field.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { lawColumns } from "../law-types.js";
import type { Result } from "../result.js";
import { countIn, knownIn, shareIn } from "../shares.js";
import { singleValued, withField } from "../subject-fields.js";
import { tabulate } from "../tabulate.js";
import type { Statistic, Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { countText, longDate } from "../words.js";
import { thresholdWeeks } from "./curve-grid.js";
import { dayStandingTallies, laterNotes } from "./day-standing-tallies.js";
import { observe } from "./observation.js";
import { weeksCell } from "./survival-words.js";

/** How long cases that ended had taken: all that an export of ended cases can say. */
export const completedDurationsItem: Item = {
  id: "completed-durations",
  section: "delay",
  question: "How long had the cases taken that ended?",
  needs: "ended cases, without an observation window",
  refusal,
  count,
  result,
};

function refusal(subject: Subject): Refusal | undefined {
  const { shape, refusal: why } = observe(subject);
  if (shape === "closed-only" || shape === "part-closed") return undefined;
  return shape === "window"
    ? {
        reason: "The export is followed through an observation window, which says more.",
        instead:
          "Read “How long do cases last?” and “What share of cases is still open after 26, 52 and 100 weeks?”, which has the shares of ended cases beside.",
      }
    : why;
}

const [shortest, ...longer] = thresholdWeeks;
const bands = [
  `Within ${shortest} weeks`,
  ...longer.map((weeks, at) => `Over ${thresholdWeeks[at]} to ${weeks} weeks`),
  `Over ${longer.at(-1)} weeks`,
];
const open = "Not ended, or lacks a date";

function count(subject: Subject): Counted {
  const { dates } = observe(subject);
  if (dates === undefined) throw new Error("the export has no dates");
  // Who ends after the reference date is open on it.
  const reference = isoDay(subject.plan.reference_date);
  const days = dates.ended.map((ended, at) =>
    ended <= reference ? ended - (dates.begun[at] as number) : Number.NaN,
  );
  const codes = new Int32Array(subject.frame.ids.length);
  for (const [at, unit] of subject.units.entries()) {
    const took = days[at] as number;
    codes[unit] = took >= 0 ? thresholdWeeks.filter((weeks) => took > weeks * 7).length : bands.length;
  }
  const field: Field = { name: "completed_duration", kind: "text", levels: [...bands, open], codes };
  const tally = tabulate(withField(subject, field), {
    id: "completed-durations",
    universe: unitNoun(subject.plan),
    rows: field.name,
    columns: "law_type",
  });
  const statistics: Record<string, Statistic> = {};
  const lawField = subject.frame.fields.get("law_type");
  const law = lawField && singleValued(lawField);
  for (const key of ["all", ...tally.columns.levels.map((level) => level.key)]) {
    const own = days
      .filter((took, at) => took >= 0 && (key === "all" || lawOf(law, subject.units[at] as number) === key))
      .toSorted();
    if (own.length > 0) {
      statistics[`median.${key}`] = {
        value: middleOf(own),
        base: own.length,
        step: 7,
      };
    }
  }
  const ended = { ...tally, rows: { ...tally.rows, levels: openLast(tally) } };
  return { tallies: [ended, ...dayStandingTallies(subject, "completed-durations")], statistics };
}

function lawOf(law: Field | undefined, unit: number): string | undefined {
  return law?.levels[law.codes[unit] as number];
}

/** @param sorted - at least one */
function middleOf(sorted: Float64Array): number {
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] as number) + (sorted[Math.ceil(half)] as number)) / 2;
}

/** Who has not ended is in no share's base. */
function openLast({ rows }: Tally): Tally["rows"]["levels"] {
  return rows.levels.map((level) => (level.key === open ? { ...level, unknown: true } : level));
}

function result({ tallies, statistics = {} }: Counted, { plan }: About): Result {
  const counted = tallies[0] as Tally;
  // Design effects were worked out over all units, not over those that ended: they are not these shares'.
  const { effects: _, ...tally } = counted;
  const noun = unitNoun(plan);
  const columns = lawColumns(tally, plan);
  const present = bands.flatMap((band) => {
    const row = tally.rows.levels.findIndex(({ key }) => key === band);
    return row === -1 ? [] : [row];
  });
  const openRow = tally.rows.levels.findIndex(({ unknown }) => unknown);
  return {
    base: {
      units: knownIn(tally, "all"),
      unit: `ended ${unitNoun(plan)}`,
      period: longDate(plan.reference_date),
      ...(openRow === -1
        ? {}
        : {
            beside: `${countText(countIn(tally, openRow, "all"))} of all ${countText(tally.total)} have not ended, or lack a date.`,
          }),
    },
    method: `Days from the beginning to the end of cases that ended. These are completed durations: they are not how long cases last, because cases that still go on are not among them.`,
    uncertainty:
      "No interval: how far completed durations stray from how long cases last depends on the backlog, which the export does not show.",
    tables: [
      {
        id: "completed_durations",
        caption: `Completed durations of ${noun} whose case ended, in the export of ${longDate(plan.reference_date)}`,
        dimensions: ["Law type", "Duration"],
        measures: [
          { key: noun, label: noun === "cases" ? "Cases" : "Children", kind: "count" },
          { key: "share_of_ended", label: "Share of ended cases", kind: "share" },
        ],
        rows: columns.flatMap(({ at, name }) =>
          present.map((row) => {
            const share = shareIn(tally, row, at);
            return {
              names: [name, bands.find((band) => band === tally.rows.levels[row]?.key) as string],
              cells: [
                countIn(tally, row, at),
                typeof share === "object" && "value" in share ? share.value : share,
              ],
            };
          }),
        ),
      },
      {
        id: "completed_durations_medians",
        caption: `Median completed duration of ${noun} whose case ended, in the export of ${longDate(plan.reference_date)}`,
        dimensions: ["Law type"],
        measures: [{ key: "median_weeks", label: "Median (weeks)", kind: "weeks" }],
        rows: columns.map(({ at, name }) => ({
          names: [name],
          cells: [weeksCell(statistics[`median.${at === "all" ? "all" : tally.columns.levels[at]?.key}`])],
        })),
      },
    ],
    notes: [
      ...laterNotes(tallies, plan),
      "Completed durations mislead when the backlog moves: clearing old cases makes them longer, and letting them lie makes them shorter.",
    ],
    messages: [],
    enquiries: [],
  };
}
