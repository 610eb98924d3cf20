import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { fakeHost } from "../cli/fake.js";

const plan = `casedraw: 1
title: Two areas
reference_date: 2026-11-16
unit: case
unit_id: case_id
data: [{ path: cases.csv }]
columns: { case_id: case, child_id: child, local_authority: authority, law_type: law, disability: disability }
compare:
  indicators: [{ name: Disabled, where: { disability: ["yes"] } }]
`;

function exportLines(): string[] {
  const single = ["Kent", "Essex", "Devon"].flatMap((area, place) =>
    Array.from(
      { length: 40 },
      (_, at) => `${area}${at},1,${area},public,${at % (place + 2) === 0 ? "yes" : "no"}`,
    ),
  );
  const moved = ["Kent", "Essex"].map((area, at) => `moved,${at + 1},${area},public,yes`);
  const both = ["public", "private"].map((law, at) => `both,${at + 1},Kent,${law},no`);
  return ["case,child,authority,law,disability", ...single, ...moved, ...both];
}

test.each(["internal", "publishable"])(
  "one case of two authorities and one of both kinds of law do not stop the comparison: %s",
  async (edition) => {
    const folder = mkdtempSync(join(tmpdir(), "casedraw-two-areas-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, "plan.yaml"), plan);
    writeFileSync(join(folder, "cases.csv"), `${exportLines().join("\n")}\n`);
    const { host, said } = fakeHost();
    const words = ["compare", "--plan", "plan.yaml", "--by", "local_authority", "--edition", edition];
    expect(
      await main([...words, "--no-png", "--out", "out"], { ...host, cwd: folder }, catalogue),
      said.err,
    ).toBe(0);
    const page = readFileSync(join(folder, "out/compare.html"), "utf8");
    expect(page).toContain("More than one place: cases whose children differ in it");
    expect(page).toContain(
      `Left out, because children of one case are of public law and of private law${edition === "internal" ? ": 1." : "."}`,
    );
    const tidy = readFileSync(join(folder, "out/compare.csv"), "utf8");
    for (const area of ["Kent", "Essex", "Devon"])
      expect(tidy).toMatch(new RegExp(`${area},.*(?:similar|higher|lower)`));
    expect(await main(["verify", "out"], { ...host, cwd: folder }, catalogue), said.err).toBe(0);
  },
);
