import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkLines, checkMarkers, checkWords, checkWorkplace, runIn } from "./check-export.js";
import { textsOf } from "./pia-export.js";

describe.each(["internal", "publishable"])("nobody is named in the %s edition", (edition) => {
  test("no name, remark or date of birth in any byte of any file, or on the screen", async () => {
    const folder = checkWorkplace(
      checkLines({
        11: { "date of birth": checkMarkers.notADay },
        // Born after the application, and a row that stands twice: their findings are about the child.
        12: { "date of birth": checkMarkers.birth, applied: "01/01/2016" },
        21: { "case ID": "C1018", "child ID": "K18" },
      }),
    );
    const words = [...checkWords, "--edition", edition];
    const said = await runIn(folder, ...words, "--out", "q");
    const json = await runIn(folder, ...words, "--json");
    const explained = await runIn(folder, "verify", "q");
    expect([said.code, json.code, explained.code]).toEqual([0, 0, 0]);
    const texts = textsOf(join(folder, "q"));
    for (const [name, { out, err }] of Object.entries({ said, json, explained })) texts.set(name, out + err);
    expect(texts.size).toBeGreaterThan(5);
    const sought = [...Object.values(checkMarkers), "2016-05-17", "17 May 2016", "31 February 2015"];
    for (const word of Object.values(checkMarkers))
      expect(readFileSync(join(folder, "children.csv"), "utf8")).toContain(word);
    for (const word of sought)
      expect(
        [...texts].filter(([, text]) => text.includes(word)).map(([name]) => name),
        word,
      ).toEqual([]);
  });
});

/** Blank disabilities in one area, unknown genders, and children closed before they began: few of each. */
function withFew(blank: number, strange: number, ended: number) {
  const changes: Record<number, Record<string, string>> = {};
  // Row r has the child numbered r − 2, in area (r − 2) mod 4: rows 2, 6, 10 … are in Area 0.
  for (let k = 0; k < blank; k++) changes[2 + 4 * k] = { disability: "" };
  for (let k = 0; k < strange; k++) changes[51 + 4 * k] = { gender: "perhaps" };
  for (let k = 0; k < ended; k++) changes[91 + 4 * k] = { closed: "01/01/2025" };
  return changes;
}

async function publishable(changes: Record<number, Record<string, string>>) {
  const folder = checkWorkplace(checkLines(changes));
  const said = await runIn(folder, ...checkWords, "--edition", "publishable", "--out", "q");
  const json = await runIn(folder, ...checkWords, "--edition", "publishable", "--json");
  expect([said.code, json.code]).toEqual([0, 0]);
  expect(readdirSync(join(folder, "q")).sort()).toEqual(["manifest.json", "quality.html", "run.json"]);
  return { page: readFileSync(join(folder, "q/quality.html"), "utf8"), said: said.out, json: json.out };
}

describe("small counts in the publishable edition", () => {
  test.each([
    [3, 3, 2],
    [2, 4, 2],
    [2, 3, 4],
  ])("are the same page and words with %i, %i and %i", async (...other) => {
    expect(await publishable(withFew(...other))).toEqual(await publishable(withFew(2, 3, 2)));
  });

  test("are marked, and larger ones rounded", async () => {
    const { page, said } = await publishable(withFew(2, 3, 12));
    // 12 rows end before they start: 10 to the nearest 5. 2 of 200 disabilities are blank.
    expect(said).toContain("(closed date and application date): 10 rows.");
    expect(said).toContain("A field is not filled in (disability): [c] rows.");
    expect(page).toMatch(
      /<th scope="row">Disability<\/th><td class="number">200<\/td><td class="number">\[c\]/,
    );
    expect(page).not.toContain("C10");
  });
});
