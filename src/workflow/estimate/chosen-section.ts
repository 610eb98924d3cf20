import { thousands } from "../../frame/words.js";
import { html } from "../../report/page/html.js";
import type { PageSection } from "../../report/page/page.js";
import { dataTable } from "../../report/page/table.js";
import type { ChosenFindings } from "../chosen/chosen-findings.js";

/** What the list of chosen cases is, and that no estimate counts it. */
export function chosenSentence({ chosen, reviewed, leftOut }: ChosenFindings): string {
  const rows = leftOut === 1 ? "1 answered row" : `${thousands(leftOut)} answered rows`;
  return (
    `${thousands(reviewed)} of ${thousands(chosen)} chosen cases reviewed (chosen.csv). ` +
    "They were picked and not sampled, so they stand for no others and no estimate counts them." +
    (leftOut === 0
      ? ""
      : ` ${rows} of their sheet left out: a case that was sampled too belongs on the sheet of the sample; look for mistyped ids and second rows.`)
  );
}

/** "Chosen cases: what was found": an unweighted list, apart from the estimates. */
export function chosenSection(chosen: ChosenFindings): PageSection {
  const { header, rows } = chosen.table;
  const labels: Readonly<Record<string, string>> = { unit_id: "Unit ID", reason: "Reason" };
  return {
    id: "chosen-cases",
    heading: "Chosen cases: what was found",
    body: html`<p>${chosenSentence(chosen)}</p>
${
  rows.length === 0
    ? ""
    : dataTable({
        id: "chosen-table",
        caption: "What was found in each chosen case",
        columns: header.map((name) => ({ header: labels[name] ?? name })),
        rows: rows.map((cells) => cells.map(String)),
      })
}`,
  };
}
