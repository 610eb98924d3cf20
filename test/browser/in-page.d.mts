// The page's side has the browser's types, which no other code of this project may see.
export function chartFaults(): string[];
export function reachable(): string[];
export function beginAgain(): void;
export function focused(): { readonly name: string; readonly seen: boolean } | undefined;
export function openEverything(): void;
export function setTextSize(size: string): void;
export function tooWide(): string[];
export function cutInPrint(sheet: { readonly width: number; readonly height: number }): string[];
