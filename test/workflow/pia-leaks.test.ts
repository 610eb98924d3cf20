import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Edition } from "../../src/analysis/item.js";
import { catalogue } from "../../src/cli/catalogue.js";
import { keyMessages } from "../../src/cli/commands/pia.js";
import { main } from "../../src/cli/main.js";
import { analysisManifestText } from "../../src/report/analysis-manifest.js";
import type { OutputFile } from "../../src/report/output-file.js";
import { openPlan } from "../../src/workflow/open-plan.js";
import { analyseFromPlan } from "../../src/workflow/pia/analyse.js";
import { writeAnalysis } from "../../src/workflow/pia/outputs.js";
import { manifestOf } from "../../src/workflow/pia/to-folder.js";
import { fakeHost } from "../cli/fake.js";
import { birthDates, marker, type Planted, partsOf, piaWorkplace, planted, textsOf } from "./pia-export.js";

const monthNames =
  "January February March April May June July August September October November December".split(" ");

/** A date as it may be written: ISO, with strokes, in words and as a spreadsheet's number. */
function waysToWrite(iso: string): string[] {
  const [year, month, day] = iso.split("-") as [string, string, string];
  // Excel counts 1 January 1970 as 25,569.
  const serial = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000 + 25_569;
  return [
    iso,
    `${day}/${month}/${year}`,
    `${Number(day)} ${monthNames[Number(month) - 1]} ${year}`,
    `${serial}`,
  ];
}

test("the ways to write a date", () => {
  // 41332 is what Excel shows for 27 February 2013 as a number.
  expect(waysToWrite("2013-02-27")).toEqual(["2013-02-27", "27/02/2013", "27 February 2013", "41332"]);
});

/** Where a text stands by itself, and not inside a longer number, word or hash. */
function findings(texts: ReadonlyMap<string, string>, sought: readonly string[]): string[] {
  return sought.flatMap((word) => {
    const pattern = new RegExp(`(?<![\\w.])${word.replace(/[/-]/g, "\\$&")}(?![\\w])`);
    return [...texts].filter(([, text]) => pattern.test(text)).map(([name]) => `${word} in ${name}`);
  });
}

async function terminal(folder: string, ...words: string[]): Promise<string> {
  const { host, said } = fakeHost();
  const code = await main(
    ["pia", "--plan", "plan.yaml", "--no-png", ...words],
    { ...host, cwd: folder },
    catalogue,
  );
  expect(code, said.err).toBe(0);
  return `${said.out}${said.err}`;
}

describe.each<Edition>(["internal", "publishable"])("nobody is named in the %s edition", (edition) => {
  test("no name, place of a file, practitioner or date of birth in any byte of any file", async () => {
    const folder = piaWorkplace();
    const said = await terminal(folder, "--edition", edition, "--out", "a");
    const json = await terminal(folder, "--edition", edition, "--out", "b", "--json");
    const texts = textsOf(join(folder, "a"));
    texts.set("terminal", said);
    texts.set("terminal, --json", json);
    expect(texts.size).toBeGreaterThan(20);
    for (const word of Object.values(marker)) {
      // They are in the export, or nothing would be shown by their absence.
      expect(readFileSync(join(folder, "children.csv"), "utf8")).toContain(word);
      expect([...texts].filter(([, text]) => text.includes(word)).map(([name]) => name)).toEqual([]);
    }
    expect(findings(texts, birthDates.flatMap(waysToWrite))).toEqual([]);
  });
});

/** All that a publishable edition says, as a person could publish it. */
async function published(counts: Planted, yaml?: string): Promise<Map<string, string>> {
  const folder = piaWorkplace({ counts, ...(yaml === undefined ? {} : { yaml }) });
  const progress = (): void => {};
  const analysis = await analyseFromPlan(openPlan("plan.yaml", folder), { edition: "publishable", progress });
  const texts = new Map<string, string>();
  const take = (path: string, pieces: (string | Uint8Array)[]): OutputFile => {
    const bytes = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
    for (const [name, text] of partsOf(path, bytes)) texts.set(name, text.replace(/[0-9a-f]{64}/g, "hash"));
    return { path, bytes: 0, sha256: "" };
  };
  texts.set("terminal", keyMessages(analysis).join("\n"));
  await writeAnalysis(
    {
      file: (path, content) => take(path, [content]),
      stream(path) {
        const pieces: (string | Uint8Array)[] = [];
        return { write: (piece) => void pieces.push(piece), close: () => take(path, pieces) };
      },
    },
    // Its p-values are of all children's times: one child more or less moves them.
    { ...analysis, answers: analysis.answers.filter(({ item }) => item.id !== "delay-by") },
    { progress },
  );
  return texts;
}

function linesOf(text: string): string[] {
  return text.replaceAll("><", ">\n<").split("\n");
}

/** Lines in which two publications differ. */
function differences(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  expect([...one.keys()]).toEqual([...other.keys()]);
  return [...one].flatMap(([name, text]) => {
    const [a, b] = [linesOf(text), linesOf(other.get(name) as string)];
    return a.flatMap((line, at) => (line === b[at] ? [] : [`${name}: ${line} | ${b[at]}`])).slice(0, 3);
  });
}

describe("small counts in the publishable edition", () => {
  let first: Promise<Map<string, string>> | undefined;

  // Whoever has the publication cannot tell the one export from the other: no cell, mark, share, bound, sentence, picture,
  // alternative text or order of rows tells the count.
  test.each<Partial<Planted>>([
    { neither: 4 },
    { neither: 2, neitherPrivate: 1 },
    { exploitation: 3 },
    { excluded: 2 },
    { replaced: 4 },
    { blankInFar: 3 },
    { strange: 2 },
    { smallTeam: 3 },
    { unallocated: 2 },
    { inTwoTeams: 1 },
  ])("are the same publication as with %j", async (other) => {
    first ??= published(planted);
    expect(differences(await first, await published({ ...planted, ...other }))).toEqual([]);
  });
});

test("every count of the publishable edition is 0, hidden or a multiple of what counts are rounded to", async () => {
  const analysis = await analyseFromPlan(openPlan("plan.yaml", piaWorkplace()), {
    edition: "publishable",
    progress: () => {},
  });
  const counts = analysis.answers.flatMap((answer) =>
    "result" in answer
      ? answer.result.tables.flatMap(({ id, measures, rows }) =>
          rows.flatMap(({ cells }) =>
            measures.flatMap(({ kind }, at) => (kind === "count" ? [{ id, cell: cells[at] }] : [])),
          ),
        )
      : [],
  );
  expect(counts.length).toBeGreaterThan(300);
  expect(counts.filter(({ cell }) => typeof cell === "object").length).toBeGreaterThan(20);
  expect(counts.filter(({ cell }) => typeof cell === "number" && cell % 5 !== 0)).toEqual([]);
  const manifest = JSON.parse(manifestTextOf(analysis));
  expect(Object.keys(manifest.frame)).toEqual(["digest"]);
  // 900 children, and the few rows of a correction, which could be tried out.
  expect(manifest.inputs.map((input: object) => Object.keys(input))).toEqual([
    ["path", "bytes", "sha256"],
    ["path"],
  ]);
});

function manifestTextOf(analysis: Awaited<ReturnType<typeof analyseFromPlan>>): string {
  return analysisManifestText(manifestOf(analysis, { edition: "publishable", png: false, outputs: [] }));
}
