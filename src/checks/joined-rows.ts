import type { JoinedFields } from "../frame/blank-unmatched.js";
import type { Places, Rows } from "../frame/rows.js";
import type { CheckFinding, RowSource } from "./finding.js";

/** By row, whether the file that gives a field has a row for it: where it has none, that is what is wrong, and not the blank. */
export function hasItsRow(
  { joined }: { readonly joined: readonly JoinedFields[] },
  name: string,
): ((row: number) => boolean) | undefined {
  const lacks = joined.find(({ fields }) => fields.includes(name))?.lacks;
  return lacks?.includes(1) ? (row) => lacks[row] === 0 : undefined;
}

/**
 * For each field of a joined file, the rows of the data as findings name them: by the joined row that the value stands in. A row
 * of the data that none was joined to, or several, keeps its own place.
 */
export function sourcesOfJoined(
  joined: readonly JoinedFields[],
  rows: Pick<Rows, "places">,
  idOf: RowSource["idOf"],
): ReadonlyMap<string, RowSource> {
  return new Map(
    joined.flatMap(({ fields, trace }) => {
      if (trace === undefined) return [];
      const source = { idOf, places: takenPlaces(rows.places, trace) };
      return fields.map((name) => [name, source] as const);
    }),
  );
}

function takenPlaces(own: Places, { joined, from }: Required<JoinedFields>["trace"]): Places {
  const fileOf = own.fileOf.slice();
  const rowOf = own.rowOf.slice();
  for (const [row, at] of from.entries()) {
    if (at === -1) continue;
    fileOf[row] = own.files.length + (joined.places.fileOf[at] as number);
    rowOf[row] = joined.places.rowOf[at] as number;
  }
  return { files: [...own.files, ...joined.places.files], fileOf, rowOf };
}

/**
 * A finding about units of a frame, placed where the value of its first field stands.
 *
 * @param subject - of the rows that the frame was made of
 */
export function placedAtJoined(
  finding: CheckFinding,
  {
    sources,
    rows,
  }: { readonly sources: ReadonlyMap<string, RowSource>; readonly rows: Pick<Rows, "places"> },
): CheckFinding {
  const given = sources.get(finding.fields[0] ?? "");
  if (given === undefined) return finding;
  const rowAt = new Map(Array.from(rows.places.rowOf, (_, row) => [placeKey(rows.places, row), row]));
  const { idOf, places } = finding.source;
  const found = Int32Array.from(finding.rows, (unit) => rowAt.get(placeKey(places, unit)) as number);
  return {
    ...finding,
    rows: found.map((_, k) => k),
    source: {
      idOf: (k) => idOf(finding.rows[k] as number),
      places: {
        files: given.places.files,
        fileOf: found.map((row) => given.places.fileOf[row] as number),
        rowOf: found.map((row) => given.places.rowOf[row] as number),
      },
    },
  };
}

/** A frame's units and the rows that it was made of name the same files in the same order. */
function placeKey({ fileOf, rowOf }: Places, at: number): number {
  return (fileOf[at] as number) * 4_294_967_296 + (rowOf[at] as number);
}

/** Rows of the data whose joined row stands in these lines of its file. */
export function rowsTakenFrom({ trace }: JoinedFields, lines: ReadonlySet<number>): (row: number) => boolean {
  if (trace === undefined) return () => false;
  const { joined, from } = trace;
  return (row) => from[row] !== -1 && lines.has(joined.places.rowOf[from[row] as number] as number);
}
