import { expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { fakeHost } from "./fake.js";

test.each(["1", "0", "2.5", "1e3", "many", "9007199254740992"])(
  "simulate --draws %s is refused before anything is read",
  async (draws) => {
    const { host, said } = fakeHost();
    const words = ["simulate", "--plan", "none.yaml", "--draws", draws, "--out", "x"];
    expect(await main(words, host, catalogue)).toBe(2);
    expect(said.err).toContain(`error[USAGE] --draws: must be a whole number from 2, got "${draws}".`);
    expect(said.claims).toEqual([]);
  },
);
