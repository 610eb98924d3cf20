import { join } from "node:path";
import { countFlags } from "../../analysis/regional/flags.js";
import { wordOf } from "../../analysis/regional/verdict.js";
import { isFlagged } from "../../charts/area-marks.js";
import { thousands } from "../../frame/note.js";
import { comparisonsOf } from "../../workflow/compare/compared.js";
import { compareToFolder, type WrittenComparison } from "../../workflow/compare/to-folder.js";
import { flagSentence, keyMessages } from "../../workflow/compare/words.js";
import type { Invocation } from "../command.js";
import { editionNamed } from "../edition.js";
import { startHelper } from "../helper.js";
import type { Io } from "../io.js";
import { counted } from "../wording.js";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const { plan = "", out = "", by } = invocation.values;
  const edition = editionNamed(invocation.values.edition);
  const helper = startHelper();
  try {
    const written = await compareToFolder(plan, {
      edition,
      ...(by === undefined ? {} : { by }),
      png: !invocation.flags.has("no-png"),
      out,
      force: invocation.flags.has("force"),
      cwd: io.cwd,
      progress: (step, fraction) => io.progress(step, fraction),
      claim: (target) => io.claim(target),
      readPart: helper.readPart,
      findAside: helper.prepareAnalysis(),
    });
    io.claim(undefined);
    report(written, out, io);
  } finally {
    await helper.stop();
  }
  return 0;
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
  io.out(
    [
      plan.title,
      "",
      flagSentence(comparison),
      ...all.flatMap(flaggedLine),
      "",
      ...(refused.length === 0
        ? []
        : [`${counted(refused.length, "indicator")} not shown; the page says why.`]),
      `Wrote ${out} (open ${join(out, "compare.html")}).${audienceWords(comparison)}`,
    ].join("\n"),
  );
}

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
    .map(({ area, verdict }) => `${area} (${wordOf(verdict, indicator.polarity)})`);
  const more = flagged.length - named.length;
  return [`- ${indicator.name}: ${named.join("; ")}${more === 0 ? "" : `; and ${thousands(more)} more`}`];
}

function audienceWords({ edition, built }: WrittenComparison["comparison"]): string {
  if (built === undefined) return edition === "internal" ? " For the inspection team." : "";
  return edition === "internal"
    ? " For the inspection team: small numbers are shown."
    : " Small numbers are suppressed and others rounded.";
}
