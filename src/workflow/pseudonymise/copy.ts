import { codeSets } from "../../frame/code-sets.js";
import { type Field, isBlankLevel, listItems, notRecorded } from "../../frame/field.js";
import type { Rows } from "../../frame/rows.js";
import { matchKey } from "../../frame/text.js";
import { fieldKind, isStandardField } from "../../plan/fields.js";
import type { ColumnSource, Condition, ExtraField, Join, Plan } from "../../plan/types.js";
import type { CsvColumn } from "../../report/csv.js";
import { cell, readBack, separatorFor } from "./cell-text.js";
import { byPseudonym, type Rename } from "./copied-id.js";
import { isWorkedOut, type Treatment } from "./treatment.js";

/** A copy of an export, ready to be written. */
export interface Copy {
  readonly plan: Plan;
  /** One a file, `rows` of it in the columns. */
  readonly files: readonly {
    readonly path: string;
    readonly columns: readonly CsvColumn[];
    readonly rows: Int32Array;
  }[];
}

/** The column that numbers children within their case: the first of all names in byte order, so that it alone decides. */
const childNumber = "a_child_number";

/**
 * The copy: one CSV a data file with joins and lookups in it, and the plan that reads it.
 *
 * @param rows - every row of the data, joined and looked up, with what is worked out
 * @param excluded - ids of the copy's units that the exclusion list has
 */
export function makeCopy(
  plan: Plan,
  rows: Rows,
  treatment: Treatment,
  options: { readonly rename: Rename; readonly excluded?: readonly string[] },
): Copy {
  const { rename, excluded } = options;
  const order = byPseudonym(plan, rows, { hashed: treatment.hashed, rename });
  const map = new CopyMap(plan, rows, treatment, { rename, order });
  for (const name of [...treatment.hashed, ...treatment.kept]) map.add(name);
  if (treatment.birth) map.addBirth();
  if (treatment.numbered) map.addChildNumber();
  const several = plan.data.length > 1;
  const data = plan.data.map((_, at) => ({
    path: several ? `data-${at + 1}.csv` : "data.csv",
    columns: map.columns,
    rows: order.filter((row) => rows.places.fileOf[row] === at),
  }));
  const exclusions =
    excluded === undefined
      ? []
      : [
          {
            path: "exclusions.csv",
            columns: [{ header: "unit_id", values: excluded }],
            rows: indices(excluded.length),
          },
        ];
  return {
    plan: map.planOf(
      data.map(({ path }) => path),
      excluded !== undefined,
    ),
    files: [...data, ...map.lists, ...exclusions],
  };
}

/** The copy's columns, and how its plan reads each. */
class CopyMap {
  readonly columns: CsvColumn[] = [];
  readonly lists: Copy["files"][number][] = [];
  readonly #plan: Plan;
  readonly #rows: Rows;
  readonly #treatment: Treatment;
  readonly #rename: Rename;
  readonly #order: Int32Array;
  readonly #sources: Record<string, ColumnSource> = {};
  readonly #fields: Record<string, ExtraField> = {};
  readonly #values: Record<string, Record<string, string>> = {};
  readonly #joins: Join[] = [];

  constructor(
    plan: Plan,
    rows: Rows,
    treatment: Treatment,
    { rename, order }: { readonly rename: Rename; readonly order: Int32Array },
  ) {
    this.#plan = plan;
    this.#rows = rows;
    this.#treatment = treatment;
    this.#rename = rename;
    this.#order = order;
  }

