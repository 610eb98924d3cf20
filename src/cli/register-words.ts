import { counted, thousands } from "../frame/words.js";
import type { DrawHistory, SeedCommitment } from "../report/register/history.js";
import type { WrittenSample } from "../workflow/sample/to-folder.js";
import type { RegisterStory } from "../workflow/verify/register-check.js";

/** As many times as a line of text can do with. */
const timesShown = 8;

/** The value of `--register`: null for none, and nothing where it was not given. */
export function registerOption(value: string | undefined): { readonly register?: string | null } {
  if (value === undefined) return {};
  return { register: value === "none" ? null : value };
}

/** What a draw's entry in the register means, for people. */
export function entryLines({ registered }: WrittenSample): string[] {
  if (registered === undefined) {
    return ["In no register: nobody can tell later how many draws were made before this one"];
  }
  const { reference, history, samePlanFile } = registered;
  const { committed, cut } = history;
  const earlier = history.samePlan.length;
  return [
    `Line ${reference.line} of the register ${reference.file}` +
      (earlier === 0 ? "" : `, after ${counted(earlier, "earlier draw")} of this plan${ownWords(history)}`),
    ...(committed === undefined
      ? []
      : [
          `${commitmentSentence(committed)}; the plan's file ${samePlanFile === true ? "has not changed" : "has changed"} since`,
        ]),
    ...cut.map(
      (line) => `Line ${line} of the register was cut short by a crash; it stays, and counts as no draw`,
    ),
  ];
}

/** The same for programs. */
export function entryFacts({ registered }: WrittenSample) {
  if (registered === undefined) return { register: null };
  const { reference, history, samePlanFile } = registered;
  const same = samePlanFile === undefined ? {} : { plan_file_unchanged: samePlanFile };
  return { register: { ...reference, ...historyFacts(history), ...same } };
}

/** What verification found in the register, for people. */
export function storyLines({ file, line, history }: RegisterStory): string[] {
  const { begins, samePlan, otherPlans, committed } = history;
  const times = samePlan.slice(0, timesShown).map(shownTime).join(", ");
  const more = samePlan.length > timesShown ? `, and ${samePlan.length - timesShown} more` : "";
  const same =
    samePlan.length === 0 ? "none" : `${thousands(samePlan.length)} (${times}${more})${ownWords(history)}`;
  return [
    `Register: ${file} begins on ${shownTime(begins)}; this draw is its line ${line}, and no line before it was changed.`,
    `Draws of this plan before it: ${same}. Draws of other plans before it: ${thousands(otherPlans)}.`,
    ...(committed === undefined ? [] : [`${commitmentSentence(committed)}.`]),
  ];
}

/** Where the sample's own draw is one of those before it: a later version is no second try. */
function ownWords({ samePlan, ownDraw }: DrawHistory): string {
  if (ownDraw !== true) return "";
  return samePlan.length === 1
    ? ", which is version 1 of this sample"
    : ", version 1 of this sample among them";
}

/** The same for programs. */
export function storyFacts({ file, line, history }: RegisterStory) {
  return { file, line, ...historyFacts(history) };
}

function historyFacts({ begins, samePlan, otherPlans, committed, cut }: DrawHistory) {
  return {
    begins,
    draws_of_plan_before: samePlan,
    draws_of_other_plans_before: otherPlans,
    seed_committed:
      committed === undefined
        ? null
        : { time: committed.time, line: committed.line, seeds_committed: committed.seeds },
    lines_cut_short: cut,
  };
}

function commitmentSentence({ time, line, seeds }: SeedCommitment): string {
  const many = seeds === 1 ? "the only seed committed" : `one of ${seeds} seeds committed`;
  return `Seed committed on ${shownTime(time)}, before this draw (line ${line} of the register; ${many} by then)`;
}

/** 2026-11-16T09:30:00.000Z as 2026-11-16 09:30:00 UTC. */
export function shownTime(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}
