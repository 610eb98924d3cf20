import { counted, thousands } from "../../frame/words.js";
import { inShownOrder } from "../../workflow/summary/strata-order.js";
import { type MemberChange, memberChanges } from "../../workflow/update/changes-table.js";
import { updateToFolder, type WrittenUpdate } from "../../workflow/update/update-sample.js";
import type { Invocation } from "../command.js";
import { nextVersionOptions, type ThreadWork, withThread } from "../draw-options.js";
import type { Io } from "../io.js";
import { entryLines } from "../register-words.js";
import { writtenFacts } from "../sample-words.js";
import { columns, inPercent, sayNotes } from "../words.js";

export function run(invocation: Invocation, io: Io): Promise<number> {
  return withThread(invocation, io, updateWith);
}

/** The command, with whatever another thread does for it. */
export async function updateWith(invocation: Invocation, io: Io, thread: ThreadWork): Promise<number> {
  const { values } = invocation;
  const [from, out] = [values.sample as string, values.out as string];
  const written = await updateToFolder(
    from,
    values.plan as string,
    nextVersionOptions(invocation, io, thread),
  );
  io.claim(undefined);
  if (io.json) io.out(JSON.stringify({ out, ...facts(written) }));
  else {
    sayNotes([...written.sample.notes, ...written.notes], io);
    io.out(lines(written, { from, out }).join("\n"));
  }
  return 0;
}

/** Ids that a screen shows; changes.csv has all. */
const idsShown = 10;

/** The sample's new version, for programs. */
function facts(written: WrittenUpdate) {
  const { manifest, sample, step } = written;
  return {
    ...writtenFacts(written),
    notes: [...sample.notes, ...written.notes],
    strata: manifest.strata,
    version: manifest.version,
    previous: manifest.previous,
    eligible: step.eligible,
    probabilities: step.probabilities,
    kept: step.kept.length,
    moved: idsOf(written, "moved"),
    left: step.left,
    added: idsOf(written, "added"),
  };
}

function lines(
  written: WrittenUpdate,
  { from, out }: { readonly from: string; readonly out: string },
): string[] {
  const { manifest, sample, step, designed } = written;
  const { plan } = designed.planFile;
  const { unit } = plan;
  const { eligible, kept, left } = step;
  const strata = sample.design.strata.map((stratum, at) => ({ ...stratum, held: manifest.strata[at] }));
  const moved = idsOf(written, "moved");
  const added = idsOf(written, "added");
  return [
    `Version ${manifest.version} of the sample, made from that in ${from} on the corrected export`,
    "",
    ...columns([
      ["", "Eligible", "Sampled"],
      ["Kept in their stratum", thousands(eligible.kept), thousands(kept.length - moved.length)],
      ["Moved to another", thousands(eligible.moved), thousands(moved.length)],
      ["Gone", thousands(eligible.gone), thousands(left.length)],
      ["New", thousands(eligible.new), ""],
    ]),
    "",
    ...listed(
      "Gone from the sample",
      left.map(({ unit_id, why }) => `${unit_id} (${why})`),
    ),
    ...listed("Moved", moved),
    ...listed("Added", added),
    "",
    ...columns([
      ["Stratum", "Eligible", "Sample", "Reserves", "Chance"],
      ...inShownOrder(strata, ({ key }) => key, { fields: sample.design.plan.strata, plan }).map(
        ({ key, units, held, inclusionProbability }) => [
          key,
          thousands(units.length),
          thousands(held?.drawn ?? 0),
          thousands(held?.reserves ?? 0),
          `${inPercent(inclusionProbability)} %`,
        ],
      ),
    ]),
    "",
    `The sample now holds ${counted(sample.drawn.length, unit)} and ${counted(sample.reserves.length, "reserve")}: ${counted(added.length, unit)} added`,
    step.probabilities === "conditional"
      ? "Its probabilities hold given how many of the sample before remained in each stratum"
      : "Its probabilities are exact; how many were added varies by chance",
    ...entryLines(written),
    `Wrote ${out} (what changed is in changes.csv; open summary.html and sample.xlsx; the proof is in manifest.json)`,
    `Check it at any time: casedraw verify ${out}`,
  ];
}

function listed(what: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > idsShown ? ` and ${thousands(ids.length - idsShown)} more` : "";
  return [`${what}: ${ids.slice(0, idsShown).join(", ")}${more}`];
}

/** Ids of the sample's units with which the update did this. */
function idsOf({ sample, step, manifest, designed }: WrittenUpdate, wanted: MemberChange): string[] {
  const changes = memberChanges(sample, step, manifest.version as number);
  return sample.drawn.flatMap(({ unit }, at) =>
    changes[at] === wanted ? [designed.frame.ids[unit] as string] : [],
  );
}
