import { CasedrawError } from "../errors.js";

/** Where in the plan: keys and, in lists, positions from 0. */
export type PlanPath = readonly (string | number)[];

/** One thing that is wrong with a plan. */
export interface PlanProblem {
  /** As a person writes it: `sample.strata[1]`; "" is the plan as a whole. */
  readonly path: string;
  /** Line of the plan, from 1. */
  readonly line: number;
  /** What is wrong and what is allowed. */
  readonly message: string;
  /** What was probably meant. */
  readonly suggestion?: string;
}

interface Found extends PlanProblem {
  readonly at: PlanPath;
  /** Whether further problems of the same place would only follow from this one. */
  readonly hides: boolean;
}

/** What the checks across a plan ask and tell of its problems. */
export type PlanProblems = Pick<Problems, "add" | "broken" | "isMarked" | "isMeant">;

/** No person corrects more in one go; what has more is no plan, and every problem is held against those before it. */
export const mostProblems = 500;

/**
 * Gathers everything that is wrong with one plan, so that it can be refused all at once. Adding the last of 500 refuses it
 * there and then.
 */
export class Problems {
  readonly #file: string;
  readonly #lines = new Map<string, number>();
  readonly #found: Found[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  /** Says on which line a key or list entry stands. */
  mark(at: PlanPath, line: number): void {
    this.#lines.set(JSON.stringify(at), line);
  }

  /** Whether the place stands in the plan by itself: one entry written without a list has no place of its own. */
  isMarked(at: PlanPath): boolean {
    return this.#lines.has(JSON.stringify(at));
  }

  /** The line of a key or entry; of what it would stand in, where it is missing. */
  lineOf(at: PlanPath): number {
    for (let length = at.length; length >= 0; length--) {
      const line = this.#lines.get(JSON.stringify(at.slice(0, length)));
      if (line !== undefined) return line;
    }
    return 1;
  }

  /** Adds a problem, unless one of the same place, of what it stands in or of what it holds was added before. */
  add(at: PlanPath, message: string, suggestion?: string): void {
    if (this.hides(at)) return;
    this.#push({ at, message, hides: true, line: this.lineOf(at) }, suggestion);
  }

  /** Adds a problem of how the plan is written, which hides no other. */
  addForm(at: PlanPath, message: string, line = this.lineOf(at)): void {
    this.#push({ at, message, hides: false, line });
  }

  #push(found: Omit<Found, "path" | "suggestion">, suggestion?: string): void {
    this.#found.push({
      ...found,
      path: pathText(found.at),
      ...(suggestion === undefined ? {} : { suggestion }),
    });
    if (this.#found.length === mostProblems) this.throwIfAny();
  }

  /** Whether a further problem of this place would only follow from one that was added before. */
  hides(at: PlanPath): boolean {
    return this.#found.some((found) => found.hides && related(found.at, at));
  }

  /** Whether this key is what a misspelt one beside it was probably meant for. */
  isMeant(at: PlanPath): boolean {
    const beside = pathText(at.slice(0, -1));
    return this.#found.some(
      (found) => found.suggestion === at.at(-1) && pathText(found.at.slice(0, -1)) === beside,
    );
  }

  /** Whether anything at this place, in it or around it has been found wrong. */
  broken(at: PlanPath): boolean {
    return this.#found.some((found) => related(found.at, at));
  }

  /** @throws CasedrawError `PLAN_INVALID` where there is any problem; `details.problems` lists them by line */
  throwIfAny(): void {
    if (this.#found.length === 0) return;
    const problems: PlanProblem[] = this.#found
      .map(({ at: _at, hides: _hides, ...problem }) => problem)
      .sort((a, b) => a.line - b.line);
    const more = problems.length === mostProblems ? " or more" : "";
    const count = problems.length === 1 ? "1 problem" : `${problems.length}${more} problems`;
    const lines = problems.map(
      ({ line, path, message }) => `  line ${line}, ${path || "the plan"}: ${message}`,
    );
    throw new CasedrawError(
      "PLAN_INVALID",
      `The plan has ${count} (${this.#file}):\n${lines.join("\n")}\n` +
        `Correct ${problems.length === 1 ? "it" : "them"} and run again; docs/plan.md explains every key.`,
      { file: this.#file, problems },
    );
  }
}

/** Whether one place is the other or stands in it. */
export function related(a: PlanPath, b: PlanPath): boolean {
  const shared = Math.min(a.length, b.length);
  return a.slice(0, shared).every((part, i) => b[i] === part);
}

function pathText(at: PlanPath): string {
  let text = "";
  for (const part of at) {
    if (typeof part === "number") text += `[${part}]`;
    else if (/^\w+$/.test(part)) text += text === "" ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}
