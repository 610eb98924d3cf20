// The public API, by the stages of the work. What needs a file, a page or a picture is loaded when it is first used.

// Plan

export type { WorkOptions, WriteOptions } from "./api/options.js";
export { loadPlan, type PlanSource, parsePlan, planJsonSchema } from "./api/plan.js";
export type { DerivedField, Plan, SamplePlan } from "./plan/types.js";
export type { PlanFile } from "./workflow/open-plan.js";

// Export: a starter plan, what is wrong with it, a copy in which nobody is named

export {
  checkExport,
  matchPseudonyms,
  pseudonymise,
  writeCheck,
  writeStarterPlan,
} from "./api/export.js";
export type { CheckFinding, CheckReport } from "./checks/finding.js";
export type { CheckedExport } from "./workflow/check/read-export.js";
export type { WrittenCheck } from "./workflow/check/to-folder.js";
export type { WrittenStarterPlan } from "./workflow/init/to-files.js";
export type { WrittenMatch } from "./workflow/pseudonymise/match.js";
export type { WrittenCopy } from "./workflow/pseudonymise/to-folder.js";

// Table and frame

export { readDesign, readFrame, readTable } from "./api/read.js";
export { buildFrame, type FrameInputs } from "./frame/build-frame.js";
export { type Field, type FieldKind, levelAt, listItems } from "./frame/field.js";
export type { Frame } from "./frame/frame.js";
export type { Note } from "./frame/note.js";
export { type AskPassword, askPasswordsOf, type PasswordAnswer } from "./readers/passwords.js";
export type { Column, InputFingerprint, Table, TableNote } from "./table/table.js";
export type { BuiltFrame } from "./workflow/build-from-plan.js";
export type { DesignedFrame } from "./workflow/sample/design-from-plan.js";

// Design: what it gives before it is used, and how many cases are needed

export {
  type SizeForOptions,
  simulate,
  simulationCharts,
  sizeFor,
  writeSimulation,
  writeSize,
} from "./api/design.js";
export { allocate, type StratumSize } from "./sampling/allocation/allocate.js";
export { type Design, designSample } from "./sampling/design.js";
export type { SimulationCharts } from "./workflow/simulate/charts.js";
export type { SimulationResults } from "./workflow/simulate/results.js";
export type { WrittenSimulation } from "./workflow/simulate/to-folder.js";
export type { SizeAnswer } from "./workflow/size/answer.js";

// Sample

export {
  commitSeed,
  type RegisterOption,
  writeLinkedSample,
  writeSample,
  writeSamplesOfFrames,
} from "./api/sample.js";
export { stream } from "./random/streams.js";
export { ticket, ticketKey } from "./random/tickets.js";
export { type BalanceRow, balanceTable } from "./sampling/balance.js";
export { type DrawnUnit, drawSample, type Sample } from "./sampling/draw.js";
export { selectionDigest } from "./sampling/selection-digest.js";
export type { WrittenFrames } from "./workflow/frames/to-folder.js";
export { newSeed } from "./workflow/sample/new-seed.js";
export type { Commitment } from "./workflow/sample/register.js";
export type { WrittenSample } from "./workflow/sample/to-folder.js";

// Next version of a sample: replacements, more cases, chosen cases, a corrected export

export {
  addCases,
  type ContinueOptions,
  extendSample,
  type NextVersionOptions,
  replaceCases,
  updateSample,
} from "./api/after.js";
export type { WrittenUpdate } from "./workflow/update/update-sample.js";

// Handover: cases to teams, and worksheets back

export { type HandoverOptions, handOverCases, trackReviews } from "./api/handover.js";
export type { WrittenHandover } from "./workflow/handover/to-folder.js";
export type { WrittenTrack } from "./workflow/track/to-folder.js";

// Verify and explain

export { explainInFrames, explainUnit, type Verified, verify } from "./api/verify.js";
export { CasedrawError, type ErrorCode, type ErrorDetails, errorCodes } from "./errors.js";
export type { ArchiveVerification } from "./workflow/archive/verify-archive.js";
export type { FramesExplanation } from "./workflow/explain/frames.js";
export type { Explanation } from "./workflow/explain/unit.js";
export type { Verification } from "./workflow/verify/verify-sample.js";

