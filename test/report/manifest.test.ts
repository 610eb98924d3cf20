import { describe, expect, test } from "vitest";
import {
  type Manifest,
  manifestText,
  parseManifest,
  parseOutputs,
  parseRunRecord,
  type RunRecord,
  runRecordText,
} from "../../src/report/manifest.js";

const hash = (digit: string): string => digit.repeat(64);

const manifest: Manifest = {
  casedraw: 1,
  software: { name: "casedraw", version: "0.1.0" },
  algorithm: { name: "stratified-random", version: 1 },
  seed: "007",
  plan: { title: "A title — “quoted”", casedraw: 1, reference_date: "2026-11-16" },
  inputs: [{ path: "open.csv", bytes: 120, sha256: hash("a"), rows_read: 4, rows_matched: 4 }],
  frame: {
    rows_read: 4,
    superseded: 0,
    folded: 0,
    eligible: 3,
    excluded: [{ reason: "include: closed_date", count: 1 }],
    digest: hash("b"),
    design_digest: hash("c"),
    field_digests: { law_type: hash("d"), factors: hash("e") },
  },
  strata: [
    { stratum: "public", population: 3, allocated: 1, drawn: 1, reserves: 1, inclusion_probability: 1 / 3 },
  ],
  selection: { units: 1, digest: hash("f") },
  outputs: [{ path: "frame.csv", sha256: hash("0") }],
};

const written = `{
  "casedraw": 1,
  "software": {
    "name": "casedraw",
    "version": "0.1.0"
  },
  "algorithm": {
    "name": "stratified-random",
    "version": 1
  },
  "seed": "007",
  "plan": {
    "title": "A title — “quoted”",
    "casedraw": 1,
    "reference_date": "2026-11-16"
  },
  "inputs": [
    {
      "path": "open.csv",
      "bytes": 120,
      "sha256": "${hash("a")}",
      "rows_read": 4,
      "rows_matched": 4
    }
  ],
  "frame": {
    "rows_read": 4,
    "superseded": 0,
    "folded": 0,
    "eligible": 3,
    "excluded": [
      {
        "reason": "include: closed_date",
        "count": 1
      }
    ],
    "digest": "${hash("b")}",
    "design_digest": "${hash("c")}",
    "field_digests": {
      "factors": "${hash("e")}",
      "law_type": "${hash("d")}"
    }
  },
  "strata": [
    {
      "stratum": "public",
      "population": 3,
      "allocated": 1,
      "drawn": 1,
      "reserves": 1,
      "inclusion_probability": 0.3333333333333333
    }
  ],
  "selection": {
    "units": 1,
    "digest": "${hash("f")}"
  },
  "outputs": [
    {
      "path": "frame.csv",
      "sha256": "${hash("0")}"
    }
  ]
}
`;

const record: RunRecord = {
  casedraw: 1,
  when: "2026-11-16T09:30:00.000Z",
  seconds: 1.25,
  node: "v20.19.0",
  platform: "linux-x64",
  plan: "/home/officer/plan.yaml",
  inputs: [{ path: "open.csv", file: "/home/officer/open.csv" }],
};

/** Every object's keys in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, reversed(part)]),
  );
}

describe("manifest.json", () => {
  test("is written as the contract lists it", () => {
    expect(manifestText(manifest)).toBe(written);
  });

  test("does not depend on the order in which its parts were put together", () => {
    const shuffled = { ...(reversed(manifest) as Manifest), plan: manifest.plan };
    expect(manifestText(shuffled)).toBe(written);
  });

  test("is read back whole", () => {
    expect(parseManifest(written, "manifest.json")).toEqual(manifest);
  });

  test("gives the list of outputs, whatever else a later manifest may say", () => {
    const other = JSON.stringify({ casedraw: 1, charts: [], outputs: manifest.outputs });
    expect(parseOutputs(other, "manifest.json")).toEqual(manifest.outputs);
  });

  test("is not written with an impossible part", () => {
    expect(() => manifestText({ ...manifest, selection: { units: -1, digest: hash("f") } })).toThrow();
    expect(() => manifestText({ ...manifest, outputs: [{ path: "x", sha256: "ABC" }] })).toThrow();
  });

  test.each<[string, (value: Record<string, unknown>) => unknown, string]>([
    ["a missing part", ({ seed, ...rest }) => rest, "seed"],
    ["a part that is not of the format", (value) => ({ ...value, notes: [] }), "notes"],
    [
      "a number as text",
      (value) => ({ ...value, selection: { units: "1", digest: hash("f") } }),
      "selection.units",
    ],
    ["a cut digest", (value) => ({ ...value, selection: { units: 1, digest: "f" } }), "selection.digest"],
    [
      "a probability above 1",
      (value) => ({ ...value, strata: [{ ...manifest.strata[0], inclusion_probability: 1.1 }] }),
      "strata.0.inclusion_probability",
    ],
    ["another program's", () => ({ name: "x", version: 1 }), "casedraw"],
    ["a list", () => [], "expected object"],
  ])("refuses %s by name", (_, change, named) => {
    const text = JSON.stringify(change(JSON.parse(written)));
    expect(() => parseManifest(text, "out/manifest.json")).toThrow(
      expect.objectContaining({
        code: "MANIFEST_INVALID",
        message: expect.stringContaining(named),
        details: expect.objectContaining({ file: "out/manifest.json" }),
      }),
    );
  });

  test("refuses what is not JSON", () => {
    expect(() => parseManifest(written.slice(0, -3), "m.json")).toThrow(
      expect.objectContaining({ code: "MANIFEST_INVALID", message: expect.stringContaining("not JSON") }),
    );
  });

  test.each([0, 2, 17])("says that it does not know format %i", (format) => {
    expect(() => parseManifest(JSON.stringify({ casedraw: format }), "m.json")).toThrow(
      expect.objectContaining({ code: "MANIFEST_FORMAT_UNKNOWN", details: { file: "m.json", format } }),
    );
  });
});

describe("run.json", () => {
  test("is read back whole", () => {
    expect(runRecordText(record)).toMatch(
      /^\{\n {2}"casedraw": 1,\n {2}"when": "2026-11-16T09:30:00.000Z",\n.*\}\n$/s,
    );
    expect(parseRunRecord(runRecordText(record), "run.json")).toEqual(record);
  });

  test("wants its time in UTC", () => {
    expect(() => runRecordText({ ...record, when: "2026-11-16T09:30:00+01:00" })).toThrow();
  });

  test("is refused when it was cut short", () => {
    expect(() => parseRunRecord("{", "run.json")).toThrow(
      expect.objectContaining({ code: "MANIFEST_INVALID" }),
    );
  });
});
