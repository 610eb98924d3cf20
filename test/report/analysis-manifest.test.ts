import { expect, test } from "vitest";
import { parseAnalysisManifest } from "../../src/report/analysis-manifest.js";

const hash = "a".repeat(64);
const manifest = (edition: string, input: object): string =>
  JSON.stringify({
    casedraw: 1,
    software: { name: "casedraw", version: "1.0.0" },
    algorithm: { name: "pia", version: 1 },
    edition,
    png: false,
    plan: { casedraw: 1 },
    inputs: [{ path: "children.csv", ...input }],
    items: [],
    outputs: [],
  });

test("an internal edition has the hash of every input; a publishable one may lack those of short files", () => {
  const read = (text: string) => parseAnalysisManifest(text, "manifest.json");
  const whole = { bytes: 12, sha256: hash, rows_read: 1, rows_matched: 1 };
  expect(read(manifest("internal", whole)).inputs[0]).toMatchObject({ sha256: hash });
  expect(() => read(manifest("internal", { ...whole, sha256: undefined }))).toThrow(
    /inputs\.0\.sha256: an internal edition has the hash of every input/,
  );
  expect(() => read(manifest("internal", { bytes: 12 }))).toThrow(
    expect.objectContaining({ code: "MANIFEST_INVALID" }),
  );
  expect(read(manifest("publishable", {})).inputs).toEqual([{ path: "children.csv" }]);
});
