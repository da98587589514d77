/** What may find the moments of a talk: `GenerationConfig.model` of a run. */

/** Finds by what is said and how, on this machine. */
export const LEXICAL_MODEL = 'LEXICAL';
/** Asks Google's model for it, which costs. */
export const ASKED_MODEL = 'GEMINI';

export const FINDERS: readonly string[] = [LEXICAL_MODEL, ASKED_MODEL];
