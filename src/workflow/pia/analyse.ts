import { catalogue } from "../../analysis/catalogue.js";
import { exportNotes } from "../../analysis/delay/export-notes.js";
import { observe } from "../../analysis/delay/observation.js";
import type { About, Counted, Edition, Item, Refusal, Subject } from "../../analysis/item.js";
import { readSeries } from "../../analysis/published/read-series.js";
import { seriesItems } from "../../analysis/published/series-items.js";
import type { Result } from "../../analysis/result.js";
import { settled } from "../../analysis/settled.js";
import { withStepDecimals } from "../../analysis/step-decimals.js";
import { chartOf } from "../../charts/catalogue.js";
import type { Chart } from "../../charts/chart.js";
import { publishedChart } from "../../charts/published-chart.js";
import { coarsenCurves } from "../../disclosure/coarsen-curves.js";
import { protectStatistics } from "../../disclosure/protect-statistics.js";
import { type DisclosureRecord, protectTallies } from "../../disclosure/protect-tallies.js";
import { inPublishedOrder } from "../../disclosure/reorder.js";
import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import type { DerivedField, Disclosure, Plan } from "../../plan/types.js";
import type { ReadPart } from "../../readers/text-part.js";
import type { ManifestInput } from "../../report/manifest.js";
import type { Table } from "../../table/table.js";
import { type BuiltFrame, buildFromPlan, type Locate, type Progress } from "../build.js";
import type { PlanFile } from "../open-plan.js";
import { readEarlier } from "./earlier.js";
import { readPopulation } from "./population.js";
import { readSupplied, type Supplied, suppliedNotes } from "./supplied.js";

/** What became of one item of the catalogue. */
export type Answer =
  | { readonly item: Asking; readonly result: Result; readonly chart?: Chart }
  | { readonly item: Asking; readonly refusal: Refusal };

/** An item as the report names it. */
export type Asking = Pick<Item, "id" | "section" | "question" | "needs">;

/** An analysis of a plan's export, or of what its plan supplies without one. */
export interface Analysis {
  readonly plan: Plan;
  readonly edition: Edition;
  readonly built?: BuiltFrame;
  readonly supplied: Supplied;
  /** Of earlier exports. */
  readonly earlier?: readonly ManifestInput[];
  readonly answers: readonly Answer[];
  /** What whoever named the files must know at once: the command says it, and the report has it beside what was read. */
  readonly notes: readonly string[];
  /** Why the span that the plan says the export covers is not believed; absent where it is. */
  readonly unused?: string;
  /** What was done to small counts, in a publishable edition. */
  readonly disclosure?: DisclosureRecord & { readonly byQuestion: readonly HiddenCounts[] };
}

/** How much of what was counted for a question a publishable edition does not show. */
export interface HiddenCounts {
  readonly question: string;
  readonly counts: number;
  readonly hidden: number;
}

/** Derived fields that the items use, wherever the data can give them. */
const derived: readonly DerivedField[] = [
  "age_years",
  "age_band",
  "delay_days",
  "delay_band",
  "delay_is_open",
  "ethnic_group",
  "case_children",
];

/**
 * Reads what a plan names and asks it every question of the catalogue.
 *
 * @throws CasedrawError of the readers, of `buildFrame` and of the items
 */
export async function analyse(
  planFile: PlanFile,
  options: {
    readonly edition: Edition;
    readonly progress: Progress;
    readonly locate?: Locate;
    readonly locateSupplied?: (path: string) => string;
    readonly readPart?: ReadPart;
  },
): Promise<Analysis> {
  const { plan } = planFile;
  const { edition, progress } = options;
  const supplied = await readSupplied(planFile, options.locateSupplied);
  const { answers: published, notes: publishedNotes } = publishedAnswers(supplied.series);
  const notes = [...suppliedNotes(supplied), ...publishedNotes];
  if (plan.data.length === 0) return { plan, edition, supplied, answers: published, notes };
  const built = await buildFromPlan(planFile, { ...options, derived });
  const earlier = await readEarlier(planFile, {
    progress,
    derived,
    unitsOf,
    ...(options.locateSupplied === undefined ? {} : { locate: options.locateSupplied }),
  });
  const population =
    supplied.population === undefined ? {} : { population: readPopulation(supplied.population) };
  const subject: Subject = {
    frame: built.frame,
    plan,
    units: unitsOf(built.frame, plan),
    ...population,
    ...(earlier.subjects.length === 0 ? {} : { earlier: earlier.subjects }),
  };
  const about: About = { plan, edition, ...population };
  const { unused } = observe(subject);
  const read = {
    plan,
    edition,
    built,
    supplied,
    earlier: earlier.inputs,
    notes: [...exportNotes(subject, edition), ...notes],
    ...(unused === undefined ? {} : { unused }),
  };
  const asked = catalogue.map((item, at) => {
    progress("Counting", at / catalogue.length);
    return ask(item, subject, edition);
  });
  if (edition === "internal") {
    return { ...read, answers: [...asked.map((each) => answerOf(each, about)), ...published] };
  }
  progress("Suppressing small counts");
  const { shown, record } = publishable(asked, plan.disclosure ?? usualDisclosure);
  const answers = [...shown.map((each) => answerOf(each, about)), ...published];
  return { ...read, answers, disclosure: record };
}

