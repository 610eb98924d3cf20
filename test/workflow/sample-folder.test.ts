import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openSampleFolder } from "../../src/workflow/sample-folder.js";
import { refusalOf } from "../frames.js";

function workplace(): string {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-folder-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test.each([
  [{ algorithm: { name: "handover", version: 1 }, outputs: [] }, "casedraw handover (made)"],
  [{ algorithm: { name: "random", version: 1 }, simulation: {}, outputs: [] }, "casedraw simulate (made)"],
  [{ pseudonymised: {}, outputs: [] }, "casedraw pseudonymise (made)"],
  [{ outputs: [] }, "casedraw (made)"],
])("a folder that another command wrote is no sample's, and is called what it is: %j", (manifest, called) => {
  const made = join(workplace(), "made");
  mkdirSync(made);
  writeFileSync(join(made, "manifest.json"), JSON.stringify({ casedraw: 1, ...manifest }));
  const { code, message } = refusalOf(() => openSampleFolder(made, "made"));
  expect([code, message]).toEqual(["FOLDER_OF_OTHER_OUTPUT", expect.stringContaining(called)]);
});
