import { longDate } from "../../analysis/words.js";
import type { Frame } from "../../frame/frame.js";
import { fieldLabel, levelLabel, valueLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import type { SheetColumn, TableSheet, Workbook } from "../../report/workbook/model.js";
import type { MemberOutcome } from "../../sampling/after/outcome.js";
import type { BalanceRow } from "../../sampling/balance.js";
import type { Sample } from "../../sampling/draw.js";
import type { PickedUnit } from "../../sampling/picked.js";
import { chosenSheet } from "../chosen/chosen-sheet.js";
import { designWords } from "../summary/design.js";
import { unitWords } from "../summary/words.js";
import { shownFields, strataRecords } from "./tables.js";

type Cell = string | number;

/** What the sheets call the columns that say how a unit was drawn: names of the CSV files and their labels. */
export const drawLabels = {
  draw_order: "Draw order",
  reserve_order: "Reserve order",
  unit_id: "Unit ID",
  stratum: "Stratum",
  inclusion_probability: "Chance of selection",
  design_weight: "Weight",
  final_weight: "Final weight",
  status: "Status",
  version: "Version",
} as const;

/** What the sheet of chosen cases calls the columns that say why a case is on it. */
export const chosenLabels = {
  unit_id: drawLabels.unit_id,
  status: drawLabels.status,
  standing: "Standing",
  reason: "Reason",
  asked_by: "Asked by",
  asked_on: "Asked on",
  version: drawLabels.version,
} as const;

/** `sample.xlsx`: the sample for people, with labels where the CSV files have codes. Tickets are left to the CSV files. */
export function sampleWorkbook(context: {
  readonly frame: Frame;
  readonly plan: Plan;
  readonly sample: Sample;
  readonly balance: readonly BalanceRow[];
}): Workbook {
  const { plan, sample } = context;
  const units = unitWords(plan);
  const cases = units.many;
  const words = designWords(plan, sample, units);
  return {
    title: plan.title,
    subject: `Sample of ${cases}`,
    date: plan.reference_date,
    sheets: [
      {
        kind: "text",
        name: "Cover",
        title: plan.title,
        lines: [
          `Sample of ${thousands(sample.drawn.length)} ${cases}, with ${thousands(sample.reserves.length)} in reserve. ${words.short}`,
          `Ages and delays are measured on ${longDate(plan.reference_date)}.`,
          { heading: "Handle with care" },
          "This workbook lists children's cases. Names and dates of birth are left out on purpose. Share it only with those who need it.",
          { heading: "Proof" },
          "The manifest beside this workbook (manifest.json) holds the seed and the digests of the data. The command casedraw verify replays the draw from them.",
        ],
      },
      { kind: "contents", name: "Contents", title: "Contents" },
      {
        kind: "text",
        name: "Notes",
        title: "Notes",
        lines: [
          { heading: "How the sample was drawn" },
          ...words.paragraphs,
          "Tickets are listed in sample.csv.",
          ...notes,
        ],
      },
      sampleSheet(context, cases),
      ...(sample.reserves.length === 0 ? [] : [reservesSheet(context)]),
      ...(sample.after === undefined || sample.after.chosen.length === 0
        ? []
        : [chosenSheet(context, chosenLabels)]),
      strataSheet(sample),
      balanceSheet(context),
    ],
  };
}

const notes = [
  { heading: "Columns" },
  "Draw order: the order of the tickets over the whole sample, smallest first.",
  "Chance of selection: the probability that such a draw takes this unit.",
  "Weight: how many eligible units each sampled one stands for.",
  "Final weight, status and version are there once cases were replaced or added: what each unit stands for now, what became of it, and with which version it came.",
  "Expected number: how many sampled units with this level such draws give on average.",
  "Weighted share: the sample's share with each unit counted by its weight; it estimates the population's share.",
  { heading: "Words in cells" },
  "Not recorded: the export says nothing. Unknown: the export says that nobody knows. Value not known to the code set: the export says something that neither casedraw nor the plan can read.",
  "Delay bands: over 26 to 52 weeks is 183 to 364 days.",
  "Ethnicity: the groups keep Chinese apart from Asian, as the looked-after children return does.",
  { heading: "Blank cells" },
  "A blank cell in a date, number, list or text column means that the export has no value there.",
];

const text = (header: string): SheetColumn => ({ header, kind: "text" });
const integer = (header: string): SheetColumn => ({ header, kind: "integer" });
const decimal = (header: string): SheetColumn => ({ header, kind: "decimal" });
const percent = (header: string): SheetColumn => ({ header, kind: "percent" });

function sampleSheet({ frame, plan, sample }: UnitContext, cases: string): TableSheet {
  const units = unitColumns({ frame, plan });
  const columns = [
    integer(drawLabels.draw_order),
    text(drawLabels.unit_id),
    text(drawLabels.stratum),
    percent(drawLabels.inclusion_probability),
    decimal(drawLabels.design_weight),
    ...(sample.after === undefined
      ? []
      : [decimal(drawLabels.final_weight), text(drawLabels.status), integer(drawLabels.version)]),
  ];
  return {
    kind: "table",
    name: "Sample",
    title: `Sampled ${cases}`,
    description: "In draw order, smallest ticket first.",
    tableName: "table_sample",
    columns: [...columns, ...units.columns],
    rows: sample.drawn.map((found, at): Cell[] => {
      const id = frame.ids[found.unit] as string;
      return [
        at + 1,
        id,
        found.stratum.key,
        found.probability,
        found.weight,
        ...memberCells(sample, at),
        ...units.cells(found),
      ];
    }),
  };
}

function reservesSheet({ frame, plan, sample }: UnitContext): TableSheet {
  const units = unitColumns({ frame, plan });
  const used = new Map<string, number>();
  return {
    kind: "table",
    name: "Reserves",
    title: "Reserves by stratum",
    description:
      "Use one only where a sampled case cannot be reviewed, strictly in order within its stratum.",
    tableName: "table_reserves",
    columns: [
      integer(drawLabels.reserve_order),
      text(drawLabels.unit_id),
      text(drawLabels.stratum),
      ...units.columns,
    ],
    rows: sample.reserves.map((found): Cell[] => {
      const { key } = found.stratum;
      const order = (used.get(key) ?? 0) + 1;
      used.set(key, order);
      return [order, frame.ids[found.unit] as string, key, ...units.cells(found)];
    }),
  };
}

/** What became of a unit since the draw. */
function memberCells({ after }: Sample, at: number): Cell[] {
  const member = after?.members[at];
  return member === undefined ? [] : [member.finalWeight, statusLabels[member.status], member.version];
}

const statusLabels: Readonly<Record<MemberOutcome["status"], string>> = {
  drawn: "Drawn",
  released: "Released from reserve",
  substitute: "Substitute",
  added: "Added",
  "out-of-scope": "Out of scope",
  inaccessible: "Inaccessible",
  conflict: "Conflict",
};

interface UnitContext {
  readonly frame: Frame;
  readonly plan: Plan;
  readonly sample: Sample;
}

/** What the sheets say of a unit. */
function unitColumns({ frame, plan }: Pick<UnitContext, "frame" | "plan">): {
  readonly columns: readonly SheetColumn[];
  readonly cells: (found: PickedUnit) => Cell[];
} {
  const fields = shownFields(frame, plan);
  const labels = fields.map((field) => {
    const known: string[] = []; // by code
    return (unit: number): string => {
      const code = field.codes[unit] as number;
      known[code] ??= valueLabel(field, unit, plan);
      return known[code];
    };
  });
  return {
    columns: fields.map((field) => text(fieldLabel(field.name))),
    cells: ({ unit }) => labels.map((label) => label(unit)),
  };
}

function strataSheet(sample: Sample): TableSheet {
  return {
    kind: "table",
    name: "Strata",
    title: "Strata and allocation",
    description: "How many units of each stratum were eligible, and how many were drawn.",
    tableName: "table_strata",
    columns: [
      text("Stratum"),
      integer("Eligible"),
      integer("Drawn"),
      integer("Reserves"),
      percent("Chance of selection"),
    ],
    rows: strataRecords(sample).map(
      ({ stratum, population, drawn, reserves, inclusion_probability: chance }) => [
        stratum,
        population,
        drawn,
        reserves,
        chance,
      ],
    ),
  };
}

function balanceSheet({
  plan,
  balance,
}: {
  readonly plan: Plan;
  readonly balance: readonly BalanceRow[];
}): TableSheet {
  return {
    kind: "table",
    name: "Balance",
    title: "Sample beside population",
    description:
      "Shares of the eligible units that could be chosen beside weighted shares of the sample. Strata that give no units are not counted. The difference is in percentage points.",
    tableName: "table_balance",
    columns: [
      text("Characteristic"),
      text("Level"),
      integer("Eligible"),
      percent("Share of eligible"),
      integer("Sampled"),
      decimal("Expected number"),
      percent("Weighted share"),
      decimal("Difference"),
    ],
    rows: balance.map((row) => [
      fieldLabel(row.characteristic),
      levelLabel(row.characteristic, row.level, plan),
      row.populationCount,
      row.populationPercent / 100,
      row.sampleCount,
      row.expectedCount,
      row.weightedPercent / 100,
      row.difference,
    ]),
  };
}
