/** An error as Google tells it in JSON: an object, or a text. */
export type ToldError = { code: string | null; words: string | null };
