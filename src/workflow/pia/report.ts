import { catalogue } from "../../analysis/catalogue.js";
import { oneRowCaution } from "../../analysis/delay/export-notes.js";
import type { Section } from "../../analysis/item.js";
import type { Base, KeyMessage, Result } from "../../analysis/result.js";
import { isMarked } from "../../analysis/tally.js";
import { countsChildTwice } from "../../analysis/units.js";
import { countText, longDate, shareText } from "../../analysis/words.js";
import { markingOfPlan } from "../../plan/marking.js";
import type { ReportSection } from "../../plan/types.js";
import type { Block, ListItem, Pictures, Report, ReportPart } from "../../report/document/document.js";
import { disclosureWords } from "../analysis/disclosure-words.js";
import { whomText } from "../analysis/whom.js";
import type { Analysis, Answer } from "./analyse.js";
import { dataBlocks, notShownBlocks } from "./data-parts.js";

type Shown = Extract<Answer, { readonly result: Result }>;
type Part = Omit<ReportPart, "parts">;

interface Outlined {
  readonly id: string;
  readonly heading: string;
  readonly prose?: ReportSection;
  readonly sections?: readonly Section[];
}

/** The parts of the report in the framework's order: what an officer wrote, then what the data say. */
const outline: readonly Outlined[] = [
  {
    id: "context",
    heading: "Contextual overview",
    prose: "contextual_overview",
    sections: ["children", "work"],
  },
  { id: "delay", heading: "Delay", sections: ["delay"] },
  { id: "workforce", heading: "Workforce", sections: ["workforce"] },
  { id: "demand", heading: "Demand and flow", sections: ["demand"] },
  { id: "earlier", heading: "Findings of earlier inspections and visits", prose: "previous_findings" },
  {
    id: "regional",
    heading: "Regional intelligence",
    prose: "regional_intelligence",
    sections: ["regional"],
  },
  { id: "reviews", heading: "Published child safeguarding practice reviews", prose: "practice_reviews" },
  {
    id: "published",
    heading: "Published statistics and regional comparisons",
    prose: "published_statistics",
    sections: ["published"],
  },
  { id: "complaints", heading: "Whistleblowing and complaints", prose: "complaints" },
  { id: "concern", heading: "Events of public concern", prose: "public_concern" },
  { id: "publications", heading: "Recent publications", prose: "recent_publications" },
  {
    id: "self-evaluation",
    heading: "Latest self-evaluation and annual engagement meeting",
    prose: "self_evaluation",
  },
  { id: "quality", heading: "Can the data be trusted?", sections: ["quality"] },
];

/** As many messages as lead the report, and as many lines of enquiry as are few. */
const mostMessages = 8;
const mostEnquiries = 6;

/**
 * Puts an analysis together as a report.
 *
 * @param pictures - of each item that has a chart, by its id
 */
export function reportOf(analysis: Analysis, pictures: ReadonlyMap<string, Pictures>): Report {
  const { plan, edition, answers } = analysis;
  const shown = answers.filter((answer): answer is Shown => "result" in answer);
  const isVoid = ({ prose, sections = [] }: Outlined): boolean =>
    !(prose !== undefined && analysis.supplied.sections.has(prose)) &&
    !shown.some(({ item }) => sections.includes(item.section));
  return {
    title: plan.title,
    kind: "Pre-inspection analysis",
    marking: markingOf(analysis),
    lede: ledeOf(analysis),
    date: plan.reference_date,
    summary: { id: "messages", heading: "Key messages", blocks: messageBlocks(analysis, shown) },
    parts: [
      ...(edition === "internal" ? enquiryParts(shown) : []),
      ...outline.filter((part) => !isVoid(part)).map((part) => partOf(part, analysis, { shown, pictures })),
      { id: "data", heading: "Data and method", blocks: dataBlocks(analysis) },
      {
        id: "not-shown",
        heading: "What is not shown",
        blocks: [...voidBlocks(outline.filter(isVoid), analysis), ...notShownBlocks(analysis)],
      },
    ],
    footer: "Made by casedraw. The same export and plan give the same report.",
  };
}

