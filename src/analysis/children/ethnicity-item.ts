import { characteristicItem } from "./characteristic-item.js";

export const ethnicityItem = characteristicItem(
  {
    id: "ethnicity",
    field: "ethnic_group",
    from: "ethnicity",
    noun: "ethnic group",
    question: "Which ethnic group are the children of?",
  },
  {
    result: () => ({
      tables: [],
      notes: [
        "Groups are those of the looked-after children return: Chinese stands apart, whereas the 2021 census counts it with Asian.",
      ],
    }),
  },
);
