import { CasedrawError, type ErrorCode } from "../../errors.js";
import { compareBytes, compareUnits } from "../../frame/text.js";
import { ticket, ticketKey } from "../../random/tickets.js";
import { allocate } from "../allocation/allocate.js";
import { decimalRatio, shareRoundedUp } from "../exact.js";

/** A unit of the sample that is to be reviewed, and its stratum. */
export interface Reviewable {
  readonly unitId: string;
  readonly stratum: string;
}

/** A unit that is read a second time, with the probability of that, given that it is in the sample: a fraction in (0, 1]. */
export interface SecondReview extends Reviewable {
  readonly probability: number;
}

/** What an earlier handover of the sample drew, which stays. */
export interface EarlierReviews {
  /** Units from which it drew, or one before it did. */
  readonly offered: ReadonlySet<string>;
  /** Those drawn, with their probability. */
  readonly drawn: ReadonlyMap<string, number>;
}

/**
 * Draws a subsample for a second review: in each stratum the units with the smallest tickets under the seed
 * `<seed>|double-review|v1`, which have nothing to do with those that made the sample. Given the sample, each unit of a stratum has
 * the same probability, n₂/n.
 *
 * After an earlier draw what it gave stays, and what it passed over stays out. Each unit that came into the sample since is
 * taken where its ticket, as a fraction, is below the probability that the others of its stratum had: that is its own probability,
 * whatever the others are (permanent random numbers).
 *
 * @param seed - of the sample
 * @param wanted - below 1 that share of each stratum, rounded up; from 1 a number over all, in proportion, one a stratum at least
 * @returns in byte order of the strata, and in ticket order within each
 * @throws CasedrawError `ALLOCATION_INFEASIBLE`, `SAMPLE_EXCEEDS_FRAME` where the number is too small or too large
 * @see Ohlsson (1995) in Cox et al. (eds), Business Survey Methods, ch. 9
 */
export function drawSecondReviews(
  units: readonly Reviewable[],
  {
    seed,
    wanted,
    earlier,
  }: { readonly seed: string; readonly wanted: number; readonly earlier?: EarlierReviews },
): SecondReview[] {
  const key = ticketKey(`${seed}|double-review|v1`);
  const strata = new Map<string, Ticketed[]>();
  for (const { unitId, stratum } of units) {
    const found = { unitId, ticket: ticket(key, unitId) };
    const own = strata.get(stratum);
    if (own === undefined) strata.set(stratum, [found]);
    else own.push(found);
  }
  const sorted = [...strata].sort(([a], [b]) => compareBytes(a, b));
  for (const [, own] of sorted)
    own.sort((a, b) => compareUnits(a.ticket, b.ticket) || compareBytes(a.unitId, b.unitId));
  if (earlier !== undefined) {
    const otherwise = wanted < 1 ? wanted : Math.min(1, wanted / units.length);
    return sorted.flatMap(([stratum, own]) => continued(stratum, own, { earlier, otherwise }));
  }
  refuseImpossible(wanted, units.length, strata.size);
  const sizes =
    wanted < 1
      ? sorted.map(([, own]) => shareRoundedUp(decimalRatio(wanted), own.length))
      : allocate(
          sorted.map(([stratum, own]) => ({ key: stratum, populationSize: own.length })),
          { sampleSize: wanted, allocation: { method: "proportional", min: 1 } },
        );
  return sorted.flatMap(([stratum, own], at) => {
    const size = sizes[at] as number;
    return own.slice(0, size).map(({ unitId }) => ({ unitId, stratum, probability: size / own.length }));
  });
}

/** As `allocate` would, in words of the plan's own key. */
function refuseImpossible(wanted: number, units: number, strata: number): void {
  const rule = (code: ErrorCode, text: string, next: string): CasedrawError =>
    new CasedrawError(code, `Second reviews: ${text} (handover.double_review). ${next}`, {
      double_review: wanted,
    });
  if (wanted > units)
    throw rule(
      "SAMPLE_EXCEEDS_FRAME",
      `at most the ${units} sampled cases that are to be reviewed can be read twice, got ${wanted}`,
      "Ask for fewer, or for a share of each stratum (below 1).",
    );
  if (wanted >= 1 && wanted < strata)
    throw rule(
      "ALLOCATION_INFEASIBLE",
      `each of the ${strata} strata gives at least one, got ${wanted} in all`,
      "Ask for more, or for a share of each stratum (below 1).",
    );
}

interface Ticketed {
  readonly unitId: string;
  readonly ticket: string;
}

/** Digits of a ticket that make a fraction without rounding: 52 bits. */
const digits = 13;
const most = 4503599627370496;

function continued(
  stratum: string,
  units: readonly Ticketed[],
  { earlier, otherwise }: { readonly earlier: EarlierReviews; readonly otherwise: number },
): SecondReview[] {
  const { offered, drawn } = earlier;
  const known = units.find(({ unitId }) => drawn.has(unitId));
  const chance = known === undefined ? otherwise : (drawn.get(known.unitId) as number);
  return units.flatMap(({ unitId, ticket: own }) => {
    if (offered.has(unitId)) {
      const probability = drawn.get(unitId);
      return probability === undefined ? [] : [{ unitId, stratum, probability }];
    }
    const fraction = Number.parseInt(own.slice(0, digits), 16) / most;
    return fraction < chance ? [{ unitId, stratum, probability: chance }] : [];
  });
}
