import { tokensOf } from './tokens.ts';

export type PhraseHit = { at: number; phrase: string };

/** Phrases to look for in a sentence, by their first word: the time it takes does not grow with their number. */
export class PhraseSet {
  readonly #byFirstWord = new Map<string, string[][]>();

  constructor(phrases: readonly string[]) {
    for (const phrase of phrases) {
      const words = tokensOf(phrase);
      const [first] = words;
      if (first === undefined) continue;
      const others = this.#byFirstWord.get(first) ?? [];
      // The longest first: "I mean that" is found before "I mean".
      this.#byFirstWord.set(
        first,
        [...others, words].toSorted((a, b) => b.length - a.length),
      );
    }
  }

  /** The phrase that begins at this word, the longest of several; undefined without. */
  startingAt(words: readonly string[], at: number): string | undefined {
    const candidates = this.#byFirstWord.get(words[at] ?? '') ?? [];
    return candidates.find((phrase) => phrase.every((word, i) => words[at + i] === word))?.join(' ');
  }

  /** All phrases in a sentence, none over another. */
  in(words: readonly string[]): PhraseHit[] {
    const hits: PhraseHit[] = [];
    for (let at = 0; at < words.length;) {
      const phrase = this.startingAt(words, at);
      if (phrase !== undefined) hits.push({ at, phrase });
      at += phrase?.split(' ').length ?? 1;
    }
    return hits;
  }
}
