import { CasedrawError } from "../../errors.js";
import type { HandoverPlan, Plan, TeamPlan } from "../../plan/types.js";
import type { Bar } from "../../sampling/handover/family.js";
import type { SecondReview } from "../../sampling/handover/second-reviews.js";
import { rowsOf, withPlaces } from "./assigned-rows.js";
import { isLost, type ListedUnit, type SampleLists } from "./cases.js";
import { byFamily, groupUnits } from "./families.js";
import { assignFirstReaders } from "./first-readers.js";
import { barsBefore, conflictsNow, keptNote } from "./kept-conflicts.js";
import { type HandoverNote, notesOf } from "./notes.js";
import type { AssignedRow, Conflict, HandoverRecord } from "./record.js";
import { reserveTeams } from "./reserve-teams.js";
import { secondReviewNotes } from "./second-review-notes.js";
import { secondReviews } from "./second-reviews.js";

/** Who reads what, before anything is written. */
export interface Handover {
  readonly plan: Plan;
  readonly teams: readonly TeamPlan[];
  readonly settings: HandoverPlan;
  readonly units: ReadonlyMap<string, ListedUnit>;
  /** In the order of the worksheets. */
  readonly rows: readonly AssignedRow[];
  readonly secondReviews: readonly SecondReview[];
  /** Who may not have which case, by this handover and those before. */
  readonly conflicts: readonly Conflict[];
  readonly notes: readonly HandoverNote[];
}

/**
 * Gives a sample's cases to the teams of a plan. It reads the sample's lists, and changes nothing of the sample.
 *
 * @param options.seed - of the sample, for the tickets of second reviews
 * @param options.bars - who may not have which unit
 * @param options.earlier - a handover before, whose readers keep what they have, and whose conflicts hold
 * @throws CasedrawError `HANDOVER_NOT_PLANNED`, `HANDOVER_FIELD_MISSING`, `ALLOCATION_INFEASIBLE`
 */
export function makeHandover(
  lists: SampleLists,
  plan: Plan,
  options: {
    readonly seed: string;
    readonly bars: ReadonlyMap<string, readonly Bar[]>;
    readonly earlier?: HandoverRecord;
  },
): Handover {
  const { teams, settings } = plannedParts(plan);
  const { seed, earlier } = options;
  const grouping = groupUnits(lists, plan);
  const before = barsBefore(earlier, lists, teams);
  const bars = byFamily([...options.bars, ...before], grouping);
  const due = lists.units.filter((unit) => unit.role !== "reserve" && !isLost(unit));
  const first = assignFirstReaders(due, { grouping, teams, bars, earlier });
  const second = secondReviews(due, {
    seed,
    wanted: settings.double_review,
    grouping,
    teams,
    bars,
    first: first.readers,
    earlier,
  });
  const spare = lists.units.filter(({ role }) => role === "reserve");
  const reserves = reserveTeams(spare, { grouping, teams, bars, first: first.readers });
  const placed = { grouping, teams };
  const rows = [
    ...rowsOf(due, first, placed),
    ...rowsOf(spare, reserves, placed),
    ...rowsOf(second.units, second.assignment, { ...placed, second: true }),
  ];
  const units = new Map(lists.units.map((unit) => [unit.unitId, unit]));
  const inSheets = withPlaces(rows, units);
  return {
    plan,
    teams,
    settings,
    units,
    rows: inSheets,
    secondReviews: second.drawn,
    conflicts: conflictsNow(lists, { bars, grouping, teams, earlier }),
    notes: [
      ...grouping.notes.map(({ code, text, count }) => ({ code, text, count })),
      ...keptNote(before, options.bars, grouping),
      ...secondReviewNotes(
        { plan, settings, earlier },
        { drawn: second.drawn.length, sampled: due.filter(({ role }) => role === "sampled").length },
      ),
      ...notesOf(inSheets, lists),
    ],
  };
}

function plannedParts({ teams, handover }: Plan): {
  readonly teams: readonly TeamPlan[];
  readonly settings: HandoverPlan;
} {
  if (teams !== undefined && handover !== undefined) return { teams, settings: handover };
  const lacking = [
    ...(teams === undefined ? ["teams"] : []),
    ...(handover === undefined ? ["handover"] : []),
  ];
  throw new CasedrawError(
    "HANDOVER_NOT_PLANNED",
    `Plan says nothing of the handover: it needs teams and handover, got a plan without ${lacking.join(" and ")}. ` +
      "Write them in the plan, as docs/handover.md shows; they are no part of the draw, which stays as it is.",
    { lacking },
  );
}
