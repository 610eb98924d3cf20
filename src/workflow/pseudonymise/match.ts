import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { cleanText } from "../../frame/text.js";
import { readTable } from "../../readers/read-table.js";
import type { ReadPart } from "../../readers/text-part.js";
import { csvText } from "../../report/csv.js";
import { readOwnCsv } from "../../report/own-csv.js";
import { beginsWith, writeSingleFile } from "../../report/single-file.js";
import { openArchive } from "../archive/manifest.js";
import { unitPseudonym } from "../archive/pack.js";
import { namedFrame } from "../named-frame.js";
import { openPlan } from "../open-plan.js";
import type { Progress } from "../progress.js";
import { readText } from "../read-text.js";
import { openSampleFolder } from "../sample/folder.js";
import { copiedId } from "./copied-id.js";
import { openKey } from "./key-file.js";
import { readExport, renameWith } from "./read-export.js";

/** A listed id and who it is. */
interface Match {
  readonly file: string;
  readonly listed: string;
  /** In the export; absent where the id is neither a unit's nor a pseudonym of one. */
  readonly unitId?: string;
  readonly pseudonym?: string;
}

/** What came of matching a list. */
export interface WrittenMatch {
  readonly listed: number;
  /** Ids that were the export's own, and pseudonyms. */
  readonly own: number;
  readonly pseudonyms: number;
  readonly unmatched: number;
}

/**
 * Says which units of an export the pseudonyms of a list are, and the other way round, in a CSV.
 *
 * @param list - a sample's folder or an archive of one, or a file with the column unit_id
 * @throws CasedrawError `KEY_FILE_MISSING`, `MATCH_NOTHING`, and those of the readers and of `writeSingleFile`
 */
export async function matchToFile(
  list: string,
  options: {
    readonly plan: string;
    readonly frame?: string;
    readonly key: string;
    readonly out: string;
    readonly force: boolean;
    readonly cwd: string;
    readonly progress: Progress;
    readonly claim: (target: string) => void;
    readonly readPart?: ReadPart;
  },
): Promise<WrittenMatch> {
  const { cwd } = options;
  const planFile = namedFrame(openPlan(options.plan, cwd), options.frame, "copied");
  const keyPath = resolve(cwd, options.key);
  const key = openKey(keyPath, options.key);
  if (key === undefined) {
    throw new CasedrawError(
      "KEY_FILE_MISSING",
      `Key file not found: matching needs the key of the copy, and there is no file ${options.key}. Check the path; a new key matches nothing.`,
      { file: options.key },
    );
  }
  const listed = await readList(resolve(cwd, list), list);
  const { frame, treatment, files } = await readExport(planFile, options);
  const rename = renameWith(key.bytes);
  const pseudonymOf = new Map(
    frame.ids.map((id, unit) => [
      id,
      copiedId(planFile.plan, unit, frame.fields, { hashed: treatment.hashed, rename }),
    ]),
  );
  const archived = frame.ids.map((id): [string, string] => [unitPseudonym({ rename }, id), id]);
  const idOf = new Map([
    ...archived,
    ...[...pseudonymOf].map(([id, pseudonym]): [string, string] => [pseudonym, id]),
  ]);
  const matches = listed.map(({ file, id }): Match => {
    const pseudonym = pseudonymOf.get(id);
    if (pseudonym !== undefined) return { file, listed: id, unitId: id, pseudonym };
    const unitId = idOf.get(id);
    return unitId === undefined ? { file, listed: id } : { file, listed: id, unitId, pseudonym: id };
  });
  const own = matches.filter(({ listed, unitId }) => unitId === listed).length;
  const unmatched = matches.filter(({ unitId }) => unitId === undefined).length;
  if (unmatched === matches.length) {
    throw new CasedrawError(
      "MATCH_NOTHING",
      `Nothing matches: none of the ${matches.length} listed ids is a unit of the export or a pseudonym of one under this key (${list}). ` +
        "Check that the key, the plan and the export are those of the copy.",
      { file: list, count: matches.length },
    );
  }
  const target = resolve(cwd, options.out);
  options.claim(target);
  const protect = [
    planFile.path,
    keyPath,
    ...files.map(({ file }) => file),
    ...listed.map(({ path }) => path),
  ];
  await writeSingleFile(target, tableOf(matches), {
    force: options.force,
    protect: [...new Set(protect)],
    isOwn: beginsWith(`${header.join(",")}\n`),
  });
  return { listed: matches.length, own, pseudonyms: matches.length - own - unmatched, unmatched };
}

const header = ["file", "listed_id", "unit_id", "pseudonym"];

function tableOf(matches: readonly Match[]): string {
  return csvText(
    header,
    matches.map(({ file, listed, unitId = "", pseudonym = "" }) => [file, listed, unitId, pseudonym]),
  );
}

/** The ids of a sample and its reserves, or of a list of any other program. */
async function readList(
  path: string,
  label: string,
): Promise<{ readonly file: string; readonly path: string; readonly id: string }[]> {
  if (!(existsSync(path) && statSync(path).isDirectory())) {
    const { table } = await readTable({ path, label, wanted: ["unit_id"] });
    const column = table.columns[0];
    return Array.from(column?.codes ?? [], (code) => ({
      file: label,
      path,
      id: cleanText(column?.values[code] ?? ""),
    }));
  }
  if (openArchive(path, label) === undefined) openSampleFolder(path, label);
  return ["sample.csv", "reserves.csv"].flatMap((file) => {
    const at = join(path, file);
    if (!existsSync(at)) return [];
    const { header, rows } = readOwnCsv(readText(at, join(label, file), "Sample"), join(label, file));
    const column = header.indexOf("unit_id");
    return rows.map((cells) => ({ file, path: at, id: cells[column] ?? "" }));
  });
}
