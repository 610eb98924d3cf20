import { type Check, checkDistinct, checkField, isBroken, refuse } from "./check-names.js";
import { fieldKind, isDerivedField, isListField, isStandardField, lookupFields } from "./fields.js";
import { nearest } from "./nearest.js";
import type { PlanPath } from "./problems.js";
import { unknownColumn } from "./shape.js";
import { type DataFile, type Join, type Plan, standardFields } from "./types.js";

/** Checks the files and the fields that they give, across the plan. */
export function checkData(check: Check): void {
  const { plan } = check;
  checkFiles(check);
  plan.data.forEach((file, i) => {
    checkOwnColumns(check, file, ["data", i, "columns"]);
  });
  plan.joins.forEach((join, i) => {
    checkOwnColumns(check, join, ["joins", i, "columns"]);
    checkJoin(check, join, ["joins", i]);
  });
  checkFields(check);
  plan.lookups.forEach((_, i) => {
    checkLookup(check, i);
  });
  checkValues(check);
  for (const end of ["from", "to"] as const) checkDateField(check, ["delay", end], plan.delay[end]);
  if (plan.delay.from === plan.delay.to) {
    refuse(check, ["delay", "to"], `must be another date than from, got ${plan.delay.to} for both.`);
  }
}

function checkFiles(check: Check): void {
  const { plan } = check;
  const seen = new Map<string, number>();
  plan.data.forEach(({ path, sheet }, i) => {
    const key = JSON.stringify([path.replace(/(^|\/)(\.\/)+/g, "$1"), sheet]);
    if (seen.has(key)) refuse(check, ["data", i], "is the same file as one before it; name each file once.");
    seen.set(key, i);
  });
  if (plan.prefer === undefined) return;
  if (plan.data.length === 1 && !isBroken(check, ["data"])) {
    refuse(check, ["prefer"], "has no effect with one data file; take it out.");
  }
  if (plan.unit_id.includes("child_ordinal")) {
    refuse(
      check,
      ["prefer"],
      "cannot go with child_ordinal, which never meets itself in another file; take one out.",
    );
  }
}

function checkOwnColumns(check: Check, file: DataFile, at: PlanPath): void {
  const { plan } = check;
  const looked = lookupFields(plan);
  for (const name of Object.keys(file.columns)) {
    const place = [...at, name];
    const field = Object.hasOwn(plan.fields, name) ? plan.fields[name] : undefined;
    if (isStandardField(name) || isBroken(check, ["fields", name])) continue;
    if (field !== undefined && "column" in field) continue;
    if (field !== undefined)
      refuse(check, place, "is worked out from two dates and takes no column; take it out.");
    else if (looked.includes(name))
      refuse(check, place, "is given by a lookup and takes no column; take it out.");
    else
      refuse(
        check,
        place,
        unknownColumn(name),
        nearest(name, [...standardFields, ...Object.keys(plan.fields)]),
      );
  }
}

function checkJoin(check: Check, join: Join, at: PlanPath): void {
  checkDistinct(check, [...at, "key"], join.key);
  join.key.forEach((name, i) => {
    const listed = [...at, "key", i];
    const place = check.problems.isMarked(listed) ? listed : [...at, "key"];
    const known = checkField(check, place, name, { without: "join by another field", derived: false });
    // Rows are joined before a case's rows are folded: what belongs to the child has one value there.
    if (known && isListField({ ...check.plan, unit: "child" }, name)) {
      refuse(check, place, `names ${name}, of which a row can have several; join by a field with one value.`);
    }
  });
  if (typeof join.many === "string") return;
  const [end, name] = "latest" in join.many ? ["latest", join.many.latest] : ["earliest", join.many.earliest];
  const place = [...at, "many", end];
  const known = checkField(check, place, name, { without: "name another field", derived: false });
  if (
    known &&
    !["date", "number"].includes(fieldKind(check.plan, name)) &&
    !isBroken(check, ["fields", name])
  ) {
    refuse(check, place, `must name a date or number field, got ${name}, which is neither.`);
  }
}

function checkFields(check: Check): void {
  for (const [name, field] of Object.entries(check.plan.fields)) {
    const at = ["fields", name];
    if (isStandardField(name)) refuse(check, at, "is a standard field; map it under columns instead.");
    else if (isDerivedField(name))
      refuse(check, at, "is the name of a field that casedraw works out; choose another.");
    if ("column" in field) checkPrivateHeader(check, [...at, "column"], field.column);
    if (!("weeks_between" in field)) continue;
    if (field.weeks_between.includes("date_of_birth")) {
      refuse(
        check,
        [...at, "weeks_between"],
        "names date_of_birth, and weeks from it would give the birth date away in every output; use age_band.",
      );
    }
    const [from, to] = field.weeks_between;
    field.weeks_between.forEach((date, i) => {
      const place = [...at, "weeks_between", i];
      if (checkDateField(check, place, date)) {
        checkField(check, place, date, { without: "take this field out", derived: false });
      }
    });
    if (from === to)
      refuse(check, [...at, "weeks_between", 1], `must be another date than the first, got ${to} for both.`);
  }
}

