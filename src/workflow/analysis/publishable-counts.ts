import type { Counted } from "../../analysis/item.js";
import { coarsenCurves } from "../../disclosure/coarsen-curves.js";
import { protectStatistics } from "../../disclosure/protect-statistics.js";
import { type DisclosureRecord, protectTallies } from "../../disclosure/protect-tallies.js";
import { inPublishedOrder } from "../../disclosure/reorder.js";
import { CasedrawError } from "../../errors.js";
import { type Disclosure, usualDisclosure } from "../../plan/types.js";

/** What may be published of what was counted for one question, and how much of it is not shown. */
export interface PublishableCounts {
  readonly counted: Counted;
  readonly counts: number;
  readonly hidden: number;
}

/**
 * What may be published of all that was counted: tables are protected together, for one may tell of another.
 *
 * @param counted - for each question
 * @returns the same, in the same order
 * @throws CasedrawError `DISCLOSURE_EXPOSED` where the audit could work a hidden count out
 */
export function publishableCounts(
  counted: readonly Counted[],
  disclosure: Disclosure = usualDisclosure,
): { readonly shown: readonly PublishableCounts[]; readonly record: DisclosureRecord } {
  const { threshold, round_to: roundTo } = disclosure;
  const { tallies: shownTallies, record } = protectTallies(
    counted.flatMap(({ tallies }) => tallies),
    { threshold, roundTo },
  );
  if (record.audit.exposed > 0) throw exposed(record);
  let next = 0;
  const shown = counted.map(({ tallies, statistics, curves, indicators }): PublishableCounts => {
    const own = shownTallies
      .slice(next, next + tallies.length)
      .map((tally) => ({ ...inPublishedOrder(tally), slack: Math.floor(roundTo / 2) }));
    const records = record.tallies.slice(next, next + own.length);
    next += own.length;
    return {
      counts: records.reduce((sum, { counts }) => sum + counts, 0),
      hidden: records.reduce((sum, { small, group, linked }) => sum + small + group + linked, 0),
      counted: {
        tallies: own,
        ...(indicators === undefined ? {} : { indicators }),
        ...(statistics === undefined
          ? {}
          : { statistics: protectStatistics(statistics, { threshold, roundTo }) }),
        ...(curves === undefined ? {} : { curves: coarsenCurves(curves, disclosure) }),
      },
    };
  });
  return { shown, record };
}

function exposed({ audit, threshold }: DisclosureRecord): CasedrawError {
  return new CasedrawError(
    "DISCLOSURE_EXPOSED",
    `Publishable edition: no hidden count may be worked out from what is shown, got ${audit.exposed} of ${audit.audited} that could. ` +
      "Round published counts (disclosure: { round_to: 5 }), or take out a table.",
    { exposed: audit.exposed, audited: audit.audited, threshold },
  );
}
