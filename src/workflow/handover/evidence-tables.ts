import { join } from "node:path";
import { fieldLabel, levelLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import { isAreaField, isListField } from "../../plan/fields.js";
import type { Plan } from "../../plan/types.js";
import { type OwnCsv, readOwnCsv } from "../../report/own-csv.js";
import { type Html, html } from "../../report/page/html.js";
import { dataTable } from "../../report/page/table.js";
import { namesPeople } from "../archive/people.js";
import { readText } from "../read-text.js";
import type { SampleFolder } from "../sample/folder.js";
import { stratumLabel } from "../summary/strata.js";
import { inShownOrder } from "../summary/strata-order.js";
import { hiddenRows, type RowCounts } from "./hidden-counts.js";

/** Stands for a count that is small, or by which a small one could be worked out. */
const confidential = "[c]";

/** Cases of the sample of which something was found, as balance.csv counts them, by stratum; and all that were drawn. */
export interface SampleCounts {
  readonly inSample: ReadonlyMap<string, number>;
  readonly all: number;
}

/** Reads them from sample.csv. */
export function sampleCounts(folder: SampleFolder, label: string): SampleCounts {
  const { header, rows } = readListed(folder, label, "sample.csv");
  const [stratum, weight] = [header.indexOf("stratum"), header.indexOf("final_weight")];
  const inSample = new Map<string, number>();
  for (const row of rows) {
    if (weight !== -1 && !(Number(row[weight]) > 0)) continue;
    const key = row[stratum] as string;
    inSample.set(key, (inSample.get(key) ?? 0) + 1);
  }
  return { inSample, all: rows.length };
}

function readListed({ path }: SampleFolder, label: string, name: string): OwnCsv {
  const file = join(label, name);
  return readOwnCsv(readText(join(path, name), file, "Output"), file);
}

interface Counted extends RowCounts {
  readonly level: string;
}

/** A table for whoever asks, and whether some number of it is not shown. */
export interface PublicTable {
  readonly html: Html;
  readonly hides: boolean;
}

/** @returns undefined where nothing would protect a small number */
function countsTable(
  levels: readonly Counted[],
  {
    id,
    caption,
    header,
    threshold,
  }: { readonly id: string; readonly caption: string; readonly header: string; readonly threshold: number },
): PublicTable | undefined {
  const found = hiddenRows(levels, threshold);
  if (found === undefined) return undefined;
  const { eligible, sampled } = found;
  const text = (count: number, isHidden: boolean): string => (isHidden ? confidential : thousands(count));
  const hides = sampled.size > 0;
  return {
    hides,
    html: html`${dataTable({
      id,
      caption,
      columns: [{ header }, { header: "Eligible", kind: "number" }, { header: "Sample", kind: "number" }],
      rows: levels.map((level, at) => [
        level.level,
        text(level.eligible, eligible.has(at)),
        text(level.sampled, sampled.has(at)),
      ]),
    })}${
      hides
        ? html`<p>${confidential} is a number from 1 to ${thousands(threshold)}, or one by which such a number could be worked out.</p>
`
        : ""
    }`,
  };
}

/** Eligible units and the sample by stratum. */
export function strataTable(
  { manifest }: SampleFolder,
  {
    plan,
    threshold,
    counts: { inSample },
  }: { readonly plan: Plan; readonly threshold: number; readonly counts: SampleCounts },
): PublicTable | undefined {
  const fields = plan.sample?.strata ?? [];
  const strata = inShownOrder(manifest.strata, ({ stratum }) => stratum, { fields, plan });
  const levels = strata.map(({ stratum, population }) => ({
    level: plan.sample === undefined ? stratum : stratumLabel(stratum, fields, plan),
    eligible: population,
    sampled: inSample.get(stratum) ?? 0,
  }));
  return countsTable(levels, {
    id: "strata-table",
    caption: "Strata: who could be chosen, and who was",
    header: "Stratum",
    threshold,
  });
}

/**
 * One table a characteristic. All count the same units, so that of fields which go together, as of places that lie in one
 * another, there is only one where some number is not shown: the other would give it away.
 */
export function balanceTables(
  folder: SampleFolder,
  label: string,
  {
    plan,
    threshold,
    strata,
  }: { readonly plan: Plan; readonly threshold: number; readonly strata: PublicTable | undefined },
): Html[] {
  const { manifest } = folder;
  if (!manifest.outputs.some(({ path }) => path === "balance.csv")) return [];
  // Balance leaves out what a stratum without cases has: a small number of it would be the difference of two sums.
  const leftOut = manifest.strata.reduce(
    (sum, { allocated, population }) => sum + (allocated === 0 ? population : 0),
    0,
  );
  if (leftOut > 0 && (leftOut <= threshold || strata?.hides === true)) return [];
  const { header, rows } = readListed(folder, label, "balance.csv");
  const at = (name: string): number => header.indexOf(name);
  const isNamed = namesPeople(plan);
  const byName = new Map<string, Counted[]>();
  for (const row of rows) {
    const name = row[at("characteristic")] as string;
    const level = levelLabel(name, row[at("level")] as string, plan);
    const [eligible, sampled] = ["population_n", "sample_n"].map((each) => Number(row[at(each)]));
    const counted = { level, eligible: eligible as number, sampled: sampled as number };
    byName.set(name, [...(byName.get(name) ?? []), counted]);
  }
  const shown = new Map<string, boolean>();
  if (strata !== undefined)
    for (const name of plan.sample?.strata ?? []) shown.set(kindOf(name, plan), strata.hides);
  return [...byName].flatMap(([name, levels], i) => {
    if (isNamed(name)) return [];
    const list = isListField(plan, name);
    const told = list
      ? levels.filter((level) => !isSmall(level.eligible) && !isSmall(level.sampled))
      : levels;
    if (told.length === 0) return [];
    const table = countsTable(told, {
      id: `balance-${i + 1}`,
      caption: `${fieldLabel(name)}${list ? ": a case can have several; those with small numbers are left out" : ""}`,
      header: fieldLabel(name),
      threshold,
    });
    if (table === undefined) return [];
    const other = shown.get(kindOf(name, plan));
    if (other !== undefined && (other || table.hides)) return [];
    shown.set(kindOf(name, plan), table.hides);
    return [table.html];
  });

  function isSmall(count: number): boolean {
    return count > 0 && count <= threshold;
  }
}

/** Fields of one kind are worked out from each other, or lie within each other. */
function kindOf(name: string, { lookups }: Pick<Plan, "lookups">): string {
  const from = lookups.find(({ to }) => Object.hasOwn(to, name))?.from ?? name;
  if (isAreaField(from)) return "place";
  return kinds.find((names) => names.includes(from))?.[0] ?? from;
}

const kinds: readonly (readonly string[])[] = [
  ["ethnicity", "ethnic_group"],
  ["age_band", "age_years", "age_recorded"],
  ["delay_band", "delay_days"],
  ["law_type", "lead_application", "case_type"],
];
