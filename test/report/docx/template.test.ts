import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { reportDocx } from "../../../src/report/docx/report-docx.js";
import { childrenOf, isElement, parseXml, type XmlElement } from "../../../src/report/docx/xml-tree.js";
import { all, part, styleOf, words } from "./read.js";
import { report } from "./sample.js";

const word =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const type = "application/vnd.openxmlformats-officedocument.wordprocessingml";

const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const section =
  '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>' +
  '<w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="700" w:footer="700" w:gutter="0"/></w:sectPr>';

/** A document such as Word writes, in a Word whose first heading has a German id. */
const parts: Readonly<Record<string, string>> = {
  "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${type}.template.main+xml"/></Types>`,
  "_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
  "word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${office}/header" Target="header1.xml"/></Relationships>`,
  "word/header1.xml": `<w:hdr ${word}>${paragraph("Team A: {{marking}}")}</w:hdr>`,
  "word/styles.xml": `<w:styles ${word}><w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="Our own"/></w:style></w:styles>`,
  "word/document.xml":
    `<w:document ${word}><w:body>` +
    // Word cuts what was typed into runs where it checked the spelling.
    '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{{ti</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>tle}} of {{</w:t></w:r><w:r><w:t>date}}</w:t></w:r></w:p>' +
    '<w:p><w:bookmarkStart w:id="7" w:name="mine"/><w:bookmarkEnd w:id="7"/></w:p>' +
    "<w:p><w:r><w:t>{{</w:t></w:r><w:r><w:t>report}}</w:t></w:r></w:p>" +
    `${paragraph("After the report, {{unknown}}")}${section}</w:body></w:document>`,
};

function templateOf(changes: Readonly<Record<string, string>> = {}): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries({ ...parts, ...changes }).map(([name, text]) => [name, strToU8(text)])),
  );
}

const withBody = (body: string): Uint8Array =>
  templateOf({ "word/document.xml": `<w:document ${word}><w:body>${body}${section}</w:body></w:document>` });

const childrenOfBody = (docx: Uint8Array): XmlElement[] =>
  (childrenOf(part(docx, "word/document.xml"), "w:body")[0] as XmlElement).children.filter(isElement);

describe("a report in a template", () => {
  const made = reportDocx(report, { template: templateOf() });

  test("stands where the template says, between what was there", async () => {
    const body = childrenOfBody(await made);
    expect(words(body[0] as XmlElement)).toBe('North & South <b>"2026"</b>\ufffd of 16 November 2026');
    expect(words(body[2] as XmlElement)).toBe("What the data say. {{title}} stays as it is.");
    expect(words(body.at(-2) as XmlElement)).toBe("After the report, {{unknown}}");
    expect(body.at(-1)?.name).toBe("w:sectPr");
    expect(words(part(await made, "word/header1.xml"))).toBe(`Team A: ${report.marking}`);
    expect(all(part(await made, "word/document.xml"), "w:pgMar")).toHaveLength(1);
  });

  test("has the template's styles by their names, and its own where there are none", async () => {
    const headings = childrenOfBody(await made).filter((each) => words(each) === "Key messages");
    expect(headings.map(styleOf)).toEqual(["berschrift1"]);
    const styles = new Map(
      all(part(await made, "word/styles.xml"), "w:style").map((style) => [
        style.attributes["w:styleId"],
        childrenOf(style, "w:name")[0]?.attributes["w:val"],
      ]),
    );
    expect(styles.get("Caption")).toBe("Our own");
    expect(styles.get("casedrawCaption")).toBe("caption");
    const base = all(part(await made, "word/styles.xml"), "w:style").find(
      ({ attributes }) => attributes["w:styleId"] === "casedrawCaption",
    ) as XmlElement;
    expect(childrenOf(base, "w:basedOn")[0]?.attributes["w:val"]).toBe("Standard");
    const defaults = all(part(await made, "word/styles.xml"), "w:style").filter(
      ({ attributes }) => attributes["w:default"] === "1" && attributes["w:type"] === "paragraph",
    );
    expect(defaults).toHaveLength(1);
    for (const paragraph of all(part(await made, "word/document.xml"), "w:p"))
      if (styleOf(paragraph) !== "") expect([...styles.keys()]).toContain(styleOf(paragraph));
  });

  test("brings its lists, links and pictures along, and says of what type they are", async () => {
    const docx = await made;
    const main = part(docx, "word/document.xml");
    const numbers = all(part(docx, "word/casedraw-numbering.xml"), "w:num").map(
      ({ attributes }) => attributes["w:numId"],
    );
    for (const { attributes } of all(main, "w:numId")) expect(numbers).toContain(attributes["w:val"]);
    const relations = new Map(
      all(part(docx, "word/_rels/document.xml.rels"), "Relationship").map(({ attributes }) => [
        attributes.Id,
        attributes,
      ]),
    );
    const pictures = all(main, "a:blip").map(
      ({ attributes }) => relations.get(attributes["r:embed"])?.Target,
    );
    expect(pictures).toHaveLength(2);
    for (const picture of pictures) expect(Object.keys(unzipSync(docx))).toContain(`word/${picture}`);
    const links = all(main, "w:hyperlink").flatMap(({ attributes }) => attributes["r:id"] ?? []);
    expect(links.map((id) => relations.get(id)?.Target)).toEqual(["https://www.gov.uk/a?b=1&c=2"]);
    const types = all(part(docx, "[Content_Types].xml"), "Default").map(
      ({ attributes }) => attributes.Extension,
    );
    expect(types).toContain("png");
    const document = all(part(docx, "[Content_Types].xml"), "Override").find(
      ({ attributes }) => attributes.PartName === "/word/document.xml",
    );
    expect(document?.attributes.ContentType).toBe(`${type}.document.main+xml`);
    const bookmarks = all(main, "w:bookmarkStart").map(({ attributes }) => attributes["w:id"]);
    expect(new Set(bookmarks).size).toBe(bookmarks.length);
  });

  test("is as wide as the template's text", async () => {
    const main = part(await made, "word/document.xml");
    // By hand: 11906 less two margins of 1800.
    for (const table of all(main, "w:tbl")) {
      const widths = all(table, "w:gridCol").map(({ attributes }) => Number(attributes["w:w"]));
      expect(Math.abs(widths.reduce((sum, width) => sum + width, 0) - 8306)).toBeLessThan(4);
    }
    // 635 units of a picture to the twentieth of a point.
    for (const { attributes } of all(main, "wp:extent"))
      expect(Number(attributes.cx) / 635).toBeLessThanOrEqual(8306);
  });

  test("has the same bytes each time", async () => {
    expect(Buffer.from(await reportDocx(report, { template: templateOf() })).equals(await made)).toBe(true);
  });

  test("keeps the section that ended where it stands, and has a title where the template has none", async () => {
    const docx = await reportDocx(report, {
      template: withBody(
        `<w:p><w:pPr>${section}</w:pPr><w:r><w:t xml:space="preserve"> {{report}} </w:t></w:r></w:p>${paragraph("Then")}`,
      ),
    });
    const body = childrenOfBody(docx);
    expect(words(body[0] as XmlElement)).toBe('North & South <b>"2026"</b>\ufffd');
    expect(all(body.at(-3) as XmlElement, "w:sectPr")).toHaveLength(1);
    expect(words(body.at(-2) as XmlElement)).toBe("Then");
  });
});

