import { solve } from "yalps";
import type { Block, CellSystem, Equation } from "./cell-system.js";

/** What an outsider may take any count for, as far as it has been decided. */
export interface Publication {
  readonly system: CellSystem;
  /** Variables that are not shown. */
  readonly hidden: ReadonlySet<number>;
  /** By variable: how far a shown count may rise or fall without being shown differently. */
  readonly slackUp: readonly number[];
  readonly slackDown: readonly number[];
}

/** Another set of counts that fits the publication: by variable, how far it is from the true one. */
export type Move = ReadonlyMap<number, number>;

/** A count, and how far it is to be moved: up, or down where negative. */
export interface Target {
  readonly at: number;
  readonly by: number;
}

/** A way of moving a count for which further counts may have to be hidden. */
export interface PaidMove {
  readonly move: Move;
  /** Shown counts that move further than rounding lets them. */
  readonly toHide: readonly number[];
}

const hiddenCost = 0.001;
const slackCost = 0.002;
/** How many counts of a line are tried as complements: the cheapest. */
const tried = 2;
const tolerance = 1e-6;

/**
 * Finds the cheapest way of moving a count so that all sums still hold: by hidden counts, by shown ones as far as rounding
 * hides it, and by hiding further counts. Only counts whose blocks are all looked at move, so that the others' sums hold too.
 *
 * @param options.blocks - the blocks that are looked at; all of the target's
 * @param options.thorough - whether all counts of a line are tried and not the cheapest alone
 * @returns undefined where there is none
 * @see Fischetti & Salazar (2000) JASA 95:916–928; Kelly, Golden & Assad (1992) Networks 22:397–417, for the heuristic of one
 *   programme for each cell to protect, costs being those of what is hidden
 */
export function cheapestMove(
  publication: Publication,
  target: Target,
  { blocks, thorough }: { readonly blocks: ReadonlySet<number>; readonly thorough: boolean },
): PaidMove | undefined {
  const { system } = publication;
  const equations = [...blocks].flatMap((block) => (system.blocks[block] as Block).equations);
  const movable = movableOf(publication, { equations, blocks, thorough });
  movable.delete(target.at);
  return leastCost(columnsOf(publication, movable), { equations, movable, target });
}

/** Finds the cheapest move of some counts that hides none, by what is hidden already and by rounding. */
export function freeMove(
  publication: Publication,
  target: Target,
  given: { readonly equations: readonly Equation[]; readonly movable: ReadonlySet<number> },
): PaidMove | undefined {
  const columns = columnsOf(publication, given.movable).filter(({ hides }) => !hides);
  return leastCost(columns, { ...given, target });
}

/** The cheapest of all moves by some ways; undefined where there is none. */
function leastCost(
  columns: readonly Column[],
  given: {
    readonly equations: readonly Equation[];
    readonly movable: ReadonlySet<number>;
    readonly target: Target;
  },
): PaidMove | undefined {
  const { equations, movable, target } = given;
  const rows = new Map<number, [number, number][]>();
  const right = new Map<number, number>();
  equations.forEach(({ whole, parts }, equation) => {
    for (const at of [whole, ...parts]) {
      const sign = at === whole ? -1 : 1;
      if (at === target.at) right.set(equation, -sign * target.by);
      if (movable.has(at)) rows.set(at, [...(rows.get(at) ?? []), [equation, sign]]);
    }
  });
  const used = new Set([...rows.values()].flatMap((terms) => terms.map(([equation]) => equation)));
  if ([...right.keys()].some((equation) => !used.has(equation))) return undefined;

  // Limits are only written where a solution breaks them: almost none does, and each is a row of the programme.
  const limited = new Set<number>();
  for (;;) {
    const { status, variables } = solve({
      direction: "minimize",
      objective: "cost",
      constraints: [
        ...[...used].map((equation) => [`e${equation}`, { equal: right.get(equation) ?? 0 }] as const),
        ...[...limited].map((column) => [`l${column}`, { max: (columns[column] as Column).most }] as const),
      ],
      variables: columns.map(({ at, sign, cost }, column): [number, [string, number][]] => [
        column,
        [
          ["cost", cost],
          ...(rows.get(at) ?? []).map(([equation, of]): [string, number] => [`e${equation}`, of * sign]),
          ...(limited.has(column) ? [[`l${column}`, 1] satisfies [string, number]] : []),
        ],
      ]),
    });
    if (status !== "optimal") return undefined;
    const broken = variables.filter(
      ([column, value]) => value > (columns[column] as Column).most + tolerance,
    );
    if (broken.length === 0) return paidMove(columns, variables, target);
    // A limit that is written and still broken is the solver's error: such a move is none.
    if (broken.some(([column]) => limited.has(column))) return undefined;
    for (const [column] of broken) limited.add(column);
  }
}

