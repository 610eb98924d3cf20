import { longDate } from "../../analysis/words.js";
import { thousands } from "../../frame/words.js";
import { type Plan, usualDisclosure } from "../../plan/types.js";
import { type Html, html } from "../../report/page/html.js";
import { type PageSection, pageHtml } from "../../report/page/page.js";
import { dataTable } from "../../report/page/table.js";
import { namesPeople } from "../archive/people.js";
import { hashOfManifest } from "../next-version/sample-versions.js";
import type { SampleFolder } from "../sample/folder.js";
import { unitWords } from "../summary/words.js";
import { balanceTables, sampleCounts, strataTable } from "./evidence-tables.js";
import { designHtml } from "./evidence-words.js";

/**
 * How the sample was chosen, for whoever asks: nobody's id, no place of a single case, no small count. Neither the seed nor a
 * ticket nor a digest of few ids is in it, by which ids could be tried out.
 */
export function evidencePage(
  folder: SampleFolder,
  label: string,
  { plan, marking }: { readonly plan: Plan; readonly marking: string },
): string {
  const { manifest } = folder;
  const units = unitWords(plan);
  const threshold = plan.disclosure?.threshold ?? usualDisclosure.threshold;
  const isNamed = namesPeople(plan);
  const named = (plan.sample?.strata ?? []).some(isNamed);
  const counts = sampleCounts(folder, label);
  const strata = named ? undefined : strataTable(folder, { plan, threshold, counts });
  const afterFindings =
    manifest.steps?.some((step) => step.kind === "extend" && step.after_findings) === true;
  const { inSample, all } = counts;
  const reviewed = [...inSample.values()].reduce((sum, count) => sum + count, 0);
  const facts: [string, string][] = [
    [
      "Who could be chosen",
      `${coarseCountText(manifest.frame.eligible, threshold)} eligible ${units.many}, as the body's export of ${longDate(plan.reference_date)} has them.`,
    ],
    [
      "Who was chosen",
      `${coarseCountText(reviewed, threshold)} ${units.many}, by lot${reviewed === all ? "" : ", those left out whose case could not be had or read"}. Nobody picked them${afterFindings ? "; how many were drawn in the end was decided after first findings." : ", and what inspectors find had no part in it."}`,
    ],
    [
      "How it can be checked",
      "Whoever holds the export and the sample's own folder can draw the sample again, with casedraw verify or with any program that works out SHA-256.",
    ],
    [
      "Personal data",
      `None is in this page. It names no child, case, practitioner or file${threshold === 0 ? "" : `, and no number from 1 to ${thousands(threshold)} is shown or follows from what others sum to`}.`,
    ],
  ];
  const balance = balanceTables(folder, label, { plan, threshold, strata });
  const sections: PageSection[] = [
    { id: "design", heading: "How the cases were chosen", body: designHtml(plan, manifest) },
    {
      id: "strata",
      heading: "Strata",
      body:
        strata === undefined
          ? html`<p>The strata ${named ? "go by names or texts, and are not shown" : "are too small to be shown one by one"}.</p>
`
          : strata.html,
    },
    ...(balance.length === 0
      ? []
      : [{ id: "balance", heading: "The sample beside all who could be chosen", body: balance }]),
    { id: "proof", heading: "Proof", body: proofHtml(folder) },
  ];
  return pageHtml({
    title: plan.title,
    kind: "How the cases were chosen",
    marking: `${marking}. Without personal data.`,
    lede: "How the sample of cases was chosen, and how that can be proved.",
    summary: {
      id: "short",
      heading: "In short",
      body: html`<dl class="facts">
${facts.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>\n`)}</dl>
`,
    },
    sections,
    footer: html`<p>Made by casedraw. The same sample gives the same page.</p>`,
  });
}

/** A count of people; a small one is not told apart from others as small. */
function coarseCountText(count: number, threshold: number): string {
  return count > 0 && count <= threshold ? `1 to ${thousands(threshold)}` : thousands(count);
}

function proofHtml({ manifest, path }: SampleFolder): Html {
  const rows: [string, string | Html][] = [
    ["Software", `casedraw ${manifest.software.version}`],
    ["Version of the sample", `${manifest.version ?? 1}`],
    ["Manifest (SHA-256)", html`<code>${hashOfManifest(path)}</code>`],
    ["Export's frame (digest)", html`<code>${manifest.frame.digest}</code>`],
  ];
  return html`<p>The manifest holds the seed, the rules and the digests of data and selection. Its hash fixes them all: whoever has that manifest can show that it is this one.</p>
${dataTable({ id: "proof-table", caption: "What proves it", columns: [{ header: "What" }, { header: "Value" }], rows })}`;
}
