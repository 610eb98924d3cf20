// What has to come of a fuzz case, whatever it holds.

/**
 * Runs a case through readers, plan and frame.
 *
 * @param code - { openPlan, buildFromPlan, planOfFrame, errorCodes }
 * @returns what is wrong with what came of it; undefined where all is as promised
 */
export async function judgeCase(folder, code) {
  let built;
  try {
    const planFile = code.openPlan("plan.yaml", folder);
    const one = planFile.plan.frames === undefined ? undefined : Object.keys(planFile.plan.frames)[0];
    const own = code.planOfFrame(planFile, one);
    if (own.plan.data.length === 0) return undefined;
    built = { plan: own.plan, ...(await code.buildFromPlan(own, { progress: () => {} })) };
  } catch (error) {
    return refusalFault(error, code);
  }
  return frameFault(built);
}

/** Every refusal has a code of the catalogue and ends with what to do. */
function refusalFault(error, { errorCodes }) {
  if (!(error instanceof Error) || error.name !== "CasedrawError")
    return `uncaught: ${error?.stack ?? error}`;
  if (!Object.hasOwn(errorCodes, error.code)) return `unknown code ${error.code}`;
  // A list of a plan's problems has a next step in each line.
  if (error.code === "PLAN_INVALID") return undefined;
  if (!/^[\s\S]{10,}[.)] [\s\S]{5,}$/.test(error.message))
    return `no next step: ${error.code}: ${error.message.slice(-300)}`;
  return undefined;
}

/** The accounts balance, and every value is one that the rules can give. */
function frameFault({ plan, frame }) {
  const { accounting, eligible, exclusion, ids } = frame;
  const excluded = exclusion.codes.reduce((sum, code) => sum + Number(code !== 0), 0);
  if (accounting.rowsRead !== eligible.length + excluded + accounting.superseded + accounting.folded) {
    return `accounts: ${accounting.rowsRead} read, ${eligible.length} eligible, ${excluded} excluded, ${JSON.stringify(accounting)}`;
  }
  if (ids.length !== eligible.length + excluded) return `units: ${ids.length} ids`;
  if (new Set(ids).size !== ids.length) return "unit ids are not unique";
  for (let i = 1; i < eligible.length; i++) {
    if (Buffer.compare(Buffer.from(ids[eligible[i - 1]]), Buffer.from(ids[eligible[i]])) >= 0)
      return "eligible units are out of order";
  }
  for (const [name, field] of frame.fields) {
    if (field.codes.length !== ids.length)
      return `${name}: ${field.codes.length} values of ${ids.length} units`;
    if (new Set(field.levels).size !== field.levels.length) return `${name}: levels are not distinct`;
    for (const code of field.codes)
      if (field.levels[code] === undefined) return `${name}: code ${code} has no level`;
    const used = new Set(field.codes);
    const odd = field.levels.find((level, code) => used.has(code) && !fits(field, level, plan));
    if (odd !== undefined) return `${name} (${field.kind}): holds ${JSON.stringify(odd.slice(0, 80))}`;
  }
  return undefined;
}

function fits({ kind, order }, level, plan) {
  if (/[\ud800-\udfff]/.test(level.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ""))) return false;
  if (order !== undefined && kind === "category") return order.includes(level) || level === "not_recorded";
  switch (kind) {
    case "date":
      return level === "" || (/^\d{4}-\d\d-\d\d$/.test(level) && isDay(level));
    case "number":
      return level === "" || (Number.isFinite(Number(level)) && String(Number(level)) === level);
    case "category":
      return level !== "";
    default:
      return plan !== undefined && typeof level === "string";
  }
}

/** A date such as 30 February becomes another when it is read. */
function isDay(iso) {
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso);
}

/** The ways in which the corpus and the mutations write a day. */
function dateForms(iso) {
  const [year, month, day] = iso.split("-");
  return [iso, `${day}/${month}/${year}`, String(Date.parse(iso) / 86_400_000 + 25569)];
}

/**
 * The values of a frame that no file holds and no map gives.
 *
 * @param texts - every cell of the files, as a reader of its own has them
 * @param clean - what casedraw does to a text
 */
export function inventedValues(frame, plan, texts, clean) {
  const cells = new Set();
  for (const text of texts) {
    cells.add(clean(text));
    for (const item of text.split(";")) cells.add(clean(item));
  }
  const slugs = new Set([...cells].map((cell) => cell.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_")));
  const derived = new Set([
    "child_ordinal",
    "age_years",
    "age_band",
    "delay_days",
    "delay_band",
    "delay_is_open",
    "ethnic_group",
    "case_children",
    "source",
  ]);
  const coded = new Set(["gender", "ethnicity", "disability", "law_type", "audited", "previous_application"]);
  const invented = [];
  for (const [name, field] of frame.fields) {
    if (derived.has(name) || coded.has(name) || field.kind === "number") continue;
    const given = new Set(Object.values(plan.values[name] ?? {}));
    for (const level of field.levels) {
      for (const item of field.kind === "list" ? level.split("\u001e") : [level]) {
        if (name.endsWith("date") || name === "date_of_birth") {
          if (item !== "" && !dateForms(item).some((form) => cells.has(form)))
            invented.push(`${name}: ${item}`);
          continue;
        }
        const plain = item.replace(/\.0$/, "");
        if (
          item === "" ||
          item === "not_recorded" ||
          given.has(item) ||
          cells.has(item) ||
          cells.has(`${plain}.0`)
        )
          continue;
        if (name === "factors" && slugs.has(item)) continue;
        invented.push(`${name}: ${JSON.stringify(item.slice(0, 60))}`);
      }
    }
  }
  return invented;
}
