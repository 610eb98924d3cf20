import { resolve } from "node:path";
import { CasedrawError, type ErrorCode, errorCodes } from "../../errors.js";
import { nearest } from "../../plan/nearest.js";
import type { Invocation } from "../command.js";
import { explanationLines, framesLines } from "../explain-words.js";
import type { Io } from "../io.js";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const [subject, unitId] = invocation.operands as [string, string?];
  if (unitId === undefined) {
    if (!isErrorCode(subject)) return explainRule(subject, io);
    const meaning = errorCodes[subject];
    io.out(io.json ? JSON.stringify({ code: subject, meaning }) : `${subject}\n${meaning}`);
    return 0;
  }
  const { explainUnit } = await import("../../workflow/explain/unit.js"); // reads exports; a code needs none of that
  const progress = (step: string, fraction?: number): void => io.progress(step, fraction);
  const { openFramesFolder } = await import("../../workflow/frames/folder.js");
  const several = openFramesFolder(resolve(io.cwd, subject), subject);
  if (several !== undefined) {
    const { explainInEveryFrame } = await import("../../workflow/explain/frames.js");
    const found = await explainInEveryFrame(several, unitId, { cwd: io.cwd, progress });
    io.out(io.json ? JSON.stringify(found) : framesLines(found).join("\n"));
    return 0;
  }
  const explanation = await explainUnit(subject, unitId, { cwd: io.cwd, progress });
  io.out(io.json ? JSON.stringify(explanation) : explanationLines(explanation).join("\n"));
  return 0;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}

/** A rule of `casedraw check`; the rules are loaded for none but their own codes. */
async function explainRule(code: string, io: Io): Promise<number> {
  const { rules } = await import("../../checks/catalogue.js");
  const rule = rules.find((each) => each.code === code);
  if (rule === undefined) {
    throw unknownCode(code, [...Object.keys(errorCodes), ...rules.map((each) => each.code)]);
  }
  const { severity, title, meaning, ask } = rule;
  if (io.json) {
    io.out(JSON.stringify({ code, severity, title, meaning, ask }));
    return 0;
  }
  io.out(
    [
      code,
      `${title}.`,
      severity === "error"
        ? "An error of casedraw check: a figure would be wrong."
        : "A query of casedraw check: it may be right, and only the data’s owner can say.",
      "",
      meaning,
      ask,
    ].join("\n"),
  );
  return 0;
}

function unknownCode(code: string, known: readonly string[]): CasedrawError {
  const meant = nearest(code, known);
  return new CasedrawError(
    "USAGE",
    `explain: ${code} is not the code of an error or a rule${meant === undefined ? "." : `. Did you mean ${meant}?`} ` +
      "To explain a child, name the sample's folder and then the unit id: casedraw explain DIR UNIT_ID.",
    { code },
  );
}
