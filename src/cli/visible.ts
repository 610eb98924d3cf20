/**
 * Text that a terminal only shows: control characters, which a path or a cell may hold, become `\\u001b` and the like
 * (which JSON reads back too). Line ends, tabs and colours stay.
 */
export function visible(text: string): string {
  return text.replace(/\p{Cc}(?:\[[0-9;]*m)?/gu, (found) => {
    const [control = "", ...colour] = found;
    if (control === "\n" || control === "\t") return found;
    if (control === "\u001b" && colour.length > 0) return found;
    return `\\u${hex(control)}${colour.join("")}`;
  });
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0");
}

/** Bold where colour is on. */
export function bold(text: string, colour: boolean): string {
  return colour ? `\u001b[1m${text}\u001b[0m` : text;
}

/** Bold red where colour is on. */
export function alarm(text: string, colour: boolean): string {
  return colour ? `\u001b[1;31m${text}\u001b[0m` : text;
}
