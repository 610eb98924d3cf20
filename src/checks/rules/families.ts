import type { Field } from "../../frame/field.js";
import { counted } from "../../frame/words.js";
import { agreeingRows, rowsOfGroups } from "../agreeing-rows.js";
import { draftsOf } from "../draft.js";
import type { Draft } from "../finding.js";
import { isKnown } from "../known.js";
import { columnOf } from "../own-columns.js";
import type { CheckRule } from "../rule.js";
import { spellingCodes } from "../spelling.js";
import { named, rowsText } from "../words.js";

/** What the children of one case share. */
const familyFields = [
  "law_type",
  "lead_application",
  "service_area",
  "local_authority",
  "court",
  "dfj_area",
  "region",
  "application_date",
] as const;

export const familyRules: readonly CheckRule[] = [
  {
    code: "CHECK_SIBLINGS_DISAGREE",
    severity: "query",
    group: "families",
    title: "Siblings of one case disagree",
    meaning:
      "Children of one case differ in something that belongs to the case: its law type, application, court or area. One of the rows is likely wrong; " +
      "or two cases share an id. Differences of capitals and signs are another rule’s.",
    ask: "Ask the data’s owner which is right, or whether these are different cases.",
    needs: () => [["case_id"], familyFields],
    find: (subject) => {
      const cases = subject.rows.fields.get("case_id") as Field;
      const known = isKnown(cases);
      const families = agreeingRows([cases], known);
      return familyFields.flatMap((name): Draft[] => {
        const field = subject.rows.fields.get(name);
        if (field === undefined || field.kind === "list" || subject.doubtful.includes(name)) return [];
        const keys = spellingCodes(field);
        const groups = families.filter((family) => {
          let said = -1;
          for (const row of family) {
            const key = keys[field.codes[row] as number] as number;
            if (key === -1) continue;
            if (said !== -1 && said !== key) return true;
            said = key;
          }
          return false;
        });
        const rows = rowsOfGroups(groups);
        return draftsOf(rows, {
          fields: [name, "case_id"],
          message: `${counted(groups.length, "case")} whose children differ in ${named(name)} (${rowsText(rows.length)}).`,
          question: `In ${counted(groups.length, "case")} (${rowsText(rows.length)}) the children differ in ${columnOf(subject, name)}. Which is right, or are these different cases?`,
        });
      });
    },
  },
];
