import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readOwnCsv } from "../src/report/own-csv.js";
import { requires } from "./requires.js";
import { designs, linesWithFactors, planWith } from "./workflow/recorded-designs.js";
import { draw, workplace } from "./workflow/scratch.js";

type Name = keyof typeof designs;

const names = Object.keys(designs) as Name[];
/** What the script says of a design that it cannot derive whole. */
const open: Partial<Record<Name, RegExp>> = {
  systematic: /Not derived here: which units a systematic draw takes/,
  balanced: /Not derived here: which units a balanced draw takes/,
  "balanced with targets":
    /Not derived here: which units a balanced draw.*Not derived here: the probabilities, which targets move/s,
  "random with targets": /Not derived here: the allocation, which targets may raise/,
  capped: /Not derived here: the probabilities, which are estimated/,
};

async function drawn(name: Name, seed = `seed of ${name}`): Promise<string> {
  const folder = workplace(linesWithFactors(), planWith(designs[name]));
  await draw(folder, seed);
  return join(folder, "out");
}

function run(folder: string): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync("python3", ["docs/verify.py", folder], { encoding: "utf8" });
  return { status, said: stdout + stderr };
}

const table = (folder: string, name: string) => readOwnCsv(readFileSync(join(folder, name), "utf8"), name);

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * What the script ends with after one of the folder's files was changed, and its hash in the manifest with it, so that
 * what the file says has to give the change away; both are put back.
 */
function afterEdit(folder: string, name: string, change: (text: string) => string): number | null {
  const [path, records] = [join(folder, name), join(folder, "manifest.json")];
  const [whole, manifest] = [readFileSync(path, "utf8"), readFileSync(records, "utf8")];
  const changed = change(whole);
  expect(changed).not.toBe(whole);
  if (name !== "manifest.json") writeFileSync(records, manifest.replace(sha256(whole), sha256(changed)));
  writeFileSync(path, changed);
  const { status } = run(folder);
  writeFileSync(records, manifest);
  writeFileSync(path, whole);
  return status;
}

/** The text of a table with one cell of a row changed. */
const cellChanged =
  (column: string, cell: string, row = 0) =>
  (text: string): string => {
    const lines = text.split("\n");
    const at = lines[0]?.split(",").indexOf(column) as number;
    lines[row + 1] = lines[row + 1]?.split(",").with(at, cell).join(",") as string;
    return lines.join("\n");
  };

