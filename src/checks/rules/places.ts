import { type Field, isBlankLevel } from "../../frame/field.js";
import { groupByCode } from "../../frame/rows.js";
import { counted } from "../../frame/words.js";
import type { CheckCode, Draft } from "../finding.js";
import { columnOf, columnsOf } from "../own-columns.js";
import type { CheckRule } from "../rule.js";
import { spellingCodes } from "../spelling.js";
import type { CheckSubject } from "../subject.js";
import { named, rowsText } from "../words.js";

/** Areas that a team works in one of: courts and authorities are served across their borders. */
const workAreas = ["service_area", "region"] as const;

function workArea({ rows, doubtful }: CheckSubject): Field | undefined {
  return workAreas
    .filter((name) => !doubtful.includes(name))
    .map((name) => rows.fields.get(name))
    .find((field) => field !== undefined && field.kind !== "list");
}

function twoAreasRule(
  name: "practitioner" | "team",
  { code, meaning }: { readonly code: CheckCode; readonly meaning: string },
): CheckRule {
  return {
    code,
    severity: "query",
    group: "places",
    title: `A ${name} in two areas`,
    meaning,
    ask: `Ask the data’s owner whether the ${name} works in both areas, or two ${name}s share a name.`,
    needs: () => [[name], workAreas],
    find: (subject) => {
      const [who, area] = [subject.rows.fields.get(name), workArea(subject)];
      if (who === undefined || area === undefined || who.kind === "list") return [];
      return draftsFor(subject, who, area);
    },
  };
}

/** Rows outside the area where a name stands most. */
function draftsFor(subject: CheckSubject, who: Field, area: Field): Draft[] {
  const { name } = who;
  const { order, starts } = groupByCode(who.codes, who.levels.length);
  const areas = spellingCodes(area);
  const areaOf = (row: number): number => areas[area.codes[row] as number] as number;
  const found: number[] = [];
  let several = 0;
  let names = 0;
  for (const [code, level] of who.levels.entries()) {
    const members = order.subarray(starts[code], starts[code + 1]);
    if (members.length === 0 || isBlankLevel(who.kind, level) || level === "unmapped") continue;
    names++;
    const counts = new Map<number, number>();
    for (const row of members) {
      if (areaOf(row) !== -1) counts.set(areaOf(row), (counts.get(areaOf(row)) ?? 0) + 1);
    }
    if (counts.size < 2) continue;
    several++;
    const [main] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
    for (const row of members) if (areaOf(row) !== -1 && areaOf(row) !== main) found.push(row);
  }
  if (several === 0) return [];
  const where = named(area.name);
  // Names such as "Team 1" that every area has are not names of one team.
  if (names >= 4 && several * 2 > names) {
    return [
      {
        fields: [name, area.name],
        message: `${counted(several, name)} of ${names} stand in more than one ${where}: the names do not tell ${name}s apart.`,
        question: `Most names of ${name}s (${columnOf(subject, name)}) stand in more than one ${where} (${columnOf(subject, area.name)}). Is there an id that tells them apart?`,
        rows: new Int32Array(0),
        among: false,
      },
    ];
  }
  const rows = Int32Array.from(found).sort();
  return [
    {
      fields: [name, area.name],
      message: `${counted(several, name)} in more than one ${where}; ${rowsText(rows.length)} outside the one where each has most.`,
      question: `${counted(several, `${name} has`, `${name}s have`)} children in more than one ${where} (${rowsText(rows.length)} outside the main one; ${columnsOf(subject, [name, area.name])}). Do they work in both, or do two share a name?`,
      rows,
    },
  ];
}

export const placeRules: readonly CheckRule[] = [
  twoAreasRule("practitioner", {
    code: "CHECK_PRACTITIONER_TWO_AREAS",
    meaning:
      "The same practitioner has children in more than one area. Two people may share a name, which makes one caseload of two; or the area of some rows is wrong.",
  }),
  twoAreasRule("team", {
    code: "CHECK_TEAM_TWO_AREAS",
    meaning:
      "The same team has children in more than one area. Teams of two areas may share a name; or the area of some rows is wrong.",
  }),
];
