import { type DatePoint, dayNumber, dayTexts } from "./calendar.js";
import { type FaultContext, type FaultRow, faultKinds } from "./fault-kinds.js";
import { type SynthHeader, synthHeaders } from "./headers.js";
import { serviceAreas } from "./places.js";

/** A fault that was planted, known by construction. */
export interface PlantedFault {
  /** The rule of `casedraw check` that must find it. */
  readonly code: string;
  /** Line of the CSV file; undefined for a fault of many rows, such as an area that stops sending. */
  readonly row: number | undefined;
  readonly caseId: string;
  readonly childId: string;
  readonly header: SynthHeader;
}

/** Share of rows that get each kind of fault, where it has something to work on. */
const faultRate = 0.0008;

/** Patterns over many rows. Days are counted back from the reference date; areas are places in `serviceAreas`. */
const patterns = {
  stops: { area: 3, days: 75 },
  gap: { area: 5, fromDays: 260, toDays: 190 },
  month: { days: 135, left: 0.1 },
  newYear: 0.02,
  firstOfMonth: 0.1,
  missingByArea: { area: 8, share: 0.35 },
  missingByEthnicity: { codes: /BCRB|BAFR|BOTH/, share: 0.35 },
} as const;

const indexOf = new Map(synthHeaders.map((header, at) => [header, at]));
const [caseAt, childAt] = [indexOf.get("case ID") as number, indexOf.get("child ID") as number];

