import { counted, thousands } from "../../frame/words.js";
import { markOf, standingCases } from "../../workflow/chosen/standing-cases.js";
import { continueSample } from "../../workflow/next-version/continue-sample.js";
import type { WrittenSample } from "../../workflow/sample/to-folder.js";
import type { Invocation } from "../command.js";
import { nextVersionOptions, type ThreadWork, withThread } from "../draw-options.js";
import type { Io } from "../io.js";
import { entryLines } from "../register-words.js";
import { writtenFacts } from "../sample-words.js";
import { columns, sayNotes } from "../words.js";

export function run(invocation: Invocation, io: Io): Promise<number> {
  return withThread(invocation, io, addWith);
}

/** The command, with whatever another thread does for it. */
export async function addWith(invocation: Invocation, io: Io, thread: ThreadWork): Promise<number> {
  const { values } = invocation;
  const [from, out] = [values.sample as string, values.out as string];
  const written = await continueSample(
    from,
    { kind: "add", cases: values.cases as string },
    {
      ...nextVersionOptions(invocation, io, thread),
      ...(values.plan === undefined ? {} : { plan: values.plan }),
    },
  );
  io.claim(undefined);
  if (io.json) io.out(JSON.stringify({ out, ...facts(written) }));
  else {
    sayNotes(written.sample.notes, io);
    io.out(lines(written, { from, out }).join("\n"));
  }
  return 0;
}

function chosenNow({ designed, sample }: WrittenSample) {
  const version = sample.after?.version;
  const all = standingCases(designed.frame, sample);
  return { all, now: all.filter((each) => each.version === version) };
}

/** The sample's new version, for programs. */
function facts(written: WrittenSample) {
  const { manifest, sample } = written;
  return {
    ...writtenFacts(written),
    notes: sample.notes,
    strata: manifest.strata,
    version: manifest.version,
    previous: manifest.previous,
    chosen: chosenNow(written).all.map((each) => ({
      unit_id: each.unitId,
      status: markOf(each),
      standing: each.standing,
      reason: each.reason,
      asked_by: each.askedBy,
      asked_on: each.askedOn,
      version: each.version,
    })),
  };
}

function lines(
  written: WrittenSample,
  { from, out }: { readonly from: string; readonly out: string },
): string[] {
  const { manifest, sample, designed } = written;
  const { all, now } = chosenNow(written);
  const beside = all.filter((each) => !each.sampled).length;
  const sampled = now.filter((each) => each.sampled).length;
  return [
    `Version ${manifest.version} of the sample, made from that in ${from}`,
    "",
    ...columns([
      ["Chosen", "Status", "Standing", "Reason", "Asked by", "Asked on"],
      ...now.map((each) => [
        each.unitId,
        markOf(each),
        each.standing,
        each.reason,
        each.askedBy,
        each.askedOn,
      ]),
    ]),
    "",
    ...(sampled === 0
      ? []
      : [
          `${counted(sampled, "case")} of them ${sampled === 1 ? "was" : "were"} sampled anyway, and ${sampled === 1 ? "stays" : "stay"} in the sample with ${sampled === 1 ? "its" : "their"} weight`,
        ]),
    `The sample of ${counted(sample.drawn.length, designed.planFile.plan.unit)} is as it was; ${beside === 1 ? "1 chosen case stands" : `${thousands(beside)} chosen cases stand`} beside it, without weight`,
    ...entryLines(written),
    `Wrote ${out} (chosen.csv, and a sheet of sample.xlsx; the proof is in manifest.json)`,
    `Check it at any time: casedraw verify ${out}`,
  ];
}
