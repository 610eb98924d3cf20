/**
 * Every way in which casedraw refuses, by code: what it means and what to do.
 * `casedraw explain CODE` prints these.
 */
export const errorCodes = {
  USAGE:
    "The command line is not one that casedraw understands; the help of the command shows how it is written.",
  FAULT: "casedraw itself failed; neither the data nor the plan is known to be at fault.",
  OUT_OF_MEMORY: "The work did not fit into the memory that the computer could give.",
  FILE_NOT_FOUND: "No file stands at the path that the plan or the command names.",
  FILE_NOT_READABLE: "The file is there but may not be read (permissions, or another program holds it).",
  NOT_A_FILE: "The path is a folder, a device or a link to one; casedraw reads ordinary local files.",
  FILE_CHANGED: "An input changed while it was being read.",
  EMPTY_FILE: "The file holds no record, not even a header row.",
  COMPRESSED_FILE: "The file is compressed; casedraw unpacks nothing by itself.",
  EXTENSION_MISLEADS: "The file's name promises another kind of file than its content is.",
  INVALID_ENCODING: "The text is neither UTF-8, nor UTF-16 with its mark, nor plainly Windows-1252.",
  NUL_CHARACTER: "The text holds a NUL character, which only a damaged file or unmarked UTF-16 does.",
  ROW_TOO_SHORT: "A row has fewer values than the header.",
  ROW_TOO_LONG: "A row has more values than the header.",
  QUOTE_NOT_CLOSED: "A value starts with a quote and does not end with one.",
  TEXT_BESIDE_QUOTES: "Text follows a closing quote where only a delimiter or the line's end may.",
  QUOTE_IN_VALUE: "A quote stands inside a value that does not start with one.",
  CARRIAGE_RETURN_ALONE: "A carriage return without a line feed stands outside quotes.",
  RECORD_TOO_LONG: "A record is longer than any row of an export can be.",
  COLUMN_NOT_FOUND: "A header that is wanted is not in the file.",
  HEADER_AMBIGUOUS: "Two headers of the file fit one that is wanted.",
  DUPLICATE_HEADER: "Two columns of the file have the same header.",
  SHEET_NOT_FOUND: "The file has no sheet of this name, or no sheets at all.",
  SHEET_NOT_CLEAR: "The plan names no sheet, and the workbook has none or several that could be meant.",
  WORKBOOK_ENCRYPTED: "The workbook is protected by a password.",
  PASSWORD_WRONG: "None of the passwords that were typed opens the workbook.",
  WORKBOOK_ENCRYPTION_UNKNOWN:
    "The workbook is encrypted in a way that casedraw does not know, or its encryption is damaged.",
  WORKBOOK_LEGACY:
    "The workbook is in a format other than .xlsx (.xls, .xlsb, .ods) that casedraw does not read.",
  WORKBOOK_CORRUPT: "The workbook is damaged or not made as the format demands.",
  WORKBOOK_LIMITS:
    "The workbook would unpack to more than casedraw accepts, as a file made to do harm would.",
  WORKBOOK_DTD: "An XML part of the workbook declares a document type, which no spreadsheet program writes.",
  FORMULA_WITHOUT_VALUE: "A cell has a formula whose result was never stored.",
  NOT_A_WORKBOOK: "The file is a zip archive, but not an Excel workbook.",
  MARKDOWN_NOT_TEXT: "A Markdown file is not text in UTF-8, or is far too large.",
  SUPPLIED_NOT_CSV:
    "A file that a plan supplies beside the export has to be CSV, and is a workbook or a Parquet file.",
  TEMPLATE_INVALID: "The template is no Word document, or does not say where the report and its marking go.",
  POPULATION_INVALID: "The file of the population to compare with lacks a column, a name or a number.",
  DISCLOSURE_EXPOSED: "A small count could be worked out from what a publishable edition would show.",
  PNG_UNAVAILABLE: "Pictures cannot be drawn as PNG here, because the module that does it is not installed.",
  PARQUET_ENCRYPTED: "The Parquet file is encrypted.",
  PARQUET_CORRUPT: "The Parquet file is damaged or not made as the format demands.",
  PARQUET_NEEDS_DUCKDB:
    "Parquet is read by the optional package @duckdb/node-api, which is not installed here.",
  PARQUET_PATH_UNSAFE: "The path of a Parquet file has a character that its reader would take for a pattern.",
  PARQUET_TYPE_UNSUPPORTED:
    "A wanted column of the Parquet file holds lists, structures or bytes instead of plain values.",
  PARQUET_OUT_OF_MEMORY: "The Parquet file needs more memory than its reader is given.",
  PLAN_NOT_YAML: "The plan cannot be read as YAML 1.2; the message gives the line and column.",
  PLAN_TOO_LARGE: "The file named as the plan is larger than any plan can be.",
  PLAN_EMPTY: "The plan file holds nothing.",
  PLAN_NOT_KEYS: "The plan is a list or a plain text; it has to be keys with values.",
  PLAN_SEVERAL_DOCUMENTS: "The plan file holds several YAML documents; a plan is one.",
  PLAN_INVALID:
    "Keys or values of the plan are unknown, missing or impossible; the message lists them all, with lines.",
  SIZE_FIELD_UNKNOWN:
    "A sample size was asked for by a characteristic that the plan's sample is not compared on.",
  CALL_INVALID:
    "A function of the library was called without something that it needs, or with something else in its place.",
  DRAWS_OUT_OF_RANGE: "A simulation was asked for with fewer than two draws, or with part of one.",
  COUNT_OUT_OF_RANGE: "A proportion was wanted of a count that is below 0 or above the number of cases.",
  CONFIDENCE_OUT_OF_RANGE: "An interval was wanted with a confidence that does not lie between 0 and 1.",
  VALUE_OUT_OF_RANGE: "A number given to a statistic is one that the statistic has no answer for.",
  ROWS_MISMATCHED: "Two lists given to a statistic are not of the same units.",
  TABLE_INVALID: "A table of counts is not rectangular, or a row or column of it holds nobody.",
  TABLE_TOO_LARGE: "A table has too many arrangements with its margins for an exact test.",
  AGREEMENT_UNDEFINED: "All reviews say the same, and agreement beyond chance has no value.",
  STRATUM_TOO_FEW: "A stratum has one responding unit of several, or none, so that its spread is unknown.",
  DOMAIN_EMPTY: "An estimate was wanted of a group that no responding unit belongs to.",
  CALIBRATION_CELL_EMPTY:
    "Calibration is to bring a group to a number above 0, and no responding unit is in it.",
  CALIBRATION_NOT_SOLVED: "Raking did not come to weights that meet all totals within the limit of rounds.",
  SAMPLE_EXCEEDS_FRAME: "The plan asks for more cases than are eligible.",
  ALLOCATION_INFEASIBLE: "The minima, maxima and sample size of the allocation cannot all hold.",
  ALLOCATION_EXCEEDS_STRATUM: "The allocation asks for more cases of a stratum than it holds.",
  ALLOCATION_STRATUM_UNKNOWN: "The allocation names a stratum that no eligible unit is in.",
  ALLOCATION_STRATUM_MISSING: "The allocation needs a number for every stratum, and some have none.",
  ALLOCATION_SPREAD_UNKNOWN:
    "The allocation goes by how much cases differ in each stratum, and that is not known, or 0 everywhere.",
  ALLOCATION_COST_INVALID: "The cost of a case in a stratum is not a number above 0.",
  SPREAD_FIELD_NOT_NUMBER: "The field whose spread the allocation goes by does not hold numbers.",
  PROPORTION_OUT_OF_RANGE: "An expected proportion is not a number from 0 to 1.",
  DATE_ORDER_MIXED:
    "One column holds dates that can only be day first and dates that can only be month first.",
  DATE_UNREADABLE: "A date is not in a form that casedraw reads; day first or ISO, with four-digit years.",
  DATE_YEAR_SHORT: "A date has a two-digit year, which could mean several dates.",
  NUMBER_UNREADABLE: "A number field holds something that is not a plain decimal number.",
  VALUE_CODE_UNKNOWN: "The plan's values map gives a code that the field's code set does not have.",
  VALUE_MAP_INVALID:
    "The value map lacks a column, or a row of it has no field or value, or names a field that has no codes.",
  VALUE_MAP_CONFLICT:
    "The value map gives a value another code than an earlier row, or the plan's values, does.",
  FIELD_IN_TWO_FILES:
    "A header that the plan maps stands both in the data and in a joined file; one of them must be named.",
  FIELD_NOT_FOUND: "A header that the plan maps is in none of the files that could give it.",
  JOIN_KEY_DUPLICATE: "A joined file has several rows for one key and the plan does not say which to take.",
  JOIN_TIE: "Several rows of a joined file are equally the latest or earliest for one key.",
  LOOKUP_KEY_DUPLICATE: "A lookup file has two rows for one value.",
  UNIT_ID_BLANK: "A part of the unit id is blank, so the row cannot be told from others.",
  UNIT_ID_DUPLICATE: "Two rows have the same unit id.",
  UNIT_ID_UNSAFE:
    "A unit id has a control character, or starts with a character that a spreadsheet would run.",
  FRAME_ERRORS:
    "The data have errors that change which units can be drawn: a child twice in one case, or a wrong date that the cohort goes by.",
  DESIGN_FIELD_MISSING: "The design uses a field that the export and the plan do not give.",
  INCLUSION_PROBABILITY_OUT_OF_RANGE: "An inclusion probability is not a number from 0 to 1.",
  STRATUM_SIZE_NOT_WHOLE:
    "The inclusion probabilities of a stratum do not add up to a whole number of units, which a balanced draw of fixed size needs.",
  BALANCE_ROWS_MISMATCHED:
    "A balanced draw was given probabilities, strata and indicators that are not of the same units.",
  TARGET_EXCEEDS_GROUP: "A target asks for more units of a group than are eligible.",
  TARGET_NOT_STRATA:
    "A target of a random design is not made of whole strata, which alone such a design can draw more from.",
  TARGETS_INFEASIBLE: "Targets cannot all be met with the sample's size and what the strata give.",
  TARGETS_CROSS:
    "Targets that share some strata and not others could not be met by raising the allocation of one after the other.",
  TARGETS_NOT_SOLVED:
    "The inclusion probabilities that meet the targets did not settle within the limit of steps.",
  STRATUM_KEY_AMBIGUOUS: "Two different combinations of levels would get the same stratum key.",
  EXCLUDE_IDS_COLUMNS: "The exclusion list lacks the column unit_id or has the same id twice.",
  OUTPUT_EXISTS: "Something stands at the output path already, and casedraw replaces nothing unless told to.",
  OUTPUT_NOT_OURS:
    "What is to be replaced is or holds something that casedraw did not write, or that was changed since.",
  OUTPUT_CONTINUED:
    "A later version, a linked sample or a handover goes on with the folder to be replaced, so it stays.",
  OUTPUT_NOT_WRITABLE:
    "The output could not be written: no space, no permission, or another fault of the disk.",
  OUTPUT_PARENT_MISSING:
    "The folder that is to hold the output does not exist; casedraw makes none on the way.",
  OUTPUT_IS_A_LINK: "The output path is a symbolic link; casedraw writes only to the place that is named.",
  OUTPUT_NOT_A_FOLDER: "The output path has to be a folder, and something else stands there.",
  OUTPUT_NOT_A_FILE: "The output path has to be an ordinary file, and something else stands there.",
  OUTPUT_HOLDS_INPUT:
    "The output path is, or contains, the plan, an input, the register of draws or the current folder.",
  REGISTER_NOT_WRITABLE:
    "The draw could not be entered in the register of draws: no permission, no space, or no ordinary file.",
  REGISTER_LOCKED: "Another run holds the register of draws, or was cut off while it did.",
  REGISTER_INVALID: "The file that is to be the register of draws is another kind of file.",
  REGISTER_BROKEN: "A line of the register of draws was edited, removed or moved since it was written.",
  REGISTER_FORMAT_UNKNOWN: "A line of the register of draws has a format that this release does not know.",
  OWN_CSV_MALFORMED: "A CSV that casedraw wrote earlier can no longer be read.",
  MANIFEST_INVALID:
    "The manifest is not one that casedraw wrote: it is not JSON, or a part is missing or impossible.",
  MANIFEST_FORMAT_UNKNOWN: "The manifest or run record has a format that this release does not know.",
  SYNTH_ROWS_OUT_OF_RANGE: "A synthetic export has from 1 to 10,000,000 rows of children.",
  SYNTH_DATE_INVALID: "A date given for a synthetic export is not a real one of the years 2000 to 2099.",
  SYNTH_WINDOW_INVALID: "The window of a synthetic export begins after its reference date.",
  KEY_FILE_UNSUITABLE:
    "The key file is a link, a folder or a device, or does not hold a key as casedraw writes one.",
  KEY_FILE_MISSING: "Matching needs the key that the copy was made with, and there is no such file.",
  KEY_INSIDE_OUTPUT: "The key would lie in the folder that is made to be shared.",
  PSEUDONYMS_COLLIDE: "Two ids get the same pseudonym with this key, which all but never happens.",
  PSEUDONYMISE_FIELD_USED:
    "The plan's cohort or sample goes by a field that a pseudonymised copy cannot have.",
  PSEUDONYMS_CHANGE_FRAME:
    "The pseudonymised copy, read back, does not give the frame that the export gives.",
  MATCH_NOTHING:
    "None of the listed ids is a unit of the export, or of a copy that was made of it with this key.",
  WORKBOOK_TOO_LARGE: "A table or a text is larger than a spreadsheet can hold.",
  WORKBOOK_HEADERS_CLASH: "Two columns of one table have the same name, which a spreadsheet does not allow.",
  CHART_SPEC_INVALID:
    "A chart's Vega-Lite specification cannot be drawn the same everywhere, or not at all; the message gives the reason.",
  CHART_DATA_INVALID: "The numbers given to a chart are out of range, contradict each other or are none.",
  CONDITION_UNSUITABLE: "A condition of the cohort or of a target does not fit the field that it is put on.",
  DESIGN_FIELD_LIST: "A field is to be worked out from one that has several values for some units.",
  FAMILY_BLANK: "One child a family was asked for, and some eligible units have no family recorded.",
  FAMILY_ID_IS_UNIT_ID:
    "A unit's id is the same text as its family's, so their tickets would be the same too.",
  SORT_FIELD_LIST: "A systematic sample is to be sorted by a field that has several values for some units.",
  CAP_FIELD_LIST: "A capped field has several values for some units.",
  CAPS_INFEASIBLE: "Some strata ask for more units than the caps let them give, whatever the seed.",
  CAPS_SHORTFALL: "The caps were full before every stratum had its allocation, with this seed.",
  CAP_SHUTS_OUT: "Some units can hardly ever be drawn under the caps.",
  FRAME_UNKNOWN: "The plan has no frame of the name that was given, or that the sample's manifest records.",
  DANFO_NOT_INSTALLED:
    "Data frames need the optional package danfojs-node, which is not installed; the message says how to install it.",
  DATA_FRAME_UNREADABLE:
    "A data frame has two columns of one name, or a cell that is neither text, a number nor a boolean.",
  FRAMES_FOLDER_WANTED: "The folder does not hold the samples of several frames.",
  ITEM_NOT_SHOWN: "The analysis has no such item, or the data cannot carry it.",
  LINK_FIELD_LIST: "A linked sample is to be linked by a field that has several values for some units.",
  LINK_EMPTY:
    "No eligible unit has a value of the linking field that a drawn unit of the earlier sample has.",
  LINK_NOT_PLANNED: "A sample was to be linked to an earlier one, and the plan has no linked section.",
  LINK_SAMPLE_MISSING: "The plan is for a linked sample, and the earlier sample's folder was not named.",
  LINK_SOURCE_DIFFERS:
    "The earlier sample's plan and data no longer give what its folder records, so nothing can be linked to it.",
  FOLDER_OF_FRAMES: "The folder holds the samples of several frames, and one of them has to be named.",
  PLAN_WITH_FRAMES: "The plan has several frames, where one that is drawn from by itself is wanted.",
  LINK_DESIGN_UNSUPPORTED:
    "The earlier sample was drawn in a way for which the probabilities of a linked sample are not known.",
  STRATUM_FIELD_LIST: "A stratum field can have several values for one unit.",
  PLAN_WITHOUT_SAMPLE: "A draw was asked for and the plan has no sample section.",
  PLAN_WITHOUT_DATA: "A check was asked for and the plan names no export.",
  SAMPLE_FOLDER_INCOMPLETE: "The folder is not a sample's: it lacks manifest.json or run.json.",
  ALGORITHM_UNKNOWN:
    "This release does not have the algorithm or its version that the sample was drawn with.",
  UNIT_UNKNOWN: "No unit of the sample's frame or export has this id.",
  DATA_NOT_AN_INPUT: "A file named with --data is none of the inputs that the sample was drawn from.",
  REPLACEMENT_LOG_EMPTY: "The replacement log lists no case.",
  REPLACEMENT_REASON_UNKNOWN:
    "A reason in the replacement log is none of out-of-scope, inaccessible and conflict.",
  REPLACEMENT_UNIT_UNKNOWN: "The replacement log names a unit that the frame does not have.",
  REPLACEMENT_NOT_IN_SAMPLE: "The replacement log names a unit that was not drawn.",
  REPLACEMENT_STILL_IN_RESERVE: "The replacement log names a reserve that was not released.",
  REPLACEMENT_DUPLICATE: "The replacement log names a unit twice, or one that an earlier log names.",
  SAMPLE_FOLDER_CHANGED:
    "A file of the sample's folder is not as casedraw wrote it, so nothing is built on it.",
  SAMPLE_NOT_REPLAYED:
    "The plan and the data no longer give the sample that the folder records, so it cannot be continued.",
  UPDATE_NOT_POSSIBLE:
    "A sample of this design cannot be brought to a corrected export with known probabilities.",
  UPDATE_PLAN_DIFFERS:
    "The plan of a corrected export has another design than the sample, so the sample cannot be updated.",
  UPDATE_NOT_REPLAYED: "What a folder records of an update does not fit its export.",
  CHOSEN_LIST_EMPTY: "A list of chosen cases has no case in it.",
  CHOSEN_UNIT_UNKNOWN: "A chosen case is not in the export.",
  CHOSEN_DUPLICATE: "A case is chosen twice.",
  CHOSEN_REASON_UNKNOWN: "The reason for a chosen case is not one that casedraw knows.",
  CHOSEN_ASKER_INVALID: "Who asked for a chosen case must be a role or initials, in one short line.",
  CHOSEN_DATE_MISSING: "A chosen case has no date on which it was asked for.",
  EXTENSION_TOO_SMALL: "The size of an enlarged sample is no larger than what was drawn already.",
  EXTENSION_NOT_POSSIBLE: "A sample of this design cannot be enlarged with known probabilities.",
  EXTENSION_DESIGN_CHANGED:
    "Fields that the design uses have changed since the draw, so the sample cannot be enlarged.",
  EXTENSION_LOWERS_PROBABILITY:
    "The larger design would give some units a lower probability than they were drawn with.",
  AVOID_STRATUM_TOO_SMALL:
    "A stratum with units reviewed before and others gives one case, and both must have a chance.",
  AVOID_SAMPLE_UNSUITABLE:
    "The earlier sample's probabilities are not known exactly for each unit, so it cannot be kept away from.",
  FOLLOW_UP_INVALID:
    "A case's time of entry or exit, or the code of what happened at its exit, is missing or impossible.",
  FOLLOW_UP_TOO_SHORT: "Too few cases are still followed at the horizon up to which a mean is to be taken.",
  AT_RISK_TOO_FEW: "At no time are as many cases at risk as a survival curve was asked to begin with.",
  TIME_OUT_OF_RANGE:
    "A time is no number, or lies outside what the follow-up of the cases says something about.",
  DELAYED_ENTRY_UNSUPPORTED:
    "A test that has no form for cases watched only from some time on was given such cases.",
  STATISTIC_UNDEFINED:
    "The data do not vary in the way that a statistic needs, so that it has no value: no event, no difference, a single group.",
  FINDINGS_COLUMN_MISSING: "The file of findings lacks a column that was asked for.",
  FINDINGS_EMPTY: "The file of findings has no column to estimate, or no unit of the sample.",
  FINDINGS_LATER_VERSION: "The findings have cases that only a later version of the sample has.",
  FINDINGS_DUPLICATE: "The file of findings has the same unit and review twice.",
  FINDINGS_VALUE_INVALID:
    "A value in the file of findings is none that its column takes: a review other than 1 and 2, or text among numbers.",
  SECOND_REVIEWS_INVALID:
    "The file that says how second reviews were chosen has a unit that is not of the sample or stands there twice, a probability that is none, or lacks a case with two reviews.",
  FINDINGS_GRADED: "A column of findings holds grades; individual work is not graded, so none is estimated.",
  ESTIMATE_FIELD_REFUSED: "Estimates were asked for by a field that names people or single cases.",
  ESTIMATE_FIELD_MISSING: "Estimates were asked for by a field that the sample does not have.",
  ESTIMATE_DESIGN_UNSUPPORTED: "The sample was drawn in a way for which no variance of an estimate is known.",
  ESTIMATE_MERGE_UNKNOWN:
    "Strata or levels were to be merged, and one of the names is none that the sample has.",
  ESTIMATE_CALIBRATION_FIELD:
    "Calibration was asked for by a field of which the sample's folder does not tell the population's counts, or that does not part the units into groups.",
  ESTIMATE_CALIBRATION_TOO_FEW:
    "Calibration was asked for by a field of which some level has fewer than two reviewed cases.",
  ESTIMATE_STRATUM_TOO_FEW:
    "A stratum has fewer than two reviewed cases and was not reviewed whole, so nothing tells how its cases differ.",
  DISCLOSURE_COUNTS_INVALID:
    "Tables to be protected do not add up, hold what is no count, or give the same count differently.",
  DISCLOSURE_AUDIT_UNSOLVED:
    "The audit of published tables found no numbers that fit them, or its linear programme was not solved.",
  SERIES_COLUMNS_INVALID: "A file of published series lacks a column, or has one that is not known.",
  SERIES_CELL_INVALID: "A cell of a published series is blank or says what its column does not allow.",
  SERIES_PERIOD_INVALID:
    "A period of a published series is not written as one, or contradicts its kind of year.",
  SERIES_NUMBER_INVALID: "A figure of a published series is no number, or impossible for its unit.",
  SERIES_DUPLICATE: "A published series gives two figures for one indicator, area and period.",
  COMPARE_FIELD_UNKNOWN: "Areas cannot be compared by the field that was named.",
  COMPARE_EMPTY: "The plan has no export and no published figures of areas to compare.",
  MAP_INVALID: "The map of tiles lacks a column, a name or a whole number, or two areas stand in one place.",
  SERIES_MIXED:
    "Figures of one published indicator differ in geography, kind of year, release or unit, so that they cannot stand in one chart.",
  HANDOVER_NOT_PLANNED:
    "A handover was asked for, and the plan does not say which teams there are or what they are asked.",
  HANDOVER_FIELD_MISSING: "The plan's handover names a field that the sample's list does not have.",
  HANDOVER_OTHER_SAMPLE:
    "A handover is of another sample than the one it is used with, or of a later version.",
  HANDOVER_FOLDER_INVALID:
    "The folder named is not one that casedraw handover wrote, or its list of who has which case was edited.",
  CONFLICTS_INVALID: "A row of the list of conflicts names a case, a team or a pair that there is not.",
  WORKSHEET_INVALID: "A file that was sent back is not a worksheet of this handover.",
  NEIGHBOURS_INVALID:
    "A file of statistical neighbours lacks a column, has an area twice, or names a neighbour that it has no row for.",
  ARCHIVE_NOT_VERIFIED:
    "A sample was to be archived, and its folder does not agree with its plan, data and register.",
  ARCHIVE_NOT_REPLAYED: "An archive was not written, because its replay would not give the sample again.",
  ARCHIVE_FIELD_NAMES_PEOPLE:
    "A sample was to be archived whose strata or balance are names, ids or texts, which an archive may not hold.",
  ARCHIVE_KEY_WRONG: "An archive was to be checked with a key that it was not made with.",
  FOLDER_OF_ARCHIVE:
    "A sample's folder is wanted, and the folder is an archive, which can be verified and nothing else.",
  FOLDER_OF_OTHER_OUTPUT: "A sample's folder is wanted, and the folder holds what another command wrote.",
  RETAIN_UNTIL_INVALID: "The date until which an archive is kept is no date.",
} as const;

/** A code of `errorCodes`. */
export type ErrorCode = keyof typeof errorCodes;

/** Facts of an error for programs: file, row (1 = first line or sheet row), column (header), and whatever else the code has. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The one error that casedraw throws on bad input, plan or usage.
 *
 * @param code - stable, from {@link errorCodes}
 * @param message - "what: rule, got value (file, row, column). Next step." Never a name or free text of a child's record.
 * @param details - the same facts for programs
 */
export class CasedrawError extends Error {
  override readonly name = "CasedrawError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
