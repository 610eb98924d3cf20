import type { CalibratedGroup, Calibration } from "../../analysis/estimates/calibrated.js";
import { inSentence, listText } from "../../analysis/words.js";
import { fieldLabel, levelLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import { type CsvCell, computed } from "../../report/csv.js";
import { html } from "../../report/page/html.js";
import type { PageSection } from "../../report/page/page.js";
import { dataTable } from "../../report/page/table.js";
import type { OutputTable } from "../output-table.js";
import { unitWords } from "../summary/words.js";
import type { EstimateContext } from "./context.js";

type Described = Pick<EstimateContext, "plan" | "responses">;

/** What calibration did, in sentences; none where there was none. */
export function calibrationSentences({ plan, responses }: Described): string[] {
  const { calibration } = responses;
  if (calibration === undefined) return [];
  const { method, factors, extreme } = calibration;
  const { many } = unitWords(plan);
  const how = method === "raked" ? "raking" : "post-stratification";
  return [
    `Weights were brought to the numbers of eligible ${many} by ${listText(fieldsOf(calibration))} (${how}). ` +
      `That changed them by factors from ${factorText(factors.least)} to ${factorText(factors.most)}.`,
    ...(extreme === 0
      ? []
      : [
          `The weights of ${thousands(extreme)} reviewed ${extreme === 1 ? unitWords(plan).one : many} changed to less than a third or to more than three times: a few cases then carry much, and intervals may be too narrow. Merge small groups, or calibrate to fewer fields.`,
        ]),
  ];
}

function fieldsOf({ groups }: Calibration): string[] {
  return [...new Set(groups.map(({ field }) => inSentence(fieldLabel(field))))];
}

function factorText(factor: number): string {
  return factor.toFixed(2);
}

/** For the manifest. */
export function calibrationRecord({ method, groups, factors, extreme }: Calibration) {
  return {
    method,
    fields: [...new Set(groups.map(({ field }) => field))],
    factors,
    extreme_factors: extreme,
  };
}

/** `calibration.csv`: what the weights were brought to, group by group. */
export function calibrationTable({ groups }: Calibration): OutputTable {
  return {
    header: ["field", "levels", "population", "responding", "weighted_before", "factor"],
    rows: groups.map(({ field, levels, population, responding, weighted }): CsvCell[] => [
      field,
      levels.join("; "),
      population,
      responding,
      computed(weighted),
      computed(population / weighted),
    ]),
  };
}

export function calibrationSection(context: Described, calibration: Calibration): PageSection {
  const { many } = unitWords(context.plan);
  const name = ({ field, levels }: CalibratedGroup): string =>
    `${fieldLabel(field)}: ${levels.map((level) => levelLabel(field, level, context.plan)).join(" or ")}`;
  const residual =
    calibration.method === "raked"
      ? "The fields were met one after the other until all agree. "
      : "The weights of each group were multiplied by one factor. ";
  return {
    id: "calibrated",
    heading: "Brought to the numbers of the frame",
    body: html`${calibrationSentences(context).map((text) => html`<p>${text}</p>\n`)}<p>${residual}The variance is that of what these groups do not explain. The numbers are those of the frame at the draw. Factors below 0.33 or above 3 are pointed out; where the line is drawn is a convention (see Deville and Särndal 1992 on bounding them).</p>
${dataTable({
  id: "calibrated-table",
  caption: `Eligible ${many}, and how many the reviewed ones stood for before`,
  columns: [
    { header: "Group" },
    { header: "Eligible", kind: "number" },
    { header: "Reviewed or out of scope", kind: "number" },
    { header: "Weighted before", kind: "number" },
    { header: "Frame over weighted", kind: "number" },
  ],
  rows: calibration.groups.map((group) => [
    name(group),
    thousands(group.population),
    thousands(group.responding),
    thousands(Math.round(group.weighted)),
    factorText(group.population / group.weighted),
  ]),
})}`,
  };
}