describe("a template is refused", () => {
  const dtd = '<!DOCTYPE w:document [<!ENTITY a "b">]>';
  test.each<[string, Uint8Array, RegExp]>([
    ["text", strToU8("no archive"), /no Word document/],
    ["a broken archive", templateOf().subarray(0, 300), /no Word document/],
    ["another archive", zipSync({ "xl/workbook.xml": strToU8("<a/>") }), /no Word document/],
    ["one without a place", withBody(paragraph("report")), /where the report goes.*Write \{\{report\}\}/],
    ["a place inside a sentence", withBody(paragraph("Here: {{report}}")), /where the report goes/],
    ["two places", withBody(paragraph("{{report}}").repeat(2)), /2 times/],
    [
      "a place in a table",
      withBody(`<w:tbl><w:tr><w:tc>${paragraph("{{report}}")}</w:tc></w:tr></w:tbl>`),
      /in a table.*Move it/,
    ],
    [
      "no place for the marking",
      templateOf({ "word/header1.xml": `<w:hdr ${word}/>` }),
      /marking.*header or footer/,
    ],
    ["a part that is no XML", templateOf({ "word/styles.xml": "<w:styles>" }), /cannot be read/],
    [
      "a document type",
      templateOf({ "word/document.xml": `${dtd}${parts["word/document.xml"]}` }),
      /cannot be read/,
    ],
    [
      "macros",
      templateOf({
        "[Content_Types].xml":
          '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
      }),
      /macros/,
    ],
  ])("%s", async (_, template, message) => {
    await expect(reportDocx(report, { template })).rejects.toMatchObject({
      code: "TEMPLATE_INVALID",
      message: expect.stringMatching(message),
    });
  });

  test("that would unpack to too much", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 2001 }, (_, at) => [`word/${at}.xml`, strToU8("<a/>")]),
    );
    await expect(reportDocx(report, { template: zipSync(many) })).rejects.toThrow(/more than 2000 parts/);
    const large = zipSync({ "word/document.xml": strToU8("<a/>") });
    // The size before packing in the directory's entry, at byte 24 of it (APPNOTE.TXT 4.3.12): 512 MB.
    const entry = Buffer.from(large).indexOf("PK\u0001\u0002", "latin1");
    new DataView(large.buffer, large.byteOffset).setUint32(entry + 24, 512 << 20, true);
    await expect(reportDocx(report, { template: large })).rejects.toThrow(/256 MB/);
  });
});

test("a tree of XML is written as it was read", () => {
  const text = '<a b="1 &amp; &quot;2&quot;&#10;3"><c/> x &lt; y <d xml:space="preserve"> </d></a>';
  const tree = parseXml(`\ufeff<?xml version="1.0"?><!-- no --><?pi x?>${text}`);
  expect(tree.attributes.b).toBe('1 & "2"\n3');
  expect(tree.children[1]).toBe(" x < y ");
});
