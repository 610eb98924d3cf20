// Reading a large workbook: 54,000 rows × 20 columns by default, as Excel would save them (shared
// strings, dates as serial numbers), through `casedraw sample --dry-run`.
// node bench/xlsx.mjs [--rows 54000] [--runs 3]
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { strToU8, Zip, ZipDeflate } from "fflate";
import { casedraw, inTemporaryFolder, machine, median, option, requireBuild, timed } from "./measure.mjs";
import { samplePlan } from "./plan.mjs";

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const packaged = "http://schemas.openxmlformats.org/package/2006";
const related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Every part but the sheet and its strings; cell style 1 is built-in number format 14, a date. */
const smallParts = {
  "[Content_Types].xml":
    `<Types xmlns="${packaged}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/>` +
    `<Override PartName="/xl/sharedStrings.xml" ContentType="${kind}.sharedStrings+xml"/></Types>`,
  "_rels/.rels":
    `<Relationships xmlns="${packaged}/relationships">` +
    `<Relationship Id="rId1" Type="${related}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  "xl/workbook.xml":
    `<workbook ${main} xmlns:r="${related}">` +
    '<sheets><sheet name="Children" sheetId="1" r:id="rId1"/></sheets></workbook>',
  "xl/_rels/workbook.xml.rels":
    `<Relationships xmlns="${packaged}/relationships">` +
    `<Relationship Id="rId1" Type="${related}/worksheet" Target="worksheets/sheet1.xml"/>` +
    `<Relationship Id="rId2" Type="${related}/styles" Target="styles.xml"/>` +
    `<Relationship Id="rId3" Type="${related}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  "xl/styles.xml":
    `<styleSheet ${main}><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
    '<cellXfs count="2"><xf xfId="0"/><xf numFmtId="14" applyNumberFormat="1" xfId="0"/></cellXfs></styleSheet>',
};

const width = 20;
const rows = Number(option("rows", "54000"));
const runs = Number(option("runs", "3"));
requireBuild();

inTemporaryFolder((folder) => {
  const csv = join(folder, "export.csv");
  const workbook = join(folder, "export.xlsx");
  const plan = join(folder, "plan.yaml");
  timed(process.execPath, [casedraw, "synth", "--rows", `${rows}`, "--seed", "bench", "--out", csv], folder);
  writeWorkbook(workbook, parse(readFileSync(csv)));
  writeFileSync(plan, samplePlan({ path: "export.xlsx", sheet: "Children" }, width));

  const taken = Array.from({ length: runs }, () =>
    timed(process.execPath, [casedraw, "sample", "--plan", plan, "--seed", "1", "--dry-run"], folder),
  );
  const seconds = taken.map((run) => run.seconds);
  const memory = taken.map((run) => run.megabytes).filter((megabytes) => megabytes !== undefined);
  console.log(machine());
  console.log(
    `${rows} rows × ${width} columns, ${(statSync(workbook).size / 1e6).toFixed(1)} MB workbook, ${runs} runs`,
  );
  console.log(
    `median ${median(seconds).toFixed(2)} s (${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)})`,
  );
  console.log(
    memory.length > 0 ? `peak ${Math.max(...memory).toFixed(0)} MB` : "memory not measured: no /usr/bin/time",
  );
});

/** Streams a one-sheet workbook to the disk, a thousand rows at a time. */
function writeWorkbook(path, records) {
  const file = openSync(path, "w");
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    writeSync(file, chunk);
  });
  const part = (name) => {
    const entry = new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    return entry;
  };
  for (const [name, text] of Object.entries(smallParts)) part(name).push(strToU8(xmlHead + text), true);

  const strings = new Map();
  const sheet = part("xl/worksheets/sheet1.xml");
  sheet.push(strToU8(`${xmlHead}<worksheet ${main}><sheetData>`));
  for (let from = 0; from < records.length; from += 1000) {
    const text = records.slice(from, from + 1000).map((record, i) => sheetRow(record, from + i + 1, strings));
    sheet.push(strToU8(text.join("")));
  }
  sheet.push(strToU8("</sheetData></worksheet>"), true);

  const shared = part("xl/sharedStrings.xml");
  shared.push(strToU8(`${xmlHead}<sst ${main} uniqueCount="${strings.size}">`));
  for (const text of strings.keys())
    shared.push(strToU8(`<si><t xml:space="preserve">${escaped(text)}</t></si>`));
  shared.push(strToU8("</sst>"), true);
  zip.end();
  closeSync(file);
}

function sheetRow(record, number, strings) {
  const cells = record.slice(0, width).map((text, i) => {
    if (text === "") return "";
    const at = `${String.fromCharCode(65 + i)}${number}`;
    const date = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text);
    if (date) {
      const serial = Date.UTC(Number(date[3]), Number(date[2]) - 1, Number(date[1])) / 86_400_000 + 25_569;
      return `<c r="${at}" s="1"><v>${serial}</v></c>`;
    }
    if (!strings.has(text)) strings.set(text, strings.size);
    return `<c r="${at}" t="s"><v>${strings.get(text)}</v></c>`;
  });
  return `<row r="${number}">${cells.join("")}</row>`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
