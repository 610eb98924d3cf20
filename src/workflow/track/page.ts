import { fieldLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import { type Html, html } from "../../report/page/html.js";
import { type PageSection, pageHtml } from "../../report/page/page.js";
import { dataTable } from "../../report/page/table.js";
import { stratumLabel } from "../summary/strata.js";
import { inShownOrder } from "../summary/strata-order.js";
import type { DueReserve } from "./due-reserves.js";
import type { Issue } from "./issues.js";
import type { ReviewProgress, WholeProgress } from "./progress.js";

const number = (header: string) => ({ header, kind: "number" as const });
const headers = ["Cases", "Done", "Begun", "Cannot be reviewed", "Cases left"].map(number);
const cells = ({ cases, done, begun, lost, left }: ReviewProgress): string[] =>
  [cases, done, begun, lost, left].map(thousands);

/** `progress.html`: how far the review is, on one page. It names no case. */
export function progressPage(
  progress: WholeProgress,
  {
    plan,
    marking,
    issues,
    due,
  }: {
    readonly plan: Plan;
    readonly marking: string;
    readonly issues: readonly Issue[];
    readonly due: readonly DueReserve[];
  },
): string {
  const { all, chosen, second, targets } = progress;
  const sections: PageSection[] = [
    { id: "teams", heading: "By team", body: teamsHtml(progress) },
    { id: "strata", heading: "By stratum", body: strataHtml(progress, plan) },
    ...(targets.length === 0 ? [] : [{ id: "targets", heading: "By target", body: targetsHtml(progress) }]),
    { id: "look", heading: "To look at", body: issuesHtml(issues) },
  ];
  const coming = due.filter(({ reserve }) => reserve !== undefined).length;
  const facts: [string, string][] = [
    ["Sampled cases", sentence(all)],
    ...(chosen.cases === 0 ? [] : [["Chosen cases", sentence(chosen)] as [string, string]]),
    ...(second.cases === 0 ? [] : [["Second reviews", sentence(second)] as [string, string]]),
    ...(due.length === 0
      ? []
      : [
          [
            "Losses",
            `${thousands(due.length)} in replacement-log.csv, for which ${thousands(coming)} ${coming === 1 ? "reserve comes" : "reserves come"}.`,
          ] as [string, string],
        ]),
    ["To look at", issues.length === 0 ? "Nothing." : `${thousands(issues.length)} in issues.csv.`],
  ];
  return pageHtml({
    title: "How far the review is",
    kind: "Progress",
    marking: `${marking}: internal.`,
    lede: plan.title,
    summary: {
      id: "short",
      heading: "In short",
      body: html`<dl class="facts">
${facts.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>\n`)}</dl>
`,
    },
    sections,
    footer: html`<p>Made by casedraw from the worksheets that were read. Done: every question is answered. Begun: some are.</p>`,
  });
}

function sentence({ cases, done, begun, lost, left }: ReviewProgress): string {
  return `${thousands(done)} of ${thousands(cases)} done, ${thousands(begun)} begun, ${thousands(lost)} cannot be reviewed, ${thousands(left)} left.`;
}

function teamsHtml({ teams, all, chosen }: WholeProgress): Html {
  const seconds = teams.some(({ second }) => second.cases > 0);
  return html`${dataTable({
    id: "teams-table",
    caption: `Cases by team${chosen.cases === 0 ? "" : ", chosen ones too"}`,
    columns: [
      { header: "Team" },
      ...headers,
      ...(seconds ? [number("Second reviews"), number("Done twice")] : []),
    ],
    rows: teams.map((team) => [
      team.name,
      ...cells(team),
      ...(seconds ? [thousands(team.second.cases), thousands(team.second.done)] : []),
    ]),
  })}${all.cases === 0 ? html`<p>No case is left to review.</p>\n` : ""}`;
}

function strataHtml({ strata, all }: WholeProgress, plan: Plan): Html {
  const fields = plan.sample?.strata ?? [];
  return dataTable({
    id: "strata-table",
    caption:
      "Sampled cases by stratum, and reserves: used since the draw, due for the losses reported now, and left after those",
    columns: [
      { header: fields.map(fieldLabel).join(" / ") || "Stratum" },
      ...headers,
      ...["Reserves used", "Reserves due", "Reserves left"].map(number),
    ],
    rows: inShownOrder(strata, ({ name }) => name, { fields, plan }).map((stratum) => [
      plan.sample === undefined ? stratum.name : stratumLabel(stratum.name, fields, plan),
      ...cells(stratum),
      ...[stratum.used, stratum.due, stratum.reserves].map(thousands),
    ]),
    total: [
      "All",
      ...cells(all),
      ...(["used", "due", "reserves"] as const).map((key) =>
        thousands(strata.reduce((sum, each) => sum + each[key], 0)),
      ),
    ],
  });
}

function targetsHtml({ targets }: WholeProgress): Html {
  return dataTable({
    id: "targets-table",
    caption: "Sampled cases of each target of the plan",
    columns: [{ header: "Target" }, number("Wanted"), ...headers],
    rows: targets.map((target) => [target.name, thousands(target.atLeast), ...cells(target)]),
  });
}

function issuesHtml(issues: readonly Issue[]): Html {
  if (issues.length === 0) return html`<p>Nothing: no two answers for one case, no changed id, no gap.</p>\n`;
  const counts = new Map<string, [string, string, number]>();
  for (const { team, kind } of issues) {
    const key = `${team} ${kind}`;
    counts.set(key, [team, kind, (counts.get(key)?.[2] ?? 0) + 1]);
  }
  return html`${dataTable({
    id: "issues-table",
    caption: "What has to be looked at, by team; issues.csv has each with sheet and row",
    columns: [{ header: "Team" }, { header: "What" }, number("Times")],
    rows: [...counts.values()].map(([team, kind, count]) => [team || "Not known", kind, thousands(count)]),
  })}`;
}