/** Names and birth dates are kept out of outputs, and so may not come in again under another name. */
function checkPrivateHeader(check: Check, at: PlanPath, header: string): void {
  const files = [check.plan, ...check.plan.data, ...check.plan.joins];
  for (const name of ["case_name", "date_of_birth"]) {
    const isThat = (source: unknown): boolean =>
      typeof source === "string" && folded(source) === folded(header);
    if (!files.some(({ columns }) => isThat(columns[name]))) continue;
    refuse(check, at, `is the column of ${name}, which outputs never show; take this field out.`);
  }
}

/** Case, blanks and the shape of apostrophes and quotes make no difference in a header or a value. */
function folded(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\u2018\u2019\u02bc\u0060\u00b4]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

/** Whether the name is a date field; where not, says so. */
function checkDateField(check: Check, at: PlanPath, name: string): boolean {
  const { plan, declared } = check;
  if (isBroken(check, at) || isBroken(check, ["fields", name])) return false;
  const isField = isStandardField(name) || Object.hasOwn(plan.fields, name);
  if (isField && fieldKind(plan, name) === "date") return true;
  const dates = [...standardFields, ...Object.keys(plan.fields)].filter(
    (each) => fieldKind(plan, each) === "date",
  );
  const known = isField || isDerivedField(name) || declared.has(name);
  refuse(
    check,
    at,
    `must name a date field, got ${known ? `${name}, which is none` : JSON.stringify(name)}; a date of your own goes under fields with type: date.`,
    known ? undefined : nearest(name, dates),
  );
  return false;
}

function checkLookup(check: Check, index: number): void {
  const { plan } = check;
  const lookup = plan.lookups[index] as Plan["lookups"][number];
  const at = ["lookups", index];
  const earlier = plan.lookups.slice(0, index).flatMap(({ to }) => Object.keys(to));
  const later = plan.lookups.slice(index).flatMap(({ to }) => Object.keys(to));
  const read = new Set([plan, ...plan.data, ...plan.joins].flatMap(({ columns }) => Object.keys(columns)));
  if (!read.has(lookup.from) && !earlier.includes(lookup.from) && later.includes(lookup.from)) {
    refuse(
      check,
      [...at, "from"],
      `names ${lookup.from}, which no lookup before this one gives; put that lookup first.`,
    );
  } else if (
    checkField(check, [...at, "from"], lookup.from, { without: "take this lookup out", derived: false })
  ) {
    if (fieldKind(plan, lookup.from) === "list") {
      refuse(
        check,
        [...at, "from"],
        `names ${lookup.from}, of which a unit can have several; look up a field with one value.`,
      );
    }
  }
  for (const name of Object.keys(lookup.to)) {
    const place = [...at, "to", name];
    if (name === "case_name") refuse(check, place, "is a name, and names never reach a frame; leave it out.");
    else if (isDerivedField(name))
      refuse(check, place, "is the name of a field that casedraw works out; choose another.");
    else if (Object.hasOwn(plan.fields, name)) refuse(check, place, "is also given under fields; keep one.");
    else if (isStandardField(name) && read.has(name))
      refuse(check, place, "is also mapped under columns; keep one.");
    else if (earlier.includes(name))
      refuse(check, place, "is also given by a lookup before this one; keep one.");
  }
}

function checkValues(check: Check): void {
  for (const [name, codes] of Object.entries(check.plan.values)) {
    const at = ["values", name];
    const known = isStandardField(name) || isDerivedField(name) || check.declared.has(name);
    const kind = fieldKind(check.plan, name);
    if (!known) {
      const names = [...standardFields, ...check.declared];
      refuse(
        check,
        at,
        "is no field; use a standard field, or a name given under fields or lookups.",
        nearest(name, names),
      );
    } else if (isDerivedField(name)) {
      refuse(
        check,
        at,
        "is worked out by casedraw and has no raw values; give values for the field that it comes from.",
      );
    } else if (kind !== "category" && kind !== "list" && !isBroken(check, ["fields", name])) {
      refuse(
        check,
        at,
        `takes no codes: it holds ${kind === "text" ? "text as it stands" : `a ${kind}`}. Only categories and lists do.`,
      );
    }
    const seen = new Map<string, string>();
    for (const [raw, code] of Object.entries(codes)) {
      const same = folded(raw);
      const other = seen.get(same);
      if (other !== undefined && other !== code) {
        refuse(
          check,
          [...at, raw],
          `is given another code already (${other}): case and blanks make no difference; keep one.`,
        );
      }
      seen.set(same, code);
    }
  }
}
