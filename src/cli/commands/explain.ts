import { CasedrawError, type ErrorCode, errorCodes } from "../../errors.js";
import { thousands } from "../../frame/note.js";
import { nearest } from "../../plan/nearest.js";
import type { Explanation } from "../../workflow/explain-unit.js";
import type { Invocation } from "../command.js";
import type { Io } from "../io.js";
import { counted } from "../wording.js";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const [subject, unitId] = invocation.operands as [string, string?];
  if (unitId === undefined) {
    const meaning = codeMeaning(subject);
    io.out(io.json ? JSON.stringify({ code: subject, meaning }) : `${subject}\n${meaning}`);
    return 0;
  }
  const { explainUnit } = await import("../../workflow/explain-unit.js"); // reads exports; a code needs none of that
  const progress = (step: string, fraction?: number): void => io.progress(step, fraction);
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

function explanationLines(explanation: Explanation): string[] {
  const { unitId } = explanation;
  if (explanation.outcome === "excluded") {
    return [
      `${unitId} could not be drawn: it is excluded.`,
      `Reason: ${explanation.reason} (a rule of the plan's cohort). Excluded units have no chance of selection.`,
    ];
  }
  const { stratum, population, drawn, reserves, rank } = explanation;
  const verdict = {
    drawn: () =>
      `${unitId} was drawn: it is number ${(explanation as { drawOrder: number }).drawOrder} of the sample.`,
    reserve: () =>
      `${unitId} is a reserve: number ${(explanation as { reserveOrder: number }).reserveOrder} of its stratum.`,
    "not drawn": () => `${unitId} was not drawn.`,
  }[explanation.outcome]();
  const chance = explanation.inclusionProbability;
  return [
    verdict,
    "",
    `Stratum    ${stratum}: ${counted(population, "eligible unit")}, ${thousands(drawn)} drawn, ${counted(reserves, "reserve")}`,
    `Ticket     ${explanation.ticket}`,
    `Place      ${thousands(rank)} of ${thousands(population)}, smallest ticket first`,
    `Chance     ${drawn} in ${thousands(population)} (${(chance * 100).toFixed(2)} %), the same for every unit of the stratum`,
    "",
    drawn === 0
      ? "The plan leaves this stratum out of the sample."
      : `The ${thousands(drawn)} smallest tickets of the stratum are the sample` +
        `${reserves > 0 ? `, and the next ${reserves === 1 ? "one is its reserve" : `${thousands(reserves)} are its reserves`}` : ""}.`,
    "The ticket is SHA-256 of SHA-256(seed), in hexadecimal, followed by the unit id: anyone can work it out again.",
  ];
}
