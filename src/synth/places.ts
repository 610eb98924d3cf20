import { choose, runningTotals } from "./choose.js";
import { type DfjArea, dfjAreas, heardElsewhere, servedElsewhere, serviceAreaNames } from "./geography.js";

export interface Place {
  /** Index of the service area, as in {@link serviceAreas}. */
  readonly serviceArea: number;
  readonly localAuthority: string;
  readonly dfjArea: string;
  readonly court: string;
}

const serviceAreaCodes = Object.keys(serviceAreaNames);

/** Service areas as the export writes them. */
export const serviceAreas: readonly string[] = serviceAreaCodes.map(
  (code) => `${code} ${serviceAreaNames[code]}`,
);

interface Authority {
  readonly name: string;
  readonly size: number;
  readonly serviceArea: number;
  readonly home: DfjArea;
  readonly elsewhere: DfjArea | undefined;
  readonly elsewhereShare: number;
}

const authorities: readonly Authority[] = dfjAreas.flatMap((home) =>
  Object.entries(home.authorities).map(([name, size]): Authority => {
    const other = heardElsewhere[name];
    return {
      name,
      size,
      serviceArea: serviceAreaCodes.indexOf(servedElsewhere[name] ?? home.serviceArea),
      home,
      elsewhere: dfjAreas.find((area) => area.name === other?.dfjArea),
      elsewhereShare: other?.share ?? 0,
    };
  }),
);
const authorityTotals = runningTotals(authorities.map(({ size }) => size));

/** Share of each service area among all cases, in the order of {@link serviceAreas}. */
export const serviceAreaShares: readonly number[] = serviceAreas.map((_, index) => {
  let size = 0;
  for (const authority of authorities) if (authority.serviceArea === index) size += authority.size;
  return size / (authorityTotals.at(-1) as number);
});

/** Where a family lives and which court hears its case. */
export function place(random: () => number): Place {
  const authority = authorities[choose(authorityTotals, random())] as Authority;
  const heard =
    authority.elsewhere && random() < authority.elsewhereShare ? authority.elsewhere : authority.home;
  return {
    serviceArea: authority.serviceArea,
    localAuthority: authority.name,
    dfjArea: heard.name,
    court: heard.courts[Math.floor(heard.courts.length * random())] as string,
  };
}

/** Every court of the synthetic geography with its DFJ area and region, for a lookup file. */
export function courtLookup(): {
  readonly court: string;
  readonly dfjArea: string;
  readonly region: string;
}[] {
  return dfjAreas.flatMap((area) =>
    area.courts.map((court) => ({ court, dfjArea: area.name, region: area.region })),
  );
}
