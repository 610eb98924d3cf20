import { catalogue } from "../../analysis/catalogue.js";
import { CasedrawError, errorCodes } from "../../errors.js";
import { buildFrame } from "../../frame/build-frame.js";
import { isBlankLevel } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import type { ProposedSample, TriedPlan } from "../../matching/plan-text.js";
import type { Proposal } from "../../matching/proposal.js";
import { derivedNeeds, fieldNames, isDerivedField } from "../../plan/fields.js";
import { parsePlan } from "../../plan/load.js";
import type { Plan } from "../../plan/types.js";
import { designSample } from "../../sampling/design.js";
import type { Table } from "../../table/table.js";
import { analysedDerived } from "../analysis/subject.js";

/**
 * Tries a proposed plan on the files that it was made from, as a run would: what it is refused with, a design that can be
 * drawn, and what the export cannot carry.
 *
 * @param text - the plan without a design
 * @param valueMap - the table of the value map that will stand beside it
 */
export function tryPlan(
  text: string,
  {
    proposal,
    valueMap,
    file,
  }: { readonly proposal: Proposal; readonly valueMap: Table; readonly file: string },
): TriedPlan {
  let plan: Plan;
  try {
    plan = parsePlan(text, { file });
  } catch (error) {
    return { refusal: refusalOf(error), cannotStratify: [], cannotShow: [] };
  }
  const cannotStratify = missingStrata(plan);
  const { relations } = proposal;
  let frame: Frame;
  try {
    frame = buildFrame({
      plan,
      valueMap,
      data: relations.data.map(({ table }) => table),
      joins: relations.joins
        .filter(({ gives, matched }) => gives.length > 0 && matched > 0)
        .map(({ file: { table } }) => table),
      lookups: relations.lookups.map(({ file: { table } }) => table),
      derived: analysedDerived,
    });
  } catch (error) {
    return { refusal: refusalOf(error), cannotStratify, cannotShow: [] };
  }
  const units = frame.ids.length;
  const sample = firstDesign(frame);
  const subject = { frame, plan, units: Int32Array.from(frame.ids, (_, unit) => unit) };
  const cannotShow = units === 0 ? [] : refused(subject);
  return { units, cannotStratify, cannotShow, ...(sample === undefined ? {} : { sample }) };
}

function refusalOf(error: unknown): string {
  if (!(error instanceof CasedrawError)) throw error;
  // A run quotes the date that it cannot read, which may be one of birth: a plan is passed on further than a message.
  if (error.code.startsWith("DATE_"))
    return `${error.code}: ${errorCodes[error.code].replace(/\.$/, "")} ${placeOf(error)}.`;
  const { problems } = error.details as { problems?: readonly { path: string; message: string }[] };
  // Without line numbers, which this very comment would change.
  const said = problems?.map(({ path, message }) => `${path}: ${message}`).join(" ") ?? error.message;
  return `${error.code}: ${said.length > mostSaid ? `${said.slice(0, said.lastIndexOf(" ", mostSaid))} …` : said}`;
}

function placeOf({ details }: CasedrawError): string {
  const { file, column, row, rows } = details as {
    readonly file: string;
    readonly column: string;
    readonly row?: number;
    readonly rows: readonly number[];
  };
  const where = row === undefined ? `rows ${rows.toSorted((a, b) => a - b).join(" and ")}` : `row ${row}`;
  return `(${file}, ${where}, column "${column}")`;
}

/** Characters of a refusal that a comment repeats. */
const mostSaid = 320;

/** The characteristics that samples are usually stratified by and balanced on. */
const usualStrata = [
  "law_type",
  "delay_band",
  "age_band",
  "gender",
  "disability",
  "ethnic_group",
  "factors",
  "case_type",
  "service_area",
  "region",
  "audited",
] as const;

function missingStrata(plan: Plan): string[] {
  const there = fieldNames(plan);
  return usualStrata
    .filter((name) => !there.includes(name))
    .map((name) => {
      if (!isDerivedField(name)) return `${name}: no column is mapped to it.`;
      const lacking = derivedNeeds(name, plan.delay).filter(
        (group) => !group.some((need) => there.includes(need)),
      );
      return `${name}: it is worked out from ${lacking.map((group) => group.join(" or ")).join(" and ")}, which no column gives.`;
    });
}

function refused(subject: Parameters<(typeof catalogue)[number]["refusal"]>[0]): string[] {
  const questions = new Map<string, string[]>();
  for (const item of catalogue) {
    const refusal = item.refusal(subject);
    if (refusal === undefined) continue;
    // Several questions that need the same are told once.
    const why = `${refusal.reason} ${refusal.instead}`;
    questions.set(why, [...(questions.get(why) ?? []), item.question]);
  }
  return [...questions].map(
    ([why, asked]) => `${asked.map((question) => `“${question}”`).join(", ")} ${why}`,
  );
}

/** As many as a first look needs, of which the officer decides anew. */
const firstSize = 60;
const mostLevels = 6;
/** Two a stratum let its variance be estimated. */
const leastOfStratum = [2, 1] as const;

/** A design that can be drawn: strata by law type and delay where both tell the units apart. */
function firstDesign(frame: Frame): ProposedSample | undefined {
  if (frame.eligible.length === 0) return undefined;
  const size = Math.min(firstSize, Math.ceil((frame.eligible.length + 1) / 2));
  const able = ["law_type", "delay_band"].filter((name) => tellsApart(frame, name));
  for (const strata of [able, able.slice(0, 1), []]) {
    for (const min of leastOfStratum) {
      const sample: ProposedSample = { size, strata, min };
      if (canBeDrawn(frame, sample)) return sample;
    }
  }
  return undefined;
}

function tellsApart(frame: Frame, name: string): boolean {
  const field = frame.fields.get(name);
  if (field === undefined || field.kind === "list") return false;
  const levels = new Set(Array.from(frame.eligible, (unit) => field.codes[unit] as number));
  const filled = [...levels].filter((code) => !isBlankLevel(field.kind, field.levels[code] as string));
  return filled.length > 1 && levels.size <= mostLevels;
}

function canBeDrawn(frame: Frame, { size, strata, min }: ProposedSample): boolean {
  const allocation = { method: "proportional", min } as const;
  try {
    const { notes } = designSample(frame, { size, method: "random", strata, allocation, reserves: 0.25 });
    return !notes.some(({ code }) => code === "stratum-left-out");
  } catch (error) {
    if (error instanceof CasedrawError) return false;
    throw error;
  }
}
