import { join } from "node:path";
import { expect, test } from "vitest";
import { describeFolders } from "./docs/output-files.js";
import { referencePages } from "./docs/reference.js";
import { root } from "./docs/terminal.js";

// `npm run docs:reference` writes these pages anew.
test.each(Object.entries(referencePages))("%s is what the code says", async (path, make) => {
  await expect(make()).toMatchFileSnapshot(join(root, path));
});

test("docs/reference/files.md is what the commands write", { timeout: 300_000 }, async () => {
  await expect(await describeFolders()).toMatchFileSnapshot(join(root, "docs/reference/files.md"));
});
