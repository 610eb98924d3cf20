import { CasedrawError } from "../../errors.js";
import { counted, thousands } from "../../frame/words.js";
import { type Continuation, continueSample } from "../../workflow/next-version/continue-sample.js";
import type { WrittenSample } from "../../workflow/sample/to-folder.js";
import { inShownOrder } from "../../workflow/summary/strata-order.js";
import type { Invocation } from "../command.js";
import { continuationOptions, isGiven } from "../continuation.js";
import { nextVersionOptions } from "../draw-options.js";
import type { Helper } from "../helper.js";
import type { Io } from "../io.js";
import { entryLines } from "../register-words.js";
import { writtenFacts } from "../sample-words.js";
import { columns, sayNotes } from "../words.js";

/** `casedraw sample --replace LOG --from DIR` and `casedraw sample --extend DIR --size N`: a sample's next version. */
export async function continueFrom(invocation: Invocation, io: Io, helper: Helper): Promise<number> {
  const { values } = invocation;
  const { from, wanted } = continuationOf(invocation);
  refuseOthers(invocation);
  const out = values.out as string;
  const written = await continueSample(from, wanted, {
    ...nextVersionOptions(invocation, io, helper),
    ...(values.plan === undefined ? {} : { plan: values.plan }),
  });
  io.claim(undefined);
  if (io.json) io.out(JSON.stringify({ out, ...continuedFacts(written) }));
  else {
    sayNotes(written.sample.notes, io);
    io.out(continuedLines(written, { out, from }).join("\n"));
  }
  return 0;
}

function refuseOthers(invocation: Invocation): void {
  const stranger = ["seed", "dry-run", "commit", "linked-to"].find((name) => isGiven(invocation, name));
  if (stranger === undefined) return;
  throw usage(
    `--${stranger}`,
    "has no part in --replace and --extend, which go on with a draw and its seed. Leave it out.",
  );
}

/** Reads which of the two is wanted, and that its options are all there and no others. */
function continuationOf(invocation: Invocation): { readonly from: string; readonly wanted: Continuation } {
  const { values, flags } = invocation;
  const { replace, extend, from, size } = values;
  if (replace !== undefined && extend !== undefined) {
    throw usage("--extend", "cannot stand beside --replace: each makes a version of its own. Do one first.");
  }
  if (replace !== undefined) {
    const needless = ["size", "after-findings"].find((name) => isGiven(invocation, name));
    if (needless !== undefined)
      throw usage(`--${needless}`, "goes with --extend, got --replace. Leave it out.");
    if (from === undefined) throw usage("--replace", "needs --from DIR, the folder of the sample, got none.");
    return { from, wanted: { kind: "replace", log: replace } };
  }
  if (extend === undefined) {
    const lone = continuationOptions.find((name) => isGiven(invocation, name)) as string;
    throw usage(`--${lone}`, "goes with --replace LOG or --extend DIR, got neither.");
  }
  if (from !== undefined) throw usage("--from", "goes with --replace; --extend names the folder itself.");
  const count = Number(size);
  if (size === undefined || !/^[0-9]+$/.test(size) || !Number.isSafeInteger(count) || count < 1) {
    throw usage(
      "--size",
      `must be a whole number from 1, got ${size ?? "none"}. Count what is in the sample already.`,
    );
  }
  return {
    from: extend,
    wanted: { kind: "extend", size: count, afterFindings: flags.has("after-findings") },
  };
}

function usage(option: string, what: string): CasedrawError {
  return new CasedrawError("USAGE", `${option}: ${what}`, { option });
}

/** The sample's new version, for programs. */
function continuedFacts(written: WrittenSample) {
  const { manifest, sample, designed } = written;
  const { version, previous, steps } = manifest;
  const idOf = (unit: number): string => designed.frame.ids[unit] as string;
  return {
    ...writtenFacts(written),
    notes: sample.notes,
    strata: manifest.strata,
    version,
    previous,
    steps,
    replacements: (sample.after?.releases ?? []).map(({ version, unit, stratum, reason, released }) => ({
      version,
      unit_id: idOf(unit),
      stratum,
      reason,
      released: released === undefined ? null : idOf(released),
    })),
  };
}

/** The same for people: what was released or added now, and what the weights became. */
function continuedLines(
  written: WrittenSample,
  { out, from }: { readonly out: string; readonly from: string },
): string[] {
  const { designed, sample, manifest } = written;
  const { unit } = designed.planFile.plan;
  const last = manifest.steps?.at(-1);
  return [
    `Version ${manifest.version} of the sample, made from that in ${from}`,
    "",
    ...(last?.kind === "replace"
      ? releaseLines(written)
      : [`Enlarged to ${counted(sample.drawn.length, unit)}: ${addedCount(written)} added`]),
    "",
    ...outcomeLines(written),
    "",
    `The sample now holds ${counted(sample.drawn.length, unit)}, lost ones too, and ${counted(sample.reserves.length, "reserve")} in hand.`,
    ...entryLines(written),
    `Wrote ${out} (open summary.html and sample.xlsx; the proof is in manifest.json)`,
    `Check it at any time: casedraw verify ${out}`,
  ];
}

function addedCount({ sample }: WrittenSample): string {
  const { after } = sample;
  return thousands(after?.members.filter(({ version }) => version === after.version).length ?? 0);
}

function releaseLines({ designed, sample }: WrittenSample): string[] {
  const { after } = sample;
  const idOf = (unit: number): string => designed.frame.ids[unit] as string;
  const now = after?.releases.filter(({ version }) => version === after.version) ?? [];
  return columns([
    ["Lost", "Reason", "Released for it", "Stratum"],
    ...now.map(({ unit, reason, released, stratum }) => [
      idOf(unit),
      reason,
      released === undefined ? "none" : idOf(released),
      stratum,
    ]),
  ]);
}

/** Every stratum as it stands: response, and what its units stand for. */
function outcomeLines({ sample, designed }: WrittenSample): string[] {
  const { after, drawn, design } = sample;
  const { plan } = designed.planFile;
  const strata = inShownOrder(after?.strata ?? [], ({ key }) => key, { fields: design.plan.strata, plan });
  const weights = strata.map(({ key }) => {
    const own = drawn.flatMap((found, at) => {
      const member = after?.members[at];
      return found.stratum.key !== key || member === undefined || member.status !== member.entry
        ? []
        : [member.finalWeight];
    });
    const least = own.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const most = own.reduce((a, b) => Math.max(a, b), 0);
    if (own.length === 0) return "none";
    return least.toFixed(2) === most.toFixed(2)
      ? most.toFixed(2)
      : `${least.toFixed(2)} to ${most.toFixed(2)}`;
  });
  return columns([
    [
      "Stratum",
      "Sample",
      "Released",
      "Added",
      "Out of scope",
      "Inaccessible",
      "Conflict",
      "Response",
      "Weight",
    ],
    ...strata.map((stratum, at) => [
      stratum.key,
      stratum.members,
      stratum.released,
      stratum.added,
      stratum.outOfScope,
      stratum.inaccessible,
      stratum.conflict,
      `${(stratum.responseRate * 100).toFixed(1)} %`,
      weights[at] as string,
    ]),
  ]);
}
