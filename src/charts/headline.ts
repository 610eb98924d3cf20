/** As many words as a headline may have. */
const mostWords = 10;

/** The first of several wordings, from the fullest to the shortest, that is a headline; the last where none is. */
export function headline(first: string, ...shorter: readonly string[]): string {
  const wordings = [first, ...shorter];
  return wordings.find((text) => text.split(" ").length <= mostWords) ?? (wordings.at(-1) as string);
}
