import { type Field, notRecorded } from "../../frame/field.js";
import { isListField } from "../../plan/fields.js";
import { areaFields } from "../../plan/types.js";
import { pooledDesignEffect } from "../../statistics/pooled-design-effect.js";
import { axisOf } from "../axis.js";
import { caseClusters } from "../case-clusters.js";
import type { Counted, Subject } from "../item.js";
import { perSubject } from "../per-subject.js";
import { inOneArea, onlyFields } from "../subject-fields.js";
import { fieldOf, tabulate } from "../tabulate.js";
import type { Level, Statistic, Tally } from "../tally.js";
import { caseDraws } from "./case-draws.js";
import { bothLawsOf } from "./comparable.js";
import { countDuration } from "./count-duration.js";
import type { Counting, DefinedIndicator } from "./defined-indicator.js";
import { type Answers, answersOf, baseUnits, lacking, notKnown } from "./membership.js";
import { mixStrata } from "./mix-strata.js";
import { recordedLevel, sameLevel } from "./same-level.js";
import { type KnownUnits, standardisedAreas } from "./standardise.js";
import { leastUnits } from "./verdict.js";

/**
 * Counts an indicator by area: a table of yes, no and not known by area, one more of each earlier export, and what is worked out
 * of single cases: the design effect, and what each area's mix of cases leads one to expect. Nothing of it is for publication
 * before disclosure control.
 *
 * @param by - the field of the areas, of single values
 * @param options.plain - counts and the design effect alone: nothing standardised, nothing ranked, no earlier exports
 * @param options.unknownAsNo - whether units of which the answer is not known count as no
 */
export function countIndicator(
  subject: Subject,
  defined: DefinedIndicator,
  by: string,
  { plain = false, unknownAsNo = false }: { readonly plain?: boolean; readonly unknownAsNo?: boolean } = {},
): Counted {
  const { counting, indicator } = defined;
  const both = bothLawsOf(subject, counting, unknownAsNo ? "publishable" : "internal");
  if (!isShare(defined)) {
    const durations = countDuration(subject, defined, by);
    return { ...durations, statistics: { ...durations.statistics, ...both } };
  }
  const now = countShare(subject, plain ? {} : defined, { by, id: `regional/${indicator.id}` });
  if (plain) return { tallies: now.tallies, statistics: { ...now.statistics, ...both } };
  const before = (subject.earlier ?? []).flatMap((earlier): Counted[] => {
    const fields = [by, ...fieldsOf(counting)];
    const day = earlier.plan.reference_date;
    if (!fields.every((name) => earlier.frame.fields.has(name))) return [];
    return [countShare(earlier, { ...defined, at: day }, { by, id: `regional/${indicator.id}/${day}` })];
  });
  return {
    tallies: [now.tally, ...before.flatMap(({ tallies }) => tallies)],
    statistics: Object.assign({}, now.statistics, both, ...before.map(({ statistics }) => statistics)),
  };

  function countShare(
    of: Subject,
    { mix, at }: Pick<DefinedIndicator, "mix"> & { readonly at?: string },
    request: { readonly by: string; readonly id: string },
  ): Counted & { readonly tally: Tally } {
    const { units, answers } = toldOf(of, counting, { unknownAsNo });
    const tally = tallyOf(of, { units, answers, counting, ...request, ...(at === undefined ? {} : { at }) });
    const known = knownUnits(of, units, answers, tally.columns.levels, by);
    const suffix = at === undefined ? "" : `.${at}`;
    const statistics: Record<string, Statistic> = {
      [`design_effect${suffix}`]: { value: effectOf(known), base: known.has.length, step: 0.1 },
    };
    if (at === undefined) statistics.testable = { value: testableOf(known), base: known.has.length, step: 1 };
    if (at === undefined && mix !== undefined)
      Object.assign(
        statistics,
        mixStatistics(of, { units, answers, known, mix, levels: tally.columns.levels }),
      );
    return { tally, tallies: [tally], statistics };
  }
}

/** Whether an indicator is a share of units, counted as yes, no and not known. */
export function isShare({ indicator }: DefinedIndicator): boolean {
  return indicator.kind !== "survival" && indicator.kind !== "restricted-mean";
}

