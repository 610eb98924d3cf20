import { createHash } from "node:crypto";
import officeCrypto from "officecrypto-tool";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { typeInto } from "../../src/cli/read-password.js";
import type { CasedrawError } from "../../src/errors.js";
import { askPasswordsOf, type PasswordAnswer } from "../../src/readers/passwords.js";
import { readTable } from "../../src/readers/read-table.js";
import { Folder } from "./lanes.js";
import { rowsXml, workbook } from "./workbook-fixture.js";

const folder = new Folder();
afterAll(() => folder.remove());

const rows = [
  ["id", "law"],
  ["007", "public"],
];
const plain = Buffer.from(workbook({ sheets: [{ name: "List 1", rows: rowsXml(rows) }] }));
const password = "Pâss word 1";
const agile = officeCrypto.encrypt(plain, { password });
/** Half as many rounds, so that tests of several tries are quick. */
const standard = officeCrypto.encrypt(plain, { password, type: "standard" });

/** Someone who types these passwords, one after the other, and then nothing. */
function person(...typed: readonly string[]) {
  const asked: { file: string; wrong: number }[] = [];
  askPasswordsOf(async (file, wrong): Promise<PasswordAnswer> => {
    const given = typed[asked.push({ file, wrong }) - 1];
    return given === undefined ? { none: "not-given" } : { password: given };
  });
  return asked;
}

beforeEach(() => askPasswordsOf(async () => ({ none: "no-terminal" })));

const read = (bytes: Uint8Array, name = "list.xlsx") =>
  readTable({ path: folder.write(name, bytes), label: "the list.xlsx", wanted: ["id", "law"] });

async function refusal(bytes: Uint8Array): Promise<CasedrawError> {
  return await read(bytes).then(
    () => expect.fail("expected a refusal"),
    (error) => error as CasedrawError,
  );
}

describe("a workbook under a password", () => {
  test.each([
    ["agile, as Excel 2010 and later", agile],
    ["standard, as Excel 2007", standard],
  ])("%s: opens with it, and is known by the bytes on the disk", async (_, bytes) => {
    const asked = person(password);
    const { table, fingerprint } = await read(bytes);
    expect(table.columns.map(({ values }) => values)).toEqual([["007"], ["public"]]);
    expect(asked).toEqual([{ file: "the list.xlsx", wrong: 0 }]);
    expect(fingerprint).toEqual({
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    });
  });

  test("two wrong tries and a right one", async () => {
    const asked = person("pâss word 1", "x", password);
    expect((await read(standard)).table.rowCount).toBe(1);
    expect(asked.map(({ wrong }) => wrong)).toEqual([0, 1, 2]);
  });

  test("three wrong tries are all, and the message has none of them", async () => {
    const asked = person("one-secret", "two-secret", "three-secret", password);
    const { code, message } = await refusal(standard);
    expect([code, asked.length]).toEqual(["PASSWORD_WRONG", 3]);
    expect(message).not.toContain("secret");
  });

  test("who gives none, and where nobody can be asked", async () => {
    person();
    expect(await refusal(standard)).toMatchObject({
      code: "WORKBOOK_ENCRYPTED",
      details: { reason: "not-given" },
    });
    askPasswordsOf(async () => ({ none: "no-terminal" }));
    const { code, message } = await refusal(standard);
    expect(code).toBe("WORKBOOK_ENCRYPTED");
    expect(message).toContain("on a terminal, and this run has none");
  });

  test("a password that opened one file is tried on the next before anybody is asked", async () => {
    const asked = person(password);
    await read(standard);
    await read(officeCrypto.encrypt(plain, { password, type: "standard" }));
    expect(asked.length).toBe(1);
  });

  test("protection in name only, which Excel opens without asking", async () => {
    expect(
      (await read(officeCrypto.encrypt(plain, { password: "VelvetSweatshop", type: "standard" }))).table
        .rowCount,
    ).toBe(1);
  });

  test("a count of rounds that would take hours", async () => {
    const found = agile.indexOf('spinCount="100000"');
    expect(found).toBeGreaterThan(0);
    const slow = Buffer.from(agile);
    // One digit more, and one blank less before a later tag, so that all else stays where it was.
    const blanks = agile.indexOf("\n  ", found);
    const between = agile.subarray(found + 'spinCount="100000"'.length, blanks + 1);
    Buffer.concat([Buffer.from('spinCount="9999999"'), between]).copy(slow, found);
    const asked = person(password);
    expect((await refusal(slow)).code).toBe("WORKBOOK_ENCRYPTION_UNKNOWN");
    expect(asked).toEqual([]);
  });

  test.each([0.3, 0.6, 0.9])("cut off after %d of it: a coded refusal", async (share) => {
    person(password, password, password);
    expect((await refusal(standard.subarray(0, Math.floor(standard.length * share)))).code).toMatch(
      /^(WORKBOOK_ENCRYPTION_UNKNOWN|PASSWORD_WRONG|WORKBOOK_CORRUPT|WORKBOOK_LEGACY)$/,
    );
  });

  test("what is inside is judged as any workbook is", async () => {
    person(password);
    const document = officeCrypto.encrypt(plain.subarray(0, plain.length - 30), {
      password,
      type: "standard",
    });
    expect((await refusal(document)).code).toBe("WORKBOOK_CORRUPT");
  });
});

describe("typing a password", () => {
  const typed = (keys: string): string => [...keys].reduce((line, key) => typeInto(line, key).line, "");
  test.each([
    ["abc", "abc"],
    ["ab\u007fc", "ac"],
    ["a\u{1f600}\u0008b", "ab"],
    ["abc\u0015d", "d"],
    ["a\tb\u0000c", "abc"],
    ["x".repeat(300), "x".repeat(255)],
  ])("%j is %j", (keys, line) => {
    expect(typed(keys)).toBe(line);
  });

  test.each([
    ["\r", "taken"],
    ["\n", "taken"],
    ["\u0003", "interrupted"],
    ["\u0004", "given-up"],
  ] as const)("%j ends it: %s", (key, over) => {
    expect(typeInto("", key).over).toBe(over);
  });

  test("Ctrl-D within a line does nothing", () => {
    expect(typeInto("a", "\u0004")).toEqual({ line: "a" });
  });
});
