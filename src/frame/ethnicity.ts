import { matchKey } from "./text.js";

/** One DfE ethnicity code: its group and the exact texts (beside the code itself) that mean it. */
interface EthnicityCode {
  readonly code: string;
  readonly group: EthnicGroup;
  readonly texts: readonly string[];
}

/**
 * Groups of the looked-after children return: Chinese stands apart, whereas the ONS 2021 grouping puts it with Asian.
 * Refused and not obtained are groups of their own.
 */
export const ethnicGroups = [
  "white",
  "mixed",
  "asian",
  "black",
  "chinese",
  "other",
  "refused",
  "not_obtained",
] as const;

export type EthnicGroup = (typeof ethnicGroups)[number];

/** @see DfE, children looked-after return (SSDA903) guide, ethnic origin codes; Ofsted ILACS Annex A guidance */
const table: readonly EthnicityCode[] = [
  {
    code: "WBRI",
    group: "white",
    texts: [
      "White British",
      "White - British",
      "White: British",
      "White English/Welsh/Scottish/Northern Irish/British",
      "White - English, Welsh, Scottish, Northern Irish or British",
      "White: English, Welsh, Scottish, Northern Irish or British",
    ],
  },
  { code: "WIRI", group: "white", texts: ["White Irish", "White - Irish", "White: Irish"] },
  {
    code: "WIRT",
    group: "white",
    texts: ["Traveller of Irish Heritage", "Irish Traveller", "White - Traveller of Irish Heritage"],
  },
  {
    code: "WOTH",
    group: "white",
    texts: [
      "Any other White background",
      "White Other",
      "White - Other",
      "Other White",
      "White - any other White background",
    ],
  },
  {
    code: "WROM",
    group: "white",
    texts: ["Gypsy/Roma", "Gypsy / Roma", "Gypsy or Roma", "White - Gypsy/Roma", "Roma"],
  },
  {
    code: "MWBC",
    group: "mixed",
    texts: [
      "White and Black Caribbean",
      "Mixed - White and Black Caribbean",
      "Mixed White and Black Caribbean",
    ],
  },
  {
    code: "MWBA",
    group: "mixed",
    texts: ["White and Black African", "Mixed - White and Black African", "Mixed White and Black African"],
  },
  {
    code: "MWAS",
    group: "mixed",
    texts: ["White and Asian", "Mixed - White and Asian", "Mixed White and Asian"],
  },
  {
    code: "MOTH",
    group: "mixed",
    texts: [
      "Any other Mixed background",
      "Mixed Other",
      "Mixed - Other",
      "Other Mixed",
      "Mixed - any other Mixed background",
    ],
  },
  { code: "AIND", group: "asian", texts: ["Indian", "Asian - Indian", "Asian or Asian British - Indian"] },
  {
    code: "APKN",
    group: "asian",
    texts: ["Pakistani", "Asian - Pakistani", "Asian or Asian British - Pakistani"],
  },
  {
    code: "ABAN",
    group: "asian",
    texts: ["Bangladeshi", "Asian - Bangladeshi", "Asian or Asian British - Bangladeshi"],
  },
  {
    code: "AOTH",
    group: "asian",
    texts: [
      "Any other Asian background",
      "Asian Other",
      "Asian - Other",
      "Other Asian",
      "Asian - any other Asian background",
    ],
  },
  {
    code: "BCRB",
    group: "black",
    texts: ["Black Caribbean", "Caribbean", "Black - Caribbean", "Black or Black British - Caribbean"],
  },
  {
    code: "BAFR",
    group: "black",
    texts: ["Black African", "African", "Black - African", "Black or Black British - African"],
  },
  {
    code: "BOTH",
    group: "black",
    texts: [
      "Any other Black background",
      "Black Other",
      "Black - Other",
      "Other Black",
      "Black - any other Black background",
    ],
  },
  { code: "CHNE", group: "chinese", texts: ["Chinese"] },
  {
    code: "OOTH",
    group: "other",
    texts: [
      "Any other ethnic group",
      "Other ethnic group",
      "Any other ethnic background",
      "Other - any other ethnic group",
    ],
  },
  { code: "REFU", group: "refused", texts: ["Refused", "Declined", "Prefer not to say"] },
  {
    code: "NOBT",
    group: "not_obtained",
    texts: ["Not obtained", "Information not obtained", "Information not yet obtained", "Not yet obtained"],
  },
];

/** In the order in which tables show them. */
export const ethnicityCodes: readonly string[] = table.map(({ code }) => code);

export const ethnicitySynonyms: ReadonlyMap<string, string> = new Map(
  table.flatMap(({ code, texts }) =>
    [code, ...texts].map((text): [string, string] => [matchKey(text), code]),
  ),
);

/** The group of an ethnicity code; a code without a group (`unknown`, `unmapped`, …) stands for itself. */
export function ethnicGroup(code: string): string {
  return table.find((entry) => entry.code === code)?.group ?? code;
}

/** What an ethnicity code means, with the code: "White British (WBRI)". */
export function ethnicityName(code: string): string | undefined {
  const entry = table.find((each) => each.code === code);
  return entry === undefined ? undefined : `${entry.texts[0]} (${code})`;
}
