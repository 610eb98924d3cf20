import { expect, test } from "vitest";
import { briefOf } from "../../../src/report/document/brief.js";
import type { Block, Report } from "../../../src/report/document/document.js";
import { reportDocx } from "../../../src/report/docx/report-docx.js";
import { all, part, styleOf, words } from "./read.js";
import { png, report, table } from "./sample.js";

const whole = "pia.html and pia.docx";

function chart(id: string, ...heights: number[]): Block {
  return {
    kind: "chart",
    id,
    chart: {
      spec: {} as never,
      title: id,
      subtitle: "Share of children",
      description: "Bars.",
      table: { header: [], rows: [] },
      notes: [],
    },
    pictures: { svg: [], png: heights.map((height) => png(height)) },
    table: table(id, 5),
  };
}

const section = (id: string, ...blocks: Block[]) => ({ id, heading: `About ${id}`, blocks });

const many: Report = {
  ...report,
  summary: {
    id: "messages",
    heading: "Key messages",
    blocks: [
      {
        kind: "list",
        items: [
          { text: "Message 0", section: { id: "c", heading: "About c" } },
          ...Array.from({ length: 11 }, (_, at) => ({ text: `Message ${at + 1}` })),
        ],
      },
    ],
  },
  parts: [
    section("enquiries", { kind: "list", items: [{ text: "Ask." }] }),
    {
      ...section("a", chart("too high", 900, 900)),
      parts: [section("b", chart("b", 300)), section("c", chart("c", 300))],
    },
    section("d", chart("d", 200)),
    { ...section("e", { kind: "paragraph", text: "Not supplied." }), isEmpty: true },
  ],
};

const brief = briefOf(many, { whole });
const blocksOf = (id: string): readonly Block[] => brief.parts.find((each) => each.id === id)?.blocks ?? [];

test("a brief has at most ten messages, the lines of enquiry, two charts and where to read on", () => {
  const [messages] = brief.summary.blocks;
  expect(messages?.kind === "list" && messages.items).toHaveLength(10);
  expect(brief.parts.map(({ id }) => id)).toEqual(["enquiries", "charts", "further"]);
  // The chart of a message's section first, then the others in order, without one that two pages do not hold.
  expect(blocksOf("charts").map((block) => block.kind === "chart" && block.id)).toEqual(["c", "b"]);
  const [further] = blocksOf("further");
  expect(further?.kind === "paragraph" && further.text).toMatch(
    /are in pia\.html and pia\.docx, under: About a; About d\.$/,
  );
});

test("words come before charts where there is no room", () => {
  const long = {
    kind: "list",
    items: Array.from({ length: 10 }, () => ({ text: "word ".repeat(160) })),
  } as const;
  const crowded = briefOf({ ...many, summary: { ...many.summary, blocks: [long] } }, { whole });
  expect(crowded.parts.map(({ id }) => id)).toEqual(["enquiries", "further"]);
  expect(crowded.summary.blocks).toEqual([long]);
});

test("its document has no contents, no tables, and no links to sections that it does not have", async () => {
  const main = part(await reportDocx(brief, { brief: true }), "word/document.xml");
  expect(all(main, "w:tbl")).toHaveLength(0);
  expect(all(main, "w:hyperlink")).toHaveLength(0);
  const headings = all(main, "w:p").filter((each) => /^Heading/.test(styleOf(each)));
  expect(headings.map(words)).toEqual(["Key messages", "About enquiries", "In pictures", "Where to read on"]);
  expect(all(main, "wp:docPr")).toHaveLength(2);
});