// Estimates: what the reviewed cases say about all

export { type EstimateOptions, writeEstimates } from "./api/estimate.js";
export type { WrittenEstimate } from "./workflow/estimate/to-folder.js";

// Archive: what is kept when the export is destroyed

export { type ArchiveOptions, archiveSample } from "./api/archive.js";
export type { WrittenArchive } from "./workflow/archive/to-folder.js";

// Analysis and comparison

export type { Edition, Item } from "./analysis/item.js";
export type { Result, ResultTable } from "./analysis/result.js";
export {
  analyse,
  compareAreas,
  comparisonCharts,
  comparisonTables,
  type EditionOption,
  piaItems,
  type ShownItem,
  shownItem,
  type WriteAnalysisOptions,
  writeComparison,
  writePia,
} from "./api/analyse.js";
export type { ComparisonCharts } from "./workflow/compare/charts.js";
export type { Comparison } from "./workflow/compare/compared.js";
export type { WrittenComparison } from "./workflow/compare/to-folder.js";
export type { Analysis, Answer } from "./workflow/pia/analyse.js";
export type { WrittenAnalysis } from "./workflow/pia/to-folder.js";

// Charts

export { type DrawnChart, renderPng, renderSvg } from "./api/chart.js";
export type { Chart, ChartTable, Spec } from "./charts/chart.js";

// Synthetic exports

export { writeDemo, writeSynthetic } from "./api/synth.js";
export { type SynthExport, type SynthOptions, synthesise } from "./synth/synthesise.js";

// Statistics: one named method a function

