/** Code points of bytes 0x80–0x9F in Windows-1252, 0 where none is assigned; every other byte is its own code point. */
const upper = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
];

/** Whether Windows-1252 has a character for this byte. */
export function isAssigned1252(byte: number): boolean {
  return byte < 0x80 || byte > 0x9f || upper[byte - 0x80] !== 0;
}

/** Turns Windows-1252 bytes into UTF-8. Own table: Node releases differ in what their decoder makes of 0x80–0x9F. */
export function decode1252(bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes)
    .toString("latin1")
    .replace(/[\x80-\x9f]/g, (character) => String.fromCharCode(upper[character.charCodeAt(0) - 0x80] ?? 0));
  return Buffer.from(text, "utf8");
}
