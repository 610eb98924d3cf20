import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { levelAt, listItems } from "../../src/frame/field.js";
import { startClock } from "../../src/report/clock.js";
import { openFramesFolder } from "../../src/workflow/frames/folder.js";
import { framesToFolder } from "../../src/workflow/frames/to-folder.js";
import { verifyFrames } from "../../src/workflow/frames/verify-frames.js";
import { openPlan } from "../../src/workflow/open-plan.js";
import { linkFromPlan } from "../../src/workflow/sample/linked-draw.js";
import { drawsToFolder, drawToFolder, type WrittenSample } from "../../src/workflow/sample/to-folder.js";
import { verifySample } from "../../src/workflow/verify/verify-sample.js";

const plans = fileURLToPath(new URL("../../data-samples", import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "casedraw-visits-"));
  cpSync(plans, join(folder, "data-samples"), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quiet = { progress: () => {} };
const options = (out: string) => ({
  out,
  force: false,
  cwd: folder,
  claim: () => {},
  register: null,
  ...quiet,
});
const path = (name: string): string => join("data-samples", "plans", `${name}.yaml`);

async function drawn(name: string): Promise<WrittenSample> {
  const written = await drawToFolder(path(name), "314159", options(name));
  expect(await verifySample(name, { cwd: folder, data: [], ...quiet })).toMatchObject({ differences: [] });
  return written;
}

/** A field of every eligible unit. */
function values({ designed: { frame } }: WrittenSample, name: string): string[] {
  const field = frame.fields.get(name);
  if (field === undefined) throw new Error(`no field ${name}`);
  return Array.from(frame.eligible, (unit) => levelAt(field, unit));
}

test("a theme: private law over 52 weeks with domestic abuse, one child a family", async () => {
  const written = await drawn("focused-delay-abuse");
  expect(new Set(values(written, "law_type"))).toEqual(new Set(["private"]));
  expect(Math.min(...values(written, "delay_days").map(Number))).toBeGreaterThan(364);
  expect(values(written, "factors").every((level) => listItems(level).includes("domestic_abuse"))).toBe(true);
  const cases = written.designed.frame.fields.get("case_id");
  const families = written.sample.drawn.map(({ unit }) => cases?.codes[unit]);
  expect(new Set(families).size).toBe(24);
});

test("children already audited in the last six months, every grade among them", async () => {
  const written = await drawn("focused-audited");
  const dates = values(written, "audit_date");
  expect(dates.every((date) => date >= "2026-05-16" && date <= "2026-11-16")).toBe(true);
  const listed = readFileSync(join(plans, "audits.csv"), "utf8").trim().split("\n").slice(1);
  const inTime = listed.filter((line) => {
    const iso = (line.split(",")[2] as string).split("/").reverse().join("-");
    return iso >= "2026-05-16" && iso <= "2026-11-16";
  });
  expect(dates.length).toBe(inTime.length);
  expect(written.sample.design.strata.map(({ key, sampleSize }) => [key, sampleSize])).toEqual([
    ["good", 3],
    ["inadequate", 3],
    ["outstanding", 3],
    ["requires improvement", 3],
  ]);
});

test("a large sibling group is in every sample, with probability and weight 1", async () => {
  const { designed, sample } = await drawn("focused-siblings");
  const drawnIds = sample.drawn.map(({ unit, probability, weight }) => ({
    id: designed.frame.ids[unit] as string,
    probability,
    weight,
  }));
  const group = drawnIds.filter(({ id }) => id.startsWith("582433_"));
  expect(group.map(({ probability, weight }) => [probability, weight])).toEqual(Array(6).fill([1, 1]));
  expect(drawnIds.length).toBe(60);
  const other = await drawToFolder(path("focused-siblings"), "another", options("siblings-again"));
  const again = other.sample.drawn.filter(({ unit }) =>
    other.designed.frame.ids[unit]?.startsWith("582433_"),
  );
  expect(again.length).toBe(6);
});

test("several frames, and supervision records linked to two of them", async () => {
  const visit = await framesToFolder(openPlan(path("focused-frames"), folder), "314159", options("visit"));
  expect(visit.frames.map(({ name, written }) => [name, written.sample.drawn.length])).toEqual([
    ["current", 40],
    ["audited", 10],
    ["complaints", 8],
    ["practitioners", 12],
  ]);
  const several = openFramesFolder(join(folder, "visit"), "visit");
  if (several === undefined) throw new Error("no folder of frames");
  expect(await verifyFrames(several, { cwd: folder, data: [], ...quiet })).toMatchObject({ verified: true });
  for (const frame of ["current", "practitioners"]) {
    const plan = openPlan(path("focused-supervision"), folder);
    const draw = await linkFromPlan(plan, join("visit", frame), { cwd: folder, ...quiet });
    const out = `supervision-${frame}`;
    const [written] = await drawsToFolder([draw], { ...options(out), clock: startClock() });
    const practitioner = written?.designed.frame.fields.get("practitioner");
    const earlier = visit.frames.find(({ name }) => name === frame)?.written as WrittenSample;
    const field = earlier.designed.frame.fields.get("practitioner");
    if (field === undefined || practitioner === undefined) throw new Error("no practitioner");
    const named = new Set(earlier.sample.drawn.map(({ unit }) => levelAt(field, unit)));
    for (const { unit } of written?.sample.drawn ?? []) expect(named).toContain(levelAt(practitioner, unit));
    expect(await verifySample(out, { cwd: folder, data: [], ...quiet })).toMatchObject({ differences: [] });
  }
});

test("two phases: the on-site sample says that it speaks for its sites alone", async () => {
  await drawn("national");
  const written = await drawn("two-phase-sites");
  expect(new Set(values(written, "service_area"))).toEqual(
    new Set(["A3 Greater Manchester", "A14 Kent and Sussex"]),
  );
  const said = "what the sample says holds there, and for no other place";
  const note = written.designed.frame.notes.find(({ code }) => code === "cohort-of-places");
  expect(note?.text).toContain(said);
  expect(readFileSync(join(folder, "two-phase-sites", "summary.html"), "utf8")).toContain(said);
});

test("every plan that is bundled for a focused visit is on its page", () => {
  const page = readFileSync(fileURLToPath(new URL("../../docs/focused-visits.md", import.meta.url)), "utf8");
  const names = readdirSync(join(plans, "plans")).filter((name) => /^(focused|two-phase)/.test(name));
  expect(names.length).toBe(6);
  for (const name of names) expect(page).toContain(`data-samples/plans/${name}`);
});
