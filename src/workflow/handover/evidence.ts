import { join } from "node:path";
import { inSentence, listText, longDate } from "../../analysis/words.js";
import { fieldLabel, levelLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import { isListField } from "../../plan/fields.js";
import { type Plan, usualDisclosure } from "../../plan/types.js";
import { readOwnCsv } from "../../report/own-csv.js";
import { type Html, html } from "../../report/page/html.js";
import { type PageSection, pageHtml } from "../../report/page/page.js";
import { dataTable } from "../../report/page/table.js";
import { namesPeople } from "../archive/people.js";
import { hashOfManifest } from "../next-version/sample-versions.js";
import { readText } from "../read-text.js";
import type { SampleFolder } from "../sample/folder.js";
import { stratumLabel } from "../summary/strata.js";
import { unitWords } from "../summary/words.js";
import { type CountedLevel, mergeSmallLevels } from "./merged-levels.js";

const others = "Others together";

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
  const strata = named ? undefined : strataLevels(folder, { plan, threshold });
  const afterFindings =
    manifest.steps?.some((step) => step.kind === "extend" && step.after_findings) === true;
  const drawn = manifest.strata.reduce((sum, stratum) => sum + stratum.drawn, 0);
  const facts: [string, string][] = [
    [
      "Who could be chosen",
      `${countText(manifest.frame.eligible, threshold)} eligible ${units.many}, as the body's export of ${longDate(plan.reference_date)} has them.`,
    ],
    [
      "Who was chosen",
      `${countText(drawn, threshold)} ${units.many}, by lot. Nobody picked them${afterFindings ? "; how many were drawn in the end was decided after first findings." : ", and what inspectors find had no part in it."}`,
    ],
    [
      "How it can be checked",
      "Whoever holds the export and the sample's own folder can draw the sample again, with casedraw verify or with any program that works out SHA-256.",
    ],
    [
      "Personal data",
      "None is in this page. It names no child, case, practitioner or file, and numbers up to the threshold are put together with others.",
    ],
  ];
  const balance = balanceSections(folder, label, { plan, threshold, strataShown: strata?.merged === 0 });
  const sections: PageSection[] = [
    { id: "design", heading: "How the cases were chosen", body: designHtml(plan, manifest) },
    {
      id: "strata",
      heading: "Strata",
      body:
        strata === undefined
          ? html`<p>The strata ${named ? "go by names or texts, and are not shown" : "are too small to be shown one by one"}.</p>
`
          : strataHtml(strata),
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
function countText(count: number, threshold: number): string {
  return count > 0 && count <= threshold ? `1 to ${thousands(threshold)}` : thousands(count);
}

function designHtml(plan: Plan, { algorithm }: SampleFolder["manifest"]): Html {
  const { sample } = plan;
  const fields = (names: readonly string[]): string =>
    listText(names.map((name) => inSentence(fieldLabel(name))));
  const lines =
    sample === undefined
      ? [
          "Every record was taken that belongs to an earlier sample, whose own evidence says how it was drawn.",
        ]
      : [
          sample.strata.length === 0
            ? "All who could be chosen stood on one list."
            : `The list was first parted into strata, by ${fields(sample.strata)}, so that each is there.`,
          methods[sample.method],
          ...(sample.balance === undefined
            ? []
            : [`The sample was held to the population on ${fields(sample.balance)}.`]),
          ...(sample.one_per === undefined ? [] : ["Families were drawn, and then one child of each."]),
          ...(sample.caps === undefined
            ? []
            : [`No more than a set number was taken of one ${fields(Object.keys(sample.caps))}.`]),
          `Every eligible ${unitWords(plan).one} had a known chance, from which the weights of all estimates follow. In reserve are the next in the same lot; they are taken only as cases turn out not to be reviewable.`,
          "Cases that somebody asked for may be reviewed as well. They are marked as chosen, and no estimate counts them.",
        ];
  return html`${lines.map((line) => html`<p>${line}</p>\n`)}<p>The method is called ${algorithm.name}, version ${algorithm.version}.</p>
`;
}

const methods = {
  random:
    "Each case has a ticket, a number worked out from a seed and its id alone; those with the smallest tickets were taken.",
  systematic: "Cases were put in order and taken at even steps from a random start.",
  balanced: "The draw is random, among such samples only as match the population closely (the cube method).",
} as const;

interface MergedStrata {
  readonly levels: readonly CountedLevel[];
  readonly merged: number;
}

function strataLevels(
  { manifest }: SampleFolder,
  { plan, threshold }: { readonly plan: Plan; readonly threshold: number },
): MergedStrata | undefined {
  const fields = plan.sample?.strata ?? [];
  const levels = manifest.strata.map(({ stratum, population, drawn }) => ({
    level: plan.sample === undefined ? stratum : stratumLabel(stratum, fields, plan),
    counts: [population, drawn],
  }));
  return mergeSmallLevels(levels, { threshold, together: others });
}

function strataHtml({ levels, merged }: MergedStrata): Html {
  return html`${dataTable({
    id: "strata-table",
    caption: "Strata: who could be chosen, and who was",
    columns: [
      { header: "Stratum" },
      { header: "Eligible", kind: "number" },
      { header: "Sample", kind: "number" },
    ],
    rows: levels.map(({ level, counts }) => [level, ...counts.map(thousands)]),
  })}${
    merged === 0
      ? ""
      : html`<p>${thousands(merged)} strata are put together, so that no small number is shown or can be worked out.</p>
`
  }`;
}

/** One table a characteristic; those of the strata's own fields would give away what strata put together have. */
function balanceSections(
  folder: SampleFolder,
  label: string,
  {
    plan,
    threshold,
    strataShown,
  }: { readonly plan: Plan; readonly threshold: number; readonly strataShown: boolean },
): Html[] {
  if (!folder.manifest.outputs.some(({ path }) => path === "balance.csv")) return [];
  const file = join(label, "balance.csv");
  const { header, rows } = readOwnCsv(readText(join(folder.path, "balance.csv"), file, "Balance"), file);
  const at = (name: string): number => header.indexOf(name);
  const isNamed = namesPeople(plan);
  const byName = new Map<string, CountedLevel[]>();
  for (const row of rows) {
    const name = row[at("characteristic")] as string;
    const level = {
      level: row[at("level")] as string,
      counts: ["population_n", "sample_n"].map((each) => Number(row[at(each)])),
    };
    byName.set(name, [...(byName.get(name) ?? []), level]);
  }
  return [...byName].flatMap(([name, levels], i) => {
    if (isNamed(name) || (!strataShown && (plan.sample?.strata ?? []).includes(name))) return [];
    const list = isListField(plan, name);
    const named = levels.map(({ level, counts }) => ({ level: levelLabel(name, level, plan), counts }));
    const shown = list
      ? named.filter(({ counts }) => counts.every((count) => count === 0 || count > threshold))
      : mergeSmallLevels(named, { threshold, together: others })?.levels;
    if (shown === undefined || shown.length === 0) return [];
    return [
      html`${dataTable({
        id: `balance-${i + 1}`,
        caption: `${fieldLabel(name)}${list ? ": a case can have several; those with small numbers are left out" : ""}`,
        columns: [
          { header: fieldLabel(name) },
          { header: "Eligible", kind: "number" },
          { header: "Sample", kind: "number" },
        ],
        rows: shown.map(({ level, counts }) => [level, ...counts.map(thousands)]),
      })}`,
    ];
  });
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
