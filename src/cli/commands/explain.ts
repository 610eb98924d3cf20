import { resolve } from "node:path";
import { CasedrawError, type ErrorCode, errorCodes } from "../../errors.js";
import { nearest } from "../../plan/nearest.js";
import type { Invocation } from "../command.js";
import { explanationLines, framesLines } from "../explain-wording.js";
import type { Io } from "../io.js";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const [subject, unitId] = invocation.operands as [string, string?];
  if (unitId === undefined) {
    const meaning = codeMeaning(subject);
    io.out(io.json ? JSON.stringify({ code: subject, meaning }) : `${subject}\n${meaning}`);
    return 0;
  }
  const { explainUnit } = await import("../../workflow/explain/unit.js"); // reads exports; a code needs none of that
  const progress = (step: string, fraction?: number): void => io.progress(step, fraction);
  const { openFramesFolder } = await import("../../workflow/frames/folder.js");
  const several = openFramesFolder(resolve(io.cwd, subject), subject);
  if (several !== undefined) {
    const { explainInFrames } = await import("../../workflow/explain/frames.js");
    const found = await explainInFrames(several, unitId, { cwd: io.cwd, progress });
    io.out(io.json ? JSON.stringify(found) : framesLines(found).join("\n"));
    return 0;
  }
  const explanation = await explainUnit(subject, unitId, { cwd: io.cwd, progress });
  io.out(io.json ? JSON.stringify(explanation) : explanationLines(explanation).join("\n"));
  return 0;
}

function codeMeaning(code: string): string {
  if (Object.hasOwn(errorCodes, code)) return errorCodes[code as ErrorCode];
  const meant = nearest(code, Object.keys(errorCodes));
  throw new CasedrawError(
    "USAGE",
    `explain: ${code} is not an error code${meant === undefined ? "." : `. Did you mean ${meant}?`} ` +
      "To explain a child, name the sample's folder and then the unit id: casedraw explain DIR UNIT_ID.",
    { code },
  );
}