/** Who may see it. */
export function markingOf({ plan, edition }: Pick<Analysis, "plan" | "edition">): string {
  const isOfExport = plan.data.length > 0;
  if (edition === "publishable") {
    return isOfExport
      ? `Publishable edition: small numbers ${disclosureWords(plan)}.`
      : "Publishable edition: published figures and the officer’s own text.";
  }
  const marking = markingOfPlan(plan);
  return `${marking}: internal edition${isOfExport ? ". Small numbers are shown: not for publication." : ", not for publication."}`;
}

function ledeOf(analysis: Analysis): string {
  const { plan, edition } = analysis;
  const date = longDate(plan.reference_date);
  const whom = whomText(analysis);
  if (whom === undefined) return `What is known before an export is supplied, on ${date}.`;
  return edition === "internal"
    ? `What the data say before the inspection, on ${date}. For the inspection team. ${whom}`
    : `What the data say, on ${date}. Small counts ${disclosureWords(plan)}. ${whom}`;
}

/** Sections of the framework that have nothing in them, with what would fill each: a heading over nothing tells less. */
function voidBlocks(parts: readonly Outlined[], { built }: Analysis): Block[] {
  if (parts.length === 0) return [];
  const whyOf = ({ prose, sections = [] }: Outlined): string => {
    const unanswered = !sections.some((section) => ofExport.has(section))
      ? ""
      : built === undefined
        ? " No export has been supplied yet."
        : " The data supplied cannot say anything of it: the reasons are below.";
    const published = sections.includes("published") ? " Published figures are named under pia.series." : "";
    return prose === undefined
      ? unanswered
      : ` Not supplied: name a Markdown file under pia.sections.${prose} in the plan.${published}${unanswered}`;
  };
  return [
    { kind: "paragraph", text: "Sections that have nothing in them:" },
    { kind: "list", items: parts.map((part) => ({ text: `“${part.heading}”.${whyOf(part)}` })) },
  ];
}

function partOf(
  { id, heading, prose, sections = [] }: Outlined,
  analysis: Analysis,
  drawn: { readonly shown: readonly Shown[]; readonly pictures: ReadonlyMap<string, Pictures> },
): ReportPart {
  const parts = drawn.shown
    .filter(({ item }) => sections.includes(item.section))
    .map((answer) => answerPart(answer, drawn.pictures));
  const text = prose === undefined ? undefined : analysis.supplied.sections.get(prose);
  const blocks: Block[] = [];
  if (text !== undefined) {
    blocks.push(
      text.blocks.length === 0
        ? { kind: "paragraph", text: "Supplied, but empty." }
        : { kind: "prose", blocks: text.blocks },
    );
  }
  const caution = sections.includes("delay") && parts.length > 0 ? oneRowCaution(analysis.plan) : undefined;
  if (caution !== undefined) blocks.push({ kind: "paragraph", text: caution });
  const isEmpty = parts.length === 0 && text?.blocks.length === 0;
  return {
    id: `part-${id}`,
    heading,
    blocks,
    ...(isEmpty ? { isEmpty } : {}),
    ...(parts.length === 0 ? {} : { parts }),
  };
}

/** The questions whose answers are times between dates of the export. */
const ofDelay: ReadonlySet<string> = new Set(
  catalogue.flatMap(({ id, section }) => (section === "delay" ? [id] : [])),
);

/** The sections that questions asked of an export stand in. */
const ofExport: ReadonlySet<Section> = new Set(catalogue.map(({ section }) => section));

