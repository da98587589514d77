import { english } from './english.ts';
import { german } from './german.ts';
import type { Lexicon } from './lexicon.ts';
import { PhraseSet } from './phrase-set.ts';
import { spanish } from './spanish.ts';

/** Languages whose words the finder knows. */
export const LEXICON_LANGUAGES = ['en', 'es', 'de'] as const;
export type LexiconLanguage = (typeof LEXICON_LANGUAGES)[number];

const LEXICONS: Record<LexiconLanguage, Lexicon> = { en: english, es: spanish, de: german };
/** Three letters, as media files have them. */
const LONG_CODES: Record<string, LexiconLanguage> = { eng: 'en', spa: 'es', deu: 'de', ger: 'de' };

const PHRASES = [
  'questions',
  'claims',
  'conclusions',
  'story',
  'narration',
  'numbers',
  'persons',
  'frame',
  'fillers',
  'leansBack',
] as const;
export type PhraseKind = (typeof PHRASES)[number];

/** A language's words, made ready to look for. */
export type KnownWords = Pick<
  Lexicon,
  'stem' | 'narrationEndings' | 'numberEndings' | 'namesHaveCapitals'
> & {
  functionWords: ReadonlySet<string>;
  feelings: ReadonlySet<string>;
  phrases: Record<PhraseKind, PhraseSet>;
};

const ready = new Map<LexiconLanguage, KnownWords>();

/** The lexicon that fits a language tag (`en`, `en-GB`, `eng`); null where there is none. */
export function lexiconLanguage(language: string): LexiconLanguage | null {
  const [first = ''] = language.toLowerCase().split(/[-_]/u);
  return LEXICON_LANGUAGES.find((known) => known === first) ?? LONG_CODES[first] ?? null;
}

/** The words of a language; made once a process. */
export function knownWords(language: LexiconLanguage): KnownWords {
  const known = ready.get(language) ?? compiled(LEXICONS[language]);
  ready.set(language, known);
  return known;
}

const listed = (list: string) => list.split(',').map((phrase) => phrase.replaceAll(/\s+/gu, ' ').trim());

function compiled(lexicon: Lexicon): KnownWords {
  const phrases = PHRASES.map((kind) => [kind, new PhraseSet(listed(lexicon[kind]))]);
  return {
    ...lexicon,
    functionWords: new Set(listed(lexicon.functionWords)),
    feelings: new Set(listed(lexicon.feelings).map(lexicon.stem)),
    phrases: Object.fromEntries(phrases) as KnownWords['phrases'],
  };
}
