import { join } from "node:path";
import { CasedrawError } from "../../errors.js";
import { bandOrder } from "../../frame/bands.js";
import { digestField, digestFields, type EncodedTexts, encodeTexts } from "../../frame/digest.js";
import { blankLevel, type Field, itemSeparator, LevelBuilder, notRecorded } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import { compareBytes } from "../../frame/text.js";
import { fieldsBesideStrata } from "../../plan/design-fields.js";
import { fieldKind, isListField } from "../../plan/fields.js";
import { parsePlan } from "../../plan/load.js";
import type { Plan } from "../../plan/types.js";
import type { Manifest } from "../../report/manifest.js";
import { readOwnCsv } from "../../report/own-csv.js";
import type { DesignInputs } from "../../sampling/design.js";
import { readText } from "../read-text.js";
import type { SampleFolder } from "../sample/folder.js";
import { beforeOfRows } from "../update/before.js";
import { beforeHeader } from "../update/before-columns.js";

/** What a sample's folder keeps of its frame, the export set aside. */
export interface RecordedFrame {
  readonly plan: Plan;
  /** The eligible units, in byte order of their ids, with the design's fields and no others. */
  readonly frame: Frame;
  /** What its design goes by: the strata; or the ids reviewed before, which part the strata that the plan's fields make. */
  readonly designInputs: DesignInputs;
}

/**
 * Reads the frame back from `frame.csv`. Each field's digest is that of the manifest, so that ids, levels and kinds are
 * those of the draw.
 *
 * @param label - the folder's path as the user wrote it
 * @throws CasedrawError `MANIFEST_INVALID` where the two files disagree; of `readOwnCsv`
 */
export function readRecordedFrame({ path, manifest }: SampleFolder, label: string): RecordedFrame {
  const plan = recordedPlan(manifest, join(label, "manifest.json"));
  const file = join(label, "frame.csv");
  const { header, rows } = readOwnCsv(readText(join(path, "frame.csv"), file, "Frame"), "frame.csv");
  const digests = manifest.frame.field_digests;
  const names = fieldsBesideStrata(plan).filter((name) => Object.hasOwn(digests, name));
  const update = manifest.steps?.findLast((step) => step.kind === "update");
  const before = update?.kind === "update" ? beforeHeader(update.probabilities) : [];
  if (header.join("\n") !== ["unit_id", "stratum", ...before, ...names].join("\n")) {
    throw filesDisagree("frame.csv does not have the columns that the manifest's plan calls for");
  }
  const sorted = rows.toSorted((a, b) => compareBytes(a[0] as string, b[0] as string));
  const ids = sorted.map((row) => row[0] as string);
  const twice = ids.find((id, at) => id === ids[at + 1]);
  if (twice !== undefined) throw filesDisagree(`frame.csv has ${twice} twice`);
  const eligible = Int32Array.from(ids.keys());
  const column = (at: number): Column => columnOf(sorted.map((row) => row[at] as string));
  const keys = column(1);
  const check = { digests, encoded: encodeTexts(ids), eligible };
  const fields = [
    ...names.map((name, at) => besideStrata(name, column(at + 2 + before.length), plan, check)),
    ...ofStrata(wholeKeys(keys, plan), plan, check),
  ];
  if (fields.length === 0 && digestFields(check.encoded, []) !== manifest.frame.design_digest) {
    throw filesDisagree("frame.csv has other units than the manifest records");
  }
  return {
    plan,
    frame: {
      ids,
      fields: new Map(fields.map((field) => [field.name, field])),
      exclusion: { codes: new Uint16Array(ids.length), reasons: [] },
      eligible,
      places: {
        files: [file],
        fileOf: new Int32Array(ids.length),
        rowOf: Int32Array.from(ids, (_, at) => at + 2),
      },
      accounting: { rowsRead: ids.length, superseded: 0, folded: 0 },
      matched: { joins: [], lookups: [], excludeIds: 0, valueMap: 0 },
      notes: [],
    },
    designInputs: {
      ...inputsOf(keys, plan, ids),
      ...(update === undefined ? {} : { before: beforeOfRows({ header, rows: sorted }, ids, eligible) }),
    },
  };
}

/** Files of one folder that cannot both be right. */
export function filesDisagree(how: string, details: { readonly unit_id?: string } = {}): CasedrawError {
  return new CasedrawError(
    "MANIFEST_INVALID",
    `The folder's files disagree: ${how}. casedraw verify tells what was changed; restore the files as they were written.`,
    details,
  );
}

