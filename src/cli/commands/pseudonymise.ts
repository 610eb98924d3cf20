import { join } from "node:path";
import { counted, thousands } from "../../frame/words.js";
import { matchToFile } from "../../workflow/pseudonymise/match.js";
import { pseudonymiseToFolder, type WrittenCopy } from "../../workflow/pseudonymise/to-folder.js";
import type { Invocation } from "../command.js";
import { withHelper } from "../helper.js";
import type { Io } from "../io.js";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const { plan = "", key = "", out = "", match, frame } = invocation.values;
  await withHelper(async ({ readPart }) => {
    const options = {
      key,
      ...(frame === undefined ? {} : { frame }),
      out,
      force: invocation.flags.has("force"),
      cwd: io.cwd,
      progress: (step: string, fraction?: number): void => io.progress(step, fraction),
      claim: (target: string): void => io.claim(target),
      readPart,
    };
    if (match === undefined) reportCopy(await pseudonymiseToFolder(plan, options), { out, key }, io);
    else await reportMatch(match, { ...options, plan }, io);
  });
  return 0;
}

function reportCopy(
  { plan, frame, treatment, madeKey, notes, outputs }: WrittenCopy,
  { out, key }: { readonly out: string; readonly key: string },
  io: Io,
): void {
  io.claim(undefined);
  for (const note of notes) io.say(`Note: ${note}`);
  const { hashed, dropped, birth } = treatment;
  const left = [...dropped, ...(birth ? ["date_of_birth"] : [])];
  if (io.json) {
    io.out(
      JSON.stringify({
        out,
        key,
        key_made: madeKey,
        rows: frame.accounting.rowsRead,
        eligible: frame.eligible.length,
        replaced: hashed,
        left_out: left,
        notes,
        outputs,
      }),
    );
    return;
  }
  io.out(
    [
      plan.title,
      "",
      `Copied ${counted(frame.accounting.rowsRead, "row")}: ${counted(frame.eligible.length, "eligible unit")}, as in the export.`,
      ...(hashed.length === 0 ? [] : [`Pseudonyms stand for ${hashed.join(", ")}.`]),
      `Left out: names${left.length === 0 ? "" : `, ${left.join(", ")}`}.${birth ? " The month of birth stays, and the age on the reference date." : ""}`,
      "",
      `Wrote ${out} (draw from it with --plan ${join(out, "plan.yaml")}).`,
      madeKey
        ? `Made the key ${key}. Keep it apart from the copy and do not lose it: with it the copy can be matched back, and nothing else can.`
        : `Used the key ${key}. Keep it apart from the copy.`,
      "Rare combinations can still tell who somebody is: share the copy only with who may see personal data.",
    ].join("\n"),
  );
}

async function reportMatch(list: string, options: Parameters<typeof matchToFile>[1], io: Io): Promise<void> {
  const { listed, own, pseudonyms, unmatched } = await matchToFile(list, options);
  io.claim(undefined);
  if (io.json) {
    io.out(JSON.stringify({ out: options.out, listed, unit_ids: own, pseudonyms, unmatched }));
    return;
  }
  if (unmatched > 0) {
    io.say(
      `Note: ${counted(unmatched, "listed id")} ${unmatched === 1 ? "is" : "are"} neither in the export nor a pseudonym of it; their lines are blank.`,
    );
  }
  io.out(
    [
      `Matched ${thousands(listed - unmatched)} of ${counted(listed, "listed id")}: ${counted(pseudonyms, "pseudonym")} and ${counted(own, "unit id")} of the export.`,
      `Wrote ${options.out}. It says who is who: keep it as you keep the export.`,
    ].join("\n"),
  );
}
