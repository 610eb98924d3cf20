import { fontWidths } from "./font-widths.js";

/** Regular or semi-bold, as the font files have it. */
export type Weight = keyof typeof fontWidths;

const regular = byCharacter(fontWidths[400]);
const semiBold = byCharacter(fontWidths[600]);

function byCharacter(widths: Readonly<Record<number, string>>): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(widths).flatMap(([width, characters]) =>
      [...characters].map((character): [string, number] => [character, Number(width)]),
    ),
  );
}

/**
 * How wide a text stands in the bundled font, without kerning; the same on every machine.
 *
 * @param options.size - in pixels
 * @param options.weight - default 400
 * @returns pixels; a character that the font's table lacks counts as one em
 */
export function textWidth(
  text: string,
  options: { readonly size: number; readonly weight?: Weight },
): number {
  const widths = options.weight === 600 ? semiBold : regular;
  let thousandths = 0;
  for (const character of text) thousandths += widths.get(character) ?? 1000;
  return (thousandths * options.size) / 1000;
}

/**
 * Breaks a text at spaces into lines no wider than asked for. A single word that is wider stands on a line of its own.
 *
 * @param options.width - pixels
 */
export function wrapText(
  text: string,
  options: { readonly width: number; readonly size: number; readonly weight?: Weight },
): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && textWidth(longer, options) <= options.width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
