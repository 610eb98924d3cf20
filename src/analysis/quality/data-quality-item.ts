import { notRecorded, unmapped } from "../../frame/field.js";
import { fieldLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/note.js";
import { type StandardField, standardFields } from "../../plan/types.js";
import { areaField } from "../area-field.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import type { Cell, KeyMessage, Result, ResultRow, ResultTable } from "../result.js";
import { type ColumnAt, countIn } from "../shares.js";
import { onlyFields, unitsWhere } from "../subject-fields.js";
import { tabulate } from "../tabulate.js";
import { type Count, isMarked, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { inSentence, listText, periodText, shareText } from "../words.js";
import { blanksOf, completenessOf, recorded } from "./completeness.js";

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

function count(subject: Subject): Counted {
  const area = areaField(subject);
  return { tallies: judgedFields(subject).map((name) => tallyOf(subject, name, area)) };
}

function tallyOf(subject: Subject, name: string, area: string | undefined): Tally {
  const noun = unitNoun(subject.plan);
  const { fields } = subject.frame;
  const law = name === "local_authority" ? fields.get("law_type") : undefined;
  const columns = area === name ? undefined : area;
  const across = columns === undefined ? undefined : fields.get(columns);
  const judged = blanksOf(subject, name);
  const counted = onlyFields(subject, [...(across === undefined ? [] : [across]), completenessOf(judged)]);
  const tally = tabulate(counted, {
    id: `data-quality/${name}`,
    universe: law === undefined ? noun : `${noun} in public law`,
    rows: judged.name,
    ...(columns === undefined ? {} : { columns }),
    ...(law === undefined ? {} : { units: unitsWhere(subject, law, (level) => level === "public") }),
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

function result({ tallies }: Counted, { plan }: About): Result {
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
    notes: notesOf(tallies, { noun, left }),
    messages: messagesOf(worstFirst, noun),
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

function messagesOf(
  worstFirst: readonly { readonly tally: Tally; readonly all: Quality }[],
  noun: string,
): KeyMessage[] {
  const judged = worstFirst.filter(({ tally }) => !isExpected(tally));
  const [worst] = judged;
  if (worst === undefined || isHidden(worst.all)) return [];
  const bad = badness(worst.all);
  if (bad < noticeable) {
    if (judged.some(({ all }) => isHidden(all))) return [];
    return [
      { text: `Every field that must be filled in is known for at least 95% of ${noun}.`, weight: 0.2 },
    ];
  }
  const others = judged.slice(1).filter(({ all }) => badness(all) >= noticeable);
  const named = others.slice(0, mostNamed).map(({ tally, all }) => {
    const of = tally.universe === worst.tally.universe ? "" : ` of ${tally.universe}`;
    const share = isHidden(all) ? "5% or more" : shareText(badness(all));
    return `${inSentence(tally.rows.label)} for ${share}${of}`;
  });
  const more = others.length - named.length;
  const rest = more > 0 ? [`${thousands(more)} more ${more === 1 ? "field" : "fields"} for 5% or more`] : [];
  return [
    {
      text: [
        `${worst.tally.rows.label} is not known for ${shareText(bad)} of ${worst.tally.universe} (blank, said not to be known, or not understood)`,
        ...(named.length === 0 ? [] : [listText([...named, ...rest])]),
      ]
        .join(", and ")
        .concat("."),
      weight: Math.min(0.5, 0.2 + bad),
      gaps: [worst, ...others.slice(0, mostNamed)].map(({ tally }) => tally.rows.field),
    },
  ];
}
