import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { CasedrawError } from "../../errors.js";
import { isBlankLevel, levelAt } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import { ticketKey } from "../../random/tickets.js";
import type { Manifest } from "../../report/manifest.js";
import type { OwnCsv } from "../../report/own-csv.js";
import { sha256OfFile } from "../../report/sha256.js";
import { selectionDigest } from "../../sampling/selection-digest.js";
import { inTicketOrder } from "../../sampling/ticket-order.js";
import { markOf, standingCases } from "../chosen/standing-cases.js";
import type { OutputTable } from "../output-table.js";
import type { Progress } from "../progress.js";
import { unlistedFiles } from "../sample/folder.js";
import { selectionOf } from "../sample/manifest-of.js";
import { sampleTables, strataRecords } from "../sample/tables.js";
import { differingPaths } from "../verify/compare-records.js";
import { refuseUnknownAlgorithm } from "../verify/known-algorithm.js";
import type { Remark } from "../verify/remark.js";
import { asRead, closeTo, slackOf, tableDifference } from "./compare-tables.js";
import type { ArchiveFolder, ArchiveManifest } from "./manifest.js";
import { type ReplayedArchive, readArchived, replayArchive } from "./replay-archive.js";
import { checkWithExport, type ExportOptions } from "./with-export.js";

/** What the replay of an archive found. */
export interface ArchiveVerification {
  readonly manifest: ArchiveManifest;
  readonly differences: readonly Remark[];
  readonly notes: readonly Remark[];
  /** Whether the replay gives exactly the units and reserves that the archive records. */
  readonly sameDraw: boolean;
  /** Checks that could not be made: those that the archive says, but what the key and the export or the register make good. */
  readonly lost: readonly string[];
}

/**
 * Replays an archive from itself. With its key, and the export or the register, it is held to those too.
 *
 * @throws CasedrawError where it could not be done: an algorithm version that this release lacks, a wrong key, an unreadable export
 */
export async function verifyArchive(
  folder: ArchiveFolder,
  options: ExportOptions & { readonly progress: Progress },
): Promise<ArchiveVerification> {
  const { manifest } = folder;
  const { record } = manifest;
  refuseUnknownAlgorithm(record);
  const differences: Remark[] = [...changedFiles(folder)];
  const notes = unlistedFiles(folder).map((name) => ({
    subject: name,
    text: "is in the folder and not in the manifest",
  }));
  options.progress("Replaying the draw");
  let replayed: ReplayedArchive;
  try {
    replayed = replayArchive(folder);
    differences.push(...compareReplay(folder, replayed));
  } catch (error) {
    if (!(error instanceof CasedrawError)) throw error;
    differences.push({ subject: "selection", text: `no draw can be replayed: ${error.message}` });
    return { manifest, differences, notes, sameDraw: false, lost: manifest.archive.lost };
  }
  const sameDraw = !differences.some(({ subject }) => subject === "selection");
  const more = await checkWithExport(folder, replayed.frame, options);
  const made = new Set(more.made);
  return {
    manifest,
    differences: [...differences, ...more.differences],
    notes: [...notes, ...more.notes],
    sameDraw,
    lost: manifest.archive.lost.filter((_, at) => !made.has(at)),
  };
}

function changedFiles({ path, manifest }: ArchiveFolder): Remark[] {
  return manifest.outputs.flatMap(({ path: name, sha256 }): Remark[] => {
    const file = join(path, name);
    if (!existsSync(file) || !statSync(file).isFile())
      return [{ subject: name, text: "is missing from the folder" }];
    return sha256OfFile(file) === sha256
      ? []
      : [{ subject: name, text: "was edited since the archive was made" }];
  });
}

function compareReplay(folder: ArchiveFolder, replayed: ReplayedArchive): Remark[] {
  const { sample } = replayed;
  return sample === undefined
    ? compareLinked(folder, replayed.frame)
    : compareDraw(folder, { ...replayed, sample });
}

