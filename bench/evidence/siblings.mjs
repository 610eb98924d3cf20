import { designOf, frameOf, percent, table } from "./common.mjs";

export const id = "siblings";
export const title = "One child a family: two stages beside skipping siblings";

const draws = 4000;
/** 300 families: as many children as in a national list, 1.55 a family on average. */
const shareOfSizes = [0.62, 0.26, 0.08, 0.03, 0.01];
const wanted = 90;

/** @returns Markdown */
export async function run(load) {
  const { drawSample } = await load("sampling/draw.js");
  const { stream } = await load("random/streams.js");
  const sizes = shareOfSizes.flatMap((share, k) => new Array(Math.round(300 * share)).fill(k + 1));
  const rows = sizes.flatMap((size, f) =>
    Array.from({ length: size }, (_, c) => `c${f}-${c}|north|f${f}|${10 - c}`),
  );
  const familyOf = sizes.flatMap((size, f) => new Array(size).fill(f));
  const frame = await frameOf(load, "id|team|case|age", rows, { onePer: true });
  const design = await designOf(load, frame, { size: wanted, one_per: "case_id" });
  const codes = frame.fields.get("case_id").codes;
  const sizeOf = new Map();
  for (const code of codes) sizeOf.set(code, (sizeOf.get(code) ?? 0) + 1);
  const two = new Float64Array(6);
  for (let k = 0; k < draws; k++)
    for (const { unit } of drawSample(frame, design, `siblings ${k}`).drawn) two[sizeOf.get(codes[unit])]++;
  const next = stream("siblings", "evidence");
  const skipped = new Float64Array(6);
  const order = rows.map((_, i) => i);
  for (let k = 0; k < draws; k++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    const seen = new Set();
    for (const unit of order) {
      if (seen.size === wanted) break;
      const family = familyOf[unit];
      if (!seen.has(family)) skipped[sizes[family]]++;
      seen.add(family);
    }
  }
  const counts = shareOfSizes.map((share) => Math.round(300 * share));
  const lines = counts.map((families, k) => {
    const size = k + 1;
    const each = (drawn) => drawn[size] / draws / families;
    const nominal = wanted / 300;
    const error = Math.sqrt((nominal * (1 - nominal)) / draws / families);
    return [
      size,
      families,
      percent(each(two), 2),
      percent(each(skipped), 2),
      (each(skipped) / size / (wanted / rows.length)).toFixed(2),
      percent(error, 2),
    ];
  });
  return [
    `A list of ${rows.length} children in 300 families; ${wanted} are wanted, no two of one family; ${draws.toLocaleString("en-GB")} draws. casedraw draws families, ` +
      "then one child of each: every family has the same chance, and a child's is that over the number of its siblings, exactly. Going down a shuffled list and skipping " +
      "children whose sibling was taken gives large families more chance than small ones, and each of their children less than an only child, by amounts that nobody knows.",
    table(
      [
        "children",
        "families",
        "chance of a family: casedraw",
        "skipping",
        "skipping: a child's chance over n/N",
        "standard error of a chance",
      ],
      lines,
    ),
  ].join("\n\n");
}
