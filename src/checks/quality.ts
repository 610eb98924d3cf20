import { isBlankLevel, unmapped } from "../frame/field.js";
import type { FieldQuality } from "./finding.js";
import { isExpected, judgedFields } from "./judged-fields.js";
import type { CheckSubject } from "./subject.js";

const [fine, missing, unknown, invalid] = [0, 1, 2, 3] as const;

/** How much of each field is missing, unmapped or unreadable: in the whole export, then by area. */
export function qualityOf(subject: CheckSubject): FieldQuality[] {
  const { rows, areaField } = subject;
  const areas = areaField === undefined ? undefined : rows.fields.get(areaField);
  return judgedFields(subject).flatMap((name): FieldQuality[] => {
    const field = rows.fields.get(name);
    if (field === undefined) return [];
    const kindOf = Uint8Array.from(field.levels, (level) =>
      isBlankLevel(field.kind, level) ? missing : level === unmapped ? unknown : fine,
    );
    const expected = isExpected(subject, name);
    const unreadable = subject.unreadable.get(name);
    const across = name === areaField ? undefined : areas;
    const width = across?.levels.length ?? 1;
    const counts = new Int32Array(width * 4);
    for (let row = 0; row < rows.count; row++) {
      if (!expected(row)) continue;
      const kind = unreadable?.has(row) === true ? invalid : (kindOf[field.codes[row] as number] as number);
      const at = (across === undefined ? 0 : (across.codes[row] as number)) * 4 + kind;
      counts[at] = (counts[at] as number) + 1;
    }
    const cell = (area: string | undefined, columns: readonly number[]): FieldQuality => {
      const sum = (kind: number): number =>
        columns.reduce((total, column) => total + (counts[column * 4 + kind] as number), 0);
      return {
        field: name,
        area,
        rows: sum(fine) + sum(missing) + sum(unknown) + sum(invalid),
        missing: sum(missing),
        unmapped: sum(unknown),
        invalid: sum(invalid),
      };
    };
    const all = cell(
      undefined,
      Array.from({ length: width }, (_, column) => column),
    );
    if (across === undefined) return [all];
    const byArea = across.levels.map((level, column) => cell(level, [column]));
    return [all, ...byArea.filter((each) => each.rows > 0)];
  });
}
