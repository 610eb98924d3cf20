/** Small text files, good and bad, with what has to come of them: worked out by hand from the rules, not by any reader. */

export interface GoodText {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Lines on which the rows begin. */
  readonly rowNumbers: readonly number[];
}

export interface BadText {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly code: string;
  /** 1-based line and character, where the error has them. */
  readonly row?: number;
  readonly character?: number;
  readonly column?: string | number;
}

const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return bigEndian ? bytes.swap16() : bytes;
};

/** "é" is E9, "’" 92, "€" 80 in Windows-1252. */
const windows1252 = Buffer.concat([
  Buffer.from("id,court\n1,Gu"),
  Buffer.from([0xe9]),
  Buffer.from("ret\n2,King"),
  Buffer.from([0x92]),
  Buffer.from("s "),
  Buffer.from([0x80]),
  Buffer.from("\n"),
]);

const simple = {
  headers: ["id", "law"],
  rows: [
    ["1", "public"],
    ["2", "private"],
  ],
  rowNumbers: [2, 3],
};

export const goodTexts: readonly GoodText[] = [
  { name: "LF", content: "id,law\n1,public\n2,private\n", ...simple },
  { name: "CRLF", content: "id,law\r\n1,public\r\n2,private\r\n", ...simple },
  { name: "LF and CRLF mixed", content: "id,law\r\n1,public\n2,private\r\n", ...simple },
  { name: "no last line end", content: "id,law\n1,public\n2,private", ...simple },
  { name: "UTF-8 byte order mark", content: "\ufeffid,law\n1,public\n2,private\n", ...simple },
  { name: "semicolons", content: "id;law\n1;public\n2;private\n", ...simple },
  { name: "tabs", content: "id\tlaw\n1\tpublic\n2\tprivate\n", ...simple },
  { name: "bars", content: "id|law\n1|public\n2|private\n", ...simple },
  { name: "UTF-16, little-endian", content: utf16("id,law\r\n1,public\r\n2,private\r\n", false), ...simple },
  { name: "UTF-16, big-endian", content: utf16("id,law\n1,public\n2,private", true), ...simple },
  { name: "everything in quotes", content: '"id","law"\n"1","public"\n"2","private"\n', ...simple },
  {
    name: "header only",
    content: "id,law\n",
    headers: ["id", "law"],
    rows: [],
    rowNumbers: [],
  },
  { name: "header only, no line end", content: "id,law", headers: ["id", "law"], rows: [], rowNumbers: [] },
  {
    name: "blank records of every kind",
    content: '\nid,law\n\n1,public\r\n,\n"",""\r\n\r\n"",\n2,private\n\n,,,\n',
    headers: ["id", "law"],
    rows: simple.rows,
    rowNumbers: [4, 9],
  },
  {
    name: "line ends, delimiters and quotes in quotes",
    content: 'id,note\n1,"a\nb"\n2,"c,""d"""\r\n3,"e\r\nf"\n"4","g\rh"\n5,""""\n6,","\n',
    headers: ["id", "note"],
    rows: [
      ["1", "a\nb"],
      ["2", 'c,"d"'],
      ["3", "e\r\nf"],
      ["4", "g\rh"],
      ["5", '"'],
      ["6", ","],
    ],
    rowNumbers: [2, 4, 5, 7, 8, 9],
  },
  {
    name: "a header with a line end in it",
    content: '"case\nid",law\n1,public\n',
    headers: ["case\nid", "law"],
    rows: [["1", "public"]],
    rowNumbers: [3],
  },
  {
    name: "blank cells at the ends, blanks kept",
    content: "id,law,court\n1,,\n,, x\n2, public ,\n",
    headers: ["id", "law", "court"],
    rows: [
      ["1", "", ""],
      ["", "", " x"],
      ["2", " public ", ""],
    ],
    rowNumbers: [2, 3, 4],
  },
  {
    name: "one column",
    content: 'id\n1\n\n2\n""\n3',
    headers: ["id"],
    rows: [["1"], ["2"], ["3"]],
    rowNumbers: [2, 4, 6],
  },
  {
    name: "blank superfluous headers",
    content: "id,, ,law,\n1,,x,public,\n",
    headers: ["id", "", "", "law", ""],
    rows: [["1", "", "x", "public", ""]],
    rowNumbers: [2],
  },
  {
    name: "characters of two, three and four bytes",
    content: "id,naïve,€\n1,Zoë,😀😀\n2,ﬁ,漢字\n",
    headers: ["id", "naïve", "€"],
    rows: [
      ["1", "Zoë", "😀😀"],
      ["2", "ﬁ", "漢字"],
    ],
    rowNumbers: [2, 3],
  },
  {
    name: "quoted and bare texts are the same value",
    content: 'id,law\n1,public\n2,"public"\n',
    headers: ["id", "law"],
    rows: [
      ["1", "public"],
      ["2", "public"],
    ],
    rowNumbers: [2, 3],
  },
  {
    name: "Windows-1252",
    content: windows1252,
    headers: ["id", "court"],
    rows: [
      ["1", "Guéret"],
      ["2", "King’s €"],
    ],
    rowNumbers: [2, 3],
  },
  {
    // Found by the property over changed bytes: UTF-8 until the file ends inside a character.
    name: "Windows-1252 whose last byte alone shows it",
    content: Buffer.concat([Buffer.from("id\n1\n2\n3\n4\n"), Buffer.from([0xc0])]),
    headers: ["id"],
    rows: [["1"], ["2"], ["3"], ["4"], ["À"]],
    rowNumbers: [2, 3, 4, 5, 6],
  },
  {
    name: "decimal commas between semicolons",
    content: "id;weeks\n1;26,5\n2;30,0\n",
    headers: ["id", "weeks"],
    rows: [
      ["1", "26,5"],
      ["2", "30,0"],
    ],
    rowNumbers: [2, 3],
  },
  {
    name: "a quote of another language is no quote",
    content: "id,note\n1,“fine”\n2,'fine'\n",
    headers: ["id", "note"],
    rows: [
      ["1", "“fine”"],
      ["2", "'fine'"],
    ],
    rowNumbers: [2, 3],
  },
];

