import { counted, thousands } from "../../frame/words.js";
import type { Handover } from "../../workflow/handover/make.js";
import type { AssignedRow } from "../../workflow/handover/record.js";
import { handoverToFolder } from "../../workflow/handover/to-folder.js";
import type { Invocation } from "../command.js";
import { withHelper } from "../helper.js";
import type { Io } from "../io.js";
import { columns } from "../words.js";

export async function run({ values, lists, flags }: Invocation, io: Io): Promise<number> {
  const { sample = "", out = "", plan, conflicts, after } = values;
  const written = await withHelper((helper) =>
    handoverToFolder({
      sample,
      ...(plan === undefined ? {} : { plan }),
      data: lists.data ?? [],
      ...(conflicts === undefined ? {} : { conflicts }),
      ...(after === undefined ? {} : { after }),
      out,
      force: flags.has("force"),
      cwd: io.cwd,
      progress: (step, fraction) => io.progress(step, fraction),
      claim: (target) => io.claim(target),
      readPart: helper.readPart,
    }),
  );
  io.claim(undefined);
  const { handover, notes, outputs } = written;
  if (io.json) {
    io.out(
      JSON.stringify({
        out,
        teams: handover.teams.map(({ name }) => ({ name, ...numbersOf(handover, name) })),
        not_assigned: handover.rows.filter(({ unplaced }) => unplaced !== undefined).length,
        second_reviews: handover.secondReviews.length,
        notes,
        outputs,
      }),
    );
    return 0;
  }
  for (const { text } of notes) io.say(`Note: ${text}`);
  io.out(lines(handover, { sample, out }).join("\n"));
  return 0;
}

function numbersOf({ rows }: Handover, team: string) {
  const own = rows.filter((row) => row.team === team);
  const of = (role: AssignedRow["role"]): number => own.filter((row) => row.role === role).length;
  return {
    sampled: of("sampled"),
    chosen: of("chosen"),
    second_readings: of("second reading"),
    reserves: of("reserve"),
    // Null where the sample has no field that says where a case is.
    sites: rows.some(({ site }) => site !== "")
      ? new Set(own.filter(({ pair }) => pair !== undefined).map(({ site }) => site)).size
      : null,
  };
}

function lines(
  handover: Handover,
  { sample, out }: { readonly sample: string; readonly out: string },
): string[] {
  const { teams, plan, rows } = handover;
  const due = rows.filter(
    ({ role, team }) => team !== "" && (role === "sampled" || role === "chosen"),
  ).length;
  return [
    `${plan.title}: the cases of ${sample}, handed over`,
    "",
    ...columns([
      ["Team", "Pairs", "Sampled", "Chosen", "Second reviews", "Reserves", "Sites"],
      ...teams.map(({ name, pairs }) => {
        const { sampled, chosen, second_readings, reserves, sites } = numbersOf(handover, name);
        return [
          name,
          ...[pairs, sampled, chosen, second_readings, reserves].map(thousands),
          sites === null ? "–" : thousands(sites),
        ];
      }),
    ]),
    "",
    `${counted(due, "case")} with ${counted(teams.length, "team")}`,
    `Wrote ${out}: worksheets/ for the teams, request/ for the body's link person, evidence/ for whoever asks; assignment.csv is the lead's own`,
    `Read the worksheets back: casedraw track --sample ${sample} --handover ${out} --merge SHEET… --out progress`,
  ];
}
