import { blockLines, linesOf } from "./brief-lines.js";
import type { Block, Report, ReportPart } from "./document.js";

type ChartBlock = Extract<Block, { readonly kind: "chart" }>;
type ListBlock = Extract<Block, { readonly kind: "list" }>;

const mostMessages = 10;
const mostCharts = 2;

/** Lines that a sheet of A4 holds. */
const linesOfPage = 52;

/** Title, kind and what it is for. */
const linesOfHead = 8;

/**
 * A report in two pages: key messages, candidate lines of enquiry, up to two charts, and where to read on. Charts of the
 * sections that the messages rest on come first; one that would not fit is left out whole.
 *
 * @param options.whole - the files of the whole report, as a sentence names them: "pia.html and pia.docx"
 * @param options.enquiries - the id of the part with the lines of enquiry; default "enquiries"
 */
export function briefOf(
  report: Report,
  { whole, enquiries = "enquiries" }: { readonly whole: string; readonly enquiries?: string },
): Report {
  const { summary, parts } = report;
  const messages = summary.blocks.map((block) =>
    block.kind === "list" ? { ...block, items: block.items.slice(0, mostMessages) } : block,
  );
  const asked = parts
    .filter(({ id }) => id === enquiries)
    .map(({ id, heading, blocks }) => ({ id, heading, blocks }));
  const further: ReportPart = {
    id: "further",
    heading: "Where to read on",
    blocks: [
      {
        kind: "paragraph",
        text:
          `The figures behind each sentence, with their intervals, their tables and how they were worked out, are in ${whole}, ` +
          `under: ${parts
            .filter(({ id, isEmpty }) => id !== enquiries && isEmpty !== true)
            .map(({ heading }) => heading.replace(/\?$/, ""))
            .join("; ")}.`,
      },
    ],
  };
  const before = [{ ...summary, blocks: messages }, ...asked].reduce(
    (sum, part) => sum + partLines(part),
    linesOfHead,
  );
  const charts = chartsThatFit(report, { before, after: partLines(further) + 2 });
  return {
    ...report,
    kind: `${report.kind}: brief`,
    summary: { ...summary, blocks: messages },
    parts: [
      ...asked,
      ...(charts.length === 0 ? [] : [{ id: "charts", heading: "In pictures", blocks: charts }]),
      further,
    ],
  };
}

function partLines({ heading, blocks }: ReportPart): number {
  return 2 + linesOf(heading, 60) + blocks.reduce((sum, block) => sum + blockLines(block), 0);
}

/** The first charts, those of the key messages before the others, that two pages hold with the lines before and after. */
function chartsThatFit(
  report: Report,
  { before, after }: { readonly before: number; readonly after: number },
): ChartBlock[] {
  const sections = report.parts.flatMap((part) => [part, ...(part.parts ?? [])]);
  const named = report.summary.blocks
    .filter((block): block is ListBlock => block.kind === "list")
    .flatMap(({ items }) => items.flatMap(({ section }) => (section === undefined ? [] : [section.id])));
  const inOrder = [
    ...named.flatMap((id) => sections.filter((section) => section.id === id)),
    ...sections.filter(({ id }) => !named.includes(id)),
  ];
  const charts = new Set(
    inOrder.flatMap(({ blocks }) => blocks.filter((block): block is ChartBlock => block.kind === "chart")),
  );
  const taken: ChartBlock[] = [];
  let used = before + 3;
  for (const chart of charts) {
    const needed = blockLines(chart);
    const page = Math.floor(used / linesOfPage);
    // A picture is not cut: one that does not fit below goes to the next page and leaves the rest blank.
    const start = used + needed > (page + 1) * linesOfPage ? (page + 1) * linesOfPage : used;
    if (taken.length === mostCharts || needed > linesOfPage || start + needed + after > 2 * linesOfPage)
      continue;
    taken.push(chart);
    used = start + needed;
  }
  return taken;
}
