import { pointsText, trimmedPercent, trimmedText } from "../../charts/number-text.js";
import { thousands } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import { type CsvCell, computed, computedOrBlank } from "../../report/csv.js";
import type { OutputTable } from "../output-table.js";
import { inShownOrder } from "../summary/strata-order.js";
import type { SizeAnswer } from "./answer.js";
import { groupName } from "./group-name.js";
import type { Needed } from "./needed.js";
import type { Goals, SizeGroup } from "./question.js";
import type { Reached } from "./reached.js";

const goalNames = ["margin", "difference", "rare"] as const;

/** `size.csv`: a row for each group and goal, or for each group of a given sample. Shares are fractions. */
export function sizeTable({ needed, reached, question }: SizeAnswer): OutputTable {
  const { proportion, confidence, power, method } = question.assumptions;
  const common: CsvCell[] = [proportion, confidence, power, method];
  const commonNames = ["proportion", "confidence", "power", "method"];
  if (needed !== undefined) {
    return {
      header: [
        "characteristic",
        "level",
        "population",
        "goal",
        "target",
        ...commonNames,
        "design_effect",
        "exact_size",
        "sample_size",
      ],
      rows: needed.flatMap((each) =>
        askedGoals(question.goals).map((goal): CsvCell[] => [
          ...nameCells(each.group),
          goal,
          question.goals[goal] ?? "",
          ...common,
          goal === "rare" ? "" : computed(each.group.designEffect),
          computedOrBlank(each[goal]?.exact),
          each[goal]?.sampleSize ?? "",
        ]),
      ),
    };
  }
  return {
    header: [
      "characteristic",
      "level",
      "population",
      "sample",
      ...commonNames,
      "design_effect",
      "effective_size",
      "margin",
      "difference",
      "rarest_count",
      "rarest_share",
    ],
    rows: (reached ?? []).map(({ group, margin, difference, rarest }) => [
      ...nameCells(group),
      computed(group.sampleSize),
      ...common,
      computed(group.designEffect),
      Number.isFinite(group.effectiveSize) ? computed(group.effectiveSize) : "",
      computedOrBlank(margin),
      computedOrBlank(difference),
      rarest?.cases ?? "",
      computedOrBlank(rarest?.share),
    ]),
  };
}

/** The same for people: a header, then a row a group. */
export function shownTable(answer: SizeAnswer): { readonly header: string[]; readonly rows: string[][] } {
  const { needed, reached, question, plan } = answer;
  if (needed !== undefined) {
    const goals = askedGoals(question.goals);
    const names = {
      margin: "For the margin",
      difference: "For the difference",
      rare: "For the rare practice",
    };
    return {
      header: ["Of", "Number", "Design effect", ...goals.map((goal) => names[goal])],
      rows: shownOrder(needed, plan).map((each) => [
        ...shownName(each.group, plan),
        ...goals.map((goal) => neededText(each, goal)),
      ]),
    };
  }
  return {
    header: ["Of", "Number", "Design effect", "Sample", "Margin", "Difference found", "Rarest found"],
    rows: shownOrder(reached ?? [], plan).map((each) => [
      ...shownName(each.group, plan),
      sampleText(each.group.sampleSize),
      each.margin === undefined ? "none" : `±${pointsText(each.margin)}`,
      each.difference === undefined ? "none" : pointsText(each.difference),
      rarestText(each),
    ]),
  };
}

/** Strata in the order of their bands, in the places that strata have. */
function shownOrder<T extends { readonly group: SizeGroup }>(
  groups: readonly T[],
  plan: Plan | undefined,
): T[] {
  if (plan === undefined) return [...groups];
  const isStratum = ({ group }: T): boolean => group.characteristic === "stratum";
  const fields = plan.sample?.strata ?? [];
  const strata = inShownOrder(groups.filter(isStratum), ({ group }) => group.level, {
    fields,
    plan,
  }).values();
  return groups.map((each) => (isStratum(each) ? (strata.next().value as T) : each));
}

function askedGoals(goals: Goals): (keyof Goals)[] {
  return goalNames.filter((name) => goals[name] !== undefined);
}

function nameCells({ characteristic, level, populationSize }: SizeGroup): CsvCell[] {
  return [characteristic, level, populationSize ?? ""];
}

function shownName(group: SizeGroup, plan: Plan | undefined): string[] {
  const { populationSize, designEffect } = group;
  return [
    groupName(group, plan),
    populationSize === undefined ? "not given" : thousands(populationSize),
    trimmedText(designEffect),
  ];
}

function neededText(each: Needed, goal: keyof Goals): string {
  const size = each[goal]?.sampleSize;
  return size === undefined ? "none" : thousands(size);
}

function sampleText(sampleSize: number): string {
  return Number.isInteger(sampleSize) ? thousands(sampleSize) : sampleSize.toFixed(1);
}

function rarestText({ group, rarest }: Reached): string {
  if (group.places === undefined) return "not known";
  if (rarest === undefined) return "none";
  const { cases, share } = rarest;
  return cases === undefined ? trimmedPercent(share) : `${thousands(cases)} (${trimmedPercent(share)})`;
}
