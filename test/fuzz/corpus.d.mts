import type { Corpus } from "./cases.mjs";
export const password: string;
export function annexWorkbook(): Buffer;
export function corpus(more?: readonly { readonly name: string; readonly bytes: Buffer }[]): Corpus;
