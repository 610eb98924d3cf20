import { exportNotes } from "../../analysis/delay/export-notes.js";
import { observe } from "../../analysis/delay/observation.js";
import type { About, Edition, Item, Refusal, Subject } from "../../analysis/item.js";
import { withoutLoneLawType } from "../../analysis/lone-law-type.js";
import { readSeries } from "../../analysis/published/read-series.js";
import { seriesItems } from "../../analysis/published/series-items.js";
import type { Result } from "../../analysis/result.js";
import { withStepDecimals } from "../../analysis/step-decimals.js";
import { chartOf } from "../../charts/catalogue.js";
import type { Chart } from "../../charts/chart.js";
import { publishedChart } from "../../charts/published-chart.js";
import type { DisclosureRecord } from "../../disclosure/protect-tallies.js";
import type { FrameDigests } from "../../frame/frame-digests.js";
import type { Disclosure, Plan } from "../../plan/types.js";
import type { ReadPart } from "../../readers/text-part.js";
import type { ManifestInput } from "../../report/manifest.js";
import type { Table } from "../../table/table.js";
import type { FindAside } from "../analysis/aside.js";
import { type PublishableCounts, publishableCounts } from "../analysis/publishable-counts.js";
import { readSubject } from "../analysis/subject.js";
import type { BuiltFrame, Locate } from "../build-from-plan.js";
import { startFrameDigests } from "../make-digests.js";
import type { PlanFile } from "../open-plan.js";
import type { Progress } from "../progress.js";
import { type Asked, askAll } from "./asking.js";
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
  /** Why the observation window of the plan is not believed; absent where it is. */
  readonly unused?: string;
  /** What was done to small counts, in a publishable edition. */
  readonly disclosure?: DisclosureRecord & { readonly byQuestion: readonly HiddenCounts[] };
  /** Sees the frame's digests made, where another thread has begun to make them. */
  readonly finishDigests?: () => Promise<FrameDigests>;
}

/** How much of what was counted for a question a publishable edition does not show. */
export interface HiddenCounts {
  readonly question: string;
  readonly counts: number;
  readonly hidden: number;
}

/**
 * Reads what a plan names and asks it every question of the catalogue.
 *
 * @throws CasedrawError of the readers, of `buildFrame` and of the items
 */
export async function analyseFromPlan(
  planFile: PlanFile,
  options: {
    readonly edition: Edition;
    readonly progress: Progress;
    readonly locate?: Locate;
    readonly locateSupplied?: (path: string) => string;
    readonly readPart?: ReadPart;
    readonly findAside?: FindAside;
  },
): Promise<Analysis> {
  const { plan } = planFile;
  const { edition, progress } = options;
  const supplied = await readSupplied(planFile, options.locateSupplied);
  const { answers: published, notes: publishedNotes } = publishedAnswers(supplied.series);
  const notes = [...suppliedNotes(supplied), ...publishedNotes];
  if (plan.data.length === 0) return { plan, edition, supplied, answers: published, notes };
  const { built, earlier, subject: plain } = await readSubject(planFile, options);
  const population =
    supplied.population === undefined ? {} : { population: readPopulation(supplied.population) };
  const subject: Subject = { ...plain, ...population };
  const about: About = { plan, edition, ...population };
  const aside = options.findAside?.();
  const finishDigests = aside && startFrameDigests(subject.frame, plan, aside.startDigests);
  const { unused } = observe(subject);
  const read = {
    plan,
    edition,
    built,
    supplied,
    earlier,
    notes: [...exportNotes(subject, edition), ...notes],
    ...(unused === undefined ? {} : { unused }),
    ...(finishDigests === undefined ? {} : { finishDigests }),
  };
  const asked = await askAll({ subject, edition }, { progress, ...aside });
  if (edition === "internal") {
    return { ...read, answers: [...asked.map((each) => answerOf(each, about)), ...published] };
  }
  progress("Suppressing small counts");
  const { shown, record } = publishable(asked, plan.disclosure);
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

/** What may be published of all that was counted. */
function publishable(
  asked: readonly Asked[],
  disclosure: Disclosure | undefined,
): { readonly shown: readonly Asked[]; readonly record: Required<Analysis>["disclosure"] } {
  const { shown, record } = publishableCounts(
    asked.flatMap((each) => ("counted" in each ? [each.counted] : [])),
    disclosure,
  );
  const next = shown.values();
  const byQuestion: HiddenCounts[] = [];
  const answered = asked.map((each): Asked => {
    if (!("counted" in each)) return each;
    const { counted, counts, hidden } = next.next().value as PublishableCounts;
    byQuestion.push({ question: each.item.question, counts, hidden });
    return { item: each.item, counted };
  });
  return { shown: answered, record: { ...record, byQuestion } };
}

function answerOf(asked: Asked, about: About): Answer {
  if ("refusal" in asked) return asked;
  const { item, counted } = asked;
  const found = item.result(counted, about);
  const result = about.edition === "internal" ? found : withStepDecimals(found);
  const chart = chartOf(item.id, result, { counted, about });
  return { item, result: withoutLoneLawType(result), ...(chart === undefined ? {} : { chart }) };
}

/** What a manifest says of every file that was read: the export's, then what the plan supplies beside it. */
export function inputsOf({
  built,
  supplied,
  earlier = [],
}: Analysis): (ManifestInput | Supplied["inputs"][number])[] {
  return [...(built?.inputs ?? []), ...earlier, ...supplied.inputs];
}
