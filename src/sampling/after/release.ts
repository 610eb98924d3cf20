import type { Frame } from "../../frame/frame.js";
import type { PickedUnit } from "../picked.js";
import type { Loss, LossReason, Place, Release } from "./outcome.js";
import { continuesDraw, type Member, type Standing } from "./standing.js";

/**
 * Takes lost units out of the work and releases reserves for them, strictly in order within the stratum.
 *
 * Where the reserves continue the draw, each loss releases the next one. Elsewhere a reserve is a substitute, which imputes
 * nonresponse: it takes the place of an inaccessible unit or of a conflict. A unit out of scope then releases nothing: that it
 * counts for zero is known, and nothing is missing.
 *
 * @param losses - units of the sample, each lost for the first time; checked by `refuseWrongLosses`
 */
export function releaseReserves(frame: Frame, standing: Standing, losses: readonly Loss[]): Standing {
  const version = standing.version + 1;
  const continuing = continuesDraw(standing.design);
  const unitOf = new Map(standing.members.map((member) => [frame.ids[member.unit] as string, member]));
  const members: Member[] = [...standing.members];
  const reserves: PickedUnit[] = [...standing.reserves];
  const lost = new Map<number, LossReason>(standing.lost);
  const places: Place[] = [...standing.places];
  const releases: Release[] = [...standing.releases];
  const next = (stratum: string): PickedUnit | undefined => {
    const at = reserves.findIndex((reserve) => reserve.stratum.key === stratum);
    return at === -1 ? undefined : reserves.splice(at, 1)[0];
  };
  for (const { unitId, reason } of losses) {
    const { unit, stratum } = unitOf.get(unitId) as Member;
    lost.set(unit, reason);
    const entry = { version, unit, stratum: stratum.key, reason };
    const held = places.flatMap((place, at) => (place.holder === unit ? [at] : []));
    if (!continuing && reason === "out-of-scope") {
      releases.push(entry);
      continue;
    }
    // A unit that a top-up drew while it stood in for another holds two places.
    for (const at of continuing ? [-1] : held) {
      const released = next(stratum.key);
      releases.push(released === undefined ? entry : { ...entry, released: released.unit });
      if (released !== undefined)
        members.push({ ...released, version, entry: continuing ? "released" : "substitute" });
      if (at === -1) continue;
      const { stratum: key, origin } = places[at] as Place;
      places[at] = { stratum: key, origin, ...(released === undefined ? {} : { holder: released.unit }) };
    }
  }
  return { ...standing, version, members, reserves, lost, places, releases };
}
