import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { expect, test } from "vitest";
import { writeFolder } from "../../src/report/folder.js";
import { pendingPaths, recover, writerName } from "../../src/report/leftovers.js";
import { writeSingleFile } from "../../src/report/single-file.js";
import { scratch } from "./scratch.js";

const place = scratch();
const deadPid = spawnSync(process.execPath, ["-e", "0"]).pid;
const dead = writerName(deadPid);
const alive = writerName(process.ppid);

test("names the hidden siblings of a target", () => {
  // SHA-256 of "abc" begins with ba7816bf: FIPS 180-2, appendix B.1.
  expect(pendingPaths("/data/out/", writerName(42, "abc"))).toEqual({
    fresh: "/data/.out.casedraw-new-42-ba7816bf",
    aside: "/data/.out.casedraw-old-42-ba7816bf",
  });
  expect(pendingPaths("/data/out").fresh).toBe(
    `/data/.out.casedraw-new-${writerName(process.pid, hostname())}`,
  );
});

test.each([
  ["a dead process", dead],
  ["this process", writerName()],
])("clears what %s was filling, beside whatever stands there", (_, pid) => {
  place.put({ [`.out.casedraw-new-${pid}/a.csv`]: "half", "out/a.csv": "old", "other.csv": "x" });
  recover(place.path("out"));
  expect(place.list()).toEqual(["other.csv", "out/", "out/a.csv"]);
});

test("brings back the old folder when the new one was not in place yet", () => {
  place.put({ [`.out.casedraw-new-${dead}/a.csv`]: "new", [`.out.casedraw-old-${dead}/a.csv`]: "old" });
  recover(place.path("out"));
  expect(place.list()).toEqual(["out/", "out/a.csv"]);
  expect(readFileSync(place.path("out/a.csv"), "utf8")).toBe("old");
});

test("also where an empty folder was made since", () => {
  place.put({ [`.out.casedraw-new-${dead}/a.csv`]: "new", [`.out.casedraw-old-${dead}/a.csv`]: "old" });
  mkdirSync(place.path("out"));
  recover(place.path("out"));
  expect(place.list()).toEqual(["out/", "out/a.csv"]);
});

test("clears the old folder when the new one was in place", () => {
  place.put({ [`.out.casedraw-old-${dead}/a.csv`]: "old", "out/a.csv": "new" });
  recover(place.path("out"));
  expect(place.list()).toEqual(["out/", "out/a.csv"]);
  expect(readFileSync(place.path("out/a.csv"), "utf8")).toBe("new");
});

test("does not bring back a half-removed old folder after the new one was taken elsewhere", () => {
  place.put({ [`.out.casedraw-old-${dead}/a.csv`]: "old" });
  recover(place.path("out"));
  expect(place.list()).toEqual([]);
});

test("loses nothing where a person put something in the old folder's place", () => {
  place.put({
    [`.out.casedraw-new-${dead}/a.csv`]: "new",
    [`.out.casedraw-old-${dead}/a.csv`]: "old",
    "out/thesis.doc": "mine",
  });
  const before = place.list();
  recover(place.path("out"));
  expect(place.list()).toEqual(before);
});

test("leaves alone a process at work, other targets, and names that only look alike", () => {
  place.put({
    [`.out.casedraw-new-${alive}/a.csv`]: "half",
    [`.out2.casedraw-new-${dead}/a.csv`]: "half",
    [`.xout.casedraw-new-${dead}`]: "x",
    ".out.casedraw-new-": "x",
    [`.out.casedraw-new-${deadPid}`]: "x",
    ".out.casedraw-new-007-ba7816bf": "x",
    [`.out.casedraw-new-${dead}.bak`]: "x",
    [`out.casedraw-new-${dead}`]: "x",
  });
  const before = place.list();
  recover(place.path("out"));
  expect(place.list()).toEqual(before);
});

test("leaves alone what another computer writes to a shared drive, until it is a day old", () => {
  const elsewhere = writerName(deadPid, "another-computer");
  place.put({ [`.out.casedraw-new-${elsewhere}/a.csv`]: "half" });
  const before = place.list();
  recover(place.path("out"));
  expect(place.list()).toEqual(before);
  const yesterday = Date.now() / 1000 - 25 * 60 * 60;
  utimesSync(place.path(`.out.casedraw-new-${elsewhere}`), yesterday, yesterday);
  recover(place.path("out"));
  expect(place.list()).toEqual([]);
});

test("takes a day-old write for dead, whoever has its number now", () => {
  place.put({ [`.out.casedraw-new-${alive}/a.csv`]: "half" });
  const yesterday = Date.now() / 1000 - 25 * 60 * 60;
  utimesSync(place.path(`.out.casedraw-new-${alive}`), yesterday, yesterday);
  recover(place.path("out"));
  expect(place.list()).toEqual([]);
});

test("has nothing to do where the parent is missing", () => {
  recover(place.path("none/out"));
  expect(place.list()).toEqual([]);
});

test("is part of the next write to the same place", async () => {
  place.put({
    [`.out.casedraw-new-${dead}/a.csv`]: "half",
    [`.file.csv.casedraw-new-${dead}`]: "half",
  });
  await writeFolder(
    place.path("out"),
    { force: false, protect: [] },
    (folder) => void folder.file("b.csv", "x"),
  );
  await writeSingleFile(place.path("file.csv"), "x", { force: false, protect: [], isOwn: () => false });
  expect(place.list()).toEqual(["file.csv", "out/", "out/b.csv"]);
});
