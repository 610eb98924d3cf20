import { CasedrawError } from "../../errors.js";
import { isoDay } from "../../frame/calendar.js";
import { levelAt } from "../../frame/field.js";
import { kaplanMeier, type SurvivalCurve } from "../../statistics/kaplan-meier.js";
import { survivalQuantile } from "../../statistics/survival-quantile.js";
import { axisOf } from "../axis.js";
import type { CurveGroup } from "../curves.js";
import type { Subject } from "../item.js";
import { lawName } from "../law-types.js";
import { singleValued, textAt } from "../subject-fields.js";
import type { Level, Statistic } from "../tally.js";
import { inSentence } from "../words.js";

/** How long cases of one kind of law waited for a practitioner. */
export interface AllocationTimes {
  readonly curve: CurveGroup;
  /** Days by which half were allocated; undefined where fewer were. */
  readonly median: Statistic | undefined;
}

export interface AllocationFound {
  readonly groups: readonly AllocationTimes[];
  /** Kinds of law, by label, of which too few are at risk at any time for a curve. */
  readonly tooFew: readonly string[];
  /** Units whose dates tell no time: without application, or allocated before it. */
  readonly unusable: number;
}

/** A curve starts where so many are at risk. */
const minimumAtRisk = 10;

/**
 * Kaplan–Meier of the days from application to allocation by law type, in the window in which cases were watched: cases
 * that came before it are at risk from its start, if they then had no practitioner; those still without one are censored at
 * their closure or the window's end. Children of one case with the same dates are one observation. Those whose law type is not
 * known are a group too; all are one where the frame has no law type.
 */
export function allocationTimes(subject: Subject, observed: { from: string; to: string }): AllocationFound {
  const [from, to] = [isoDay(observed.from), isoDay(observed.to)];
  const lawField = subject.frame.fields.get("law_type");
  const law = lawField && singleValued(lawField);
  const known = new Set<string>();
  const laws = new Map<string, { entry: number[]; exit: number[]; event: number[] }>();
  let unusable = 0;
  for (const unit of subject.units) {
    const text = (name: string): string => textAt(subject, name, unit);
    const ofLaw = law === undefined ? "" : levelAt(law, unit);
    const [applied, allocated] = [text("application_date"), text("allocation_date")];
    const closed = text(subject.plan.delay.to);
    if (applied === "" || (allocated !== "" && allocated < applied)) {
      unusable++;
      continue;
    }
    const caseId = text("case_id");
    const dates = [ofLaw, caseId || String(unit), applied, allocated, closed].join("\u001f");
    if (known.has(dates)) continue;
    known.add(dates);
    const end = Math.min(closed === "" ? to : isoDay(closed), to);
    const start = isoDay(applied);
    const isAllocated = allocated !== "" && isoDay(allocated) <= end;
    const last = isAllocated ? isoDay(allocated) : end;
    if (last < from || start > to) continue;
    const entry = Math.max(0, from - start);
    // On the day on which it is first watched: half a day, as a case that closes on the day it opens.
    const exit = Math.max(last - start, entry + 0.5);
    const of = laws.get(ofLaw) ?? { entry: [], exit: [], event: [] };
    laws.set(ofLaw, of);
    of.entry.push(entry);
    of.exit.push(exit);
    of.event.push(Number(isAllocated));
  }
  const levels = law === undefined ? [everyLaw] : axisOf(law, subject.plan, subject.units).levels;
  const followed = levels.flatMap((level) => {
    const followUp = laws.get(level.key);
    return followUp === undefined
      ? []
      : [{ label: labelOf(level, subject), followUp, curve: curveOf(followUp), key: level.key }];
  });
  return {
    groups: followed.flatMap(({ key, label, followUp, curve }) =>
      curve === undefined ? [] : [timesOf(curve, { key, label, units: followUp.exit.length })],
    ),
    tooFew: followed.flatMap(({ label, curve }) => (curve === undefined ? [label] : [])),
    unusable,
  };
}

const everyLaw: Level = { key: "", label: "All" };

function labelOf({ key, label, unknown }: Level, { plan }: Subject): string {
  if (unknown) return `Law type ${inSentence(label)}`;
  return key === everyLaw.key ? everyLaw.label : lawName(key, plan);
}

/** None where too few are at risk at any time. */
function curveOf(followUp: { entry: number[]; exit: number[]; event: number[] }): SurvivalCurve | undefined {
  try {
    return kaplanMeier(followUp, { minimumAtRisk });
  } catch (error) {
    if (error instanceof CasedrawError && error.code === "AT_RISK_TOO_FEW") return undefined;
    throw error;
  }
}

function timesOf(
  curve: SurvivalCurve,
  { key, label, units }: { readonly key: string; readonly label: string; readonly units: number },
): AllocationTimes {
  const { time, lower, upper } = survivalQuantile(curve);
  // Where the curve comes down to 0 its last step has no interval.
  const filled = (bounds: Float64Array): number[] =>
    Array.from(curve.survival, (share, at) => bounds[at] ?? share);
  const events = curve.events.reduce((sum, count) => sum + count, 0);
  return {
    curve: {
      key,
      label,
      times: Array.from(curve.times),
      shares: Array.from(curve.survival),
      lower: filled(curve.lower),
      upper: filled(curve.upper),
      atRisk: Array.from(curve.atRisk),
      events: Array.from(curve.events),
      conditionalFrom: curve.conditionalFrom,
      units,
    },
    median:
      time === undefined
        ? undefined
        : {
            value: time,
            ...(lower === undefined ? {} : { lower }),
            ...(upper === undefined ? {} : { upper }),
            base: events,
            step: 1,
          },
  };
}
