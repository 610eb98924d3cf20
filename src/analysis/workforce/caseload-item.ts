import { thousands } from "../../frame/words.js";
import { quantile } from "../../statistics/quantile.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { missingIn } from "../law-types.js";
import type { Cell, KeyMessage, Measure, Result, ResultTable } from "../result.js";
import { type Count, isMarked, type Statistic, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { longDate } from "../words.js";
import { bandTally, caseloadsOf, holderTally, severalTeamsTally } from "./caseloads.js";

/** How evenly open work is spread over practitioners and teams. */
export const caseloadItem: Item = {
  id: "caseload",
  section: "workforce",
  question: "Are workloads even?",
  needs: "practitioner, and which cases are open",
  refusal,
  count,
  result,
};

function refusal(subject: Subject): Refusal | undefined {
  const { fields } = subject.frame;
  const practitioner = fields.get("practitioner");
  if (practitioner === undefined || practitioner.kind === "list")
    return {
      reason: "The export does not say who holds each case.",
      instead: "Map practitioner, or ask for the number of practitioners by team.",
    };
  if (!fields.has("delay_is_open"))
    return {
      reason: "The export does not say which cases are open, so that closed ones would count as work.",
      instead: "Map application_date and closed_date.",
    };
  if (caseloadsOf(subject).teams.length > 0) return undefined;
  return {
    reason: "No open case of the export has a practitioner.",
    instead: "Read “Who has no practitioner yet, and how long did allocation take?”.",
  };
}

function count(subject: Subject): Counted {
  const { teams, inSeveralTeams } = caseloadsOf(subject);
  const statistics: Record<string, Statistic> = {};
  teams.forEach(({ loads }, team) => {
    // One practitioner's work rests on one: never in a publishable edition.
    loads.forEach((value, at) => {
      statistics[loadName(team, at)] = { value, base: 1, step: 1 };
    });
  });
  return {
    tallies: [bandTally(teams), holderTally(subject), severalTeamsTally(teams, inSeveralTeams)],
    statistics,
  };
}

/** Under which name a practitioner's caseload stands. */
function loadName(team: number, at: number): string {
  return `load/${team}/${at}`;
}

/** The caseloads of each team of an internal edition, in the order of the tally's columns. */
export function loadsByTeam({ tallies, statistics = {} }: Counted): { label: string; loads: number[] }[] {
  const [bands] = tallies as [Tally];
  return bands.columns.levels.map(({ label }, team) => {
    const loads: number[] = [];
    for (;;) {
      const load = statistics[loadName(team, loads.length)];
      if (load === undefined || isMarked(load)) return { label, loads };
      loads.push(load.value);
    }
  });
}

function result(counted: Counted, { plan, edition }: About): Result {
  const noun = unitNoun(plan);
  const [bands] = counted.tallies as [Tally];
  const teams = edition === "internal" ? loadsByTeam(counted) : [];
  const date = longDate(plan.reference_date);
  const internal = edition === "internal";
  return {
    base: { units: bands.total, unit: "practitioners", period: date },
    method: internal
      ? `Open ${noun} of each practitioner; quartiles by interpolation (type 7).`
      : `Practitioners by how many open ${noun} they hold.`,
    uncertainty: "None: all practitioners are counted. A caseload is that of one day.",
    tables: internal
      ? [quartileTable(teams, { noun, date }), bandTable(bands, { noun, date })]
      : [bandTable(bands, { noun, date })],
    notes: [
      ...notesOf(counted, noun),
      "A caseload says nothing of part-time work, of the kind of work or of its weight.",
    ],
    messages: messagesOf(teams, noun),
    enquiries: [],
  };
}

interface Said {
  readonly noun: string;
  readonly date: string;
}

function quartileTable(
  teams: readonly { readonly label: string; readonly loads: readonly number[] }[],
  { noun, date }: Said,
): ResultTable {
  const measures: Measure[] = [
    { key: "practitioners", label: "Practitioners", kind: "count" },
    { key: `open_${noun}`, label: `Open ${noun}`, kind: "count" },
    { key: "least", label: "Least", kind: "count" },
    { key: "lower_quartile", label: "Lower quartile", kind: "number" },
    { key: "median", label: "Median", kind: "number" },
    { key: "upper_quartile", label: "Upper quartile", kind: "number" },
    { key: "most", label: "Most", kind: "count" },
  ];
  const cellsOf = (loads: readonly number[]): Cell[] => [
    loads.length,
    loads.reduce((sum, load) => sum + load, 0),
    ...[0, 0.25, 0.5, 0.75, 1].map((fraction) => quantile(loads, fraction)),
  ];
  const all = { label: "All teams", loads: teams.flatMap(({ loads }) => loads) };
  return {
    id: "caseload",
    caption: `Open ${noun} a practitioner, by team, ${date}`,
    dimensions: ["Team"],
    measures,
    rows: [all, ...teams].map(({ label, loads }) => ({ names: [label], cells: cellsOf(loads) })),
  };
}

function bandTable({ rows, columns, cells, rowTotals }: Tally, { noun, date }: Said): ResultTable {
  const all = { label: "All teams", counts: rowTotals };
  const teams = columns.levels.map(({ label }, team) => ({
    label,
    counts: cells.map((row) => row[team] as Count),
  }));
  return {
    id: "caseload_bands",
    caption: `Practitioners by the number of open ${noun} that they hold, by team, ${date}`,
    dimensions: ["Team"],
    measures: rows.levels.map(({ key, label }) => ({
      key: `practitioners_${key.replaceAll(" ", "_")}`,
      label,
      kind: "count",
    })),
    rows: [all, ...teams].map(({ label, counts }) => ({ names: [label], cells: counts })),
  };
}

function notesOf({ tallies }: Counted, noun: string): string[] {
  const [, holders, homes] = tallies as [Tally, Tally, Tally];
  const [unallocated, several] = [missingIn(holders), homes.rowTotals[0] as Count];
  return [
    ...(unallocated === 0
      ? []
      : [
          isMarked(unallocated)
            ? `Open ${noun} without a practitioner are in no caseload.`
            : `${thousands(unallocated)} open ${noun} have no practitioner and are in no caseload.`,
        ]),
    ...(several === 0
      ? []
      : [
          `${holdersText(several)} open ${noun} of several teams; all of them count in the team where most are.`,
        ]),
  ];
}

function holdersText(count: Count): string {
  if (isMarked(count)) return "A practitioner may hold";
  return `${thousands(count)} ${count === 1 ? "practitioner holds" : "practitioners hold"}`;
}

function messagesOf(teams: readonly { readonly loads: readonly number[] }[], noun: string): KeyMessage[] {
  const all = teams.flatMap(({ loads }) => loads);
  if (all.length === 0) return [];
  const [low, middle, high] = [0.25, 0.5, 0.75].map((fraction) => said(quantile(all, fraction)));
  return [
    {
      text: `The middle half of ${thousands(all.length)} practitioners hold ${low} to ${high} open ${noun} each, with a median of ${middle}; the most is ${thousands(quantile(all, 1))}.`,
      weight: 0.45,
    },
  ];
}

function said(value: number): string {
  return Number.isInteger(value) ? thousands(value) : value.toFixed(1);
}