/** One way for a count to move. */
interface Column {
  readonly at: number;
  readonly sign: 1 | -1;
  readonly most: number;
  readonly cost: number;
  readonly hides: boolean;
}

function columnsOf({ system, hidden, slackUp, slackDown }: Publication, movable: Iterable<number>): Column[] {
  const columns: Column[] = [];
  for (const at of movable) {
    const count = system.counts[at] as number;
    const up = slackUp[at] as number;
    const down = slackDown[at] as number;
    if (hidden.has(at)) {
      columns.push({ at, sign: 1, most: Number.POSITIVE_INFINITY, cost: hiddenCost, hides: false });
      if (count > 0) columns.push({ at, sign: -1, most: count, cost: hiddenCost, hides: false });
      continue;
    }
    const cost = costOf(system, at);
    if (up > 0) columns.push({ at, sign: 1, most: up, cost: slackCost, hides: false });
    if (down > 0) columns.push({ at, sign: -1, most: down, cost: slackCost, hides: false });
    columns.push({ at, sign: 1, most: Number.POSITIVE_INFINITY, cost, hides: true });
    if (count > 0) columns.push({ at, sign: -1, most: count - down, cost, hides: true });
  }
  return columns;
}

/**
 * What is lost by hiding a count: more for larger ones, for margins more than for cells, and most for a universe's total; a
 * count of 0 says something and protects little.
 */
function costOf({ counts, orders }: Pick<CellSystem, "counts" | "orders">, at: number): number {
  const count = counts[at] as number;
  if (orders[at] === 0) return 100_000;
  return (orders[at] === 1 ? 20 : 1) * (count === 0 ? 500 : 1 + Math.sqrt(count));
}

function movableOf(
  { system, hidden, slackUp, slackDown }: Publication,
  {
    equations,
    blocks,
    thorough,
  }: {
    readonly equations: readonly Equation[];
    readonly blocks: ReadonlySet<number>;
    readonly thorough: boolean;
  },
): Set<number> {
  const enclosed = (at: number): boolean =>
    (system.blocksOf[at] as readonly number[]).every((block) => blocks.has(block));
  const movable = new Set<number>();
  for (const { whole, parts } of equations) {
    const free = [whole, ...parts].filter(enclosed);
    for (const at of free) if (hidden.has(at) || thorough || at === whole) movable.add(at);
    if (thorough) continue;
    const shown = free.filter((at) => !hidden.has(at) && (system.counts[at] as number) > 0);
    const cost = (at: number): number => costOf(system, at);
    const slack = (at: number): number => (slackUp[at] as number) + (slackDown[at] as number);
    const cheapest = [...shown].sort((a, b) => cost(a) - cost(b) || a - b).slice(0, tried);
    const loosest = shown.filter((at) => slack(at) > 0).sort((a, b) => slack(b) - slack(a) || a - b);
    for (const at of [...cheapest, ...loosest.slice(0, tried)]) movable.add(at);
  }
  return movable;
}

function paidMove(
  columns: readonly Column[],
  found: readonly (readonly [number, number])[],
  target: Target,
): PaidMove {
  const move = new Map([[target.at, target.by]]);
  const toHide = new Set<number>();
  for (const [column, value] of found) {
    const { at, sign, hides } = columns[column] as Column;
    move.set(at, (move.get(at) ?? 0) + sign * value);
    if (hides && value > tolerance) toHide.add(at);
  }
  return { move, toHide: [...toHide].sort((a, b) => a - b) };
}
