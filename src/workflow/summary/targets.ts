import { groupText } from "../../analysis/condition-words.js";
import { capital } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import { html } from "../../report/page/html.js";
import type { PageSection } from "../../report/page/page.js";
import { dataTable } from "../../report/page/table.js";
import { type Shortfall, targetShortfalls } from "../../sampling/targets/shortfall.js";
import { wilsonInterval } from "../../statistics/wilson.js";
import type { SummaryContext } from "./context.js";
import { oneDecimalPercent, type UnitWords } from "./words.js";

/** A target and what came of it. */
export interface TargetRow {
  readonly group: string;
  readonly atLeast: number;
  readonly eligible: number;
  readonly drawn: number;
  /** Where the draw itself may miss the target. */
  readonly shortfall?: Shortfall;
}

/** The targets of a sample's design, in plan order; none where it sets none. */
export function targetRows({ frame, plan, sample, seed, progress }: SummaryContext): TargetRow[] {
  const { targets = [], plan: asked } = sample.design;
  // A later version is not the draw that its design would make.
  const onReplay = (fraction: number): void =>
    progress?.("Repeating the draw, for the chance of missing a target", fraction);
  const shortfalls =
    sample.after === undefined ? targetShortfalls(frame, sample.design, { seed, onReplay }) : undefined;
  return targets.map(({ members, atLeast, eligible }, at): TargetRow => {
    const shortfall = shortfalls?.[at];
    return {
      group: groupText(asked.targets?.[at]?.where ?? {}, plan),
      atLeast,
      eligible,
      drawn: sample.drawn.filter(({ unit }) => members[unit] === 1).length,
      ...(shortfall === undefined ? {} : { shortfall }),
    };
  });
}

/** Each target with what was asked and drawn, and the chance of such a draw to miss it. */
export function targetSection(targets: readonly TargetRow[], units: UnitWords): PageSection {
  const replayed = targets.find(({ shortfall }) => shortfall !== undefined)?.shortfall;
  return {
    id: "targets",
    heading: "Targets",
    body: html`<p>The plan asks for at least so many ${units.many} of some groups.</p>
${
  replayed === undefined
    ? ""
    : html`<p>Such a draw meets its targets on average, and a single one may miss by a ${units.one} or two. It was repeated ${thousands(replayed.replays)} times with other seeds, which chose nobody, to see how often.</p>
`
}${dataTable({
  id: "targets-table",
  caption: "Targets and what was drawn",
  columns: [
    { header: "Group" },
    { header: "Eligible", kind: "number" },
    { header: "At least", kind: "number" },
    { header: "Drawn", kind: "number" },
    { header: "Met?" },
    ...(replayed === undefined ? [] : [{ header: "Chance of falling short" }]),
  ],
  rows: targets.map(({ group, eligible, atLeast, drawn, shortfall }) => [
    capital(group),
    thousands(eligible),
    thousands(atLeast),
    thousands(drawn),
    drawn >= atLeast ? "Met" : `Not met: ${thousands(atLeast - drawn)} short`,
    ...(shortfall === undefined ? [] : [chanceText(shortfall)]),
  ]),
})}`,
  };
}

/** "3 of 50 repeats; 2% to 16%": with the 95% interval of the chance behind it. */
function chanceText({ replays, short }: Shortfall): string {
  const { lower, upper } = wilsonInterval(short, replays);
  const between =
    short === 0
      ? `at most ${oneDecimalPercent(upper * 100)}`
      : `${oneDecimalPercent(lower * 100)} to ${oneDecimalPercent(upper * 100)}`;
  return `${thousands(short)} of ${thousands(replays)} repeats; ${between}`;
}
