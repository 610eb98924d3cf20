import { type Html, html } from "./html.js";

const width = 240;
const height = 20;
const inset = 6;

/** Where a share lies, to a tenth of a pixel. */
function place(share: number, scale: number): string {
  return (inset + (share / scale) * (width - 2 * inset)).toFixed(1);
}

/**
 * One row of a dot chart: an upright mark for the population, a dot for the sample, a bar between them. Screen readers
 * pass over it: it stands beside the same figures in words.
 *
 * @param options.scale - what the right end stands for, in the unit of both shares; the same for all rows of a page
 */
export function dotStrip(options: {
  readonly population: number;
  readonly sample: number;
  readonly scale: number;
}): Html {
  const { population, sample, scale } = options;
  const [mark, dot] = [place(population, scale), place(sample, scale)];
  const middle = height / 2;
  return html`<svg class="strip" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false"><path class="axis" d="M${inset} ${middle}H${width - inset}M${inset} 6v8M${width - inset} 6v8"/><path class="gap" d="M${mark} ${middle}H${dot}"/><path class="mark" d="M${mark} 1v18"/><circle class="dot" cx="${dot}" cy="${middle}" r="5"/></svg>`;
}

/** The two signs of {@link dotStrip} apart, for a key. */
export function dotStripKey(sign: "population" | "sample"): Html {
  return sign === "population"
    ? html`<svg class="strip sign" viewBox="0 0 16 20" aria-hidden="true" focusable="false"><path class="mark" d="M8 1v18"/></svg>`
    : html`<svg class="strip sign" viewBox="0 0 16 20" aria-hidden="true" focusable="false"><circle class="dot" cx="8" cy="10" r="5"/></svg>`;
}
