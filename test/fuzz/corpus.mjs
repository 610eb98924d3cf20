// What the fuzz cases start from: small good exports with plans that use every way of reading one.
import { readFileSync } from "node:fs";
import { strToU8, unzipSync, zipSync } from "fflate";

const samples = new URL("../../data-samples/", import.meta.url);

function lines(name, count) {
  return Buffer.from(
    `${readFileSync(new URL(name, samples), "utf8").split("\n").slice(0, count).join("\n")}\n`,
  );
}

function plan(name) {
  return readFileSync(new URL(`plans/${name}.yaml`, samples), "utf8").replaceAll("../", "");
}

/** A workbook of one sheet with inline texts. */
function workbook(rows) {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packaged = "http://schemas.openxmlformats.org/package/2006/relationships";
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const cells = (row) => row.map((cell) => `<c t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`).join("");
  const parts = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": `<Relationships xmlns="${packaged}"><Relationship Id="r" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Factors" sheetId="1" r:id="s"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packaged}"><Relationship Id="s" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}"><sheetData>${rows.map((row, i) => `<row r="${i + 1}">${cells(row)}</row>`).join("")}</sheetData></worksheet>`,
  };
  return Buffer.from(
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])), {
      level: 6,
    }),
  );
}

const flatPlan = `casedraw: 1
title: flat
reference_date: 2026-11-16
observed: { from: 2025-11-16, to: 2026-11-16 }
unit: case
unit_id: case_id
unit_id_prefix: C
data: [{ path: a.csv }, { path: b.csv, columns: { closed_date: Date closed } }]
prefer: last_file
columns:
  case_id: case ID
  child_id: child ID
  gender: gender
  date_of_birth: date of birth
  law_type: law type
  practitioner: practitioner
  court: court
  application_date: application date
  allocation_date: allocation date
  closed_date: closed date
  factors: { list: Proceedings factors, separator: ";" }
fields:
  need_code: { column: case type, type: category }
  weeks_to_allocation: { weeks_between: [application_date, allocation_date] }
values: { gender: { Boy: male }, factors: { "Domestic abuse": DA } }
bands: { age: { from: [0, 1, 5, 10, 16] }, delay: { over: [26, 52, 100] } }
cohort: { include: { law_type: [public, private] }, exclude: { weeks_to_allocation: { over: 20 } }, exclude_ids: exclusions.csv }
sample: { size: 5, method: balanced, strata: [law_type], balance: [gender, factors, delay_band], reserves: 0.25 }
`;

export function annexWorkbook() {
  return readFileSync(new URL("closed-annex-a.xlsx", samples));
}

/** The password of the encrypted starts. */
export const password = "fuzz";

/**
 * @param more - starts that take longer or need what is not always there: encrypted workbooks, Parquet
 * @returns {{ starts: object[], slow: object[], unzip: Function, zip: Function }}
 */
export function corpus(more = []) {
  const open = lines("open-children.csv", 40);
  const closed = lines("closed-children.csv", 30);
  const caseIds = open
    .toString("utf8")
    .split("\n")
    .slice(1, 30)
    .map((line) => line.split(",")[0]);
  const factors = workbook([
    ["case ID", "Factor"],
    ...caseIds.map((id, i) => [id ?? "", i % 2 ? "Neglect" : "Domestic abuse"]),
  ]);
  const flat = Buffer.from(
    [
      "case ID,child ID,gender,date of birth,law type,practitioner,court,application date,allocation date,closed date,Date closed,Proceedings factors,case type",
      ...Array.from({ length: 30 }, (_, i) => {
        // Two children a case, who agree in what belongs to the case.
        const at = i >> 1;
        const law = at % 3 ? "Public" : "private";
        const dates = `1${at % 9}/02/2026,1${at % 9}/03/2026,${at % 5 ? "" : "01/10/2026"},${at % 5 ? "" : "02/10/2026"}`;
        const born = `0${1 + (i % 9)}/0${1 + (i % 7)}/20${10 + (i % 15)}`;
        const child = `0${100 + at},${i},${["M", "F", "Boy", "u)"][i % 4]},${born}`;
        return `${child},${law},P ${at % 5},Court ${at % 4},${dates},${i % 2 ? "Neglect;Domestic abuse" : ""},s${at % 3}`;
      }),
      "",
    ].join("\n"),
  );
  const annex = annexWorkbook();
  return {
    starts: [
      {
        name: "national",
        plan: plan("national"),
        files: {
          "open-children.csv": open,
          "closed-children.csv": closed,
          "factors.xlsx": factors,
          "courts.csv": lines("courts.csv", 100),
        },
      },
      { name: "annex", plan: plan("annex-a"), files: { "closed-annex-a.xlsx": annex } },
      {
        name: "flat",
        plan: flatPlan,
        files: {
          "a.csv": flat,
          "b.csv": Buffer.from(flat.toString().replaceAll("\n01", "\n02")),
          "exclusions.csv": Buffer.from("unit_id,reason\nC0101,audit\n"),
        },
      },
      ...["focused-delay-abuse", "focused-frames"].map((name) => ({
        name,
        plan: plan(name),
        files: Object.fromEntries(
          [...plan(name).matchAll(/path: ([\w-]+\.\w+)/g)].map(([, file]) => [
            file,
            file === "factors.xlsx" ? factors : lines(file, 40),
          ]),
        ),
      })),
    ].filter(({ files }) => Object.keys(files).length > 0),
    slow: more.map(({ name, bytes }) => ({
      name,
      plan: plan("annex-a")
        .replace(/path: [^,]*,/, `path: ${name},`)
        .replace(/, sheet: [^}]*}/, name.endsWith(".xlsx") ? ", sheet: List 1 }" : " }"),
      files: { [name]: bytes },
    })),
    unzip: (bytes) => unzipSync(bytes),
    zip: (parts) => zipSync(parts, { level: 1 }),
  };
}
