import { describe, expect, test } from "vitest";
import type { PlantedFault } from "../../src/synth/faults.js";
import { synthesise } from "../../src/synth/synthesise.js";

const options = { rows: 4000, seed: "faults" };

function plant(messy: boolean): { rows: (readonly string[])[]; planted: PlantedFault[] } {
  const planted: PlantedFault[] = [];
  const rows = [...synthesise({ ...options, messy, faults: true }).rows((fault) => planted.push(fault))];
  return { rows, planted };
}

describe("planted faults", () => {
  test("the same seed plants the same", () => {
    expect(plant(true)).toEqual(plant(true));
  });

  test.each([false, true])(
    "rows are named by their line in the file, the header being line 1 (messy: %s)",
    (messy) => {
      const { rows, planted } = plant(messy);
      const single = planted.filter(({ row }) => row !== undefined);
      expect(single.length).toBeGreaterThan(100);
      for (const { row, caseId, childId } of single) {
        const cells = rows[(row as number) - 2] as readonly string[];
        expect([cells[0]?.trim(), cells[1]?.trim()]).toEqual([caseId, childId]);
      }
    },
  );

  test("a row in which nothing was planted is that of the export without faults", () => {
    const { rows, planted } = plant(false);
    const touched = new Set(planted.map(({ row }) => row));
    const clean = new Set(Array.from(synthesise(options).rows(), (cells) => cells.join("|")));
    const strangers = rows.filter((cells, at) => !touched.has(at + 2) && !clean.has(cells.join("|")));
    expect(strangers).toEqual([]);
  });
});
