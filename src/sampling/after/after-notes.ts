import type { Note, NoteCode } from "../../frame/note.js";
import { someOf, thousands } from "../../frame/words.js";
import type { StratumWeights } from "./final-weights.js";
import type { Step, StratumOutcome } from "./outcome.js";
import { continuesDraw, type Standing } from "./standing.js";
import { topUpNotes } from "./top-up-notes.js";

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
  const { releases, design, places, toppedUp, wanted } = standing;
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
  // A unit that a top-up drew while it stood in for another was due two reserves: it is one case all the same.
  const unreplaced = new Set(
    releases
      .filter((each) => each.released === undefined && (continuing || each.reason !== "out-of-scope"))
      .map(({ unit }) => unit),
  ).size;
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
    unreplaced,
    `For ${thousands(unreplaced)} of them ${design.updated === undefined ? "no reserve was left" : "no reserve is in the sample: none was left, or the one that came has gone since"}; ` +
      "the weights allow for that.",
  );
  if (!continuing) {
    const holders = places.flatMap(({ origin, holder }) =>
      holder === undefined || holder === origin ? [] : [holder],
    );
    const substitutes = new Set(holders).size;
    say(
      "substitutes-impute",
      substitutes,
      `${substitutes === released ? `The ${thousands(released)} released reserves are` : `Of the released reserves ${thousands(substitutes)} are still`} matched substitutes: each stands in for a case that could not be reviewed, ` +
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
  return [...notes, ...topUpNotes(standing, steps)];
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
