import type { Frame } from "../frame/frame.js";
import { compareUnits } from "../frame/text.js";
import { type Ids, ticketAt, ticketKey } from "../random/tickets.js";
import type { Design } from "./design.js";
import type { Families, FamilyStratum } from "./families.js";
import type { Picked, PickedUnit } from "./picked.js";
import { smallestTickets } from "./smallest-tickets.js";

/**
 * One child a family, in two stages: in each stratum the n_h families with the smallest tickets of their own ids, then of
 * each the child with the smallest ticket. π = n_h / (N_h m) for each of a family's m eligible children, exactly.
 *
 * @see Cochran (1977) Sampling Techniques, ch. 11: two-stage sampling, one subunit a unit
 */
export function drawOnePerFamily(frame: Frame, design: Design, seed: string): Picked {
  const key = ticketKey(seed);
  const families = design.families as Families;
  const { codes, levels } = families.field;
  const drawn: PickedUnit[] = [];
  const reserves: PickedUnit[] = [];
  for (const stratum of design.strata) {
    const { families: own } = families.strata.find((each) => each.key === stratum.key) as FamilyStratum;
    const count = stratum.sampleSize + stratum.reserves;
    const chosen = smallestTickets(own, levels, { key, count });
    const members = new Map(chosen.map(({ unit: family }) => [family, [] as number[]]));
    for (const unit of stratum.units) members.get(codes[unit] as number)?.push(unit);
    for (const [at, { unit: family }] of chosen.entries()) {
      const child = firstChild(members.get(family) as number[], frame.ids, key);
      (at < stratum.sampleSize ? drawn : reserves).push({ ...child, stratum });
    }
  }
  return { drawn, reserves };
}

/** Units stand in id order, which settles equal tickets. */
function firstChild(units: readonly number[], ids: Ids, key: string) {
  return units
    .map((unit) => ({ unit, ticket: ticketAt(key, ids, unit) }))
    .reduce((least, child) => (compareUnits(child.ticket, least.ticket) < 0 ? child : least));
}
