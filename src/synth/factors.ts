/** Factors that led to proceedings with the share of cases that have each; a case can have several or none. */
export type FactorProfile = readonly (readonly [factor: string, share: number])[];

const care: FactorProfile = [
  ["Neglect", 0.58],
  ["Emotional abuse", 0.45],
  ["Physical abuse", 0.28],
  ["Sexual abuse", 0.08],
  ["Exploitation", 0.06],
  ["Parental substance misuse", 0.38],
  ["Parental mental ill health", 0.36],
  ["Domestic abuse", 0.52],
];

const secure: FactorProfile = [
  ["Neglect", 0.2],
  ["Emotional abuse", 0.22],
  ["Physical abuse", 0.12],
  ["Sexual abuse", 0.12],
  ["Exploitation", 0.62],
  ["Domestic abuse", 0.15],
];

const dispute: FactorProfile = [
  ["Domestic abuse", 0.55],
  ["Parental conflict", 0.5],
  ["Alienating behaviours", 0.14],
  ["Substance misuse", 0.24],
  ["Mental ill health", 0.16],
  ["Relocation", 0.04],
];

const relocation: FactorProfile = [
  ["Domestic abuse", 0.22],
  ["Parental conflict", 0.55],
  ["Alienating behaviours", 0.06],
  ["Relocation", 1],
];

export const factorProfiles = { care, secure, dispute, relocation, none: [] } as const;
