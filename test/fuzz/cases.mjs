// Broken exports and plans for the fuzz test and for bench/fuzz.mjs, which runs built code: hence plain JavaScript.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A generator of whole numbers from a seed (mulberry32). */
export function dice(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (n) => next() % n;
  return { below, pick: (items) => items[below(items.length)], chance: (n) => below(n) === 0 };
}

/** Bytes that break readers: quoting, line ends, marks, encodings, formulas, numbers at the edge. */
const nastyBytes = [
  '"',
  '""',
  '"a',
  'b"',
  ",",
  ";",
  "\t",
  "|",
  "\n",
  "\r",
  "\r\n",
  "\n\n\n",
  "\0",
  "\ufeff",
  "\u00a0",
  "\u2019",
  "\u001e",
  "\u001f",
  "=cmd|' /C calc'!A0",
  "@x",
  "+1",
  "-1",
  "1e309",
  "-0",
  "NaN",
  "00000000000000000000",
  "99999999999999999999999",
  "0.0000001",
  "31/02/2024",
  "01/13/2024",
  "13/01/2024",
  "2024-02-30",
  "1/1/24",
  "45000",
  "73051",
  "#N/A",
  "N/A",
  " / ",
  "\\/",
  "__proto__",
  "constructor",
  "toString",
  "not_recorded",
  "unmapped",
  "a".repeat(70000),
  "\u{1f600}",
  "e\u0301",
  "\u202e",
].map((text) => Buffer.from(text));
const brokenBytes = [
  [0xff],
  [0xfe, 0xff],
  [0xff, 0xfe],
  [0xc3],
  [0xed, 0xa0, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
  [0x00, 0x00],
  [0x81],
  [0x1a],
  [0x50, 0x4b, 3, 4],
].map((bytes) => Buffer.from(bytes));

/** Changes some bytes of a file: what a broken download, a text editor or an ill will makes of it. */
export function mutate(bytes, die) {
  let result = Buffer.from(bytes);
  for (let times = 1 + die.below(4); times > 0; times--) result = once(result, die);
  return result;
}

function once(bytes, die) {
  if (bytes.length === 0) return Buffer.from(die.pick(nastyBytes));
  const at = die.below(bytes.length);
  const length = 1 + die.below(Math.min(bytes.length - at, die.chance(4) ? 4000 : 40));
  const [before, piece, after] = [
    bytes.subarray(0, at),
    bytes.subarray(at, at + length),
    bytes.subarray(at + length),
  ];
  switch (die.below(9)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      flipped[at] ^= 1 << die.below(8);
      return flipped;
    }
    case 1:
      return Buffer.concat([before, after]);
    case 2:
      return Buffer.concat([before, piece, piece, after]);
    case 3:
      return Buffer.concat([before, ...Array.from({ length: 2 + die.below(50) }, () => piece), after]);
    case 4:
      return before;
    case 5: {
      const to = die.below(bytes.length);
      return Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to)]);
    }
    case 6:
      return Buffer.concat([before, die.pick(brokenBytes), after]);
    default:
      return Buffer.concat([before, die.pick(nastyBytes), bytes.subarray(at)]);
  }
}

