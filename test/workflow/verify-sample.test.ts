import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CasedrawError } from "../../src/errors.js";
import { draw, exportLines, plan, verify, workplace } from "./scratch.js";

async function drawn(): Promise<string> {
  const folder = workplace();
  await draw(folder);
  return folder;
}

function edit(folder: string, name: string, change: (text: string) => string): void {
  const path = join(folder, name);
  const before = readFileSync(path, "utf8");
  const after = change(before);
  expect(after, `${name} was not changed`).not.toBe(before);
  writeFileSync(path, after);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CasedrawError) return error.code;
    throw error;
  }
  throw new Error("expected a CasedrawError");
}

describe("all agrees", () => {
  test("untouched", async () => {
    expect(await verify(await drawn())).toMatchObject({ differences: [], notes: [], sameDraw: true });
  });

  test("rows shuffled: a note, because the frame is the same", async () => {
    const folder = await drawn();
    const [header, ...rows] = exportLines() as [string, ...string[]];
    writeFileSync(join(folder, "children.csv"), [header, ...rows.toReversed()].join("\n"));
    const { differences, notes } = await verify(folder);
    expect(differences).toEqual([]);
    expect(notes.map(({ text }) => text)).toEqual([
      "children.csv has other bytes than at the draw, but gives the same frame",
    ]);
  });

  test("another software version with the same algorithm, and an unlisted file: notes", async () => {
    const folder = await drawn();
    edit(folder, "out/manifest.json", (text) => text.replace(/"version": "[^"]+"/, '"version": "0.0.9"'));
    writeFileSync(join(folder, "out", "my notes.txt"), "x");
    const { differences, notes } = await verify(folder);
    expect(differences).toEqual([]);
    expect(notes.map(({ subject }) => subject)).toEqual(["manifest", "my notes.txt"]);
  });

  test("plan and data that have moved are named", async () => {
    const folder = await drawn();
    renameSync(join(folder, "plan.yaml"), join(folder, "moved.yaml"));
    renameSync(join(folder, "children.csv"), join(folder, "export of Thursday.csv"));
    expect(await codeOf(verify(folder))).toBe("FILE_NOT_FOUND");
    expect(await codeOf(verify(folder, { plan: "moved.yaml" }))).toBe("FILE_NOT_FOUND");
    const { differences } = await verify(folder, { plan: "moved.yaml", data: ["export of Thursday.csv"] });
    expect(differences).toEqual([]);
  });

  test("an export that is not where it lay: what to do is told", async () => {
    const folder = await drawn();
    renameSync(join(folder, "children.csv"), join(folder, "moved.csv"));
    await expect(verify(folder)).rejects.toThrow(
      /^No such file: children.csv does not lie where .*--data PATH; if it is gone, python3 docs\/verify.py out, with the script of casedraw’s own folder, /,
    );
    await expect(verify(folder, { data: ["elsewhere/children.csv"] })).rejects.toThrow(
      "No such file: nothing stands at the path that --data names (elsewhere/children.csv). Check the spelling.",
    );
  });

  test("files under other names in any order, one of them as it was", async () => {
    const folder = workplace();
    const rows = exportLines();
    const [header = "", ...children] = rows;
    writeFileSync(join(folder, "a.csv"), `${[header, ...children.slice(0, 60)].join("\n")}\n`);
    writeFileSync(join(folder, "b.csv"), `${[header, ...children.slice(60)].join("\n")}\n`);
    edit(folder, "plan.yaml", (text) =>
      text.replace("{ path: children.csv }", "{ path: a.csv }, { path: b.csv }"),
    );
    await draw(folder);
    renameSync(join(folder, "a.csv"), join(folder, "first half.csv"));
    renameSync(join(folder, "b.csv"), join(folder, "second half.csv"));
    // In the wrong order, and found by what they hold.
    const data = ["second half.csv", "first half.csv"];
    expect((await verify(folder, { data })).differences).toEqual([]);
    // The changed one takes the place that is left.
    edit(folder, "first half.csv", (text) => text.replace(/,Team 1\n/, ",Team 9\n"));
    const { differences } = await verify(folder, { data });
    expect(differences.map(({ subject }) => subject)).toContain("frame");
  });
});

describe("what differs is named", () => {
  test("a cell of the export, by field and by sampled unit", async () => {
    const folder = await drawn();
    const sampled = (readFileSync(join(folder, "out/sample.csv"), "utf8").split("\n")[1] as string).split(
      ",",
    )[1] as string;
    const start = sampled.replace("_", ",");
    edit(folder, "children.csv", (text) => text.replace(new RegExp(`(\n${start},.*)Team \\d`), "$1Team 9"));
    const { differences, sameDraw } = await verify(folder);
    expect(sameDraw).toBe(true);
    const texts = differences.map(({ subject, text }) => `${subject}: ${text}`);
    expect(texts).toContain("frame: the field team has other values");
    expect(texts).toContain(`frame: ${sampled}, in the sample: team has another value`);
    expect(texts.filter((text) => text.includes("the field "))).toHaveLength(1);
  });

  test("a cell's value only where it is a code, a band, a number or a date of the proceedings", async () => {
    const lines = exportLines().map((line, i) =>
      i === 0 ? `${line},worker,file,born` : `${line},Quorvex ${i % 7},Cabinet ${i % 5},02/02/2015`,
    );
    const yaml = plan.replace(
      "  team: team\n",
      `  team: team
  practitioner: worker
  file_location: file
fields: { born: { column: born, type: date } }
`,
    );
    const folder = workplace(lines, yaml);
    await draw(folder);
    const sampled = (readFileSync(join(folder, "out/sample.csv"), "utf8").split("\n")[1] as string).split(
      ",",
    )[1] as string;
    edit(folder, "children.csv", (text) =>
      text.replace(
        new RegExp(`(\n${sampled.replace("_", ",")},)([^,]*),([FM]),[^,]*,(.*),Team .*`),
        (_, ids, name, gender, rest) =>
          `${ids}${name},${gender === "F" ? "M" : "F"},03/03/2009,${rest},Team 9,Quorvex 99,Cabinet 99,04/04/2012`,
      ),
    );
    const texts = (await verify(folder)).differences.map(({ text }) => text);
    const ofChild = texts.filter((text) => text.startsWith(`${sampled}, in the sample: `));
    for (const name of ["practitioner", "file_location", "team", "born"])
      expect(ofChild).toContain(`${sampled}, in the sample: ${name} has another value`);
    expect(ofChild.some((text) => /: gender was "(fe)?male" and is "(fe)?male"$/.test(text))).toBe(true);
    // Born in 2015 or 2009, at the reference date of 16 November 2026.
    expect(ofChild).toContain(`${sampled}, in the sample: age_band was "10 to 15" and is "16 and over"`);
    expect(texts.join("\n")).not.toMatch(/Quorvex|Cabinet|2009|2012|2015/);
  });

  test("a column taken out of balance.csv, by their number", async () => {
    const folder = await drawn();
    edit(folder, "out/balance.csv", (text) => text.replace(/,[^,\n]*$/gm, ""));
    const { differences } = await verify(folder);
    expect(differences.map(({ text }) => text)).toEqual([
      "was edited since the draw: it has 7 columns where the replay gives 8",
    ]);
  });

  test("a row added", async () => {
    const folder = await drawn();
    edit(folder, "children.csv", (text) => `${text}9999,1,S,F,01/01/2015,public,01/06/2026,,Team 1\n`);
    const { differences } = await verify(folder);
    const texts = differences.map(({ text }) => text);
    expect(texts).toContain("rows read: the manifest says 120, the data gives 121");
    expect(texts).toContain("eligible units: the manifest says 90, the data gives 91");
  });

  test("a cell edited in sample.csv, with its row and column", async () => {
    const folder = await drawn();
    edit(folder, "out/sample.csv", (text) => text.replace(/\n3,(\S+?),/, "\n3,9999_9,"));
    const { differences, sameDraw } = await verify(folder);
    expect(sameDraw).toBe(true);
    expect(differences).toHaveLength(1);
    expect(differences[0]?.subject).toBe("sample.csv");
    expect(differences[0]?.text).toBe(
      "was edited since the draw: row 4, column unit_id, is not what the replay gives",
    );
  });

  test("another seed in the manifest", async () => {
    const folder = await drawn();
    edit(folder, "out/manifest.json", (text) => text.replace('"seed": "314159"', '"seed": "271828"'));
    const { differences, sameDraw } = await verify(folder);
    expect(sameDraw).toBe(false);
    expect(
      differences.some(({ subject, text }) => subject === "selection" && text.includes('"271828"')),
    ).toBe(true);
  });

  test("another plan, by its path, and whether the draw is touched", async () => {
    const folder = await drawn();
    writeFileSync(join(folder, "titled.yaml"), plan.replace("Test inspection", "Another title"));
    const titled = await verify(folder, { plan: "titled.yaml" });
    expect(titled.sameDraw).toBe(true);
    expect(titled.differences[0]?.text).toBe(
      'title was "Test inspection" at the draw and is "Another title" in titled.yaml',
    );
    writeFileSync(join(folder, "larger.yaml"), plan.replace("size: 12", "size: 13"));
    const larger = await verify(folder, { plan: "larger.yaml" });
    expect(larger.sameDraw).toBe(false);
    expect(larger.differences[0]?.text).toBe("sample.size was 12 at the draw and is 13 in larger.yaml");
    writeFileSync(join(folder, "impossible.yaml"), plan.replace("size: 12", "size: 1200"));
    const impossible = await verify(folder, { plan: "impossible.yaml" });
    expect(impossible.differences.at(-1)?.text).toContain("no draw can be replayed");
  });

  test("an output that is missing, and a hash of the manifest that is wrong", async () => {
    const folder = await drawn();
    rmSync(join(folder, "out", "strata.csv"));
    edit(folder, "out/manifest.json", (text) =>
      text.replace(/("path": "balance.csv",\s+"sha256": ")[0-9a-f]{8}/, "$100000000"),
    );
    const { differences } = await verify(folder);
    expect(differences).toEqual([
      { subject: "manifest", text: "its hash of balance.csv is wrong: the file is what the replay gives" },
      { subject: "strata.csv", text: "is missing from the folder" },
    ]);
  });

  test("an output that is a folder now, or cannot be read any more, is a difference", async () => {
    const folder = await drawn();
    rmSync(join(folder, "out", "strata.csv"));
    mkdirSync(join(folder, "out", "strata.csv"));
    writeFileSync(join(folder, "out", "sample.csv"), Buffer.from([0x22, 0xff, 0x0a]));
    edit(folder, "children.csv", (text) => text.replaceAll("Team 0", "Team 7"));
    const subjects = (await verify(folder)).differences.map(({ subject }) => subject);
    expect(subjects).toContain("strata.csv");
    expect(subjects).toContain("sample.csv");
    expect(subjects).toContain("frame");
  });

  test("the order in which cohort rules are judged", async () => {
    const folder = await drawn();
    const cohort = (rules: string) => plan.replace("{ closed_date: { blank: true } }", `{ ${rules} }`);
    writeFileSync(
      join(folder, "plan.yaml"),
      cohort("closed_date: { blank: true }, law_type: [public, private]"),
    );
    rmSync(join(folder, "out"), { recursive: true });
    await draw(folder);
    writeFileSync(
      join(folder, "turned.yaml"),
      cohort("law_type: [public, private], closed_date: { blank: true }"),
    );
    const { differences } = await verify(folder, { plan: "turned.yaml" });
    expect(differences[0]?.text).toMatch(/^cohort\.include \(order\) was/);
  });

  test("figures of the manifest that were changed", async () => {
    const folder = await drawn();
    edit(folder, "out/manifest.json", (text) =>
      text.replace('"eligible": 90', '"eligible": 91').replace(/"population": \d+/, '"population": 7'),
    );
    const texts = (await verify(folder)).differences.map(({ text }) => text);
    expect(texts[0]).toBe("eligible units: the manifest says 91, the data gives 90");
    expect(texts[1]).toMatch(/^"private \/ .*": population was 7 and is \d+$/);
  });
});

test("an algorithm or an estimation that the replay does not have is a difference", async () => {
  const folder = await drawn();
  edit(folder, "out/manifest.json", (text) => text.replace('"stratified-random"', '"stratified-balanced"'));
  expect((await verify(folder)).differences.map(({ text }) => text)).toEqual([
    'algorithm.name is recorded as "stratified-balanced", and the replay gives "stratified-random"',
    expect.stringMatching(/^line 1 of .*draws\.jsonl has another algorithm than the manifest$/),
  ]);
  const other = await drawn();
  edit(other, "out/manifest.json", (text) =>
    text.replace(
      '"outputs": [',
      '"estimation": { "stream": "x", "replays": 99, "discarded": 0 },\n  "outputs": [',
    ),
  );
  expect((await verify(other)).differences.map(({ text }) => text)).toEqual([
    'estimation is recorded as {"stream":"x","replays":99,"discarded":0}, and the replay gives nothing',
  ]);
});

describe("what could not be done is an error", () => {
  test("an algorithm version that this release lacks names the one that has it", async () => {
    const folder = await drawn();
    edit(folder, "out/manifest.json", (text) =>
      text.replace(/("name": "stratified-random",\s+"version": )1/, "$19"),
    );
    await expect(verify(folder)).rejects.toThrow(/version 9.*Verify it with casedraw \d/s);
  });

  test("a missing input is an error, whatever the plan", async () => {
    const folder = await drawn();
    writeFileSync(join(folder, "titled.yaml"), plan.replace("Test inspection", "Another title"));
    rmSync(join(folder, "children.csv"));
    expect(await codeOf(verify(folder, { plan: "titled.yaml" }))).toBe("FILE_NOT_FOUND");
  });

  test("missing data, a missing folder, a folder that is none, a manifest that is none, a file that is no input", async () => {
    const folder = await drawn();
    expect(await codeOf(verify(folder, { data: ["elsewhere/other.csv", "b.csv"] }))).toBe(
      "DATA_NOT_AN_INPUT",
    );
    rmSync(join(folder, "children.csv"));
    expect(await codeOf(verify(folder))).toBe("FILE_NOT_FOUND");
    writeFileSync(join(folder, "out", "manifest.json"), "{");
    expect(await codeOf(verify(folder))).toBe("MANIFEST_INVALID");
    rmSync(join(folder, "out", "manifest.json"));
    expect(await codeOf(verify(folder))).toBe("SAMPLE_FOLDER_INCOMPLETE");
    rmSync(join(folder, "out"), { recursive: true });
    expect(await codeOf(verify(folder))).toBe("FILE_NOT_FOUND");
  });
});
