import type { Note, NoteCode } from "../../frame/note.js";
import { someOf, thousands } from "../../frame/words.js";
import type { StratumWeights } from "./final-weights.js";
import type { Step, StratumOutcome } from "./outcome.js";
import { continuesDraw, type Standing } from "./standing.js";

/** What must be said of a sample that was replaced in or added to. */
export function afterNotes(
  standing: Standing,
  options: {
    readonly steps: readonly Step[];
    readonly strata: readonly StratumOutcome[];
    readonly stops: ReadonlyMap<string, StratumWeights>;
  },
): Note[] {
  const { steps, strata, stops } = options;
  const { releases, design, toppedUp, wanted } = standing;
  const notes: Note[] = [];
  const say = (code: NoteCode, count: number, text: string, details: Note["details"] = {}): void => {
    if (count > 0) notes.push({ code, text, count, details });
  };
  const strataWhere = (meets: (stratum: StratumOutcome) => boolean): string[] =>
    strata.filter(meets).map(({ key }) => key);
  const about = (code: NoteCode, keys: readonly string[], what: string): void =>
    say(code, keys.length, `${what}: ${someOf(keys, 8)}.`, { strata: keys });
  const continuing = continuesDraw(design);
  const released = releases.filter((each) => each.released !== undefined).length;
  const due = releases.filter(({ reason }) => continuing || reason !== "out-of-scope").length;
  const total = (of: (stratum: StratumOutcome) => number): number =>
    strata.reduce((sum, stratum) => sum + of(stratum), 0);
  const [out, away, conflict] = [
    total((stratum) => stratum.outOfScope),
    total((stratum) => stratum.inaccessible),
    total((stratum) => stratum.conflict),
  ];
  say(
    "losses-replaced",
    releases.length,
    `${lossesText({ out, away, conflict })}; ${released === 1 ? "1 reserve was" : `${thousands(released)} reserves were`} released, strictly in order.`,
  );
  say(
    "losses-unreplaced",
    due - released,
    `For ${thousands(due - released)} of them no reserve was left; the weights allow for that.`,
  );
  if (!continuing && released > 0) {
    say(
      "substitutes-impute",
      released,
      `The ${thousands(released)} released reserves are matched substitutes: each stands in for a case that could not be reviewed, ` +
        "with that case's weight, and counts as imputed nonresponse.",
    );
  }
  say(
    "response-assumed",
    away + conflict,
    "Cases that could not be reached or taken are treated as missing at random within their stratum: if they differ from the " +
      "others of their stratum, estimates are off by an amount that nothing here can show.",
  );
  about(
    "in-scope-stop",
    strataWhere(({ key }) => stops.get(key)?.stopped === true && (wanted.get(key) ?? 0) > 1),
    "Release stopped when the wanted number was in scope, so the number of eligible units in scope is N(n − 1)/(m − 1) in",
  );
  about(
    "in-scope-of-one",
    strataWhere(({ key }) => stops.get(key)?.stopped === true && (wanted.get(key) ?? 0) < 2),
    "With a single case in scope the number of eligible units in scope is overstated in",
  );
  about(
    "in-scope-after-top-up",
    continuing ? strataWhere(({ key, outOfScope }) => toppedUp.has(key) && outOfScope > 0) : [],
    `Cases were out of scope before ${design.updated === undefined ? "a top-up" : "an update or a top-up"}: weights are N/m, approximately unbiased, in`,
  );
  about(
    "stratum-without-response",
    strataWhere(({ members, responseRate }) => members > 0 && responseRate === 0),
    "No case could be reviewed, and the sample says nothing about",
  );
  const tops = steps.filter((step) => step.kind === "extend");
  const last = tops.at(-1);
  if (last === undefined) return notes;
  say(
    "topped-up",
    total(({ added }) => added),
    `The sample was enlarged to ${thousands(last.size)}: ${thousands(total(({ added }) => added))} units were added.`,
  );
  const drawn = standing.members.filter(({ entry }) => entry !== "substitute").length;
  say(
    "top-up-sizes-vary",
    Math.abs(drawn - last.size),
    `It holds ${thousands(drawn)} drawn units, not ${thousands(last.size)}: what was lacking adds up to no whole number in every ` +
      "stratum, and there one more or fewer is drawn; the probabilities are exact.",
  );
  about(
    "top-up-held",
    continuing ? strataWhere(({ released: came, added }) => came > 0 && added === 0) : [],
    "Reserves released before the top-up already gave as much as the larger size asks for, and nothing was added, in",
  );
  say(
    "after-findings",
    tops.filter(({ afterFindings }) => afterFindings).length,
    "The decision to enlarge the sample rested on findings: its probabilities hold only given those findings.",
  );
  return notes;
}

/** "3 sampled cases cannot be reviewed: 2 out of scope, 1 inaccessible". */
function lossesText({
  out,
  away,
  conflict,
}: {
  readonly out: number;
  readonly away: number;
  readonly conflict: number;
}): string {
  const reasons: readonly (readonly [count: number, reason: string])[] = [
    [out, "out of scope"],
    [away, "inaccessible"],
    [conflict, "that nobody could take without a conflict"],
  ];
  const told = reasons.flatMap(([count, reason]) => (count === 0 ? [] : [`${thousands(count)} ${reason}`]));
  const all = out + away + conflict;
  return `${all === 1 ? "1 sampled case" : `${thousands(all)} sampled cases`} cannot be reviewed: ${told.join(", ")}`;
}
