import { type DatePoint, dayTexts } from "./calendar.js";
import { choose, runningTotals } from "./choose.js";
import { syntheticMark } from "./headers.js";
import { idSequence } from "./identity.js";
import { family } from "./people.js";
import { place, serviceAreaShares, serviceAreas } from "./places.js";
import { type CaseSpan, population } from "./population.js";
import { timeline } from "./timeline.js";
import { type Opening, type Track, tracks } from "./tracks.js";
import { workload } from "./workload.js";

/** Years before the window within which every child is born: the longest case and eighteen years, and some to spare. */
const oldestChildYears = 26;
const auditedShare = 0.035;

/** What the rows need to know of a track, worked out once. */
interface TrackTables {
  readonly sizeTotals: Float64Array;
  readonly ageTotals: Float64Array;
  readonly openingTotals: Float64Array;
}

/**
 * The rows of a clean export, case by case in order of case id, until there are exactly so many children; the last
 * family is cut to fit.
 *
 * @param random - the stream that everything is drawn from
 * @param from - the window's first day
 * @param reference - the window's last day
 */
export function* cleanRows(
  rows: number,
  random: () => number,
  from: DatePoint,
  reference: DatePoint,
): Generator<readonly string[]> {
  const cases = population(from.day, reference.day);
  const expectedCases = rows / cases.childrenPerCase;
  const staff = workload(
    serviceAreaShares.map((share) => share * expectedCases * cases.openShare),
    random,
  );
  const dayText = dayTexts(from.year - oldestChildYears, reference.year + 1);
  const dateText = (day: number | undefined): string => (day === undefined ? "" : dayText(day));
  const tables = new Map(tracks.map((track) => [track, trackTables(track)]));
  const nextCaseId = idSequence(60_000, expectedCases, random);
  const nextChildId = idSequence(85_000, rows, random);

  let written = 0;
  for (let caseNumber = 1; written < rows; caseNumber++) {
    const span = cases.draw(random);
    const { track } = span;
    const { sizeTotals, ageTotals, openingTotals } = tables.get(track) as TrackTables;
    const opening = track.openings[choose(openingTotals, random())] as Opening;
    const dates = timeline(span, reference.day, random);
    const where = place(random);
    const worker = staff.assign(where.serviceArea, dates.closed === undefined, random);
    const caseId = nextCaseId();
    const serviceArea = serviceAreas[where.serviceArea] as string;
    const caseCells = [
      opening.leadApplication,
      track.lawType,
      opening.caseType,
      dates.allocated === undefined ? "" : worker.practitioner,
      worker.team,
      serviceArea,
      track.lawType === "public" ? where.localAuthority : "",
      where.court,
      where.dfjArea,
      dateText(dates.applied),
      dateText(dates.allocated),
      dateText(dates.firstHearing),
      dateText(dates.closed),
      dateText(dates.lastActivity),
      drawFactors(span, random),
      random() < auditedShare ? "Y" : "N",
      `cases/${serviceArea.slice(0, serviceArea.indexOf(" "))}/${caseId}`,
    ];
    const caseName = `Family ${String(caseNumber).padStart(5, "0")} ${syntheticMark}`;
    const familySize = Math.min(choose(sizeTotals, random()) + 1, rows - written);
    for (const child of family(span, ageTotals, familySize, reference.day, random)) {
      yield [
        caseId,
        nextChildId(),
        caseName,
        child.gender,
        child.ethnicity,
        child.disability,
        dateText(child.born),
        ...caseCells,
      ];
    }
    written += familySize;
  }
}

function trackTables(track: Track): TrackTables {
  return {
    sizeTotals: runningTotals(track.familySizes),
    ageTotals: runningTotals(track.ages),
    openingTotals: runningTotals(track.openings.map(({ share }) => share)),
  };
}

function drawFactors(span: CaseSpan, random: () => number): string {
  return span.track.factors
    .filter(([, share]) => random() < share)
    .map(([factor]) => factor)
    .join("; ");
}
