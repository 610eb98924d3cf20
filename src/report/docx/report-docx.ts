import type { Report } from "../document/document.js";
import { deterministicZip } from "../zip.js";
import { reportBody } from "./body.js";
import { documentParts } from "./package.js";
import { intoTemplate, readTemplate } from "./template.js";

/**
 * A report as a Word document: real headings, captions, lists and tables whose headers repeat, pictures with text
 * alternatives, the marking on every page. The same report gives the same bytes.
 *
 * @param options.template - a `.docx` whose look and frame it takes: `{{report}}` in a paragraph of its own is where the
 * report goes, `{{marking}}` stands in a header or footer, `{{title}}` and `{{date}}` anywhere
 * @param options.brief - without contents and without the tables beside charts; default false
 * @throws CasedrawError `TEMPLATE_INVALID`
 */
export async function reportDocx(
  report: Report,
  { template, brief = false }: { readonly template?: Uint8Array; readonly brief?: boolean } = {},
): Promise<Uint8Array> {
  if (template === undefined) {
    return deterministicZip(await documentParts(report, reportBody(report, { brief })));
  }
  const opened = readTemplate(template);
  const body = reportBody(report, { brief, title: !opened.hasTitle });
  return deterministicZip(intoTemplate(opened, await documentParts(report, body), report));
}
