// The public API, grouped by the stages of the work.
export { CasedrawError, type ErrorCode, type ErrorDetails, errorCodes } from "./errors.js";
export { buildFrame, type FrameInputs } from "./frame/build-frame.js";
export type { Field, FieldKind } from "./frame/field.js";
export type { Frame } from "./frame/frame.js";
export type { Note } from "./frame/note.js";
export { parsePlan } from "./plan/load.js";
export { planJsonSchema } from "./plan/schema.js";
export type { Plan, SamplePlan } from "./plan/types.js";
export { stream } from "./random/streams.js";
export { ticket, ticketKey } from "./random/tickets.js";
export type { ReadRequest } from "./readers/read-request.js";
export { readTable } from "./readers/read-table.js";
export { allocate, type StratumSize } from "./sampling/allocation.js";
export { type BalanceRow, balanceTable } from "./sampling/balance.js";
export { type Design, designSample } from "./sampling/design.js";
export { drawSample, type Sample } from "./sampling/draw.js";
export { selectionDigest } from "./sampling/selection-digest.js";
export { type SynthExport, type SynthOptions, synthesise } from "./synth/synthesise.js";
export type { Column, InputFingerprint, Table, TableNote } from "./table/table.js";

export { drawsToFolder, drawToFolder, newSeed } from "./workflow/draw-to-folder.js";
export { explainUnit } from "./workflow/explain-unit.js";
export { openFramesFolder } from "./workflow/frames-folder.js";
export { framesToFolder } from "./workflow/frames-to-folder.js";
export { linkFromPlan } from "./workflow/linked-draw.js";
export { openPlan } from "./workflow/open-plan.js";
export { verifyFrames } from "./workflow/verify-frames.js";
export { verifySample } from "./workflow/verify-sample.js";
