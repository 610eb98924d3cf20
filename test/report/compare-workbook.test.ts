import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { sameWorkbookContent } from "../../src/report/workbook/compare.js";
import { workbookBytes } from "../../src/report/workbook/workbook.js";
import { book } from "./book.js";

const written = workbookBytes(book);

/** The workbook with each part rewritten, packed as another program would: other order, level and times. */
function repacked(rewrite: (part: string, name: string) => string): Uint8Array {
  const parts = Object.entries(unzipSync(written)).map(([name, bytes]) => {
    return [name, strToU8(rewrite(strFromU8(bytes), name))] as const;
  });
  return zipSync(Object.fromEntries(parts.reverse()), { level: 9, mtime: new Date(2026, 10, 17) });
}

const sample = "xl/worksheets/sheet4.xml";
const at = (wanted: string, change: (part: string) => string) => (part: string, name: string) =>
  name === wanted ? change(part) : part;

/** The first shared string put at the end, with every cell that names one following. */
function reordered(part: string, name: string): string {
  if (name === "xl/sharedStrings.xml") {
    return part.replace(/(<sst[^>]*>)(<si>.*?<\/si>)(.*)<\/sst>/s, "$1$3$2</sst>");
  }
  const last =
    [...strFromU8(unzipSync(written)["xl/sharedStrings.xml"] ?? strToU8("")).matchAll(/<si>/g)].length - 1;
  return part.replace(
    /t="s"><v>(\d+)<\/v>/g,
    (_, number) => `t="s"><v>${number === "0" ? last : Number(number) - 1}</v>`,
  );
}

test.each<[string, (part: string, name: string) => string]>([
  ["packed otherwise", (part) => part],
  ["with its shared texts in another order", reordered],
  ["with other styles", at("xl/styles.xml", (part) => part.replaceAll("Arial", "Calibri"))],
  [
    "with another size of window and cursor",
    at(sample, (part) => part.replace('activeCell="A1" sqref="A1"', 'activeCell="C5" sqref="C5"')),
  ],
  [
    "with 15 digits a number",
    at(sample, (part) => part.replaceAll("0.3333333333333333", "0.333333333333333")),
  ],
  [
    "with 17 digits a number",
    at(sample, (part) => part.replaceAll("0.3333333333333333", "0.33333333333333331")),
  ],
  [
    "with a blank cell's format kept",
    at(sample, (part) => part.replace('</row><row r="6"', '<c r="F5" s="6"/></row><row r="6"')),
  ],
])("a workbook %s has the same content", async (_, rewrite) => {
  const found = repacked(rewrite);
  expect(Buffer.from(found).equals(written)).toBe(false);
  expect(await sameWorkbookContent(found, written)).toBe(true);
});

test.each<[string, (part: string, name: string) => string]>([
  ["an id", at("xl/sharedStrings.xml", (part) => part.replace("0008453_2", "0008453_3"))],
  ["an id's leading zeros", at("xl/sharedStrings.xml", (part) => part.replace(">007<", ">7<"))],
  [
    "the order of two ids",
    (part, name) =>
      at(sample, (xml) => xml.replace(/(B4".*?<v>)(\d+)(.*?B5".*?<v>)(\d+)/s, "$1$4$3$2"))(part, name),
  ],
  ["a number's tenth digit", at(sample, (part) => part.replace("0.3333333333333333", "0.3333333334"))],
  ["a whole number", at(sample, (part) => part.replace(/(A5"[^>]*><v>)2</, "$13<"))],
  [
    "a cell that was blank",
    at(sample, (part) => part.replace('</row><row r="5"', '<c r="E4"><v>1</v></c></row><row r="5"')),
  ],
  [
    "a formula that was never worked out",
    at(sample, (part) => part.replace('</row><row r="5"', '<c r="E4"><f>A4</f></c></row><row r="5"')),
  ],
  ["a cell taken away", at(sample, (part) => part.replace(/<c r="E5".*?<\/c>/, ""))],
  ["a row taken away", at(sample, (part) => part.replace(/<row r="9".*?<\/row>/, ""))],
  ["a note", at("xl/sharedStrings.xml", (part) => part.replace("Synthetic.", "Real."))],
  ["a sheet's name", at("xl/workbook.xml", (part) => part.replace('name="Sample"', 'name="Sample 2"'))],
  ["a sheet taken away", at("xl/workbook.xml", (part) => part.replace(/<sheet name="O.*?\/>/, ""))],
])("a workbook with another content is told: %s", async (_, rewrite) => {
  expect(repacked(rewrite)).not.toEqual(repacked((part) => part));
  expect(await sameWorkbookContent(repacked(rewrite), written)).toBe(false);
});

test("what is no workbook any more is not the same", async () => {
  expect(await sameWorkbookContent(new Uint8Array(0), written)).toBe(false);
  expect(await sameWorkbookContent(strToU8("unit_id\n007\n"), written)).toBe(false);
  expect(await sameWorkbookContent(written.subarray(0, written.length / 2), written)).toBe(false);
  expect(await sameWorkbookContent(zipSync({ "a.txt": strToU8("x") }), written)).toBe(false);
  expect(await sameWorkbookContent(repacked(at(sample, (part) => part.slice(0, 200))), written)).toBe(false);
});
