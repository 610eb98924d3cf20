import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dotStrip } from "../../src/report/page/dot-strip.js";
import { html, styleElement, svgElement } from "../../src/report/page/html.js";
import { type PageContent, pageHtml } from "../../src/report/page/page.js";
import { dataTable } from "../../src/report/page/table.js";

const hostile = `"><script>alert('x')</script><style>*{}</style>&amp;`;

const content: PageContent = {
  title: hostile,
  kind: "Test page",
  marking: `Internal ${hostile}`,
  lede: hostile,
  summary: { id: "short", heading: "In short", body: hostile },
  sections: [
    { id: "first", heading: hostile, body: html`<p>${hostile}</p>` },
    {
      id: "second",
      heading: "Second",
      body: "",
      sections: [
        {
          id: "inner",
          heading: "Inner",
          body: dataTable({
            id: "table",
            caption: hostile,
            columns: [{ header: hostile }, { header: "Number", kind: "number" }],
            rows: [[hostile, 1]],
            total: ["All", 1],
          }),
        },
      ],
    },
  ],
  footer: hostile,
};

const page = pageHtml(content);
const tags = [...page.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*\/?>/g)];
const valuesOf = (attribute: string): string[] =>
  tags.flatMap(([, , attributes = ""]) =>
    [...attributes.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, "g"))].map((found) => found[1] as string),
  );

