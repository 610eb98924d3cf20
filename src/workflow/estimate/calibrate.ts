import { join } from "node:path";
import type { CalibrationField } from "../../analysis/estimates/calibration.js";
import { CasedrawError } from "../../errors.js";
import { isBlankLevel, notRecorded } from "../../frame/field.js";
import { levelLabel } from "../../frame/labels.js";
import { compareBytes } from "../../frame/text.js";
import { someOf } from "../../frame/words.js";
import { fieldKind, isListField } from "../../plan/fields.js";
import { type OwnCsv, readOwnCsv } from "../../report/own-csv.js";
import { orderLevels } from "../../sampling/compared-fields.js";
import type { Sample } from "../../sampling/draw.js";
import { readText } from "../read-text.js";
import type { SampleFolder } from "../sample/folder.js";
import { isOfPeople } from "./columns.js";
import { fieldOfSample, type GroupSource } from "./groups.js";
import { readMerges } from "./merges.js";

/** What calibration goes by. */
interface CalibrationSource extends GroupSource {
  /** How many eligible units have each level of a characteristic, as `balance.csv` has them. */
  readonly balance: OwnCsv;
}

/** The comparison of the sample with the population, as its folder has it. */
export function readBalance({ path }: SampleFolder, label: string): OwnCsv {
  const file = join(label, "balance.csv");
  return readOwnCsv(readText(join(path, "balance.csv"), file, "Comparison"), file);
}

/**
 * Fields to calibrate to, as the command names them, with the groups that their levels make. The frame counts them where it has
 * the field; else `balance.csv`, and `sample.csv` tells of each sampled unit.
 *
 * @param texts - `FIELD`, or `FIELD:LEVEL=LEVEL` to take levels of it for one; several of one field add up
 * @throws CasedrawError `ESTIMATE_CALIBRATION_FIELD` for a field of which the folder does not tell the population's counts, or that
 *   does not part the units into groups; `ESTIMATE_MERGE_UNKNOWN`; `USAGE`
 */
export function readCalibration(texts: readonly string[], source: CalibrationSource): CalibrationField[] {
  const merges = new Map<string, string[]>();
  for (const text of texts) {
    const colon = text.indexOf(":");
    const name = (colon < 0 ? text : text.slice(0, colon)).trim();
    const own = merges.get(name) ?? [];
    merges.set(name, colon < 0 ? own : [...own, text.slice(colon + 1)]);
  }
  return [...merges].map(([name, merged]) => calibrationField(name, merged, source));
}

function calibrationField(
  name: string,
  merged: readonly string[],
  source: CalibrationSource,
): CalibrationField {
  const { plan } = source;
  const counts = countsOf(name, source);
  if (counts === undefined) throw unusable(name, source);
  const field = fieldOfSample(name, source);
  const textOf = (level: string): string => (isBlankLevel(field.kind, level) ? notRecorded : level);
  const levels = orderLevels(field, [...counts.keys()]);
  const together = readMerges(merged, {
    what: `Levels of ${name} to merge`,
    option: "--calibrate",
    known: levels,
    labelOf: (level) => levelLabel(name, level, plan),
  });
  const groups = levels.flatMap((level): string[][] => {
    const group = together.find((own) => own.includes(level));
    if (group === undefined) return [[level]];
    const inOrder = levels.filter((own) => group.includes(own));
    return inOrder[0] === level ? [inOrder] : [];
  });
  const places = new Map(groups.flatMap((own, at) => own.map((level) => [level, at])));
  return {
    name,
    groups,
    totals: groups.map((own) => own.reduce((sum, level) => sum + (counts.get(level) ?? 0), 0)),
    groupOf: Int32Array.from(
      field.codes,
      (code) => places.get(textOf(field.levels[code] as string)) as number,
    ),
  };
}

/** How many units of the population have each level; undefined where the field cannot be used. */
function countsOf(name: string, source: CalibrationSource): ReadonlyMap<string, number> | undefined {
  const { frame, plan, sample } = source;
  const known = plan.sample?.one_per === undefined ? frame.fields.get(name) : undefined;
  const kind = known?.kind ?? fieldKind(plan, name);
  if (kind !== "category" || isListField(plan, name) || isOfPeople(name)) return undefined;
  const population = sample.design.strata.filter(({ sampleSize }) => sampleSize > 0);
  if (known === undefined) return countsInBalance(name, source, population);
  const counts = new Map<string, number>();
  for (const { units } of population) {
    for (const unit of units) {
      const level = known.levels[known.codes[unit] as number] as string;
      const text = isBlankLevel(known.kind, level) ? notRecorded : level;
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return counts;
}

/** Only where its levels part all units that the weights stand for: then they add up to as many. */
function countsInBalance(
  name: string,
  { balance, list }: CalibrationSource,
  population: Sample["design"]["strata"],
): ReadonlyMap<string, number> | undefined {
  const [field, level, count] = ["characteristic", "level", "population_n"].map((header) =>
    balance.header.indexOf(header),
  ) as [number, number, number];
  const rows = balance.rows.filter((row) => row[field] === name);
  const total = rows.reduce((sum, row) => sum + Number(row[count]), 0);
  const wanted = population.reduce((sum, { units }) => sum + units.length, 0);
  if (total !== wanted || !list.header.includes(name)) return undefined;
  return new Map(rows.map((row) => [row[level] as string, Number(row[count])]));
}

function unusable(name: string, source: CalibrationSource): CasedrawError {
  const at = source.balance.header.indexOf("characteristic");
  const there = [...source.frame.fields.keys(), ...source.balance.rows.map((row) => row[at] as string)];
  const usable = [...new Set(there)]
    .filter((field) => countsOf(field, source) !== undefined)
    .sort(compareBytes);
  return new CasedrawError(
    "ESTIMATE_CALIBRATION_FIELD",
    `Field to calibrate to: frame.csv or balance.csv counts all eligible units by it, each in one group, and it names no people, got ${name}. ` +
      (usable.length === 0
        ? "The sample has no such field: leave --calibrate out."
        : `Name one of: ${someOf(usable, 20)}.`),
    { field: name, fields: usable },
  );
}
