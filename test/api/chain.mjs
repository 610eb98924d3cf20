// The whole chain by the library's own name, as a script of its user: what it found goes to standard output as JSON.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import {
  analyse,
  archiveSample,
  balanceTable,
  checkExport,
  designSample,
  drawSample,
  explainUnit,
  handOverCases,
  loadPlan,
  readFrame,
  readTable,
  renderSvg,
  selectionDigest,
  shownItem,
  simulate,
  sizeFor,
  trackReviews,
  verify,
  writeEstimates,
  writeSample,
} from "casedraw";
import { frameToDataFrame, sampleToDataFrame, tableToDataFrame } from "casedraw/danfo";

const cwd = process.argv.at(-1);
const here = { cwd };
const seed = "314159";

const loaded = await loadPlan("plan.yaml", here);
const { plan } = loaded;
const checked = await checkExport(loaded);
const { frame } = await readFrame(loaded);
const design = designSample(frame, plan.sample);
const { groups } = await simulate(frame, design, { seed: "1", draws: 20 });
const { needed } = await sizeFor({ plan: loaded, margin: 0.1 });
const sample = drawSample(frame, design, seed);
const written = await writeSample("plan.yaml", { ...here, seed, out: "sample", register: null });
const { verified } = await verify("sample", here);
const first = frame.ids[sample.drawn[0].unit];
const explained = await explainUnit("sample", first, here);

const findings = sample.drawn.map(({ unit }, at) => `${frame.ids[unit]},${at % 4 === 0 ? "yes" : "no"}`);
writeFileSync(join(cwd, "findings.csv"), `unit_id,late\n${findings.join("\n")}\n`);
const estimates = await writeEstimates("sample", { ...here, findings: "findings.csv", out: "estimates" });

const given = await handOverCases("sample", { ...here, out: "given" });
const worksheets = ["given"];
const tracked = await trackReviews("sample", { ...here, handover: "given", worksheets, out: "progress" });

const archived = await archiveSample("sample", {
  ...here,
  key: "archive.key",
  register: null,
  out: "archive",
});
const again = await verify("archive", { ...here, key: "archive.key", plan: "plan.yaml" });

const { chart, result } = shownItem(await analyse(loaded), "gender");
const svg = await renderSvg({ ...chart, spec: { ...chart.spec, background: "#eeeeee" } });

const ids = sample.drawn.map(({ unit }) => frame.ids[unit]);
const data = await sampleToDataFrame(sample, { frame, plan });
const whole = await frameToDataFrame(frame, { plan });
const raw = await tableToDataFrame((await readTable("children.csv", here)).table);
const list = readFileSync(join(cwd, "sample/sample.csv"), "utf8").trimEnd().split("\n");

process.stdout.write(
  JSON.stringify({
    findings: checked.report.findings.filter(({ severity }) => severity === "error").length,
    rows: frame.accounting.rowsRead,
    accounted: frame.eligible.length + frame.exclusion.reasons.reduce((sum, { count }) => sum + count, 0),
    simulated: groups.length > 0,
    needed: needed[0].margin.sampleSize,
    drawn: ids.length,
    sameInFolder: JSON.stringify(list.slice(1).map((line) => line.split(",")[1])) === JSON.stringify(ids),
    digest:
      selectionDigest(
        ids,
        sample.reserves.map(({ unit, stratum }) => ({ stratum: stratum.key, unitId: frame.ids[unit] })),
      ) === written.manifest.selection.digest,
    verified,
    explained: explained.outcome,
    balance: balanceTable(frame, sample).length > 0,
    given: given.handover.rows.filter(({ role, team }) => role === "sampled" && team === "Everybody").length,
    left: tracked.progress.all.left,
    archived: [again.kind, again.verified, archived.manifest.record.selection.units],
    estimates: estimates.context.shown.rows.length,
    table: result.tables[0].id,
    svg: svg.startsWith("<svg") && svg.includes("#eeeeee"),
    data: JSON.stringify(data.column("unit_id").values) === JSON.stringify(ids),
    raw: raw.shape[0],
    whole: whole.shape[0] === frame.eligible.length,
  }),
);
