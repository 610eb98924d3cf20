import type { ResultTable } from "../../analysis/result.js";
import type { Chart } from "../../charts/chart.js";
import type { ProseBlock } from "./prose.js";

/** A picture in the forms that the outputs take. */
export interface Pictures {
  /** One, or the pieces that fit on paper. */
  readonly svg: readonly string[];
  /** The same in pixels, for documents; empty where they cannot be made here. */
  readonly png: readonly Png[];
}

export interface Png {
  readonly bytes: Uint8Array;
  /** As it is shown, in CSS pixels; the picture may have more. */
  readonly width: number;
  readonly height: number;
}

/** What a report is made of, whichever file it goes into. */
export type Block =
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly ListItem[] }
  | { readonly kind: "facts"; readonly facts: readonly (readonly [term: string, text: string])[] }
  | {
      readonly kind: "chart";
      readonly id: string;
      readonly chart: Chart;
      readonly pictures: Pictures;
      /** What the picture shows; stands beside it. */
      readonly table: ResultTable;
    }
  | { readonly kind: "table"; readonly id: string; readonly table: ResultTable }
  | { readonly kind: "prose"; readonly blocks: readonly ProseBlock[] }
  /** Folded away in the page, as it stands elsewhere. */
  | { readonly kind: "folded"; readonly heading: string; readonly blocks: readonly Block[] };

/** A sentence, and the section that has the figures behind it. */
export interface ListItem {
  readonly text: string;
  readonly section?: { readonly id: string; readonly heading: string };
}

export interface ReportPart {
  /** Unique in the report. */
  readonly id: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
  /** Whether it says only that there is nothing to say: nobody is told to read on there. */
  readonly isEmpty?: boolean;
  /** Under headings of the next level. */
  readonly parts?: readonly Omit<ReportPart, "parts">[];
}

/** A report as the page and the Word document both show it. */
export interface Report {
  readonly title: string;
  /** Of what kind it is: "Pre-inspection analysis". */
  readonly kind: string;
  readonly marking: string;
  /** What it is for, in a sentence or two. */
  readonly lede: string;
  /** ISO date that documents are dated with. */
  readonly date: string;
  readonly summary: Omit<ReportPart, "parts">;
  readonly parts: readonly ReportPart[];
  readonly footer: string;
}
