import { CasedrawError } from "../../errors.js";
import type { DesignedFrame } from "../../workflow/sample/design-from-plan.js";
import { answerSize, type SizeAnswer, type SizeQuestion } from "../../workflow/size/answer.js";
import { designOfSize } from "../../workflow/size/design-of-size.js";
import { legend } from "../../workflow/size/page.js";
import { shownTable } from "../../workflow/size/tables.js";
import { sizeToFolder } from "../../workflow/size/to-folder.js";
import type { Invocation } from "../command.js";
import { withHelper } from "../helper.js";
import type { Io } from "../io.js";
import { columns, sayNotes } from "../words.js";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const question = questionOf(invocation);
  const { plan, out } = invocation.values;
  const designed = plan === undefined ? undefined : await designOf(plan, question, io);
  const answer = answerSize(question, designed);
  const outputs =
    out === undefined
      ? undefined
      : await sizeToFolder(answer, {
          out,
          force: invocation.flags.has("force"),
          cwd: io.cwd,
          claim: (target) => io.claim(target),
          ...(designed === undefined ? {} : { designed }),
        });
  io.claim(undefined);
  if (io.json) io.out(JSON.stringify(facts(answer, { out, outputs, designed })));
  else report(answer, { out, designed }, io);
  return 0;
}

async function designOf(plan: string, { size }: SizeQuestion, io: Io): Promise<DesignedFrame> {
  return await withHelper((helper) =>
    designOfSize(plan, {
      ...(size === undefined ? {} : { size }),
      cwd: io.cwd,
      progress: (step, fraction) => io.progress(step, fraction),
      readPart: helper.readPart,
    }),
  );
}

function questionOf(invocation: Invocation): SizeQuestion {
  const { plan, method = "wilson" } = invocation.values;
  const by = invocation.lists.by ?? [];
  const number = (name: string): number | undefined => numberOf(name, invocation.values[name]);
  const whole = (name: string): number | undefined => wholeOf(name, invocation.values[name]);
  const [margin, difference, rare] = [number("margin"), number("difference"), number("rare")];
  const [size, populationSize] = [whole("size"), whole("population")];
  const goals = {
    ...(margin === undefined ? {} : { margin }),
    ...(difference === undefined ? {} : { difference }),
    ...(rare === undefined ? {} : { rare }),
  };
  if (method !== "wilson" && method !== "wald") {
    throw usage("--method", `must be wilson or wald, got "${method}". Leave it out for wilson.`);
  }
  const [goal] = Object.keys(goals);
  if (goal === undefined && size === undefined && plan === undefined) {
    throw usage(
      "casedraw size",
      "needs a question, got none. Ask with --margin, --difference or --rare, or give --size or --plan.",
    );
  }
  if (goal !== undefined && size !== undefined) {
    throw usage("--size", `does not go with --${goal}, which asks for a size. Leave one of them out.`);
  }
  if (plan !== undefined && populationSize !== undefined) {
    throw usage("--population", "does not go with --plan, whose frame says it. Leave one of them out.");
  }
  if (plan === undefined && by.length > 0) {
    throw usage("--by", "needs the data that a plan names, got no plan. Add --plan P.");
  }
  return {
    assumptions: {
      proportion: number("proportion") ?? 0.5,
      confidence: number("confidence") ?? 0.95,
      power: number("power") ?? 0.8,
      method,
    },
    goals,
    designEffect: number("design-effect") ?? 1,
    ...(populationSize === undefined ? {} : { populationSize }),
    ...(size === undefined ? {} : { size }),
    by,
  };
}

function numberOf(name: string, written: string | undefined): number | undefined {
  if (written === undefined || /^(\d+(\.\d+)?|\.\d+)$/.test(written)) {
    return written === undefined ? undefined : Number(written);
  }
  throw usage(`--${name}`, `must be a number such as 0.05, got "${written}". Write 5 % as 0.05.`);
}

function wholeOf(name: string, written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  if (/^\d+$/.test(written) && Number.isSafeInteger(Number(written)) && Number(written) > 0) {
    return Number(written);
  }
  throw usage(`--${name}`, `must be a whole number from 1, got "${written}". Write it without commas.`);
}

function usage(what: string, rest: string): CasedrawError {
  return new CasedrawError("USAGE", `${what}: ${rest}`, { option: what });
}

interface Made {
  readonly out: string | undefined;
  readonly outputs?: readonly unknown[] | undefined;
  readonly designed: DesignedFrame | undefined;
}

/** The answer for programs; shares are fractions. */
function facts(answer: SizeAnswer, { out, outputs, designed }: Made) {
  const { question, needed, reached, sentences, notes } = answer;
  const { margin, difference, rare } = question.goals;
  return {
    assumptions: question.assumptions,
    ...(needed === undefined
      ? {
          reached: reached?.map((each) => ({
            ...groupFacts(each.group),
            sample_size: each.group.sampleSize,
            margin: each.margin ?? null,
            difference: each.difference ?? null,
            rarest: each.rarest ?? null,
          })),
        }
      : {
          goals: { margin, difference, rare },
          needed: needed.map((each) => ({
            ...groupFacts(each.group),
            margin: each.margin === undefined ? undefined : sizeFacts(each.margin),
            difference: each.difference === undefined ? undefined : sizeFacts(each.difference),
            rare: each.rare === undefined ? undefined : sizeFacts(each.rare),
          })),
        }),
    sentences,
    notes: [...planNotes(designed), ...notes],
    ...(out === undefined ? {} : { out, outputs }),
  };
}

function groupFacts(group: SizeAnswer["whole"]) {
  return {
    characteristic: group.characteristic,
    level: group.level,
    population: group.populationSize ?? null,
    design_effect: group.designEffect,
  };
}

function sizeFacts({ exact, sampleSize }: { readonly exact: number; readonly sampleSize: number }) {
  return { exact, sample_size: sampleSize };
}

function planNotes(designed: DesignedFrame | undefined) {
  return designed === undefined ? [] : [...designed.frame.notes, ...designed.design.notes];
}

function report(answer: SizeAnswer, { out, designed }: Made, io: Io): void {
  sayNotes(planNotes(designed), io);
  const { header, rows } = shownTable(answer);
  const title = designed === undefined ? [] : [designed.planFile.plan.title, ""];
  const remarks = [...legend(answer), ...answer.notes.map(({ text }) => text)];
  io.out(
    [
      ...title,
      ...answer.sentences,
      "",
      ...columns([header, ...rows]),
      ...(remarks.length === 0 ? [] : ["", ...remarks]),
      ...(out === undefined ? [] : ["", `Wrote ${out} (open size.html).`]),
    ].join("\n"),
  );
}
