import { readFileSync } from "node:fs";

/** The version of this package, from the package.json two folders up: the same from src, dist and an installed copy. */
export function packageVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** What the records of every command begin with: their format, and the release that wrote them. */
export function recordHead() {
  return { casedraw: 1, software: { name: "casedraw", version: packageVersion() } } as const;
}
