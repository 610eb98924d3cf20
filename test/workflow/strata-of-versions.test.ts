import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readTable } from "../../src/readers/read-table.js";
import { draw, plan, workplace } from "./scratch.js";
import { correct, go, logOf, records, update } from "./updating.js";

/** Stratum, drawn, reserves, as the page and the workbook have them. */
async function shownStrata(folder: string, out: string): Promise<string[][][]> {
  const page = readFileSync(join(folder, out, "summary.html"), "utf8");
  const [body = ""] =
    page.match(/<table[^>]*id="strata-table".*?<\/tbody>/s) ??
    page.match(/id="strata-table".*?<\/tbody>/s) ??
    [];
  const rows = [...body.matchAll(/<tr>(.*?)<\/tr>/gs)]
    .map(([, row = ""]) => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) => cell))
    .slice(1);
  const { table } = await readTable({
    path: join(folder, out, "sample.xlsx"),
    label: "sample.xlsx",
    sheet: "Strata",
    wanted: ["Stratum", "Drawn", "Reserves"],
  });
  const column = (header: string): string[] => {
    const found = table.columns.find((each) => each.header === header);
    return Array.from(
      { length: table.rowCount },
      (_, row) => found?.values[found.codes[row] as number] ?? "",
    );
  };
  const [drawn, reserves] = [column("Drawn"), column("Reserves")];
  return [
    rows.map((row) => [row[2] ?? "", row[3] ?? ""]),
    drawn.map((each, at) => [each, reserves[at] ?? ""]),
  ];
}

test.each([
  ["sample: { size: 30, method: systematic, balance: [team], strata: [law_type], reserves: 0.25 }"],
  ["sample: { size: 30, strata: [law_type], reserves: 0.25 }"],
])(
  "the page and the workbook count who is in the sample, as strata.csv does, in every version: %s",
  async (design) => {
    const folder = workplace(undefined, plan.replace(/sample: .*/, design));
    await draw(folder);
    await go(folder, "out", "v2", logOf(folder, "out", [[2, "inaccessible"]]));
    correct(folder);
    await update(folder, "v2", "v3");
    for (const out of ["out", "v2", "v3"]) {
      const strata = records(folder, `${out}/strata.csv`).map(({ drawn = "", reserves = "" }) => [
        drawn,
        reserves,
      ]);
      expect(strata.reduce((sum, [drawn]) => sum + Number(drawn), 0)).toBe(
        records(folder, `${out}/sample.csv`).length,
      );
      expect(await shownStrata(folder, out)).toEqual([strata, strata]);
    }
  },
);
