import { longDate } from "../../analysis/words.js";
import { fieldLabel, levelLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import { monthOfBirth } from "../../plan/check-handover.js";
import type { FindingPlan, TeamPlan } from "../../plan/types.js";
import type { Sheet, SheetColumn, TableSheet, Workbook } from "../../report/workbook/model.js";
import { lossReasons } from "../../sampling/after/outcome.js";
import { stratumLabel } from "../summary/strata.js";
import type { ListedUnit } from "./cases.js";
import type { Handover } from "./make.js";
import { readerName } from "./readers.js";
import type { AssignedRow, SheetRole } from "./record.js";
import { rowCheck } from "./row-check.js";

/** What worksheets call their columns; `track` finds them by these. */
export const worksheetLabels = {
  reader: "Read by",
  unit: "Unit ID",
  reviewer: "Reviewer",
  loss: "Cannot be reviewed",
  check: "Check",
} as const;

/** The sheet of each kind of row. */
export const sheetNames: Readonly<Record<SheetRole, string>> = {
  sampled: "Sampled",
  chosen: "Chosen",
  reserve: "Reserve",
  "second reading": "Second reading",
};

/** A role or initials: more is likely to be a name. */
export const longestReviewer = 30;

const descriptions: Readonly<Record<SheetRole, string>> = {
  sampled:
    "Cases of the sample. Each stands for others, so review every one, or say why it cannot be reviewed.",
  chosen:
    "Chosen, not sampled: cases that somebody asked for. They stand for no others, and no estimate counts them.",
  reserve:
    "In reserve: review one only when the lead says that it is released. Reserves are released in the order of their stratum, over all teams.",
  "second reading":
    "Cases that others read first. Read them without knowing what they found, and answer for yourselves.",
};

const tableNames: Readonly<Record<SheetRole, string>> = {
  sampled: "table_sampled",
  chosen: "table_chosen",
  reserve: "table_reserve",
  "second reading": "table_second",
};

const text = (header: string): SheetColumn => ({ header, kind: "text" });

/**
 * A team's worksheet. It has what inspectors need to find a case and to answer, and nothing of how likely it was to be drawn.
 *
 * @param rows - those of the worksheet, in its order
 * @param options.births - month of birth by unit, as "March 2015", where the plan asks for it
 * @param options.tag - of the handover
 */
export function worksheet(
  handover: Handover,
  rows: readonly AssignedRow[],
  options: {
    readonly team: TeamPlan;
    readonly second: boolean;
    readonly births: ReadonlyMap<string, string>;
    readonly tag: string;
  },
): Workbook {
  const { plan, settings } = handover;
  const { team, second } = options;
  const roles = (Object.keys(sheetNames) as SheetRole[]).filter((role) =>
    rows.some((row) => row.role === role),
  );
  const heading = second ? `${team.name}: second readings` : `${team.name}: cases to review`;
  const sheets: Sheet[] = [
    {
      kind: "text",
      name: "Cover",
      title: heading,
      lines: [
        settings.marking,
        plan.title,
        ...roles.map((role) => countLine(role, rows.filter((row) => row.role === role).length)),
        { heading: "How to fill it in" },
        "Answer each question with one of the answers of its list. Leave a cell blank until you know.",
        `Where a case cannot be reviewed, choose why under ${worksheetLabels.loss} and answer nothing: out-of-scope (it should not have been in the data), inaccessible (its file cannot be had), conflict (you know the family; tell the lead, who finds somebody else first).`,
        `Under ${worksheetLabels.reviewer} write initials or a role, no full name.`,
        "All other cells are locked, so that the answers can be matched to the cases. Do not change an id, and keep to one copy.",
        { heading: "Handle with care" },
        "This workbook lists children's cases. Share it only with those who review them, and send it back the way it came.",
      ],
    },
    {
      kind: "text",
      name: "Questions",
      title: "Questions",
      lines: [
        settings.marking,
        ...settings.findings.flatMap(({ name, question, answers }) => [
          { heading: name },
          ...(question === undefined ? [] : [question]),
          `Answers: ${answers.join("; ")}.`,
        ]),
      ],
    },
    ...roles.map((role) =>
      roleSheet(
        handover,
        rows.filter((row) => row.role === role),
        { role, ...options },
      ),
    ),
  ];
  return { title: heading, date: plan.reference_date, marking: settings.marking, sheets };
}

function countLine(role: SheetRole, count: number): string {
  const cases = count === 1 ? "1 case" : `${thousands(count)} cases`;
  if (role === "second reading") return `${cases} to read a second time.`;
  return role === "reserve" ? `${cases} in reserve.` : `${cases} ${role}.`;
}

function roleSheet(
  { plan, teams, settings, units }: Handover,
  rows: readonly AssignedRow[],
  {
    role,
    team,
    births,
    tag,
  }: {
    readonly role: SheetRole;
    readonly team: TeamPlan;
    readonly births: ReadonlyMap<string, string>;
    readonly tag: string;
  },
): TableSheet {
  const at = teams.indexOf(team);
  const sites = rows.some(({ site }) => site !== "");
  const shown = settings.show;
  const unitOf = ({ unitId }: AssignedRow): ListedUnit => units.get(unitId) as ListedUnit;
  const strata = plan.sample?.strata ?? [];
  return {
    kind: "table",
    name: sheetNames[role],
    title: `${team.name}: ${sheetNames[role].toLowerCase()}`,
    description: `${settings.marking}. ${descriptions[role]}`,
    tableName: tableNames[role],
    locked: true,
    columns: [
      text(worksheetLabels.reader),
      text(worksheetLabels.unit),
      ...(role === "reserve" ? [text("Stratum"), { header: "Reserve order", kind: "integer" } as const] : []),
      ...(role === "chosen" ? [text("Reason")] : []),
      ...(sites ? [text("Site")] : []),
      ...shown.map((name) => text(fieldLabel(name))),
      ...settings.findings.map(entryColumn),
      {
        ...text(worksheetLabels.reviewer),
        entry: { prompt: "Initials or a role, no full name.", longest: longestReviewer },
      },
      {
        ...text(worksheetLabels.loss),
        entry: {
          prompt:
            "Only where the case cannot be reviewed: out of scope, its file cannot be had, or you know the family.",
          list: lossReasons,
        },
      },
      text(worksheetLabels.check),
    ],
    rows: rows.map((row) => {
      const unit = unitOf(row);
      return [
        row.pair === undefined ? team.name : readerName(teams, { team: at, pair: row.pair - 1 }),
        row.unitId,
        ...(role === "reserve" ? [stratumLabel(unit.stratum, strata, plan), unit.order ?? 0] : []),
        ...(role === "chosen" ? [(unit.reason ?? "").replaceAll("-", " ")] : []),
        ...(sites ? [row.site] : []),
        ...shown.map((name) =>
          name === monthOfBirth
            ? (births.get(row.unitId) ?? "")
            : (unit.values.get(name) ?? "")
                .split("; ")
                .map((level) => levelLabel(name, level, plan))
                .join("; "),
        ),
        ...settings.findings.map(() => ""),
        "",
        "",
        rowCheck(tag, role, row.unitId),
      ];
    }),
  };
}

function entryColumn({ name, question, answers }: FindingPlan): SheetColumn {
  return { ...text(name), entry: { prompt: question ?? name, list: answers } };
}

/** "16 November 2026" as a month: no day of birth leaves the export. */
export function monthText(date: string): string {
  return longDate(`${date.slice(0, 7)}-01`).replace(/^\S+ /, "");
}
