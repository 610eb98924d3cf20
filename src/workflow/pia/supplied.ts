import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { type Plan, type ReportSection, reportSections } from "../../plan/types.js";
import { closeInput, openInput, readChunks } from "../../readers/input-file.js";
import { readTable } from "../../readers/read-table.js";
import { type ReadMarkdown, readMarkdown } from "../../report/document/markdown.js";
import type { Table } from "../../table/table.js";
import type { PlanFile } from "../open-plan.js";

/** A file that an analysis read. */
export interface SuppliedInput {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a plan supplies to its analysis beside the export. */
export interface Supplied {
  readonly sections: ReadonlyMap<ReportSection, ReadMarkdown & { readonly path: string }>;
  readonly population?: Table;
  readonly series: readonly Table[];
  readonly template?: Uint8Array;
  /** In the order of the plan's keys. */
  readonly inputs: readonly SuppliedInput[];
  /** Where each lay. */
  readonly files: readonly { readonly path: string; readonly file: string }[];
}

/** A Markdown file above this holds something else. */
const largestText = 4 << 20;

/**
 * Reads what a plan's `pia` names beside the export.
 *
 * @param locate - where a file lies; by default beside the plan
 * @throws CasedrawError of the readers; `MARKDOWN_NOT_TEXT`
 */
export async function readSupplied(
  { plan, folder }: Pick<PlanFile, "plan" | "folder">,
  locate: (path: string) => string = (path) => resolve(folder, path),
): Promise<Supplied> {
  const { population, series = [], sections = {}, template } = plan.pia ?? {};
  const inputs: SuppliedInput[] = [];
  const files: { path: string; file: string }[] = [];
  const take = (path: string, found: { readonly bytes: number; readonly sha256: string }): void => {
    inputs.push({ path, bytes: found.bytes, sha256: found.sha256 });
    files.push({ path, file: locate(path) });
  };
  const table = async (path: string): Promise<Table> => {
    const read = await readTable({ path: locate(path), label: path });
    take(path, read.fingerprint);
    return read.table;
  };
  const whole = (path: string): Buffer => {
    const read = readWhole(locate(path), path);
    take(path, read);
    return read.content;
  };
  const populationTable = population === undefined ? undefined : await table(population);
  const seriesTables: Table[] = [];
  for (const path of series) seriesTables.push(await table(path));
  const texts = new Map<ReportSection, ReadMarkdown & { path: string }>();
  for (const name of reportSections) {
    const path = sections[name];
    if (path !== undefined) texts.set(name, { path, ...readMarkdown(textOf(whole(path), path)) });
  }
  const templateBytes = template === undefined ? undefined : whole(template);
  return {
    sections: texts,
    ...(populationTable === undefined ? {} : { population: populationTable }),
    series: seriesTables,
    ...(templateBytes === undefined ? {} : { template: templateBytes }),
    inputs,
    files,
  };
}

function readWhole(path: string, label: string) {
  const file = openInput(path, label);
  try {
    const pieces: Buffer[] = [];
    for (const piece of readChunks(file, 1 << 20)) pieces.push(Buffer.from(piece));
    const content = Buffer.concat(pieces);
    return { content, bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") };
  } finally {
    closeInput(file);
  }
}

function textOf(content: Buffer, path: string): string {
  const text = content.toString("utf8");
  if (content.length <= largestText && !text.includes("\ufffd") && !text.includes("\0")) return text;
  throw new CasedrawError(
    "MARKDOWN_NOT_TEXT",
    `Markdown must be a text file in UTF-8 of at most 4 MB, got something else (${path}). Save it again as UTF-8 text.`,
    { file: path },
  );
}

/** Every file that an analysis reads beside its export, in the plan's order. */
export function suppliedPaths({ pia }: Pick<Plan, "pia">): string[] {
  const { population, series = [], sections = {}, template, earlier = [] } = pia ?? {};
  return [
    ...earlier.map(({ path }) => path),
    ...(population === undefined ? [] : [population]),
    ...series,
    ...reportSections.flatMap((name) => sections[name] ?? []),
    ...(template === undefined ? [] : [template]),
  ];
}
