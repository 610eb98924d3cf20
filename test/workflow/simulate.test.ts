import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { simulateToFolder } from "../../src/workflow/simulate/to-folder.js";
import { exportLines, plan, workplace } from "./scratch.js";

const wide = plan.replace(
  "sample: {",
  "sample: { method: balanced, balance: [gender], targets: [{ where: { gender: [female] }, at_least: 9 }],",
);

interface Asked {
  readonly out?: string;
  readonly seed?: string;
  readonly draws?: number;
  readonly frame?: string;
  readonly force?: boolean;
}

function simulate(
  folder: string,
  { out = "out", seed = "314159", draws = 40, frame, force = false }: Asked = {},
) {
  return simulateToFolder("plan.yaml", seed, {
    draws,
    ...(frame === undefined ? {} : { frame }),
    out,
    force,
    cwd: folder,
    progress: () => {},
    claim: () => {},
  });
}

const read = (folder: string, name: string): string => readFileSync(join(folder, name), "utf8");

/** Rows of a CSV without quotes, as records. */
function records(text: string): Record<string, string>[] {
  const [header = "", ...lines] = text.trimEnd().split("\n");
  const names = header.split(",");
  return lines.map((line) =>
    Object.fromEntries(line.split(",").map((cell, at) => [names[at] as string, cell])),
  );
}

describe("a simulation's folder", () => {
  test("holds the page, the figures and a manifest that vouches for them", async () => {
    const folder = workplace(exportLines(), wide);
    await simulate(folder);
    const out = join(folder, "out");
    expect(readdirSync(out).sort()).toEqual([
      "manifest.json",
      "simulation.csv",
      "simulation.html",
      "targets.csv",
    ]);
    const manifest = JSON.parse(read(out, "manifest.json")) as {
      readonly outputs: readonly { readonly path: string; readonly sha256: string }[];
    };
    expect(manifest).toMatchObject({
      casedraw: 1,
      algorithm: { name: "stratified-balanced", version: 1 },
      seed: "314159",
      simulation: { draws: 40, short: 0, streams: { plan: "<seed>|simulate/<k>|v1" } },
      inputs: [{ path: "children.csv", rows_read: 120 }],
      frame: { rows_read: 120, eligible: 90 },
    });
    expect(manifest.outputs.map(({ path }) => path)).toEqual([
      "simulation.csv",
      "simulation.html",
      "targets.csv",
    ]);
    for (const { path, sha256 } of manifest.outputs)
      expect(
        createHash("sha256")
          .update(readFileSync(join(out, path)))
          .digest("hex"),
        path,
      ).toBe(sha256);
    expect(JSON.stringify(manifest)).not.toContain(folder);
  });

  test("is the same bytes for a seed, however the rows stand, and others for another seed", async () => {
    const [header = "", ...rows] = exportLines();
    const folder = workplace([header, ...rows], wide);
    await simulate(folder);
    await simulate(folder, { seed: "2", out: "other" });
    writeFileSync(join(folder, "children.csv"), `${[header, ...rows.toReversed()].join("\n")}\n`);
    await simulate(folder, { out: "again" });
    for (const name of ["simulation.csv", "simulation.html", "targets.csv"]) {
      expect(read(folder, `again/${name}`), name).toBe(read(folder, `out/${name}`));
      expect(read(folder, `other/${name}`), name).not.toBe(read(folder, `out/${name}`));
    }
  });

  test("names no child, and nothing that the page's own policy would refuse", async () => {
    const folder = workplace(exportLines(), wide);
    await simulate(folder);
    const page = read(folder, "out/simulation.html");
    expect(page).toContain("What this design does before it is used");
    expect(page.match(/<svg /g)?.length).toBe(4);
    expect(page).not.toMatch(/<script|<[^>]* style=|<[^>]* on[a-z]+=|Secret|0012_24/);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("an existing folder is refused, and replaced with force", async () => {
    const folder = workplace();
    await simulate(folder);
    await expect(simulate(folder)).rejects.toMatchObject({ code: "OUTPUT_EXISTS" });
    await simulate(folder, { seed: "2", force: true });
    expect(read(folder, "out/manifest.json")).toContain('"seed": "2"');
  });
});

test("simulation.csv: one row a design and group, with figures that add up", async () => {
  const folder = workplace(exportLines(), wide);
  await simulate(folder);
  const rows = records(read(folder, "out/simulation.csv"));
  const pick = (design: string, characteristic: string) =>
    rows.filter((row) => row.design === design && row.characteristic === characteristic);
  for (const design of ["plan", "simple_random", "proportional"]) {
    for (const characteristic of ["law_type", "gender"]) {
      const sum = (column: string) =>
        pick(design, characteristic).reduce((total, row) => total + Number(row[column]), 0);
      expect(sum("population")).toBe(90);
      expect(sum("mean")).toBeCloseTo(12, 6);
      expect(sum("expected")).toBeCloseTo(12, 6);
    }
  }
  // Law types are unions of the plan's strata: the count is the same in every draw, and its interval a point.
  for (const row of pick("plan", "law_type")) {
    expect([row.p05, row.p95, row.mean_lower, row.mean_upper]).toEqual([
      row.mean,
      row.mean,
      row.mean,
      row.mean,
    ]);
    expect(row.sd).toBe("0");
  }
  expect(pick("simple_random", "law_type").every((row) => Number(row.sd) > 0)).toBe(true);
});

test("targets.csv: what each design makes of a target", async () => {
  const folder = workplace(exportLines(), wide);
  await simulate(folder);
  const rows = records(read(folder, "out/targets.csv"));
  expect(rows.map(({ design, target, at_least }) => [design, target, at_least])).toEqual(
    ["plan", "simple_random", "proportional"].map((design) => [design, "gender: female", "9"]),
  );
  // 12 of 90, of whom 60 are girls: 8 are expected by simple random sampling, 9 by the plan.
  expect(rows.map(({ expected }) => Number(expected).toFixed(6))).toEqual([
    "9.000000",
    "8.000000",
    expect.any(String),
  ]);
  const [own, simple] = rows;
  expect(Number(own?.chance_short)).toBeLessThan(Number(simple?.chance_short));
});

describe("a plan with several frames", () => {
  const frames = plan.replace(
    /sample: .*\n/,
    "frames:\n  current: { sample: { size: 12, strata: [law_type] } }\n  audited: { sample: { size: 5 } }\n",
  );

  test("asks for the one to simulate, by name", async () => {
    const folder = workplace(exportLines(), frames);
    await expect(simulate(folder)).rejects.toMatchObject({
      code: "PLAN_WITH_FRAMES",
      message: expect.stringContaining("--frame"),
    });
    await expect(simulate(folder, { frame: "curent" })).rejects.toMatchObject({ code: "FRAME_UNKNOWN" });
    const { results } = await simulate(folder, { frame: "audited" });
    expect(results.sampleSize).toBe(5);
  });

  test("a plan without frames has none to name", async () => {
    await expect(simulate(workplace(), { frame: "current" })).rejects.toMatchObject({
      code: "FRAME_UNKNOWN",
    });
  });
});
