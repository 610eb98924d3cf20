import { setImmediate } from "node:timers/promises";
import type { Png } from "../../report/document/document.js";
import type { DrawPng } from "../../report/png.js";

/** A picture that another thread draws as PNG, unless this one gets to it first. */
export interface SharedPng {
  /** Whether it is the caller's to draw; then the other thread passes it over. */
  readonly take: () => boolean;
  /** Waits for what the other thread has drawn. */
  readonly theirs: () => Promise<Png>;
}

/** Gives SVG to another thread, to be drawn after what it was given before. */
export type SharePng = (svg: string) => SharedPng;

/** A picture that is wanted as PNG. */
export interface WantedPng {
  readonly svg: string;
  /** Absent where no other thread has been given it. */
  readonly shared: SharedPng | undefined;
}

/**
 * Draws the pictures that no other thread has begun, and waits for the others.
 *
 * @returns in the order of the pictures, whoever drew them
 */
export async function finishPngs(
  pictures: readonly WantedPng[],
  { drawPng, drawn }: { readonly drawPng: DrawPng; readonly drawn: (left: number) => void },
): Promise<readonly Png[]> {
  const found: (Png | Promise<Png>)[] = [];
  // From the end, while the other thread goes on from the start.
  for (let at = pictures.length - 1; at >= 0; at--) {
    const { svg, shared } = pictures[at] as WantedPng;
    if (shared?.take() === false) {
      found[at] = shared.theirs();
      continue;
    }
    found[at] = drawPng(svg);
    drawn(at);
    // Only between two turns is the memory of a picture given back that lies outside of V8's heap.
    await setImmediate();
  }
  return await Promise.all(found);
}
