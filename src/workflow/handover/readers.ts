import { fileKey } from "../../plan/check-handover.js";
import type { TeamPlan } from "../../plan/types.js";
import type { Reader } from "../../sampling/handover/family.js";

/** What sheets and lists call a pair: "North, pair 2", or "North" where the team is one pair. */
export function readerName(teams: readonly TeamPlan[], { team, pair }: Reader): string {
  const { name, pairs } = teams[team] as TeamPlan;
  return pairs === 1 ? name : `${name}, pair ${pair + 1}`;
}

/** The team's worksheet within the handover's folder; second reviews have one of their own, as neither reader sees the other's. */
export function worksheetPath({ name }: TeamPlan, second = false): string {
  return `worksheets/${fileKey(name)}${second ? "-second-reading" : ""}.xlsx`;
}

/** What {@link readerName} names; a team's name has no comma. */
export function readerOf(name: string): { readonly team: string; readonly pair?: number } {
  const [, team = name, pair] = /^(.*), pair (\d+)$/.exec(name) ?? [];
  return pair === undefined ? { team } : { team, pair: Number(pair) };
}