/** The units that an indicator of shares is of, and what is said of each. */
export function toldOf(
  subject: Subject,
  counting: Counting,
  { unknownAsNo }: { readonly unknownAsNo: boolean },
): { readonly units: Int32Array; readonly answers: Answers } {
  const units = baseUnits(subject, counting);
  const told = answerOf(subject, units, counting);
  return { units, answers: unknownAsNo ? told.map((answer) => Number(answer === 1)) : told };
}

function fieldsOf({ of, what }: Counting): string[] {
  const own = "where" in what ? Object.keys(what.where) : "lacking" in what ? [what.lacking] : [];
  return [...Object.keys(of), ...own];
}

function answerOf(subject: Subject, units: Int32Array, { what }: Counting): Answers {
  if ("lacking" in what) return lacking(subject, units, what.lacking);
  return answersOf(subject, units, { conditions: "where" in what ? what.where : {}, notes: [] });
}

const answerKeys = ["no", "yes", notRecorded] as const;

interface TallyParts {
  readonly units: Int32Array;
  readonly answers: Answers;
  readonly counting: Counting;
  readonly by: string;
  readonly id: string;
  /** The day of an earlier export. */
  readonly at?: string;
}

function tallyOf(subject: Subject, { units, answers, counting, by, id, at }: TallyParts): Tally {
  const codes = new Int32Array(subject.frame.ids.length);
  for (let place = 0; place < units.length; place++) codes[units[place] as number] = answers[place] as number;
  const field: Field = { name: id, kind: "category", levels: answerKeys, codes };
  const day = at === undefined ? "" : ` on ${at}`;
  const tally = tabulate(onlyFields(subject, [field, fieldOf(subject, by)]), {
    id,
    universe: `${counting.universe}${day}`,
    rows: id,
    columns: by,
    units,
    ...(counting.within === undefined ? {} : { within: `${counting.within}${day}` }),
  });
  const same =
    at === undefined
      ? { yes: sameLevel(subject, { units, answers, counting }), no: recordedLevel(counting) }
      : {};
  const where = counting.within === undefined || at !== undefined ? undefined : onlyLevel(counting);
  return { ...inRows(tally, same), ...(where === undefined ? {} : { where }) };
}

/** Of which level of which field an indicator's units are, where that is all that chooses them. */
function onlyLevel({ of }: Counting): Tally["where"] {
  const [first, ...others] = Object.entries(of);
  if (first === undefined || others.length > 0) return undefined;
  const [field, levels] = first;
  return Array.isArray(levels) && levels.length === 1 ? { field, level: levels[0] as string } : undefined;
}

/** Rows yes, no and not known, whichever of them there are. */
function inRows(tally: Tally, same: { readonly yes?: Level["of"]; readonly no?: Level["of"] }): Tally {
  const levels: readonly Level[] = [
    { key: "yes", label: "Yes", ...(same.yes === undefined ? {} : { of: same.yes }) },
    { key: "no", label: "No", ...(same.no === undefined ? {} : { of: same.no }) },
    { key: notRecorded, label: "Not known", unknown: true },
  ];
  const rows = levels.map(({ key }) => tally.rows.levels.findIndex((level) => level.key === key));
  const { byCount: _, ...axis } = tally.rows;
  return {
    ...tally,
    rows: { ...axis, label: "Indicator", levels },
    cells: rows.map((row) => tally.cells[row] ?? tally.columns.levels.map(() => 0)),
    rowTotals: rows.map((row) => tally.rowTotals[row] ?? 0),
  };
}

function knownUnits(
  subject: Subject,
  units: Int32Array,
  answers: Answers,
  levels: readonly Level[],
  by: string,
): KnownUnits {
  const field = fieldOf(subject, by);
  const places = field.levels.map((level) => {
    const at = levels.findIndex(({ key }) => key === level);
    return at === -1 || levels[at]?.unknown ? -1 : at;
  });
  const kept = Int32Array.from(units.keys()).filter((at) => answers[at] !== notKnown);
  const cases = casesOf(subject);
  return {
    has: Uint8Array.from(kept.map((at) => answers[at] as number)),
    cases: kept.map((at) => cases[units[at] as number] as number),
    areas: kept.map((at) => places[field.codes[units[at] as number] as number] as number),
    areaCount: levels.length,
  };
}

/** The case of each unit of the frame; 0 for units that are not the subject's. */
const casesOf = perSubject((subject): Int32Array => {
  const { of } = caseClusters(subject);
  const cases = new Int32Array(subject.frame.ids.length);
  for (let at = 0; at < of.length; at++) cases[subject.units[at] as number] = of[at] as number;
  return cases;
});