function answerPart({ item, result, chart }: Shown, pictures: ReadonlyMap<string, Pictures>): Part {
  const [first, ...others] = result.tables;
  const drawn = pictures.get(item.id);
  const blocks: Block[] = [{ kind: "paragraph", text: baseSentence(result.base) }];
  if (first !== undefined && chart !== undefined && drawn !== undefined) {
    blocks.push({ kind: "chart", id: `${item.id}-chart`, chart, pictures: drawn, table: first });
  } else if (first !== undefined) {
    blocks.push({ kind: "table", id: `${item.id}-table`, table: first });
  }
  for (const table of others) blocks.push({ kind: "table", id: `${item.id}-${table.id}`, table });
  const beside = new Set(chart?.notes);
  const notes = result.notes.filter((note) => !beside.has(note));
  if (notes.length > 0) blocks.push({ kind: "list", items: notes.map((text) => ({ text })) });
  blocks.push({
    kind: "folded",
    heading: "How this was worked out",
    blocks: [
      {
        kind: "facts",
        facts: [
          ["Method", result.method],
          ["Uncertainty", result.uncertainty],
        ],
      },
    ],
  });
  return { id: item.id, heading: item.question, blocks };
}

/** What a result is of, who is beside, and how much is missing from it. */
export function baseSentence({ units, unit, period, missing, beside }: Base): string {
  const base = `${countText(units)} ${unit}, ${period}.${beside === undefined ? "" : ` ${beside}`}`;
  if (missing === undefined || missing === 0) return base;
  const share = isMarked(missing) || isMarked(units) || units === 0 ? "" : ` (${shareText(missing / units)})`;
  return `${base} Not known for ${countText(missing)}${share}.`;
}

function messageBlocks({ plan, built }: Analysis, shown: readonly Shown[]): Block[] {
  const items = leading(shown, ({ messages }) => messages, mostMessages);
  const words: string[] = [];
  if (items.length === 0) words.push("The data supplied give no key message.");
  if (built !== undefined && countsChildTwice(plan)) words.push("A child with two cases is counted twice.");
  const caution = oneRowCaution(plan);
  if (caution !== undefined && items.some(({ section }) => section !== undefined && ofDelay.has(section.id)))
    words.push(caution);
  if (shown.some(({ result }) => hasIntervals(result))) {
    words.push("A 95% interval is the range within which a figure would usually vary by chance.");
  }
  return [
    ...(items.length === 0 ? [] : [{ kind: "list" as const, items }]),
    ...(words.length === 0 ? [] : [{ kind: "paragraph" as const, text: words.join(" ") }]),
  ];
}

function hasIntervals({ tables }: Result): boolean {
  return tables.some(({ measures }) => measures.some(({ interval }) => interval === true));
}

function enquiryParts(shown: readonly Shown[]): ReportPart[] {
  const items = leading(shown, ({ enquiries }) => enquiries, mostEnquiries);
  if (items.length === 0) return [];
  return [
    {
      id: "enquiries",
      heading: "Candidate lines of enquiry",
      blocks: [
        {
          kind: "paragraph",
          text: "What the data suggest to ask about, with the evidence for each. The data do not say why; whether to follow one is for the lead inspector.",
        },
        { kind: "list", items },
      ],
    },
  ];
}

/** No question gives more of the sentences that lead than this, so that they are of several. */
const mostOfOne = 2;

/**
 * Whether another sentence says of which fields this one says that they are not known, and of more; or of the same, and comes first.
 */
function saysAsMuch(
  other: readonly string[] | undefined,
  own: readonly string[] | undefined,
  isFirst: boolean,
): boolean {
  if (other === undefined || own === undefined || !own.every((field) => other.includes(field))) return false;
  return other.length > own.length || (other.length === own.length && isFirst);
}

/** The weightiest sentences, each with the section that has its figures. */
function leading(
  shown: readonly Shown[],
  sentences: (result: Result) => readonly KeyMessage[],
  most: number,
): ListItem[] {
  const all = shown
    .flatMap(({ item, result }) =>
      sentences(result).map((message) => ({ ...message, section: { id: item.id, heading: item.question } })),
    )
    .sort((a, b) => b.weight - a.weight);
  const of = new Map<string, number>();
  return all
    .filter(({ gaps }, at) => !all.some((other, place) => saysAsMuch(other.gaps, gaps, place < at)))
    .filter(({ section: { id } }) => {
      of.set(id, (of.get(id) ?? 0) + 1);
      return (of.get(id) as number) <= mostOfOne;
    })
    .slice(0, most)
    .map(({ text, section }) => ({ text, section }));
}
