import { longDate } from "../../analysis/words.js";
import { compareBytes } from "../../frame/text.js";
import type { SheetColumn, Workbook } from "../../report/workbook/model.js";
import { isLost, type ListedUnit } from "./cases.js";
import type { Handover } from "./make.js";

/**
 * What the body's link person needs to give access: every case to be reviewed, sampled or chosen alike, in the order of places.
 * It tells nobody which were drawn, who reads them, or which are in reserve.
 */
export function requestList({ plan, settings, units, rows }: Handover): Workbook {
  const siteOf = new Map(rows.map(({ unitId, site }) => [unitId, site]));
  const wanted = [...units.values()]
    .filter((unit) => unit.role !== "reserve" && !isLost(unit))
    .map((unit) => ({ unit, site: siteOf.get(unit.unitId) ?? "" }));
  const practitioner = (unit: ListedUnit): string => known(unit.values.get("practitioner"));
  const has = {
    practitioner: wanted.some(({ unit }) => practitioner(unit) !== ""),
    site: wanted.some(({ site }) => site !== ""),
  };
  const by = settings.needed_by === undefined ? undefined : longDate(settings.needed_by);
  const text = (header: string): SheetColumn => ({ header, kind: "text" });
  const when = by === undefined ? "" : ` by ${by}`;
  return {
    title: "Cases to which access is asked for",
    date: plan.reference_date,
    marking: settings.marking,
    sheets: [
      {
        kind: "text",
        name: "Cover",
        title: "Cases to which access is asked for",
        lines: [
          settings.marking,
          plan.title,
          `Inspectors ask for access to the files of these ${wanted.length === 1 ? "1 case" : `${wanted.length} cases`}${when}.`,
          "Tell the lead inspector if a file cannot be had. Please do not tell practitioners more than access needs.",
        ],
      },
      {
        kind: "table",
        name: "Cases",
        title: "Cases",
        description: `${settings.marking}. Access is asked for${when}.`,
        tableName: "table_cases",
        columns: [
          text("Unit ID"),
          ...(has.site ? [text("Site")] : []),
          ...(has.practitioner ? [text("Practitioner")] : []),
          ...(by === undefined ? [] : [text("Needed by")]),
        ],
        rows: wanted
          .map(({ unit, site }) => [
            unit.unitId,
            ...(has.site ? [site] : []),
            ...(has.practitioner ? [practitioner(unit)] : []),
            ...(by === undefined ? [] : [by]),
          ])
          .sort(
            (a, b) =>
              compareBytes(a.slice(1).join("\n"), b.slice(1).join("\n")) ||
              compareBytes(a[0] ?? "", b[0] ?? ""),
          ),
      },
    ],
  };
}

function known(value = ""): string {
  return value === "not_recorded" ? "" : value;
}
