/** Which of PostgreSQL's dictionaries reads the words of a language. All are in every version since 14. */
const DICTIONARIES: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nb: 'norwegian',
  ne: 'nepali',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
};

/** Takes words as they are; for languages that have no dictionary, and beside every other. */
export const AS_IT_IS = 'simple';

/** The dictionary by which `runs` is found as `running`: that of the language of a tag as `en-GB`, or none's. */
export const dictionaryOf = (language: string): string =>
  DICTIONARIES[language.toLowerCase().split('-', 1)[0]!] ?? AS_IT_IS;
