import { expect, test } from "vitest";
import { ticket, ticketKey } from "../../src/random/tickets.js";

// Re-derived with coreutils: K=$(printf %s 314159 | sha256sum | cut -c1-64); printf %s "${K}A-1" | sha256sum
const key = "c5b389beb081fe1e43ae92e895deca086b4eed5cf9efc7b78eebbbc9dc75c3f0";

test("the key is the SHA-256 of the seed's text", () => {
  expect(ticketKey("314159")).toBe(key);
});

test.each([
  ["A-1", "089cfe38234df31c4de82c76c6ed4ca6917e448ad3e0a3ac41a2012e67974d11"],
  ["B-2", "be422f234753e667fd4b21749bcb02e70772c9023bfc0152d19a5c50f69d3156"],
  ["C-7_2", "eb945e2f9d0f2ff4d664e5a571ce9376a78ed710304bf271cbfa4560d2bca7a5"],
])("ticket of %s agrees with sha256sum", (unitId, expected) => {
  expect(ticket(key, unitId)).toBe(expected);
});
