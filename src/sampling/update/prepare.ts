import type { Frame } from "../../frame/frame.js";
import type { Entry, KeptUnit, LossReason, MemberOutcome, UpdateStep } from "../after/outcome.js";
import { continuesDraw } from "../after/standing.js";
import type { Sample } from "../draw.js";
import type { BeforeUpdate, EarlierStratum } from "./update-facts.js";

/** A unit of the sample that does not come along. */
export interface LeftUnit {
  readonly unitId: string;
  /** Key of its stratum. */
  readonly stratum: string;
  readonly entry: Entry;
  readonly version: number;
  readonly lost?: LossReason;
  /** `gone`: not eligible any more. `needless`: a substitute for units that are gone. */
  readonly why: "gone" | "needless";
}

/** What an update of a sample goes by. */
export interface PreparedUpdate {
  readonly step: UpdateStep;
  readonly before: BeforeUpdate;
  readonly left: readonly LeftUnit[];
}

/**
 * Sets a sample beside the corrected frame: what stays of it, and what is to be known of every unit.
 *
 * @param earlier - the sample as it stands, and the frame it is of
 * @param frame - the corrected one
 */
export function prepareUpdate(
  earlier: { readonly frame: Frame; readonly sample: Sample },
  frame: Frame,
): PreparedUpdate {
  const { sample } = earlier;
  const { design, drawn, after } = sample;
  const idOf = (unit: number): string => earlier.frame.ids[unit] as string;
  const now = new Set(Array.from(frame.eligible, (unit) => frame.ids[unit] as string));
  const continuing = continuesDraw(design);
  const holds = continuing ? undefined : placesHeld(earlier, now);
  const kept: KeptUnit[] = [];
  const left: LeftUnit[] = [];
  const given = new Set<string>();
  const isNeedless = (unit: number, member: MemberOutcome | undefined): boolean =>
    member?.entry === "substitute" && !holds?.has(unit) && lossOf(member) === undefined;
  const staying = new Set(
    drawn.flatMap(({ unit }, at) =>
      now.has(idOf(unit)) && !isNeedless(unit, after?.members[at]) ? [unit] : [],
    ),
  );
  for (const [at, { unit, stratum }] of drawn.entries()) {
    const unitId = idOf(unit);
    const member: MemberOutcome | undefined = after?.members[at];
    const { entry, version } = member ?? { entry: "drawn" as const, version: 1 };
    const reason = lossOf(member);
    const own = holds?.get(unit) ?? [];
    if (!staying.has(unit)) {
      const why = now.has(unitId) ? "needless" : "gone";
      left.push({
        unitId,
        stratum: stratum.key,
        entry,
        version,
        ...(reason === undefined ? {} : { lost: reason }),
        why,
      });
      continue;
    }
    given.add(stratum.key);
    const loss = after?.releases.findLast((release) => release.unit === unit);
    const released =
      loss?.released !== undefined && staying.has(loss.released) ? idOf(loss.released) : undefined;
    kept.push({
      unitId,
      entry,
      version,
      ...(reason === undefined
        ? {}
        : {
            lost: {
              reason,
              version: loss?.version ?? version,
              ...(released === undefined ? {} : { released }),
            },
          }),
      ...(own.length === 0 || (own.length === 1 && own[0] === unitId) ? {} : { holds: own }),
    });
  }
  const { classes } = design.updated ?? {};
  return {
    step: {
      kind: "update",
      size: sizeOf(sample),
      earlier: design.strata
        .filter(({ key }) => given.has(key))
        .map(({ key }): EarlierStratum => {
          const { home = key, tickets } = classes?.get(key) ?? {};
          return { key, home, ...(tickets === undefined ? {} : { tickets }) };
        }),
      kept,
    },
    before: beforeOf(earlier, frame, continuing),
    left,
  };
}

/** How large the plan, or the last step that says it, wants the sample. */
function sizeOf({ design, after }: Sample): number {
  const last = after?.steps.findLast((step) => step.kind === "extend" || step.kind === "update");
  return last === undefined || !("size" in last) ? design.plan.size : last.size;
}

function lossOf(member: MemberOutcome | undefined): LossReason | undefined {
  const { status } = member ?? {};
  return status === "out-of-scope" || status === "inaccessible" || status === "conflict" ? status : undefined;
}

/** By unit, the ids of the drawn and still eligible units whose places it holds. */
function placesHeld(
  { frame, sample }: { readonly frame: Frame; readonly sample: Sample },
  now: ReadonlySet<string>,
): Map<number, string[]> {
  const places =
    sample.after?.places ??
    sample.drawn.map(({ unit, stratum }) => ({ stratum: stratum.key, origin: unit, holder: unit }));
  const held = new Map<number, string[]>();
  for (const { origin, holder } of places) {
    const id = frame.ids[origin] as string;
    if (holder === undefined || !now.has(id)) continue;
    held.set(holder, [...(held.get(holder) ?? []), id]);
  }
  return held;
}

function beforeOf(
  { frame: then, sample }: { readonly frame: Frame; readonly sample: Sample },
  frame: Frame,
  continuing: boolean,
): BeforeUpdate {
  const units = new Map(Array.from(then.eligible, (unit) => [then.ids[unit] as string, unit]));
  const stratumOf: (string | undefined)[] = [];
  for (const { key, units: own } of sample.design.strata) for (const unit of own) stratumOf[unit] = key;
  const strata: (string | undefined)[] = new Array(frame.ids.length).fill(undefined);
  const probabilities = new Float64Array(frame.ids.length);
  for (const unit of frame.eligible) {
    const earlier = units.get(frame.ids[unit] as string);
    if (earlier === undefined) continue;
    strata[unit] = stratumOf[earlier];
    probabilities[unit] = sample.probabilities[earlier] as number;
  }
  return { strata, ...(continuing ? {} : { probabilities }) };
}
