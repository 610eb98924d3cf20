import { characteristicItem } from "./characteristic-item.js";

export const disabilityItem = characteristicItem({
  id: "disability",
  field: "disability",
  from: "disability",
  noun: "disability",
  question: "How many of the children are disabled?",
});