/** Day number of a date in any form of the export; undefined where there is none. */
function dayOf(text: string): number | undefined {
  const slash = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (slash !== null) return dayNumber(Number(slash[3]), Number(slash[2]), Number(slash[1]));
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (iso !== null) return dayNumber(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  return /^\d{5}$/.test(text) ? Number(text) : undefined;
}

/** A family's rows as they stand in the file, blank records among them. */
type Family = { readonly cells: string[]; readonly isBlank: boolean }[];

/**
 * Plants faults in an export: single rows at {@link faultRate} a kind, rows that stand twice, and patterns over many rows.
 * Families that a pattern leaves out are missing, so that there are fewer rows.
 *
 * @param records - rows with the columns of the synthetic export first, clean or messy
 * @param options.planted - told of every fault as its row comes by
 */
export function* faultyRows(
  records: Iterable<readonly string[]>,
  options: {
    readonly random: () => number;
    readonly from: DatePoint;
    readonly reference: DatePoint;
    readonly planted: (fault: PlantedFault) => void;
  },
): Generator<readonly string[]> {
  const planter = new Planter(options);
  planter.sayPatterns();
  let family: Family = [];
  let caseId: string | undefined;
  for (const record of records) {
    const isBlank = record.every((cell) => cell === "");
    const id = isBlank ? caseId : (record[caseAt] as string).trim();
    if (id !== caseId && family.length > 0) {
      yield* planter.family(family);
      family = [];
    }
    caseId = id;
    family.push({ cells: [...record], isBlank });
  }
  yield* planter.family(family);
}

class Planter {
  readonly #options: Parameters<typeof faultyRows>[1];
  readonly #dayText: (day: number) => string;
  /** The header is line 1. */
  #line = 1;
  /** An earlier child, for an id that is given twice. */
  #other: { readonly row: number; readonly caseId: string; readonly childId: string } | undefined;

  constructor(options: Parameters<typeof faultyRows>[1]) {
    this.#options = options;
    this.#dayText = dayTexts(options.from.year - 70, options.reference.year + 2);
  }

  /** Patterns have no row of their own. */
  sayPatterns(): void {
    const said: readonly (readonly [string, SynthHeader])[] = [
      ["CHECK_AREA_STOPS", "application date"],
      ["CHECK_AREA_GAP", "application date"],
      ["CHECK_MONTH_GAP", "application date"],
      ["CHECK_BIRTHS_1_JANUARY", "date of birth"],
      ["CHECK_DATES_FIRST_OF_MONTH", "last activity date"],
      ["CHECK_MISSING_BY_AREA", "disability (Y/N)"],
      ["CHECK_MISSING_BY_ETHNICITY", "disability (Y/N)"],
    ];
    for (const [code, header] of said) {
      this.#options.planted({ code, header, row: undefined, caseId: "", childId: "" });
    }
  }

  *family(family: Family): Generator<readonly string[]> {
    const first = family.find(({ isBlank }) => !isBlank);
    if (first === undefined || this.#leavesOut(this.#rowOf(first.cells))) {
      for (const { cells, isBlank } of family) if (isBlank) yield this.#pass(cells);
      return;
    }
    const children = family.filter(({ isBlank }) => !isBlank).length;
    const heaps = this.#options.random() < patterns.firstOfMonth;
    for (const { cells, isBlank } of family) {
      if (isBlank) yield this.#pass(cells);
      else yield* this.#child(cells, { children, heaps });
    }
  }

  #pass(cells: readonly string[]): readonly string[] {
    this.#line++;
    return cells;
  }

  *#child(
    cells: string[],
    { children, heaps }: { readonly children: number; readonly heaps: boolean },
  ): Generator<readonly string[]> {
    const { random, from, reference } = this.#options;
    const row = this.#rowOf(cells);
    const line = this.#line + 1;
    const tell = (code: string, header: SynthHeader, at = line, told: readonly string[] = cells): void =>
      this.#options.planted({
        code,
        header,
        row: at,
        caseId: (told[caseAt] as string).trim(),
        childId: (told[childAt] as string).trim(),
      });
    // Told once the row is as it will stand in the file: a later fault may change its ids.
    const pending: (readonly [string, SynthHeader])[] = [];
    const say = (code: string, header: SynthHeader): number => pending.push([code, header]);
    this.#heap(row, heaps, say);
    const u = random() / faultRate;
    const kind = faultKinds[Math.floor(u)];
    if (kind !== undefined) {
      const context: FaultContext = {
        reference: reference.day,
        windowFrom: from.day,
        familySize: children,
        otherArea: serviceAreas.find(
          (area) => !area.startsWith(row.text("service area").slice(0, 3)),
        ) as string,
        otherChild: this.#other?.childId,
      };
      if (kind.plant(row, context)) {
        say(kind.code, kind.header);
        if (kind.code === "CHECK_CHILD_ID_CONFLICT" && this.#other !== undefined) {
          this.#options.planted({ code: kind.code, header: kind.header, ...this.#other });
        }
      }
    } else {
      this.#other = {
        row: line,
        caseId: (cells[caseAt] as string).trim(),
        childId: (cells[childAt] as string).trim(),
      };
    }
    for (const [code, header] of pending) tell(code, header);
    yield this.#pass(cells);
    // Behind the kinds of single rows come the two that add a row.
    if (Math.floor(u) === faultKinds.length) {
      tell("CHECK_UNIT_ID_REPEATED", "child ID");
      tell("CHECK_UNIT_ID_REPEATED", "child ID", line + 1);
      yield this.#pass([...cells]);
    } else if (Math.floor(u) === faultKinds.length + 1 && row.text("date of birth") !== "") {
      const copy = [...cells];
      copy[childAt] = `99${(cells[childAt] as string).trim()}`;
      tell("CHECK_CHILD_TWO_IDS", "child ID");
      tell("CHECK_CHILD_TWO_IDS", "child ID", line + 1, copy);
      yield this.#pass(copy);
    }
  }

  /** Whether a pattern has the family missing from the export. */
  #leavesOut(row: FaultRow): boolean {
    const { random, reference } = this.#options;
    const applied = row.day("application date");
    if (applied === undefined) return false;
    const ago = reference.day - applied;
    const area = serviceAreas.indexOf(row.text("service area"));
    const { stops, gap, month } = patterns;
    if (area === stops.area && ago <= stops.days) return true;
    if (area === gap.area && ago <= gap.fromDays && ago >= gap.toDays) return true;
    const gapMonth = this.#dayText(reference.day - month.days).slice(3);
    return this.#dayText(applied).slice(3) === gapMonth && random() >= month.left;
  }

  /** Dates put on round days, and cells left blank in some groups. */
  #heap(row: FaultRow, heaps: boolean, say: (code: string, header: SynthHeader) => unknown): void {
    const { random } = this.#options;
    const [applied, active] = [row.day("application date"), row.day("last activity date")];
    if (heaps && active !== undefined && applied !== undefined) {
      const first = active - Number(this.#dayText(active).slice(0, 2)) + 1;
      if (first >= applied) {
        row.setDay("last activity date", first);
        say("CHECK_DATES_FIRST_OF_MONTH", "last activity date");
      }
    }
    const born = row.day("date of birth");
    if (random() < patterns.newYear && born !== undefined) {
      row.set("date of birth", `01/01/${this.#dayText(born).slice(6)}`);
      say("CHECK_BIRTHS_1_JANUARY", "date of birth");
    }
    const { missingByArea, missingByEthnicity } = patterns;
    const u = random();
    const inArea = row.text("service area") === serviceAreas[missingByArea.area];
    const inGroup = missingByEthnicity.codes.test(row.text("ethnicity"));
    if (inArea && u < missingByArea.share) {
      row.set("disability (Y/N)", "");
      say("CHECK_MISSING_BY_AREA", "disability (Y/N)");
    }
    if (inGroup && u < missingByEthnicity.share) {
      row.set("disability (Y/N)", "");
      say("CHECK_MISSING_BY_ETHNICITY", "disability (Y/N)");
    }
  }

  #rowOf(cells: string[]): FaultRow {
    const at = (header: SynthHeader): number => indexOf.get(header) as number;
    return {
      text: (header) => cells[at(header)] as string,
      day: (header) => dayOf(cells[at(header)] as string),
      set: (header, text) => {
        cells[at(header)] = text;
      },
      setDay: (header, day) => {
        cells[at(header)] = this.#dayText(day);
      },
    };
  }
}
