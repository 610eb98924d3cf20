import type { Field } from "../../frame/field.js";
import { fieldLabel } from "../../frame/labels.js";
import type { BootstrapValue } from "../../statistics/case-bootstrap.js";
import { isUnknown } from "../axis.js";
import { bootstrapStream } from "../bootstrap-stream.js";
import { caseClusters } from "../case-clusters.js";
import { openUnits } from "../day-standing.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { blanksOf, completenessOf } from "../quality/completeness.js";
import type { Cell, Result, ResultRow } from "../result.js";
import { knownIn } from "../shares.js";
import { onlyFields, singleValued } from "../subject-fields.js";
import { tabulate } from "../tabulate.js";
import { type Count, isMarked, type Marked, type Statistic, type Tally } from "../tally.js";
import { ofChildren, unitNoun } from "../units.js";
import { periodText } from "../words.js";
import { type Profile, profileMessages } from "./law-profile-words.js";
import { compareGroups, type Levels, type Numbers } from "./two-groups.js";

/** How unlike children of public and of private law are. */
export const lawProfileItem: Item = {
  id: "law-profile",
  section: "work",
  question: "How do public and private law differ?",
  needs: "law type, and at least one characteristic",
  refusal,
  count,
  result,
};

const numbers = ["age_years", "delay_days", "case_children"] as const;
const categories = [
  "gender",
  "disability",
  "ethnic_group",
  "previous_application",
  "audited",
  "service_area",
  "region",
] as const;

/** As a reader is to see them, where the field's name does not say it. */
const labels: Readonly<Record<string, string>> = {
  age_years: "Age in years",
  delay_days: "Days open so far, open cases",
  case_children: "Children in the case",
};

/** Cases drawn again so often: enough for bounds to two digits. */
const replicates = 200;

/** Fewer in a group say nothing of how it differs. */
const fewest = 10;

function refusal(subject: Subject): Refusal | undefined {
  const law = lawOf(subject);
  if (law === undefined)
    return {
      reason: "The export has no law type.",
      instead: "Map law_type, or read each table for all together.",
    };
  const held = groupsOf(subject, law);
  const sizes = [0, 1].map((group) => held.filter((one) => one === group).length);
  if (sizes.some((size) => size < fewest))
    return {
      reason: `Fewer than ${fewest} units are of public or of private law.`,
      instead: "Read the other questions: they are all of the one kind of law that the export holds.",
    };
  if (characteristicsOf(subject).length > 0) return undefined;
  return {
    reason: "The export has no characteristic with one value a unit.",
    instead: "Map gender, date of birth or another characteristic.",
  };
}

/** A case whose children are of both kinds of law is of neither group. */
function lawOf({ frame }: Subject): Field | undefined {
  const law = frame.fields.get("law_type");
  return law && singleValued(law);
}

function groupsOf({ units }: Subject, law: Field): Int8Array {
  const group = law.levels.map((level) => ["public", "private"].indexOf(level));
  return Int8Array.from(units, (unit) => group[law.codes[unit] as number] as number);
}

function characteristicsOf({ frame }: Subject): Field[] {
  const ofKind = (names: readonly string[], kind: Field["kind"]): Field[] =>
    names.flatMap((name) => frame.fields.get(name) ?? []).filter((field) => field.kind === kind);
  return [...ofKind(numbers, "number"), ...ofKind(categories, "category")];
}

/** Begins the ids of tallies that count who has a characteristic; its name follows. */
const ofField = "law-profile/";

