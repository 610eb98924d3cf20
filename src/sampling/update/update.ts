import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import type { SamplePlan } from "../../plan/types.js";
import { ticketAt, ticketKey } from "../../random/tickets.js";
import { newPlace, nextReserves } from "../after/newcomers.js";
import type { ChosenCase, KeptUnit, LossReason, Place, Release, UpdateStep } from "../after/outcome.js";
import { continuesDraw, type Member, type Standing } from "../after/standing.js";
import { type DesignInputs, designSample } from "../design.js";
import type { DesignStratum } from "../design-stratum.js";
import { inDrawOrder, type PickedUnit } from "../picked.js";
import { updateClasses } from "./classes.js";
import { drawComplement } from "./complement.js";
import { drawClasses } from "./draw-classes.js";
import { refuseNotUpdatable } from "./refuse.js";
import type { BeforeUpdate, UpdateFacts } from "./update-facts.js";
import { updateNotes } from "./update-notes.js";

/** What an update is made of. */
export interface Updating {
  readonly plan: SamplePlan;
  readonly seed: string;
  /** With `before`. */
  readonly inputs: DesignInputs;
  /** The sample's version that it makes, from 2. */
  readonly version: number;
  /** Cases chosen before it. */
  readonly chosen: readonly ChosenCase[];
}

/**
 * A sample brought to a corrected frame. Whatever was in it and is still eligible stays, and what the plan's design lacks on
 * the corrected frame is drawn.
 *
 * **Random.** Each stratum is parted by `updateClasses`; given how many units of each class are in the sample, they are a simple
 * random sample of it, and so are its first m by ticket. So π = m/N within a class, exactly, given those counts, and
 * weighted totals are unbiased as every class gives some. This takes corrections that do not depend on who was sampled.
 *
 * **Systematic, balanced.** {@link drawComplement}: π = max(π₁, π₂), exactly and unconditionally; sizes vary.
 *
 * @param frame - the corrected one
 * @returns the sample after it, before any other step
 * @throws CasedrawError `UPDATE_NOT_POSSIBLE`; `UPDATE_NOT_REPLAYED` where what is kept cannot be what a draw left; of `designSample`
 */
export function updateStanding(frame: Frame, step: UpdateStep, updating: Updating): Standing {
  const { plan, inputs, version } = updating;
  const { before } = inputs;
  if (before === undefined) throw notReplayed("nothing tells where its units were before");
  refuseNotUpdatable(plan);
  const units = new Map(Array.from(frame.eligible, (unit) => [frame.ids[unit] as string, unit]));
  const kept = step.kept.map((each): Kept => {
    const unit = units.get(each.unitId);
    if (unit === undefined) throw notReplayed(`${each.unitId} is not eligible`);
    return { ...each, unit };
  });
  const base = designSample(frame, { ...plan, size: step.size }, inputs);
  const homes = base.strata.map(({ key, units: own }) => ({ key, units: own }));
  const lost = new Map(
    kept.flatMap(({ unit, lost: why }) =>
      why === undefined ? [] : [[unit, why.reason] as [number, LossReason]],
    ),
  );
  const start = { frame, step, kept, lost, units, updating, before };
  const made = continuesDraw(base)
    ? byTickets(start, {
        base,
        facts: {
          version,
          before,
          homes,
          classes: new Map(
            updateClasses(homes, {
              before,
              earlier: step.earlier,
              sampled: new Set(kept.map(({ unit }) => unit)),
              silent: new Set([...lost].flatMap(([unit, why]) => (why === "out-of-scope" ? [] : [unit]))),
              version,
            }).map((each) => [each.key, each]),
          ),
        },
      })
    : fromComplement(start, { base, facts: { version, before, homes, classes: new Map() } });
  const { design, members, reserves, places } = made;
  const ofStratum = (key: string): Member[] => members.filter(({ stratum }) => stratum.key === key);
  return {
    version,
    design,
    members,
    reserves,
    lost,
    places,
    releases: kept.flatMap((each): Release[] => releaseOf(each, members, units)),
    wanted: new Map(
      design.strata.map(({ key }) => [key, ofStratum(key).filter(({ unit }) => !lost.has(unit)).length]),
    ),
    toppedUp: new Set(
      design.strata.flatMap(({ key }) =>
        ofStratum(key).some(({ unit }) => lost.get(unit) === "out-of-scope") ? [key] : [],
      ),
    ),
    rounds: [],
    chosen: updating.chosen,
    notes: [...design.notes, ...updateNotes({ design, step, members, version })],
  };
}

type Kept = KeptUnit & { readonly unit: number };

