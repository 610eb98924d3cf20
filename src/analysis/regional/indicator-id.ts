import { slug } from "../../frame/text.js";

/** Kebab-case, unique: a second "Open" is `open-2`. */
export function idOf(name: string, ids: Set<string>): string {
  const plain =
    slug(name)
      .replaceAll("_", "-")
      .replace(/^-+|-+$/g, "") || "indicator";
  let id = plain;
  for (let k = 2; ids.has(id); k++) id = `${plain}-${k}`;
  ids.add(id);
  return id;
}
