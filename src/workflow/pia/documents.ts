import { briefOf } from "../../report/document/brief.js";
import type { Report } from "../../report/document/document.js";
import type { Workbook } from "../../report/workbook/model.js";
import { workbookBytes } from "../../report/workbook/workbook.js";

/** What an analysis says, for the programs of an office. */
export interface Documents {
  /** `pia.docx` and `brief.docx`. */
  readonly whole: Uint8Array;
  readonly brief: Uint8Array;
  /** `tables.xlsx`. */
  readonly tables: Uint8Array;
}

/** What documents are made of: plain data, so that another thread may make them. */
export interface DocumentWork {
  /** Its pictures in pixels; as SVG they are of no use to a document. */
  readonly report: Report;
  /** The officer's own, for the whole report. */
  readonly template?: Uint8Array;
  readonly tables: Workbook;
}

/**
 * Begins to make the documents, here or in another thread, and goes on while the caller does something else.
 *
 * @returns to be called when they are wanted
 */
export type StartDocuments = (work: DocumentWork) => () => Promise<Documents>;

/** Makes the documents in this thread, when they are wanted. */
export const documentsHere: StartDocuments = (work) => () => makeDocuments(work);

/** Loads the writer of documents, which takes a quarter of a second. */
export function loadDocuments() {
  return import("../../report/docx/report-docx.js");
}

/** @throws CasedrawError `TEMPLATE_INVALID` */
export async function makeDocuments({ report, template, tables }: DocumentWork): Promise<Documents> {
  const { reportDocx } = await loadDocuments();
  const whole = await reportDocx(report, template === undefined ? {} : { template });
  const brief = briefOf(report, { whole: "pia.html and pia.docx" });
  return { whole, brief: await reportDocx(brief, { brief: true }), tables: workbookBytes(tables) };
}
