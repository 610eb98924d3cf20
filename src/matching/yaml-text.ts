/** Words that stand for themselves in YAML, whatever the schema: no sign, colon, comma, bracket or hash. */
const plain = /^[A-Za-z_][A-Za-z0-9_ ()/.&’-]*$/;
const otherwise = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$|^\.|\s$|^\s/i;

/** A text as a YAML scalar, also within { } and [ ]; in double quotes where it would otherwise be something else. */
export function scalar(text: string): string {
  return plain.test(text) && !otherwise.test(text) ? text : JSON.stringify(text);
}

/** `{ closed_date: Date closed }`. */
export function flowMap(entries: Iterable<readonly [key: string, value: string]>): string {
  return `{ ${[...entries].map(([key, value]) => `${key}: ${scalar(value)}`).join(", ")} }`;
}

/** `case_id`, or `[case_id, child_id]` where there are several. */
export function nameList(names: readonly string[]): string {
  return names.length === 1 ? (names[0] as string) : `[${names.join(", ")}]`;
}

const width = 112;

/** Comment lines of a text, wrapped at blanks. */
export function comment(text: string, indent = ""): string[] {
  const lines: string[] = [];
  let line = `${indent}#`;
  for (const word of text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").split(" ")) {
    if (line.length + 1 + word.length > width && line !== `${indent}#`) {
      lines.push(line);
      line = `${indent}#`;
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** Lines that are ready to be used once the `# ` before each is taken away. */
export function commentedOut(lines: readonly string[]): string[] {
  return lines.map((line) => `# ${line}`);
}
