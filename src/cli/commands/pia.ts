import { join } from "node:path";
import { catalogue } from "../../analysis/catalogue.js";
import { counted } from "../../frame/words.js";
import { whomText } from "../../workflow/analysis/whom.js";
import { reportOf } from "../../workflow/pia/report.js";
import { ownTextNote } from "../../workflow/pia/supplied.js";
import { piaToFolder, type WrittenAnalysis } from "../../workflow/pia/to-folder.js";
import type { Invocation } from "../command.js";
import type { Io } from "../io.js";
import { audienceWords, makeAnalysis } from "../make-analysis.js";

export function run(invocation: Invocation, io: Io): Promise<number> {
  return makeAnalysis(invocation, io, { make: piaToFolder, report });
}

function report({ analysis, outputs, withoutPng }: WrittenAnalysis, out: string, io: Io): void {
  const { answers, edition } = analysis;
  const messages = keyMessages(analysis);
  const ownText = edition === "publishable" ? ownTextNote(analysis.supplied) : undefined;
  for (const note of [withoutPng, ...analysis.notes, ownText])
    if (note !== undefined) io.say(`Note: ${note}`);
  if (io.json) {
    io.out(
      JSON.stringify({
        out,
        edition,
        messages,
        notes: [...analysis.notes, ...(ownText === undefined ? [] : [ownText])],
        items: answers.map((answer) =>
          "refusal" in answer
            ? { id: answer.item.id, shown: false, ...answer.refusal }
            : { id: answer.item.id, shown: true, headline: answer.chart?.title ?? null },
        ),
        outputs,
      }),
    );
    return;
  }
  const whom = whomText(analysis);
  io.out(
    [
      analysis.plan.title,
      "",
      ...messages.map((text) => `- ${text}`),
      ...(messages.length === 0 ? [] : [""]),
      ...answeredLines(analysis),
      ...(whom === undefined ? [] : [whom]),
      `Wrote ${out} (open ${join(out, "pia.html")}).${audienceWords(analysis)}`,
    ].join("\n"),
  );
}

function answeredLines({ answers, built }: WrittenAnalysis["analysis"]): string[] {
  const shown = answers.filter((answer) => "result" in answer).length;
  if (built === undefined) {
    return [
      `No export has been supplied yet, so the ${catalogue.length} questions asked of one are not answered.`,
      ...(answers.length === 0
        ? []
        : [`${counted(shown, "published indicator")} of ${answers.length} shown.`]),
    ];
  }
  const all = `${counted(shown, "question")} of ${answers.length} answered`;
  return [shown === answers.length ? `${all}.` : `${all}; the report says why the others are not.`];
}

/** The sentences that lead the report. */
export function keyMessages(analysis: WrittenAnalysis["analysis"]): string[] {
  const { blocks } = reportOf(analysis, new Map()).summary;
  return blocks.flatMap((block) => (block.kind === "list" ? block.items.map(({ text }) => text) : []));
}
