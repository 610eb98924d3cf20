/** What came of asking for a password. */
export type PasswordAnswer =
  | { readonly password: string }
  /** Nobody can be asked here, or who was asked gave none. */
  | { readonly none: "no-terminal" | "not-given" };

/**
 * Asks a person for the password of a file.
 *
 * @param file - the path as the plan writes it
 * @param wrong - passwords that were refused already
 */
export type AskPassword = (file: string, wrong: number) => Promise<PasswordAnswer>;

/** Excel's own password for workbooks that are protected in name only; it opens them without asking. */
const excelsOwn = "VelvetSweatshop";

let ask: AskPassword = async () => ({ none: "no-terminal" });
/** Passwords that opened a file in this process: the files of one export mostly share one, and some are read twice. */
let opened: readonly string[] = [];

/**
 * Says who is to be asked for the passwords of protected workbooks; until then nobody is, and they are refused. There is one
 * terminal, whichever command runs. A password stays in memory until the process ends, and is written nowhere.
 *
 * @param person - given the file and how many passwords were wrong; tells one, or that there is none
 * @example
 * askPasswordsOf(async (file, wrong) => (wrong === 0 ? { password: `of ${file}` } : { none: "not-given" }));
 * (await readTable("children.csv")).table.rowCount // → 600; only a protected workbook asks
 */
export function askPasswordsOf(person: AskPassword): void {
  ask = person;
  opened = [];
}

/** Passwords to try before anybody is asked. */
export function knownPasswords(): readonly string[] {
  return [excelsOwn, ...opened];
}

export function askPassword(file: string, wrong: number): Promise<PasswordAnswer> {
  return ask(file, wrong);
}

/** Keeps a password in memory, and nowhere else, until the process ends. */
export function rememberPassword(password: string): void {
  if (!knownPasswords().includes(password)) opened = [...opened, password];
}
