import { crossCodes, type Field, itemSeparator, mergeLevels } from "../../frame/field.js";
import { fieldLabel, levelLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import { isListField } from "../../plan/fields.js";
import { isUnknown, itemsOf } from "../axis.js";
import { openUnits } from "../day-standing.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { byName } from "../name-order.js";
import type { Cell, KeyMessage, Measure, Result, ResultRow } from "../result.js";
import { inOneArea, unitsWhere, withField } from "../subject-fields.js";
import { tabulate } from "../tabulate.js";
import { type Count, fractionOf, isMarked, type Statistic, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { inSentence, periodText } from "../words.js";

/** What there is to see at each place that a team could visit. */
export const sitesItem: Item = {
  id: "sites",
  section: "regional",
  question: "Where could the team go?",
  needs: "service_area or court",
  internalOnly: () => true,
  refusal,
  count,
  result,
};

const placeFields = ["service_area", "court"] as const;

function placesOf({ frame, plan }: Pick<Subject, "frame" | "plan">): Field[] {
  return placeFields
    .filter((name) => !isListField(plan, name))
    .flatMap((name) => frame.fields.get(name) ?? [])
    .map(inOneArea)
    .filter(({ kind }) => kind === "category");
}

function refusal(subject: Subject): Refusal | undefined {
  if (placesOf(subject).length > 0) return undefined;
  return {
    reason: "The export has neither service areas nor courts.",
    instead: "Map one of them, or look it up from another field.",
  };
}

/** Days after which the delay is over 52 weeks. */
const longDelay = 364;

function count(subject: Subject): Counted {
  const { frame, plan } = subject;
  const noun = unitNoun(plan);
  const recoded = withField(subject, siteOf(subject));
  const open = openUnits(subject);
  const delay = frame.fields.get("delay_days");
  const tallyOf = (id: string, universe: string, units: Int32Array, columns?: string): Tally =>
    tabulate(recoded, {
      id: `sites/${id}`,
      universe,
      rows: "site",
      units,
      ...(columns === undefined ? {} : { columns }),
    });
  const long =
    open === undefined || delay?.kind !== "number"
      ? undefined
      : unitsWhere({ ...subject, units: open }, delay, (level) => level !== "" && Number(level) > longDelay);
  return {
    tallies: [
      tallyOf("law_type", noun, subject.units, frame.fields.has("law_type") ? "law_type" : undefined),
      ...(open === undefined ? [] : [tallyOf("open", `open ${noun}`, open)]),
      ...(long === undefined ? [] : [tallyOf("over_52", `open ${noun} over 52 weeks`, long)]),
      ...(frame.fields.get("audited")?.kind === "category"
        ? [tallyOf("audited", noun, subject.units, "audited")]
        : []),
    ],
    statistics: practitionersAt(recoded),
  };
}

/** Area and court of each unit in one field; the area's name carries its own label. */
function siteOf(subject: Subject): Field {
  const places = placesOf(subject);
  const { codes, firstRows } = crossCodes(subject.frame.ids.length, places);
  const levels = firstRows.map((row) =>
    places.map(({ name, levels: of, codes: at }) =>
      levelLabel(name, of[at[row] as number] as string, subject.plan),
    ),
  );
  const merged = mergeLevels(
    levels.map((names) => [...places.map(({ name }) => name), ...names].join(itemSeparator)),
    codes,
  );
  return { name: "site", kind: "category", ...merged };
}

/** Of a site's level: the fields that it is of, and its names in them. */
function namesOf(key: string): { readonly fields: string[]; readonly names: string[] } {
  const parts = key.split(itemSeparator);
  return { fields: parts.slice(0, parts.length / 2), names: parts.slice(parts.length / 2) };
}

/** Practitioners with open work at each site; one may work at several. */
function practitionersAt(subject: Subject): Record<string, Statistic> {
  const practitioner = subject.frame.fields.get("practitioner");
  const site = subject.frame.fields.get("site");
  if (practitioner === undefined || site === undefined) return {};
  const practitionersOf = practitioner.levels.map((level) =>
    (practitioner.kind === "list" ? itemsOf(level) : [level]).filter(
      (name) => !isUnknown(practitioner, name),
    ),
  );
  const seen = new Map<string, Set<string>>();
  for (const unit of openUnits(subject) ?? subject.units) {
    const named = practitionersOf[practitioner.codes[unit] as number] as string[];
    if (named.length === 0) continue;
    const key = site.levels[site.codes[unit] as number] as string;
    const { names } = namesOf(key);
    // A court's, and those of its area as a whole.
    for (const of of new Set([names.join(itemSeparator), names[0] as string])) {
      const held = seen.get(of) ?? new Set();
      for (const name of named) held.add(name);
      seen.set(of, held);
    }
  }
  return Object.fromEntries(
    [...seen].map(([of, { size }]) => [`practitioners/${of}`, { value: size, base: size, step: 1 }]),
  );
}

function result({ tallies, statistics = {} }: Counted, { plan }: About): Result {
  const noun = unitNoun(plan);
  const [byLaw] = tallies as [Tally];
  const find = (id: string): Tally | undefined => tallies.find((tally) => tally.id === `sites/${id}`);
  const fields = namesOf(byLaw.rows.levels[0]?.key ?? "service_area").fields;
  const groups = groupsOf(byLaw, fields.length);
  const figures = { byLaw, open: find("open"), long: find("over_52"), audited: find("audited") };
  const rows = groups.map(
    ({ names, keys }): ResultRow => ({
      names:
        names.length === fields.length
          ? names
          : [...names, `All ${inSentence(fieldLabel(fields[1] as string))}s`],
      cells: cellsOf(keys, {
        ...figures,
        practitioners: statistics[`practitioners/${names.join(itemSeparator)}`],
      }),
    }),
  );
  const measures: Measure[] = [
    { key: noun, label: noun === "cases" ? "Cases" : "Children", kind: "count" },
    { key: "share_public", label: "Public law", kind: "share" },
    { key: `open_${noun}`, label: `Open ${noun}`, kind: "count" },
    { key: "share_over_52_weeks", label: "Open over 52 weeks", kind: "share" },
    { key: `audited_${noun}`, label: "Audited", kind: "count" },
    { key: "practitioners", label: "Practitioners", kind: "count" },
  ];
  return {
    base: { units: byLaw.total, unit: unitNoun(plan), period: periodText(plan) },
    method:
      `Public law as a share of ${noun} whose law type is known; over 52 weeks as a share of open ${noun}; practitioners with ` +
      "open work there, each counted at every place.",
    uncertainty: "None: everything in the export is counted.",
    tables: [
      {
        id: "sites",
        caption: `What there is at each place that could be visited, ${noun}, ${periodText(plan)}`,
        dimensions: fields.map(fieldLabel),
        measures,
        rows,
      },
    ],
    notes: [
      "For planning visits only: counts are small, and a place with much delay may have the hardest cases.",
    ],
    messages: messagesOf(
      rows.filter((_, at) => groups[at]?.names.length === 1),
      noun,
    ),
    enquiries: [],
  };
}

/** Each area with all of its courts, then each of these; by name. */
function groupsOf(tally: Tally, width: number): { readonly names: string[]; readonly keys: Set<string> }[] {
  const sites = tally.rows.levels.map(({ key }) => ({ key, names: namesOf(key).names }));
  const groups = new Map<string, Set<string>>();
  for (const { key, names } of sites)
    for (let depth = 1; depth <= width; depth++) {
      const of = names.slice(0, depth).join(itemSeparator);
      groups.set(of, (groups.get(of) ?? new Set()).add(key));
    }
  return [...groups]
    .map(([of, keys]) => ({ names: of.split(itemSeparator), keys }))
    .sort((a, b) => byNames(a.names, b.names));
}

/** An area stands before its courts, and these together, also beside an area whose name differs in case alone. */
function byNames(some: readonly string[], others: readonly string[]): number {
  for (const [at, name] of some.entries()) {
    const other = others[at];
    const order = other === undefined ? 1 : byName(name, other);
    if (order !== 0) return order;
  }
  return some.length - others.length;
}

interface Figures {
  readonly byLaw: Tally;
  readonly open: Tally | undefined;
  readonly long: Tally | undefined;
  readonly audited: Tally | undefined;
  readonly practitioners: Statistic | { readonly mark: "c" | "x" | "z" | "low" } | undefined;
}

function cellsOf(keys: ReadonlySet<string>, { byLaw, open, long, audited, practitioners }: Figures): Cell[] {
  const all = sumAt(byLaw, keys, undefined);
  const known = byLaw.columns.levels
    .filter(({ unknown }) => !unknown)
    .map(({ key }) => sumAt(byLaw, keys, key))
    .reduce<Count>((sum, count) => (isMarked(sum) ? sum : isMarked(count) ? count : sum + count), 0);
  const opened = open === undefined ? { mark: "x" as const } : sumAt(open, keys, undefined);
  return [
    all,
    byLaw.columns.levels.length === 0 ? { mark: "x" } : fractionOf(sumAt(byLaw, keys, "public"), known),
    opened,
    long === undefined ? { mark: "x" } : fractionOf(sumAt(long, keys, undefined), opened),
    audited === undefined ? { mark: "x" } : sumAt(audited, keys, "yes"),
    practitioners === undefined
      ? open === undefined
        ? { mark: "x" }
        : 0
      : isMarked(practitioners)
        ? practitioners
        : practitioners.value,
  ];
}

/** Units of some sites in a column, or in all. */
function sumAt(tally: Tally, keys: ReadonlySet<string>, level: string | undefined): Count {
  const column = tally.columns.levels.findIndex(({ key }) => key === level);
  if (level !== undefined && column === -1) return 0;
  let sum = 0;
  for (const [row, { key }] of tally.rows.levels.entries()) {
    if (!keys.has(key)) continue;
    const count = (level === undefined ? tally.rowTotals[row] : tally.cells[row]?.[column]) as Count;
    if (isMarked(count)) return count;
    sum += count;
  }
  return sum;
}

/** Which place is the largest, where one alone is: of rounded counts several may be, and one that is not shown might be. */
function messagesOf(areas: readonly ResultRow[], noun: string): KeyMessage[] {
  const sized = areas.flatMap(({ names, cells: [all] }) =>
    typeof all === "number" ? [{ name: names[0] as string, all }] : [],
  );
  const [largest, next] = sized.sort((a, b) => b.all - a.all);
  if (largest === undefined || next === undefined || next.all === largest.all) return [];
  if (sized.length < areas.length) return [];
  return [
    {
      text: `Of ${thousands(areas.length)} places, ${largest.name} has the most ${noun}: ${thousands(largest.all)}.`,
      weight: 0.15,
    },
  ];
}
