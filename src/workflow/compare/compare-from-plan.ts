import { exportNotes } from "../../analysis/delay/export-notes.js";
import type { About, Counted, Edition, Subject } from "../../analysis/item.js";
import { comparable } from "../../analysis/regional/comparable.js";
import { compareIndicator } from "../../analysis/regional/compare-indicator.js";
import type { IndicatorComparison, RefusedIndicator } from "../../analysis/regional/comparison.js";
import { areaCount, areaFieldsOf, isShare, mostAreas } from "../../analysis/regional/count-indicator.js";
import { indicatorsOf } from "../../analysis/regional/indicators.js";
import { areaNamesOf } from "../../analysis/regional/names.js";
import { readNeighbours, withNeighbours } from "../../analysis/regional/neighbours.js";
import { nestedIndicatorTallies } from "../../analysis/regional/nested-indicators.js";
import { nestedLinks } from "../../analysis/regional/nested-links.js";
import { nestedTable, nestedTally, withoutFew } from "../../analysis/regional/nested-table.js";
import { oneSidedShare } from "../../analysis/regional/one-sided.js";
import { publishedComparisons } from "../../analysis/regional/published-comparisons.js";
import type { Tally } from "../../analysis/tally.js";
import type { DisclosureRecord } from "../../disclosure/protect-tallies.js";
import { CasedrawError } from "../../errors.js";
import { fieldLabel } from "../../frame/labels.js";
import { matchKey } from "../../frame/text.js";
import { thousands } from "../../frame/words.js";
import { usualDisclosure } from "../../plan/types.js";
import type { ReadPart } from "../../readers/text-part.js";
import type { FindAside } from "../analysis/aside.js";
import { publishableCounts } from "../analysis/publishable-counts.js";
import { readSubject } from "../analysis/subject.js";
import type { Locate } from "../build-from-plan.js";
import { startFrameDigests } from "../make-digests.js";
import type { PlanFile } from "../open-plan.js";
import type { Progress } from "../progress.js";
import { areaField, fieldsToCompareBy, geographiesAmong } from "./area-field.js";
import type { AreaGroup, Compared, Comparison } from "./compared.js";
import { countIndicators } from "./count-indicators.js";
import { readSuppliedToCompare, type SuppliedToCompare } from "./supplied.js";

/**
 * Reads what a plan names and compares its areas by every indicator.
 *
 * @param options.by - the field of the areas, or what published ones are called where there is no export
 * @throws CasedrawError `COMPARE_FIELD_UNKNOWN`, `COMPARE_EMPTY`, `DISCLOSURE_EXPOSED`; those of the readers and of `buildFrame`
 */
export async function compareFromPlan(
  planFile: PlanFile,
  options: {
    readonly edition: Edition;
    readonly by?: string;
    readonly progress: Progress;
    readonly locate?: Locate;
    readonly locateSupplied?: (path: string) => string;
    readonly readPart?: ReadPart;
    readonly findAside?: FindAside;
  },
): Promise<Comparison> {
  const { plan } = planFile;
  const { edition, by, progress } = options;
  const hasExport = plan.data.length > 0;
  // Before the export is read: a mistyped name is told at once.
  const field = hasExport ? areaField(plan, by) : undefined;
  const supplied = await readSuppliedToCompare(planFile, options.locateSupplied);
  const beside = neighboursOf(plan, supplied);
  const found = publishedComparisons(supplied.series, wholeOption(plan.compare?.whole));
  const published = { ...found, comparisons: found.comparisons.map(beside) };
  const base = { plan, edition, tiles: supplied.tiles, supplied: supplied.inputs };
  if (field === undefined) {
    if (published.comparisons.length === 0) throw nothing(published.refused);
    const heading = by === undefined ? "Area" : fieldLabel(by);
    return {
      ...base,
      ...(by === undefined ? {} : { by }),
      groups: [publishedGroup(published.comparisons, heading, [])],
      refused: published.refused,
      notes: [],
    };
  }
  const { built, earlier, subject: read } = await readSubject(planFile, options);
  refuseUnfit(read, field);
  const subject = comparable(read, field);
  const { defined, refused } = indicatorsOf(subject, field);
  const aside = options.findAside?.();
  const finishDigests = aside && startFrameDigests(built.frame, plan, aside.startDigests);
  const counted = await countIndicators(
    { subject, defined, by: field, unknownAsNo: edition === "publishable" },
    { progress, ...aside },
  );
  const nesting = nestedTally(read);
  const asked = nesting === undefined ? counted : [...counted, { tallies: [nesting] }];
  let shown: readonly Counted[] = asked;
  let disclosure: DisclosureRecord | undefined;
  if (edition === "publishable") {
    progress("Suppressing small counts");
    const pairs = defined.map((one, at) => ({ defined: one, counted: counted[at] }));
    const between = {
      tallies: [...nestedIndicatorTallies(subject, pairs, field), ...nestedLinks(read, field)],
    };
    const protectedCounts = publishableCounts([...asked, between], plan.disclosure);
    shown = protectedCounts.shown.slice(0, asked.length).map((each) => each.counted);
    disclosure = protectedCounts.record;
  }
  progress("Comparing");
  const about: About = { plan, edition };
  const nested = nesting && nestedFor(shown.at(-1)?.tallies[0] as Tally, nesting, about);
  const alike: RefusedIndicator[] = [];
  const compared = defined.flatMap((one, at): Compared[] => {
    const own = shown[at] as Counted;
    const oneSided = isShare(one) ? oneSidedShare(own.tallies[0] as Tally) : undefined;
    if (oneSided !== undefined) {
      alike.push({ name: one.indicator.name, ...oneSided });
      return [];
    }
    const [curves] = own.curves ?? [];
    const comparison = beside(compareIndicator(one, own, about));
    return [{ comparison, ...(curves === undefined ? {} : { curves }) }];
  });
  const group: AreaGroup = {
    heading: fieldLabel(field),
    areas: areaNamesOf(compared.map(({ comparison }) => comparison)),
    compared,
    published: false,
  };
  return {
    ...base,
    by: field,
    groups: withPublished(group, published.comparisons),
    refused: [...refused, ...alike, ...published.refused],
    ...(nested === undefined ? {} : { nested: nestedTable(nested, about) }),
    built,
    earlier,
    notes: exportNotes(read, edition),
    ...(disclosure === undefined ? {} : { disclosure }),
    ...(finishDigests === undefined ? {} : { finishDigests }),
  };
}

