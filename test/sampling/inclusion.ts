import type { Frame } from "../../src/frame/frame.js";
import type { SamplePlan } from "../../src/plan/types.js";
import { type Design, designSample } from "../../src/sampling/design.js";
import { drawSample, type Sample } from "../../src/sampling/draw.js";
import { frameOf, tableOf } from "../frames.js";

/** A frame of rows with the columns id, team, gender, practitioner, case and age, of which the header names those present. */
export function frameOfRows(header: string, rows: readonly string[]): Frame {
  const standard: Record<string, string> = {
    id: "child_id",
    case: "case_id",
    area: "service_area",
    age: "age_recorded",
  };
  const columns = header.split("|").map((name) => `${standard[name] ?? name}: ${name}`);
  const one = header.includes("case") ? "sample: { size: 1, one_per: case_id }\n" : "";
  return frameOf(
    "casedraw: 1\ntitle: t\nreference_date: 2026-11-16\nunit_id: child_id\ndata: [{ path: x.csv }]\n" +
      `columns: { ${columns.join(", ")} }\n${one}`,
    { data: [tableOf("x.csv", [header, ...rows])] },
  );
}

/** A design by team, proportional, without reserves, unless told otherwise. */
export function designOf(frame: Frame, plan: Partial<SamplePlan> & { readonly size: number }): Design {
  return designSample(frame, {
    method: "random",
    strata: ["team"],
    allocation: { method: "proportional" },
    reserves: 0,
    ...plan,
  });
}

/** Every unit with its number as its ticket, in the frame's order. */
export function unitsOf(frame: Frame): { readonly unit: number; readonly ticket: string }[] {
  return frame.ids.map((_, unit) => ({ unit, ticket: String(unit).padStart(9, "0") }));
}

/** How often each unit is drawn in so many draws with fixed seeds. */
export function countHits(
  frame: Frame,
  design: Design,
  draws: number,
  each: (sample: Sample) => unknown = () => {},
): Float64Array {
  const hits = new Float64Array(frame.ids.length);
  for (let k = 0; k < draws; k++) {
    const sample = drawSample(frame, design, `inclusion ${k}`);
    each(sample);
    for (const { unit } of sample.drawn) hits[unit] = (hits[unit] as number) + 1;
  }
  return hits;
}

/** How far a count lies from what so many draws with this probability give, in standard errors; a certainty must be met exactly. */
export function zScore(count: number, draws: number, probability: number): number {
  const variance = draws * probability * (1 - probability);
  if (variance === 0) return count === draws * probability ? 0 : Number.POSITIVE_INFINITY;
  return (count - draws * probability) / Math.sqrt(variance);
}
