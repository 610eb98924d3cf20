import { resolve } from "node:path";
import { stringify } from "yaml";
import { listItems } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import { thousands } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import type { ReadPart } from "../../readers/text-part.js";
import { writeCsvColumns } from "../../report/csv.js";
import { type FolderWriter, writeFolder } from "../../report/folder.js";
import { jsonText, type ManifestOutput } from "../../report/manifest.js";
import { buildFromPlan } from "../build-from-plan.js";
import { namedFrame } from "../named-frame.js";
import { openPlan, type PlanFile } from "../open-plan.js";
import { recordHead } from "../package-version.js";
import type { Progress } from "../progress.js";
import { frameCounts } from "../sample/manifest-of.js";
import { compareCopy } from "./compare-copy.js";
import { copiedId } from "./copied-id.js";
import { type Copy, makeCopy } from "./copy.js";
import { checkKeyPlace, makeKey, type OpenedKey, openKey } from "./key-file.js";
import { fileCheck, keyCheck, pseudonymDigits } from "./keyed-hash.js";
import { type ReadExport, readExport, renameWith } from "./read-export.js";
import type { Treatment } from "./treatment.js";

/** A copy as it was written. */
export interface WrittenCopy {
  readonly plan: Plan;
  readonly frame: Frame;
  readonly treatment: Treatment;
  /** Whether the key is a new one. */
  readonly madeKey: boolean;
  readonly notes: readonly string[];
  /** Files of the folder with their hashes, but the manifest. */
  readonly outputs: readonly ManifestOutput[];
}

/**
 * Writes a copy of an export in which nobody is named, with the plan that draws from it, whole or not at all. Before it gets
 * its name it is read back, and its frame is held to the export's.
 *
 * @param planPath - as the user wrote it
 * @param options.key - the key file; made where there is none
 * @param options.frame - which frame of a plan that has several
 * @throws CasedrawError before anything is written, or with everything but a new key removed again
 */
export async function pseudonymiseToFolder(
  planPath: string,
  options: {
    readonly key: string;
    readonly frame?: string;
    readonly out: string;
    readonly force: boolean;
    readonly cwd: string;
    readonly progress: Progress;
    /** Called with the absolute target before the first byte is written. */
    readonly claim: (target: string) => void;
    readonly readPart?: ReadPart;
  },
): Promise<WrittenCopy> {
  const { cwd, progress } = options;
  const planFile = namedFrame(openPlan(planPath, cwd), options.frame, "copied");
  const target = resolve(cwd, options.out);
  const keyPath = resolve(cwd, options.key);
  checkKeyPlace(keyPath, target, options.key);
  const known = openKey(keyPath, options.key);
  const read = await readExport(planFile, options);
  const protect = [planFile.path, keyPath, ...read.files.map(({ file }) => file)];
  let outputs: readonly ManifestOutput[] = [];
  options.claim(target);
  await writeFolder(target, { force: options.force, protect }, async (folder) => {
    const key = known?.bytes ?? makeKey(keyPath, options.key);
    await fill(folder, planFile, read, { key, progress });
    outputs = folder.outputs();
    folder.file("manifest.json", manifestText(read, key, outputs));
  });
  const { plan } = planFile;
  return {
    plan,
    frame: read.frame,
    treatment: read.treatment,
    madeKey: known === undefined,
    notes: notesOf(plan, read, { known, key: options.key }),
    outputs,
  };
}

async function fill(
  folder: FolderWriter,
  { plan }: PlanFile,
  { rows, frame, treatment }: ReadExport,
  { key, progress }: { readonly key: Uint8Array; readonly progress: Progress },
): Promise<void> {
  progress("Writing the copy");
  const rename = renameWith(key);
  const ids = frame.ids.map((_, unit) =>
    copiedId(plan, unit, frame.fields, { hashed: treatment.hashed, rename }),
  );
  const copy = makeCopy(plan, rows, treatment, { rename, ...excludedOf(plan, frame, ids) });
  writeCopy(folder, copy);
  const back = await buildFromPlan(openPlan("plan.yaml", folder.path), {
    progress: (_, fraction) => progress("Reading the copy back", fraction),
    derived: ["age_years"],
  });
  compareCopy(frame, back.frame, { ids, treatment, rename });
}

function writeCopy(folder: FolderWriter, { plan, files }: Copy): void {
  for (const { path, columns, rows } of files) {
    const stream = folder.stream(path);
    writeCsvColumns((chunk) => stream.write(chunk), columns, rows);
    stream.close();
  }
  folder.file("plan.yaml", stringify(plan, { lineWidth: 0 }));
}

/** The exclusion list's units under their new ids; why each is on it stays behind. */
function excludedOf(
  plan: Plan,
  { exclusion }: Frame,
  ids: readonly string[],
): { readonly excluded?: readonly string[] } {
  if (plan.cohort.exclude_ids === undefined) return {};
  const code = exclusion.reasons.findIndex(({ reason }) => reason === "exclude_ids") + 1;
  return { excluded: code === 0 ? [] : ids.filter((_, unit) => exclusion.codes[unit] === code).sort() };
}

/** Nothing of the key, and no name of a file, which may be a person's. */
function manifestText(
  { frame, treatment, inputs }: ReadExport,
  key: Uint8Array,
  outputs: readonly ManifestOutput[],
): string {
  return jsonText({
    ...recordHead(),
    pseudonymised: {
      method: `HMAC-SHA-256 of the field's name, U+001F and its value; "p" and the first ${pseudonymDigits} hexadecimal digits`,
      key_check: keyCheck(key),
      replaced: treatment.hashed,
      left_out: [...treatment.dropped, ...(treatment.birth ? ["date_of_birth"] : [])],
      month_only: treatment.birth ? ["birth_month"] : [],
    },
    inputs: inputs.map(({ sha256, ...rest }) => ({ ...rest, file_check: fileCheck(key, sha256) })),
    frame: frameCounts(frame),
    outputs,
  });
}

/** A category with so many values is probably text or an id. */
const manyValues = 50;

function notesOf(
  plan: Plan,
  { rows, treatment }: ReadExport,
  { known, key }: { readonly known: OpenedKey | undefined; readonly key: string },
): string[] {
  const wide = treatment.kept.flatMap((name) => {
    const field = rows.fields.get(name);
    if (field === undefined || (field.kind !== "category" && field.kind !== "list")) return [];
    const values = new Set(field.levels.flatMap(listItems)).size;
    return values > manyValues && values * 5 > rows.count
      ? [
          `${name} has ${thousands(values)} values in ${thousands(rows.count)} rows, kept as they are: if it is free text or names people, give it type: text under fields, or leave it out of the plan.`,
        ]
      : [];
  });
  return [
    ...wide,
    ...(known?.exposed === true
      ? [`Others on this computer may read the key: chmod 600 ${key} keeps it to you.`]
      : []),
    ...(plan.sample?.avoid === undefined
      ? []
      : ["The copy's plan leaves out sample: avoid, whose ids are those of the export."]),
    ...(plan.pia === undefined && plan.compare === undefined
      ? []
      : ["The copy's plan leaves out pia and compare, whose files are not copied."]),
    ...(plan.teams === undefined && plan.handover === undefined
      ? []
      : [
          "The copy's plan leaves out teams and handover: worksheets are made from the export, which has names.",
        ]),
  ];
}
