import { areaFields, type StandardField } from "../plan/types.js";

/**
 * Headers that mean a standard field, beside its own name. They are compared by {@link nameKey}, whole: a header that only
 * contains one of them is another column ("Language" is no age, "Case stage" neither).
 *
 * @see Ofsted, Cafcass and ILACS Annex A guidance; DfE, children looked-after return (SSDA903) for CHILD, SEX, DOB, ETHNIC
 */
export const headerSynonyms: Readonly<Record<StandardField, readonly string[]>> = {
  case_id: [
    "case no",
    "case number",
    "case ref",
    "case reference",
    "case reference number",
    "case identifier",
    "case unique id",
    "unique case id",
  ],
  child_id: [
    "child",
    "child no",
    "child number",
    "child ref",
    "child reference",
    "child reference number",
    "child identifier",
    "child unique id",
    "unique child id",
    "child unique identifier",
    "childs unique id",
    "person id",
    "client id",
  ],
  case_name: ["name of case", "case title", "family name", "child name", "childs name", "name of child"],
  gender: ["sex", "gender of child", "sex of child"],
  date_of_birth: ["dob", "d o b", "birth date", "birthdate", "date of birth of child", "dob of child"],
  ethnicity: [
    "ethnic",
    "ethnic origin",
    "ethnic group",
    "ethnic background",
    "ethnicity of child",
    "ethnic origin of child",
  ],
  disability: [
    "disabled",
    "has disability",
    "has a disability",
    "disability flag",
    "does the child have a disability",
    "child has a disability",
    "is the child disabled",
  ],
  law_type: [
    "type of law",
    "law",
    "public private",
    "public or private",
    "public private law",
    "public or private law",
    "area of law",
  ],
  lead_application: ["lead application type", "application type", "type of application", "main application"],
  case_type: ["type of case", "case category", "work type", "type of work"],
  practitioner: [
    "allocated practitioner",
    "allocated worker",
    "allocated social worker",
    "allocated fca",
    "fca",
    "family court adviser",
    "family court advisor",
    "social worker",
    "worker",
    "caseworker",
    "case worker",
    "key worker",
    "guardian",
    "childrens guardian",
  ],
  team: ["allocated team", "practitioner team", "team of practitioner"],
  service_area: ["cafcass area", "operational area", "area of service"],
  local_authority: ["la", "responsible la", "responsible local authority", "local authority area", "council"],
  court: ["name of court", "issuing court", "hearing court", "court location"],
  dfj_area: [
    "dfj",
    "designated family judge",
    "designated family judge area",
    "family justice area",
    "local family justice area",
  ],
  region: ["government region", "english region"],
  application_date: [
    "date of application",
    "application issued",
    "application issued date",
    "application issue date",
    "date application issued",
    "date application received",
    "application received date",
    "issue date",
    "issued date",
    "date issued",
    "date of issue",
  ],
  allocation_date: [
    "allocated date",
    "date allocated",
    "date of allocation",
    "date allocated to practitioner",
    "practitioner allocation date",
  ],
  first_hearing_date: ["first hearing", "date of first hearing", "fhdra date", "date of fhdra"],
  closed_date: [
    "date closed",
    "close date",
    "closure date",
    "date of closure",
    "closed on",
    "case closed",
    "case closed date",
    "case closure date",
    "date case closed",
  ],
  last_activity_date: ["last activity", "date of last activity", "last contact date", "date of last contact"],
  factors: [
    "factor",
    "proceedings factors",
    "proceedings factor",
    "case factors",
    "case factor",
    "factors in the case",
    "factors that led to proceedings",
  ],
  audited: ["case audited", "record audited", "has been audited", "audited case"],
  audit_grade: ["audit outcome", "audit rating", "audit judgement", "audit result", "grade of audit"],
  file_location: ["location of file", "file path", "case file location", "record location"],
  previous_application: [
    "previous applications",
    "earlier application",
    "earlier applications",
    "previous proceedings",
    "earlier proceedings",
  ],
  age_recorded: [
    "age",
    "age of child",
    "age in years",
    "age of child years",
    "age of child in years",
    "current age",
  ],
};

/**
 * Headers that may mean a field, or one of several, and are always left for a person to decide: what a care episode or an
 * assessment begins with is no application, and an order is no closure.
 */
export const possibleNames: readonly (readonly [pattern: RegExp, fields: readonly StandardField[]])[] = [
  [/^(?:id|ref|reference|reference number|unique id|identifier|unique identifier)$/, ["case_id", "child_id"]],
  [/^family (?:id|identifier|reference|number)$/, ["case_id"]],
  [/^(?:full )?name$/, ["case_name", "practitioner"]],
  [/^(?:area|area name|locality|office)$/, ["service_area", "dfj_area", "local_authority", "region"]],
  [/^(?:type|category)$/, ["law_type", "lead_application", "case_type"]],
  [/^(?:grade|judgement|rating)$/, ["audit_grade"]],
  [/^(?:audit|audit y n)$/, ["audited", "audit_grade"]],
  [/^issued$/, ["application_date"]],
  [/^closed$/, ["closed_date"]],
  [/^start date$/, ["application_date", "allocation_date"]],
  [/^end date$/, ["closed_date"]],
  [/^(?:decom|date (?:started|entered|of referral|of contact|the child entered)\b.*)$/, ["application_date"]],
  [/^(?:[\p{L}\p{N}]+ ){1,5}start date$/u, ["application_date"]],
  [/^(?:dec|date (?:ceased|ended)\b.*)$/, ["closed_date"]],
  [/^(?:[\p{L}\p{N}]+ ){1,5}(?:end|closure|completion) date$/u, ["closed_date"]],
  [/^(?:final order|final order date|date of final order|final hearing date)$/, ["closed_date"]],
  [
    /^(?:date )?(?:the )?(?:child )?(?:was )?last (?:seen|visited|visit)$|^date child was last seen$/,
    ["last_activity_date"],
  ],
];

/** Words that may stand before or after a known header without changing what it means. */
const before = /^(?:the|child|childs|cafcass|current|recorded) (?=.)/;
const after = / (?:y n|yes no|dd mm yyyy|yyyy mm dd|years|in years|yrs|if known|public private|e g .*)$/;
const afterPlaces = / name$/;
const afterOthers = / (?:code|description|desc)$/;

/** Fields of which a header with "name" after it says the same, and one with "code" does not: they keep the export's text. */
const places: readonly string[] = ["practitioner", ...areaFields];
/** Names of people and things: a word more makes another column of them ("child name" is no child id). */
const taken: readonly string[] = ["case_id", "child_id", "case_name", "file_location"];

/** What a header is to the field: the header without the words that change nothing. */
export function stripped(key: string, field: StandardField): string {
  if (taken.includes(field)) return key.replace(/^(?:the|cafcass) (?=.)/, "");
  let text = key;
  for (let last = ""; last !== text; ) {
    last = text;
    text = text.replace(before, "").replace(after, "");
    text = text.replace(places.includes(field) ? afterPlaces : afterOthers, "");
  }
  return text;
}
