import type { Frame } from "../../frame/frame.js";
import type { Target } from "../../plan/types.js";
import { comparedFields, comparedLevels, orderLevels } from "../compared-fields.js";
import type { Design } from "../design.js";

/** Eligible units that a simulation counts together: those with one level of a characteristic, or those of a target. */
export interface SimulatedGroup {
  /** A field's name; of a target `target`. */
  readonly characteristic: string;
  /** A level or a list's item; of a target its conditions. */
  readonly level: string;
  /** Eligible units. */
  readonly population: number;
  /** As the plan has it. */
  readonly target?: Target;
}

/** The groups, and for each unit of the frame those that it is in: groups[starts[unit] … starts[unit + 1]). */
export interface GroupIndex {
  readonly list: readonly SimulatedGroup[];
  readonly starts: Int32Array;
  readonly groups: Int32Array;
}

/** Every level of the fields that a sample is compared on, in the order of `balance.csv`, then the targets in plan order. */
export function groupIndex(frame: Frame, design: Design): GroupIndex {
  const list: SimulatedGroup[] = [];
  const members: { readonly codes: ArrayLike<number>; readonly ofCode: readonly (readonly number[])[] }[] =
    [];
  for (const field of comparedFields(frame, design.plan)) {
    const sizes = new Int32Array(field.levels.length);
    for (const unit of frame.eligible) {
      const code = field.codes[unit] as number;
      sizes[code] = (sizes[code] as number) + 1;
    }
    const population = new Map<string, number>();
    for (const [code, level] of field.levels.entries()) {
      if (sizes[code] === 0) continue;
      for (const item of comparedLevels(field, level))
        population.set(item, (population.get(item) ?? 0) + (sizes[code] as number));
    }
    const place = new Map<string, number>();
    for (const level of orderLevels(field, [...population.keys()])) {
      place.set(level, list.length);
      list.push({ characteristic: field.name, level, population: population.get(level) as number });
    }
    const ofCode = field.levels.map((level) =>
      comparedLevels(field, level).flatMap((item) => place.get(item) ?? []),
    );
    members.push({ codes: field.codes, ofCode });
  }
  for (const [at, { label, members: codes, eligible }] of (design.targets ?? []).entries()) {
    members.push({ codes, ofCode: [[], [list.length]] });
    const target = design.plan.targets?.[at] as Target;
    list.push({ characteristic: "target", level: label, population: eligible, target });
  }
  const starts = new Int32Array(frame.ids.length + 1);
  const groups: number[] = [];
  const isEligible = new Uint8Array(frame.ids.length);
  for (const unit of frame.eligible) isEligible[unit] = 1;
  for (let unit = 0; unit < frame.ids.length; unit++) {
    if (isEligible[unit] === 1) {
      for (const { codes, ofCode } of members) {
        for (const group of ofCode[codes[unit] as number] as readonly number[]) groups.push(group);
      }
    }
    starts[unit + 1] = groups.length;
  }
  return { list, starts, groups: Int32Array.from(groups) };
}

/** Σ over the units of each group of what each of them has. */
export function sumByGroup({ list, starts, groups }: GroupIndex, ofUnit: Float64Array): Float64Array {
  const sums = new Float64Array(list.length);
  for (let unit = 0; unit < ofUnit.length; unit++) {
    for (let at = starts[unit] as number; at < (starts[unit + 1] as number); at++) {
      const group = groups[at] as number;
      sums[group] = (sums[group] as number) + (ofUnit[unit] as number);
    }
  }
  return sums;
}
