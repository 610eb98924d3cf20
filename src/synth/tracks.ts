import { type DurationCurve, durationCurves } from "./durations.js";
import { type FactorProfile, factorProfiles } from "./factors.js";

/** One way of opening a case: what is applied for and the work that Cafcass does. */
export interface Opening {
  readonly leadApplication: string;
  readonly caseType: string;
  /** Share among the openings of its track. */
  readonly share: number;
}

/** A kind of case: everything that depends on it. */
export interface Track {
  readonly lawType: "public" | "private";
  /** Share of new cases. */
  readonly share: number;
  /** Shares of families with one child, two, three … */
  readonly familySizes: readonly number[];
  readonly duration: DurationCurve;
  /** Weights of the first child's age at the application: under 1, 1, 2 … 17 years. */
  readonly ages: readonly number[];
  /** Share, among lately opened cases of a child under 1, that concern a child not yet born. */
  readonly unbornShare?: number;
  readonly factors: FactorProfile;
  readonly openings: readonly Opening[];
}

const careAges = [20, 6, 6, 6, 6, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 2, 0];
const laterCareAges = [1, 3, 4, 5, 6, 7, 7, 7, 7, 7, 7, 8, 8, 8, 7, 5, 3, 0];
const teenAges = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 6, 12, 20, 27, 26, 3];
const adoptionAges = [14, 30, 21, 12, 8, 5, 3, 2, 2, 1, 1, 1, 0, 0, 0, 0, 0, 0];
const disputeAges = [3, 6, 7, 8, 9, 10, 10, 10, 9, 8, 7, 6, 4, 2, 1, 0, 0, 0];
const infantAges = [80, 15, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

const sectionEight = (caseType: string): readonly Opening[] => [
  { leadApplication: "s8 child arrangements: spend time with", caseType, share: 0.5 },
  { leadApplication: "s8 child arrangements: live with", caseType, share: 0.34 },
  { leadApplication: "s8 prohibited steps", caseType, share: 0.09 },
  { leadApplication: "s8 specific issue", caseType, share: 0.07 },
];

/**
 * The kinds of case with their shares of new cases. Shares and family sizes are fitted to the published 1.55
 * children a new case, 1.63 an open one and 67.3 % of new children in private law; the rest is plausible only.
 */
export const tracks: readonly Track[] = [
  {
    lawType: "public",
    share: 0.183,
    familySizes: [0.56, 0.249, 0.11, 0.049, 0.022, 0.01],
    duration: durationCurves.s31,
    ages: careAges,
    unbornShare: 0.12,
    factors: factorProfiles.care,
    openings: [
      { leadApplication: "s31 care", caseType: "s31", share: 0.94 },
      { leadApplication: "s31 supervision", caseType: "s31", share: 0.06 },
    ],
  },
  {
    lawType: "public",
    share: 0.089,
    familySizes: [0.665, 0.22, 0.075, 0.03, 0.01],
    duration: durationCurves.otherPublic,
    ages: laterCareAges,
    factors: factorProfiles.care,
    openings: [
      { leadApplication: "s39 discharge of care order", caseType: "s39", share: 0.45 },
      { leadApplication: "s34 contact with a child in care", caseType: "s34", share: 0.27 },
      { leadApplication: "s14A special guardianship", caseType: "s14A", share: 0.28 },
    ],
  },
  {
    lawType: "public",
    share: 0.01,
    familySizes: [1],
    duration: durationCurves.secure,
    ages: teenAges,
    factors: factorProfiles.secure,
    openings: [{ leadApplication: "s25 secure accommodation", caseType: "s25", share: 1 }],
  },
  {
    lawType: "public",
    share: 0.022,
    familySizes: [0.86, 0.12, 0.02],
    duration: durationCurves.adoption,
    ages: adoptionAges,
    factors: factorProfiles.care,
    openings: [
      { leadApplication: "s46 adoption", caseType: "adoption", share: 0.55 },
      { leadApplication: "s21 placement for adoption", caseType: "placement", share: 0.45 },
    ],
  },
  {
    lawType: "public",
    share: 0.014,
    familySizes: [0.97, 0.03],
    duration: durationCurves.liberty,
    ages: teenAges,
    factors: factorProfiles.secure,
    openings: [
      { leadApplication: "High Court deprivation of liberty", caseType: "deprivation of liberty", share: 1 },
    ],
  },
  {
    lawType: "private",
    share: 0.461,
    familySizes: [0.66, 0.228, 0.076, 0.027, 0.009],
    duration: durationCurves.letter,
    ages: disputeAges,
    factors: factorProfiles.dispute,
    openings: sectionEight("safeguarding letter only"),
  },
  {
    lawType: "private",
    share: 0.149,
    familySizes: [0.615, 0.247, 0.094, 0.033, 0.011],
    duration: durationCurves.s7,
    ages: disputeAges,
    factors: factorProfiles.dispute,
    openings: sectionEight("s7"),
  },
  {
    lawType: "private",
    share: 0.044,
    familySizes: [0.515, 0.267, 0.13, 0.06, 0.028],
    duration: durationCurves.guardian,
    ages: disputeAges,
    factors: factorProfiles.dispute,
    openings: sectionEight("r16.4"),
  },
  {
    lawType: "private",
    share: 0.02,
    familySizes: [0.64, 0.29, 0.07],
    duration: durationCurves.relocation,
    ages: disputeAges,
    factors: factorProfiles.relocation,
    openings: [
      { leadApplication: "s13 leave to remove from the jurisdiction", caseType: "leave to remove", share: 1 },
    ],
  },
  {
    lawType: "private",
    share: 0.008,
    familySizes: [0.8, 0.2],
    duration: durationCurves.parentalOrder,
    ages: infantAges,
    factors: factorProfiles.none,
    openings: [{ leadApplication: "s54 parental order", caseType: "parental order", share: 1 }],
  },
];
