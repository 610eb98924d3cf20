import { resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { type Plan, type ReportSection, reportSections } from "../../plan/types.js";
import { closeInput, openInput, readChunks } from "../../readers/input-file.js";
import { type ReadMarkdown, readMarkdown } from "../../report/document/markdown.js";
import { sha256Of } from "../../report/sha256.js";
import type { Table } from "../../table/table.js";
import { readSuppliedTable, type SuppliedFile } from "../analysis/supplied-table.js";
import type { PlanFile } from "../open-plan.js";

/** What a plan supplies to its analysis beside the export. */
export interface Supplied {
  readonly sections: ReadonlyMap<ReportSection, ReadMarkdown & { readonly path: string }>;
  readonly population?: Table;
  readonly series: readonly Table[];
  readonly template?: Uint8Array;
  /** In the order of the plan's keys. */
  readonly inputs: readonly SuppliedFile[];
  /** Where each lay. */
  readonly files: readonly { readonly path: string; readonly file: string }[];
}

/** A Markdown file above this holds something else. */
const largestText = 4 << 20;

/**
 * Reads what a plan's `pia` names beside the export.
 *
 * @param locate - where a file lies; by default beside the plan
 * @throws CasedrawError of the readers; `MARKDOWN_NOT_TEXT`, `SUPPLIED_NOT_CSV`
 */
export async function readSupplied(
  { plan, folder }: Pick<PlanFile, "plan" | "folder">,
  locate: (path: string) => string = (path) => resolve(folder, path),
): Promise<Supplied> {
  const { population, series = [], sections = {}, template } = plan.pia ?? {};
  const inputs: SuppliedFile[] = [];
  const files: { path: string; file: string }[] = [];
  const take = (path: string, found: { readonly bytes: number; readonly sha256: string }): void => {
    inputs.push({ path, bytes: found.bytes, sha256: found.sha256 });
    files.push({ path, file: locate(path) });
  };
  const table = async (path: string, key: string): Promise<Table> => {
    const read = await readSuppliedTable(path, { file: locate(path), key });
    take(path, read.supplied);
    return read.table;
  };
  const whole = (path: string, key: string): Buffer => {
    const read = readWhole(locate(path), `${path}, ${key}`);
    take(path, read);
    return read.content;
  };
  const populationTable = population === undefined ? undefined : await table(population, "pia.population");
  const seriesTables: Table[] = [];
  for (const [at, path] of series.entries()) seriesTables.push(await table(path, `pia.series[${at}]`));
  const texts = new Map<ReportSection, ReadMarkdown & { path: string }>();
  for (const name of reportSections) {
    const path = sections[name];
    if (path !== undefined)
      texts.set(name, { path, ...readMarkdown(textOf(whole(path, `pia.sections.${name}`), path)) });
  }
  const templateBytes = template === undefined ? undefined : whole(template, "pia.template");
  return {
    sections: texts,
    ...(populationTable === undefined ? {} : { population: populationTable }),
    series: seriesTables,
    ...(templateBytes === undefined ? {} : { template: templateBytes }),
    inputs,
    files,
  };
}

/** What an officer must know of the texts that were read. */
export function suppliedNotes({ sections }: Pick<Supplied, "sections">): string[] {
  return [...sections.values()].flatMap(({ path, blocks }) =>
    blocks.length === 0 ? [`${path} is empty: its section says so.`] : [],
  );
}

/** What nobody but an officer can see to before a publishable edition goes out; undefined where no text was supplied. */
export function ownTextNote({ sections }: Pick<Supplied, "sections">): string | undefined {
  const paths = [...sections.values()].filter(({ blocks }) => blocks.length > 0).map(({ path }) => path);
  if (paths.length === 0) return undefined;
  return `The officer’s own text stands as written in ${paths.join(", ")}: check it for small numbers and names.`;
}

function readWhole(path: string, label: string) {
  const file = openInput(path, label);
  try {
    const pieces: Buffer[] = [];
    for (const piece of readChunks(file, 1 << 20)) pieces.push(Buffer.from(piece));
    const content = Buffer.concat(pieces);
    return { content, bytes: content.length, sha256: sha256Of(content) };
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