  add(name: string): void {
    const field = this.#rows.fields.get(name) as Field;
    const hashed = this.#treatment.hashed.includes(name);
    const written = (level: string): string =>
      level === "" || isBlankLevel(field.kind, level) ? "" : hashed ? this.#rename(name, level) : level;
    if (field.kind !== "list") {
      this.columns.push({
        header: name,
        values: field.levels.map((level) => cell(field.kind, written(level))),
        codes: field.codes,
      });
      this.#read(name, field.kind === "text" ? "text" : field.kind);
      this.#mapBack(name, field, field.levels.map(written));
      return;
    }
    const items = field.levels.map((level) => listItems(level).map(written));
    const type = fieldKind(this.#plan, name);
    if (name !== "factors" && (isStandardField(name) || type === "date" || type === "number")) {
      this.#addJoined(name, field, items);
      return;
    }
    const separator = separatorFor(items.flat());
    this.columns.push({
      header: name,
      values: items.map((each) => each.join(separator)),
      codes: field.codes,
    });
    if (name === "factors") this.#sources[name] = { list: name, separator };
    else this.#fields[name] = { column: name, type: "list", separator };
    this.#mapBack(name, field, items.flat());
  }

  /** What a plan can have several values of only from a joined file gets one. */
  #addJoined(name: string, field: Field, items: readonly (readonly string[])[]): void {
    const key = this.#rowNumber();
    const pairs = Array.from(this.#order).flatMap((row, at) =>
      (items[field.codes[row] as number] as readonly string[]).map((item): [number, string] => [
        at + 1,
        item,
      ]),
    );
    const kind = fieldKind(this.#plan, name);
    const path = `list-${name}.csv`;
    const columns: CsvColumn[] = [
      { header: key, values: pairs.map(([row]) => row) },
      { header: name, values: pairs.map(([, item]) => cell(kind, item)) },
    ];
    this.lists.push({ path, columns, rows: indices(pairs.length) });
    this.#joins.push({ path, key: [key], many: "list", columns: { [name]: name } });
    if (!isStandardField(name)) this.#read(name, kind as "date" | "number");
    this.#mapBack(name, { ...field, kind }, items.flat());
  }

  #rowNumber(): string {
    const name = "copy_row";
    if (this.#fields[name] === undefined) {
      const numbers: number[] = [];
      for (const [at, row] of this.#order.entries()) numbers[row] = at + 1;
      this.columns.push({ header: name, values: numbers });
      this.#fields[name] = { column: name, type: "text" };
    }
    return name;
  }

  /** The month of birth for people to read, and in the plan the age that the whole date gives. */
  addBirth(): void {
    const birth = this.#rows.fields.get("date_of_birth") as Field;
    const age = this.#rows.fields.get("age_years");
    if (birth.kind === "list" || age === undefined) return;
    this.columns.push({
      header: "birth_month",
      values: birth.levels.map((date) => date.slice(0, 7)),
      codes: birth.codes,
    });
    this.columns.push({
      header: "age_recorded",
      values: age.levels.map((level) => cell("number", level)),
      codes: age.codes,
    });
    this.#sources.age_recorded = "age_recorded";
  }

  addChildNumber(): void {
    const field = this.#rows.fields.get("child_ordinal") as Field;
    const width = String(field.levels.length).length;
    const values = field.levels.map((level) => level.padStart(width, "0"));
    this.columns.push({ header: childNumber, values, codes: field.codes });
    this.#fields[childNumber] = { column: childNumber, type: "text" };
  }

  #read(name: string, type: Exclude<Field["kind"], "list">): void {
    if (isStandardField(name)) this.#sources[name] = name;
    else this.#fields[name] = { column: name, type };
  }

  /** What would not be read back as it is written gets an entry under `values`. */
  #mapBack(name: string, { kind }: Pick<Field, "kind">, texts: readonly string[]): void {
    if (kind !== "category" && kind !== "list") return;
    const set = Object.hasOwn(codeSets, name) ? codeSets[name] : undefined;
    for (const text of new Set(texts)) {
      const met = /^[=+\-@\t\r']/.test(text) ? `'${text}` : text;
      if (text !== "" && readBack(name, kind, met, set) !== text) {
        this.#values[name] = { ...this.#values[name], [met]: text };
      }
    }
  }

  planOf(paths: readonly string[], hasExclusions: boolean): Plan {
    const plan = this.#plan;
    const {
      joins: _joins,
      lookups: _lookups,
      value_map: _map,
      pia: _pia,
      compare: _compare,
      teams: _teams,
      handover: _handover,
      sample,
      cohort,
      ...rest
    } = plan;
    const { exclude_ids: _ids, ...judged } = cohort;
    const worked = Object.entries(plan.fields).filter(([name]) => isWorkedOut(plan, name));
    return {
      ...rest,
      data: paths.map((path) => ({ path, columns: {} })),
      joins: this.#joins,
      lookups: [],
      columns: this.#sources,
      fields: { ...this.#fields, ...Object.fromEntries(worked) },
      values: this.#values,
      cohort: {
        ...judged,
        include: this.#conditions(cohort.include),
        exclude: this.#conditions(cohort.exclude),
        ...(hasExclusions ? { exclude_ids: "exclusions.csv" } : {}),
      },
      ...(sample === undefined ? {} : { sample: this.#sample(sample) }),
    };
  }

  #sample({ avoid: _avoid, targets, ...sample }: NonNullable<Plan["sample"]>): NonNullable<Plan["sample"]> {
    if (targets === undefined) return sample;
    return {
      ...sample,
      targets: targets.map((target) => ({ ...target, where: this.#conditions(target.where) })),
    };
  }

  /** Values of a field that was replaced are replaced with it, however the plan spells them. */
  #conditions(given: Readonly<Record<string, Condition>>): Record<string, Condition> {
    return Object.fromEntries(
      Object.entries(given).map(([name, condition]) => {
        if (!this.#treatment.hashed.includes(name) || !Array.isArray(condition)) return [name, condition];
        return [name, (condition as readonly string[]).flatMap((value) => this.#renamed(name, value))];
      }),
    );
  }

  #renamed(name: string, value: string): string[] {
    if (matchKey(value) === notRecorded) return [value];
    const field = this.#rows.fields.get(name) as Field;
    const spelt = field.levels.flatMap((level) => (field.kind === "list" ? listItems(level) : [level]));
    const meant = [...new Set(spelt)].filter((level) => level !== "" && matchKey(level) === matchKey(value));
    // A value that nobody has stays one that nobody has.
    return (meant.length === 0 ? [value] : meant).map((level) => this.#rename(name, level));
  }
}

function indices(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, at) => at);
}
