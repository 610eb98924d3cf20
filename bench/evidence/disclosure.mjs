import { percent, table } from "./common.mjs";

export const id = "disclosure";
export const title = "Small counts: hidden cells under attack";

const tables = 200;
const rounding = { threshold: 5, roundTo: 1 };

/** @returns Markdown */
export async function run(load) {
  const { stream } = await load("random/streams.js");
  const { protectTallies } = await load("disclosure/protect-tallies.js");
  const { auditTallies } = await load("disclosure/audit-tallies.js");
  const found = { only: { tables: 0, cells: 0, exposed: 0 }, whole: { tables: 0, cells: 0, exposed: 0 } };
  for (let k = 0; k < tables; k++) {
    const tally = tallyOf(stream(`disclosure ${k}`, "evidence"));
    for (const [way, published] of [
      ["only", smallOnly(tally)],
      ["whole", protectTallies([tally], rounding).tallies[0]],
    ]) {
      const cells = auditTallies([published], { ...rounding, original: [tally] });
      const exposed = cells.filter((cell) => cell.exposed).length;
      found[way].cells += cells.length;
      found[way].exposed += exposed;
      if (exposed > 0) found[way].tables++;
    }
  }
  const line = (name, { tables: some, cells, exposed }) => [
    name,
    (cells / tables).toFixed(1),
    `${exposed} of ${cells} (${percent(exposed / cells)})`,
    `${some} of ${tables}`,
  ];
  return [
    `${tables} invented tables of 6 areas by 4 groups with their margins, counts of 1 to 5 hidden. An attacker who knows the rule works out by linear programming between which bounds each ` +
      "hidden count lies; a small one is exposed where these do not leave 1 to 5 open.",
    table(
      ["what is hidden", "hidden counts a table", "small counts exposed", "tables with one"],
      [
        line("only the small counts", found.only),
        line("and others, so that they cannot be worked out (casedraw)", found.whole),
      ],
    ),
    "The attack, `auditTallies`, shares no code with the protection. Every publishable edition is audited before it is written, over all its tables together, and is refused (`DISCLOSURE_EXPOSED`) where a count is exposed.",
  ].join("\n\n");
}

function tallyOf(next) {
  const axis = (field, count) => ({
    field,
    label: field,
    levels: Array.from({ length: count }, (_, i) => ({ key: `${field} ${i}`, label: `${field} ${i}` })),
  });
  const cells = Array.from({ length: 6 }, () =>
    Array.from({ length: 4 }, (_, column) => Math.floor(next() * next() * (60 / (column * column + 1)))),
  );
  const sum = (values) => values.reduce((all, value) => all + value, 0);
  const rowTotals = cells.map(sum);
  return {
    id: "area_group",
    universe: "children",
    rows: axis("area", 6),
    columns: axis("group", 4),
    cells,
    rowTotals,
    columnTotals: [0, 1, 2, 3].map((column) => sum(cells.map((line) => line[column]))),
    total: sum(rowTotals),
    disjoint: true,
  };
}

/** As somebody does it by hand. */
function smallOnly(tally) {
  const hide = (count) => (count >= 1 && count <= rounding.threshold ? { mark: "c" } : count);
  return {
    ...tally,
    cells: tally.cells.map((line) => line.map(hide)),
    rowTotals: tally.rowTotals.map(hide),
    columnTotals: tally.columnTotals.map(hide),
    total: hide(tally.total),
  };
}
