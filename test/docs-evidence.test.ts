import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./docs/terminal.js";

interface Study {
  readonly id: string;
  readonly quick?: true;
  readonly run: (load: (path: string) => Promise<unknown>) => Promise<string>;
}

const folder = join(root, "bench/evidence");
const load = (path: string): Promise<unknown> => import(join(root, "src", path.replace(/\.js$/, ".ts")));

/** `node bench/evidence.mjs --quick` writes these parts anew; all of it is `node bench/evidence.mjs`. */
test("what is enumerated or worked out in docs/evidence.md is what the code gives", async () => {
  const page = readFileSync(join(root, "docs/evidence.md"), "utf8");
  const names = readdirSync(folder).filter((name) => !["common.mjs", "printed.mjs"].includes(name));
  const studies = await Promise.all(names.map(async (name) => (await import(join(folder, name))) as Study));
  const quick = studies.filter((study) => study.quick);
  expect(quick.map(({ id }) => id).sort()).toEqual(["allocation", "flags", "wilson"]);
  for (const { id, run } of quick)
    expect(page).toContain(`<!-- ${id} -->\n\n${await run(load)}\n\n<!-- end -->`);
  expect(page).not.toContain("Not yet run.");
});
