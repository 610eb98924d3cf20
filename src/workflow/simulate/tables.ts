import { type DesignName, designs } from "../../charts/designs.js";
import { type CsvCell, computed } from "../../report/csv.js";
import type { OutputTable } from "../output-table.js";
import type { DesignFigures, GroupFigures, SimulationResults } from "./results.js";

const countColumns = ["expected", "mean", "mean_lower", "mean_upper", "sd", "p05", "p95"] as const;

/** `simulation.csv` and, where the plan has targets, `targets.csv`: one row a design and group. */
export function simulationTables({ groups }: SimulationResults): {
  readonly groups: OutputTable;
  readonly targets?: OutputTable;
} {
  const levels = groups.filter(({ group }) => group.target === undefined);
  const targets = groups.filter(({ group }) => group.target !== undefined);
  return {
    groups: {
      header: [
        "design",
        "characteristic",
        "level",
        "population",
        ...countColumns,
        "chance_missed",
        "chance_missed_lower",
        "chance_missed_upper",
      ],
      rows: byDesign(levels, ({ group }, { missed, ...figures }) => [
        group.characteristic,
        group.level,
        group.population,
        ...countCells(figures),
        ...chanceCells(missed),
      ]),
    },
    ...(targets.length === 0
      ? {}
      : {
          targets: {
            header: [
              "design",
              "target",
              "population",
              "at_least",
              ...countColumns,
              "chance_short",
              "chance_short_lower",
              "chance_short_upper",
            ],
            rows: byDesign(targets, ({ group }, { missed, short = missed, ...figures }) => [
              group.level,
              group.population,
              group.target?.at_least ?? 0,
              ...countCells(figures),
              ...chanceCells(short),
            ]),
          },
        }),
  };
}

/** All rows of one design, then those of the next. */
function byDesign(
  groups: readonly GroupFigures[],
  cells: (group: GroupFigures, figures: DesignFigures) => CsvCell[],
): CsvCell[][] {
  return designs.flatMap(({ name }: { readonly name: DesignName }) =>
    groups.map((group) => [name, ...cells(group, group.designs[name])]),
  );
}

function countCells({
  expected,
  mean,
  meanInterval,
  standardDeviation,
  p05,
  p95,
}: Omit<DesignFigures, "missed" | "short">): CsvCell[] {
  return [expected, mean, meanInterval.lower, meanInterval.upper, standardDeviation, p05, p95].map(computed);
}

function chanceCells({ share, lower, upper }: DesignFigures["missed"]): CsvCell[] {
  return [share, lower, upper].map(computed);
}
