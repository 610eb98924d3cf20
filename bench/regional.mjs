// Comparisons of areas where none truly differs, or three do: how often words and p-values flag one, children being in families.
// Shares of invented children, then how long cases last in a synthetic export. Ends with 1 where a bound is missed.
// Works on dist, or on a folder that CASEDRAW_DIST names.
import { pathToFileURL } from "node:url";
import { durations } from "./regional-durations.mjs";

const folder = new URL(
  process.env.CASEDRAW_DIST === undefined ? "../dist/" : `${pathToFileURL(process.env.CASEDRAW_DIST).href}/`,
  import.meta.url,
);
const load = (path) => import(new URL(path, folder).href);
const { stream } = await load("random/streams.js");
const { pooledDesignEffect } = await load("statistics/pooled-design-effect.js");
const { judgeCounts } = await load("analysis/regional/judge-counts.js");
const { ruleFor } = await load("analysis/regional/verdict.js");

const worlds = Number(process.env.WORLDS ?? 1000);
const areaCount = 40;
/** Children of a family: 45 % one, 30 % two, 15 % three, 7 % four, 3 % five; mean 1.93. */
const familySizes = [0.45, 0.75, 0.9, 0.97, 1];
/** Families of an area, from the smallest to the largest: 27 to 1,053 children about. */
const families = Array.from({ length: areaCount }, (_, area) =>
  Math.round(14 * Math.exp((area / (areaCount - 1)) * Math.log(39))),
);
/** Share of children and intra-case correlation of what is measured. */
const indicators = [
  { label: "common, alike in families (a case's delay)", share: 0.35, rho: 0.9 },
  { label: "middling, half alike", share: 0.2, rho: 0.5 },
  { label: "rare, a little alike (a child's disability)", share: 0.06, rho: 0.2 },
];
/** Areas that truly differ: their odds are this many times as high. */
const planted = { places: [12, 25, 36], odds: 2 };

/**
 * A world: each child has it like the family with a chance of √ρ, which shares one draw, and otherwise by a draw of its own, so that
 * two children of a family correlate by ρ.
 */
function worldOf({ share, rho }, seed, shares) {
  const next = stream(seed, "world");
  const [has, clusters, groups] = [[], [], []];
  const areas = families.map(() => ({ count: 0, n: 0 }));
  let family = 0;
  for (let area = 0; area < areaCount; area++) {
    const own = shares?.[area] ?? share;
    for (let f = 0; f < families[area]; f++, family++) {
      const draw = next();
      const size = familySizes.findIndex((bound) => draw < bound) + 1;
      const common = next() < own ? 1 : 0;
      for (let child = 0; child < size; child++) {
        const y = next() < Math.sqrt(rho) ? common : next() < own ? 1 : 0;
        has.push(y);
        clusters.push(family);
        groups.push(area);
        areas[area].count += y;
        areas[area].n++;
      }
    }
  }
  const whole = { count: areas.reduce((s, a) => s + a.count, 0), n: areas.reduce((s, a) => s + a.n, 0) };
  const designEffect = pooledDesignEffect(Uint8Array.from(has), {
    clusters: { codes: Int32Array.from(clusters), count: family },
    groups: { codes: Int32Array.from(groups), count: areaCount },
  });
  return { areas, whole, designEffect };
}

const flagged = (judged, by) => judged.filter((one) => one[by] !== "similar").length;
const strict = ruleFor(areaCount);
const naive = { ...strict, confidence: 0.95 };

