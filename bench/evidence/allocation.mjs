import { table } from "./common.mjs";

export const id = "allocation";
export const title = "Allocation: published problems";
export const quick = true;

const problems = [
  {
    what: "Neyman, 4 strata, n = 190",
    source: "README of R's stratallo",
    sizes: [3000, 4000, 5000, 2000],
    spread: [48, 79, 76, 16],
    n: 190,
    plan: { method: "neyman", min: 0 },
    published: "31, 69, 83, 7",
  },
  {
    what: "Neyman, 6 strata, n = 100",
    source: "strAlloc of R's PracTools",
    sizes: [215, 65, 252, 50, 149, 144],
    spread: [26787207, 10645109, 6909676, 11085034, 9817762, 44553355],
    n: 100,
    plan: { method: "neyman", min: 0 },
    published: "35, 4, 10, 3, 9, 39",
  },
  {
    what: "proportional, at least 2, n = 500",
    source: "SampleSelectR",
    sizes: [7, 299, 971, 851, 468, 1467, 633, 216, 870, 132],
    n: 500,
    plan: { method: "proportional", min: 2 },
    published: "2, 25, 82, 72, 40, 124, 53, 18, 73, 11",
  },
];

/** @returns Markdown */
export async function run(load) {
  const { allocate } = await load("sampling/allocation/allocate.js");
  const rows = problems.map(({ what, source, sizes, spread, n, plan, published }) => {
    const strata = sizes.map((populationSize, h) => ({
      key: String(h),
      units: Int32Array.from({ length: populationSize }, (_, i) => i),
      populationSize,
      ...(spread === undefined
        ? {}
        : { variance: { over: BigInt(spread[h]) * BigInt(spread[h]), under: 1n } }),
    }));
    const got = allocate(strata, { sampleSize: n, allocation: plan, counted: "units" }).join(", ");
    return [what, source, published, got, got === published ? "the same" : "different"];
  });
  return `Nothing here is random.\n\n${table(["problem", "source", "published answer", "casedraw", ""], rows)}`;
}
