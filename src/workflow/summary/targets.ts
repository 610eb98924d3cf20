import type { Frame } from "../../frame/frame.js";
import { thousands } from "../../frame/note.js";
import type { Plan } from "../../plan/types.js";
import { html } from "../../report/page/html.js";
import type { PageSection } from "../../report/page/page.js";
import { dataTable } from "../../report/page/table.js";
import type { Sample } from "../../sampling/draw.js";
import { targetGroups } from "../../sampling/targets/target-groups.js";
import { groupText } from "./conditions.js";
import type { UnitWords } from "./words.js";

/** A target and what came of it. */
export interface TargetRow {
  readonly group: string;
  readonly atLeast: number;
  readonly eligible: number;
  readonly drawn: number;
}

/** The targets of a sample's design, in plan order; none where it sets none. */
export function targetRows(frame: Frame, plan: Plan, sample: Sample): TargetRow[] {
  const targets = sample.design.plan.targets ?? [];
  return targetGroups(frame, targets).groups.map(({ members, atLeast, eligible }, at) => ({
    group: groupText(targets[at]?.where ?? {}, plan),
    atLeast,
    eligible,
    drawn: sample.drawn.filter(({ unit }) => members[unit] === 1).length,
  }));
}

/** Each target with what was asked and drawn. */
export function targetSection(targets: readonly TargetRow[], units: UnitWords): PageSection {
  return {
    id: "targets",
    heading: "Targets",
    body: html`<p>The plan asks for at least so many ${units.many} of some groups.</p>
${dataTable({
  id: "targets-table",
  caption: "Targets and what was drawn",
  columns: [
    { header: "Group" },
    { header: "Eligible", kind: "number" },
    { header: "At least", kind: "number" },
    { header: "Drawn", kind: "number" },
    { header: "Met?" },
  ],
  rows: targets.map(({ group, eligible, atLeast, drawn }) => [
    group.slice(0, 1).toUpperCase() + group.slice(1),
    thousands(eligible),
    thousands(atLeast),
    thousands(drawn),
    drawn >= atLeast ? "Met" : `Not met: ${thousands(atLeast - drawn)} short`,
  ]),
})}`,
  };
}
