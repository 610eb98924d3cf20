import { describe, expect, test } from "vitest";
import { synthesise } from "../../src/synth/synthesise.js";

const options = { rows: 54_000, seed: "314159" };
const clean = [...synthesise(options).rows()];
const messyExport = synthesise({ ...options, messy: true });
const records = [...messyExport.rows()];
const messy = records.filter((row) => row.some((cell) => cell !== ""));
const { headers } = synthesise(options);
const column = (header: string): number => headers.indexOf(header);

/** Of the cells that are filled in the clean export and pass, the share whose messy text passes too. */
function rate(header: string, spoilt: (messy: string, clean: string) => boolean, eligible = /./): number {
  const index = column(header);
  let all = 0;
  let hit = 0;
  for (const [i, row] of clean.entries()) {
    const text = row[index] as string;
    if (text === "" || !eligible.test(text)) continue;
    all++;
    if (spoilt(messy[i]?.[index] as string, text)) hit++;
  }
  return hit / all;
}

describe("the messy export", () => {
  test("has the clean rows beneath, a blank column behind and a blank record in five hundred", () => {
    expect(messyExport.headers).toEqual([
      ...headers.map((header) =>
        header === "team" ? "team " : header === "first hearing date" ? "first\u00a0hearing date" : header,
      ),
      "",
    ]);
    expect(messy).toHaveLength(54_000);
    expect(records.every((row) => row.length === 25 && row[24] === "")).toBe(true);
    expect((records.length - messy.length) / 54_000).toBeCloseTo(0.002, 3);
    for (const header of ["service area", "DFJ area", "closed date", "Proceedings factors"])
      for (const [i, row] of messy.entries())
        if (row[column(header)] !== clean[i]?.[column(header)]) throw new Error(`${header}, row ${i}`);
  });

  // Stated rates; at 54,000 rows a standard error is at most 0.0015, and larger where few cells qualify.
  test.each([
    ["gender", "blank", 0.01, (text: string) => text === "", /./],
    ["gender", "lettered", 0.12, (text: string) => /^b\) Female$/.test(text), /^Female$/],
    ["gender", "unknown", 0.005, (text: string) => text === "u) UNKNOWN", /./],
    ["gender", "upper case", 0.03, (text: string) => text === "MALE", /^Male$/],
    ["gender", "Boy or Girl", 0.01, (text: string) => /^(Boy|Girl)$/.test(text), /^(Male|Female)$/],
    ["disability (Y/N)", "lettered", 0.08, (text: string) => /^a\) Yes|^b\) No/.test(text), /./],
    ["disability (Y/N)", "words", 0.03, (text: string) => /^(Yes|No)$/.test(text), /./],
    ["disability (Y/N)", "outside", 0.003, (text: string) => /^(ASD|Awaiting)/.test(text), /./],
    [
      "ethnicity",
      "lettered",
      0.1,
      (text: string, from: string) => /^[a-s]\) /.test(text) && text.endsWith(from),
      /./,
    ],
    ["ethnicity", "#N/A", 0.005, (text: string) => text === "#N/A", /./],
    ["ethnicity", "outside", 0.004, (text: string) => /^(Mixed heritage|European|See file)$/.test(text), /./],
    ["law type", "blank", 0.002, (text: string) => text === "", /./],
    ["law type", "upper case", 0.03, (text: string) => /^(PUBLIC|PRIVATE)$/.test(text), /./],
    ["law type", "title case", 0.03, (text: string) => /^(Public|Private)$/.test(text), /./],
    ["case ID", "trailing space", 0.01, (text: string) => text.endsWith(" "), /./],
    ["practitioner", "non-breaking space", 0.02, (text: string) => text.includes("\u00a0"), /./],
    ["court", "curly apostrophe", 0.1, (text: string) => text === "King\u2019s Lynn", /'/],
    ["date of birth", "unpadded", 0.01, (text: string) => /^\d\/|\/\d\//.test(text), /^0|\/0/],
    ["date of birth", "ISO", 0.005, (text: string) => /^\d{4}-\d\d-\d\d$/.test(text), /./],
    ["application date", "serial", 0.005, (text: string) => /^\d{5}$/.test(text), /./],
  ])("%s: %s at %d", (header, _, stated, spoilt, eligible) => {
    const seen = rate(header, spoilt, eligible);
    expect(Math.abs(seen - stated)).toBeLessThan(header === "court" ? 0.05 : 0.1 * stated + 0.0015);
  });

  test("leaves every id what it was, once trimmed", () => {
    for (const [i, row] of messy.entries())
      for (const index of [0, 1]) if (row[index]?.trim() !== clean[i]?.[index]) throw new Error(`row ${i}`);
  });

  test("leaves every date what it was: Excel's serial, ISO and unpadded forms say the same day", () => {
    const days = (text: string): number => {
      if (/^\d{5}$/.test(text)) return Number(text) - 25_569;
      const [a, b, c] = text.includes("-") ? text.split("-") : text.split("/").reverse();
      return Date.UTC(Number(a), Number(b) - 1, Number(c)) / 86_400_000;
    };
    for (const header of ["date of birth", "application date", "allocation date", "last activity date"])
      for (const [i, row] of messy.entries()) {
        const text = row[column(header)] as string;
        if (text !== "" && days(text) !== days(clean[i]?.[column(header)] as string))
          throw new Error(`${header}, row ${i}: ${text}`);
      }
  });
});
