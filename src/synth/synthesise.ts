import { CasedrawError } from "../errors.js";
import { stream } from "../random/streams.js";
import { readIsoDate, yearBefore } from "./calendar.js";
import { cleanRows } from "./clean-rows.js";
import { faultyRows, type PlantedFault } from "./faults.js";
import { synthHeaders } from "./headers.js";
import { messyHeaders, messyRows } from "./mess.js";

/** Which synthetic export is wanted. */
export interface SynthOptions {
  /** Children's rows; 1 to 10,000,000. A messy export has blank records besides. */
  readonly rows: number;
  readonly seed: string;
  /** ISO date on which the export is taken; default 2026-11-16. */
  readonly referenceDate?: string;
  /** ISO date from which closed cases are held; default one year before the reference date. */
  readonly windowFrom?: string;
  /** Puts the quirks of real files in; default false. */
  readonly messy?: boolean;
  /** Plants faults that `casedraw check` must find; some rows are then missing or stand twice. Default false. */
  readonly faults?: boolean;
}

/** A synthetic export, whose rows are made as they are asked for. */
export interface SynthExport {
  readonly headers: readonly string[];
  readonly referenceDate: string;
  readonly windowFrom: string;
  /**
   * The rows in order of case id, made as they are asked for; asked again, the same rows.
   *
   * @param planted - told of each planted fault as its row comes by
   */
  rows(planted?: (fault: PlantedFault) => void): Iterable<readonly string[]>;
}

const mostRows = 10_000_000;
const defaultReferenceDate = "2026-11-16";

/**
 * A synthetic national export of children's cases: every case open at the start of the window or opened since, in
 * families, with places, workers and dates that agree with each other and with the published Cafcass figures.
 * All of it is invented.
 *
 * @param options.rows - children's rows, exactly; any number is a thinned (or multiplied) copy of the same country,
 *   which over a year's window would have about 135,000
 * @param options.seed - the same seed and options give the same bytes on every engine
 * @throws CasedrawError `SYNTH_ROWS_OUT_OF_RANGE`, `SYNTH_DATE_INVALID`, `SYNTH_WINDOW_INVALID`
 * @example [...synthesise({ rows: 54_000, seed: "314159" }).rows()].length // → 54000
 */
export function synthesise(options: SynthOptions): SynthExport {
  const { rows, seed, messy = false, faults = false } = options;
  if (!Number.isInteger(rows) || rows < 1 || rows > mostRows)
    throw new CasedrawError(
      "SYNTH_ROWS_OUT_OF_RANGE",
      `Synthetic export: rows must be a whole number from 1 to ${mostRows}, got ${rows}. Ask for another number.`,
      { rows },
    );
  const reference = readIsoDate(options.referenceDate ?? defaultReferenceDate, "referenceDate");
  const from =
    options.windowFrom === undefined ? yearBefore(reference) : readIsoDate(options.windowFrom, "windowFrom");
  if (from.day > reference.day)
    throw new CasedrawError(
      "SYNTH_WINDOW_INVALID",
      `Synthetic export: the window must not begin after the reference date ${reference.iso}, got ${from.iso}. ` +
        "Choose an earlier windowFrom.",
      { windowFrom: from.iso, referenceDate: reference.iso },
    );
  const clean = (): Iterable<readonly string[]> => cleanRows(rows, stream(seed, "synth"), from, reference);
  const exported = (): Iterable<readonly string[]> =>
    messy ? messyRows(clean(), stream(seed, "synth/messy")) : clean();
  return {
    headers: messy ? messyHeaders : synthHeaders,
    referenceDate: reference.iso,
    windowFrom: from.iso,
    rows: (planted = () => {}) =>
      faults
        ? faultyRows(exported(), { random: stream(seed, "synth/faults"), from, reference, planted })
        : exported(),
  };
}
