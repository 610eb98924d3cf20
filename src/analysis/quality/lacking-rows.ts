import { thousands } from "../../frame/words.js";
import type { LackingUnits, Subject } from "../item.js";
import { unitsWhere } from "../subject-fields.js";
import { isMarked, type Tally } from "../tally.js";
import { shareText } from "../words.js";

/** Of how many of the subject's units each joined file has no row, and of how many that each tally counts. */
export function lackingUnits(subject: Subject, tallies: readonly Tally[]): LackingUnits[] {
  return (subject.frame.lacking ?? []).flatMap(({ file, fields, units }) => {
    const count = (of: Int32Array): number => of.reduce((sum, unit) => sum + (units[unit] as number), 0);
    const all = count(subject.units);
    if (all === 0) return [];
    const counted = tallies.map(({ id, where }) => {
      const by = where === undefined ? undefined : subject.frame.fields.get(where.field);
      const of =
        by === undefined ? subject.units : unitsWhere(subject, by, (level) => level === where?.level);
      return [id, count(of)];
    });
    return [{ file, fields, units: all, counted: Object.fromEntries(counted) }];
  });
}

/** "552 of 2,675 children (20.6%) have no row in episodes.csv, so nothing from it is known of them". */
export function lackingText({ file, units }: LackingUnits, { total, noun }: Of): string {
  const [have, them] = units === 1 ? ["has", "it"] : ["have", "them"];
  return `${thousands(units)} of ${thousands(total)} ${noun} (${shareText(units / total)}) ${have} no row in ${file}, so nothing from it is known of ${them}`;
}

/** The units of an analysis. */
export interface Of {
  readonly total: number;
  readonly noun: string;
}

/** The share of a field that is not known among the units that have a row in the file, of one among all that are counted for it. */
export function shareBeyond(share: number, { total, id }: Tally, { counted }: LackingUnits): number {
  const lacking = counted[id] ?? 0;
  if (isMarked(total) || total <= lacking) return 0;
  return Math.max(0, (share * total - lacking) / (total - lacking));
}
