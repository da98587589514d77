/** A word with what stands inside it: `don't`, `3.5`, `2,100`. A hyphen parts words. */
const TOKEN = /[\p{L}\p{M}\p{N}]+(?:['.,][\p{L}\p{M}\p{N}]+)*/gu;

/** The words of a text in small letters, without marks. */
export const tokensOf = (text: string): string[] => casedTokensOf(text).map((token) => token.toLowerCase());

/** The words of a text as they are written, without marks. */
export const casedTokensOf = (text: string): string[] =>
  text.normalize('NFC').replaceAll('’', "'").match(TOKEN) ?? [];
