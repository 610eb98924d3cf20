import { isBlankLevel } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import { compareBytes } from "../../frame/text.js";
import type { Plan } from "../../plan/types.js";
import { csvText } from "../../report/csv.js";
import type { Sample } from "../../sampling/draw.js";

/** One frame of a plan with its sample. */
export interface SampledFrame {
  readonly name: string;
  readonly plan: Plan;
  readonly frame: Frame;
  readonly sample: Sample;
}

/** By what two frames know that they speak of the same: a child, a case, or the unit as their ids are made alike. */
export type SharedBy = "child" | "case" | "unit";

/** What an eligible unit's lot was. */
export type Lot = "drawn" | "reserve" | "eligible";

/** Two frames, and what is eligible in both. */
export interface FramePair {
  readonly frames: readonly [string, string];
  /** Absent where the two have nothing that could tell. */
  readonly sharedBy?: SharedBy;
  /** Children, cases or units that are eligible in both, and how many of them are drawn in both. */
  readonly shared: number;
  readonly drawnInBoth: number;
  readonly meetings: readonly Meeting[];
}

/** A unit of one frame and one of the other that are of the same child, case or unit. */
interface Meeting {
  /** The parts of the id, told apart: `A_1` of case `A` is not case `A_1`. */
  readonly key: string;
  readonly id: string;
  readonly units: readonly [string, string];
  readonly lots: readonly [Lot, Lot];
}

/**
 * Finds what is eligible in more than one frame. Two frames meet by the child where both have `case_id` and `child_id`, else by
 * the case where both have `case_id`, else by the unit where both make their ids of the same fields. A field of several
 * values, or a blank one, tells nothing.
 *
 * @param frames - in plan order
 * @returns every pair of frames in plan order; meetings in byte order of their ids
 */
export function findOverlaps(frames: readonly SampledFrame[]): FramePair[] {
  return frames.flatMap((one, at) => frames.slice(at + 1).map((other) => pairOf(one, other)));
}

/** The text of `overlaps.csv`, a line for each two units that meet. */
export function overlapsText(pairs: readonly FramePair[]): string {
  return csvText(
    ["shared_by", "id", "frame", "unit_id", "lot", "other_frame", "other_unit_id", "other_lot"],
    pairs.flatMap(({ frames, sharedBy = "unit", meetings }) =>
      meetings.map(({ id, units, lots }) => [
        sharedBy,
        id,
        frames[0],
        units[0],
        lots[0],
        frames[1],
        units[1],
        lots[1],
      ]),
    ),
  );
}

function pairOf(one: SampledFrame, other: SampledFrame): FramePair {
  const frames = [one.name, other.name] as const;
  const found = sharedFields(one, other);
  if (found === undefined) return { frames, shared: 0, drawnInBoth: 0, meetings: [] };
  const { sharedBy, names } = found;
  const lots = [lotsOf(one), lotsOf(other)] as const;
  const others = unitsByKey(other.frame, names);
  const meetings: Meeting[] = [];
  for (const [id, units] of unitsByKey(one.frame, names)) {
    for (const unit of units) {
      for (const match of others.get(id) ?? []) {
        meetings.push({
          key: id,
          id: id.replaceAll(partSeparator, "_"),
          units: [one.frame.ids[unit] as string, other.frame.ids[match] as string],
          lots: [lots[0](unit), lots[1](match)],
        });
      }
    }
  }
  meetings.sort(
    (a, b) =>
      compareBytes(a.id, b.id) ||
      compareBytes(a.units[0], b.units[0]) ||
      compareBytes(a.units[1], b.units[1]),
  );
  const both = meetings.filter(({ lots: [a, b] }) => a === "drawn" && b === "drawn");
  const distinct = (some: readonly Meeting[]): number => new Set(some.map(({ key }) => key)).size;
  return { frames, sharedBy, shared: distinct(meetings), drawnInBoth: distinct(both), meetings };
}

function sharedFields(
  one: SampledFrame,
  other: SampledFrame,
): { readonly sharedBy: SharedBy; readonly names: readonly string[] } | undefined {
  const candidates: [SharedBy, readonly string[]][] = [
    ["child", ["case_id", "child_id"]],
    ["case", ["case_id"]],
  ];
  if (one.plan.unit_id.join("\n") === other.plan.unit_id.join("\n"))
    candidates.push(["unit", one.plan.unit_id]);
  const told = ({ frame }: SampledFrame, name: string): boolean => {
    const kind = frame.fields.get(name)?.kind;
    return kind !== undefined && kind !== "list";
  };
  const found = candidates.find(([, names]) => names.every((name) => told(one, name) && told(other, name)));
  return found === undefined ? undefined : { sharedBy: found[0], names: found[1] };
}

/** No cell holds it. */
const partSeparator = "\u001f";

function unitsByKey({ fields, eligible }: Frame, names: readonly string[]): Map<string, number[]> {
  const columns = names.flatMap((name) => fields.get(name) ?? []);
  const units = new Map<string, number[]>();
  for (const unit of eligible) {
    const levels = columns.map(({ levels, codes }) => levels[codes[unit] as number] as string);
    if (levels.some((level, at) => isBlankLevel(columns[at]?.kind ?? "text", level))) continue;
    const key = levels.join(partSeparator);
    const own = units.get(key);
    if (own === undefined) units.set(key, [unit]);
    else own.push(unit);
  }
  return units;
}

function lotsOf({ sample }: SampledFrame): (unit: number) => Lot {
  const drawn = new Set(sample.drawn.map(({ unit }) => unit));
  const reserves = new Set(sample.reserves.map(({ unit }) => unit));
  return (unit) => (drawn.has(unit) ? "drawn" : reserves.has(unit) ? "reserve" : "eligible");
}
