export function judgeCase(folder: string, code: object): Promise<string | undefined>;
export function inventedValues(
  frame: object,
  plan: object,
  texts: readonly string[],
  clean: (text: string) => string,
): string[];
