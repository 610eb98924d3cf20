import type { UpdateRecord } from "../../report/manifest-steps.js";
import type { BeforeUpdate } from "../../sampling/update/update-facts.js";

export const stratumHeader = "earlier_stratum";
export const probabilityHeader = "earlier_probability";

/** The columns that an updated sample's `frame.csv` has after the stratum. */
export function beforeHeader(probabilities: UpdateRecord["probabilities"]): string[] {
  return probabilities === "conditional" ? [stratumHeader] : [stratumHeader, probabilityHeader];
}

/** What `frame.csv` says of the version before: with it the update can be replayed when that version's export is gone. */
export function beforeColumns({ strata, probabilities }: BeforeUpdate) {
  const known = [...new Set(strata.map((key) => key ?? ""))];
  const codes = new Map(known.map((key, code) => [key, code]));
  return [
    {
      header: stratumHeader,
      values: known,
      codes: Int32Array.from(strata, (key) => codes.get(key ?? "") as number),
    },
    ...(probabilities === undefined
      ? []
      : [
          {
            header: probabilityHeader,
            values: Array.from(probabilities, (probability, unit) =>
              strata[unit] === undefined ? "" : String(probability),
            ),
          },
        ]),
  ];
}
