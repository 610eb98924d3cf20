import { quantile } from "../../statistics/quantile.js";
import type { About, Counted, Subject } from "../item.js";
import { lawName } from "../law-types.js";
import type { ResultTable } from "../result.js";
import { unitsWhere } from "../subject-fields.js";
import { fieldOf } from "../tabulate.js";
import { isMarked, type Statistic } from "../tally.js";
import { mayHaveEnded } from "../units.js";
import { longDate } from "../words.js";
import { characteristicItem } from "./characteristic-item.js";

/** Age in bands, and the median of completed years; of cases, the bands of their children and no median. */
export const ageItem = characteristicItem(
  {
    id: "age",
    field: "age_band",
    from: "date of birth or age",
    noun: "age",
    question: "How old are the children?",
    onTheDay: true,
  },
  { count: (subject) => ({ statistics: medians(subject) }), result: medianTable },
);

const lawTypes = ["public", "private"] as const;

function medians(subject: Subject): Record<string, Statistic> {
  if (subject.plan.unit === "case") return {};
  const law = subject.frame.fields.get("law_type");
  const groups: [string, Int32Array][] = [
    ["all", subject.units],
    ...(law === undefined
      ? []
      : lawTypes.map((type): [string, Int32Array] => [
          type,
          unitsWhere(subject, law, (level) => level === type),
        ])),
  ];
  return Object.fromEntries(
    groups.flatMap(([key, units]) => {
      const ages = agesOf(subject, units);
      // Half a year is as fine as a median of whole years can be.
      const median = { value: ages.length > 0 ? quantile(ages, 0.5) : 0, base: ages.length, step: 0.5 };
      return ages.length === 0 ? [] : [[`age_median_${key}`, median]];
    }),
  );
}

/** Completed years of those born whose age is known. */
function agesOf(subject: Subject, units: Int32Array): Float64Array {
  const field = fieldOf(subject, "age_years");
  const years = field.levels.map((level) => (level === "" ? -1 : Number(level)));
  return Float64Array.from(units, (unit) => years[field.codes[unit] as number] as number).filter(
    (age) => age >= 0,
  );
}

function medianTable(
  { statistics = {} }: Counted,
  { plan }: About,
): { readonly tables: readonly ResultTable[]; readonly notes: readonly string[] } {
  const rows = (["all", ...lawTypes] as const).flatMap((key) => {
    const median = statistics[`age_median_${key}`];
    if (median === undefined) return [];
    const name = key === "all" ? "All children" : lawName(key, plan);
    return [{ names: [name], cells: [isMarked(median) ? median : median.value] }];
  });
  const date = longDate(plan.reference_date);
  return {
    tables:
      rows.length === 0
        ? []
        : [
            {
              id: "age_median",
              caption: `Median age in completed years by law type, children born and of known age, ${date}`,
              dimensions: ["Law type"],
              measures: [{ key: "median_age_years", label: "Median age in years", kind: "number" }],
              rows,
            },
          ],
    notes: [
      `Age is in completed years on ${date}${mayHaveEnded(plan) ? ", whether or not the case has ended" : ""}.`,
      ...(rows.length === 0
        ? []
        : ["The median leaves out children not yet born; it has no interval, since it is of all children."]),
    ],
  };
}
