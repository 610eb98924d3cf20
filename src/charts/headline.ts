/** As many words as a headline may have. */
const mostWords = 10;

/** The first of several wordings, from the fullest to the shortest, that is a headline; the last where none is. */
export function headline(first: string, ...shorter: readonly string[]): string {
  const wordings = [first, ...shorter];
  return wordings.find((text) => text.split(" ").length <= mostWords) ?? (wordings.at(-1) as string);
}

/** What a base's units are called in headlines: that a child counts in each of its cases is said beside them. */
export function headlineUnit(unit: string): string {
  return unit.replace("child-cases", "children");
}
