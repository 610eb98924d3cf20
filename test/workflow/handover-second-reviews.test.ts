import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { drawn, handOver, handoverPlan } from "./handing-over.js";
import { records } from "./updating.js";

const planOf = (double: string, voice = "in person, in writing, not heard, by others") =>
  handoverPlan
    .replace("size: 60", "size: 80")
    .replace("in person, in writing, not heard", voice)
    .replace("  double_review: 0.2\n", double);

async function notesOf(double: string, voice?: string) {
  const folder = await drawn(planOf(double, voice));
  const { handover } = await handOver(folder, "given");
  return handover.notes.filter(({ code }) => code === "second-reviews-few");
}

describe("second reviews that are too few for what is said of agreement", () => {
  // Yes and no need 20 pairs; k categories 2k² (Cicchetti 1981), and 20 at the least: 4 need 32.
  test("are told at handover, with the number that would do", async () => {
    expect(await notesOf("  double_review: 10\n")).toEqual([
      {
        code: "second-reviews-few",
        count: 10,
        text:
          "10 cases are read twice, which is few: casedraw estimate gives kappa and AC1 an interval only from so many pairs on: 20 for plan_timely and 32 for voice. " +
          "handover: { double_review: 32 } in the plan would do, if every pair has an answer in both readings; take a few more for those that have none.",
      },
    ]);
  });

  test("are nothing to tell from that number on, and name only the questions that lack pairs", async () => {
    expect(await notesOf("  double_review: 32\n")).toEqual([]);
    expect(await notesOf("")).toEqual([]);
    expect((await notesOf("  double_review: 31\n"))[0]?.text).toContain("so many pairs on: 32 for voice. ");
    expect(await notesOf("  double_review: 20\n", "in person, in writing, not heard")).toEqual([]);
  });

  test("of audits say nothing: what is told of them is not how two reviews agree", async () => {
    const folder = await drawn(
      planOf("  double_review: 20\n").replace("name: voice", "name: audit_agreement"),
    );
    const { handover } = await handOver(folder, "given");
    expect(handover.notes.map(({ code }) => code)).not.toContain("second-reviews-few");
  });

  test("are as good as none up to the threshold, and no number does where the sample is small", async () => {
    const [note] = await notesOf("  double_review: 5\n");
    expect(note?.text).toContain("32 for voice and shows nothing at all of 5 or fewer. ");
    const folder = await drawn(planOf("  double_review: 5\n").replace("size: 80", "size: 30"));
    const { handover } = await handOver(folder, "given");
    expect(handover.notes.map(({ text }) => text).join()).toContain(
      "The sample has 30 cases, so no number will do: read the share of pairs that agree.",
    );
  });
});

describe("a handover after another says what becomes of second reviews", () => {
  test("where double_review has changed, and where it is gone", async () => {
    const folder = await drawn(planOf("  double_review: 10\n"));
    await handOver(folder, "given");
    const next = async (out: string, double: string) => {
      writeFileSync(join(folder, "changed.yaml"), planOf(double));
      const { handover } = await handOver(folder, out, { after: "given", plan: "changed.yaml" });
      return handover.notes.filter(({ code }) => code === "double-review-changed").map(({ text }) => text);
    };
    expect(await next("more", "  double_review: 40\n")).toEqual([
      "double_review is 40 now and was 10 in the handover before, whose second reviews stay: the new number has no effect on them, because their probabilities are fixed. To draw them anew, hand over without --after, before anybody has begun to read.",
    ]);
    expect(records(folder, "more/second-reviews.csv")).toEqual(records(folder, "given/second-reviews.csv"));
    expect(await next("gone", "")).toEqual([
      "The plan asks for no second reviews any more: the 10 of the handover before are not handed on. To keep them, put double_review: 10 back.",
    ]);
    expect(await next("same", "  double_review: 10\n")).toEqual([]);
  });
});

test("the evidence tells no small total", async () => {
  const folder = await drawn(
    handoverPlan.replace("size: 60", "size: 4").replace(/, targets: \[[^\]]*\]/, ""),
  );
  await handOver(folder, "given");
  const page = readFileSync(join(folder, "given/evidence/evidence.html"), "utf8");
  expect(page).toContain("1 to 5 children, by lot.");
  expect(page).not.toMatch(/\b4 children/);
});
