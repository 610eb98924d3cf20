import { listText } from "../../analysis/words.js";
import { CasedrawError } from "../../errors.js";
import { place } from "../../frame/read-field.js";
import { counted, someOf } from "../../frame/words.js";
import type { ExportFile } from "../../matching/export-file.js";
import type { News, Standing } from "../../matching/news.js";
import { leadWords } from "../../matching/plan-data.js";
import { unlistedWords } from "../../matching/propose-values.js";
import { isRealDate } from "../../plan/iso-date.js";
import { starterPlan, type WrittenStarterPlan } from "../../workflow/init/to-files.js";
import type { Invocation } from "../command.js";
import { withHelper } from "../helper.js";
import type { Io } from "../io.js";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const { out = "plan.yaml", "reference-date": referenceDate } = invocation.values;
  if (referenceDate !== undefined && !isRealDate(referenceDate)) {
    throw new CasedrawError(
      "USAGE",
      `--reference-date: must be a date as YYYY-MM-DD, got "${referenceDate}". For example: --reference-date 2026-11-16.`,
      { option: "--reference-date" },
    );
  }
  await withHelper(async (helper) => {
    const made = await starterPlan(invocation.operands, {
      out,
      cwd: io.cwd,
      sheets: invocation.lists.sheet ?? [],
      ...(referenceDate === undefined ? {} : { referenceDate }),
      progress: (step, fraction) => io.progress(step, fraction),
      claim: (target) => io.claim(target),
      readPart: helper.readPart,
    });
    if (io.json) io.out(JSON.stringify(facts(made)));
    else io.out(report(made).join("\n"));
  });
  return 0;
}

function report(made: WrittenStarterPlan): string[] {
  const { proposal, chosen, tried, files, news, uncoded } = made;
  const { relations, unitId, reference, unlisted } = proposal;
  const lines: string[] = [];
  for (const file of proposal.files) lines.push(...fileLines(file), "");
  for (const { path, sheet, others } of chosen) {
    lines.push(
      `${path}: sheet "${sheet}" has most standard fields and was taken. Others: ${others.map((each) => `"${each}"`).join(", ")}. Name another with --sheet.`,
      "",
    );
  }
  if (proposal.lead !== undefined) lines.push(leadWords(proposal.lead));
  const [, ...stacked] = relations.data;
  if (stacked.length > 0)
    lines.push(`Stacked: ${relations.data.map(({ table }) => place(table)).join(", ")}.`);
  const standing = typeof news === "object" ? news.standing : undefined;
  for (const join of relations.joins) {
    const used = join.gives.length > 0 && join.matched > 0;
    const mine = standing?.taken.joins.includes(join.file.path);
    const what = mine ? "Joined by your plan" : used ? "Joined" : "Not joined, left to you";
    lines.push(`${what}: ${place(join.file.table)} by ${join.key.join(" and ")}.`);
  }
  for (const { file, from, gives } of relations.lookups)
    lines.push(`Looked up: ${gives.join(", ")} by ${from} in ${place(file.table)}.`);
  for (const { file, why } of relations.unused) lines.push(`Not used: ${place(file.table)}, because ${why}.`);
  lines.push(
    unitId.parts.length === 0
      ? "No unit id was found."
      : `Unit id: ${unitId.parts.join(" and ")}${idWords(unitId)}.`,
    reference.date === undefined
      ? `Reference date: none found; ${reference.evidence}. Give it with --reference-date.`
      : `Reference date: ${reference.date}, ${reference.evidence}.`,
  );
  if (uncoded > 0) lines.push(`${counted(uncoded, "value")} without a code: fill in ${files[2].path}.`);
  for (const each of unlisted) lines.push(`To be decided: ${unlistedWords(each)}`);
  // Of a plan that was kept nothing of this is known: what was tried is the one that is proposed.
  if (tried.cannotShow.length > 0 && files[0].state !== "kept")
    lines.push("Not every question of casedraw pia can be answered from it; the plan says which and why.");
  if (tried.refusal !== undefined && files[0].state !== "kept")
    lines.push(
      "",
      // The refusal begins with its code.
      `To be decided before anything runs: error[${tried.refusal.replace(":", "]:")}`,
    );
  lines.push("", ...stateLines(made), ...(news === undefined ? [] : newsLines(news)));
  if (standing !== undefined) lines.push(...standingLines(standing, files[0].path));
  return lines;
}

function fileLines(file: ExportFile): string[] {
  const { table, headers } = file;
  const row = table.headerRow === undefined ? "" : `, header in row ${table.headerRow}`;
  const shown = headers.map(({ header, field, how, candidates }) => [
    header,
    field ?? candidates.join(" or "),
    how,
  ]);
  return [
    `${place(file.table)}: ${counted(table.rowCount, "row")}${row}`,
    ...leftAligned([["header", "field", "how"], ...shown]),
  ];
}

function leftAligned(rows: readonly (readonly string[])[]): string[] {
  const widths = [0, 1, 2].map((at) => Math.min(48, Math.max(...rows.map((row) => (row[at] ?? "").length))));
  return rows.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")}`.trimEnd());
}

function idWords({ rows, repeated, blank }: WrittenStarterPlan["proposal"]["unitId"]): string {
  const faults = [
    ...(repeated > 0 ? [`${counted(repeated, "id")} in several rows`] : []),
    ...(blank > 0 ? [`${counted(blank, "row")} without`] : []),
  ];
  if (faults.length > 0) return `, to be decided: ${faults.join(", ")}`;
  return rows === 0 ? ", not tested: there are no rows" : ", different in every row";
}

