import { type Html, html } from "./html.js";

const width = 240;
const height = 20;
const inset = 6;

/**
 * One row of a spine chart: the range of all areas as a thin line, its middle half as a bar, an upright mark for the whole, a
 * dot for the area. Screen readers pass over it: it stands beside the same figures.
 *
 * @param options.lowest - and `highest`, of all areas: the ends of the line
 */
export function spine(options: {
  readonly value: number;
  readonly whole?: number;
  readonly lowest: number;
  readonly highest: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}): Html {
  const { value, whole, lowest, highest, lowerQuartile, upperQuartile } = options;
  const span = highest - lowest;
  const place = (at: number): string => {
    const part = span > 0 ? Math.min(1, Math.max(0, (at - lowest) / span)) : 0.5;
    return (inset + part * (width - 2 * inset)).toFixed(1);
  };
  const middle = height / 2;
  const mark = whole === undefined ? "" : html`<path class="mark" d="M${place(whole)} 1v18"/>`;
  return html`<svg class="strip" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false"><path class="axis" d="M${inset} ${middle}H${width - inset}M${inset} 6v8M${width - inset} 6v8"/><path class="middle" d="M${place(lowerQuartile)} ${middle}H${place(upperQuartile)}"/>${mark}<circle class="dot" cx="${place(value)}" cy="${middle}" r="5"/></svg>`;
}