describe("markup", () => {
  test("text is escaped, markup and lists of it stand", () => {
    expect(html`<td title="${`a"b'c`}">${"<&>"}${[html`<b>${1}</b>`, "<i>"]}</td>`.toString()).toBe(
      '<td title="a&quot;b&#39;c">&lt;&amp;&gt;<b>1</b>&lt;i&gt;</td>',
    );
  });

  test("what HTML does not allow becomes the replacement character", () => {
    const control = "\u001b";
    expect(html`${`a\u0000b${control}c\ud800d\ufffee\tf`}`.toString()).toBe(
      "a\ufffdb\ufffdc\ufffdd\ufffde\tf",
    );
  });

  test("no text can open or close anything", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const markup = html`<p title="${text}">${text}</p>`.toString();
        const [, title, body] = /^<p title="([^"]*)">([^<]*)<\/p>$/s.exec(markup) ?? [];
        expect(title).toBeDefined();
        expect(body).toBe(title);
        expect(body).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
    );
  });

  test("a picture stands as it is, but for one that the page's policy would refuse or that could run", () => {
    const picture = '<svg width="9"><title>on load= a &lt;script&gt;</title><path d="M0 0"/></svg>';
    expect(html`<p>${svgElement(picture)}</p>`.toString()).toBe(`<p>${picture}</p>`);
    const inside = (markup: string): string => `<svg width="9">${markup}</svg>`;
    for (const markup of [
      "<p>no picture</p>",
      `${inside("")}<p>`,
      inside("<script>alert(1)</script>"),
      inside("<style>*{}</style>"),
      inside('<path style="fill:red"/>'),
      inside('<path onload="alert(1)"/>'),
      inside('<a href="https://example.org">x</a>'),
      inside("<foreignObject></foreignObject>"),
    ])
      expect(() => svgElement(markup), markup).toThrow(/picture/);
  });

  test("a style sheet cannot leave its element", () => {
    expect(() => styleElement("p{}</style>")).toThrow(/style sheet/);
    expect(styleElement('p{content:"a"}').toString()).toBe('<style>p{content:"a"}</style>');
  });
});

describe("a page", () => {
  test("nothing that was given as text became an element", () => {
    expect(page).not.toContain("<script");
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page.match(/<\/style/g)).toHaveLength(1);
    expect(page.split("&lt;script&gt;").length).toBeGreaterThan(8);
  });

  test("the policy allows the page's own style sheet and nothing else that loads or runs", () => {
    const style = /<style>(.*)<\/style>/s.exec(page)?.[1] as string;
    const digest = createHash("sha256").update(style, "utf8").digest("base64");
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-${digest}&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;">`,
    );
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style>"));
  });

  test("it refers to nothing outside itself and has no script or style on an element", () => {
    expect(valuesOf("href").filter((target) => !target.startsWith("#"))).toEqual([]);
    expect(valuesOf("src")).toEqual([]);
    expect(page).not.toMatch(/https?:|url\(|@import|\sstyle=|\son[a-z]+="/);
  });

  test("language, one h1, no level of heading left out, every id once and every link to one", () => {
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en-GB">/);
    const levels = tags.flatMap(([, name = ""]) => (/^h[1-6]$/.test(name) ? [Number(name.slice(1))] : []));
    expect(levels).toEqual([1, 2, 2, 2, 2, 3]);
    const ids = valuesOf("id");
    expect(new Set(ids).size).toBe(ids.length);
    for (const target of [...valuesOf("href").map((link) => link.slice(1)), ...valuesOf("aria-labelledby")])
      expect(ids).toContain(target);
    expect(valuesOf("href")).toEqual(["#main", "#first", "#second", "#inner"]);
    for (const landmark of ["header", "main", "nav", "footer"])
      expect(
        tags.filter(([, name]) => name === landmark),
        landmark,
      ).toHaveLength(1);
  });

  test("the summary stands above the contents", () => {
    expect(page.indexOf('id="short"')).toBeLessThan(page.indexOf('id="contents"'));
  });

  test("the marking is printed on every sheet, its signs as code points", () => {
    expect(page).toContain('@top-left{content:"Internal \\22 \\3e \\3c script\\3e alert\\28 \\27 x');
  });

  test("two sections of one name are a mistake", () => {
    const [first] = content.sections as [PageContent["sections"][number]];
    expect(() => pageHtml({ ...content, sections: [first, first] })).toThrow(/called first/);
    expect(() => pageHtml({ ...content, sections: [{ ...first, id: "main" }] })).toThrow(/called main/);
  });
});

test("a table says what its cells are about, and can be scrolled from the keyboard", () => {
  const table = dataTable({
    id: "t",
    caption: "C",
    columns: [{ header: "Name" }, { header: "N", kind: "number" }, { header: "P", kind: "picture" }],
    rows: [["a", 1, "x"]],
    total: ["All", 1, ""],
  }).toString();
  expect(table.replaceAll("\n", "")).toBe(
    '<div class="scroll" role="region" aria-labelledby="t" tabindex="0"><table><caption id="t"><span>C</span></caption>' +
      '<thead><tr><th scope="col">Name</th><th scope="col" class="number">N</th><th scope="col" class="picture">P</th></tr></thead>' +
      '<tbody><tr><th scope="row">a</th><td class="number">1</td><td class="picture">x</td></tr></tbody>' +
      '<tfoot><tr><th scope="row">All</th><td class="number">1</td><td class="picture"></td></tr></tfoot></table></div>',
  );
});

test("a row that does not fit its headers is a mistake", () => {
  expect(() => dataTable({ id: "t", caption: "C", columns: [{ header: "a" }], rows: [["x", 1]] })).toThrow(
    /2 cells under 1 header/,
  );
});

// By hand: 240 wide with 6 left free on both sides, so 0 is at 6, all of the scale at 234, half of it at 120.
test.each([
  [0, "6.0"],
  [40, "120.0"],
  [80, "234.0"],
  [10, "34.5"],
])("a strip's mark for %d of 80 stands at %s", (share, at) => {
  const strip = dotStrip({ population: share, sample: 80 - share, scale: 80 }).toString();
  expect(strip).toContain(`class="mark" d="M${at} `);
  expect(dotStrip({ population: 1, sample: share, scale: 80 }).toString()).toContain(
    `<circle class="dot" cx="${at}"`,
  );
  expect(strip).toMatch(/^<svg [^>]*aria-hidden="true"/);
});

test("a page with charts brings their font along, and still loads nothing", () => {
  const page = pageHtml({ ...content, charts: true });
  expect(page).toContain("font-src data:;");
  const faces = page.match(/@font-face\{[^}]*\}/g) ?? [];
  expect(faces.map((face) => /font-weight:(\d+)/.exec(face)?.[1])).toEqual(["400", "600"]);
  // "wOF2", the first bytes of a WOFF2 file, in base64.
  for (const face of faces) expect(face).toContain("url(data:font/woff2;base64,d09GMg");
  expect(page).not.toMatch(/url\((?!data:)/);
});
