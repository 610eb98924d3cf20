import type { SynthHeader } from "./headers.js";

/** One child's row while faults are planted in it. */
export interface FaultRow {
  text(header: SynthHeader): string;
  /** Day number of a date cell in any of the forms that the export has; undefined where blank. */
  day(header: SynthHeader): number | undefined;
  set(header: SynthHeader, text: string): void;
  setDay(header: SynthHeader, day: number): void;
}

/** What a kind may go by beside its row. */
export interface FaultContext {
  /** Day number of the reference date. */
  readonly reference: number;
  /** Day number on which the window begins. */
  readonly windowFrom: number;
  readonly familySize: number;
  /** A service area that is not the row's. */
  readonly otherArea: string;
  /** The child id of a row before, of another case. */
  readonly otherChild: string | undefined;
}

/** A fault of one row, planted so that the rule of its code must find it. */
export interface FaultKind {
  readonly code: string;
  /** The column that is at fault. */
  readonly header: SynthHeader;
  /** Changes the row, or leaves it as it is and says no where the fault has nothing to work on. */
  readonly plant: (row: FaultRow, context: FaultContext) => boolean;
}

const year = 365.25;
/** Longer than any child is awaited. */
const beyondPregnancy = 330;

/** Sets one cell, always. */
const text =
  (header: SynthHeader, said: string) =>
  (row: FaultRow): boolean => {
    row.set(header, said);
    return true;
  };

/** Sets a date so many days from another, where that is known and the new one passes. */
const shifted =
  (
    header: SynthHeader,
    {
      from,
      by,
      passes,
    }: {
      readonly from: SynthHeader;
      readonly by: number;
      readonly passes?: (day: number, context: FaultContext) => boolean;
    },
  ) =>
  (row: FaultRow, context: FaultContext): boolean => {
    const day = row.day(from);
    if (day === undefined || passes?.(day + by, context) === false) return false;
    row.setDay(header, day + by);
    return true;
  };

/** Sets a date so many days from the reference date. */
const aroundReference =
  (header: SynthHeader, by: number) =>
  (row: FaultRow, { reference }: FaultContext): boolean => {
    row.setDay(header, reference + by);
    return true;
  };

const isPast = (day: number, { reference }: FaultContext): boolean => day <= reference;
const isPublic = (row: FaultRow): boolean => /^public$/i.test(row.text("law type").trim());
const isPrivate = (row: FaultRow): boolean => /^private$/i.test(row.text("law type").trim());

