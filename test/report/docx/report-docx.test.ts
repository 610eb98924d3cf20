import { execFileSync } from "node:child_process";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportDocx } from "../../../src/report/docx/report-docx.js";
import { childrenOf, isElement, parseXml, type XmlElement } from "../../../src/report/docx/xml-tree.js";
import { type Compiled, compile } from "../compiled.js";
import { all, part, styleOf, words } from "./read.js";
import { report } from "./sample.js";

let docx: Uint8Array;
let main: XmlElement;
let body: XmlElement[];
beforeAll(async () => {
  docx = await reportDocx(report);
  main = part(docx, "word/document.xml");
  body = (childrenOf(main, "w:body")[0] as XmlElement).children.filter(isElement);
});

describe("a document", () => {
  test("has well-formed parts only, each entry a file", () => {
    for (const [name, bytes] of Object.entries(unzipSync(docx))) {
      expect(name).not.toMatch(/\/$/);
      if (/\.(?:xml|rels)$/.test(name))
        expect(() => parseXml(new TextDecoder().decode(bytes)), name).not.toThrow();
    }
  });

  test("says its language, title, maker and the report's date", () => {
    expect(all(part(docx, "word/styles.xml"), "w:lang").map(({ attributes }) => attributes["w:val"])).toEqual(
      ["en-GB"],
    );
    const core = Object.fromEntries(
      part(docx, "docProps/core.xml").children.map((each) => [
        (each as XmlElement).name,
        (each as XmlElement).children[0],
      ]),
    );
    expect(core).toEqual({
      "dc:title": 'North & South <b>"2026"</b>\ufffd',
      "dc:subject": "Pre-inspection analysis",
      "dc:creator": "casedraw",
      "dc:language": "en-GB",
      "dcterms:created": "2026-11-16T00:00:00Z",
      "dcterms:modified": "2026-11-16T00:00:00Z",
    });
  });

  test("is A4, with the marking in its header and the page in its footer", () => {
    expect(all(main, "w:pgSz")[0]?.attributes).toMatchObject({ "w:w": "11906", "w:h": "16838" });
    expect(words(part(docx, "word/header1.xml"))).toBe(report.marking);
    const footer = part(docx, "word/footer1.xml");
    expect(words(footer)).toBe("Page  of ");
    expect(all(footer, "w:instrText").map(({ children }) => children.join(""))).toEqual(["PAGE", "NUMPAGES"]);
    expect(all(main, "w:headerReference").map(({ attributes }) => attributes["w:type"])).toEqual(["default"]);
  });

  test("has headings in order, none more than a level below the one before", () => {
    const headings = body
      .filter((each) => /^Heading\d$/.test(styleOf(each)))
      .map((each) => `${styleOf(each).slice(-1)} ${words(each)}`);
    expect(headings).toEqual([
      "1 Key messages",
      "1 Contents",
      "1 Candidate lines of enquiry",
      "1 Contextual overview",
      // The officer's own second level, with no first level above it.
      "2 Below the part",
      "2 How old are children?",
      "2 Where are they?",
      "1 Tables",
    ]);
    const styles = all(part(docx, "word/styles.xml"), "w:style").map(
      ({ attributes }) => attributes["w:styleId"],
    );
    for (const paragraph of all(main, "w:p"))
      if (styleOf(paragraph) !== "") expect(styles).toContain(styleOf(paragraph));
  });

  test("has a text alternative for each picture, none wider or higher than a page, one number each", () => {
    const pictures = all(main, "wp:docPr");
    expect(pictures.map(({ attributes }) => [attributes.id, attributes.descr])).toEqual([
      ["1", 'Bars: 5 to 9 has 40.0% of "children" & <more>.'],
      ["2", 'Continues the chart "Most children are 5 to 9", part 2 of 2.'],
    ]);
    // 914,400 units to the inch; A4 is 8.27 by 11.69 inches.
    const sizes = all(main, "wp:extent").map(({ attributes }) => [
      Number(attributes.cx),
      Number(attributes.cy),
    ]);
    for (const [width = 0, height = 0] of sizes) {
      expect(width / 914_400).toBeLessThan(7.1);
      expect(height / 914_400).toBeLessThan(9.5);
    }
    expect(Math.abs((sizes[1]?.[0] ?? 0) / (sizes[1]?.[1] ?? 1) - 680 / 1000)).toBeLessThan(0.005);
  });

  test("says where a picture is that could not be made, with its alternative", () => {
    const at = body.findIndex((each) => words(each) === "No picture here");
    expect(words(body[at + 2] as XmlElement)).toMatch(/^The picture is not here.* Bars: 5 to 9 has/);
  });

  test("repeats the header row of each table, splits no row and has a caption above each table of figures", () => {
    const tables = all(main, "w:tbl");
    expect(tables).toHaveLength(5);
    for (const table of tables) {
      const rows = childrenOf(table, "w:tr");
      expect(all(rows[0] as XmlElement, "w:tblHeader")).toHaveLength(1);
      expect(all(table, "w:tblHeader")).toHaveLength(1);
      for (const row of rows) expect(all(row, "w:cantSplit")).toHaveLength(1);
      const widths = all(table, "w:gridCol").map(({ attributes }) => Number(attributes["w:w"]));
      expect(widths.reduce((sum, width) => sum + width, 0)).toBe(11906 - 2 * 850);
      expect(styleName(table)).toBe("TableGrid");
    }
    const captioned = body.filter(
      (each, at) => each.name === "w:tbl" && styleOf(body[at - 1] as XmlElement) === "Caption",
    );
    expect(captioned).toHaveLength(3);
  });

  test("a table of more than 25 rows stands whole at the end, with a link to it", () => {
    const at = body.findIndex((each) => words(each).includes("the table has 26 rows"));
    const link = all(body[at] as XmlElement, "w:hyperlink")[0];
    const target = all(main, "w:bookmarkStart").find(
      ({ attributes }) => attributes["w:name"] === link?.attributes["w:anchor"],
    );
    expect(target).toBeDefined();
    const heading = body.findIndex((each) => words(each) === "Tables" && styleOf(each) === "Heading1");
    expect(words(body[heading + 1] as XmlElement)).toBe("Children by age, 16 November 2026 (area)");
    expect(childrenOf(body[heading + 2] as XmlElement, "w:tr")).toHaveLength(27);
  });

  test("hidden figures are shown as such, and figures with their interval", () => {
    const table = all(main, "w:tbl")[2] as XmlElement;
    const rows = childrenOf(table, "w:tr").map((row) => childrenOf(row, "w:tc").map(words));
    expect(rows.slice(0, 3)).toEqual([
      ["Age", "Children", "Share of children", "95% interval of share of children"],
      ["Level 1", "[c]", "[c]", "[c]"],
      ["Level 2", "1,000", "10.0%", "5.0% to 20.0%"],
    ]);
  });

  test("has no empty paragraph, but where two tables would be one", () => {
    const empty = body.flatMap((each, at) =>
      each.name === "w:p" && words(each) === "" && all(each, "w:drawing").length === 0 ? [at] : [],
    );
    expect(empty.map((at) => [body[at - 1]?.name, body[at + 1]?.name])).toEqual([["w:tbl", "w:tbl"]]);
  });

  test("lists are lists, and each numbered one counts from 1", () => {
    const numbered = body
      .filter((each) => all(each, "w:numPr").length > 0)
      .map((each) => [
        words(each),
        all(each, "w:ilvl")[0]?.attributes["w:val"],
        all(each, "w:numId")[0]?.attributes["w:val"],
      ]);
    const numberOf = (text: string): string => numbered.find(([words]) => words === text)?.[2] as string;
    expect(numbered.map(([text, level]) => `${level} ${text}`)).toEqual([
      "0 Half of children are under 5. See: How old are children?",
      "0 The share open is not known.",
      "0 Ask about area A1.",
      "0 first",
      "1 inside",
      "0 second",
      "0 counts from one again",
    ]);
    expect(numberOf("first")).toBe(numberOf("second"));
    expect(numberOf("counts from one again")).not.toBe(numberOf("first"));
    const known = all(part(docx, "word/numbering.xml"), "w:num").map(
      ({ attributes }) => attributes["w:numId"],
    );
    for (const [, , number] of numbered) expect(known).toContain(number);
  });

  test("links lead to the web, to mail and inside only, and bookmarks are told apart", () => {
    const outside = all(part(docx, "word/_rels/document.xml.rels"), "Relationship").filter(
      ({ attributes }) => attributes.TargetMode === "External",
    );
    expect(outside.map(({ attributes }) => attributes.Target)).toEqual(["https://www.gov.uk/a?b=1&c=2"]);
    expect(words(main)).toContain("and not this.");
    const anchors = all(main, "w:hyperlink").flatMap(({ attributes }) => attributes["w:anchor"] ?? []);
    const bookmarks = all(main, "w:bookmarkStart").map(({ attributes }) => attributes);
    for (const anchor of anchors) expect(bookmarks.map((each) => each["w:name"])).toContain(anchor);
    expect(new Set(bookmarks.map((each) => each["w:id"])).size).toBe(bookmarks.length);
    expect(all(main, "w:bookmarkEnd").map(({ attributes }) => attributes["w:id"])).toEqual(
      bookmarks.map((each) => each["w:id"]),
    );
  });
});