export { aalenJohansen, type IncidenceCurve, type IncidenceOptions } from "./statistics/aalen-johansen.js";
export type { Agreement, PairedReviews } from "./statistics/agreement.js";
export { benjaminiHochberg } from "./statistics/benjamini-hochberg.js";
export { binomialMidPTest } from "./statistics/binomial-mid-p-test.js";
export { byarInterval } from "./statistics/byar.js";
export {
  type BootstrapOptions,
  type BootstrapValue,
  type ClusterStatistic,
  caseBootstrap,
} from "./statistics/case-bootstrap.js";
export { type ChiSquareTest, chiSquareTest } from "./statistics/chi-square.js";
export { clopperPearsonInterval } from "./statistics/clopper-pearson.js";
export {
  type ClusteredMean,
  type ClusteredProportion,
  type ClusteredValues,
  clusteredMean,
  clusteredProportion,
} from "./statistics/cluster-variance.js";
export { cochranArmitageTest, type TrendTest } from "./statistics/cochran-armitage.js";
export { cochranMantelHaenszelTest } from "./statistics/cochran-mantel-haenszel.js";
export { cohensKappa } from "./statistics/cohens-kappa.js";
export { type CountInterval, countInterval } from "./statistics/count-interval.js";
export type { CountTable } from "./statistics/count-table.js";
export {
  derSimonianLaird,
  type RandomEffects,
  type SeparateEstimate,
} from "./statistics/dersimonian-laird.js";
export { differencePower, differenceSampleSize } from "./statistics/difference-sample-size.js";
export { directlyStandardisedRate, type StandardisedGroup } from "./statistics/direct-standardisation.js";
export {
  discoveryChance,
  discoverySampleSize,
  type RarePractice,
} from "./statistics/discovery-sample-size.js";
export { effectiveWilsonInterval } from "./statistics/effective-wilson.js";
export { exactPoissonInterval } from "./statistics/exact-poisson.js";
export { exactStratifiedInterval } from "./statistics/exact-stratified.js";
export type { NeededSize, SizeOptions } from "./statistics/finite-size.js";
export { fisherExactTest } from "./statistics/fisher-exact.js";
export { type FivePointTrend, fivePointTrend, type TrendPoint } from "./statistics/five-point-trend.js";
export type { FollowUp } from "./statistics/follow-up.js";
export type { FourFold } from "./statistics/four-fold.js";
export {
  adjustedFunnelLimits,
  type FunnelOptions,
  proportionFunnelLimits,
  rateFunnelLimits,
  ratioFunnelLimits,
} from "./statistics/funnel-limits.js";
export type { FunnelScale } from "./statistics/funnel-scale.js";
export { type GraysTest, type GraysTestOptions, graysTest } from "./statistics/grays-test.js";
export { type GroupRatioRows, groupRatios } from "./statistics/group-ratios.js";
export type { Grouping } from "./statistics/grouping.js";
export { gwetsAc1 } from "./statistics/gwets-ac1.js";
export { holm } from "./statistics/holm.js";
export { type FiniteSample, hypergeometricInterval } from "./statistics/hypergeometric-interval.js";
export {
  expectedCount,
  indirectlyStandardisedRatio,
  type ReferenceGroup,
} from "./statistics/indirect-standardisation.js";
export { type IntraclassCorrelation, intraclassCorrelation } from "./statistics/intraclass-correlation.js";
export { kaplanMeier, type SurvivalCurve, type SurvivalOptions } from "./statistics/kaplan-meier.js";
export {
  type EffectiveInterval,
  type EstimatedProportion,
  kornGraubardInterval,
} from "./statistics/korn-graubard.js";
export { type ChiSquareResult, kruskalWallisTest } from "./statistics/kruskal-wallis.js";
export { type LogRankGroup, type LogRankOptions, type LogRankTest, logRank } from "./statistics/log-rank.js";
export { logitInterval } from "./statistics/logit-interval.js";
export { mantelHaenszelOddsRatio } from "./statistics/mantel-haenszel-odds-ratio.js";
export type { MidPTest } from "./statistics/mid-p.js";
export { newcombeDifference, type Share } from "./statistics/newcombe.js";
export { type FunnelArea, type Overdispersion, overdispersion } from "./statistics/overdispersion.js";
export { poissonMidPTest } from "./statistics/poisson-mid-p-test.js";
export type { IntervalScale } from "./statistics/probability-interval.js";
export { proportionRatio } from "./statistics/proportion-ratio.js";
export { rateInterval } from "./statistics/rate-interval.js";
export { type Rate, rateRatio } from "./statistics/rate-ratio.js";
export {
  type RestrictedMean,
  type RestrictedMeanDifference,
  type RestrictedMeanOptions,
  restrictedMean,
  restrictedMeanDifference,
} from "./statistics/restricted-mean.js";
export { numbersAtRisk } from "./statistics/risk-table.js";
export { type Moments, standardisedMeanDifference } from "./statistics/standardised-difference.js";
export { balancedDesign } from "./statistics/survey/balanced.js";
export type { CalibrationGroups } from "./statistics/survey/calibration-group.js";
export { designEffect } from "./statistics/survey/design-effect.js";
export { surveyDifference } from "./statistics/survey/difference.js";
export type { Estimate } from "./statistics/survey/estimate.js";
export { surveyMean } from "./statistics/survey/mean.js";
export { postStratified } from "./statistics/survey/post-stratification.js";
export { type QuantileEstimate, surveyQuantile } from "./statistics/survey/quantile.js";
export { raked } from "./statistics/survey/raking.js";
export { surveyRatio } from "./statistics/survey/ratio.js";
export type { Domain, SampleDesign, SampledStratum } from "./statistics/survey/sample-design.js";
export { stratifiedDesign } from "./statistics/survey/stratified.js";
export { systematicDesign } from "./statistics/survey/systematic.js";
export { surveyTotal } from "./statistics/survey/total.js";
export { type ClusteredStratum, ultimateClusterDesign } from "./statistics/survey/ultimate-cluster.js";
export { unequalProbabilityDesign } from "./statistics/survey/unequal-probability.js";
export { type SurvivalQuantile, survivalQuantile } from "./statistics/survival-quantile.js";
export { type SurvivalShare, survivalAt } from "./statistics/survival-share.js";
export { tInterval } from "./statistics/t-interval.js";
export { type WantedMargin, waldMargin, waldSampleSize } from "./statistics/wald-sample-size.js";
export { weightedQuantile } from "./statistics/weighted-quantile.js";
export { type Interval, wilsonInterval } from "./statistics/wilson.js";
export { wilsonMargin, wilsonSampleSize } from "./statistics/wilson-sample-size.js";
export { type XmrChart, xmrChart } from "./statistics/xmr.js";
export { type XmrRule, xmrSignals } from "./statistics/xmr-signals.js";
