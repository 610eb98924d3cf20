import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { Edition } from "../../src/analysis/item.js";
import { CasedrawError } from "../../src/errors.js";
import { csvText } from "../../src/report/csv.js";
import { synthesise } from "../../src/synth/synthesise.js";
import { makePia, piaPlan, piaWorkplace, synthPlan, textsOf, verifyPia } from "./pia-export.js";
import { draw, plan as samplePlan, verify, workplace } from "./scratch.js";

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CasedrawError) return error.code;
    throw error;
  }
  throw new Error("expected a CasedrawError");
}

async function verifying(folder: string): Promise<unknown> {
  return await verifyPia(folder);
}

function edit(path: string, change: (text: string) => string): void {
  const before = readFileSync(path, "utf8");
  const after = change(before);
  expect(after, `${path} was not changed`).not.toBe(before);
  writeFileSync(path, after);
}

function subjects(findings: readonly { readonly subject: string; readonly text: string }[]): string[] {
  return findings.map(({ subject, text }) => `${subject}: ${text}`);
}

describe.each<Edition>(["internal", "publishable"])("the %s edition of 3,000 children", (edition) => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "casedraw-pia-"));
    const { headers, rows } = synthesise({ rows: 3_000, seed: "training" });
    writeFileSync(join(folder, "children.csv"), csvText(headers, [...rows()]));
    writeFileSync(
      join(folder, "population.csv"),
      'characteristic,level,population\nethnic_group,White,"9,000,000"\nethnic_group,Asian,1400000\n',
    );
    writeFileSync(join(folder, "complaints.md"), "# Of this year\n\nThree *complaints*.\n");
    writeFileSync(join(folder, "plan.yaml"), synthPlan);
    await makePia(folder, { edition, out: "out", png: edition === "internal" });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("is written whole: every answered question has its table, every chart its picture and specification", () => {
    const manifest = JSON.parse(readFileSync(join(folder, "out/manifest.json"), "utf8"));
    const listed = manifest.outputs.map(({ path }: { path: string }) => path);
    const there = readdirSync(join(folder, "out"), { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.\w+$/.test(name),
    );
    expect(there.filter((name) => !["manifest.json", "run.json"].includes(name)).sort()).toEqual(
      listed.toSorted(),
    );
    const shown = manifest.items.filter((item: { shown: boolean }) => item.shown);
    expect(shown.length).toBeGreaterThanOrEqual(18);
    for (const file of ["pia.html", "tables/age.csv", "charts/gender.svg", "specs/gender.vl.json"])
      expect(listed).toContain(file);
    const names = (folderName: string, ending: string): string[] =>
      listed.filter((name: string) => name.startsWith(folderName) && name.endsWith(ending));
    expect(names("charts/", ".png").length).toBe(
      edition === "internal" ? names("charts/", ".svg").length : 0,
    );
    expect(manifest.edition).toBe(edition);
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("is marked, and has what only it may have", () => {
    const page = readFileSync(join(folder, "out/pia.html"), "utf8");
    const isInternal = edition === "internal";
    expect(page.includes("OFFICIAL-SENSITIVE-TEST")).toBe(isInternal);
    expect(page.includes("Candidate lines of enquiry")).toBe(isInternal);
    const documents = [...textsOf(join(folder, "out"))].filter(([, text]) =>
      text.includes("lines of enquiry"),
    );
    expect(documents.some(([name]) => name.endsWith("word/document.xml"))).toBe(isInternal);
    expect(existsSync(join(folder, "out/tables/sites.csv"))).toBe(isInternal);
    expect(page).toContain("Three <em>complaints</em>.");
    const ownText = "own text stands as written in complaints.md: check it for small numbers and names.";
    expect(page.includes(ownText)).toBe(!isInternal);
    expect(page.includes("A 95% interval is the range")).toBe(true);
    // A count that is not shown has its sign, and the sign its meaning.
    expect(page.includes("[c] is confidential")).toBe(!isInternal);
    expect(page.includes("Counts that are not shown, by question")).toBe(!isInternal);
  });

  test("is verified with nothing to tell", async () => {
    const { differences, notes } = await verifyPia(folder, "out");
    expect([...differences, ...notes]).toEqual([]);
  });
});

describe("verification", () => {
  async function made(edition: Edition = "internal"): Promise<string> {
    const folder = piaWorkplace();
    await makePia(folder, { edition, out: "internal" });
    return folder;
  }

  test("names an edited table, a missing file and one that is not listed", async () => {
    const folder = await made();
    edit(join(folder, "internal/tables/gender.csv"), (text) => text.replace("Neither,3", "Neither,2"));
    rmSync(join(folder, "internal/charts/gender.svg"));
    writeFileSync(join(folder, "internal/my notes.txt"), "x");
    const { differences, notes } = await verifyPia(folder);
    expect(subjects(differences)).toEqual([
      "charts/gender.svg: is missing from the folder",
      "tables/gender.csv: was changed since it was written",
    ]);
    expect(subjects(notes)).toEqual(["my notes.txt: is in the folder and not in the manifest"]);
  });

  test("does not look at teams and handover, which may come into the plan later", async () => {
    const folder = await made();
    const handover = "teams: [{ name: North }]\nhandover: { findings: [{ name: seen }] }\n";
    edit(join(folder, "plan.yaml"), (text) => `${text}${handover}`);
    expect((await verifyPia(folder)).differences).toEqual([]);
  });

  test("names the plan's key that is another, and what comes of it", async () => {
    const folder = await made();
    edit(join(folder, "plan.yaml"), (text) => `${text}pia: { cohort: true }\n`);
    const found = subjects((await verifyPia(folder)).differences);
    expect(found[0]).toBe("plan: pia is another than when the analysis was made");
    expect(found).toContain("tables/age.csv: comes out otherwise when it is made again");
  });

  test.each<Edition>(["internal", "publishable"])(
    "finds a changed cell of the export, %s edition",
    async (edition) => {
      const folder = await made(edition);
      edit(join(folder, "children.csv"), (text) => text.replace(",female,", ",male,"));
      expect(subjects((await verifyPia(folder)).differences)).toContain(
        "data: gives another frame than when the analysis was made",
      );
    },
  );

  test.each<Edition>(["internal", "publishable"])("shuffled rows are a note, %s edition", async (edition) => {
    const folder = await made(edition);
    edit(join(folder, "children.csv"), (text) => {
      const [header, ...rows] = text.trimEnd().split("\n");
      return `${[header, ...rows.toReversed()].join("\n")}\n`;
    });
    const { differences, notes } = await verifyPia(folder);
    expect(differences).toEqual([]);
    expect(subjects(notes)).toEqual([
      "children.csv: has other bytes than when the analysis was made, and gives the same frame",
      // It has 5 rows: who knows the ids could try out which they are.
      ...(edition === "internal"
        ? []
        : [
            "corrected.csv: has no hash in the manifest, as few rows have in a publishable edition: its bytes were not compared",
          ]),
    ]);
  });

  test("does not take a manifest of an internal edition without the hash of an input", async () => {
    const folder = await made();
    edit(join(folder, "internal/manifest.json"), (text) => {
      const manifest = JSON.parse(text);
      delete manifest.inputs[0].sha256;
      return `${JSON.stringify(manifest, null, 2)}\n`;
    });
    expect(await codeOf(verifying(folder))).toBe("MANIFEST_INVALID");
  });

  test.each<Edition>(["internal", "publishable"])(
    "finds an input that the manifest does not name, %s edition",
    async (edition) => {
      const folder = await made(edition);
      edit(join(folder, "internal/manifest.json"), (text) => {
        const manifest = JSON.parse(text);
        manifest.inputs.pop();
        return `${JSON.stringify(manifest, null, 2)}\n`;
      });
      expect(subjects((await verifyPia(folder)).differences)).toEqual([
        "corrected.csv: is read now and is not in the manifest",
      ]);
    },
  );

  test("finds a manifest whose counts or answers were changed", async () => {
    const folder = await made();
    edit(join(folder, "internal/manifest.json"), (text) =>
      text
        .replace(/"rows_read": \d+,\s*"superseded"/, '"rows_read": 7, "superseded"')
        .replace('"shown": false', '"shown": true'),
    );
    const found = subjects((await verifyPia(folder)).differences);
    expect(found).toHaveLength(2);
    expect(found[0]).toBe("manifest: frame.rows_read is recorded otherwise than it comes out");
    expect(found[1]).toMatch(/^manifest: items\.\d+\.shown is recorded otherwise/);
  });

  test("an analysis of another version is not judged", async () => {
    const folder = await made();
    edit(join(folder, "internal/manifest.json"), (text) =>
      text.replace(/("name": "pia",\s*"version": )1/, "$12"),
    );
    expect(await codeOf(verifyPia(folder))).toBe("ALGORITHM_UNKNOWN");
  });

  test("without run.json the plan is named", async () => {
    const folder = await made();
    rmSync(join(folder, "internal/run.json"));
    expect(await codeOf(verifyPia(folder))).toBe("SAMPLE_FOLDER_INCOMPLETE");
    expect((await verifyPia(folder, "internal", { plan: "plan.yaml" })).differences).toEqual([]);
  });
});

test("a sample stays verified when only what the analysis is told changes", async () => {
  const folder = workplace();
  await draw(folder);
  writeFileSync(
    join(folder, "plan.yaml"),
    `${samplePlan}observed: { from: 2025-11-16, to: 2026-11-16 }\ndisclosure: { threshold: 10, round_to: 1 }\npia: { cohort: true }\n`,
  );
  expect(await verify(folder)).toMatchObject({ differences: [], sameDraw: true });
});

test("a plan without data gives a report of its Markdown alone, which is verified", async () => {
  const yaml = `casedraw: 1\ntitle: Before the export\nreference_date: 2026-11-16\npia: { sections: { self_evaluation: own.md } }\n`;
  const folder = piaWorkplace({ yaml });
  writeFileSync(join(folder, "own.md"), "We are *good*.\n");
  const { analysis, outputs } = await makePia(folder);
  expect(analysis.answers).toEqual([]);
  expect(outputs.map(({ path }) => path)).toContain("pia.html");
  expect(outputs.filter(({ path }) => /^(tables|charts|specs)\//.test(path))).toEqual([]);
  const page = readFileSync(join(folder, "internal/pia.html"), "utf8");
  expect(page).toContain("We are <em>good</em>.");
  // 30 questions stand in the catalogue of docs/pia.md.
  expect(page).toContain(
    "No export has been supplied yet, so the 30 questions asked of one are not answered.",
  );
  for (const untrue of ["cannot say anything of this", "small numbers are shown", "Every question"])
    expect(page).not.toContain(untrue);
  expect(await verifyPia(folder)).toMatchObject({ differences: [], notes: [] });
  writeFileSync(join(folder, "own.md"), "We are *better*.\n");
  expect(subjects((await verifyPia(folder)).differences)).toContain(
    "own.md: has other bytes than when the analysis was made",
  );
});

test("an empty text, figures of areas and a file of another kind are told of", async () => {
  const head = "casedraw: 1\ntitle: Before the export\nreference_date: 2026-11-16\n";
  const yaml = `${head}pia: { series: [s.csv], sections: { self_evaluation: own.md } }\n`;
  const folder = piaWorkplace({ yaml });
  writeFileSync(join(folder, "own.md"), "\n");
  writeFileSync(
    join(folder, "s.csv"),
    "area,period,indicator,numerator,denominator\nEngland,2023,A,5,\nEngland,2024,A,6,\nNorth,2024,A,2,\n",
  );
  const { analysis } = await makePia(folder);
  expect(analysis.notes).toEqual([
    "own.md is empty: its section says so.",
    "A: 1 figure is not of England: North (1). It stands in the table by area and not in the series.",
  ]);
  const page = readFileSync(join(folder, "internal/pia.html"), "utf8");
  expect(page).toContain("Supplied, but empty.");
  expect(page).toContain("A by area, the latest figure of each");
  const codeWith = async (pia: string): Promise<CasedrawError> => {
    writeFileSync(join(folder, "plan.yaml"), `${head}pia: ${pia}\n`);
    return makePia(folder, { out: "other" }).then(
      () => Promise.reject(new Error("expected a CasedrawError")),
      (error) => error,
    );
  };
  // The two first bytes of a zip archive, which a workbook is, are all that tells it apart.
  writeFileSync(join(folder, "s.xlsx"), Buffer.from("504b030400000000", "hex"));
  expect(await codeWith("{ series: [s.csv, s.xlsx] }")).toMatchObject({
    code: "SUPPLIED_NOT_CSV",
    details: { file: "s.xlsx", key: "pia.series[1]" },
  });
  expect((await codeWith("{ sections: { self_evaluation: gone.md } }")).message).toContain(
    "(gone.md, pia.sections.self_evaluation)",
  );
});

describe("is refused with nothing written", () => {
  test("for a plan of several frames", async () => {
    const folder = piaWorkplace({
      yaml: `${piaPlan.replace(/^(observed|prefer|disclosure|data):.*\n/gm, "")}data: [{ path: children.csv }]\nframes: { one: { sample: { size: 5 } }, two: { sample: { size: 6 } } }\n`,
    });
    expect(await codeOf(makePia(folder))).toBe("PLAN_WITH_FRAMES");
    expect(readdirSync(folder).sort()).toEqual(["children.csv", "corrected.csv", "plan.yaml"]);
  });

  test("where the output would hold the export, or is a folder that holds something", async () => {
    const folder = piaWorkplace();
    expect(await codeOf(makePia(folder, { out: ".", force: true }))).toBe("OUTPUT_HOLDS_INPUT");
    const yaml = piaPlan.replace("children.csv", "in/children.csv");
    mkdirSync(join(folder, "in"));
    writeFileSync(join(folder, "in/children.csv"), readFileSync(join(folder, "children.csv")));
    writeFileSync(join(folder, "plan.yaml"), yaml);
    expect(await codeOf(makePia(folder, { out: "in", force: true }))).toBe("OUTPUT_HOLDS_INPUT");
    mkdirSync(join(folder, "mine"));
    writeFileSync(join(folder, "mine/diary.txt"), "x");
    expect(await codeOf(makePia(folder, { out: "mine" }))).toBe("OUTPUT_EXISTS");
    expect(await codeOf(makePia(folder, { out: "mine", force: true }))).toBe("OUTPUT_NOT_OURS");
  });
});

test("where nothing draws PNG, all else of an analysis with PNG is made again, and what is not is named", async () => {
  const folder = piaWorkplace();
  const { outputs } = await makePia(folder, { png: true });
  vi.doMock("@resvg/resvg-js", () => {
    throw new Error("Cannot find native binding");
  });
  onTestFinished(() => {
    vi.doUnmock("@resvg/resvg-js");
  });
  vi.resetModules();
  const { verifyPia: again } = await import("./pia-export.js");
  const { differences, notes, unmade } = await again(folder);
  expect([...differences, ...notes]).toEqual([]);
  const inPixels = outputs.map(({ path }) => path).filter((path) => /\.(png|docx)$/.test(path));
  expect(inPixels.length).toBeGreaterThan(10);
  expect([...(unmade?.paths ?? [])].sort()).toEqual(inPixels.sort());
  expect(unmade?.reason).toContain("@resvg/resvg-js is not there");
  const { runIn } = await import("./check-export.js");
  const said = await runIn(folder, "verify", "internal");
  expect(said.code).toBe(2);
  expect(said.out).toMatch(/^Verified in part: internal\n/);
  expect(said.out).toContain(
    `Not made again: ${inPixels.length} files with pictures in PNG, held only to the hash`,
  );
  const { verified, unmade: told } = JSON.parse((await runIn(folder, "verify", "internal", "--json")).out);
  expect([verified, told.paths.length]).toEqual([false, inPixels.length]);

  edit(join(folder, "children.csv"), (text) => text.replace(",female,", ",male,"));
  edit(join(folder, "internal/manifest.json"), (text) =>
    text.replace("charts/gender.png", "charts/other.png"),
  );
  const found = subjects((await again(folder)).differences);
  expect(found).toContain("data: gives another frame than when the analysis was made");
  expect(found).toContain("pia.html: comes out otherwise when it is made again");
  expect(found).toContain("charts/gender.png: is made by this plan and data and was not then");
  expect(found).toContain("charts/other.png: is not made by this plan and data");
});

test("a publishable manifest has no hash by which a short file could be tried out", async () => {
  const folder = piaWorkplace();
  await makePia(folder, { edition: "publishable" });
  // 900 children and 2 corrected rows, as plantedFiles has them.
  const { inputs } = JSON.parse(readFileSync(join(folder, "publishable/manifest.json"), "utf8"));
  expect(inputs).toEqual([
    { path: "children.csv", bytes: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { path: "corrected.csv" },
  ]);
  const { differences, notes } = await verifyPia(folder, "publishable");
  expect(differences).toEqual([]);
  expect(subjects(notes)).toEqual([
    "corrected.csv: has no hash in the manifest, as few rows have in a publishable edition: its bytes were not compared",
  ]);
});

test("without the module that draws PNG everything else is written, with the reason", async () => {
  vi.doMock("@resvg/resvg-js", () => {
    throw new Error("Cannot find native binding");
  });
  onTestFinished(() => {
    vi.doUnmock("@resvg/resvg-js");
  });
  vi.resetModules();
  const { makePia: make } = await import("./pia-export.js");
  const folder = piaWorkplace();
  const { withoutPng, outputs } = await make(folder, { png: true });
  expect(withoutPng).toContain("@resvg/resvg-js is not there");
  expect(outputs.filter(({ path }) => path.endsWith(".png"))).toEqual([]);
  expect(outputs.some(({ path }) => path.endsWith(".svg"))).toBe(true);
  expect(JSON.parse(readFileSync(join(folder, "internal/manifest.json"), "utf8")).png).toBe(false);
});
