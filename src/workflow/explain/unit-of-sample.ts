import type { Frame } from "../../frame/frame.js";
import type { DesignInputs } from "../../sampling/design.js";
import type { DesignStratum } from "../../sampling/design-stratum.js";
import type { Sample } from "../../sampling/draw.js";

/** One unit of a replayed sample. */
export interface UnitOfSample {
  readonly frame: Frame;
  /** As drawn. */
  readonly sample: Sample;
  readonly designInputs: DesignInputs;
  readonly seed: string;
  /** Of the seed. */
  readonly key: string;
  readonly unit: number;
  readonly stratum: DesignStratum;
}