describe("the bytes", () => {
  let compiled: Compiled;
  beforeAll(() => {
    compiled = compile("report/docx/report-docx.ts");
  });
  afterAll(() => compiled.remove());

  test("are the same each time, in every time zone", async () => {
    expect(Buffer.from(await reportDocx(report)).equals(docx)).toBe(true);
    const source = `
      import { createHash } from "node:crypto";
      import { reportDocx } from ${JSON.stringify(compiled.url("report/docx/report-docx.js"))};
      const report = JSON.parse(process.env.REPORT, (key, value) =>
        key === "bytes" ? new Uint8Array(value) : value);
      console.log(createHash("sha256").update(await reportDocx(report)).digest("hex"));
    `;
    const asJson = JSON.stringify(report, (_, value) => (value instanceof Uint8Array ? [...value] : value));
    const digests = ["UTC", "Pacific/Kiritimati", "America/St_Johns"].map((TZ) =>
      execFileSync(process.execPath, ["--input-type=module", "--eval", source], {
        env: { ...process.env, TZ, REPORT: asJson },
        encoding: "utf8",
      }),
    );
    expect(new Set(digests).size).toBe(1);
  });
});

function styleName(table: XmlElement): string | undefined {
  return all(table, "w:tblStyle")[0]?.attributes["w:val"];
}