/** Changes cells of a delimited text and leaves its shape alone, so that what is wrong reaches the frame. */
export function mutateCells(text, die) {
  const lines = text.split("\n");
  for (let times = 1 + die.below(12); times > 0; times--) {
    const at = die.below(lines.length);
    const cells = lines[at].split(",");
    const cell = die.below(cells.length);
    const other = lines[die.below(lines.length)].split(",");
    const given = die.chance(2) ? other[die.below(other.length)] : die.pick(nastyBytes).toString();
    cells[cell] = /[",\r\n]/.test(given) ? `"${given.replaceAll('"', '""')}"` : given;
    const fate = die.below(12);
    if (fate === 0) lines.splice(at, 0, lines[at]);
    else if (fate === 1) lines.splice(at, 1);
    else lines[at] = cells.join(",");
    if (lines.length === 0) lines.push("");
  }
  return Buffer.from(lines.join("\n"));
}

const planWords = [
  "null",
  "~",
  "true",
  "no",
  "-1",
  "0",
  "1e309",
  "0x10",
  "1.5",
  ".nan",
  "[]",
  "{}",
  "[[]]",
  '""',
  "''",
  "*a",
  "&a 1",
  "!!int 1",
  "<<",
  "case_id",
  "child_id",
  "child_ordinal",
  "date_of_birth",
  "age_years",
  "age_band",
  "factors",
  "practitioner",
  "case_name",
  "gender",
  "delay_band",
  "source",
  "__proto__",
  "constructor",
  "case",
  "list",
  "latest",
  "{ blank: true }",
  "{ over: 1, up_to: 0 }",
  "[public]",
  "2026-02-30",
  "9999-12-31",
  "../x.csv",
  "/etc/passwd",
  "http://x",
  "a*.csv",
  "- ",
  ": ",
  "\t",
  "#",
  "|",
  ">",
  "%YAML 1.1",
  "---",
  "...",
  "x".repeat(3000),
  "\u{1f600}",
  "\u00a0",
  "first_hearing_date",
  "closed_date",
  "application_date",
  "region",
  "court",
];

/** Changes words, lines or bytes of a plan. */
export function mutatePlan(text, die) {
  let result = text;
  for (let times = 1 + die.below(3); times > 0; times--) {
    const lines = result.split("\n");
    const at = die.below(lines.length);
    const words = lines[at].split(/(?<=[\s:,[\]{}])/);
    switch (die.below(7)) {
      case 0:
        lines.splice(at, 1);
        break;
      case 1:
        lines.splice(die.below(lines.length), 0, lines[at]);
        break;
      case 2:
        lines[at] = ` ${lines[at]}`;
        break;
      case 3:
        return mutate(Buffer.from(result), die).toString("utf8");
      default:
        words[die.below(words.length)] = die.pick(planWords) + (die.chance(2) ? "" : ": ");
        lines[at] = words.join("");
    }
    result = lines.join("\n");
  }
  return result;
}

/** A plan without shape: nesting, length and repeats that a parser may choke on. */
export function hostilePlan(die, size) {
  const n = 1 + die.below(size);
  return die.pick([
    () => "[".repeat(n),
    () => `a: ${"{a: ".repeat(Math.min(n, 20000))}`,
    () => "- ".repeat(n),
    () => `${"a: 1\n".repeat(n)}`,
    () => `casedraw: 1\ntitle: ${"x".repeat(n)}\n`,
    () => Array.from({ length: Math.min(n, 20000) }, (_, i) => `${" ".repeat(i % 60)}k${i}: v`).join("\n"),
    () =>
      `casedraw: 1\ncolumns: {${Array.from({ length: Math.min(n, 50000) }, (_, i) => `k${i}: v`).join(", ")}}`,
    () => `a: "${"\\".repeat(n)}`,
    () => `a: |\n${" ".repeat(n)}`,
    () => "\ufeff".repeat(n),
    () => "#".repeat(n),
    () => "? ".repeat(Math.min(n, 20000)),
  ])();
}

/** A large text whose bytes are all alike, or nearly. */
export function hugeText(die, bytes) {
  const header = "case ID,child ID,law type\n";
  const piece = die.pick([
    ",",
    '"',
    "\n",
    "\r\n",
    "a",
    "1,2,public\n",
    '"1","2","public"\n',
    "\u00e9",
    ";",
    " ",
    "\t",
    '""',
    "1,2,3,4\n",
    "\r",
  ]);
  const body = Buffer.alloc(bytes, piece);
  return die.chance(2) ? body : Buffer.concat([Buffer.from(header), body]);
}

/**
 * One case: files of a folder, among them plan.yaml.
 *
 * @param corpus - good starting points: { name, plan, files: { name: Buffer }, unzip, zip }
 */
export function makeCase(seed, corpus, { hugeBytes = 0 } = {}) {
  const die = dice(seed);
  const start = die.chance(40) && corpus.slow.length > 0 ? die.pick(corpus.slow) : die.pick(corpus.starts);
  const files = { ...start.files };
  let plan = start.plan;
  const name = die.pick(Object.keys(files));
  const kind = die.below(12);
  if (kind < 4 && /\.csv$/.test(name)) files[name] = mutateCells(files[name].toString("utf8"), die);
  else if (kind < 4) files[name] = mutateParts(files[name], corpus, die);
  else if (kind < 6) files[name] = mutate(files[name], die);
  else if (kind < 10) plan = mutatePlan(plan, die);
  else if (kind < 11) {
    plan = mutatePlan(plan, die);
    files[name] = mutate(files[name], die);
  } else if (hugeBytes > 0 && die.chance(3)) {
    if (die.chance(2)) plan = hostilePlan(die, hugeBytes);
    else files[name] = hugeText(die, hugeBytes);
  } else plan = hostilePlan(die, 2000);
  return { label: `${start.name}, seed ${seed}`, plan, files };
}

/** Changes a part of a workbook and zips it whole again, so that the change is met behind the checksums. */
function mutateParts(bytes, { unzip, zip }, die) {
  const parts = (() => {
    try {
      return unzip(bytes);
    } catch {
      return undefined;
    }
  })();
  if (parts === undefined) return mutate(bytes, die);
  const name = die.pick(Object.keys(parts));
  if (die.chance(8)) delete parts[name];
  else
    parts[name] = new Uint8Array(
      die.chance(2) ? mutateXml(Buffer.from(parts[name]), die) : mutate(Buffer.from(parts[name]), die),
    );
  return Buffer.from(zip(parts));
}

const xmlWords = [
  "&#0;",
  "&#x1F600;",
  "&amp;",
  "&x;",
  "<!DOCTYPE a>",
  "<![CDATA[x]]>",
  '<c r="ZZZ1048577"><v>1</v></c>',
  '<c t="s"><v>99999999</v></c>',
  '<c t="s"><v>-1</v></c>',
  "<c><f>A1</f></c>",
  '<c t="e"><v>#REF!</v></c>',
  '<c t="d"><v>x</v></c>',
  "<v>1e400</v>",
  "<row/>",
  '<row r="0">',
  '<row r="4294967296">',
  '<row r="5"><c r="A1"/></row>',
  '<mergeCell ref="A1:XFD1048576"/>',
  "</sheetData>",
  "<si/>",
  "<?x y?>",
  '<col min="1" max="999999999" hidden="1"/>',
  '<c t="inlineStr"><is><t>x</t></is></c>',
  "</row>",
  '<c r="A1"/><c r="A1"/>',
];

function mutateXml(bytes, die) {
  const pieces = bytes.toString("latin1").split(/(?=<)/);
  for (let times = 1 + die.below(3); times > 0; times--) {
    const at = die.below(pieces.length);
    const fate = die.below(4);
    const value = `"${die.pick(["", "-1", "0", "1e9", "rId9", "../x", "99999999999", "a"])}"`;
    if (fate === 0) pieces.splice(at, 1);
    else if (fate === 1) pieces.splice(at, 0, pieces[die.below(pieces.length)] ?? "");
    else if (fate === 2) pieces.splice(at, 0, die.pick(xmlWords));
    else pieces[at] = (pieces[at] ?? "").replace(/"[^"]*"/, value);
    if (pieces.length === 0) pieces.push("");
  }
  return Buffer.from(pieces.join(""), "latin1");
}

/** Writes a case into an empty folder. */
export function writeCase(folder, { plan, files }) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "plan.yaml"), plan);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
}