describe.skipIf(!requires("python3"))("docs/verify.py, with nothing but Python's standard library", () => {
  test.each(names)("%s: derives what it can, and says what it cannot", async (name) => {
    const folder = await drawn(name);
    const { status, said } = run(folder);
    expect(said).not.toContain("NOT");
    expect(said).toContain("as the folder says");
    expect(said).toMatch(open[name] ?? /^(?!.*Not derived)/s);
    expect(status, said).toBe(open[name] === undefined ? 0 : 2);
    // The page promises as much.
    const page = readFileSync(join(folder, "summary.html"), "utf8");
    const promise = open[name] === undefined ? "does it." : "does part of it, and leaves ";
    expect(page).toContain(`<code>docs/verify.py</code>, which comes with casedraw, ${promise}`);
  });

  test.each([
    "random",
    "optimal",
    "one per family",
    "systematic",
    "balanced with targets",
    "random with targets",
    "capped",
  ] as const)("%s: finds what was changed", async (name) => {
    const folder = await drawn(name);
    const sample = table(folder, "sample.csv");
    const [id, other] = [sample.rows[0]?.[1] as string, sample.rows[1]?.[1] as string];
    const swap = (text: string): string => text.replace(id, "\0").replace(other, id).replace("\0", other);
    expect(afterEdit(folder, "sample.csv", swap)).toBe(3);
    expect(afterEdit(folder, "sample.csv", (text) => text.replace(/\n.*\n/, "\n"))).toBe(3);
    expect(afterEdit(folder, "reserves.csv", (text) => text.replace(/\n.*\n/, "\n"))).toBe(3);
    // Another id in the place of a drawn one: every count stays.
    expect(afterEdit(folder, "frame.csv", (text) => text.replace(`\n${id},`, `\n${id}x,`))).toBe(3);
    expect(afterEdit(folder, "frame.csv", (text) => text.replace(/\n.*\n/, "\n"))).toBe(3);
    expect(afterEdit(folder, "manifest.json", (text) => text.replace(/"seed": "/, '"seed": "x'))).toBe(3);
    expect(afterEdit(folder, "manifest.json", (text) => text.replace(/"drawn": \d+/, '"drawn": 99'))).toBe(3);
    expect(
      afterEdit(folder, "manifest.json", (text) =>
        text.replace(/("digest": ")\w{8}(\w+"\n {2}\})/, "$100000000$2"),
      ),
    ).toBe(3);
  });

  test.each(["neyman", "one per family", "balanced"] as const)(
    "%s: finds another probability",
    async (name) => {
      const folder = await drawn(name);
      const probability = table(folder, "sample.csv").rows[0]?.[3] as string;
      expect(afterEdit(folder, "sample.csv", (text) => text.replace(`,${probability},`, ",0.5,"))).toBe(3);
      expect(
        afterEdit(folder, "manifest.json", (text) =>
          text.replace(/"inclusion_probability": [\d.]+/, '"inclusion_probability": 0.5'),
        ),
      ).toBe(3);
    },
  );

  test.each(["random", "one per family", "balanced with targets", "capped", "random with targets"] as const)(
    "%s: finds another weight, order or allocation",
    async (name) => {
      const folder = await drawn(name);
      const weight = cellChanged("design_weight", "7.125");
      expect(afterEdit(folder, "sample.csv", weight)).toBe(3);
      expect(afterEdit(folder, "sample.csv", cellChanged("draw_order", "12"))).toBe(3);
      expect(afterEdit(folder, "reserves.csv", cellChanged("reserve_order", "9"))).toBe(3);
      for (const column of ["population", "allocated", "drawn", "reserves", "inclusion_probability"])
        expect(afterEdit(folder, "strata.csv", cellChanged(column, "0.125", 1)), column).toBe(3);
      expect(
        afterEdit(folder, "manifest.json", (text) => text.replace(/"allocated": \d+/, '"allocated": 99')),
      ).toBe(3);
    },
  );

  test.each(["random", "systematic"] as const)(
    "%s: a file that is not as its hash says is named",
    async (name) => {
      const folder = await drawn(name);
      const { header } = table(folder, "sample.csv");
      const path = join(folder, "sample.csv");
      const whole = readFileSync(path, "utf8");
      const gender = header.indexOf("gender");
      const other = whole.split("\n")[1]?.split(",")[gender] === "male" ? "female" : "male";
      writeFileSync(path, cellChanged("gender", other)(whole));
      expect(run(folder)).toMatchObject({
        status: 3,
        said: expect.stringContaining("sample.csv: NOT what the folder says"),
      });
      writeFileSync(path, whole);
      rmSync(join(folder, "sample.xlsx"));
      expect(run(folder)).toMatchObject({
        status: 3,
        said: expect.stringContaining("sample.xlsx: NOT what the folder says"),
      });
    },
  );

  test("a unit drawn past a full cap is found", async () => {
    const folder = await drawn("capped");
    const frame = table(folder, "frame.csv");
    const team = frame.header.indexOf("team");
    const change = (text: string): string => text.replace(/Team 0/g, "Team 1"); // one team of 60 instead of two of 30
    expect(frame.rows.some((row) => row[team] === "Team 0")).toBe(true);
    expect(afterEdit(folder, "frame.csv", change)).toBe(3);
  });

  test("of a design that it has never heard of only the files are compared", async () => {
    const folder = await drawn("random");
    const change = (text: string): string => text.replace('"stratified-random"', '"drawn-by-hand"');
    expect(afterEdit(folder, "manifest.json", change)).toBe(2);
    // So it is with a later version of a sample.
    expect(afterEdit(folder, "manifest.json", (text) => text.replace(/\{/, '{ "steps": [],'))).toBe(2);
    writeFileSync(join(folder, "strata.csv"), "");
    expect(afterEdit(folder, "manifest.json", change)).toBe(3);
  });

  test("of an archive and of a later version it says what to do instead", async () => {
    const folder = await drawn("random");
    const path = join(folder, "manifest.json");
    const whole = readFileSync(path, "utf8");
    writeFileSync(path, whole.replace(/\{/, '{ "version": 3, "steps": [],'));
    expect(run(folder)).toMatchObject({
      status: 2,
      said: expect.stringContaining(
        "it derives version 1 of a sample, and this is version 3. Run it on the folder of version 1; casedraw verify replays every version.",
      ),
    });
    // An archive keeps the sample's own manifest under `record`.
    const { outputs, ...record } = JSON.parse(whole);
    writeFileSync(path, JSON.stringify({ casedraw: 1, archive: {}, record, outputs }));
    expect(run(folder)).toMatchObject({
      status: 2,
      said: expect.stringContaining("an archive, with pseudonyms for ids. casedraw verify replays it."),
    });
  });

  test("ids with an apostrophe, and levels whose order in bytes is not that of UTF-16", async () => {
    const teams = ["\u{1f600}", "\uff5e", "-1"];
    const lines = linesWithFactors().map((line) =>
      line.replace(/Team (\d)/, (_, at: string) => teams[Number(at)] as string),
    );
    const yaml = planWith("{ size: 12, strata: [team], caps: { team: 5 }, reserves: 1 }").replace(
      "unit_id:",
      'unit_id_prefix: "\'x"\nunit_id:',
    );
    const folder = workplace(lines, yaml);
    await draw(folder);
    expect(readFileSync(join(folder, "out", "frame.csv"), "utf8")).toMatch(/\n''x.*\n''x.*,'-1\n/s);
    expect(run(join(folder, "out"))).toMatchObject({ status: 2, said: expect.not.stringContaining("NOT") });
  });
});
