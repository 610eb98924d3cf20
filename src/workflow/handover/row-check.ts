import { sha256Of } from "../../report/sha256.js";
import type { AssignedRow, SheetRole } from "./record.js";

/**
 * What marks the worksheets of one handover: a digest of who has which case.
 *
 * @param manifestHash - of the sample's manifest
 */
export function handoverTag(rows: readonly AssignedRow[], manifestHash: string): string {
  const lines = rows.map(({ unitId, role, worksheet, row }) => [unitId, role, worksheet, row].join("\u001f"));
  return sha256Of([manifestHash, ...lines].join("\n")).slice(0, 16);
}

/**
 * What a row's last cell holds, so that an id that was changed or moved is noticed, and from which handover the worksheet is.
 * It guards against slips, not against intent.
 */
export function rowCheck(tag: string, role: SheetRole, unitId: string): string {
  return sha256Of([tag, role, unitId].join("\u001f")).slice(0, 6);
}
