import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMarkdown } from "../../src/report/document/markdown.js";
import type { ProseBlock } from "../../src/report/document/prose.js";
import { proseHtml } from "../../src/report/page/prose.js";

const blocks = (text: string): readonly ProseBlock[] => readMarkdown(text).blocks;
const html = (text: string, under: 2 | 3 = 3): string =>
  proseHtml(blocks(text), under).toString().replaceAll("\n", "");

describe("Markdown that could do harm", () => {
  test("HTML is text, noted with its line", () => {
    const { notes } = readMarkdown("One <b onclick=x>two</b>\n\n<script>alert(1)</script>\n");
    expect(notes).toEqual([
      "HTML is shown as text (line 1)",
      "HTML is shown as text (line 1)",
      "HTML is shown as text (line 3)",
    ]);
    expect(html("One <b onclick=x>two</b>\n\n<script>alert(1)</script>\n")).toBe(
      "<p>One <code>&lt;b onclick=x&gt;</code>two<code>&lt;/b&gt;</code></p>" +
        '<pre tabindex="0"><code>&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>',
    );
  });

  test.each([
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,y)",
    "[x](file:///etc/passwd)",
    "[x](//example.org)",
    "[x](other.md)",
    "[x](#part)",
    "<vbscript:x>",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x](<https://a b>)",
  ])("%s is no link", (text) => {
    expect(html(text)).not.toContain("<a");
    expect(readMarkdown(text).notes).toEqual([
      "a link that leads neither to the web nor to a mail address is shown as text (line 1)",
    ]);
  });

  test("a link to the web or to a mail address is one, escaped", () => {
    expect(html('[*a* b](https://a.uk/?b="&c) <mailto:a@b.uk> [r][] \n\n[R]: HTTP://a.uk "title"')).toBe(
      '<p><a href="https://a.uk/?b=&quot;&amp;c" rel="noreferrer"><em>a</em></a>' +
        '<a href="https://a.uk/?b=&quot;&amp;c" rel="noreferrer"> b</a> ' +
        '<a href="mailto:a@b.uk" rel="noreferrer">mailto:a@b.uk</a> <a href="HTTP://a.uk" rel="noreferrer">r</a></p>',
    );
  });

  test("the first definition counts, as CommonMark has it, wherever it stands", () => {
    const text = "[x]\n\n> [x]: https://first.uk\n\n[x]: https://second.uk\n";
    expect(html(text)).toContain('href="https://first.uk"');
  });

  test("a picture is its words", () => {
    const text = "![A map](https://a.uk/map.png) ![][m]\n\n[m]: https://a.uk/m.png";
    expect(html(text)).toBe("<p>A map </p>");
    expect(readMarkdown(text).notes).toEqual([
      "a picture is shown as its text alternative (line 1)",
      "a picture is shown as its text alternative (line 1)",
    ]);
  });

  test("no text opens or closes anything but what prose has", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            "<",
            ">",
            '"',
            "&",
            "`",
            "*",
            "[",
            "](",
            ")",
            "javascript:",
            "!",
            "\n",
            "\n\n",
            "a",
            "<svg onload=x>",
            "| ",
            "---",
            "- ",
            "> ",
            "# ",
          ),
        ),
        (pieces) => {
          const markup = proseHtml(blocks(pieces.join("")), 2).toString();
          for (const [tag] of markup.matchAll(/<[^>]*>/g)) {
            expect(tag).toMatch(
              /^<\/?(?:p|h[3-6]|ul|ol|li|blockquote|pre|code|em|strong|br|table|thead|tbody|tr|th|td|div|a)(?: (?:class|tabindex|role|aria-label|scope|rel)="[\w ]*")*>$/,
            );
          }
        },
      ),
    );
  });
});

describe("Markdown as it was meant", () => {
  test("a byte order mark and Windows' line ends make no difference", () => {
    const text = "# Title\n\nOne\ntwo  \nthree\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    expect(blocks(`\ufeff${text.replaceAll("\n", "\r\n")}`)).toEqual(blocks(text));
    expect(html(text, 2)).toContain("<h3>Title</h3><p>One two<br>three</p>");
    expect(html("*a*\n**b**")).toBe("<p><em>a</em> <strong>b</strong></p>");
  });

  test("lists inside lists, counted or not, tight or loose", () => {
    expect(html("1. a\n   - b\n     1. c\n2. d\n")).toBe(
      "<ol><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ol>",
    );
    expect(html("- a\n\n  more\n\n- b\n")).toBe("<ul><li>a<p>more</p></li><li>b</li></ul>");
  });

  test("rows of a table are as wide as its header", () => {
    expect(blocks("| a | b |\n|---|--:|\n| 1 |\n| 1 | 2 | 3 |\n")).toEqual([
      {
        kind: "table",
        header: [[{ text: "a" }], [{ text: "b" }]],
        rows: [
          [[{ text: "1" }], []],
          [[{ text: "1" }], [{ text: "2" }]],
        ],
      },
    ]);
  });

  test("headings stand below the page's own, and none leaves a level out", () => {
    const levels = (text: string, under: 2 | 3): string[] =>
      [...html(text, under).matchAll(/<(h\d)>/g)].map(([, name]) => name as string);
    expect(levels("### a\n# b\n### c\n###### d\n## e", 2)).toEqual(["h3", "h3", "h4", "h5", "h4"]);
    expect(levels("# a\n\nSetext\n---\n\n### c", 3)).toEqual(["h4", "h5", "h6"]);
  });

  test("code, quotes and emphasis", () => {
    expect(html("> **a *b* `c`**\n\n    <d>\n")).toBe(
      "<blockquote><p><strong>a </strong><strong><em>b</em></strong><strong> </strong><strong><code>c</code></strong></p></blockquote>" +
        '<pre tabindex="0"><code>&lt;d&gt;</code></pre>',
    );
  });
});
