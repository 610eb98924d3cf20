import { meanOf, percent, table } from "./common.mjs";

export const id = "survival";
export const title = "How long cases last: what each export can say";

const worlds = 200;
const halfYear = 182;
const truth = 0.696;
/** Days until a case ends: 30.4 % end evenly over 26 weeks, the rest evenly over the next 74. */
const lasting = (u) =>
  Math.floor(u < 1 - truth ? (u / (1 - truth)) * halfYear : halfYear + ((u - (1 - truth)) / truth) * 518);

/** @returns Markdown */
export async function run(load) {
  const { stream } = await load("random/streams.js");
  const { kaplanMeier } = await load("statistics/kaplan-meier.js");
  const { survivalAt } = await load("statistics/survival-share.js");
  const kinds = [
    {
      name: "A year's window, cases at risk from when they are first watched",
      days: 364,
      curve: ({ entry, exit, event }) => kaplanMeier({ entry, exit, event }),
    },
    {
      name: "The same cases, as if all had been watched from their start",
      days: 364,
      curve: ({ exit, event }) => kaplanMeier({ exit, event }),
    },
    {
      name: "Open cases and a fortnight's closures, as if watched from their start",
      days: 14,
      curve: ({ exit, event }) => kaplanMeier({ exit, event }),
    },
    { name: "Cases that ended in the year, share that had lasted longer", days: 364, completed: true },
  ];
  const study = ({ days, curve, completed }, inflow) => {
    let held = 0;
    const estimates = Array.from({ length: worlds }, (_, w) => {
      const seen = observed(stream(`survival ${w}`, "evidence"), { days, inflow });
      if (completed) {
        const ended = seen.exit.filter((_, i) => seen.event[i] === 1);
        return ended.filter((exit) => exit > halfYear).length / ended.length;
      }
      const { survival, interval } = survivalAt(curve(seen), halfYear);
      if (interval !== undefined && interval.lower <= truth && truth <= interval.upper) held++;
      return survival;
    });
    return { ...meanOf(estimates), coverage: completed ? "" : percent(held / worlds) };
  };
  const lines = kinds.map((kind) => {
    const [steady, falling] = [study(kind, () => 2), study(kind, (day) => (day < -300 ? 3 : 1))];
    const shown = ({ mean, error }) => `${percent(mean)} (± ${percent(1.96 * error)})`;
    return [kind.name, shown(steady), shown(falling), steady.coverage, falling.coverage];
  });
  const error = Math.sqrt((0.95 * 0.05) / worlds);
  return [
    `${percent(truth)} of cases are still open after 26 weeks, always. ${worlds} worlds, in which two cases begin a day, and as many in which three did and for the last 300 days one does; each is ` +
      `looked at as different exports would show it. ± is 1.96 Monte Carlo standard errors; that of a coverage of 95 % is ${percent(1.96 * error)}.`,
    table(
      [
        "what is done",
        "mean estimate, steady",
        "mean estimate, inflow fell",
        "95 % intervals that hold the truth, steady",
        "inflow fell",
      ],
      lines,
    ),
    "casedraw does the first. Without a declared window (`observed`) it draws no curve and says why; durations of completed cases are shown only as what they are.",
  ].join("\n\n");
}

/** Cases that are open at some time of the last `days`, with days since their start. */
function observed(next, { days, inflow }) {
  const [entry, exit, event] = [[], [], []];
  for (let day = -1100; day <= 0; day++) {
    for (let k = 0; k < inflow(day); k++) {
      const ends = day + lasting(next());
      const from = Math.max(day, -days);
      if (ends <= from) continue;
      entry.push(from - day);
      exit.push(Math.min(ends, 0) - day || 0.5);
      event.push(ends <= 0 ? 1 : 0);
    }
  }
  return { entry, exit, event };
}
