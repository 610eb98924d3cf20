import { join, resolve } from "node:path";
import { counted, thousands } from "../../frame/words.js";
import { flagSentence } from "../../workflow/compare/words.js";
import { demoSeed, makeDemo } from "../../workflow/make-demo.js";
import { verifySample } from "../../workflow/verify/verify-sample.js";
import type { Invocation } from "../command.js";
import type { Io } from "../io.js";
import { columns, sayNotes } from "../words.js";
import { keyMessages } from "./pia.js";
import { verificationLines } from "./verify.js";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const out = invocation.values.out ?? "casedraw-demo";
  const target = resolve(io.cwd, out);
  const progress = (step: string, fraction?: number): void => io.progress(step, fraction);
  const tell = (text: string): void => {
    if (!io.json) io.out(text);
  };
  let messages: readonly string[] = [];
  let flags = "";
  const facts: Record<string, unknown> = { out, seed: demoSeed };
  io.claim(target);
  await makeDemo(target, {
    force: invocation.flags.has("force"),
    progress,
    steps: {
      exported: (rows) =>
        tell(`1. Made a synthetic national export: ${thousands(rows)} children, none of them real.`),
      planned: () =>
        tell("2. Wrote a plan: who may be sampled, the strata, 600 children, a quarter in reserve."),
      checked: (shown) => {
        const count = (severity: "error" | "query"): number =>
          shown.findings.filter((finding) => finding.severity === severity).length;
        tell(
          `3. Checked the export: ${counted(count("error"), "error")}, ${counted(count("query"), "query")} to ask its owner about.`,
        );
      },
      drawn: ({ designed, sample }) => {
        const { frame, design } = designed;
        sayNotes([...frame.notes, ...design.notes], io);
        const rows = design.strata.map(({ key, units, sampleSize }) => [key, units.length, sampleSize]);
        const excluded = frame.exclusion.reasons.reduce((sum, { count }) => sum + count, 0);
        Object.assign(facts, {
          eligible: frame.eligible.length,
          excluded,
          drawn: sample.drawn.length,
          reserves: sample.reserves.length,
        });
        tell(
          [
            `4. Built the frame: ${thousands(frame.accounting.rowsRead)} rows read, ${thousands(frame.eligible.length)} children eligible, ` +
              `${thousands(excluded)} excluded for a stated reason. None is lost.`,
            `5. Drew ${counted(sample.drawn.length, "child")} and ${counted(sample.reserves.length, "reserve")} with seed ${demoSeed}:`,
            "",
            ...columns([
              ["   Stratum (law type / weeks)", "Eligible", "Sample"],
              ...rows.map(([key, ...rest]) => [`   ${key}`, ...rest]),
            ] as (string | number)[][]),
            "",
          ].join("\n"),
        );
      },
      analysed: (analysis) => {
        messages = keyMessages(analysis);
      },
      compared: (comparison) => {
        flags = flagSentence(comparison);
      },
    },
  });
  io.claim(undefined);
  const sample = join(out, "sample");
  const verification = await verifySample(sample, { cwd: io.cwd, progress, data: [] });
  const verified = verification.differences.length === 0;
  if (io.json) io.out(JSON.stringify({ ...facts, verified }));
  tell(
    [
      "6. Replayed the draw from the plan, the export and the seed.",
      ...verificationLines(verification, sample).map(indent),
      "",
      "7. Wrote the pre-inspection analysis. It says, among other things:",
      ...messages.map((text) => indent(`- ${text}`)),
      `8. Compared the service areas. ${flags}`,
      "",
      "Open:",
      ...[
        `${join(out, "check", "quality.html")}: what is wrong with the export, in a browser`,
        `${join(out, "check", "questions.docx")}: the questions to its owner, for Word`,
        `${join(out, "pia", "pia.html")}: the pre-inspection analysis, in a browser`,
        `${join(out, "pia", "brief.docx")}: the same in two pages, for Word`,
        `${join(out, "pia", "tables.xlsx")}: its tables, for people`,
        `${join(out, "compare", "compare.html")}: the service areas beside each other, in a browser`,
        `${join(sample, "summary.html")}: how it was chosen and how it compares with all children, in a browser`,
        `${join(sample, "sample.xlsx")}: the sample, for people`,
        `${join(sample, "balance.csv")}: the sample beside the population`,
        `${join(sample, "manifest.json")}: the proof of how it was drawn`,
        `${join(out, "plan.yaml")}: the plan, to change and draw again`,
      ].map(indent),
      "",
      // Its register goes beside the new sample: the demonstration's folder is there to be replaced.
      `Next: casedraw sample --plan ${join(out, "plan.yaml")} --seed anything --register draws.jsonl --out another-sample`,
    ].join("\n"),
  );
  return verified ? 0 : 3;
}

function indent(line: string): string {
  return line === "" ? "" : `   ${line}`;
}
