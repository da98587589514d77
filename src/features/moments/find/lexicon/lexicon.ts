/**
 * What the finder knows of a language: which words ask, claim, tell, count and keep house. Phrases are small letters,
 * separated by commas; a list of stems is compared by stem. Source: written by hand for vidpipe, for what talks,
 * lessons, interviews and streams have in common; function words were compared with stopwords-iso 1.1.0 (MIT), whose
 * nouns and verbs of meaning are left out.
 */
export type Lexicon = {
  /** Takes a word to the key it shares with its inflections. A key is never shown. */
  stem: (word: string) => string;
  /** Say nothing of the subject. */
  functionWords: string;
  /** Begin a question, where no mark tells it. */
  questions: string;
  /** Promise or assert something strong. */
  claims: string;
  /** Draw a conclusion. */
  conclusions: string;
  /** Begin a story, or turn it. */
  story: string;
  /** Verbs in which people tell what happened, in the form of telling. */
  narration: string;
  /** The ends of such verbs, where the language marks them. */
  narrationEndings: RegExp | null;
  /** Stems: strong feeling, of either sign. */
  feelings: string;
  /** Number words; digits are known anyway. */
  numbers: string;
  /** The ends of number words that are written as one. */
  numberEndings: RegExp | null;
  /** Speaker, listener, both. */
  persons: string;
  /** Keep house: greetings, agenda, slides, sponsors, subscriptions, thanks. */
  frame: string;
  /** Fill, hedge, repeat. */
  fillers: string;
  /** At its beginning, a sentence that needs the one before it. */
  leansBack: string;
  /** Whether a capital inside a sentence is a name; in German it is any noun. */
  namesHaveCapitals: boolean;
};
