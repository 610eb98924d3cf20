import { inSentence } from "../../analysis/words.js";
import { fieldLabel } from "../../frame/labels.js";
import { counted, thousands } from "../../frame/words.js";
import type { Sample } from "../../sampling/draw.js";
import type { LinkFacts } from "../../sampling/linked/link-facts.js";
import type { DesignWords, UnitWords } from "./words.js";

/** The words for a linked sample, whose chances are those of the earlier draw. */
export function linkedWords({ by, values }: LinkFacts, { estimated }: Sample, units: UnitWords): DesignWords {
  const link = inSentence(fieldLabel(by));
  const drawn = values.filter(({ earlierDrawn }) => earlierDrawn > 0).length;
  const out = values
    .filter(({ probability }) => probability === 0)
    .reduce((sum, { eligible }) => sum + eligible, 0);
  return {
    short: `By an earlier sample: every eligible ${units.one} with the same ${link} as something drawn there.`,
    paragraphs: [
      `Nothing was drawn here by itself. An earlier sample was drawn by lot, and in it ${counted(drawn, `${link} stands`, `different values of ${link} stand`)}. ` +
        `Every eligible ${units.one} with one of them is in this sample. links.csv lists them all.`,
      `A ${units.one} could come in through any unit of the earlier sample that shares its ${link}, so those with much in the earlier data had a higher chance. The weights make up for that.`,
      estimated === undefined
        ? "Each chance was worked out exactly from the design of the earlier draw."
        : `Each chance was estimated by repeating the earlier draw ${counted(estimated.replays, "time")} on the computer.`,
      ...(out === 0
        ? []
        : [
            `${thousands(out)} eligible ${out === 1 ? units.one : units.many} had no chance, because nothing in the earlier data could lead to them. The sample says nothing about them.`,
          ]),
    ],
    fromTickets: `Tickets, made with the earlier sample’s seed, only give the order; who is in the sample follows from the earlier one.`,
  };
}