export const badTexts: readonly BadText[] = [
  { name: "short row", content: "id,law\n1,public\n2\n", code: "ROW_TOO_SHORT", row: 3 },
  { name: "long row", content: "id,law\n1,public\n2,private,x\n", code: "ROW_TOO_LONG", row: 3 },
  {
    name: "long row after a quoted line end",
    content: 'id,law\n1,"a\nb"\n2,c,d\n',
    code: "ROW_TOO_LONG",
    row: 4,
  },
  {
    name: "quote not closed",
    content: 'id,law\n1,public\n2,"private\n3,public\n',
    code: "QUOTE_NOT_CLOSED",
    row: 3,
    character: 3,
    column: "law",
  },
  {
    name: "quote not closed at the very end",
    content: 'id,law\n1,"',
    code: "QUOTE_NOT_CLOSED",
    row: 2,
    character: 3,
  },
  {
    name: "quote not closed in the header",
    content: 'id,"law\n1,public\n',
    code: "QUOTE_NOT_CLOSED",
    row: 1,
  },
  {
    name: "text after quotes",
    content: 'id,law\n1,"public" x\n',
    code: "TEXT_BESIDE_QUOTES",
    row: 2,
    character: 11,
    column: "law",
  },
  {
    name: "blank after quotes",
    content: 'id,law\n"2" ,private\n',
    code: "TEXT_BESIDE_QUOTES",
    row: 2,
    character: 4,
  },
  {
    name: "text before quotes",
    content: 'id,law\n1,x"public"\n',
    code: "QUOTE_IN_VALUE",
    row: 2,
    character: 4,
  },
  {
    name: "blank before quotes",
    content: 'id,law\n1, "public"\n',
    code: "QUOTE_IN_VALUE",
    row: 2,
    character: 4,
  },
  {
    name: "quote inside a bare value, after longer characters",
    content: 'id,law\n1,😀é"x\n',
    code: "QUOTE_IN_VALUE",
    row: 2,
    character: 5,
  },
  {
    name: "inch mark",
    content: 'id,size\n1,5"\n',
    code: "QUOTE_IN_VALUE",
    row: 2,
    character: 4,
    column: "size",
  },
  {
    name: "carriage return alone",
    content: "id,law\n1,pub\rlic\n",
    code: "CARRIAGE_RETURN_ALONE",
    row: 2,
    character: 6,
    column: "law",
  },
  {
    name: "carriage returns as line ends",
    content: "id,law\r1,public\r",
    code: "CARRIAGE_RETURN_ALONE",
    row: 1,
  },
  {
    name: "carriage return at the end",
    content: "id,law\n1,public\r",
    code: "CARRIAGE_RETURN_ALONE",
    row: 2,
  },
  {
    name: "carriage return after quotes",
    content: 'id,law\n1,"public"\rx\n',
    code: "CARRIAGE_RETURN_ALONE",
    row: 2,
  },
  { name: "two headers alike", content: "id,law,id\n1,public,2\n", code: "DUPLICATE_HEADER", row: 1 },
  { name: "nothing", content: "", code: "EMPTY_FILE" },
  { name: "only a byte order mark", content: "\ufeff", code: "EMPTY_FILE" },
  { name: "only line ends", content: "\n\r\n\n", code: "EMPTY_FILE" },
  { name: "only blank records", content: ',,\n"",\n', code: "EMPTY_FILE" },
  { name: "NUL", content: "id,law\n1,pub\0lic\n", code: "NUL_CHARACTER", row: 2, character: 6 },
  {
    name: "UTF-16 without its mark",
    content: Buffer.from("id,law\n", "utf16le"),
    code: "NUL_CHARACTER",
    row: 1,
    character: 2,
  },
  {
    name: "UTF-8 with one broken character",
    content: Buffer.concat([Buffer.from("id,law\n1,Zoë\n2,Zo"), Buffer.from([0xc3]), Buffer.from("!\n")]),
    code: "INVALID_ENCODING",
    row: 3,
    character: 5,
  },
  {
    name: "UTF-8 that breaks off inside a character",
    content: Buffer.from("id,law\n1,é€").subarray(0, -1),
    code: "INVALID_ENCODING",
    row: 2,
    character: 4,
  },
  {
    name: "a byte that Windows-1252 does not have",
    content: Buffer.concat([Buffer.from("id,law\n1,"), Buffer.from([0x81]), Buffer.from("\n")]),
    code: "INVALID_ENCODING",
    row: 2,
    character: 3,
  },
  {
    name: "UTF-8 mark on Windows-1252",
    content: Buffer.concat([Buffer.from("\ufeffid,law\n1,caf"), Buffer.from([0xe9]), Buffer.from("\n")]),
    code: "INVALID_ENCODING",
    row: 2,
    character: 6,
  },
  {
    name: "UTF-8 that writes a surrogate",
    content: Buffer.concat([Buffer.from("id,é\n1,"), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from("\n")]),
    code: "INVALID_ENCODING",
    row: 2,
    character: 3,
  },
  {
    name: "UTF-16 of an odd length",
    content: utf16("id,law\n1,public\n", false).subarray(0, -1),
    code: "INVALID_ENCODING",
    row: 2,
    character: 9,
  },
  {
    name: "UTF-16 with half a pair",
    content: utf16("id,law\n1,\ud83dx\n", true),
    code: "INVALID_ENCODING",
    row: 2,
    character: 3,
  },
  {
    name: "UTF-16 with a NUL",
    content: utf16("id,law\n1,\0\n", false),
    code: "NUL_CHARACTER",
    row: 2,
    character: 3,
  },
];
