import { type Field, isBlankLevel, unmapped } from "../../frame/field.js";
import { capital, levelLabel } from "../../frame/labels.js";
import { counted } from "../../frame/words.js";
import { areaFields } from "../../plan/types.js";
import { benjaminiHochberg } from "../../statistics/benjamini-hochberg.js";
import { chiSquareTest } from "../../statistics/chi-square.js";
import { chiSquareTail } from "../../statistics/chi-square-tail.js";
import { largestDesignEffect } from "../case-rows.js";
import type { CheckCode, Draft } from "../finding.js";
import { isExpected, judgedFields } from "../judged-fields.js";
import { isKnown } from "../known.js";
import { columnOf } from "../own-columns.js";
import type { CheckRule } from "../rule.js";
import { type CheckSubject, rowsWhere } from "../subject.js";
import { named, percent, titled } from "../words.js";

/** Level of the adjusted chance. */
const level = 0.01;
/** What is worth asking about: this much more missing than in the other groups, in a group of this many rows. */
const leastDifference = 0.05;
const leastRows = 30;
/** Expected counts below this make the approximation doubtful. */
const leastExpected = 5;
/** A group stands out beyond this many standard errors. */
const leastResidual = 3;

/** Groups that say nothing of the child. */
const noGroup: readonly string[] = ["unknown", "refused", "not_obtained", unmapped];

interface Difference {
  readonly field: Field;
  readonly chance: number;
  /** Groups that stand out, the worst first. */
  readonly groups: readonly {
    readonly code: number;
    readonly missing: number;
    readonly rows: number;
    readonly elsewhere: number;
  }[];
  readonly isMissing: (row: number) => boolean;
}

/**
 * Pearson's test of missing against group, its statistic divided by the largest design effect that families can have (Rao &
 * Scott 1981, first order, at its most cautious).
 */
function differenceOf(
  subject: CheckSubject,
  name: string,
  { group, effect }: { readonly group: Field; readonly effect: number },
): Difference | undefined {
  const field = subject.rows.fields.get(name);
  if (field === undefined) return undefined;
  const blank = field.levels.map((each) => isBlankLevel(field.kind, each));
  const isMissing = (row: number): boolean => blank[field.codes[row] as number] === true;
  const expected = isExpected(subject, name);
  const grouped = isKnown(group);
  const takesPart = (row: number): boolean => expected(row) && grouped(row);
  const [missing, all] = [new Int32Array(group.levels.length), new Int32Array(group.levels.length)];
  for (let row = 0; row < subject.rows.count; row++) {
    if (!takesPart(row)) continue;
    const code = group.codes[row] as number;
    if (noGroup.includes(group.levels[code] as string)) continue;
    all[code] = (all[code] as number) + 1;
    if (isMissing(row)) missing[code] = (missing[code] as number) + 1;
  }
  const total = all.reduce((sum, count) => sum + count, 0);
  const share = total === 0 ? 0 : missing.reduce((sum, count) => sum + count, 0) / total;
  const large = [...all.keys()].filter(
    (code) => (all[code] as number) * Math.min(share, 1 - share) >= leastExpected,
  );
  const table = large.map((code) => [
    missing[code] as number,
    (all[code] as number) - (missing[code] as number),
  ]);
  if (large.length < 2 || table.every(([none]) => none === 0) || table.every(([, some]) => some === 0))
    return undefined;
  const test = chiSquareTest(table);
  const [missingSum, allSum] = large.reduce(
    ([a, b], code) => [a + (missing[code] as number), b + (all[code] as number)],
    [0, 0],
  );
  const groups = large.flatMap((code, at) => {
    const [none, rows] = [missing[code] as number, all[code] as number];
    const elsewhere = (missingSum - none) / (allSum - rows);
    const residual = (test.adjustedResiduals[at]?.[0] as number) / Math.sqrt(effect);
    const worth =
      rows >= leastRows && none / rows - elsewhere >= leastDifference && residual >= leastResidual;
    return worth ? [{ code, missing: none, rows, elsewhere }] : [];
  });
  groups.sort((a, b) => b.missing / b.rows - a.missing / a.rows);
  return { field, chance: chiSquareTail(test.statistic / effect, test.degreesOfFreedom), groups, isMissing };
}

function missingnessRule(
  code: CheckCode,
  wording: {
    readonly title: string;
    readonly meaning: string;
    readonly needs: readonly string[];
    readonly group: (subject: CheckSubject) => Field | undefined;
  },
): CheckRule {
  return {
    code,
    severity: "query",
    group: "patterns",
    title: wording.title,
    meaning:
      `${wording.meaning} Judged by the chi-square test, allowing for families, with Benjamini–Hochberg over the fields at 1 in 100; ` +
      "and only where a group of 30 rows or more lacks the field by five percentage points more than the others.",
    ask: "Ask the data’s owner why, and say so beside every comparison by it.",
    needs: () => [wording.needs],
    find: (subject) => {
      const group = wording.group(subject);
      if (group === undefined || group.kind === "list") return [];
      const sources = group.name === "ethnic_group" ? ["ethnicity", group.name] : [group.name];
      const effect = Math.max(1, largestDesignEffect(subject, isKnown(group)));
      const differences = judgedFields(subject)
        .filter((name) => !sources.includes(name))
        .flatMap((name) => differenceOf(subject, name, { group, effect }) ?? []);
      const adjusted = benjaminiHochberg(differences.map(({ chance }) => chance));
      return differences.flatMap((difference, at): Draft[] => {
        const [worst] = difference.groups;
        if ((adjusted[at] as number) > level || worst === undefined) return [];
        return [draftOf(subject, group, difference)];
      });
    },
  };
}

function draftOf(subject: CheckSubject, group: Field, { field, groups, isMissing }: Difference): Draft {
  const worst = groups[0] as Difference["groups"][number];
  const flagged = new Set(groups.map(({ code }) => code));
  const expected = isExpected(subject, field.name);
  const where = levelLabel(group.name, group.levels[worst.code] as string, subject.plan);
  const said = (what: string): string =>
    `${what} is missing in ${percent(worst.missing, worst.rows)} of rows in ${named(group.name)} “${where}”, and in ` +
    `${percent(worst.elsewhere * worst.rows, worst.rows)} elsewhere` +
    (groups.length > 1 ? ` (${counted(groups.length, "group")} stand out)` : "");
  return {
    fields: [field.name, group.name],
    message: `${said(titled(field.name))}.`,
    question: `${said(capital(columnOf(subject, field.name)))}. Is there a reason?`,
    rows: rowsWhere(
      subject.rows.count,
      (row) => flagged.has(group.codes[row] as number) && isMissing(row) && expected(row),
    ),
    among: false,
  };
}

export const missingnessRules: readonly CheckRule[] = [
  missingnessRule("CHECK_MISSING_BY_AREA", {
    title: "A field is missing more in some areas",
    meaning:
      "The share of rows that lack a field differs between areas by more than chance. A comparison of areas by the field compares how well it is recorded.",
    needs: areaFields,
    group: ({ areaField, rows }) => (areaField === undefined ? undefined : rows.fields.get(areaField)),
  }),
  missingnessRule("CHECK_MISSING_BY_ETHNICITY", {
    title: "A field is missing more for some ethnic groups",
    meaning:
      "The share of rows that lack a field differs between ethnic groups by more than chance. What is said of the field may not hold for those whose records are thinner.",
    needs: ["ethnicity"],
    group: ({ rows }) => rows.fields.get("ethnic_group"),
  }),
];
