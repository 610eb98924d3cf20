import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * The font that charts are laid out with, as a style sheet with the font inside: a picture's texts are then as wide as
 * its layout takes them to be. Source Sans 3, Latin, SIL Open Font Licence.
 */
export function chartFontStyle(): string {
  const { resolve } = createRequire(import.meta.url);
  return [400, 600]
    .map((weight) => {
      const file = resolve(`@fontsource/source-sans-3/files/source-sans-3-latin-${weight}-normal.woff2`);
      const data = readFileSync(file).toString("base64");
      return `@font-face{font-family:"Source Sans 3";font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2")}\n`;
    })
    .join("");
}