function effectOf({ has, cases, areas, areaCount }: KnownUnits): number {
  const most = cases.reduce((largest, one) => Math.max(largest, one), 0);
  // Units of no known area are a group of their own.
  const groups = { codes: areas.map((area) => (area < 0 ? areaCount : area)), count: areaCount + 1 };
  // Children of one case may by chance look less alike than strangers: they are no surer for that.
  return Math.max(1, pooledDesignEffect(has, { clusters: { codes: cases, count: most + 1 }, groups }));
}

/** How many areas are large enough to be tested: the level of the tests is that of all of them, whichever are shown. */
function testableOf({ areas, areaCount }: KnownUnits): number {
  const sizes = new Int32Array(areaCount);
  for (let at = 0; at < areas.length; at++) if ((areas[at] as number) >= 0) sizes[areas[at] as number]!++;
  return sizes.filter((size) => size >= leastUnits).length;
}

/** A kind of case whose rate is taken from the whole is not of a few. */
const leastOfKind = 100;
/** And one that every area has to have: fewer an area on average would be lacking in many. */
const leastAnArea = 20;

function mixStatistics(
  subject: Subject,
  given: {
    readonly units: Int32Array;
    readonly answers: Answers;
    readonly known: KnownUnits;
    readonly mix: NonNullable<DefinedIndicator["mix"]>;
    readonly levels: readonly Level[];
  },
): Record<string, Statistic> {
  const { units, answers, known, mix, levels } = given;
  const compared = units.filter((_, at) => answers[at] !== notKnown);
  const areas = levels.filter(({ unknown }) => !unknown).length;
  if (compared.length === 0 || areas < 2) return {};
  const strata = {
    fine: mixStrata(subject, compared, { mix, least: leastOfKind }),
    coarse: mixStrata(subject, compared, { mix, least: leastAnArea * areas }),
  };
  const base = compared.length;
  const statistics: Record<string, Statistic> = {
    "mix.kinds": { value: strata.fine.count, base, step: 1 },
    "mix.kinds_direct": { value: strata.coarse.count, base, step: 1 },
  };
  if (strata.fine.count < 2) return statistics;
  const found = standardisedAreas(known, strata, () => caseDraws(subject));
  for (const [area, { key }] of levels.entries()) {
    const one = found[area];
    if (one === undefined) continue;
    const [has, n] = sizeOf(known, area);
    statistics[`expected.${key}`] = { value: one.expected, base: n, step: 1 };
    if (one.direct === undefined) continue;
    // A share of few, or of all but few, would tell who they are.
    const few = Math.min(has, n - has);
    statistics[`standardised.${key}`] = { ...one.direct.share, base: few, step: 0.01 };
    statistics[`rank.${key}`] = { ...one.direct.rank, base: few, step: 1 };
  }
  return statistics;
}

function sizeOf({ has, areas }: KnownUnits, area: number): readonly [has: number, n: number] {
  let [yes, n] = [0, 0];
  for (let at = 0; at < areas.length; at++) {
    if (areas[at] !== area) continue;
    n++;
    yes += has[at] as number;
  }
  return [yes, n];
}

/** The names of fields by which areas may be compared, those of places first: categories and texts of 2 to 500 values. */
export function areaFieldsOf(subject: Pick<Subject, "frame" | "plan">): string[] {
  const { frame, plan } = subject;
  const looked = plan.lookups.flatMap(({ to }) => Object.keys(to));
  const own = Object.keys(plan.fields);
  const names = [...new Set<string>([...areaFields, ...looked, ...own])];
  return names.filter((name) => {
    if (isListField(plan, name)) return false;
    const areas = areaCount(frame.fields.get(name), { frame, plan });
    return areas >= 2 && areas <= mostAreas;
  });
}

/** More values than this are no areas. */
export const mostAreas = 500;

/** How many areas a field has in the export, those that are not known left out; 0 for a field of something else. */
export function areaCount(
  field: Field | undefined,
  { frame, plan }: Pick<Subject, "frame" | "plan">,
): number {
  if (field === undefined || !["category", "text", "list"].includes(field.kind)) return 0;
  return axisOf(inOneArea(field), plan, everyUnit(frame)).levels.filter(({ unknown }) => !unknown).length;
}

function everyUnit({ ids }: Subject["frame"]): Int32Array {
  return Int32Array.from(ids, (_, unit) => unit);
}