interface Start {
  readonly frame: Frame;
  readonly step: UpdateStep;
  readonly kept: readonly Kept[];
  readonly lost: ReadonlyMap<number, LossReason>;
  /** Of every eligible id. */
  readonly units: ReadonlyMap<string, number>;
  readonly updating: Updating;
  readonly before: BeforeUpdate;
}

interface Basis {
  readonly base: ReturnType<typeof designSample>;
  readonly facts: UpdateFacts;
}

type Made = Pick<Standing, "design" | "members" | "reserves" | "places">;

function byTickets({ frame, kept, updating }: Start, { base, facts }: Basis): Made {
  const { design, drawn, reserves } = drawClasses(frame, { base, facts, seed: updating.seed });
  const found = new Map(drawn.map((each) => [each.unit, each]));
  const places = new Map<string, number>();
  const rank = new Map(
    drawn.map(({ unit, stratum }) => {
      const place = places.get(stratum.key) ?? 0;
      places.set(stratum.key, place + 1);
      return [unit, place];
    }),
  );
  const staying = kept.map(({ unit, unitId, entry, version }): Member => {
    const picked = found.get(unit);
    const first = picked && facts.classes.get(picked.stratum.key)?.kept;
    if (picked === undefined || (rank.get(unit) as number) >= (first as number)) {
      throw notReplayed(`the tickets before that of ${unitId} were not all in the sample`);
    }
    return { ...picked, entry, version };
  });
  const known = new Set(kept.map(({ unit }) => unit));
  const added = inDrawOrder(
    frame,
    drawn.filter(({ unit }) => !known.has(unit)),
  );
  return { design, members: [...staying, ...arriving(added, facts.version)], reserves, places: [] };
}

function fromComplement({ frame, kept, lost, units, updating, before }: Start, { base, facts }: Basis): Made {
  const { seed } = updating;
  const { probabilities } = before;
  if (probabilities === undefined)
    throw notReplayed("nothing tells the probabilities that its units had before");
  // A substitute that a top-up drew in its own right holds its own place.
  const origins = new Set(
    kept.flatMap(({ unit, unitId, entry, holds }) =>
      entry !== "substitute" || holds?.includes(unitId) ? [unit] : [],
    ),
  );
  const { design, added } = drawComplement(frame, {
    base,
    first: probabilities,
    drawn: origins,
    seed,
    step: "update",
    version: facts.version,
  });
  const stratumOf = new Map(
    design.strata.flatMap((stratum) => [...stratum.units].map((unit) => [unit, stratum])),
  );
  const key = ticketKey(seed);
  const staying = kept.map(
    ({ unit, entry, version }): Member => ({
      unit,
      ticket: ticketAt(key, frame.ids, unit),
      stratum: stratumOf.get(unit) as DesignStratum,
      entry,
      version,
    }),
  );
  const holders = new Map<number, number>();
  for (const { unit, unitId, holds, lost, entry } of kept) {
    if (lost !== undefined && lost.reason !== "out-of-scope") continue;
    for (const id of holds ?? (entry === "substitute" ? [] : [unitId])) {
      const origin = units.get(id);
      if (origin !== undefined) holders.set(origin, unit);
    }
  }
  const places = [...origins].map((origin): Place => {
    const holder = holders.get(origin);
    const stratum = (stratumOf.get(origin) as DesignStratum).key;
    return { stratum, origin, ...(holder === undefined ? {} : { holder }) };
  });
  const known = new Set(kept.map(({ unit }) => unit));
  const ordered = inDrawOrder(frame, added);
  const members = [
    ...staying,
    ...arriving(
      ordered.filter(({ unit }) => !known.has(unit)),
      facts.version,
    ),
  ];
  const taken = new Set(members.map(({ unit }) => unit));
  const { reserves, notes } = nextReserves(frame, design, { seed, taken });
  return {
    design: { ...design, updated: facts, notes: [...design.notes, ...notes] },
    members,
    reserves,
    places: [...places, ...ordered.map((each) => newPlace(each, { lost }))],
  };
}

function arriving(added: readonly PickedUnit[], version: number): Member[] {
  return added.map((found) => ({ ...found, entry: "added", version }));
}

function releaseOf(
  { unit, lost }: Kept,
  members: readonly Member[],
  units: ReadonlyMap<string, number>,
): Release[] {
  if (lost === undefined) return [];
  const { stratum } = members.find((each) => each.unit === unit) as Member;
  const released = lost.released === undefined ? undefined : units.get(lost.released);
  return [
    {
      version: lost.version,
      unit,
      stratum: stratum.key,
      reason: lost.reason,
      ...(released === undefined ? {} : { released }),
    },
  ];
}

function notReplayed(why: string): CasedrawError {
  return new CasedrawError(
    "UPDATE_NOT_REPLAYED",
    `Update cannot be replayed: ${why}. The sample's folder or the export was changed since; casedraw verify tells which.`,
  );
}
