/**
 * Scales on which areas of different size are compared: `log` and `square-root` for ratios of observed to expected, `arcsine`
 * for proportions.
 */
export type FunnelScale = "log" | "square-root" | "arcsine";

interface Scale {
  readonly to: (value: number) => number;
  /** The way back; beyond the ends of the scale it gives the end. */
  readonly from: (transformed: number) => number;
  /** Standard error of the transformed value at the target, by size: expected count, or cases. */
  readonly standardError: (size: number) => number;
}

/** @see Spiegelhalter (2005) Qual Saf Health Care 14:347–351, appendix; Spiegelhalter et al. (2012) JRSS A 175:1–47, §3 */
export const funnelScales: Readonly<Record<FunnelScale, Scale>> = {
  log: { to: Math.log, from: Math.exp, standardError: (expected) => 1 / Math.sqrt(expected) },
  "square-root": {
    to: Math.sqrt,
    from: (root) => (root <= 0 ? 0 : root * root),
    standardError: (expected) => 1 / (2 * Math.sqrt(expected)),
  },
  arcsine: {
    to: (proportion) => Math.asin(Math.sqrt(proportion)),
    from: (angle) => {
      const sine = Math.sin(Math.min(Math.max(angle, 0), Math.PI / 2));
      return sine * sine;
    },
    standardError: (cases) => 1 / (2 * Math.sqrt(cases)),
  },
};
