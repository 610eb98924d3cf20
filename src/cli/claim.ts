import { lstatSync } from "node:fs";
import type { RegisterClaim } from "../report/register/lines.js";

/** Bytes for one claim's text: a path of any length that systems allow. */
const room = 64 * 1024;
/** Numbers before the texts: the state, and the length of either text. */
const header = 3 * Int32Array.BYTES_PER_ELEMENT;

/** The output that a command writes or wrote last, and what stood at its path before. */
export interface Claim {
  /** Absolute path. */
  readonly target: string;
  readonly before: string | undefined;
  /** The register that is written to on the way, and the line that is about to be in it. */
  readonly register?: RegisterClaim;
  readonly underWay: boolean;
}

/**
 * The claimed output in memory that both threads see: a message could still be under way when the worker is ended.
 * A new claim is written beside the last one and counts from the moment the state names it, whole.
 */
export class ClaimSlot {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Int32Array;
  readonly #texts: readonly [Uint8Array, Uint8Array];

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(header + 2 * room)) {
    this.memory = memory;
    this.#numbers = new Int32Array(memory, 0, 3);
    this.#texts = [new Uint8Array(memory, header, room), new Uint8Array(memory, header + room, room)];
  }

  /**
   * @param target - an absolute path; undefined once the output is whole or given up
   * @param register - the register of draws, where the output needs a line in it
   */
  set(target: string | undefined, register?: RegisterClaim): void {
    const { place } = this.#state();
    if (target === undefined) {
      Atomics.store(this.#numbers, 0, stateOf(place, false));
      return;
    }
    const next = place === 0 ? 1 : 0;
    const text = new TextEncoder().encode(JSON.stringify({ target, before: identity(target), register }));
    this.#texts[next].set(text);
    Atomics.store(this.#numbers, 1 + next, text.length);
    Atomics.store(this.#numbers, 0, stateOf(next, true));
  }

  /** The last claim; undefined where there was none. */
  read(): Claim | undefined {
    const { place, underWay } = this.#state();
    if (place === undefined) return undefined;
    const bytes = this.#texts[place].slice(0, Atomics.load(this.#numbers, 1 + place));
    const { target, before, register } = JSON.parse(new TextDecoder().decode(bytes)) as {
      target: string;
      before?: string;
      register?: RegisterClaim;
    };
    return { target, before, underWay, ...(register === undefined ? {} : { register }) };
  }

  #state(): { readonly place: 0 | 1 | undefined; readonly underWay: boolean } {
    const state = Atomics.load(this.#numbers, 0);
    return { place: state === 0 ? undefined : state < 3 ? 0 : 1, underWay: state % 2 === 1 };
  }
}

/** 0 before any claim; 1 and 2 name the first text, 3 and 4 the second; odd while the output is being written. */
function stateOf(place: 0 | 1 | undefined, underWay: boolean): number {
  if (place === undefined) return 0;
  return 1 + 2 * place + (underWay ? 0 : 1);
}

/** What stands at a path, so that its being replaced shows; undefined for nothing. */
export function identity(path: string): string | undefined {
  const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev}:${found.ino}`;
}