function count(subject: Subject): Counted {
  const { plan } = subject;
  const law = lawOf(subject) as Field;
  const groups = groupsOf(subject, law);
  const fields = characteristicsOf(subject);
  const coded = fields.map((field) =>
    field.kind === "number" ? numbersOf(subject, field) : levelsOf(subject, field),
  );
  const found = compareGroups(
    { groups, clusters: caseClusters(subject), characteristics: coded },
    { replicates, stream: bootstrapStream(plan, "law-profile") },
  );
  const universe = unitNoun(plan);
  return {
    tallies: [
      tabulate(onlyFields(subject, [law]), { id: "law-profile", universe, rows: "law_type" }),
      ...fields.map((field) => {
        const blanks = blanksOf(subject, field.name);
        const units = onlyOpen(subject, field);
        return tabulate(onlyFields(subject, [law, completenessOf(blanks)]), {
          id: `${ofField}${field.name}`,
          ...(units === undefined ? { universe } : { universe: `open ${universe}`, within: universe, units }),
          rows: blanks.name,
          columns: "law_type",
        });
      }),
    ],
    statistics: Object.fromEntries(
      fields.flatMap((field, at) =>
        statisticsOf(field, {
          coded: coded[at] as Numbers | Levels,
          groups,
          found: found[at] as BootstrapValue,
        }),
      ),
    ),
  };
}

/** Delays are of open cases only: ended ones are of another length by their nature. Undefined where all units count. */
function onlyOpen(subject: Subject, { name }: Field): Int32Array | undefined {
  return name === "delay_days" ? openUnits(subject) : undefined;
}

/** What lies before its start is no delay, and what is not yet born has no age. */
function numbersOf(subject: Subject, field: Field): Numbers {
  const values = field.levels.map((level) =>
    level === "" || Number(level) < 0 ? Number.NaN : Number(level),
  );
  const open = onlyOpen(subject, field);
  const counts = open === undefined ? undefined : new Set(open);
  return {
    kind: "number",
    values: Float64Array.from(subject.units, (unit) =>
      counts === undefined || counts.has(unit) ? (values[field.codes[unit] as number] as number) : Number.NaN,
    ),
  };
}

function levelsOf({ units }: Subject, field: Field): Levels {
  const known = field.levels.map((level, code) => (isUnknown(field, level) ? -1 : code));
  return {
    kind: "level",
    codes: Int32Array.from(units, (unit) => known[field.codes[unit] as number] as number),
    count: field.levels.length,
  };
}

type Named = [name: string, figure: Statistic | Marked];

function statisticsOf(
  { name }: Field,
  {
    coded,
    groups,
    found,
  }: { readonly coded: Numbers | Levels; readonly groups: Int8Array; readonly found: BootstrapValue },
): Named[] {
  const held = [0, 1].map((group) => {
    const values: number[] = [];
    for (let i = 0; i < groups.length; i++) {
      const value = coded.kind === "number" ? (coded.values[i] as number) : (coded.codes[i] as number);
      const known = coded.kind === "number" ? !Number.isNaN(value) : value >= 0;
      if (groups[i] === group && known) values.push(value);
    }
    return values;
  });
  const base =
    coded.kind === "number" ? Math.min(...held.map(({ length }) => length)) : smallestCell(held, coded.count);
  const difference: Named = [
    name,
    found.estimate === undefined
      ? { mark: "x" }
      : {
          value: found.estimate,
          ...(found.interval &&
            (coded.kind === "level"
              ? mirrored(found.estimate, found.interval)
              : boundsOf(found.estimate, found.interval))),
          base,
          step: 0.01,
        },
  ];
  if (coded.kind === "level") return [difference];
  return [
    difference,
    ...held.map((values, group): Named => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const figure =
        values.length === 0 ? { mark: "x" as const } : { value: mean, base: values.length, step: 0.1 };
      return [`${name}/${group === 0 ? "public" : "private"}`, figure];
    }),
  ];
}

/** V rests on every cell: a level of few that is of one kind of law moves it, and could be told from it. */
function smallestCell(held: readonly (readonly number[])[], levels: number): number {
  const cells = held.flatMap((codes) => {
    const counts = new Array<number>(levels).fill(0);
    for (const code of codes) counts[code]!++;
    return counts.filter((count) => count > 0);
  });
  return Math.min(...cells);
}

/** Percentiles need not hold the estimate where it stands at the edge of what is possible. */
function boundsOf(value: number, { lower, upper }: { lower: number; upper: number }) {
  return { lower: Math.min(lower, value), upper: Math.max(upper, value) };
}

