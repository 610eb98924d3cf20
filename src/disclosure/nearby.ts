import type { CellSystem, Equation } from "./cell-system.js";
import { freeMove, type PaidMove, type Publication, type Target } from "./move.js";

/** By variable: the sums that it stands in. */
export type EquationsOf = readonly (readonly Equation[])[];

export function equationsOf({ blocks, counts }: CellSystem): EquationsOf {
  const found = counts.map((): Equation[] => []);
  for (const { equations } of blocks) {
    for (const equation of equations)
      for (const at of [equation.whole, ...equation.parts]) (found[at] as Equation[]).push(equation);
  }
  return found;
}

/** How far from the count is looked, sum by sum, and how many counts of each sum may move. */
const [rounds, breadth] = [3, 3];

/**
 * Looks for a move that hides nothing more, among the few counts about the target that have most room. The programme is a
 * small part of that of all tables: where it has a solution nothing else needs to be looked at.
 *
 * @returns undefined where there is none so near
 */
export function nearbyMove(
  publication: Publication,
  target: Target,
  equationsOf: EquationsOf,
): PaidMove | undefined {
  const room = roomIn(publication);
  const equations = new Set<Equation>();
  const chosen = new Set([target.at]);
  let frontier = [target.at];
  for (let round = 0; round < rounds; round++) {
    const next: number[] = [];
    for (const equation of frontier.flatMap((at) => equationsOf[at] as readonly Equation[])) {
      if (equations.has(equation)) continue;
      equations.add(equation);
      next.push(...loosest(equation, { room, chosen }));
    }
    for (const at of next) chosen.add(at);
    frontier = next;
  }
  for (const at of frontier)
    for (const equation of equationsOf[at] as readonly Equation[]) equations.add(equation);
  // Whatever else stands in no other sum may move too.
  const movable = new Set<number>();
  for (const { whole, parts } of equations) {
    for (const at of [whole, ...parts]) {
      if (at === target.at || room(at) === 0) continue;
      if ((equationsOf[at] as readonly Equation[]).every((each) => equations.has(each))) movable.add(at);
    }
  }
  return freeMove(publication, target, { equations: [...equations], movable });
}

/** How far a count may move, up and down together, as far as has been decided. */
function roomIn({ hidden, slackUp, slackDown }: Publication): (at: number) => number {
  return (at) =>
    hidden.has(at) ? Number.MAX_SAFE_INTEGER : (slackUp[at] as number) + (slackDown[at] as number);
}

function loosest(
  { whole, parts }: Equation,
  { room, chosen }: { readonly room: (at: number) => number; readonly chosen: ReadonlySet<number> },
): number[] {
  return [whole, ...parts]
    .filter((at) => room(at) > 0 && !chosen.has(at))
    .sort((a, b) => room(b) - room(a) || a - b)
    .slice(0, breadth);
}
