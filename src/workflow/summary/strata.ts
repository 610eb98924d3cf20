import { fieldLabel, levelLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import { type Html, html } from "../../report/page/html.js";
import { dataTable } from "../../report/page/table.js";
import type { Sample } from "../../sampling/draw.js";
import { linkedStrata } from "../../sampling/linked/link-facts.js";
import { partsOfKey } from "../../sampling/update/classes.js";
import { strataRecords } from "../sample/tables.js";
import { inShownOrder } from "./strata-order.js";
import { chanceText, type UnitWords } from "./words.js";

/** The strata with what each holds and gives, and how far apart the sampled units' chances are. */
export function strataHtml(plan: Plan, sample: Sample, units: UnitWords): Html {
  const { strata, plan: design } = sample.design;
  const families = design.one_per !== undefined;
  const number = (header: string) => ({ header, kind: "number" as const });
  // Who is in the sample, as strata.csv counts them: after an update that varies by chance, and reserves come in.
  const counts = new Map(strataRecords(sample).map((record) => [record.stratum, record]));
  const drawn = ({ key }: { readonly key: string }): number => counts.get(key)?.drawn ?? 0;
  const spare = ({ key }: { readonly key: string }): number => counts.get(key)?.reserves ?? 0;
  const total = (of: (stratum: Sample["design"]["strata"][number]) => number): string =>
    thousands(strata.reduce((sum, stratum) => sum + of(stratum), 0));
  return html`${dataTable({
    id: "strata-table",
    caption: `Strata: ${units.many} eligible, drawn and in reserve`,
    columns: [
      { header: design.strata.map(fieldLabel).join(" / ") || "Stratum" },
      number("Eligible"),
      ...(families ? [number("Families")] : []),
      number("Sample"),
      number("Reserves"),
      number(chanceHeader(sample)),
    ],
    rows: inShownOrder(strata, ({ key }) => key, { fields: design.strata, plan }).map((stratum) => [
      sample.design.linked === undefined
        ? stratumLabel(stratum.key, design.strata, plan)
        : (linkedLabels[stratum.key] ?? stratum.key),
      thousands(stratum.units.length),
      ...(families ? [thousands(stratum.populationSize)] : []),
      thousands(drawn(stratum)),
      thousands(spare(stratum)),
      chanceText(stratum.inclusionProbability),
    ]),
    ...(strata.length < 2
      ? {}
      : {
          total: [
            "All",
            total((stratum) => stratum.units.length),
            ...(families ? [total((stratum) => stratum.populationSize)] : []),
            total(drawn),
            total(spare),
            "",
          ],
        }),
  })}${chanceRange(sample, units)}`;
}

const linkedLabels: Readonly<Record<string, string>> = {
  [linkedStrata.reached]: "Within reach of the earlier sample",
  [linkedStrata.others]: "Out of its reach",
};

function chanceHeader({ design, estimated }: Sample): string {
  if (design.linked !== undefined) return "Average chance";
  if (design.plan.one_per !== undefined) return "Chance of a family";
  if (estimated !== undefined) return "Chance before the caps";
  const { updated, plan } = design;
  // After an update by the complement the units of a stratum may differ in their chances.
  const parted = updated !== undefined && updated.classes.size === 0;
  const unequal = plan.targets !== undefined || plan.avoid !== undefined || parted;
  return unequal ? "Average chance" : "Chance of each";
}

function chanceRange({ drawn, estimated }: Sample, units: UnitWords): Html {
  const chances = drawn.map(({ probability }) => probability);
  const least = chances.reduce((a, b) => Math.min(a, b), 1);
  const most = chances.reduce((a, b) => Math.max(a, b), 0);
  const [low, high] = [chanceText(least), chanceText(most)];
  if (drawn.length === 0) return html``;
  const whose = `${estimated === undefined ? "The chance" : "The estimated chance"} of selection`;
  return low === high
    ? html`<p>${whose} was the same for every sampled ${units.one}: ${low}.</p>
`
    : html`<p>${whose} of the sampled ${units.many} runs from ${low} to ${high}. It is listed for each in sample.csv.</p>
`;
}

/**
 * A key's levels with their labels; a key is made of its levels joined by " / ", and one inside a level is written `\/`. Where
 * the plan names no field the key begins with one word for all; a stratum split since has a last part that says how.
 */
export function stratumLabel(key: string, fields: readonly string[], plan: Plan): string {
  const { home, part } = partsOfKey(key);
  if (part !== undefined) {
    const from = part.startsWith("from ") ? `from ${stratumLabel(part.slice(5), fields, plan)}` : part;
    return `${stratumLabel(home, fields, plan)} · ${from}`;
  }
  const levels = key.split(" / ");
  if (fields.length === 0) return ["All eligible", ...levels.slice(1)].join(" / ");
  return levels
    .map((level, at) => levelLabel(fields[at] ?? "", level.replaceAll("\\/", " / "), plan))
    .join(" / ");
}
