import { type Field, isBlankLevel, levelAt } from "../../frame/field.js";
import { counted } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import { agreeingRows, laterRowsOf, rowsOfGroups } from "../agreeing-rows.js";
import { draftsOf } from "../draft.js";
import type { Draft } from "../finding.js";
import { isKnown } from "../known.js";
import { columnOf, columnsOf, namedWithColumn } from "../own-columns.js";
import { type CheckRule, needsAll } from "../rule.js";
import { type CheckSubject, rowsWhere, rowsWithLevel } from "../subject.js";
import { agree, aNamed, named, rowsHave, rowsText } from "../words.js";

const needsUnitId = (plan: Plan): readonly (readonly string[])[] => plan.unit_id.map((name) => [name]);
const fieldsOf = ({ rows }: CheckSubject, names: readonly string[]): Field[] =>
  names.map((name) => rows.fields.get(name) as Field);

/** By row, whether every part of the unit id says something. */
function hasUnitId(subject: CheckSubject): (row: number) => boolean {
  const known = fieldsOf(subject, subject.plan.unit_id).map(isKnown);
  return (row) => known.every((part) => part(row));
}

/** Fields without which rows would differ only by chance: all that the files give, the most telling first. */
function exportedFields(subject: CheckSubject): Field[] {
  const telling = ["child_id", "case_id", "date_of_birth"];
  const names = [
    ...telling.filter((name) => subject.exported.includes(name)),
    ...subject.exported.filter((name) => !telling.includes(name)),
  ];
  return fieldsOf(subject, names);
}

/** Whether the frame itself refuses a child's second row, because the id is made of nothing but these. */
function refusesRepeats({ unit, unit_id }: Plan): boolean {
  return unit === "child" && unit_id.every((name) => name === "case_id" || name === "child_id");
}

/** Rows of one unit id that cannot all be units, as `toUnits` judges it. */
function repeatedUnits(subject: CheckSubject): Int32Array[] {
  const { plan, rows } = subject;
  const { fileOf } = rows.places;
  const parts = fieldsOf(subject, plan.unit_id).sort((a, b) => b.levels.length - a.levels.length);
  return agreeingRows(parts, hasUnitId(subject)).filter((group) => {
    const severalFiles = group.some((row) => fileOf[row] !== fileOf[group[0] as number]);
    if (plan.unit === "case") return severalFiles && plan.prefer === undefined;
    if (plan.prefer === undefined || !severalFiles) return true;
    const last = group.reduce((most, row) => Math.max(most, fileOf[row] as number), 0);
    return group.filter((row) => fileOf[row] === last).length > 1;
  });
}

const controlCharacter = /\p{Cc}/u;
const formulaStart = /^[=+\-@]/;

