import { conditionTest } from "../../frame/condition.js";
import { compareBytes } from "../../frame/text.js";
import type { Plan } from "../../plan/types.js";
import { readRecordedFrame } from "../explain/recorded-frame.js";
import { isLost, type ListedUnit, type SampleLists } from "../handover/cases.js";
import type { HandoverRecord } from "../handover/record.js";
import type { SampleFolder } from "../sample/folder.js";
import type { DueReserve } from "./due-reserves.js";
import type { Merged } from "./merge.js";

/** How far the review of some cases is. */
export interface ReviewProgress {
  readonly name: string;
  /** To be reviewed: lost ones are not among them, those that teams now say are lost are. */
  readonly cases: number;
  /** Every question answered. */
  readonly done: number;
  readonly begun: number;
  /** Teams say that they cannot be reviewed. */
  readonly lost: number;
  readonly left: number;
}

export interface StratumProgress extends ReviewProgress {
  /** Released since the draw, due for the losses of these worksheets, and left after those. */
  readonly used: number;
  readonly due: number;
  readonly reserves: number;
}

export interface TargetProgress extends ReviewProgress {
  readonly atLeast: number;
}

export interface WholeProgress {
  readonly all: ReviewProgress;
  readonly teams: readonly (ReviewProgress & { readonly second: ReviewProgress })[];
  readonly strata: readonly StratumProgress[];
  readonly targets: readonly TargetProgress[];
  readonly chosen: ReviewProgress;
  readonly second: ReviewProgress;
}

/**
 * Counts how far the review is.
 *
 * @param folder - of the sample, from whose own frame the targets are told
 */
export function progressOf(
  merged: Merged,
  reserves: readonly DueReserve[],
  {
    folder,
    label,
    lists,
    handover,
  }: {
    readonly folder: SampleFolder;
    readonly label: string;
    readonly lists: SampleLists;
    readonly handover: HandoverRecord;
  },
): WholeProgress {
  const count = counter(merged);
  const live = lists.units.filter((unit) => unit.role === "sampled" && !isLost(unit));
  const chosen = lists.units.filter(({ role }) => role === "chosen");
  // What left the sample since the handover, or is in the log already, is nobody's to review.
  const there = new Set(lists.units.flatMap((unit) => (isLost(unit) ? [] : [unit.unitId])));
  const due = handover.rows.filter(({ unitId }) => there.has(unitId));
  const first = due.filter(({ role }) => role === "sampled" || role === "chosen");
  const second = due.filter(({ role }) => role === "second reading");
  const ids = (rows: typeof first): string[] => rows.map(({ unitId }) => unitId);
  const strata = folder.manifest.strata.map(({ stratum }): StratumProgress => {
    const own = lists.units.filter((unit) => unit.role === "sampled" && unit.stratum === stratum);
    const coming = reserves.filter((each) => each.stratum === stratum && each.reserve !== undefined).length;
    const spare = lists.reserves.filter((unit) => unit.stratum === stratum).length;
    return {
      ...count(
        stratum,
        own.filter((unit) => !isLost(unit)).map(({ unitId }) => unitId),
        1,
      ),
      used: folder.manifest.strata.find((each) => each.stratum === stratum)?.released ?? 0,
      due: coming,
      reserves: spare - coming,
    };
  });
  const names = handover.manifest.teams.map(({ name }) => name);
  const of = (rows: typeof first, team: string): string[] => ids(rows.filter((row) => row.team === team));
  return {
    all: count(
      "All",
      live.map(({ unitId }) => unitId),
      1,
    ),
    teams: [...names, ...(first.some(({ team }) => team === "") ? [""] : [])].map((name) => ({
      ...count(name === "" ? "No team" : name, of(first, name), 1),
      second: count(name, of(second, name), 2),
    })),
    strata: strata.sort((a, b) => compareBytes(a.name, b.name)),
    targets: targetsOf(live, { folder, label, count }),
    chosen: count(
      "Chosen",
      chosen.map(({ unitId }) => unitId),
      1,
    ),
    second: count("Second reviews", ids(second), 2),
  };
}

type Count = (name: string, ids: readonly string[], review: 1 | 2) => ReviewProgress;

function counter({ findings, losses }: Merged): Count {
  const answered = new Map(findings.map(({ unitId, review, answers }) => [`${unitId} ${review}`, answers]));
  const gone = new Set(losses.map(({ unitId }) => unitId));
  return (name, ids, review) => {
    const lost = ids.filter((id) => gone.has(id) && !answered.has(`${id} ${review}`));
    const begun = ids.filter((id) => answered.has(`${id} ${review}`));
    const done = begun.filter((id) =>
      answered.get(`${id} ${review}`)?.every((answer) => answer !== ""),
    ).length;
    return {
      name,
      cases: ids.length,
      done,
      begun: begun.length - done,
      lost: lost.length,
      left: ids.length - begun.length - lost.length,
    };
  };
}

/** Targets are told by the fields that the sample's own frame keeps. */
function targetsOf(
  live: readonly ListedUnit[],
  { folder, label, count }: { readonly folder: SampleFolder; readonly label: string; readonly count: Count },
): TargetProgress[] {
  const targets = (folder.manifest.plan as Partial<Plan>).sample?.targets ?? [];
  if (targets.length === 0) return [];
  const { frame } = readRecordedFrame(folder, label);
  const unitOf = new Map(frame.ids.map((id, unit) => [id, unit]));
  return targets.map(({ where, at_least }): TargetProgress => {
    const tests = Object.entries(where).flatMap(([name, condition]) => {
      const field = frame.fields.get(name);
      return field === undefined ? [] : [conditionTest(field, condition, { subject: "target", notes: [] })];
    });
    const own = live.filter(({ unitId }) => {
      const unit = unitOf.get(unitId);
      return unit !== undefined && tests.every((test) => test(unit));
    });
    const name = Object.entries(where)
      .map(
        ([field, condition]) =>
          `${field}: ${Array.isArray(condition) ? condition.join(", ") : JSON.stringify(condition)}`,
      )
      .join("; ");
    return {
      ...count(
        name,
        own.map(({ unitId }) => unitId),
        1,
      ),
      atLeast: at_least,
    };
  });
}
