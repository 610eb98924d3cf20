import { crossCodes, type Field } from "../frame/field.js";
import { type Places, type Rows, selectRows } from "../frame/rows.js";
import type { Plan } from "../plan/types.js";
import { isKnown } from "./known.js";
import type { CheckSubject } from "./subject.js";

/**
 * The subject of the rows that stand: under `prefer: last_file` a unit's rows in an earlier file do not. What they say counts for
 * nothing, and they are neither a second row of the unit nor at odds with the row that has replaced them.
 *
 * @param subject - of every row read
 */
export function ofStandingRows(subject: CheckSubject): CheckSubject {
  if (subject.plan.prefer === undefined) return subject;
  const stands = standingRows(subject.rows, subject.plan);
  const keep = Int32Array.from(subject.rows.places.rowOf.keys()).filter(stands);
  if (keep.length === subject.rows.count) return subject;
  const at = new Map(Array.from(keep, (row, k) => [row, k]));
  const placesOf = ({ files, fileOf, rowOf }: Places): Places => ({
    files,
    fileOf: keep.map((row) => fileOf[row] as number),
    rowOf: keep.map((row) => rowOf[row] as number),
  });
  const sourceOf = ({ idOf, places }: CheckSubject["source"]): CheckSubject["source"] => ({
    idOf: (k) => idOf(keep[k] as number),
    places: placesOf(places),
  });
  const rows = selectRows(subject.rows, keep);
  return {
    ...subject,
    rows: { ...rows, fields: new Map([...rows.fields].map(([name, field]) => [name, withOwnLevels(field)])) },
    source: sourceOf(subject.source),
    sources: new Map([...subject.sources].map(([name, source]) => [name, sourceOf(source)])),
    joined: subject.joined.map(({ lacks, trace, ...part }) => ({
      ...part,
      lacks: Uint8Array.from(keep, (row) => lacks[row] as number),
      ...(trace === undefined
        ? {}
        : { trace: { ...trace, from: keep.map((row) => trace.from[row] as number) } }),
    })),
    unreadable: new Map(
      [...subject.unreadable].map(([name, rows]) => [
        name,
        new Set([...rows].flatMap((row) => at.get(row) ?? [])),
      ]),
    ),
  };
}

function standingRows(rows: Rows, { unit_id }: Plan): (row: number) => boolean {
  const parts = unit_id.map((name) => rows.fields.get(name));
  if (parts.includes(undefined)) return () => true;
  const ids = parts as Field[];
  const known = ids.map(isKnown);
  const { codes, firstRows } = crossCodes(rows.count, ids);
  const { fileOf } = rows.places;
  const lastFile = new Int32Array(firstRows.length);
  for (const [row, code] of codes.entries())
    lastFile[code] = Math.max(lastFile[code] as number, fileOf[row] as number);
  return (row) => fileOf[row] === lastFile[codes[row] as number] || !known.every((isSaid) => isSaid(row));
}

/** Without the levels that no row is left with: a spelling of replaced rows alone is none. */
function withOwnLevels(field: Field): Field {
  const levels: string[] = [];
  const target = new Int32Array(field.levels.length).fill(-1);
  const codes = field.codes.map((code) => {
    if (target[code] === -1) target[code] = levels.push(field.levels[code] as string) - 1;
    return target[code] as number;
  });
  return { ...field, levels, codes };
}
