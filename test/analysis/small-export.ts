import type { About, Item, Subject } from "../../src/analysis/item.js";
import type { Result } from "../../src/analysis/result.js";
import type { Tally } from "../../src/analysis/tally.js";
import { buildFrame } from "../../src/frame/build-frame.js";
import { parsePlan } from "../../src/plan/load.js";
import { tableOf } from "../frames.js";

const columns = {
  case_id: "case",
  child_id: "child",
  law_type: "law",
  gender: "gender",
  date_of_birth: "born",
  ethnicity: "ethnicity",
  disability: "disability",
  lead_application: "lead",
  case_type: "type",
  application_date: "applied",
  closed_date: "closed",
  previous_application: "previous",
  factors: "factors",
} as const;

type Name = keyof typeof columns;

/** An analysis of all units of an export with these fields, whose cells are parted by `|`. */
export function subjectOf(
  fields: readonly Name[],
  rows: readonly string[],
  options: { readonly unit?: "child" | "case"; readonly more?: string } = {},
): Subject {
  const { unit = "child", more = "" } = options;
  const plan = parsePlan(
    `
casedraw: 1
title: t
reference_date: 2026-11-16
unit: ${unit}
unit_id: ${unit === "case" ? "case_id" : "child_id"}
data: [{ path: x.csv }]
columns:
${fields.map((name) => `  ${name}: ${name === "factors" ? '{ list: factors, separator: ";" }' : columns[name]}`).join("\n")}
${more}`,
    { file: "plan.yaml" },
  );
  const table = tableOf("x.csv", [fields.map((name) => columns[name]).join("|"), ...rows]);
  const frame = buildFrame({
    plan,
    data: [table],
    joins: [],
    lookups: [],
    derived: ["age_years", "delay_days", "delay_is_open"],
  });
  return { frame, plan, units: Int32Array.from(frame.ids, (_, unit) => unit) };
}

export function resultOf(item: Item, subject: Subject, edition: About["edition"] = "internal"): Result {
  return item.result(item.count(subject), { plan: subject.plan, edition });
}

/** A table's rows as `names: cells`, figures to 4 places and intervals in brackets. */
export function rowsOf({ tables }: Result, at = 0): string[] {
  const table = tables[at];
  if (table === undefined) throw new Error(`no table ${at}`);
  return table.rows.map(({ names, cells }) => {
    const texts = cells.map((cell) => {
      if (typeof cell === "string") return cell;
      if (typeof cell === "number") return String(Number(cell.toFixed(4)));
      if ("mark" in cell) return `[${cell.mark}]`;
      return `${cell.value.toFixed(4)} (${cell.lower.toFixed(4)}–${cell.upper.toFixed(4)})`;
    });
    return `${names.join(" / ")}: ${texts.join(", ")}`;
  });
}

/** A tally with these counts, `undefined` for those hidden, by law type: public, private. */
export function tallyOf(
  levels: readonly { readonly key: string; readonly unknown?: true }[],
  counts: readonly (readonly (number | undefined)[])[],
  options: Partial<Tally> = {},
): Tally {
  const shown = (count: number | undefined) => count ?? ({ mark: "c" } as const);
  const sum = (list: readonly (number | undefined)[]) =>
    list.includes(undefined)
      ? undefined
      : (list as readonly number[]).reduce((total, count) => total + count, 0);
  const columnTotals = [0, 1].map((column) => sum(counts.map((row) => row[column])));
  return {
    id: "t",
    universe: "children",
    rows: { field: "f", label: "Field", levels: levels.map((level) => ({ ...level, label: level.key })) },
    columns: {
      field: "law_type",
      label: "Law type",
      levels: [
        { key: "public", label: "Public" },
        { key: "private", label: "Private" },
      ],
    },
    cells: counts.map((row) => row.map(shown)),
    rowTotals: counts.map((row) => shown(sum(row))),
    columnTotals: columnTotals.map(shown),
    total: shown(sum(columnTotals)),
    disjoint: true,
    ...options,
  };
}
