import { notRecorded, unmapped } from "../../frame/field.js";
import { fieldLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import { type StandardField, standardFields } from "../../plan/types.js";
import { areaField } from "../area-field.js";
import type { About, Counted, Edition, Item, LackingUnits, Refusal, Subject } from "../item.js";
import type { Cell, KeyMessage, Result, ResultRow, ResultTable } from "../result.js";
import { type ColumnAt, countIn } from "../shares.js";
import { onlyFields, singleValued, unitsWhere } from "../subject-fields.js";
import { tabulate } from "../tabulate.js";
import { type Count, isMarked, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { inSentence, listText, periodText, shareText } from "../words.js";
import { blanksOf, completenessOf, recorded } from "./completeness.js";
import { lackingText, lackingUnits, type Of, shareBeyond } from "./lacking-rows.js";

/** How much of each field is not known, and where. */
export const dataQualityItem: Item = {
  id: "data-quality",
  section: "quality",
  question: "Can the export be trusted?",
  needs: "any field",
  refusal,
  count,
  result,
};

/** Blanks of these say something (a case is open, or not audited), or are refused elsewhere (ids). */
const notJudged: readonly StandardField[] = [
  "case_id",
  "child_id",
  "case_name",
  "closed_date",
  "audit_grade",
  "age_recorded",
];

/** Blanks of these may say that it has not happened yet. */
const mayBeBlank: readonly StandardField[] = [
  "practitioner",
  "allocation_date",
  "first_hearing_date",
  "last_activity_date",
  "factors",
];

function judgedFields({ frame }: Subject): string[] {
  return standardFields.filter((name) => frame.fields.has(name) && !notJudged.includes(name));
}

function refusal(subject: Subject): Refusal | undefined {
  if (judgedFields(subject).length > 0) return undefined;
  return {
    reason: "The plan maps no field of the export but ids.",
    instead: "Map the export’s columns to fields.",
  };
}

function count(subject: Subject, edition: Edition = "internal"): Counted {
  const area = areaField(subject);
  const tallies = judgedFields(subject).map((name) => tallyOf(subject, name, area));
  const lacking = edition === "internal" ? lackingUnits(subject, tallies) : [];
  return { tallies, ...(lacking.length === 0 ? {} : { lacking }) };
}

const tallyPrefix = "data-quality/";

function tallyOf(subject: Subject, name: string, area: string | undefined): Tally {
  const noun = unitNoun(subject.plan);
  const { fields } = subject.frame;
  const law = name === "local_authority" ? fields.get("law_type") : undefined;
  const columns = area === name ? undefined : area;
  const across = columns === undefined ? undefined : fields.get(columns);
  const judged = blanksOf(subject, name);
  const counted = onlyFields(subject, [...(across === undefined ? [] : [across]), completenessOf(judged)]);
  const tally = tabulate(counted, {
    id: `${tallyPrefix}${name}`,
    universe: law === undefined ? noun : `${noun} in public law`,
    rows: judged.name,
    ...(columns === undefined ? {} : { columns }),
    ...(law === undefined
      ? {}
      : { units: unitsWhere(subject, singleValued(law), (level) => level === "public") }),
  });
  const named = { ...tally, rows: { ...tally.rows, label: fieldLabel(name) } };
  return law === undefined
    ? named
    : { ...named, within: noun, where: { field: "law_type", level: "public" } };
}

/** A field's quality in a column: shares of all its units. */
interface Quality {
  readonly units: Count;
  readonly blank: Cell;
  /** A code says that it is not known, was refused or was not obtained. */
  readonly said: Cell;
  readonly invalid: Cell;
}

const blanks: readonly string[] = ["", notRecorded];

function qualityIn(tally: Tally, column: ColumnAt): Quality {
  const units = column === "all" ? tally.total : (tally.columnTotals[column] as Count);
  const share = (wanted: (key: string) => boolean): Cell => {
    const counts = tally.rows.levels.flatMap(({ key }, row) =>
      wanted(key) ? [countIn(tally, row, column)] : [],
    );
    const hidden = [units, ...counts].find(isMarked);
    if (hidden !== undefined) return hidden;
    if (units === 0) return { mark: "x" };
    return Math.min(1, counts.reduce<number>((sum, one) => sum + (one as number), 0) / (units as number));
  };
  return {
    units,
    blank: share((key) => blanks.includes(key)),
    said: share((key) => key !== recorded && key !== unmapped && !blanks.includes(key)),
    invalid: share((key) => key === unmapped),
  };
}

/** The share not known, as the tables of characteristics have it. Figures that are not shown count as nothing in the order. */
function badness({ blank, said, invalid }: Quality): number {
  return [blank, said, invalid].reduce<number>((sum, cell) => sum + (typeof cell === "number" ? cell : 0), 0);
}

function result({ tallies, lacking = [] }: Counted, { plan }: About): Result {
  const noun = unitNoun(plan);
  const worstFirst = tallies
    .map((tally, at) => ({ tally, at, all: qualityIn(tally, "all") }))
    .sort((a, b) => badness(b.all) - badness(a.all) || a.at - b.at);
  const [first] = tallies as [Tally];
  const byArea = worstFirst.flatMap(({ tally }) =>
    tally.columns.levels.map(
      ({ label }, column): ResultRow => ({
        names: [tally.rows.label, label],
        cells: cellsOf(qualityIn(tally, column)),
      }),
    ),
  );
  const area = tallies.find(({ columns }) => columns.levels.length > 0)?.columns.label ?? "Area";
  const measures: ResultTable["measures"] = [
    { key: noun, label: noun === "cases" ? "Cases" : "Children", kind: "count" },
    { key: "share_blank", label: "Blank", kind: "share" },
    { key: "share_said_not_known", label: "Said not to be known", kind: "share" },
    { key: "share_not_understood", label: "Not understood", kind: "share" },
  ];
  const left = notJudged.slice(3).map((name) => name.replaceAll("_", " "));
  const all: ResultTable = {
    id: "data_quality",
    caption: `Share of each field that is not known, ${noun}, ${periodText(plan)}`,
    dimensions: ["Field"],
    measures: [...measures, { key: "blank_may_be_right", label: "Blank may be right", kind: "text" }],
    rows: worstFirst.map(({ tally, all }) => ({
      names: [tally.rows.label],
      cells: [...cellsOf(all), isExpected(tally) ? "yes" : ""],
    })),
  };
  const of = { total: isMarked(first.total) ? 0 : first.total, noun };
  const told = lacking.filter(({ units }) => units / of.total >= noticeable);
  const judged = judgedOf(worstFirst, told);
  return {
    base: { units: first.total, unit: unitNoun(plan), period: periodText(plan) },
    method:
      "Not known is all of these: blank; said not to be known, by a code for not known, refused or not obtained; not understood, " +
      "as the value is none of the field’s codes.",
    uncertainty: "None: every record is counted.",
    tables:
      byArea.length === 0
        ? [all]
        : [
            {
              id: "data_quality_by_area",
              caption: `Share of each field that is not known, by ${inSentence(area)}, ${noun}, ${periodText(plan)}`,
              dimensions: ["Field", area],
              measures,
              rows: byArea,
            },
            all,
          ],
    notes: [
      ...lacking.map((file) => `${lackingText(file, of)}: they are blank in each field that it gives.`),
      ...notesOf(tallies, { noun, left }),
    ],
    messages: [...told.map((file) => lackingMessage(file, { judged, of })), ...messagesOf(judged, noun)],
    enquiries: [],
  };
}

/** Whether a blank may say that it has not happened yet. */
function isExpected({ rows }: Tally): boolean {
  return (mayBeBlank as readonly string[]).includes(rows.field);
}

function cellsOf({ units, blank, said, invalid }: Quality): Cell[] {
  return [units, blank, said, invalid];
}

function isHidden({ blank, said, invalid }: Quality): boolean {
  return [blank, said, invalid].some(isMarked);
}

function notesOf(
  tallies: readonly Tally[],
  { noun, left }: { readonly noun: string; readonly left: readonly string[] },
): string[] {
  const blank = tallies.filter(isExpected);
  return [
    `Not judged, because a blank of theirs says something or another field stands in for it: ${left.join(", ")}.`,
    ...(blank.length > 0
      ? [
          `A blank may be right, because it has not happened yet: ${blank.map(({ rows }) => inSentence(rows.label)).join(", ")}.`,
        ]
      : []),
    ...(tallies.some(({ within }) => within !== undefined)
      ? [`Local authority is judged for ${noun} in public law; in private law a blank is valid.`]
      : []),
  ];
}

/** As many fields as a message names beside the worst. */
const mostNamed = 3;

/** Less than this is no matter for the headline. */
const noticeable = 0.05;

/** The field that a tally judges, which may be by one that is worked out of it. */
function fieldOfTally({ id }: Tally): string {
  return id.slice(tallyPrefix.length);
}

/** A field as messages tell of it. */
interface Judged {
  readonly tally: Tally;
  /** What the share is of. */
  readonly universe: string;
  /** Not known, as a fraction. */
  readonly bad: number;
  readonly isHidden: boolean;
  /** The file that gives it, where a message says of how many that has no row: the share is then of the others. */
  readonly file?: string;
}

/** The fields that must be filled in, worst first. */
function judgedOf(
  worstFirst: readonly { readonly tally: Tally; readonly all: Quality }[],
  told: readonly LackingUnits[],
): Judged[] {
  return worstFirst
    .filter(({ tally }) => !isExpected(tally))
    .map(({ tally, all }): Judged => {
      const name = fieldOfTally(tally);
      const lacking = told.find(({ fields }) => fields.includes(name));
      const plain = { tally, universe: tally.universe, bad: badness(all), isHidden: isHidden(all) };
      if (lacking === undefined) return plain;
      const { file } = lacking;
      return {
        ...plain,
        universe: `${tally.universe} with a row in ${file}`,
        bad: shareBeyond(plain.bad, tally, lacking),
        file,
      };
    })
    .sort((a, b) => b.bad - a.bad);
}

/** The units of which a file has no row, once for all of its fields but those of which more is missing and said elsewhere. */
function lackingMessage(
  lacking: LackingUnits,
  { judged, of }: { readonly judged: readonly Judged[]; readonly of: Of },
): KeyMessage {
  const elsewhere = new Set(
    judged.filter(({ bad }) => bad >= noticeable).map(({ tally }) => tally.rows.field),
  );
  const own = judged.filter(({ file }) => file === lacking.file).map(({ tally }) => tally.rows.field);
  const gaps = [...new Set([...own, ...lacking.fields])].filter((field) => !elsewhere.has(field));
  return {
    text: `${lackingText(lacking, of)}.`,
    weight: Math.min(0.5, 0.2 + lacking.units / of.total),
    ...(gaps.length === 0 ? {} : { gaps }),
  };
}

function messagesOf(judged: readonly Judged[], noun: string): KeyMessage[] {
  const [worst] = judged;
  if (worst === undefined || worst.isHidden) return [];
  const { bad } = worst;
  if (bad < noticeable) {
    if (judged.some(({ isHidden, file }) => isHidden || file !== undefined)) return [];
    return [
      { text: `Every field that must be filled in is known for at least 95% of ${noun}.`, weight: 0.2 },
    ];
  }
  const others = judged.slice(1).filter((other) => other.bad >= noticeable);
  const named = others.slice(0, mostNamed).map(({ tally, universe, bad: own, isHidden }) => {
    const of = universe === worst.universe ? "" : ` of ${universe}`;
    const share = isHidden ? "5% or more" : shareText(own);
    return `${inSentence(tally.rows.label)} for ${share}${of}`;
  });
  const more = others.length - named.length;
  const rest = more > 0 ? [`${thousands(more)} more ${more === 1 ? "field" : "fields"} for 5% or more`] : [];
  return [
    {
      text: [
        `${worst.tally.rows.label} is not known for ${shareText(bad)} of ${worst.universe} (blank, said not to be known, or not understood)`,
        ...(named.length === 0 ? [] : [listText([...named, ...rest])]),
      ]
        .join(", and ")
        .concat("."),
      weight: Math.min(0.5, 0.2 + bad),
      gaps: [worst, ...others.slice(0, mostNamed)].map(({ tally }) => tally.rows.field),
    },
  ];
}
