// What the studies share: tables, small frames, figures.

/** A Markdown table. */
export function table(headers, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(headers), `|${headers.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

export const percent = (share, digits = 1) => `${(100 * share).toFixed(digits)} %`;
export const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);

/** Mean and standard error of the mean. */
export function meanOf(values) {
  const mean = sumOf(values) / values.length;
  const squares = sumOf(values.map((value) => (value - mean) * (value - mean)));
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

const standard = { id: "child_id", case: "case_id", area: "service_area", age: "age_recorded" };

/** A frame of rows of `|`-parted cells, with the columns that the header names. */
export async function frameOf(load, header, rows, { onePer = false } = {}) {
  const { parsePlan } = await load("plan/load.js");
  const { buildFrame } = await load("frame/build-frame.js");
  const headers = header.split("|");
  const records = rows.map((row) => row.split("|"));
  const columns = headers.map((name, at) => {
    const cells = records.map((record) => record[at]);
    const values = [...new Set(cells)];
    const codeOf = new Map(values.map((value, code) => [value, code]));
    return { header: name, values, codes: Int32Array.from(cells, (cell) => codeOf.get(cell)) };
  });
  const rowNumbers = Int32Array.from(records, (_, at) => at + 2);
  const data = { file: "x.csv", rowCount: rows.length, headers, columns, rowNumbers, notes: [] };
  const yaml = [
    "casedraw: 1",
    "title: Evidence",
    "reference_date: 2026-11-16",
    "unit_id: child_id",
    "data: [{ path: x.csv }]",
    `columns: { ${headers.map((name) => `${standard[name] ?? name}: ${name}`).join(", ")} }`,
    onePer ? "sample: { size: 1, one_per: case_id }" : "",
  ].join("\n");
  const plan = parsePlan(yaml, { file: "plan.yaml" });
  return buildFrame({ plan, data: [data], joins: [], lookups: [] });
}

/** A design by team, proportional, without reserves, unless told otherwise. */
export async function designOf(load, frame, plan) {
  const { designSample } = await load("sampling/design.js");
  const base = { method: "random", strata: ["team"], allocation: { method: "proportional" }, reserves: 0 };
  return designSample(frame, { ...base, ...plan });
}

/** How far a count lies from what so many draws with this probability give, in standard errors. */
export function zScore(count, draws, probability) {
  const variance = draws * probability * (1 - probability);
  if (variance === 0) return count === draws * probability ? 0 : Number.POSITIVE_INFINITY;
  return (count - draws * probability) / Math.sqrt(variance);
}
