import { join } from "node:path";
import { countFlags } from "../../analysis/regional/flags.js";
import { isFlagged } from "../../charts/area-marks.js";
import { counted, thousands } from "../../frame/words.js";
import { whomText } from "../../workflow/analysis/whom.js";
import { comparisonsOf } from "../../workflow/compare/compared.js";
import { compareToFolder, type WrittenComparison } from "../../workflow/compare/to-folder.js";
import { flagSentence, flagWord, keyMessages, starText } from "../../workflow/compare/words.js";
import type { Invocation } from "../command.js";
import type { Io } from "../io.js";
import { audienceWords, makeAnalysis } from "../make-analysis.js";

export function run(invocation: Invocation, io: Io): Promise<number> {
  const { by } = invocation.values;
  return makeAnalysis(invocation, io, {
    make: (plan, options) => compareToFolder(plan, { ...options, ...(by === undefined ? {} : { by }) }),
    report,
  });
}

function report({ comparison, outputs, withoutPng }: WrittenComparison, out: string, io: Io): void {
  const { groups, refused, notes, plan, edition, by } = comparison;
  for (const note of [withoutPng, ...notes]) if (note !== undefined) io.say(`Note: ${note}`);
  const all = comparisonsOf(groups);
  if (io.json) {
    const { tested, flagged, byChance } = countFlags(all);
    io.out(
      JSON.stringify({
        out,
        edition,
        by: by ?? null,
        tested,
        flagged,
        expected_by_chance: Number(byChance.toPrecision(3)),
        messages: keyMessages(comparison).map(({ text }) => text),
        notes,
        indicators: all.map(({ indicator, areas }) => ({
          id: indicator.id,
          name: indicator.name,
          areas: areas.length,
          flagged: areas.filter(isFlagged).map(({ area, verdict }) => ({ area, word: verdict })),
        })),
        refused,
        outputs,
      }),
    );
    return;
  }
  const whom = whomText(comparison);
  const flagged = all.flatMap(flaggedLine);
  io.out(
    [
      plan.title,
      "",
      flagSentence(comparison),
      ...flagged,
      ...(flagged.some((line) => /\*\)/.test(line)) ? [starText] : []),
      "",
      ...(refused.length === 0
        ? []
        : [`${counted(refused.length, "indicator")} not shown; the page says why.`]),
      ...refused.flatMap(({ name, reason, alike }) => (alike ? [`- ${name}: ${reason}`] : [])),
      ...(all.length === 0 ? refusals(refused) : []),
      ...(whom === undefined ? [] : [whom]),
      `Wrote ${out} (open ${join(out, "compare.html")}).${audienceWords(comparison)}`,
    ].join("\n"),
  );
}

/** Why nothing at all is compared: each reason once, with what could be done. */
function refusals(refused: WrittenComparison["comparison"]["refused"]): string[] {
  const reasons = new Set(
    refused.flatMap(({ reason, instead, alike }) => (alike ? [] : [`- ${reason} ${instead}`])),
  );
  return [...reasons].slice(0, mostReasons);
}

const mostReasons = 8;

/** As many areas as a line of the terminal names for an indicator. */
const mostNamed = 6;

function flaggedLine({
  indicator,
  areas,
}: WrittenComparison["comparison"]["groups"][number]["compared"][number]["comparison"]): string[] {
  const flagged = areas.filter(isFlagged);
  if (flagged.length === 0) return [];
  const named = flagged
    .slice(0, mostNamed)
    .map((figure) => `${figure.area} (${flagWord(figure, indicator)})`);
  const more = flagged.length - named.length;
  return [`- ${indicator.name}: ${named.join("; ")}${more === 0 ? "" : `; and ${thousands(more)} more`}`];
}
