import { type Field, levelAt } from "../../frame/field.js";
import type { BootstrapValue } from "../../statistics/case-bootstrap.js";
import { isUnknown } from "../axis.js";
import { bootstrapStream } from "../bootstrap-stream.js";
import { caseClusters } from "../case-clusters.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { completenessOf } from "../quality/completeness.js";
import { onlyFields } from "../recoded.js";
import type { Cell, Interval95, KeyMessage, Result, ResultRow } from "../result.js";
import { knownIn } from "../shares.js";
import { fieldOf, tabulate } from "../tabulate.js";
import { type Count, isMarked, type Marked, type Statistic, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { baseUnit, periodText } from "../words.js";
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
  const law = subject.frame.fields.get("law_type");
  if (law?.kind !== "category")
    return {
      reason: "The export has no law type.",
      instead: "Map law_type, or read each table for all together.",
    };
  const held = groupsOf(subject, law);
  const sizes = [0, 1].map((group) => held.filter((one) => one === group).length);
  if (sizes.some((size) => size < fewest))
    return {
      reason: `Fewer than ${fewest} units are of public or of private law.`,
      instead: "Read the tables of the one kind of law that the export holds.",
    };
  if (characteristicsOf(subject).length > 0) return undefined;
  return {
    reason: "The export has no characteristic with one value a unit.",
    instead: "Map gender, date of birth or another characteristic.",
  };
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

function count(subject: Subject): Counted {
  const { plan } = subject;
  const law = fieldOf(subject, "law_type");
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
      ...fields.map((field) =>
        tabulate(onlyFields(subject, [law, completenessOf(field)]), {
          id: `law-profile/${field.name}`,
          universe,
          rows: field.name,
          columns: "law_type",
        }),
      ),
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

/** Delays of open cases only: ended ones are of another length by their nature. What lies before its start is no delay. */
function numbersOf(subject: Subject, field: Field): Numbers {
  const values = field.levels.map((level) =>
    level === "" || Number(level) < 0 ? Number.NaN : Number(level),
  );
  const open = field.name === "delay_days" ? subject.frame.fields.get("delay_is_open") : undefined;
  return {
    kind: "number",
    values: Float64Array.from(subject.units, (unit) =>
      open !== undefined && levelAt(open, unit) !== "yes"
        ? Number.NaN
        : (values[field.codes[unit] as number] as number),
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
          ...(found.interval && boundsOf(found.estimate, found.interval)),
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

/** A characteristic as it is shown. */
interface Profile {
  readonly label: string;
  readonly isNumber: boolean;
  readonly difference: Cell;
}

function result({ tallies, statistics = {} }: Counted, { plan }: About): Result {
  const noun = unitNoun(plan);
  const [law, ...ofFields] = tallies as [Tally, ...Tally[]];
  const unknown = law.rows.levels.flatMap((level, row) =>
    level.unknown ? [law.rowTotals[row] as Count] : [],
  );
  const profiles = ofFields.map(({ rows }): Profile => {
    const figure = statistics[rows.field];
    return {
      label: labels[rows.field] ?? rows.label,
      isNumber: (numbers as readonly string[]).includes(rows.field),
      difference: figure === undefined ? { mark: "x" } : intervalOf(figure),
    };
  });
  return {
    base: {
      units: law.total,
      unit: baseUnit(plan),
      period: periodText(plan),
      ...(unknown.length === 0 ? {} : { missing: summed(unknown) }),
    },
    method:
      "Standardised mean difference of numbers: the mean in public law less that in private law, over the root of the mean of the " +
      "two variances. Cramér's V of categories: 0 where both kinds of law have the same shares, 1 where a level tells the kind of law.",
    uncertainty: `95% intervals from ${replicates} samples of whole cases, drawn again with replacement (percentiles), so that children of one case count together. V has no negative values: its interval does not reach 0 even where nothing differs.`,
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
        rows: profiles.map((profile, at) => rowOf(profile, ofFields[at] as Tally, statistics)),
      },
    ],
    notes: [
      "Groups are commonly called unlike where the difference is beyond 0.1 in either direction.",
      "Known numbers are of all units; days open so far are of those that are open. Numbers below 0, as of a child not yet born, are in no mean.",
    ],
    messages: messagesOf(profiles),
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

function rowOf(
  { label, isNumber, difference }: Profile,
  tally: Tally,
  statistics: NonNullable<Counted["statistics"]>,
): ResultRow {
  const ofLaw = (key: "public" | "private"): [Cell, Cell] => {
    const column = tally.columns.levels.findIndex((level) => level.key === key);
    const mean = statistics[`${tally.rows.field}/${key}`];
    return [
      mean === undefined ? { mark: "z" } : isMarked(mean) ? mean : mean.value,
      column === -1 ? { mark: "c" } : knownIn(tally, column),
    ];
  };
  const [[meanPublic, knownPublic], [meanPrivate, knownPrivate]] = [ofLaw("public"), ofLaw("private")];
  return {
    names: [isNumber ? "Standardised mean difference" : "Cramér’s V", label],
    cells: [difference, meanPublic, meanPrivate, knownPublic, knownPrivate],
  };
}

/** Beyond this, groups are commonly called unlike (Austin 2009, Stat Med 28:3083–3107). */
const unlike = 0.1;

/** The nearest that a difference may be to 0, as its interval has it. */
function least({ lower, upper }: Interval95): number {
  return lower > 0 ? lower : upper < 0 ? -upper : 0;
}

function messagesOf(profiles: readonly Profile[]): KeyMessage[] {
  const clear = profiles
    .flatMap(({ label, isNumber, difference }) =>
      typeof difference === "object" && !isMarked(difference) && least(difference) > unlike
        ? [{ label, isNumber, ...difference }]
        : [],
    )
    .sort((a, b) => least(b) - least(a));
  return clear.slice(0, 2).map(({ label, isNumber, value, lower, upper }) => {
    const interval = `(95% interval ${signed(lower)} to ${signed(upper)})`;
    return {
      text: isNumber
        ? `${label}: the mean is ${value > 0 ? "higher" : "lower"} in public than in private law, by ${Math.abs(value).toFixed(2)} standard deviations ${interval}.`
        : `${label}: public and private law differ, Cramér’s V ${value.toFixed(2)} ${interval}.`,
      weight: Math.min(0.6, 0.2 + Math.abs(value) / 2),
    };
  });
}

function signed(value: number): string {
  return value.toFixed(2).replace("-", "−");
}
