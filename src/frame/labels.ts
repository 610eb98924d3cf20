import type { Plan } from "../plan/types.js";
import { bandOrder } from "./bands.js";
import { codeSets } from "./code-sets.js";
import { ethnicityName } from "./ethnicity.js";
import { type Field, isBlankLevel, listItems, notRecorded, severalAreas, unmapped } from "./field.js";

/** What people read for `severalAreas`. */
export const severalAreasLabel = "More than one place";

/** Codes whose words are not simply theirs with blanks and a capital. */
const words: Readonly<Record<string, string>> = {
  [notRecorded]: "Not recorded",
  [unmapped]: "Value not known to the code set",
  [severalAreas]: severalAreasLabel,
};

/** Words that keep their capitals in headings. */
const acronyms: Readonly<Record<string, string>> = { dfj: "DFJ", id: "ID", n: "number" };

/** A field's name for people: `dfj_area` is "DFJ area". */
export function fieldLabel(name: string): string {
  const [first = "", ...others] = name
    .split("_")
    .map((word) => (Object.hasOwn(acronyms, word) ? acronyms[word] : word) as string);
  return [capital(first), ...others].join(" ");
}

/** One level of a field for people: `not_recorded` is "Not recorded", `up to 26` is "Up to 26 weeks". */
export function levelLabel(name: string, level: string, plan: Plan): string {
  const special = Object.hasOwn(words, level) ? words[level] : undefined;
  if (special !== undefined) return special;
  if (name === "ethnicity") return ethnicityName(level) ?? capital(level.replaceAll("_", " "));
  if (name === "age_band") return level === "0" ? "Under 1" : capital(level);
  if (name === "delay_band" && level === "below 0") return "Ends before it starts";
  if (name === "delay_band")
    return bandOrder(name, plan.bands).includes(level) ? `${capital(level)} weeks` : level;
  const coded = Object.hasOwn(codeSets, name) || name === "factors" || name === "ethnic_group";
  return coded ? capital(level.replaceAll("_", " ")) : level;
}

/** What a field says of a unit, for people; a list's items parted by semicolons. */
export function valueLabel(field: Field, unit: number, plan: Plan): string {
  const level = field.levels[field.codes[unit] as number] as string;
  if (field.kind === "list")
    return listItems(level)
      .map((item) => levelLabel(field.name, item, plan))
      .join("; ");
  if (field.kind !== "category" || isBlankLevel("text", level)) return level;
  return levelLabel(field.name, level, plan);
}

/** With a capital letter, as a sentence or a label begins. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
