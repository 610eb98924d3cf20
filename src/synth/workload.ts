import { serviceAreas } from "./places.js";

export interface Worker {
  readonly practitioner: string;
  readonly team: string;
}

const smallestCaseload = 13;
const caseloadSpread = 11;
const teamSize = 9;

/** Gives cases to practitioners so that each holds 13 to 23 open ones, one or two more where an area runs over. */
export interface Workload {
  /** @param serviceArea - index in `serviceAreas` */
  assign(serviceArea: number, isOpen: boolean, random: () => number): Worker;
}

/**
 * Staffs every service area for the open cases that it can expect.
 *
 * @param expectedOpen - open cases expected in each service area
 */
export function workload(expectedOpen: readonly number[], random: () => number): Workload {
  const workers: Worker[] = [];
  const areas = expectedOpen.map((expected, index) => {
    const code = (serviceAreas[index] as string).split(" ", 1)[0];
    const slots: number[] = [];
    for (let person = 0; person === 0 || slots.length < expected; person++) {
      const practitioner = `FCA ${String(workers.length + 1).padStart(4, "0")}`;
      workers.push({ practitioner, team: `${code} Team ${Math.floor(person / teamSize) + 1}` });
      const capacity = smallestCaseload + Math.floor(caseloadSpread * random());
      for (let slot = 0; slot < capacity; slot++) slots.push(workers.length - 1);
    }
    for (let last = slots.length - 1; last > 0; last--) {
      const other = Math.floor((last + 1) * random());
      [slots[last], slots[other]] = [slots[other] as number, slots[last] as number];
    }
    return { slots: Int32Array.from(slots), next: 0 };
  });
  return {
    assign(serviceArea, isOpen, random) {
      const area = areas[serviceArea] as (typeof areas)[number];
      const { length } = area.slots;
      const slot = isOpen ? area.next++ % length : Math.floor(length * random());
      return workers[area.slots[slot] as number] as Worker;
    },
  };
}
