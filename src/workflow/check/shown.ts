import type { Edition } from "../../analysis/item.js";
import { type Count, isMarked, type Tally } from "../../analysis/tally.js";
import type { CheckFinding } from "../../checks/finding.js";
import { rowsText } from "../../checks/words.js";
import { type DisclosureRecord, protectTallies } from "../../disclosure/protect-tallies.js";
import { inPublishedOrder } from "../../disclosure/reorder.js";
import { CasedrawError } from "../../errors.js";
import { type Plan, usualDisclosure } from "../../plan/types.js";
import { type QualityTables, qualityTables, qualityTallies } from "./quality.js";
import type { CheckedExport, RefusalSaid } from "./read-export.js";

/** What an edition may say of an export. */
export interface ShownCheck {
  readonly plan: Plan;
  readonly edition: Edition;
  readonly rowsRead: Count;
  /** Its message names rows: not in a publishable edition. */
  readonly refusal?: Pick<RefusalSaid, "code"> & Partial<RefusalSaid>;
  readonly unread: readonly string[];
  /** Fields that nothing is said of ({@link CheckedExport}'s report). */
  readonly setAside: readonly string[];
  readonly findings: readonly ShownFinding[];
  readonly quality?: QualityTables;
  readonly notRun: CheckedExport["report"]["notRun"];
  /** What was done to small counts, in a publishable edition. */
  readonly disclosure?: DisclosureRecord;
}

export interface ShownFinding extends Pick<CheckFinding, "code" | "severity" | "fields"> {
  readonly count: Count;
  /** With message, rows and areas, which a publishable edition does not have. */
  readonly whole?: CheckFinding;
}

/**
 * What may be shown of a check: all of it for the inspection team. A publishable edition has counts only, protected together.
 *
 * @throws CasedrawError `DISCLOSURE_EXPOSED`
 */
export function shownCheck(checked: CheckedExport, edition: Edition): ShownCheck {
  const { plan, report, refusal } = checked;
  const tallies = qualityTallies(report, plan);
  const about = {
    plan,
    edition,
    unread: checked.unread.map(({ path }) => path),
    setAside: report.setAside,
    notRun: report.notRun,
  };
  if (edition === "internal") {
    const quality = qualityTables(tallies);
    return {
      ...about,
      rowsRead: report.rowsRead,
      ...(refusal === undefined ? {} : { refusal }),
      findings: report.findings.map((finding) => ({ ...finding, whole: finding })),
      ...(quality === undefined ? {} : { quality }),
    };
  }
  const { threshold, round_to: roundTo } = plan.disclosure ?? usualDisclosure;
  const ofFields = new Map(tallies.map((tally, at) => [tally.id, at + 1]));
  const own = report.findings.filter((finding) => cellOf(finding) === undefined);
  const { tallies: shown, record } = protectTallies(
    [whole(report.rowsRead), ...tallies, ...own.map((finding, at) => tallyOf(finding, at, report.rowsRead))],
    { threshold, roundTo },
  );
  const countOf = (finding: CheckFinding): Count => {
    const cell = cellOf(finding);
    if (cell === undefined) return shown[1 + tallies.length + own.indexOf(finding)]?.rowTotals[0] as Count;
    const at = ofFields.get(cell.field);
    const isPart = report.findings.some((other) => {
      const same = cellOf(other);
      return other !== finding && same?.field === cell.field && same.kind === cell.kind;
    });
    return at === undefined || isPart ? { mark: "c" } : (shown[at]?.rowTotals[cell.kind] as Count);
  };
  if (record.audit.exposed > 0) {
    throw new CasedrawError(
      "DISCLOSURE_EXPOSED",
      `Publishable edition: no hidden count may be worked out from what is shown, got ${record.audit.exposed} of ${record.audit.audited} that could. ` +
        "Round published counts (disclosure: { round_to: 5 }).",
      { exposed: record.audit.exposed, audited: record.audit.audited, threshold },
    );
  }
  const quality = qualityTables(shown.slice(1, tallies.length + 1).map(inPublishedOrder));
  return {
    ...about,
    rowsRead: (shown[0] as Tally).total,
    ...(refusal === undefined ? {} : { refusal: { code: refusal.code } }),
    findings: inOrder(
      report.findings.map((finding) => ({
        code: finding.code,
        severity: finding.severity,
        fields: finding.fields,
        count: countOf(finding),
      })),
    ),
    ...(quality === undefined ? {} : { quality }),
    disclosure: record,
  };
}

const none = { field: "", label: "", levels: [] };

function whole(rows: number): Tally {
  return {
    id: "rows",
    universe: "rows",
    rows: none,
    columns: none,
    cells: [],
    rowTotals: [],
    columnTotals: [],
    total: rows,
    disjoint: true,
  };
}

/** Rules whose counts the tables of fields have too, and in which of their rows. */
const kindOf: Readonly<Record<string, number>> = {
  CHECK_VALUE_MISSING: 1,
  CHECK_PUBLIC_WITHOUT_AUTHORITY: 1,
  CHECK_VALUE_UNMAPPED: 2,
  CHECK_DATE_UNREADABLE: 3,
  CHECK_DATE_YEAR_SHORT: 3,
  CHECK_DATE_ORDER_MIXED: 3,
  CHECK_NUMBER_UNREADABLE: 3,
};

/** Where the tables of fields have a finding's count: one number may not be shown here and hidden there. */
function cellOf({
  code,
  fields,
}: Pick<CheckFinding, "code" | "fields">): { readonly field: string; readonly kind: number } | undefined {
  const [field] = fields;
  const kind = kindOf[code];
  return kind === undefined || field === undefined ? undefined : { field, kind };
}

/** Whether a finding is about cells that the tables of fields count. */
export function isOfFields(finding: CheckFinding): boolean {
  return cellOf(finding) !== undefined;
}

/** How many rows a finding is about, as a table of its own. */
function tallyOf({ code, fields, count, source }: CheckFinding, at: number, rowsRead: number): Tally {
  const total = Math.max(count, source.places.rowOf.length);
  const isOfRows = total === rowsRead;
  const field = `finding ${at} ${code} ${fields.join(" ")}`;
  return {
    ...whole(total),
    id: `finding-${at}`,
    universe: isOfRows ? "rows" : `rows of ${field}`,
    rows: {
      field,
      label: code,
      levels: [
        { key: "found", label: "Found" },
        { key: "other", label: "Not found" },
      ],
    },
    cells: [[], []],
    rowTotals: [count, total - count],
  };
}

/** Errors first; within them by rule and field, and not by counts that may be hidden. */
function inOrder(findings: readonly ShownFinding[]): ShownFinding[] {
  const codes = [...new Set(findings.map(({ code }) => code))];
  return findings
    .map((finding) => ({ finding, key: finding.fields.join(" ") }))
    .sort(
      (a, b) =>
        codes.indexOf(a.finding.code) - codes.indexOf(b.finding.code) ||
        (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
    )
    .map(({ finding }) => finding);
}

/** "12 rows", or the shorthand for why it is not shown. */
export function rowsWords(count: Count): string {
  return isMarked(count) ? `[${count.mark}] rows` : rowsText(count);
}