/** Whether each row can be told from every other, and whether each child stands once. */
export const identityRules: readonly CheckRule[] = [
  {
    code: "CHECK_UNIT_ID_BLANK",
    severity: "error",
    group: "identity",
    title: "A part of the unit id is blank",
    meaning:
      "The plan makes each unit’s id from these fields, and in some rows one is blank. Such a row cannot be told from others, drawn or found again.",
    ask: "Ask the data’s owner for the missing ids, or make the unit id from other fields.",
    needs: needsUnitId,
    refuses: () => true,
    refusedByFrame: true,
    find: (subject) =>
      subject.plan.unit_id.flatMap((name): Draft[] => {
        const field = subject.rows.fields.get(name) as Field;
        const rows = rowsWithLevel(field, (level) => isBlankLevel(field.kind, level));
        if (rows.length === 0) return [];
        return [
          {
            fields: [name],
            message: `${rowsText(rows.length)} without ${aNamed(name)}, which the unit id is made of.`,
            question: `${rowsHave(rows.length)} nothing in ${columnOf(subject, name)}. Which should it be?`,
            rows,
          },
        ];
      }),
  },
  {
    code: "CHECK_UNIT_ID_UNSAFE",
    severity: "error",
    group: "identity",
    title: "A unit id is not safe to write",
    meaning:
      "An id holds a control character, or starts with a character (= + - @) that a spreadsheet would run as a formula. " +
      "Inspectors work from spreadsheets, where such an id would change.",
    ask: "Set unit_id_prefix in the plan, or ask the data’s owner to correct the ids.",
    needs: needsUnitId,
    refuses: () => true,
    refusedByFrame: true,
    find: (subject) => {
      const [first, ...others] = fieldsOf(subject, subject.plan.unit_id) as [Field, ...Field[]];
      const running = subject.plan.unit_id_prefix === undefined;
      const unsafe = [first, ...others].map((field, at) =>
        field.levels.map(
          (level) => controlCharacter.test(level) || (at === 0 && running && formulaStart.test(level)),
        ),
      );
      if (!unsafe.some((levels) => levels.includes(true))) return [];
      const rows = rowsWhere(subject.rows.count, (row) =>
        [first, ...others].some((field, at) => unsafe[at]?.[field.codes[row] as number]),
      );
      return draftsOf(rows, {
        fields: subject.plan.unit_id,
        message: `${rowsText(rows.length)} with an id that has a control character, or starts with = + - or @.`,
        question: `In ${rowsText(rows.length)} the id (${columnsOf(subject, subject.plan.unit_id)}) has a control character, or starts with = + - or @. What should the ids be?`,
      });
    },
  },
  {
    code: "CHECK_UNIT_ID_REPEATED",
    severity: "error",
    group: "identity",
    title: "A unit id stands more than once",
    meaning:
      "Two rows or more have the same unit id. One child would have several chances to be drawn, or two children one, so nothing is drawn until it is settled.",
    ask: "Ask the data’s owner which row is right. If a later file corrects an earlier one, set prefer: last_file.",
    needs: needsUnitId,
    refuses: () => true,
    refusedByFrame: true,
    find: (subject) => {
      const groups = repeatedUnits(subject);
      const rows = rowsOfGroups(groups);
      const copies = agreeingWithin(groups, exportedFields(subject));
      return draftsOf(rows, {
        fields: subject.plan.unit_id,
        message:
          `${rowsText(rows.length)} share a unit id with another row: ${counted(groups.length, "id")}.` +
          (copies > 0
            ? ` ${rowsText(copies)} of them ${agree(copies, "repeats", "repeat")} another in every mapped field.`
            : ""),
        question: `${counted(groups.length, "id")} (${columnsOf(subject, subject.plan.unit_id)}) ${agree(groups.length, "stands", "stand")} in ${rowsText(rows.length)}. Which row of each is right, or are they different children?`,
      });
    },
  },
  {
    code: "CHECK_CHILD_REPEATED",
    severity: "error",
    group: "identity",
    title: "A child stands twice in one case",
    meaning:
      "The same child id stands in two rows or more of one case. The child would count twice, and would have two chances to be drawn.",
    ask: "Ask the data’s owner which row is right and have the others removed.",
    needs: needsAll("case_id", "child_id"),
    refuses: ({ unit }) => unit === "child",
    find: (subject) => {
      // There the frame finds the same rows by their unit id.
      if (refusesRepeats(subject.plan)) return [];
      const fields = fieldsOf(subject, ["child_id", "case_id"]);
      const [child, family] = fields.map(isKnown) as [(row: number) => boolean, (row: number) => boolean];
      const groups = agreeingRows(fields, (row) => child(row) && family(row));
      const rows = laterRowsOf(groups);
      return draftsOf(rows, {
        fields: ["child_id", "case_id"],
        message: `${rowsText(rows.length)} ${agree(rows.length, "repeats", "repeat")} a child of the same case: ${counted(groups.length, "child")}.`,
        question: `${counted(groups.length, "child id")} (${columnOf(subject, "child_id")}) ${agree(groups.length, "stands", "stand")} more than once in the same case (${columnOf(subject, "case_id")}): ${rowsText(rows.length)} too many. Which row of each is right?`,
      });
    },
  },
  {
    code: "CHECK_ROW_REPEATED",
    severity: "error",
    group: "identity",
    title: "A row stands twice",
    meaning:
      "Rows agree in every field that the plan maps, the child’s id among them. They are one record twice: every count has the child twice.",
    ask: "Ask the data’s owner to remove the copies.",
    needs: needsAll("child_id"),
    find: (subject) => {
      const known = isKnown(subject.rows.fields.get("child_id") as Field);
      const rows = laterRowsOf(agreeingRows(exportedFields(subject), known));
      return draftsOf(rows, {
        fields: ["child_id"],
        message: `${rowsText(rows.length)} ${agree(rows.length, "repeats", "repeat")} an earlier row in every mapped field.`,
        question: `${rowsText(rows.length)} ${agree(rows.length, "repeats", "repeat")} an earlier row in every field. May we leave the copies out?`,
      });
    },
  },
  {
    code: "CHECK_ROWS_ALIKE",
    severity: "query",
    group: "identity",
    title: "Rows of one case agree in everything",
    meaning:
      "The export has no child id, and rows of one case agree in every field. They are twins recorded alike, or one child listed twice; " +
      "the data cannot tell which.",
    ask: "Ask the data’s owner whether they are twins.",
    needs: needsAll("case_id"),
    find: (subject) => {
      if (subject.rows.fields.has("child_id")) return [];
      const known = isKnown(subject.rows.fields.get("case_id") as Field);
      const groups = agreeingRows(exportedFields(subject), known);
      const rows = rowsOfGroups(groups);
      return draftsOf(rows, {
        fields: ["case_id"],
        message: `${rowsText(rows.length)} agree with another row of the same case in every mapped field: twins, or one child listed twice.`,
        question: `${rowsText(rows.length)} agree with another row of the same case (${columnOf(subject, "case_id")}) in every field. Are they twins, or is one child listed twice?`,
      });
    },
  },
  {
    code: "CHECK_CHILD_ID_CONFLICT",
    severity: "error",
    group: "identity",
    title: "One child id has two dates of birth or two genders",
    meaning:
      "Rows with the same child id say different things of the child that cannot both be true: two children share an id, or one row is wrong. " +
      "Ages and counts of children are wrong either way.",
    ask: "Ask the data’s owner which is right.",
    needs: () => [["child_id"], ["date_of_birth", "gender"]],
    find: (subject) =>
      ["date_of_birth", "gender"].flatMap((name) => {
        const field = subject.rows.fields.get(name);
        if (field === undefined) return [];
        const child = subject.rows.fields.get("child_id") as Field;
        const said = field.levels.map((level) =>
          name === "gender" ? level === "male" || level === "female" : level !== "",
        );
        const known = isKnown(child);
        const groups = agreeingRows(
          [child],
          (row) => known(row) && said[field.codes[row] as number] === true,
        ).filter((group) => group.some((row) => field.codes[row] !== field.codes[group[0] as number]));
        const rows = rowsOfGroups(groups);
        return draftsOf(rows, {
          fields: [name, "child_id"],
          message: `${counted(groups.length, "child id")} with more than one ${named(name)}, in ${rowsText(rows.length)}.`,
          question: `${counted(groups.length, "child id")} (${columnOf(subject, "child_id")}) ${agree(groups.length, "has", "have")} more than one ${namedWithColumn(subject, name)} (in ${rowsText(rows.length)}). Which is right, or are they different children?`,
        });
      }),
  },
  {
    code: "CHECK_CHILD_TWO_IDS",
    severity: "query",
    group: "identity",
    title: "Children of one case who may be the same child",
    meaning:
      "Two child ids of one case have the same date of birth, and the same gender, ethnicity and disability where these are mapped. " +
      "They are twins, or one child under two ids who would count twice.",
    ask: "Ask the data’s owner whether they are twins.",
    needs: needsAll("case_id", "child_id", "date_of_birth"),
    find: (subject) => {
      const alike = ["case_id", "date_of_birth", "gender", "ethnicity", "disability"].flatMap((name) => {
        const field = subject.rows.fields.get(name);
        return field === undefined || field.kind === "list" ? [] : [field];
      });
      const known = alike.slice(0, 2).map(isKnown) as [(row: number) => boolean, (row: number) => boolean];
      const child = subject.rows.fields.get("child_id") as Field;
      const groups = agreeingRows(alike, (row) => known[0](row) && known[1](row)).filter((group) =>
        group.some((row) => levelAt(child, row) !== levelAt(child, group[0] as number)),
      );
      const rows = rowsOfGroups(groups);
      return draftsOf(rows, {
        fields: ["child_id", "case_id", "date_of_birth"],
        message: `${rowsText(rows.length)} of children who agree with a sibling in date of birth and all that is said of them: twins, or one child under two ids.`,
        question: `${rowsText(rows.length)} are of children of one case (${columnOf(subject, "case_id")}) with the same ${namedWithColumn(subject, "date_of_birth")} and the same particulars. Are they twins, or one child under two ids?`,
      });
    },
  },
];

/** How many rows of some groups repeat another of their group in all these fields. */
function agreeingWithin(groups: readonly Int32Array[], fields: readonly Field[]): number {
  let copies = 0;
  for (const group of groups) {
    const seen = new Set([...group].map((row) => fields.map((field) => field.codes[row]).join(",")));
    copies += group.length - seen.size;
  }
  return copies;
}
