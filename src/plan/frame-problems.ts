import { type PlanPath, type PlanProblems, type Problems, related } from "./problems.js";

interface FrameProblem {
  readonly at: PlanPath;
  readonly message: string;
  readonly suggestion: string | undefined;
}

/**
 * What the checks find in one frame of a plan. They know the frame as a plan; here each place is where the key stands:
 * under the frame, or at the plan's top where the frame does not give it.
 */
export class FrameProblems implements PlanProblems {
  readonly name: string;
  readonly found: FrameProblem[] = [];
  readonly #shape: Problems;
  readonly #own: ReadonlySet<string>;

  /**
   * @param shape - what was found before the frames were checked
   * @param frame.own - the keys that the frame gives
   */
  constructor(shape: Problems, frame: { readonly name: string; readonly own: ReadonlySet<string> }) {
    this.name = frame.name;
    this.#own = frame.own;
    this.#shape = shape;
  }

  add(at: PlanPath, message: string, suggestion?: string): void {
    const place = this.#place(at);
    if (this.#shape.hides(place) || this.found.some((found) => related(found.at, place))) return;
    this.found.push({ at: place, message, suggestion });
  }

  broken(at: PlanPath): boolean {
    const place = this.#place(at);
    return this.#shape.broken(place) || this.found.some((found) => related(found.at, place));
  }

  isMarked(at: PlanPath): boolean {
    return this.#shape.isMarked(this.#place(at));
  }

  isMeant(at: PlanPath): boolean {
    return [at, ["frames", this.name, ...at]].some((place) => this.#shape.isMeant(place));
  }

  #place(at: PlanPath): PlanPath {
    const [key] = at;
    return typeof key === "string" && this.#own.has(key) ? ["frames", this.name, ...at] : at;
  }
}

/** Adds what was found in the frames. What stands at the top is told once, with the frames where not all have it. */
export function tellFrames(problems: Problems, frames: readonly FrameProblems[]): void {
  const told = new Map<string, FrameProblem & { readonly names: string[] }>();
  for (const { name, found } of frames) {
    for (const problem of found) {
      const key = JSON.stringify([problem.at, problem.message]);
      const same = told.get(key) ?? { ...problem, names: [] };
      same.names.push(name);
      told.set(key, same);
    }
  }
  for (const { at, message, suggestion, names } of told.values()) {
    const everywhere = at[0] === "frames" || names.length === frames.length;
    const frame = names.length === 1 ? "frame" : "frames";
    problems.add(
      at,
      everywhere ? message : `${message} This is so in the ${frame} ${names.join(", ")}.`,
      suggestion,
    );
  }
}