/** The faults of single rows. Each is what the check of its code is for; it may set off others on the same row. */
export const faultKinds: readonly FaultKind[] = [
  {
    code: "CHECK_CLOSED_BEFORE_START",
    header: "closed date",
    plant: (row, context) =>
      row.text("closed date") !== "" &&
      shifted("closed date", { from: "application date", by: -20 })(row, context),
  },
  {
    code: "CHECK_CLOSED_OUTSIDE_WINDOW",
    header: "closed date",
    plant: (row, { windowFrom }) => {
      const applied = row.day("application date");
      if (applied === undefined || applied > windowFrom - 60) return false;
      row.setDay("closed date", windowFrom - 30);
      return true;
    },
  },
  {
    code: "CHECK_DATE_IN_FUTURE",
    header: "last activity date",
    plant: aroundReference("last activity date", 40),
  },
  {
    code: "CHECK_HEARING_IN_FUTURE",
    header: "first hearing date",
    plant: aroundReference("first hearing date", 30),
  },
  { code: "CHECK_DATE_LONG_AGO", header: "allocation date", plant: text("allocation date", "01/01/1900") },
  {
    code: "CHECK_DATE_BEFORE_BIRTH",
    header: "date of birth",
    plant: shifted("date of birth", { from: "application date", by: beyondPregnancy, passes: isPast }),
  },
  {
    code: "CHECK_DATE_WHILE_UNBORN",
    header: "date of birth",
    plant: shifted("date of birth", { from: "application date", by: 60, passes: isPast }),
  },
  {
    code: "CHECK_DATES_OUT_OF_ORDER",
    header: "allocation date",
    plant: shifted("allocation date", { from: "application date", by: -15 }),
  },
  {
    code: "CHECK_DATE_UNREADABLE",
    header: "first hearing date",
    plant: text("first hearing date", "31/02/2026"),
  },
  { code: "CHECK_DATE_YEAR_SHORT", header: "allocation date", plant: text("allocation date", "05/06/24") },
  {
    code: "CHECK_ADULT_AT_START",
    header: "date of birth",
    plant: shifted("date of birth", { from: "application date", by: -Math.floor(40 * year) }),
  },
  {
    code: "CHECK_ADULT_NOW",
    header: "date of birth",
    plant: (row, { reference }) => {
      const applied = row.day("application date");
      if (applied === undefined || applied > reference - 60 || row.text("closed date") !== "") return false;
      row.setDay("date of birth", reference - Math.floor(18 * year) - 30);
      return true;
    },
  },
  { code: "CHECK_BIRTH_IN_FUTURE", header: "date of birth", plant: aroundReference("date of birth", 400) },
  { code: "CHECK_UNBORN", header: "date of birth", plant: aroundReference("date of birth", 60) },
  {
    code: "CHECK_LAW_TYPE_CONTRADICTS",
    header: "law type",
    plant: (row) => {
      if (!/^s(8|25|31|34|39)\b/.test(row.text("lead application"))) return false;
      if (!isPublic(row) && !isPrivate(row)) return false;
      row.set("law type", isPublic(row) ? "private" : "public");
      return true;
    },
  },
  {
    code: "CHECK_PUBLIC_WITHOUT_AUTHORITY",
    header: "local authority",
    plant: (row) => isPublic(row) && text("local authority", "")(row),
  },
  {
    code: "CHECK_PRIVATE_WITH_AUTHORITY",
    header: "local authority",
    plant: (row) => isPrivate(row) && text("local authority", "Leeds")(row),
  },
  { code: "CHECK_VALUE_MISSING", header: "gender", plant: text("gender", "") },
  { code: "CHECK_VALUE_UNMAPPED", header: "gender", plant: text("gender", "see form") },
  { code: "CHECK_VALUE_PLACEHOLDER", header: "court", plant: text("court", "TBC") },
  {
    code: "CHECK_SPELLINGS",
    header: "service area",
    plant: (row) => text("service area", row.text("service area").toUpperCase().replace(" ", "-"))(row),
  },
  {
    code: "CHECK_MISSING_AT_CLOSE",
    header: "practitioner",
    plant: (row) => row.text("closed date") !== "" && text("practitioner", "")(row),
  },
  {
    code: "CHECK_SIBLINGS_DISAGREE",
    header: "court",
    plant: (row, { familySize }) => familySize > 1 && text("court", "Family Court at Nowhere")(row),
  },
  {
    code: "CHECK_PRACTITIONER_TWO_AREAS",
    header: "service area",
    plant: (row, { otherArea, familySize }) =>
      familySize === 1 && row.text("practitioner") !== "" && text("service area", otherArea)(row),
  },
  {
    code: "CHECK_TEAM_TWO_AREAS",
    header: "service area",
    plant: (row, { otherArea, familySize }) =>
      familySize === 1 && !["", "#N/A"].includes(row.text("team")) && text("service area", otherArea)(row),
  },
  { code: "CHECK_UNIT_ID_BLANK", header: "child ID", plant: text("child ID", "") },
  {
    code: "CHECK_CHILD_ID_CONFLICT",
    header: "child ID",
    plant: (row, { otherChild }) => {
      if (otherChild === undefined || row.text("date of birth") === "") return false;
      row.set("child ID", otherChild);
      // Whatever day the other child was born on, it was not this.
      row.setDay("date of birth", (row.day("date of birth") as number) - 1);
      return true;
    },
  },
];
