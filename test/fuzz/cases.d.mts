/** A case: what stands in its folder. */
export interface FuzzCase {
  readonly label: string;
  readonly plan: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
}
export interface Corpus {
  readonly starts: readonly {
    readonly name: string;
    readonly plan: string;
    readonly files: Readonly<Record<string, Buffer>>;
  }[];
  readonly slow: Corpus["starts"];
}
export interface Die {
  below(n: number): number;
  pick<T>(items: readonly T[]): T;
  chance(n: number): boolean;
}
export function dice(seed: number): Die;
export function makeCase(seed: number, corpus: Corpus, options?: { readonly hugeBytes?: number }): FuzzCase;
export function writeCase(folder: string, made: FuzzCase): void;
export function mutateCells(text: string, die: Die): Buffer;
