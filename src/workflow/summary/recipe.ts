import { type Html, html } from "../../report/page/html.js";
import type { Sample } from "../../sampling/draw.js";
import type { UnitWords } from "./words.js";

/** Digests as the manifest has them. */
export interface SummaryDigests {
  readonly frame: string;
  readonly design: string;
  readonly selection: string;
}

/** How anyone can derive the draw again. */
export function recipe(
  sample: Sample,
  units: UnitWords,
  {
    seed,
    digests,
    fromTickets,
  }: {
    readonly seed: string;
    readonly digests?: SummaryDigests;
    readonly fromTickets: string;
  },
): Html {
  const { algorithm } = sample.design;
  return html`<ol>
<li>Keep the whole folder that this page came in. <code>casedraw verify FOLDER</code> reads the plan and the data again, repeats the draw and names whatever differs.</li>
<li><code>casedraw explain FOLDER ID</code> tells why one ${units.one} was or was not drawn.</li>
<li>Without casedraw and without the data: manifest.json and frame.csv are all that is needed to derive the draw again, in any language. <code>docs/verify.py</code>, which comes with casedraw, says how.</li>
</ol>
<p>Tickets in three lines:</p>
<ol>
<li>Key: the SHA-256 of the seed, as 64 characters in hexadecimal.</li>
<li>Ticket: the SHA-256 of the key followed by the ID, in hexadecimal.</li>
<li>${fromTickets}</li>
</ol>
<dl>
<dt>Seed</dt><dd><code>${seed}</code></dd>
<dt>Method</dt><dd><code>${algorithm.name}</code>, version ${algorithm.version}</dd>
${
  digests === undefined
    ? html`<dt>Digests</dt><dd>Of the frame, the design’s fields and the selection: in manifest.json.</dd>\n`
    : html`<dt>Digest of the frame</dt><dd><code>${digests.frame}</code></dd>
<dt>Digest of the design’s fields</dt><dd><code>${digests.design}</code></dd>
<dt>Digest of the selection</dt><dd><code>${digests.selection}</code></dd>
`
}</dl>
`;
}

/** The words that a reader may not know. */
export function glossary({ one, many }: UnitWords): Html {
  const words: [string, string][] = [
    ["Population", `All eligible ${many}: those who could be chosen.`],
    ["Stratum", `A group of ${many} that is drawn from on its own, so that the sample holds enough of it.`],
    ["Chance of selection", `How likely such a draw is to take a ${one}: “1 in 91” means once in 91 draws.`],
    ["Weight", `How many eligible ${many} a sampled one stands for: with a chance of 1 in 91 it is 91.`],
    ["Reserve", `A ${one} held ready, in a fixed order, in case a sampled one cannot be reviewed.`],
    ["Percentage point", "The plain difference of two percentages: from 40% to 42% is 2 points."],
    ["Digest", "A fingerprint of data: change one character and it is another."],
  ];
  return html`<dl>
${words.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>\n`)}</dl>
`;
}