/** Published figures are public: both editions show them alike. */
function publishedAnswers(tables: readonly Table[]): Pick<Analysis, "answers" | "notes"> {
  const items = seriesItems(tables.flatMap((table) => readSeries(table, table.file)));
  const answers = items.map((item): Answer => {
    const { refusal, series } = item;
    if (refusal !== undefined) return { item, refusal };
    const result = item.result();
    return { item, result, ...(series === undefined ? {} : { chart: publishedChart(result, series) }) };
  });
  return {
    answers,
    notes: items.flatMap(({ question, notes }) => notes.map((note) => `${question}: ${note}`)),
  };
}

function ask(item: Item, subject: Subject, edition: Edition): Asked {
  if (edition === "publishable" && item.internalOnly?.(subject.plan) === true) {
    return {
      item,
      refusal: {
        reason: "It would tell of places or children in small numbers.",
        instead: "The internal edition has it, for the inspection team.",
      },
    };
  }
  const refusal = item.refusal(subject);
  return refusal === undefined ? { item, counted: settled(item.count(subject)) } : { item, refusal };
}

/** What a plan without `disclosure` means. */
const usualDisclosure: Disclosure = { threshold: 5, round_to: 5 };

/** What may be published of all that was counted: tables are protected together, for one may tell of another. */
function publishable(
  asked: readonly Asked[],
  disclosure: Disclosure,
): { readonly shown: readonly Asked[]; readonly record: Required<Analysis>["disclosure"] } {
  const { threshold, round_to: roundTo } = disclosure;
  const tallies = asked.flatMap((each) => ("counted" in each ? each.counted.tallies : []));
  const { tallies: shownTallies, record } = protectTallies(tallies, { threshold, roundTo });
  if (record.audit.exposed > 0) throw exposed(record);
  let next = 0;
  const byQuestion: HiddenCounts[] = [];
  const shown = asked.map((each): Asked => {
    if (!("counted" in each)) return each;
    const { counted } = each;
    const own = shownTallies.slice(next, next + counted.tallies.length).map(inPublishedOrder);
    const records = record.tallies.slice(next, next + own.length);
    byQuestion.push({
      question: each.item.question,
      counts: records.reduce((sum, { counts }) => sum + counts, 0),
      hidden: records.reduce((sum, { small, group, linked }) => sum + small + group + linked, 0),
    });
    next += own.length;
    const { statistics, curves } = counted;
    return {
      item: each.item,
      counted: {
        tallies: own,
        ...(statistics === undefined
          ? {}
          : { statistics: protectStatistics(statistics, { threshold, roundTo }) }),
        ...(curves === undefined ? {} : { curves: coarsenCurves(curves, disclosure) }),
      },
    };
  });
  return { shown, record: { ...record, byQuestion } };
}

function unitsOf({ ids, eligible }: Frame, { pia }: Plan): Int32Array {
  return pia?.cohort === true ? Int32Array.from(eligible).sort() : Int32Array.from(ids, (_, unit) => unit);
}

function exposed({ audit, threshold }: DisclosureRecord): CasedrawError {
  return new CasedrawError(
    "DISCLOSURE_EXPOSED",
    `Publishable edition: no hidden count may be worked out from what is shown, got ${audit.exposed} of ${audit.audited} that could. ` +
      "Round published counts (disclosure: { round_to: 5 }), or take out a table.",
    { exposed: audit.exposed, audited: audit.audited, threshold },
  );
}

type Asked =
  | { readonly item: Item; readonly counted: Counted }
  | { readonly item: Item; readonly refusal: Refusal };

function answerOf(asked: Asked, about: About): Answer {
  if ("refusal" in asked) return asked;
  const { item, counted } = asked;
  const found = item.result(counted, about);
  const result = about.edition === "internal" ? found : withStepDecimals(found);
  const chart = chartOf(item.id, result, counted);
  return { item, result, ...(chart === undefined ? {} : { chart }) };
}

/** What a manifest says of every file that was read: the export's, then what the plan supplies beside it. */
export function inputsOf({
  built,
  supplied,
  earlier = [],
}: Analysis): (ManifestInput | Supplied["inputs"][number])[] {
  return [...(built?.inputs ?? []), ...earlier, ...supplied.inputs];
}
