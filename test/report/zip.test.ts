import { execFileSync } from "node:child_process";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deterministicZip } from "../../src/report/zip.js";
import { type Compiled, compile } from "./compiled.js";

let compiled: Compiled;
beforeAll(() => {
  compiled = compile("report/zip.ts");
});
afterAll(() => compiled.remove());

const bytes = (text: string) => new TextEncoder().encode(text);
const entries = {
  "xl/b.xml": bytes("b".repeat(500)),
  "a.xml": bytes("a"),
  "[Content_Types].xml": bytes("c"),
  é: bytes(""),
};

/** Names and times of the local headers, read as APPNOTE.TXT 4.3.7 lays them out. */
function headers(zip: Uint8Array): { name: string; time: number; date: number }[] {
  const view = new DataView(zip.buffer, zip.byteOffset);
  const found: { name: string; time: number; date: number }[] = [];
  for (let at = 0; view.getUint32(at, true) === 0x04034b50; ) {
    const nameLength = view.getUint16(at + 26, true);
    const name = new TextDecoder().decode(zip.subarray(at + 30, at + 30 + nameLength));
    found.push({ name, time: view.getUint16(at + 10, true), date: view.getUint16(at + 12, true) });
    at += 30 + nameLength + view.getUint16(at + 28, true) + view.getUint32(at + 18, true);
  }
  return found;
}

test("sorts its entries by the bytes of their names and dates them 1 January 1980", () => {
  const zip = deterministicZip(entries);
  const date = (1 << 5) | 1; // year 0, month 1, day 1
  expect(headers(zip)).toEqual([
    { name: "[Content_Types].xml", time: 0, date },
    { name: "a.xml", time: 0, date },
    { name: "xl/b.xml", time: 0, date },
    { name: "é", time: 0, date },
  ]);
  expect(unzipSync(zip)).toEqual(entries);
});

test("has the same bytes whatever the order of its entries", () => {
  const reversed = Object.fromEntries(Object.entries(entries).reverse());
  expect(deterministicZip(reversed)).toEqual(deterministicZip(entries));
});

test("has the same bytes in every time zone", () => {
  const source = `
    import { createHash } from "node:crypto";
    import { deterministicZip } from ${JSON.stringify(compiled.url("report/zip.js"))};
    const entries = { "a.xml": new Uint8Array(1000), "b/c.xml": new Uint8Array([1, 2, 3]) };
    const hashes = new Set();
    for (const zone of Intl.supportedValuesOf("timeZone")) {
      process.env.TZ = zone;
      hashes.add(createHash("sha256").update(deterministicZip(entries)).digest("hex"));
    }
    process.env.TZ = process.argv[1];
    console.log(hashes.size, new Date(0).getHours());`;
  const run = (zone: string) =>
    execFileSync(process.execPath, ["--input-type=module", "-e", source, zone], {
      encoding: "utf8",
      env: { ...process.env, TZ: zone },
    });
  // The hour of the epoch there shows that the zone was taken up.
  expect(run("Pacific/Kiritimati")).toBe("1 13\n");
  expect(run("America/Los_Angeles")).toBe("1 16\n");
});