function study(indicator, shares) {
  const sum = {
    ruled: 0,
    anyRuled: 0,
    adjusted: 0,
    anyAdjusted: 0,
    plain: 0,
    anyPlainAdjusted: 0,
    naive: 0,
    effect: 0,
  };
  const found = { ruled: 0, adjusted: 0, naive: 0 };
  const falsely = { ruled: 0, adjusted: 0, naive: 0 };
  for (let k = 0; k < worlds; k++) {
    const { areas, whole, designEffect } = worldOf(indicator, `regional ${indicator.label} ${k}`, shares);
    const kind = "share";
    const judged = judgeCounts(areas, { whole, kind, designEffect, rule: strict });
    const plain = judgeCounts(areas, { whole, kind, designEffect: 1, rule: strict });
    const simple = judgeCounts(areas, { whole, kind, designEffect: 1, rule: naive });
    sum.ruled += flagged(judged, "verdict");
    sum.anyRuled += flagged(judged, "verdict") > 0 ? 1 : 0;
    sum.adjusted += flagged(judged, "byAdjusted");
    sum.anyAdjusted += flagged(judged, "byAdjusted") > 0 ? 1 : 0;
    sum.plain += flagged(plain, "verdict");
    sum.anyPlainAdjusted += flagged(plain, "byAdjusted") > 0 ? 1 : 0;
    sum.naive += flagged(simple, "verdict");
    sum.effect += designEffect;
    for (let area = 0; area < areaCount; area++) {
      const into = planted.places.includes(area) ? found : falsely;
      if (judged[area].verdict !== "similar") into.ruled++;
      if (judged[area].byAdjusted !== "similar") into.adjusted++;
      if (simple[area].verdict !== "similar") into.naive++;
    }
  }
  return { sum, found, falsely };
}

let missed = 0;
const hold = (label, value, holds, rule) => {
  if (!holds) missed++;
  console.log(
    `  ${holds ? "ok    " : "MISSED"} ${label.padEnd(64)} ${value.toFixed(3).padStart(8)}  (${rule})`,
  );
};

console.log(
  `${worlds} worlds of ${areaCount} areas with ${families[0]} to ${families.at(-1)} families of 1 to 5 children (mean 1.93)`,
);
for (const indicator of indicators) {
  const { sum } = study(indicator);
  const mean = (n) => n / worlds;
  console.log(
    `\nNo area differs: ${indicator.label}; share ${indicator.share}, intra-case correlation ${indicator.rho}; mean design effect ${mean(sum.effect).toFixed(2)}`,
  );
  hold("flagged a world at 99.8 %", mean(sum.ruled), mean(sum.ruled) <= 0.2, "at most 0.2; nominal 0.08");
  hold("share of worlds with a flag at 99.8 %", mean(sum.anyRuled), true, "for information; nominal 0.077");
  hold(
    "share of worlds with a flag, Benjamini-Hochberg at 5 %",
    mean(sum.anyAdjusted),
    mean(sum.anyAdjusted) <= 0.06,
    "at most 0.06",
  );
  const exceeds = indicator.rho >= 0.5;
  hold(
    "families ignored: flagged a world at 99.8 %",
    mean(sum.plain),
    !exceeds || mean(sum.plain) > 0.2,
    exceeds ? "must exceed 0.2" : "for information",
  );
  hold(
    "families ignored: share of worlds with a flag, BH",
    mean(sum.anyPlainAdjusted),
    !exceeds || mean(sum.anyPlainAdjusted) > 0.06,
    exceeds ? "must exceed 0.06" : "for information",
  );
  hold("naive: families ignored, 95 %: flagged a world", mean(sum.naive), true, "for information; nominal 2");
}
for (const indicator of indicators) {
  const odds = (planted.odds * indicator.share) / (1 - indicator.share);
  const shares = families.map((_, area) =>
    planted.places.includes(area) ? odds / (1 + odds) : indicator.share,
  );
  const { found, falsely } = study(indicator, shares);
  const power = (n) => n / (worlds * planted.places.length);
  console.log(
    `\nThree areas with ${planted.odds} times the odds (${planted.places.map((area) => families[area]).join(", ")} families): ${indicator.label}`,
  );
  for (const way of ["ruled", "adjusted", "naive"]) {
    const label = {
      ruled: "99.8 %, families heeded",
      adjusted: "Benjamini-Hochberg, families heeded",
      naive: "naive 95 %, families ignored",
    }[way];
    console.log(
      `  ${label.padEnd(38)} found of the three ${power(found[way]).toFixed(3)}   false alarms a world ${(falsely[way] / worlds).toFixed(3)}`,
    );
  }
}
await durations({ load, worlds, hold });
if (missed > 0) {
  console.error(`\n${missed} bounds missed`);
  process.exitCode = 1;
}
