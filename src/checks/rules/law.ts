import { type Field, isBlankLevel } from "../../frame/field.js";
import { matchKey } from "../../frame/text.js";
import { draftsOf } from "../draft.js";
import { hasItsRow } from "../joined-rows.js";
import { columnOf, namedWithColumn } from "../own-columns.js";
import { type CheckRule, needsAll } from "../rule.js";
import { type CheckSubject, rowsWithPair } from "../subject.js";
import { agree, rowsText } from "../words.js";

/** Words after the number of a section: "s31", "s.31 care", "section 31(a)", and not "s310". */
const section = (numbers: string): string => String.raw`(?:s|s\.|sec|section)\s?(?:${numbers})(?![\da-z])`;

/**
 * Applications of one kind of law only. Children Act 1989: sections 25, 31, 34, 38, 39, 43, 44 and 45 are public law,
 * section 8 private; Adoption and Children Act 2002: placement orders are public. What can be either (special guardianship,
 * adoption, section 7 and 37 reports) is left out.
 */
const certain: readonly { readonly law: "public" | "private"; readonly form: RegExp }[] = [
  { law: "public", form: new RegExp(`^${section("25|31|34|38|39|43|44|45")}`) },
  {
    law: "public",
    form: /^(?:care|supervision|care and supervision|secure accommodation|emergency protection|placement)(?: order| proceedings| application)?$/,
  },
  { law: "private", form: new RegExp(`^${section("8")}`) },
  {
    law: "private",
    form: /^(?:c100|child arrangements?|prohibited steps?|specific issues?)(?: order| application)?$/,
  },
];

/** The kind of law that an application can only be of. */
function lawOf(leadApplication: string): string | undefined {
  const key = matchKey(leadApplication);
  return certain.find(({ form }) => form.test(key))?.law;
}

function pair({ rows }: CheckSubject, a: string, b: string): readonly [Field, Field] {
  return [rows.fields.get(a) as Field, rows.fields.get(b) as Field];
}

export const lawRules: readonly CheckRule[] = [
  {
    code: "CHECK_LAW_TYPE_CONTRADICTS",
    severity: "error",
    group: "law",
    title: "Law type contradicts the lead application",
    meaning:
      "The lead application is of a kind that only public law has (such as section 31) and the law type says private, or the other way round. " +
      "Every figure by law type counts the child on the wrong side. Only applications that can be of one kind are judged.",
    ask: "Ask the data’s owner which of the two is right.",
    needs: needsAll("law_type", "lead_application"),
    find: (subject) => {
      const [law, lead] = pair(subject, "law_type", "lead_application");
      if (law.kind === "list" || lead.kind === "list") return [];
      const only = new Map(lead.levels.map((level) => [level, lawOf(level)]));
      const rows = rowsWithPair(subject.rows, [law, lead], (said, application) => {
        const must = only.get(application);
        return must !== undefined && (said === "public" || said === "private") && said !== must;
      });
      return draftsOf(rows, {
        fields: ["law_type", "lead_application"],
        message: `${rowsText(rows.length)} with a law type that the lead application cannot have.`,
        question: `In ${rowsText(rows.length)} the ${namedWithColumn(subject, "law_type")} does not fit the ${namedWithColumn(subject, "lead_application")} (for example section 31 in private law). Which of the two is right?`,
      });
    },
  },
  {
    code: "CHECK_PUBLIC_WITHOUT_AUTHORITY",
    severity: "query",
    group: "law",
    title: "Public law without a local authority",
    meaning:
      "In public law a local authority is a party to every case, so a blank is a gap in the record. Figures by local authority leave the child out.",
    ask: "Ask the data’s owner for the local authority.",
    needs: needsAll("law_type", "local_authority"),
    find: (subject) => {
      const { rows, among } = authorityRows(subject, "public", { blank: true });
      return draftsOf(rows, {
        fields: ["local_authority", "law_type"],
        message: `${rowsText(rows.length)} in public law without a local authority.`,
        question: `${rowsText(rows.length)} in public law ${agree(rows.length, "has", "have")} nothing in ${columnOf(subject, "local_authority")}. Which local authority should it be?`,
        among,
      });
    },
  },
  {
    code: "CHECK_PRIVATE_WITH_AUTHORITY",
    severity: "query",
    group: "law",
    title: "Private law with a local authority",
    meaning:
      "In private law no local authority is a party, and the list leaves the column blank. One that is filled in may be the family’s home, or the law type is wrong.",
    ask: "Ask the data’s owner what the local authority means there.",
    needs: needsAll("law_type", "local_authority"),
    find: (subject) => {
      const { rows, among } = authorityRows(subject, "private", { blank: false });
      return draftsOf(rows, {
        fields: ["local_authority", "law_type"],
        message: `${rowsText(rows.length)} in private law with a local authority.`,
        question: `${rowsText(rows.length)} in private law ${agree(rows.length, "has", "have")} a ${namedWithColumn(subject, "local_authority")}. Is the law type right, and what does the authority mean there?`,
        among,
      });
    },
  },
];

/** Rows of one law type whose local authority is blank, or is filled in; and whether a row is of that law type. */
function authorityRows(
  subject: CheckSubject,
  wanted: "public" | "private",
  { blank }: { readonly blank: boolean },
): { readonly rows: Int32Array; readonly among: (row: number) => boolean } {
  const [law, authority] = pair(subject, "law_type", "local_authority");
  const passes = law.levels.map((level) => level === wanted);
  const there = hasItsRow(subject, "local_authority") ?? (() => true);
  return {
    rows: rowsWithPair(
      subject.rows,
      [law, authority],
      (said, place) => said === wanted && isBlankLevel(authority.kind, place) === blank,
    ).filter(there),
    among: (row) => passes[law.codes[row] as number] === true && there(row),
  };
}