function nestedFor(shown: Tally, counted: Tally, { plan, edition }: About): Tally {
  if (edition === "internal") return shown;
  return withoutFew(shown, counted, (plan.disclosure ?? usualDisclosure).threshold);
}

/** Puts each area's statistical neighbours beside it, where the plan names them. */
function neighboursOf(
  { compare }: PlanFile["plan"],
  { neighbours }: SuppliedToCompare,
): (comparison: IndicatorComparison) => IndicatorComparison {
  if (neighbours === undefined || compare?.neighbours === undefined) return (comparison) => comparison;
  const named = readNeighbours(neighbours, compare.neighbours);
  return (comparison) => withNeighbours(comparison, named);
}

function wholeOption(whole: string | undefined): { readonly whole?: string } {
  return whole === undefined ? {} : { whole };
}

/** The plan may map a field that the export has one value of, or thousands. */
function refuseUnfit(subject: Subject, field: string): void {
  const fields = areaFieldsOf(subject);
  if (fields.includes(field)) return;
  const known = geographiesAmong(subject.plan, fields);
  throw new CasedrawError(
    "COMPARE_FIELD_UNKNOWN",
    `--by: a field of areas has from 2 to ${mostAreas} values, got ${field} with ${valuesGot(subject, field)}. ${fieldsToCompareBy(subject.plan, known)}`,
    { option: "--by", field, fields: known },
  );
}

/** How many values a field has, and why it has none where a lookup gives it. */
function valuesGot({ frame, plan }: Subject, name: string): string {
  const count = areaCount(frame.fields.get(name), { frame, plan });
  if (count > 0) return thousands(count);
  const at = plan.lookups.findIndex(({ to }) => Object.hasOwn(to, name));
  const lookup = plan.lookups[at];
  if (lookup === undefined || frame.matched.lookups[at] !== 0) return "none";
  const { from, path } = lookup;
  const values = areaCount(frame.fields.get(from), { frame, plan });
  const which = values < 2 ? "no value" : `none of the ${thousands(values)} values`;
  return `none: it is looked up in ${path}, where ${which} of ${from} stands`;
}

function nothing(refused: readonly RefusedIndicator[]): CasedrawError {
  const [first] = refused;
  return new CasedrawError(
    "COMPARE_EMPTY",
    `Nothing to compare: a plan names an export, or published figures of two areas or more, got ${first === undefined ? "neither" : `figures that cannot be compared (${first.name}: ${first.reason})`}. ` +
      "Name a CSV under compare: series, as docs/published-series.md has it.",
  );
}

function publishedGroup(
  comparisons: readonly IndicatorComparison[],
  heading: string,
  taken: readonly string[],
): AreaGroup {
  const own = comparisons.map((comparison) => withOtherId(comparison, taken));
  return {
    heading,
    areas: areaNamesOf(own),
    compared: own.map((comparison) => ({ comparison })),
    published: true,
  };
}

/** An id that no indicator of the export has: names of files are made of it. */
function withOtherId(comparison: IndicatorComparison, taken: readonly string[]): IndicatorComparison {
  const { indicator } = comparison;
  if (!taken.includes(indicator.id)) return comparison;
  return { ...comparison, indicator: { ...indicator, id: `${indicator.id}-published` } };
}

/** Published figures of the export's own areas stand beside them; those of other areas are a group of their own. */
function withPublished(group: AreaGroup, comparisons: readonly IndicatorComparison[]): AreaGroup[] {
  if (comparisons.length === 0) return [group];
  const names = new Map(group.areas.map((area) => [matchKey(area), area]));
  const renamed = comparisons.map((comparison) => ({
    ...comparison,
    areas: comparison.areas.map((area) => ({ ...area, area: names.get(matchKey(area.area)) ?? area.area })),
  }));
  const taken = group.compared.map(({ comparison }) => comparison.indicator.id);
  const own = publishedGroup(renamed, group.heading, taken);
  const known = renamed.flatMap(({ areas }) => areas.filter(({ unknown }) => unknown !== true));
  const isSame = known.length > 0 && known.every(({ area }) => group.areas.includes(area));
  if (!isSame) return [group, { ...own, heading: "Area" }];
  const compared = [...group.compared, ...own.compared];
  return [{ ...group, compared, areas: areaNamesOf(compared.map(({ comparison }) => comparison)) }];
}
