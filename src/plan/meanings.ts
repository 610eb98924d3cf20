import type { StandardField } from "./types.js";

/** What each standard field holds, for the JSON Schema. */
export const fieldMeanings: Readonly<Record<StandardField, string>> = {
  case_id: "The case's own number. Text: leading zeros stay.",
  child_id: "The child's own number. Text: leading zeros stay.",
  case_name:
    "The name of the case. It is recognised so that it can be left out: it never reaches a frame or an output.",
  gender: "Gender: male, female, neither, unknown, refused, not_recorded.",
  date_of_birth: "Date of birth. It gives the age and is never in an output.",
  ethnicity: "Ethnicity, by the Department for Education's codes.",
  disability: "Disability: yes, no, unknown, refused, not_recorded.",
  law_type: "Public or private law.",
  lead_application: "The lead application, such as s31, in the export's words.",
  case_type: "The type of case, in the export's words.",
  practitioner: "The practitioner who holds the case.",
  team: "The team.",
  service_area: "The service area.",
  local_authority: "The local authority.",
  court: "The court.",
  dfj_area: "The designated family judge area.",
  region: "The region.",
  application_date: "When the application was issued.",
  allocation_date: "When the case was allocated to a practitioner.",
  first_hearing_date: "When the first hearing was.",
  closed_date: "When the case was closed; blank while it is open.",
  last_activity_date: "When work was last recorded.",
  factors: "What led to proceedings; a child can have several.",
  audited: "Whether the body has audited the record.",
  audit_grade: "The grade of that audit.",
  file_location: "Where the file is kept.",
  previous_application: "Whether there was an application before.",
  age_recorded: "Age in years as recorded; used where the date of birth is blank.",
};
