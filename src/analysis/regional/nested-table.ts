import { crossCodes, type Field, LevelBuilder, levelAt, severalAreas } from "../../frame/field.js";
import { fieldLabel, levelLabel, severalAreasLabel } from "../../frame/labels.js";
import { isListField } from "../../plan/fields.js";
import { type Plan, usualDisclosure } from "../../plan/types.js";
import { isUnknown } from "../axis.js";
import type { About, Subject } from "../item.js";
import { byName } from "../name-order.js";
import type { ResultTable } from "../result.js";
import { countIn } from "../shares.js";
import { inOneArea, onlyFields } from "../subject-fields.js";
import { fieldOf, tabulate } from "../tabulate.js";
import type { Count, Level, Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { inSentence, listText } from "../words.js";

/** The fields of a nested table where the plan names none: those of these that the export has. */
const usual = ["local_authority", "dfj_area", "service_area"] as const;

const nested = "regional/nested";
/** Between the names of one place, which no name holds. */
const parting = "\u001f";

/** The fields of areas that lie in each other, the smallest first; fewer than two: none. */
function nestedFields({ frame, plan }: Pick<Subject, "frame" | "plan">): string[] {
  const names = plan.compare?.nested ?? usual;
  const held = names.filter((name) => {
    const kind = frame.fields.get(name)?.kind;
    return kind === "category" || kind === "text" || (kind === "list" && !isListField(plan, name));
  });
  return held.length > 1 ? held : [];
}

/** The place of each row of the frame in every one of the fields together; undefined where the export has fewer than two of them. */
export function nestedField(subject: Subject): Field | undefined {
  const names = nestedFields(subject);
  if (names.length === 0) return undefined;
  const fields = names.map((name) => inOneArea(fieldOf(subject, name)));
  const { codes, firstRows } = crossCodes(subject.frame.ids.length, fields);
  const builder = new LevelBuilder();
  const target = firstRows.map((row) =>
    builder.code(fields.map((field) => placeName(field, levelAt(field, row), subject.plan)).join(parting)),
  );
  return {
    name: nested,
    kind: "category",
    levels: builder.levels,
    codes: codes.map((code) => target[code] as number),
  };
}

/** What a level is called among places; "" for those that say nothing. */
export function placeName(field: Field, level: string, plan: Plan): string {
  return isUnknown(field, level) && level !== severalAreas ? "" : levelLabel(field.name, level, plan);
}

/** Counts units by place in every one of the fields together; undefined where the export has fewer than two of them. */
export function nestedTally(subject: Subject): Tally | undefined {
  const field = nestedField(subject);
  if (field === undefined) return undefined;
  const { plan, units } = subject;
  const tally = tabulate(onlyFields(subject, [field]), {
    id: nested,
    universe: unitNoun(plan),
    rows: nested,
    units,
  });
  return {
    ...tally,
    rows: { ...tally.rows, label: nestedFields(subject).map(fieldLabel).join(parting) },
  };
}

/**
 * A table for publication without the places of few: that a place is listed says that somebody is there, and of many such in an area
 * whose total is shown each would be told within less than from 1 to the threshold.
 *
 * @param counted - before anything was hidden
 */
export function withoutFew(protectedTally: Tally, counted: Tally, threshold: number): Tally {
  const few = new Set(
    counted.rows.levels.flatMap(({ key }, row) => (Number(counted.rowTotals[row]) > threshold ? [] : [key])),
  );
  const rows = protectedTally.rows.levels.flatMap(({ key }, row) => (few.has(key) ? [] : [row]));
  return {
    ...protectedTally,
    rows: { ...protectedTally.rows, levels: rows.map((row) => protectedTally.rows.levels[row] as Level) },
    cells: rows.map((row) => protectedTally.cells[row] as readonly Count[]),
    rowTotals: rows.map((row) => protectedTally.rowTotals[row] as Count),
  };
}

/**
 * The areas that lie in each other with how many units each has. An area that stands in more than one of the next larger is flagged:
 * its figures are split between them, or its records disagree.
 */
export function nestedTable(tally: Tally, { plan, edition }: About): ResultTable {
  const names = tally.rows.label.split(parting);
  const rows = tally.rows.levels
    .map(({ key }, row) => ({ places: key.split(parting), count: countIn(tally, row, "all") }))
    .sort((a, b) => compared(a.places, b.places));
  // For each kind of area but the largest, the next larger ones that each area stands in.
  const parents = names.slice(1).map((_, depth) => parentsAt(depth, rows));
  const noun = unitNoun(plan);
  const { threshold } = plan.disclosure ?? usualDisclosure;
  const few = threshold === 1 ? "one" : `1 to ${threshold}`;
  const fewLeftOut = edition === "publishable" ? `; places of ${few} are not listed` : "";
  return {
    id: "nested",
    caption: `Which ${inSentence(names[0] as string)} lies in which ${listText(names.slice(1).map(inSentence))}, with ${noun}${fewLeftOut}`,
    dimensions: names,
    measures: [
      { key: noun, label: noun === "cases" ? "Cases" : "Children", kind: "count" },
      { key: "straddles", label: "Straddles", kind: "text" },
    ],
    rows: rows.map(({ places, count }) => ({
      names: places.map((place) => (place === "" ? "Not known" : place)),
      cells: [count, straddling(places, parents)],
    })),
  };
}

type Parents = ReadonlyMap<string, ReadonlySet<string>>;

function parentsAt(depth: number, rows: readonly { readonly places: readonly string[] }[]): Parents {
  const parents = new Map<string, Set<string>>();
  for (const { places } of rows) {
    const [own = "", parent = ""] = places.slice(depth);
    if ([own, parent].some((place) => place === "" || place === severalAreasLabel)) continue;
    parents.set(own, (parents.get(own) ?? new Set()).add(parent));
  }
  return parents;
}

/** The row's own area without its name, larger ones with theirs: "In North and South; Avon in East and West". */
function straddling(places: readonly string[], parents: readonly Parents[]): string {
  return parents
    .flatMap((of, depth) => {
      const held = of.get(places[depth] as string);
      if (held === undefined || held.size < 2) return [];
      const within = listText([...held].sort(byName));
      return [depth === 0 ? `In ${within}` : `${places[depth]} in ${within}`];
    })
    .join("; ");
}

/** By the largest area first, so that what lies in one stands together; what is not known last. */
function compared(a: readonly string[], b: readonly string[]): number {
  for (let at = a.length - 1; at >= 0; at--) {
    const [one, other] = [a[at] as string, b[at] as string];
    const order = Number(one === "") - Number(other === "") || byName(one, other);
    if (order !== 0) return order;
  }
  return 0;
}
