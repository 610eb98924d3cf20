import { characteristicItem } from "./characteristic-item.js";

export const genderItem = characteristicItem({
  id: "gender",
  field: "gender",
  from: "gender",
  noun: "gender",
  question: "Which gender are the children?",
});
