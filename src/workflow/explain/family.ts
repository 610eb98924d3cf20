import { compareBytes, compareUnits } from "../../frame/text.js";
import { ticket } from "../../random/tickets.js";
import type { Families } from "../../sampling/families.js";
import type { UnitOfSample } from "./unit-of-sample.js";

/** A child of a family with its ticket. */
export interface Sibling {
  readonly unitId: string;
  readonly ticket: string;
}

/** One child a family: first the family's lot, then the child's within it. */
export interface FamilyStory {
  readonly method: "one_per";
  /** The field that makes families, and its value for this one. */
  readonly field: string;
  readonly family: string;
  /** Ticket of the family's own id. */
  readonly familyTicket: string;
  /** Place of that ticket among the families of the stratum, from 1. */
  readonly familyRank: number;
  /** N_h */
  readonly families: number;
  /** The family's eligible children, this one among them, smallest ticket first: the first is taken. */
  readonly children: readonly Sibling[];
}

export function familyStory({ frame, sample, unit, stratum, key }: UnitOfSample): FamilyStory {
  const { field, strata } = sample.design.families as Families;
  const code = field.codes[unit] as number;
  const family = field.levels[code] as string;
  const familyTicket = ticket(key, family);
  const others = strata.find((each) => each.key === stratum.key)?.families ?? new Int32Array();
  const before = others.filter((other) => {
    const id = field.levels[other] as string;
    return (compareUnits(ticket(key, id), familyTicket) || compareBytes(id, family)) < 0;
  });
  const children = Array.from(
    stratum.units.filter((each) => field.codes[each] === code),
    (each): Sibling => {
      const unitId = frame.ids[each] as string;
      return { unitId, ticket: ticket(key, unitId) };
    },
  ).sort((a, b) => compareUnits(a.ticket, b.ticket)); // equal tickets keep the ids' order
  return {
    method: "one_per",
    field: field.name,
    family,
    familyTicket,
    familyRank: before.length + 1,
    families: stratum.populationSize,
    children,
  };
}
