import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Links of a Markdown file to others, or to a heading, that lead nowhere. */
export function brokenLinks(path: string): string[] {
  const text = withoutCode(readFileSync(path, "utf8"));
  const targets = [
    ...[...text.matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g)].map(([, target = ""]) => target),
    ...[...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)].map(([, target = ""]) => target),
    ...[...text.matchAll(/<(?:img|a)\s[^>]*(?:src|href)="([^"]+)"/g)].map(([, target = ""]) => target),
  ];
  return targets.filter((target) => !/^(https?|mailto):/.test(target) && !leadsSomewhere(target, path));
}

function leadsSomewhere(target: string, from: string): boolean {
  const [file = "", anchor] = target.split("#");
  const path = file === "" ? from : resolve(dirname(from), decodeURIComponent(file));
  if (!existsSync(path)) return false;
  return anchor === undefined || !path.endsWith(".md") || anchorsOf(readFileSync(path, "utf8")).has(anchor);
}

/** The anchors that code hosts give to headings: lower case, punctuation dropped, blanks as hyphens, repeats numbered. */
export function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutFences(page).matchAll(/^#{1,6} +(.+?)\s*#*$/gm)) {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
      .replaceAll(" ", "-");
    let anchor = slug;
    for (let k = 1; anchors.has(anchor); k++) anchor = `${slug}-${k}`;
    anchors.add(anchor);
  }
  for (const [, id = ""] of page.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) anchors.add(id);
  return anchors;
}

function withoutFences(page: string): string {
  return page.replace(/^( *)```[^\n]*\n[\s\S]*?^\1```$/gm, "");
}

function withoutCode(page: string): string {
  return withoutFences(page).replace(/`[^`\n]*`/g, "");
}
