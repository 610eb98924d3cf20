/** A stratum and the units of it in each combination of groups: "01" is out of the first group and in the second. */
export interface StratumOf {
  readonly sampleSize: number;
  readonly cells: readonly (readonly [code: string, count: number])[];
}

export interface Problem {
  readonly strata: readonly {
    readonly key: string;
    readonly sampleSize: number;
    readonly units: Int32Array;
  }[];
  readonly targets: readonly {
    readonly label: string;
    readonly atLeast: number;
    readonly members: Uint8Array;
  }[];
  readonly unitCount: number;
}

/** A frame's strata and groups by the numbers of units: strata s0, s1 …, targets t0, t1 …; unit 0 is in no stratum. */
export function problemOf(strata: readonly StratumOf[], minima: readonly number[]): Problem {
  const members: number[][] = [Array(minima.length).fill(0)];
  const sized = strata.map(({ sampleSize, cells }, at) => {
    const units: number[] = [];
    for (const [code, count] of cells) {
      for (let i = 0; i < count; i++) units.push(members.push([...code].map(Number)) - 1);
    }
    return { key: `s${at}`, sampleSize, units: Int32Array.from(units) };
  });
  return {
    strata: sized,
    targets: minima.map((atLeast, group) => ({
      label: `t${group}`,
      atLeast,
      members: Uint8Array.from(members, (codes) => codes[group] as number),
    })),
    unitCount: members.length,
  };
}

/** Σ of values over the units with a 1. */
export function sumWhere(values: Float64Array, members: Uint8Array): number {
  return values.reduce((sum, value, unit) => sum + (members[unit] === 1 ? value : 0), 0);
}

/** Σ of values over these units. */
export function sumOver(values: Float64Array, units: Int32Array): number {
  return units.reduce((sum, unit) => sum + (values[unit] as number), 0);
}
