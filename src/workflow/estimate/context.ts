import type { Responses } from "../../analysis/estimates/response.js";
import type { AgreementRow } from "../../analysis/estimates/review-agreement.js";
import type { ShareInterval } from "../../analysis/estimates/row.js";
import type { ShownEstimates } from "../../analysis/estimates/suppression.js";
import type { Frame } from "../../frame/frame.js";
import type { Plan } from "../../plan/types.js";
import type { Sample } from "../../sampling/draw.js";
import type { ChosenFindings } from "../chosen/chosen-findings.js";
import type { Audits } from "./audits.js";
import type { Findings } from "./findings.js";

/** What the outputs of an estimate tell of. */
export interface EstimateContext {
  readonly frame: Frame;
  readonly plan: Plan;
  readonly sample: Sample;
  readonly findings: Findings;
  readonly responses: Responses;
  readonly shown: ShownEstimates;
  readonly interval: ShareInterval;
  /** 0 where nothing is taken out. */
  readonly threshold: number;
  /** Fields by which groups were made. */
  readonly by: readonly string[];
  /** Where there are second reviews. */
  readonly agreement?: ReviewAgreements;
  /** Where findings are set beside the body's own audits. */
  readonly audits?: Audits;
  /** Where it was asked what was found in chosen cases. */
  readonly chosen?: ChosenFindings;
}

/** How far first and second reviews agree. */
export interface ReviewAgreements {
  readonly rows: readonly AgreementRow[];
  /** Whether the chance of a second review is known, so that pairs stand for the population. */
  readonly weighted: boolean;
}
