import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openSampleFolder } from "../../src/workflow/sample/folder.js";
import { refusalOf } from "../frames.js";

function workplace(): string {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-folder-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test.each([
  [
    { algorithm: { name: "handover", version: 1 }, sample: {}, outputs: [] },
    "got one of casedraw handover (made). It cannot be verified or continued by itself: name the sample’s folder that it was made of.",
  ],
  [
    { algorithm: { name: "random", version: 1 }, simulation: {}, outputs: [] },
    "got one of casedraw simulate (made). It cannot be verified or continued by itself: name a sample’s folder.",
  ],
  [
    { algorithm: { name: "pia", version: 1 }, outputs: [] },
    "got one of casedraw pia (made). casedraw verify made makes it again; for all else name a sample’s folder.",
  ],
  [{ pseudonymised: {}, outputs: [] }, "got one of casedraw pseudonymise (made). It cannot be verified"],
  [{ outputs: [] }, "got one of casedraw (made)."],
])(
  "a folder that another command wrote is no sample's, is called what it is, and what to name instead is said: %j",
  (manifest, called) => {
    const made = join(workplace(), "made");
    mkdirSync(made);
    writeFileSync(join(made, "manifest.json"), JSON.stringify({ casedraw: 1, ...manifest }));
    const { code, message } = refusalOf(() => openSampleFolder(made, "made"));
    expect([code, message]).toEqual(["FOLDER_OF_OTHER_OUTPUT", expect.stringContaining(called)]);
  },
);
