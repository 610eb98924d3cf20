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
<li>Without casedraw and without the data: ${withoutCasedraw(sample, units)}</li>
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

const script = html`<code>docs/verify.py</code>, which comes with casedraw,`;

/** What an outsider can derive from the folder alone, and how much of it the script in Python does. */
function withoutCasedraw(sample: Sample, units: UnitWords): Html {
  const { after, design } = sample;
  const checksFiles = html`${script} compares the files with their hashes but does not derive this; <code>casedraw verify</code> does.`;
  if (design.linked !== undefined)
    return html`who is in the sample follows from the earlier sample’s folder, so keep that too. links.csv lists what led to whom. ${checksFiles}`;
  if (design.conditional !== undefined)
    return html`the draw goes by manifest.json, by frame.csv and by the earlier sample’s folder, so keep that too. ${checksFiles}`;
  if (after !== undefined)
    return html`manifest.json and frame.csv hold the sample as first drawn, and manifest.json every step since. ${checksFiles} The first version’s own folder can be checked by the script.`;
  const folder =
    "manifest.json and frame.csv are all that is needed to derive the draw again, in any language.";
  if (design.algorithm.name === "stratified-random-reviewed-apart") return html`${folder} ${checksFiles}`;
  const open = leftToCasedraw(design, units);
  return open === ""
    ? html`${folder} ${script} does it.`
    : html`${folder} ${script} does part of it, and leaves ${open} to <code>casedraw verify</code>.`;
}

/** What the script does not derive of a design that it knows. */
function leftToCasedraw({ plan }: Sample["design"], { many }: UnitWords): string {
  if (plan.caps !== undefined) return "the chances, which are estimated by repeating the draw,";
  if (plan.method === "random")
    return plan.targets === undefined ? "" : "the allocation, which targets may raise,";
  const which = `which ${many} are taken`;
  return plan.method === "balanced" && plan.targets !== undefined
    ? `${which}, and their chances, which targets move,`
    : which;
}

/** The words that a reader may not know. */
export function glossary({ one, many }: UnitWords): Html {
  const words: [string, string][] = [
    ["Population", `The eligible ${many} who could be chosen.`],
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
