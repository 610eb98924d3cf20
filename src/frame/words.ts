/** 1,234 as people write it. */
export function thousands(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "a, b and 3 more". */
export function someOf(items: readonly (string | number)[], most = 5): string {
  const shown = items.slice(0, most).join(", ");
  return items.length > most ? `${shown} and ${thousands(items.length - most)} more` : shown;
}

/** "row 5", "rows 5, 7". */
export function rowsAt(rows: readonly number[]): string {
  return `${rows.length === 1 ? "row" : "rows"} ${someOf(rows)}`;
}

const plurals: Readonly<Record<string, string>> = {
  child: "children",
  family: "families",
  query: "queries",
};

/** "1 row", "54,000 rows", "2 children". */
export function counted(count: number, one: string, many = plurals[one] ?? `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`;
}
