import { counted, thousands } from "../../frame/words.js";
import { trackToFolder, type WrittenTrack } from "../../workflow/track/to-folder.js";
import type { Invocation } from "../command.js";
import type { Io } from "../io.js";
import { columns } from "../words.js";

export async function run({ values, lists, flags }: Invocation, io: Io): Promise<number> {
  const { sample = "", handover = "", out = "" } = values;
  const written = await trackToFolder({
    sample,
    handover,
    sheets: lists.merge ?? [],
    out,
    force: flags.has("force"),
    cwd: io.cwd,
    progress: (step, fraction) => io.progress(step, fraction),
    claim: (target) => io.claim(target),
  });
  io.claim(undefined);
  if (io.json) io.out(JSON.stringify({ out, ...facts(written) }));
  else io.out(lines(written, { sample, handover, out }).join("\n"));
  return 0;
}

function facts({ merged, due, progress, outputs }: WrittenTrack) {
  return {
    findings: merged.findings.length,
    losses: due.map(({ unitId, reason, reserve }) => ({
      unit_id: unitId,
      reason,
      ...(reserve === undefined ? {} : { reserve: reserve.unitId }),
    })),
    conflicts: merged.conflicts.map(({ unitId, team, pair, settled }) => ({
      unit_id: unitId,
      team,
      ...(pair === undefined ? {} : { pair }),
      settled,
    })),
    issues: merged.issues.map(({ unitId, ...issue }) => ({ unit_id: unitId, ...issue })),
    progress,
    outputs,
  };
}

/** Issues that a screen shows; issues.csv has all. */
const issuesShown = 10;

function lines(
  { merged, due, progress }: WrittenTrack,
  { sample, handover, out }: { readonly sample: string; readonly handover: string; readonly out: string },
): string[] {
  const { issues } = merged;
  const open = merged.conflicts.filter(({ settled }) => !settled);
  const { teams, second } = progress;
  const coming = due.filter(({ reserve }) => reserve !== undefined).length;
  return [
    `How far the review of ${sample} is`,
    "",
    ...columns([
      [
        "Team",
        "Cases",
        "Done",
        "Begun",
        "Lost",
        "Left",
        ...(second.cases > 0 ? ["Second reviews done"] : []),
      ],
      ...teams.map((team) => [
        team.name,
        ...[team.cases, team.done, team.begun, team.lost, team.left].map(thousands),
        ...(second.cases > 0 ? [`${thousands(team.second.done)} of ${thousands(team.second.cases)}`] : []),
      ]),
    ]),
    "",
    ...(issues.length === 0 ? [] : [`To look at: ${counted(issues.length, "issue")}`]),
    ...issues.slice(0, issuesShown).map(({ kind, team, file, row, unitId, column, text }) => {
      const place = [team, file, ...(row === undefined ? [] : [`row ${row}`]), column, unitId].filter(
        (part) => part !== "",
      );
      // Of a whole workbook there is no cell to look at, so what is wrong with it is said here.
      return `  ${kind}: ${place.join(", ")}${row === undefined ? `: ${text}` : ""}`;
    }),
    ...(issues.length > issuesShown
      ? [`  and ${thousands(issues.length - issuesShown)} more in issues.csv`]
      : []),
    ...(due.length === 0
      ? []
      : [
          `${due.length === 1 ? "1 case cannot" : `${thousands(due.length)} cases cannot`} be reviewed, ${counted(coming, "reserve")} due`,
        ]),
    `Wrote ${out} (open progress.html; issues.csv has what to look at)`,
    // Of a loss that is not in the sample an estimate knows nothing: it would take the case for one that nobody has read yet.
    due.length === 0
      ? `Estimate from it: casedraw estimate --sample ${sample} --findings ${out}/findings.csv --out estimates`
      : `Replacements come first, estimates after them: casedraw sample --replace ${out}/replacement-log.csv --from ${sample} --out NEXT`,
    ...(open.length === 0
      ? []
      : [
          `${counted(open.length, "conflict")}${due.length === 0 ? "" : ", once the replacements are made"}: casedraw handover --sample ${due.length === 0 ? sample : "NEXT"} --after ${handover} --conflicts ${out}/conflicts.csv --out GIVEN`,
        ]),
  ];
}
