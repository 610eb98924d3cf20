import { hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ticketKey } from "../../src/random/tickets.js";
import { inTicketOrder } from "../../src/sampling/ticket-order.js";

describe("units in ticket order", () => {
  // Of 200,000 units eight digits are compared at first, and about five pairs share them: 200,000² / 2 / 16⁸.
  test.each([0, 1, 2, 17, 4096, 200_000])("%i units stand as their whole tickets do", (count) => {
    const ids = Array.from({ length: count }, (_, i) => `unit ${i}`);
    const key = ticketKey("314159");
    const tickets = ids.map((id) => hash("sha256", key + id, "hex"));
    const found = inTicketOrder(Int32Array.from(ids.keys()), ids, key);
    const plain = tickets.toSorted();
    expect(found.length).toBe(count);
    expect(found.every(({ unit, ticket }, at) => ticket === plain[at] && ticket === tickets[unit])).toBe(
      true,
    );
    const shared = plain.filter((ticket, at) => ticket.slice(0, 8) === plain[at - 1]?.slice(0, 8)).length;
    expect(shared > 0).toBe(count === 200_000);
  });

  test("equal tickets keep the order given", () => {
    const found = inTicketOrder(Int32Array.of(3, 1, 2), ["x", "same", "other", "same"], ticketKey("a"));
    expect(found.map(({ unit }) => unit).filter((unit) => unit !== 2)).toEqual([3, 1]);
  });
});