function recordedPlan({ plan }: Manifest, file: string): Plan {
  try {
    return parsePlan(JSON.stringify(plan, undefined, 1), { file });
  } catch (error) {
    if (!(error instanceof CasedrawError)) throw error;
    throw new CasedrawError(
      "MANIFEST_INVALID",
      `The manifest's plan is not one that this release can have written (${file}). Restore the file as it was written.`,
      { file, problems: error.details.problems },
    );
  }
}

type Column = Pick<Field, "levels" | "codes">;

function columnOf(texts: readonly string[]): Column {
  const builder = new LevelBuilder();
  return { codes: Int32Array.from(texts, (text) => builder.code(text)), levels: builder.levels };
}

const reviewedBefore = / \/ reviewed before$/;

function avoidsList({ sample }: Plan): boolean {
  return sample?.avoid !== undefined && "ids" in sample.avoid;
}

/** Keys of strata before those reviewed before were set apart in them. */
function wholeKeys({ levels, codes }: Column, plan: Plan): Column {
  if (!avoidsList(plan)) return { levels, codes };
  return { levels: levels.map((key) => key.replace(/ \/ (?:not )?reviewed before$/, "")), codes };
}

function inputsOf({ levels, codes }: Column, plan: Plan, ids: readonly string[]): DesignInputs {
  if (avoidsList(plan)) {
    const before = levels.map((key) => reviewedBefore.test(key));
    return { reviewed: new Set(ids.filter((_, unit) => before[codes[unit] as number])) };
  }
  const units = Int32Array.from(ids.keys());
  return {
    strata: levels
      .map((key, code) => ({ key, units: units.filter((unit) => codes[unit] === code) }))
      .sort((a, b) => compareBytes(a.key, b.key)),
  };
}

/** What a field must agree with to be that of the draw. */
interface Check {
  readonly digests: Manifest["frame"]["field_digests"];
  readonly encoded: EncodedTexts;
  readonly eligible: Int32Array;
}

function agrees(field: Field, { digests, encoded, eligible }: Check): boolean {
  return digests[field.name] === digestFields(encoded, [digestField(field, eligible)]);
}

function besideStrata(name: string, { levels, codes }: Column, plan: Plan, check: Check): Field {
  const bands = bandOrder(name, plan.bands);
  const order = bands.length === 0 ? {} : { order: bands };
  const single: Field = { name, kind: fieldKind(plan, name), levels, codes, ...order };
  const items = levels.map((level) => level.replaceAll("; ", itemSeparator));
  const several: Field = { name, kind: "list", levels: items, codes, ...order };
  // Where a case's children differ, a field of one value becomes a list, and the plan does not tell.
  const candidates = isListField(plan, name) || single.kind === "list" ? [several] : [single, several];
  const found = candidates.find((field) => agrees(field, check));
  if (found !== undefined) return found;
  throw filesDisagree(
    levels.some((level) => level.includes("; "))
      ? `${name} in frame.csv is not what the manifest records, or one of its values holds a semicolon, which parts values there`
      : `${name} in frame.csv is not what the manifest records`,
  );
}

/** The stratum fields, which the strata's keys tell. */
function ofStrata(keys: Column, plan: Plan, check: Check): Field[] {
  const names = plan.sample?.strata ?? [];
  if (names.length === 0) return [];
  const parts = keys.levels.map((key) => key.split(" / "));
  if (parts.some((levels) => levels.length !== names.length)) {
    throw filesDisagree("frame.csv has strata that are not those of the manifest's plan");
  }
  return names.map((name, at): Field => {
    const kind = fieldKind(plan, name);
    const bands = bandOrder(name, plan.bands);
    const texts = parts.map((levels) => levels[at] as string);
    const levels = texts.map((text) =>
      text === notRecorded ? blankLevel(kind) : text.replaceAll("\\/", " / "),
    );
    const distinct = columnOf(levels);
    const codes = keys.codes.map((code) => distinct.codes[code] as number);
    const field: Field = {
      name,
      kind,
      levels: distinct.levels,
      codes,
      ...(bands.length === 0 ? {} : { order: bands }),
    };
    // A family counts for one stratum, whatever its children's own levels; and "\/" in a key may stand for itself.
    const told = plan.sample?.one_per === undefined && !texts.some((text) => text.includes("\\/"));
    if (told && !agrees(field, check)) {
      throw filesDisagree(`${name} in the strata of frame.csv is not what the manifest records`);
    }
    return field;
  });
}
