import type { Workbook } from "../report/workbook/model.js";

/** Makes a workbook's bytes, here or in another thread. */
export type RenderWorkbook = (book: Workbook) => Promise<Uint8Array>;

/** Renders in this thread, its code loaded only then. */
export async function renderHere(book: Workbook): Promise<Uint8Array> {
  const { workbookBytes } = await import("../report/workbook/workbook.js");
  return workbookBytes(book);
}
