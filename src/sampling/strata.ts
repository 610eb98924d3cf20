import { CasedrawError } from "../errors.js";
import { crossCodes, type Field, isBlankLevel, levelAt, notRecorded } from "../frame/field.js";
import { groupByCode } from "../frame/rows.js";
import { compareBytes } from "../frame/text.js";
import { designField } from "./design-field.js";

/** The eligible units that share one level of every stratum field. */
export interface Stratum {
  /** The levels joined by ` / ` in the plan's order; a ` / ` inside a level is written `\/`. */
  readonly key: string;
  /** Units of the frame, in byte order of their ids. */
  readonly units: Int32Array;
}

/** The key where a plan names no stratum field. */
const wholeFrame = "all";

/**
 * Puts the eligible units into strata.
 *
 * @param fields - the frame's fields
 * @param names - stratum fields in plan order; none gives one stratum, `all`
 * @param eligible - units in byte order of their ids
 * @returns strata in byte order of their keys, each with at least one unit
 * @throws CasedrawError `DESIGN_FIELD_MISSING`, `STRATUM_FIELD_LIST`, `STRATUM_KEY_AMBIGUOUS`
 */
export function stratify(
  fields: ReadonlyMap<string, Field>,
  names: readonly string[],
  eligible: Int32Array,
): Stratum[] {
  const columns = names.map((name) => stratumField(fields, name));
  const picked = columns.map((field) => ({
    levels: field.levels,
    codes: Int32Array.from(eligible, (unit) => field.codes[unit] as number),
  }));
  const { codes, firstRows } = crossCodes(eligible.length, picked);
  const keys = firstRows.map((row) => {
    const levels = columns.map((field) => {
      const level = levelAt(field, eligible[row] as number);
      return isBlankLevel(field.kind, level) ? notRecorded : level.replaceAll(" / ", "\\/");
    });
    return levels.length === 0 ? wholeFrame : levels.join(" / ");
  });
  if (new Set(keys).size < keys.length) {
    const twice = keys.find((key, at) => keys.indexOf(key) !== at);
    throw new CasedrawError(
      "STRATUM_KEY_AMBIGUOUS",
      `Two different strata would be called "${twice}": their levels are written alike in a key (a blank and ` +
        '"not_recorded", or " / " and "\\/"). Map one of the values to another in the plan.',
      { stratum: twice },
    );
  }
  const { order, starts } = groupByCode(codes, keys.length);
  return keys
    .map((key, group) => ({
      key,
      units: order.subarray(starts[group], starts[group + 1]).map((row) => eligible[row] as number),
    }))
    .sort((a, b) => compareBytes(a.key, b.key));
}

function stratumField(fields: ReadonlyMap<string, Field>, name: string): Field {
  const field = designField(fields, name, { role: "Stratum", remedy: "leave it out of sample.strata." });
  if (field.kind === "list") {
    throw new CasedrawError(
      "STRATUM_FIELD_LIST",
      `Stratum field "${name}" has several values for some units, and a unit is in one stratum. ` +
        "Leave it out of sample.strata, or use unit: child if the children of a case differ in it.",
      { field: name },
    );
  }
  return field;
}

/** For each unit of a frame, the place of its stratum among these; −1 where it is in none of them. */
export function stratumPlaces(
  strata: readonly { readonly units: Int32Array }[],
  unitCount: number,
): Int32Array {
  const places = new Int32Array(unitCount).fill(-1);
  for (const [at, { units }] of strata.entries()) for (const unit of units) places[unit] = at;
  return places;
}
