import { type Cell, type Interval95, isInterval, type KeyMessage } from "../result.js";

/** A characteristic of public and private law, as it is shown. */
export interface Profile {
  /** Of the field. */
  readonly name: string;
  readonly label: string;
  readonly isNumber: boolean;
  readonly difference: Cell;
  /** Of public and of private law; `z` of categories. */
  readonly means: readonly [Cell, Cell];
}

/** Beyond this, groups are commonly called unlike (Austin 2009, Stat Med 28:3083–3107). */
const unlike = 0.1;

/** The nearest that a difference may be to 0, as its interval has it. */
function least({ lower, upper }: Interval95): number {
  return lower > 0 ? lower : upper < 0 ? -upper : 0;
}

/** The two characteristics that differ most, where their intervals say that they do. */
export function profileMessages(profiles: readonly Profile[], noun: string): KeyMessage[] {
  const clear = profiles
    .flatMap(({ difference, ...profile }) =>
      isInterval(difference) && least(difference) > unlike ? [{ ...profile, ...difference }] : [],
    )
    .sort((a, b) => least(b) - least(a));
  return clear.slice(0, 2).map(({ name, label, isNumber, means, value, lower, upper }) => {
    const interval = `(95% interval ${signed(lower)} to ${signed(upper)})`;
    const inMeans = meansSentence(name, means, noun);
    return {
      text: isNumber
        ? (inMeans ??
          `${label}: the mean is ${value > 0 ? "higher" : "lower"} in public than in private law, by ${Math.abs(value).toFixed(2)} standard deviations ${interval}.`)
        : `${label}: public and private law differ, Cramér’s V ${value.toFixed(2)} ${interval}.`,
      weight: Math.min(0.6, 0.2 + Math.abs(value) / 2),
    };
  });
}

/** The means themselves, where both are shown and differ as they are written. */
function meansSentence(name: string, means: Profile["means"], noun: string): string | undefined {
  const [first, second] = means.map((mean) =>
    typeof mean === "number" ? mean.toFixed(name === "delay_days" ? 0 : 1) : undefined,
  );
  if (first === undefined || second === undefined || first === second) return undefined;
  const end = "on average in public law";
  switch (name) {
    case "delay_days":
      return `Open ${noun} have waited ${first} ${first === "1" ? "day" : "days"} ${end}, and ${second} in private law.`;
    case "age_years":
      return `Children are ${first} years old ${end}, and ${second} in private law.`;
    case "case_children":
      return `There are ${first} children in the case ${end}, and ${second} in private law.`;
    default:
      return undefined;
  }
}

function signed(value: number): string {
  return value.toFixed(2).replace("-", "−");
}
