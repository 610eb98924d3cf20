import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readWoff } from "./woff.js";

const committed = fileURLToPath(new URL("../../src/charts/font-widths.ts", import.meta.url));
const require = createRequire(import.meta.url);

function installed(subset: string, weight: number): ReadonlyMap<number, number> {
  const file = `@fontsource/source-sans-3/files/source-sans-3-${subset}-${weight}-normal.woff`;
  const { unitsPerEm, advances } = readWoff(readFileSync(require.resolve(file)));
  expect(unitsPerEm).toBe(1000);
  return advances;
}

/** Latin with its accents (Welsh ones too): names of places in England and Wales, and of most people's languages. */
function wanted(code: number): boolean {
  return code <= 0x24f || (code >= 0x1e80 && code <= 0x1e85) || code === 0x1ef2 || code === 0x1ef3;
}

function tableOf(weight: number): string {
  const advances = new Map([
    ...[...installed("latin-ext", weight)].filter(([code]) => wanted(code)),
    ...installed("latin", weight),
  ]);
  const byWidth = new Map<number, number[]>();
  for (const [code, width] of [...advances].sort(([a], [b]) => a - b)) {
    byWidth.set(width, [...(byWidth.get(width) ?? []), code]);
  }
  const lines = [...byWidth]
    .sort(([a], [b]) => a - b)
    .map(([width, codes]) => `    ${width}: ${quoted(codes)},\n`);
  return `  ${weight}: {\n${lines.join("")}  },\n`;
}

function quoted(codes: readonly number[]): string {
  const shown = codes.map((code) => {
    const character = String.fromCodePoint(code);
    if (/["\\]/.test(character)) return `\\${character}`;
    if (/[ \p{L}\p{N}\p{P}\p{S}]/u.test(character)) return character;
    return `\\u${code.toString(16).padStart(4, "0")}`;
  });
  return `"${shown.join("")}"`;
}

// The table is made by this test: `npx vitest run test/charts/font-widths.test.ts --update` writes it anew.
test("the committed table is what the installed font says", async () => {
  const source =
    "// biome-ignore-all format: made from the installed font by test/charts/font-widths.test.ts\n\n" +
    "/**\n" +
    " * Advance widths of Source Sans 3 (SIL Open Font License 1.1), regular and semi-bold, in thousandths of the text size:\n" +
    " * width → the characters that have it. Read from the WOFF files of @fontsource/source-sans-3.\n" +
    " */\n" +
    `export const fontWidths = {\n${tableOf(400)}${tableOf(600)}} as const;\n`;
  await expect(source).toMatchFileSnapshot(committed);
});