function stateLines({ files, tried, uncoded }: WrittenStarterPlan): string[] {
  const [plan, matching, valueMap] = files;
  const said = { written: "Wrote", unchanged: "Unchanged:", kept: "Kept, because it was edited:" };
  const lines = [plan, matching, valueMap].map(({ path, state }) => `${said[state]} ${path}`);
  if (plan.state === "kept") return lines;
  const codes = uncoded > 0 ? `, fill in ${valueMap.path}` : "";
  return [
    ...lines,
    `Next: read the lines of ${plan.path} that begin with DECIDE${codes}, then`,
    `  casedraw check --plan ${plan.path}`,
    ...(tried.refusal === undefined ? [`  casedraw sample --plan ${plan.path} --dry-run`] : []),
  ];
}

function newsLines(news: News | string): string[] {
  if (typeof news === "string")
    return ["", `The plan that is there cannot be read, so that nothing is proposed for it. ${news}`];
  const lines: string[] = [];
  for (const path of news.files) lines.push(`file ${path}: the plan does not name it`);
  if (news.valueMap !== undefined)
    lines.push(`value_map: ${news.valueMap}, which gives values their codes; the plan does not name it`);
  for (const { path, field, header } of news.columns)
    lines.push(`columns: ${field}: ${JSON.stringify(header)} (${path})`);
  for (const { path, header, how } of news.headers)
    lines.push(`header ${JSON.stringify(header)} (${path}): ${how}`);
  for (const { field, value, count, code } of news.values) {
    lines.push(
      `value of ${field}: ${JSON.stringify(value)}, ${counted(count, "row")}${code === "" ? ", needs a code" : `, code ${code}`}`,
    );
  }
  return lines.length === 0
    ? ["", "Nothing new in the export beside what your files have."]
    : ["", "Not in your files, and proposed now:", ...lines.map((line) => `  ${line}`)];
}

/** How far an edited plan has got with what was proposed, and what of that is open. */
function standingLines({ taken, open, decide }: Standing, plan: string): string[] {
  const has = [
    ...taken.joins.map((path) => `the join of ${path}`),
    ...taken.columns.map(
      ({ path, header, fields }) => `${listText(fields)} from ${JSON.stringify(header)} (${path})`,
    ),
    ...(taken.cohort ? ["who may be sampled (cohort)"] : []),
    ...(taken.observed ? ["the observation window (observed)"] : []),
  ];
  const lacks = [
    ...open.joins.map((path) => `the join of ${path}`),
    ...open.columns.map(
      ({ path, header, fields }) =>
        `${JSON.stringify(header)} (${path}), which could be ${listText(fields, "or")}`,
    ),
    ...(open.cohort ? ["who may be sampled (cohort)"] : []),
    ...(open.observed ? ["the observation window (observed)"] : []),
  ];
  return [
    ...(has.length === 0 ? [] : ["", `Proposed, and now in ${plan}: ${has.join("; ")}.`]),
    "",
    lacks.length === 0
      ? `Of what was proposed nothing is left that ${plan} does not have.`
      : `Proposed, and not in ${plan}: ${lacks.join("; ")}. Leave it so where you have decided against it.`,
    ...(decide.length === 0
      ? []
      : [
          `Comments in ${plan} are as they were written, for an edited plan is never changed: DECIDE stands in ${
            decide.length === 1 ? "line" : "lines"
          } ${someOf(decide, 12)}. Take away those that are settled.`,
        ]),
  ];
}

/** The same for programs. */
function facts({ proposal, chosen, tried, files, news, uncoded }: WrittenStarterPlan) {
  const { relations, unitId, reference, window, values, unlisted } = proposal;
  return {
    files,
    exports: proposal.files.map(({ path, table, headers }) => ({
      path,
      sheet: table.sheet ?? null,
      header_row: table.headerRow ?? null,
      rows: table.rowCount,
      headers: headers.map(({ header, field, how, candidates, note }) => ({
        header,
        field: field ?? null,
        how,
        candidates,
        note,
      })),
    })),
    chosen_sheets: chosen,
    stacked: relations.data.map(({ path }) => path),
    first:
      proposal.lead === undefined ? null : { path: proposal.lead.file.path, named: proposal.lead.named.path },
    joins: relations.joins.map(({ file, key, keys, repeated, dataMatched, dataRows, matched, gives }) => ({
      path: file.path,
      key,
      keys,
      keys_repeated: repeated,
      data_rows: dataRows,
      data_rows_matched: dataMatched,
      rows_matched: matched,
      gives,
    })),
    lookups: relations.lookups.map(({ file, from, gives, values: distinct, matched }) => ({
      path: file.path,
      from,
      gives,
      values: distinct,
      matched,
    })),
    unused: relations.unused.map(({ file, why }) => ({ path: file.path, why })),
    unit_id: unitId,
    reference_date: { date: reference.date ?? null, evidence: reference.evidence },
    observed: window,
    values,
    values_uncoded: uncoded,
    unlisted_values: unlisted,
    refusal: tried.refusal ?? null,
    cannot_stratify: tried.cannotStratify,
    cannot_show: tried.cannotShow,
    news: news ?? null,
  };
}
