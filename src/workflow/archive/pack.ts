import { type Field, isBlankLevel, listItems } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import { frameDigests } from "../../frame/frame-digests.js";
import { compareBytes } from "../../frame/text.js";
import type { Plan } from "../../plan/types.js";
import type { Manifest } from "../../report/manifest.js";
import type { OwnCsv } from "../../report/own-csv.js";
import { selectionDigest } from "../../sampling/selection-digest.js";
import type { RecordedFrame } from "../explain/recorded-frame.js";
import type { OutputTable } from "../output-table.js";
import type { Rename } from "../pseudonymise/copied-id.js";
import { type OrderName, ranksOf } from "./orders.js";
import { renamedField } from "./people.js";
import { stepWithout } from "./steps.js";

/** How ids become pseudonyms, and digests what only the key can tell. */
export interface Renaming {
  readonly rename: Rename;
  /** 64 hexadecimal digits in place of a digest. */
  readonly check: (digest: string) => string;
  /** Fields whose values get pseudonyms. */
  readonly replaced: readonly string[];
}

/** Under which name units get their pseudonyms. */
const unitField = "unit_id";

export function unitPseudonym({ rename }: Pick<Renaming, "rename">, id: string): string {
  return rename(unitField, id);
}

/** A recorded frame under pseudonyms, in their byte order. */
export function packFrame({ frame }: RecordedFrame, renaming: Renaming): Frame {
  const names = frame.ids.map((id) => unitPseudonym(renaming, id));
  const order = Int32Array.from(names.keys()).sort((a, b) =>
    compareBytes(names[a] as string, names[b] as string),
  );
  const fields = [...frame.fields.values()].map((field): Field => {
    const renamed = renaming.replaced.includes(field.name) ? renamedField(field, renaming.rename) : field;
    return { ...renamed, codes: order.map((unit) => renamed.codes[unit] as number) };
  });
  return {
    ...frame,
    ids: Array.from(order, (unit) => names[unit] as string),
    fields: new Map(fields.map((field) => [field.name, field])),
  };
}

/**
 * The sample's own manifest with nothing in it that is made of ids.
 *
 * @param plan - without names
 * @param selected - pseudonyms of the drawn in draw order, and of the reserves
 */
export function packRecord(
  { inputs: _, outputs: __, ...manifest }: Manifest,
  {
    plan,
    frame,
    selected,
    renaming,
  }: {
    readonly plan: Plan;
    readonly frame: Frame;
    readonly selected: Parameters<typeof selectionDigest>;
    readonly renaming: Renaming;
  },
): Manifest {
  const { check } = renaming;
  const digests = frameDigests(frame, plan);
  const { previous, steps, linked_to } = manifest;
  return {
    ...manifest,
    plan,
    inputs: [],
    frame: {
      ...manifest.frame,
      digest: digests.frame,
      design_digest: digests.design,
      field_digests: digests.fields,
    },
    selection: { units: manifest.selection.units, digest: selectionDigest(...selected) },
    ...(previous === undefined
      ? {}
      : {
          previous: {
            selection_digest: check(previous.selection_digest),
            manifest_sha256: check(previous.manifest_sha256),
          },
        }),
    ...(steps === undefined
      ? {}
      : { steps: steps.map((step) => stepWithout(step, (id) => unitPseudonym(renaming, id), check)) }),
    ...(linked_to === undefined
      ? {}
      : {
          linked_to: {
            ...linked_to,
            frame_digest: check(linked_to.frame_digest),
            selection_digest: check(linked_to.selection_digest),
            manifest_sha256: check(linked_to.manifest_sha256),
          },
        }),
    outputs: [],
  };
}

/** Columns of a table of units that hold unit ids. */
const idColumns: readonly string[] = [unitField, "released"];

/**
 * A table of units under pseudonyms.
 *
 * @param fields - of the frame, for the kind of each column that is replaced
 * @param options.columns - those that are kept; by default all
 * @param options.sorted - by the first column, because the order of the ids would tell of them
 */
export function packTable(
  { header, rows }: OwnCsv,
  fields: ReadonlyMap<string, Field>,
  renaming: Renaming,
  options: { readonly columns?: readonly string[]; readonly sorted?: boolean } = {},
): OutputTable {
  const { columns = header, sorted = false } = options;
  const kept = header.flatMap((name, at) => (columns.includes(name) ? [{ name, at }] : []));
  const packed = rows.map((row) =>
    kept.map(({ name, at }) => {
      const cell = row[at] as string;
      if (idColumns.includes(name)) return cell === "" ? "" : unitPseudonym(renaming, cell);
      return renaming.replaced.includes(name)
        ? renamedCell(fields.get(name), name, cell, renaming)
        : plainCell(cell);
    }),
  );
  if (sorted) packed.sort(([a = ""], [b = ""]) => compareBytes(a as string, b as string));
  return { header: kept.map(({ name }) => name), rows: packed };
}

/** A number stands as a number: no guard alters it. */
function plainCell(cell: string): OutputTable["rows"][number][number] {
  return /^-?\d/.test(cell) && String(Number(cell)) === cell ? { text: cell } : cell;
}

function renamedCell(field: Field | undefined, name: string, cell: string, { rename }: Renaming): string {
  if (field?.kind === "list")
    return listItems(cell.replaceAll("; ", "\u001e"))
      .map((item) => rename(name, item))
      .sort()
      .join("; ");
  return isBlankLevel(field?.kind ?? "text", cell) ? cell : rename(name, cell);
}

/** `tickets.csv`: by pseudonym, the place of each unit's ticket in each order; `families.csv` likewise. */
export function ordersTable(
  first: string,
  ids: readonly string[],
  names: readonly string[],
  orders: readonly OrderName[],
): OutputTable {
  const ranks = orders.map(({ seed }) => ranksOf(ids, seed));
  const rows = names
    .map((name, at) => [name, ...ranks.map((each) => each[at] as number)] as const)
    .sort(([a], [b]) => compareBytes(a, b));
  return { header: [first, ...orders.map(({ name }) => name)], rows };
}
