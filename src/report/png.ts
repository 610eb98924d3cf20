import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { CasedrawError } from "../errors.js";
import type { Png } from "./document/document.js";

/** Pixels of the picture for each of the SVG's: sharp in print at the size of a page. */
const scale = 2;

/** Draws SVG as PNG. */
export type DrawPng = (svg: string) => Png;

/**
 * Loads what draws pictures in pixels: a native module, with the one font that charts are laid out with and none of the
 * machine's, so that a picture has the same bytes everywhere.
 *
 * @throws CasedrawError `PNG_UNAVAILABLE` where the module is not installed, for this kind of machine has none
 */
export async function loadPngRenderer(): Promise<DrawPng> {
  const { resolve } = createRequire(import.meta.url);
  const font = (file: string): string => resolve(`@expo-google-fonts/source-sans-3/${file}`);
  const fontFiles = [
    font("400Regular/SourceSans3_400Regular.ttf"),
    font("600SemiBold/SourceSans3_600SemiBold.ttf"),
  ];
  const { Resvg } = await import("@resvg/resvg-js").catch((error: unknown) => {
    throw new CasedrawError(
      "PNG_UNAVAILABLE",
      "Pictures cannot be drawn as PNG: the module @resvg/resvg-js is not there for this kind of machine. " +
        "The same pictures are there as SVG; install with optional dependencies for PNG.",
      { reason: error instanceof Error ? error.message : String(error) },
    );
  });
  const tidyUp = collector();
  return (svg) => {
    tidyUp({ type: "minor" }); // of the pictures before
    const drawn = new Resvg(svg, {
      font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "Source Sans 3" },
      fitTo: { mode: "zoom", value: scale },
      background: "white",
    }).render();
    return { bytes: drawn.asPng(), width: drawn.width / scale, height: drawn.height / scale };
  };
}

/**
 * A picture's pixels, 10 MB for a page of them, lie outside of V8's heap and go with the object that stands for them. V8 does
 * not know of their size, so without being asked it lets hundreds of MB gather before it looks.
 */
function collector(): NonNullable<typeof gc> {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}
