import { listText } from "../analysis/words.js";
import type { ReadColumn } from "./finding.js";
import type { CheckSubject } from "./subject.js";
import { fileName, named } from "./words.js";

/** What of a subject says which column gives a field. */
type Columns = Pick<CheckSubject, "columns" | "rows">;

/**
 * A field as a question names it: by the file and header that its owner knows, as in “column “DECOM” of episodes.csv”. A field
 * that no column of theirs gives keeps our name.
 */
export function columnOf(subject: Columns, name: string): string {
  return ownColumns(subject, name) ?? `the ${named(name)}`;
}

/** The same beside our name, where that says what is meant: “date of birth (column “DOB” of children.csv)”. */
export function namedWithColumn(subject: Columns, name: string): string {
  const column = ownColumns(subject, name);
  return column === undefined ? named(name) : `${named(name)} (${column})`;
}

/** {@link columnOf} for each of several fields. */
export function columnsOf(subject: Columns, names: readonly string[]): string {
  return listText(names.map((name) => columnOf(subject, name)));
}

/** The headers that give some fields in files of which the sentence speaks already: “CHILD”, or “CHILD” or “Child”. */
export function headersIn(
  { columns }: Pick<CheckSubject, "columns">,
  names: readonly string[],
  files: readonly string[],
): string {
  const texts = names.map((name) => {
    const found = columns.filter(
      ({ field, file, headers }) => field === name && files.includes(file) && headers.length > 0,
    );
    return found.length === 0 ? named(name) : listText([...new Set(found.map(headersText))], "or");
  });
  return listText(texts);
}

function ownColumns({ columns, rows }: Columns, name: string): string | undefined {
  const giving = columns.filter(({ field, headers }) => field === name && headers.length > 0);
  // The key of a join stands in the joined file too; the rows are those of the data.
  const ofData = giving.filter(({ file }) => rows.places.files.includes(file));
  const files = new Map<string, string[]>();
  for (const column of ofData.length > 0 ? ofData : giving) {
    const header = headersText(column);
    files.set(header, [...(files.get(header) ?? []), column.file]);
  }
  if (files.size === 0) return undefined;
  const texts = [...files].map(([header, names]) => `${header} of ${filesText(names)}`);
  return `column ${listText(texts, "or")}`;
}

/** A factor for each column can be dozens of them. */
const mostHeaders = 3;

function headersText({ headers }: Pick<ReadColumn, "headers">): string {
  const quoted = headers.map((header) => `“${header}”`);
  const rest = quoted.length - mostHeaders;
  return listText(rest > 0 ? [...quoted.slice(0, mostHeaders), `${rest} more`] : quoted);
}

/** Files by their names; of many how many they are. */
export function filesText(files: readonly string[]): string {
  return files.length > mostFiles ? `${files.length} files` : listText(files.map(fileName));
}

const mostFiles = 3;
