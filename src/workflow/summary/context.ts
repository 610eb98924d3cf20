import type { Frame } from "../../frame/frame.js";
import type { Plan } from "../../plan/types.js";
import type { BalanceRow } from "../../sampling/balance.js";
import type { Sample } from "../../sampling/draw.js";
import type { Progress } from "../progress.js";
import type { SummaryDigests } from "./recipe.js";

/** What a summary tells of. */
export interface SummaryContext {
  readonly frame: Frame;
  readonly plan: Plan;
  readonly sample: Sample;
  readonly balance: readonly BalanceRow[];
  readonly seed: string;
  /** As the manifest has them; where absent the page says that they are there. */
  readonly digests?: SummaryDigests;
  /** Told how far the repeats of a draw with targets are. */
  readonly progress?: Progress;
}