/**
 * Bounds of V by the basic bootstrap: V is above 0 by chance alone, and samples drawn again add as much of it once more, so
 * that percentiles lie above what is there. Turned about the estimate they lie as far below.
 *
 * @see Davison & Hinkley (1997) Bootstrap Methods and their Application, §5.2
 */
function mirrored(value: number, { lower, upper }: { lower: number; upper: number }) {
  return {
    lower: Math.max(0, Math.min(value, 2 * value - upper)),
    upper: Math.min(1, Math.max(value, 2 * value - lower)),
  };
}

function result({ tallies, statistics = {} }: Counted, { plan }: About): Result {
  const noun = unitNoun(plan);
  const [law, ...ofFields] = tallies as [Tally, ...Tally[]];
  const unknown = law.rows.levels.flatMap((level, row) =>
    level.unknown ? [law.rowTotals[row] as Count] : [],
  );
  const profiles = ofFields.map(({ id }): Profile => {
    const name = id.slice(ofField.length);
    const figure = statistics[name];
    return {
      name,
      label: labels[name] ?? fieldLabel(name),
      isNumber: (numbers as readonly string[]).includes(name),
      difference: figure === undefined ? { mark: "x" } : intervalOf(figure),
      means: [meanOf(statistics[`${name}/public`]), meanOf(statistics[`${name}/private`])],
    };
  });
  return {
    base: {
      units: law.total,
      unit: unitNoun(plan),
      period: periodText(plan),
      ...(unknown.length === 0 ? {} : { missing: summed(unknown) }),
    },
    method:
      "Standardised mean difference of numbers: the mean in public law less that in private law, over the root of the mean of the " +
      "two variances. Cramér's V of categories: 0 where both kinds of law have the same shares, 1 where a level tells the kind of law.",
    uncertainty: `95% intervals from ${replicates} samples of whole cases, drawn again with replacement${ofChildren(plan, ", so that children of one case count together")}: percentiles, and for V those turned about the estimate (basic bootstrap). V is above 0 by chance alone, the more the fewer children and the more groups there are.`,
    tables: [
      {
        id: "law_profile",
        caption: `How unlike public and private law are in each characteristic, ${noun}, ${periodText(plan)}`,
        dimensions: ["Measure", "Characteristic"],
        measures: [
          { key: "difference", label: "Difference", kind: "ratio", interval: true },
          { key: "mean_public", label: "Mean, public law", kind: "number" },
          { key: "mean_private", label: "Mean, private law", kind: "number" },
          { key: "known_public", label: "Known, public law", kind: "count" },
          { key: "known_private", label: "Known, private law", kind: "count" },
        ],
        rows: profiles.map((profile, at) => rowOf(profile, ofFields[at] as Tally)),
      },
    ],
    notes: [
      "Groups are commonly called unlike where the difference is beyond 0.1 in either direction.",
      `Known is how many ${noun} a figure rests on: of days open so far, ${noun} whose case is open. Numbers below 0, as of a child not yet born, are known and in no mean.`,
    ],
    messages: profileMessages(profiles, noun),
    enquiries: [],
  };
}

function summed(counts: readonly Count[]): Count {
  return counts.find(isMarked) ?? counts.reduce<number>((sum, one) => sum + (one as number), 0);
}

function intervalOf(figure: Statistic | Marked): Cell {
  if (isMarked(figure)) return figure;
  const { value, lower = value, upper = value } = figure;
  return { value, lower, upper };
}

function meanOf(figure: Statistic | Marked | undefined): Cell {
  if (figure === undefined) return { mark: "z" };
  return isMarked(figure) ? figure : figure.value;
}

function rowOf({ label, isNumber, difference, means }: Profile, tally: Tally): ResultRow {
  const known = (["public", "private"] as const).map((key): Cell => {
    const column = tally.columns.levels.findIndex((level) => level.key === key);
    // No open case may be of a kind of law.
    if (column === -1) return isMarked(tally.total) ? tally.total : 0;
    return knownIn(tally, column);
  });
  return {
    names: [isNumber ? "Standardised mean difference" : "Cramér’s V", label],
    cells: [difference, ...means, ...known],
  };
}