function compareDraw(folder: ArchiveFolder, { plan, frame, sample }: Required<ReplayedArchive>): Remark[] {
  const { record } = folder.manifest;
  const differences: Remark[] = [];
  if (
    selectionOf(frame, sample) !== record.selection.digest ||
    sample.drawn.length !== record.selection.units
  ) {
    differences.push({
      subject: "selection",
      text: "the order of tickets and the plan give other units or reserves than the manifest records",
    });
  }
  for (const { path } of differingPaths(record.algorithm, sample.design.algorithm, "algorithm")) {
    differences.push({ subject: "manifest", text: `${path} is not that of the plan` });
  }
  differences.push(...compareStrata(record, strataRecords(sample), slackOf(sample)));
  const tables = sampleTables(frame, plan, sample, []);
  const slack = slackOf(sample);
  const expected: readonly (readonly [string, OutputTable | undefined])[] = [
    ["sample.csv", beforeTicket(tables.sample)],
    ["reserves.csv", beforeTicket(tables.reserves)],
    ["strata.csv", tables.strata],
    ["replacements.csv", tables.replacements],
    ["chosen.csv", chosenOf(frame, sample)],
  ];
  for (const [name, table] of expected) {
    const was = readArchived(folder, name);
    if (was === undefined && table === undefined) continue;
    if (was === undefined || table === undefined) {
      const text = was === undefined ? "is missing" : "is there, and the replay gives none";
      differences.push({ subject: name, text });
      continue;
    }
    const how = tableDifference(was, asRead(table), { columns: table.header, slack });
    if (how !== undefined) differences.push({ subject: name, text: how });
  }
  return differences;
}

function beforeTicket({ header, rows }: OutputTable): OutputTable {
  const at = header.indexOf("ticket");
  return { header: header.slice(0, at), rows: rows.map((row) => row.slice(0, at)) };
}

function chosenOf(frame: Frame, sample: Required<ReplayedArchive>["sample"]): OutputTable | undefined {
  const cases = standingCases(frame, sample);
  if (cases.length === 0) return undefined;
  return {
    header: ["unit_id", "status", "reason", "asked_by", "asked_on", "version"],
    rows: cases.map((each) => [
      each.unitId,
      markOf(each),
      each.reason,
      each.askedBy,
      each.askedOn,
      each.version,
    ]),
  };
}

function compareStrata({ strata }: Manifest, now: Manifest["strata"], slack: number): Remark[] {
  return differingPaths(
    Object.fromEntries(strata.map((each) => [each.stratum, each])),
    Object.fromEntries(now.map((each) => [each.stratum, each])),
  ).flatMap(({ path, was, is }) =>
    typeof was === "number" &&
    typeof is === "number" &&
    closeTo(was, is, path.endsWith(".in_scope") ? slack : 0)
      ? []
      : [
          {
            subject: "strata",
            text: `${path} is recorded as ${JSON.stringify(was) ?? "nothing"}, and the replay gives ${JSON.stringify(is) ?? "nothing"}`,
          },
        ],
  );
}

/** A linked sample takes every unit whose value was drawn; which values were is as `links.csv` records it. */
function compareLinked(folder: ArchiveFolder, frame: Frame): Remark[] {
  const { record } = folder.manifest;
  const by = (record.plan as { linked: { by: string } }).linked.by;
  const [links, sample] = ["links.csv", "sample.csv"].map((name) => readArchived(folder, name));
  const field = frame.fields.get(by);
  if (links === undefined || sample === undefined || field === undefined)
    return [{ subject: "selection", text: "links.csv, sample.csv or the linking field is missing" }];
  const linkOf = new Map(asRecords(links).map((row) => [row[by] ?? "", row]));
  const taken = frame.eligible.filter((unit) => {
    const level = levelAt(field, unit);
    return !isBlankLevel(field.kind, level) && Number(linkOf.get(level)?.earlier_drawn ?? 0) > 0;
  });
  const order = inTicketOrder(taken, frame.ids, ticketKey(record.seed)).map(({ unit }) => unit);
  const ids = order.map((unit) => frame.ids[unit] as string);
  const rows = asRecords(sample);
  const differences: Remark[] = [];
  if (
    selectionDigest(ids, []) !== record.selection.digest ||
    rows.map((row) => row.unit_id).join("\n") !== ids.join("\n")
  ) {
    differences.push({
      subject: "selection",
      text: "links.csv and the order of tickets give other units than are recorded",
    });
  }
  const wrong = rows.findIndex((row, at) => {
    const unit = order[at];
    const link = unit === undefined ? undefined : linkOf.get(levelAt(field, unit));
    const probability = Number(row.inclusion_probability);
    return (
      link === undefined ||
      Number(link.inclusion_probability) !== probability ||
      !closeTo(Number(row.design_weight) * probability, 1)
    );
  });
  if (wrong !== -1)
    differences.push({
      subject: "sample.csv",
      text: `row ${wrong + 2} has another probability or weight than links.csv gives`,
    });
  return differences;
}

function asRecords({ header, rows }: OwnCsv): Record<string, string | undefined>[] {
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at]])));
}
