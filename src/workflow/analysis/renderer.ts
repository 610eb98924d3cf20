import { CasedrawError } from "../../errors.js";
import { type DrawPng, loadPngRenderer } from "../../report/png.js";

/** The renderer, or why there is none: everything else works without it. */
export async function rendererOrReason(): Promise<{
  readonly drawPng?: DrawPng;
  readonly withoutPng?: string;
}> {
  try {
    return { drawPng: await loadPngRenderer() };
  } catch (error) {
    if (!(error instanceof CasedrawError) || error.code !== "PNG_UNAVAILABLE") throw error;
    return { withoutPng: error.message };
  }
}
