import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ClaimSlot, identity } from "../../src/cli/claim.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "casedraw-claim-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the other side of the memory reads the last claim and whether it is still under way", () => {
  const writer = new ClaimSlot();
  const reader = new ClaimSlot(writer.memory);
  const [first, second] = [join(folder, "première"), join(folder, "b")];
  expect(reader.read()).toBeUndefined();
  writer.set(first);
  expect(reader.read()).toEqual({ target: first, before: undefined, underWay: true });
  writer.set(undefined);
  expect(reader.read()).toEqual({ target: first, before: undefined, underWay: false });
  writer.set(second);
  expect(reader.read()).toEqual({ target: second, before: undefined, underWay: true });
  // The new claim is written beside the last one: cut short, it would leave that one whole.
  expect(Buffer.from(writer.memory).includes(JSON.stringify(first))).toBe(true);
});

test("identity tells a file that was replaced from one that was not", () => {
  const [path, fresh] = [join(folder, "a"), join(folder, "b")];
  expect(identity(path)).toBeUndefined();
  writeFileSync(path, "1");
  const slot = new ClaimSlot();
  slot.set(path);
  writeFileSync(path, "2");
  expect(identity(path)).toBe(slot.read()?.before);
  writeFileSync(fresh, "1");
  renameSync(fresh, path);
  expect(identity(path)).not.toBe(slot.read()?.before);
});
